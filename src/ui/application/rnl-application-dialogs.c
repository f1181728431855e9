/* rnl-application-dialogs.c: about, preferences
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-application-private.h"

#include <glib/gi18n.h>

#include "rnl-preferences-window.h"

void
rnl_application_show_preferences (RnlWorkspace *workspace, GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *window;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) open = g_list_model_get_item (toplevels, i);

      if (RNL_IS_PREFERENCES_WINDOW (open))
        {
          gtk_window_present (open);
          return;
        }
    }

  window = rnl_preferences_window_new (workspace);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}

/* Where the program is not installed, its icon is only in its resources. */
static void
ensure_icon (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  if (!gtk_icon_theme_has_icon (theme, RNL_APP_ID))
    gtk_icon_theme_add_resource_path (theme, RNL_RESOURCE_BASE "/icons");
}

void
rnl_application_show_about (GtkWindow *parent)
{
  ensure_icon ();
  adw_show_about_window (parent, "application-name", "Runnel", "application-icon", RNL_APP_ID,
                         "version", RNL_VERSION, "developer-name", _ ("The Runnel authors"),
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Ask an agent and watch it work, token by token, tool by tool."),
                         "translator-credits", _ ("translator-credits"), NULL);
}
