/* rnl-account-header-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-account-header-row.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * RnlAccountHeaderRow:
 *
 * Name and value of a header. The value is hidden like a password; one that is in the keyring is
 * not shown at all, and stays when nothing is typed.
 */
struct _RnlAccountHeaderRow
{
  AdwPreferencesRow parent_instance;

  /* children */
  GtkEditable *name;
  GtkEditable *value;
};

enum
{
  REMOVED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (RnlAccountHeaderRow, rnl_account_header_row, ADW_TYPE_PREFERENCES_ROW)

static guint signals[N_SIGNALS];

static void
remove_cb (RnlAccountHeaderRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
rnl_account_header_row_class_init (RnlAccountHeaderRowClass *klass)
{
  /**
   * RnlAccountHeaderRow::removed:
   *
   * The person does not want this header.
   */
  signals[REMOVED] = g_signal_new ("removed", RNL_TYPE_ACCOUNT_HEADER_ROW, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
rnl_account_header_row_init (RnlAccountHeaderRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *value = gtk_password_entry_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  self->name = GTK_EDITABLE (name);
  self->value = GTK_EDITABLE (value);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _ ("Name"));
  gtk_editable_set_width_chars (self->name, 8);
  gtk_editable_set_width_chars (self->value, 8);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (value), TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_set_tooltip_text (remove, _ ("Remove this header"));
  gtk_widget_add_css_class (remove, "flat");
  set_label (name, _ ("Name of the header"));
  set_label (value, _ ("Value of the header"));
  set_label (remove, _ ("Remove this header"));
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), remove);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Header"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * rnl_account_header_row_new:
 * @line: (nullable): `NAME: VALUE`, `NAME:` with a value that is kept, `NULL` for a new one
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
rnl_account_header_row_new (const char *line)
{
  RnlAccountHeaderRow *self = g_object_new (RNL_TYPE_ACCOUNT_HEADER_ROW, NULL);
  const char *colon = line != NULL ? strchr (line, ':') : NULL;
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;
  const char *placeholder = _ ("Value");

  if (colon != NULL)
    {
      gtk_editable_set_text (self->name, name);
      gtk_editable_set_text (self->value, colon + 1 + strspn (colon + 1, " "));
      placeholder = _ ("Kept");
    }
  g_object_set (self->value, "placeholder-text", placeholder, NULL);

  return GTK_WIDGET (self);
}

/**
 * rnl_account_header_row_dup_line:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): `NAME: VALUE`, `NAME:` when nothing was typed, `NULL`
 * without a name
 */
char *
rnl_account_header_row_dup_line (RnlAccountHeaderRow *self)
{
  const char *name = gtk_editable_get_text (self->name);
  const char *value = gtk_editable_get_text (self->value);

  if (*name == '\0' && *value == '\0')
    return NULL;

  return g_strdup_printf (*value != '\0' ? "%s: %s" : "%s:", name, value);
}
