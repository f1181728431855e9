/* demo-answer-view.c: a window with an answer, to look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * demo-answer-view [WIDTH [HEIGHT [FILE]]] */
#include "config.h"
#include "rnl-answer-view.h"

#include <adwaita.h>
#include <stdlib.h>

static const char sample[]
  = "# A small stream\n\n"
    "Runnel shows an answer **block by block** while it *arrives*. Inline `code`, ~~mistakes~~ "
    "and [links](https://www.gnome.org/) are part of the running text, which is set with some air "
    "between its lines so that it can be read for a long time.\n\n"
    "## Lists\n\n"
    "1. The first thing to do, with a text that is long enough to need a second line on most "
    "windows, to see how it hangs.\n"
    "2. The second thing\n"
    "   - a nested point with `inline code`\n"
    "   - another one\n"
    "3. The third thing\n\n"
    "- [x] Parse only what is open\n- [ ] Paint only what is seen\n\n"
    "### Code\n\n"
    "```c\n#include <stdio.h>\n\nint\nmain (void)\n{\n"
    "  printf (\"Hello, world: %d\\n\", 42); /* a comment that is rather long, to make it scroll "
    "*/\n"
    "  return 0;\n}\n```\n\n"
    "> A stream is a river in its youth.\n>\n> It does not know yet where it goes, but it "
    "goes there without waiting, and it takes the shortest way that it can find.\n\n"
    "| Language | Year | Typing | Notes |\n|:--|--:|:-:|:--|\n"
    "| C | 1972 | static | The one this program is written in, with **GObject** on top |\n"
    "| Python | 1991 | dynamic | `import this` |\n| Rust | 2015 | static | Ownership |\n\n"
    "## Formulas\n\n"
    "Some stand in the text: $x^2 + y^2 = r^2$, $\\alpha \\le \\beta$, $a_{ij} \\in \\mathbb{R}$, "
    "half of it is "
    "$\\frac{1}{2}$, and $\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$ wraps where it has a sign, as "
    "$e^{i\\pi} + 1 = 0$ does. "
    "A matrix $\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}$ makes room for itself.\n\n"
    "$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a} \\qquad \\int_{-\\infty}^{\\infty} "
    "e^{-x^2}\\,dx = \\sqrt{\\pi}\n$$\n\n"
    "Text after it.[^1] And more text.[^second]\n\n"
    "[^1]: A footnote with a [link](https://www.gnome.org/).\n"
    "[^second]: Another one.\n\n"
    "---\n\n"
    "The end, with a longer paragraph. Grüße, 日本語, emoji 🌊 and “quotes”. See "
    "https://example.org/a/very/long/address?with=parameters for more.\n";

static gboolean
append_cb (gpointer user_data)
{
  static gsize pos;
  gsize length = MIN (4, sizeof sample - 1 - pos);

  rnl_answer_view_append (user_data, sample + pos, (gssize) length);
  pos += length;
  if (pos < sizeof sample - 1)
    return G_SOURCE_CONTINUE;
  rnl_answer_view_set_complete (user_data, TRUE);

  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  GtkWidget *window, *scroller, *clamp, *view;
  g_autofree char *text = NULL;

  adw_init ();
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 1 ? atoi (argv[1]) : 760,
                               argc > 2 ? atoi (argv[2]) : 1180);
  scroller = gtk_scrolled_window_new ();
  clamp = adw_clamp_new ();
  view = rnl_answer_view_new ();
  gtk_widget_set_margin_start (view, 18);
  gtk_widget_set_margin_end (view, 18);
  gtk_widget_set_margin_top (view, 18);
  gtk_widget_set_margin_bottom (view, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_window_set_content (ADW_WINDOW (window), scroller);
  gtk_window_present (GTK_WINDOW (window));

  if (argc > 3 && g_file_get_contents (argv[3], &text, NULL, NULL))
    rnl_answer_view_set_text (RNL_ANSWER_VIEW (view), text);
  else
    g_timeout_add (5, append_cb, view);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
