/* test-start.c: what the first window of the program brings into memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "rnl-test-loop.h"
#include "window-fixture.h"

/* More than a plain window takes. It was four where other programs use GTK, eight where none does.
 */
#define MAX_MORE_KB (12 * 1024)

#define ICONS RNL_RESOURCE_BASE "/icons/"

/* Where the theme of the system has its icons for this display only as SVG, GTK draws those. */
static gboolean
theme_wants_svg (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon
    = gtk_icon_theme_lookup_icon (theme, "pan-down-symbolic", NULL, 16,
                                  gtk_widget_get_scale_factor (widget), GTK_TEXT_DIR_LTR, 0);
  g_autoptr (GFile) file = gtk_icon_paintable_get_file (icon);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  return name == NULL || !g_str_has_suffix (name, ".png");
}

/* The library that draws SVG takes more memory than all of the window. */
static void
test_no_svg (void)
{
  WindowFixture fixture;
  g_autofree char *maps = NULL;

  window_fixture_open (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    g_test_skip ("no /proc");
  else if (theme_wants_svg (GTK_WIDGET (fixture.window)))
    g_test_skip ("the theme has only SVG");
  else
    g_assert_null (strstr (maps, "librsvg"));
  window_fixture_done (&fixture);
}

/* What no other program shares with this one, in kB; 0 where the system does not say. */
static guint
get_private (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint sum = 0;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "Private_Clean:")
        || g_str_has_prefix (lines[i], "Private_Dirty:"))
      sum += (guint) g_ascii_strtoull (strchr (lines[i], ':') + 1, NULL, 10);

  return sum;
}

/* Compared with a window that has a header bar, a field to write into, and a button. */
static GtkWidget *
open_plain_window (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 720);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), gtk_text_view_new ());
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Send"));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  window_fixture_wait_frames (window, 3);

  return window;
}

static void
test_memory (void)
{
  WindowFixture fixture;
  GtkWidget *plain;
  guint before, after;

  if (rnl_test_get_slowdown () > 1)
    {
      g_test_skip ("the memory of a tool is counted, too");
      return;
    }

  adw_init ();
  plain = open_plain_window ();
  before = get_private ();
  gtk_window_destroy (GTK_WINDOW (plain));
  window_fixture_open (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  after = get_private ();
  g_test_message ("%u kB, a plain window %u", after, before);
  g_assert_cmpuint (after, <, before + MAX_MORE_KB);
  window_fixture_done (&fixture);
}

static GdkPixbuf *
load_icon (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_resource_at_scale (path, 96, 96, TRUE, &error);

  g_assert_no_error (error);

  return pixbuf;
}

static gboolean
can_read_svg (void)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      if (g_str_equal (name, "svg"))
        return TRUE;
    }

  return FALSE;
}

/* The icon of the start page is the icon of the program, drawn beforehand. After a change of it:
 * rsvg-convert -w 96 -h 96. */
static void
test_icon (void)
{
  g_autoptr (GdkPixbuf) png = NULL;
  g_autoptr (GdkPixbuf) svg = NULL;
  const guint8 *a;
  const guint8 *b;
  gsize length;
  gsize difference = 0;

  if (!can_read_svg ())
    {
      g_test_skip ("nothing here reads SVG");
      return;
    }

  png = load_icon (ICONS "96x96/apps/" RNL_APP_ID ".png");
  svg = load_icon (ICONS "scalable/apps/" RNL_APP_ID ".svg");
  a = gdk_pixbuf_read_pixels (png);
  b = gdk_pixbuf_read_pixels (svg);
  length = gdk_pixbuf_get_byte_length (png);
  g_assert_cmpuint (gdk_pixbuf_get_byte_length (svg), ==, length);
  for (gsize i = 0; i < length; i++)
    difference += ABS (a[i] - b[i]);
  /* Other versions draw edges a little differently. */
  g_assert_cmpuint (difference / length, <, 2);
}

/* GLib takes the folders of each test for the system's, and those have no icons. */
static void
find_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_search_path (theme, "/usr/share/icons");
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  find_icons ();
  /* In this order: the first one looks at what a window adds, the last one reads SVG. */
  g_test_add_func ("/start/memory", test_memory);
  g_test_add_func ("/start/no-svg", test_no_svg);
  g_test_add_func ("/start/icon", test_icon);

  return g_test_run ();
}
