/* test-markdown-spec.c: the examples of CommonMark and of GitHub's dialect
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks as HTML are compared with what the specification says, in everything that shows. */
#include "config.h"
#include "markdown-html.h"
#include "markdown-spec.h"
#include "rnl-test.h"

#include <string.h>

static gboolean
matches (const MarkdownExample *example)
{
  rnl_test_last RnlMarkdownStream *stream = rnl_markdown_stream_new ();
  g_autofree char *html = NULL;
  g_autofree char *expected = html_normalize (example->html);
  g_autofree char *normal = NULL;

  rnl_markdown_stream_feed (stream, example->text, -1);
  rnl_markdown_stream_end (stream);
  html = blocks_to_html (stream);
  normal = html_normalize (html);
  if (strcmp (normal, expected) == 0)
    return TRUE;
  if (g_test_verbose ())
    g_test_message ("example %u (%s):\n%s\ngives\n%s\n%s\ninstead of\n%s", example->number,
                    example->section, example->text, html, normal, expected);

  return FALSE;
}

static void
print_section (const char *section, guint n_matching, guint n)
{
  if (n > 0)
    g_test_message ("%3u of %3u  %s", n_matching, n, section);
}

static void
test_spec (gconstpointer data)
{
  guint spec = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) examples = markdown_spec_load (spec);
  const char *section = "";
  guint n = 0, n_matching = 0, all = 0;

  if (examples == NULL)
    {
      g_test_skip ("RUNNEL_TEST_SPECS has no such specification");
      return;
    }
  for (guint i = 0; i < examples->len; i++)
    {
      const MarkdownExample *example = g_ptr_array_index (examples, i);
      gboolean ok;

      if (strcmp (example->section, section) != 0)
        {
          print_section (section, n_matching, n);
          section = example->section;
          n = n_matching = 0;
        }
      ok = matches (example);
      n++;
      n_matching += ok ? 1 : 0;
      all += ok ? 1 : 0;
    }
  print_section (section, n_matching, n);
  g_test_message ("%s: %u of %u", markdown_specs[spec].name, all, examples->len);
  g_assert_cmpuint (examples->len, ==, markdown_specs[spec].n_examples);
  g_assert_cmpuint (all, >=, markdown_specs[spec].n_matching);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  for (guint i = 0; i < n_markdown_specs; i++)
    {
      g_autofree char *path = g_strdup_printf ("/markdown-spec/%s", markdown_specs[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_spec);
    }

  return g_test_run ();
}
