/* test-start.c: what the first window of the program brings into memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "window-fixture.h"

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
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("svg", NULL);

  if (loader == NULL)
    return FALSE;
  /* Of nothing at all it says that this is no picture. */
  gdk_pixbuf_loader_close (loader, NULL);

  return TRUE;
}

/* The icon of the start page is the icon of the program, drawn beforehand. */
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
  /* In this order: the second one reads SVG. */
  g_test_add_func ("/start/no-svg", test_no_svg);
  g_test_add_func ("/start/icon", test_icon);

  return g_test_run ();
}
