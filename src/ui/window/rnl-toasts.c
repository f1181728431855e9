/* rnl-toasts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-toasts.h"

#include "rnl-compat-accessible.h"

/* Of an overlay: the status in it, which in turn owns who speaks by it. */
#define STATUS_DATA    "rnl-toast-status"
#define ANNOUNCER_DATA "rnl-toast-announcer"

/* The one of the window that WIDGET is in. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *found
    = root != NULL ? rnl_compat_find_inside (GTK_WIDGET (root), ADW_TYPE_TOAST_OVERLAY) : NULL;

  return found != NULL ? ADW_TOAST_OVERLAY (found) : NULL;
}

/**
 * rnl_toasts_make_heard:
 * @window: a window with a toast overlay, not shown yet
 *
 * Nothing tells assistive technology of a toast, and the focus does not go there: above what the
 * overlay is over, this puts a status that says them.
 */
void
rnl_toasts_make_heard (GtkWidget *window)
{
  AdwToastOverlay *toasts = find_overlay (window);
  g_autoptr (GtkWidget) child = NULL;
  GtkWidget *overlay, *status;

  g_return_if_fail (toasts != NULL);

  child = g_object_ref (adw_toast_overlay_get_child (toasts));
  overlay = gtk_overlay_new ();
  status
    = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "can-target",
                    FALSE, "halign", GTK_ALIGN_END, "valign", GTK_ALIGN_END, NULL);
  adw_toast_overlay_set_child (toasts, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), child);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), status);
  adw_toast_overlay_set_child (toasts, overlay);
  g_object_set_data_full (G_OBJECT (status), ANNOUNCER_DATA, rnl_announcer_new (status),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (toasts), STATUS_DATA, g_object_ref (status), g_object_unref);
}

/**
 * rnl_toasts_get_announcer:
 * @widget: a window whose toasts are heard, or something in it
 *
 * Returns: (transfer none) (nullable): what tells a screen reader of the toasts; `NULL` in a window
 *   that was closed
 */
RnlAnnouncer *
rnl_toasts_get_announcer (GtkWidget *widget)
{
  AdwToastOverlay *toasts = find_overlay (widget);
  GObject *status = toasts != NULL ? g_object_get_data (G_OBJECT (toasts), STATUS_DATA) : NULL;

  return status != NULL ? g_object_get_data (status, ANNOUNCER_DATA) : NULL;
}

/**
 * rnl_toasts_add:
 * @widget: a window whose toasts are heard, or something in it
 * @toast: (transfer full): what to show
 *
 * Shows @toast and has it said. In a window that was closed meanwhile nobody sees it.
 */
void
rnl_toasts_add (GtkWidget *widget, AdwToast *toast)
{
  RnlAnnouncer *announcer = rnl_toasts_get_announcer (widget);
  const char *title = adw_toast_get_title (toast);
  g_autofree char *text = NULL;

  if (announcer == NULL)
    {
      g_object_unref (toast);
      return;
    }
  if (!pango_parse_markup (title, -1, 0, NULL, &text, NULL, NULL))
    text = g_strdup (title);
  rnl_announcer_say (announcer, text);
  adw_toast_overlay_add_toast (find_overlay (widget), toast);
}

/**
 * rnl_toasts_add_text:
 * @widget: a window whose toasts are heard, or something in it
 * @text: what to tell, without markup
 */
void
rnl_toasts_add_text (GtkWidget *widget, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  rnl_toasts_add (widget, adw_toast_new (escaped));
}
