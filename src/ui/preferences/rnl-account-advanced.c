/* rnl-account-advanced.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-account-advanced.h"

#include <glib/gi18n.h>

#include "rnl-account-header-row.h"
#include "rnl-compat.h"

/**
 * RnlAccountAdvanced:
 *
 * More addresses, authorities, a proxy and headers of an account, folded away.
 */
struct _RnlAccountAdvanced
{
  AdwExpanderRow parent_instance;

  /* template children */
  GtkEditable *addresses_row;
  GtkEditable *ca_row;
  GtkEditable *proxy_row;
  GtkWidget *headers_row;

  /* owned: rows of headers, which the expander shows */
  GPtrArray *headers;
};

G_DEFINE_FINAL_TYPE (RnlAccountAdvanced, rnl_account_advanced, ADW_TYPE_EXPANDER_ROW)

static void
removed_cb (RnlAccountHeaderRow *row, RnlAccountAdvanced *self)
{
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
  g_ptr_array_remove (self->headers, row);
}

static GtkWidget *
add_header (RnlAccountAdvanced *self, const char *line)
{
  GtkWidget *row = rnl_account_header_row_new (line);

  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, 0);
  g_ptr_array_add (self->headers, g_object_ref (row));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);

  return row;
}

static void
add_clicked_cb (RnlAccountAdvanced *self)
{
  gtk_widget_child_focus (add_header (self, NULL), GTK_DIR_TAB_FORWARD);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (RnlAccountAdvanced) self = user_data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  /* The form may be closed by now. */
  if (path != NULL && self->ca_row != NULL)
    gtk_editable_set_text (self->ca_row, path);
}

static void
choose_clicked_cb (RnlAccountAdvanced *self)
{
  rnl_compat_choose_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          _ ("Choose a certificate file"), chosen_cb, g_object_ref (self));
}

static void
rnl_account_advanced_dispose (GObject *object)
{
  RnlAccountAdvanced *self = RNL_ACCOUNT_ADVANCED (object);

  g_ptr_array_set_size (self->headers, 0);
  self->ca_row = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_ACCOUNT_ADVANCED);

  G_OBJECT_CLASS (rnl_account_advanced_parent_class)->dispose (object);
}

static void
rnl_account_advanced_finalize (GObject *object)
{
  g_ptr_array_unref (RNL_ACCOUNT_ADVANCED (object)->headers);

  G_OBJECT_CLASS (rnl_account_advanced_parent_class)->finalize (object);
}

static void
rnl_account_advanced_class_init (RnlAccountAdvancedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_account_advanced_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_account_advanced_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-account-advanced.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlAccountAdvanced, addresses_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountAdvanced, ca_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountAdvanced, proxy_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountAdvanced, headers_row);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
}

static void
rnl_account_advanced_init (RnlAccountAdvanced *self)
{
  self->headers = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

/**
 * rnl_account_advanced_show:
 * @self: the rows
 * @account: what they show
 *
 * Shows what an account has; open when there is something to see.
 */
void
rnl_account_advanced_show (RnlAccountAdvanced *self, RnlAccount *account)
{
  const char *const *headers = rnl_account_get_headers (account);
  g_autofree char *addresses = g_strjoinv (", ", (char **) rnl_account_get_addresses (account));

  g_return_if_fail (RNL_IS_ACCOUNT_ADVANCED (self));

  set_text (self->addresses_row, addresses);
  set_text (self->ca_row, rnl_account_get_ca_file (account));
  set_text (self->proxy_row, rnl_account_get_proxy (account));
  for (gsize i = 0; headers[i] != NULL; i++)
    add_header (self, headers[i]);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self),
                                 *addresses != '\0' || headers[0] != NULL
                                   || rnl_account_get_ca_file (account) != NULL
                                   || rnl_account_get_proxy (account) != NULL);
}

static char **
dup_headers (RnlAccountAdvanced *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->headers->len; i++)
    {
      g_autofree char *line
        = rnl_account_header_row_dup_line (g_ptr_array_index (self->headers, i));

      if (line != NULL)
        g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

static void
fill_public (RnlAccountAdvanced *self, RnlAccount *account)
{
  g_auto (GStrv) addresses
    = g_strsplit_set (gtk_editable_get_text (self->addresses_row), ", \t", -1);

  rnl_account_set_addresses (account, (const char *const *) addresses);
  rnl_account_set_ca_file (account, gtk_editable_get_text (self->ca_row));
}

/**
 * rnl_account_advanced_fill:
 * @self: the rows
 * @account: an account that is only tried
 *
 * Gives an account what the rows say, without keeping anything.
 */
void
rnl_account_advanced_fill (RnlAccountAdvanced *self, RnlAccount *account)
{
  g_auto (GStrv) headers = NULL;

  g_return_if_fail (RNL_IS_ACCOUNT_ADVANCED (self));

  headers = dup_headers (self);
  fill_public (self, account);
  rnl_account_set_headers (account, (const char *const *) headers);
  rnl_account_set_proxy (account, gtk_editable_get_text (self->proxy_row));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!rnl_account_store_private_finish (RNL_ACCOUNT (source), result, &error))
    g_warning ("Headers could not be put into the keyring: %s", error->message);
}

/**
 * rnl_account_advanced_save:
 * @self: the rows
 * @account: an account that was checked
 *
 * Gives an account what the rows say, and keeps what is secret of it in the keyring.
 */
void
rnl_account_advanced_save (RnlAccountAdvanced *self, RnlAccount *account)
{
  g_auto (GStrv) headers = NULL;

  g_return_if_fail (RNL_IS_ACCOUNT_ADVANCED (self));

  headers = dup_headers (self);
  fill_public (self, account);
  rnl_account_store_private_async (account, (const char *const *) headers,
                                   gtk_editable_get_text (self->proxy_row), NULL, stored_cb, NULL);
}
