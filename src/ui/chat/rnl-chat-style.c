/* rnl-chat-style.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-style.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rnl-chat-resources.h"
#include "rnl-compat.h"

/* What is added stands above what is there in either case. */
static void
high_contrast_cb (AdwStyleManager *manager, GParamSpec *pspec, gpointer provider)
{
  GdkDisplay *display = adw_style_manager_get_display (manager);

  if (adw_style_manager_get_high_contrast (manager))
    gtk_style_context_add_provider_for_display (display, provider,
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else
    gtk_style_context_remove_provider_for_display (display, provider);
}

/**
 * rnl_chat_style_ensure:
 *
 * Loads the style sheets of the conversation for the default display; more than once is once.
 */
void
rnl_chat_style_ensure (void)
{
  static gboolean done;
  AdwStyleManager *manager;
  g_autoptr (GtkCssProvider) contrast = NULL;

  if (done)
    return;

  done = TRUE;
  g_resources_register (rnl_chat_get_resource ());
  rnl_compat_add_style (RNL_RESOURCE_BASE "/chat/chat.css");
  contrast = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (contrast, RNL_RESOURCE_BASE "/chat/chat-hc.css");
  manager = adw_style_manager_get_for_display (gdk_display_get_default ());
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (high_contrast_cb),
                           contrast, 0);
  g_object_set_data_full (G_OBJECT (manager), "rnl-chat-contrast", g_object_ref (contrast),
                          g_object_unref);
  high_contrast_cb (manager, NULL, contrast);
}

/**
 * rnl_chat_set_label:
 * @widget: an accessible
 * @label: its name for assistive technology
 */
void
rnl_chat_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/**
 * rnl_chat_set_description:
 * @widget: an accessible
 * @description: what its name does not say
 */
void
rnl_chat_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/**
 * rnl_chat_icon_button_new:
 * @icon_name: a symbolic icon
 * @label: what it does: tooltip and accessible name
 *
 * Returns: (transfer floating): a flat button
 */
GtkWidget *
rnl_chat_icon_button_new (const char *icon_name, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  rnl_compat_set_tooltip (button, label);
  rnl_chat_set_label (button, label);

  return button;
}

/**
 * rnl_chat_set_message_action:
 * @button: a button
 * @action: an action whose parameter is the id of a message
 * @message: which message
 */
void
rnl_chat_set_message_action (GtkWidget *button, const char *action, RnlMessage *message)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", rnl_message_get_id (message));
}

/**
 * rnl_chat_caption_new:
 * @text: a word or two
 *
 * Returns: (transfer floating): a heading of a small section
 */
GtkWidget *
rnl_chat_caption_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

/**
 * rnl_chat_duration_text:
 * @duration_us: in microseconds
 *
 * Returns: (transfer full): for example "350 ms", "8 s", "2 min 5 s"
 */
char *
rnl_chat_duration_text (gint64 duration_us)
{
  gint64 ms = MAX (0, duration_us) / 1000;

  if (ms < 1000)
    return g_strdup_printf (_ ("%d ms"), (int) ms);
  if (ms < 2950)
    return g_strdup_printf (_ ("%.1f s"), (double) ms / 1000.0);
  if (ms < 60000)
    return g_strdup_printf (_ ("%d s"), (int) ((ms + 500) / 1000));

  return g_strdup_printf (_ ("%d min %d s"), (int) (ms / 60000), (int) (ms % 60000 / 1000));
}

/**
 * rnl_chat_cost_text:
 * @dollars: in US dollars
 *
 * Returns: (transfer full): for example "$1.25", "$0.0031"
 */
char *
rnl_chat_cost_text (double dollars)
{
  /* Translators: an amount of US dollars, with more digits where it is small */
  return g_strdup_printf (dollars >= 0.1 || dollars <= 0 ? _ ("$%.2f") : _ ("$%.4f"), dollars);
}

/**
 * rnl_chat_time_text:
 * @unix_us: microseconds since 1970
 *
 * Returns: (transfer full): the time of day, "14:02"
 */
char *
rnl_chat_time_text (gint64 unix_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%H:%M") : g_strdup ("");
}

/**
 * rnl_chat_copy:
 * @widget: any widget on the display
 * @text: UTF-8 for the clipboard
 */
void
rnl_chat_copy (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}
