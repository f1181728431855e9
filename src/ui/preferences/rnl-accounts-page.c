/* rnl-accounts-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-accounts-page.h"

#include <glib/gi18n.h>

#include "rnl-account-window.h"
#include "rnl-compat-accessible.h"
#include "rnl-toasts.h"

/**
 * RnlAccountsPage:
 *
 * The accounts as a list: one opens its form, the last row adds another.
 */
struct _RnlAccountsPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  RnlWorkspace *workspace;

  /* borrowed */
  AdwPreferencesGroup *group;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RnlAccountsPage, rnl_accounts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
show_form (RnlAccountsPage *self, RnlAccount *account)
{
  GtkWidget *window = rnl_account_window_new (self->workspace, account);

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (window));
}

static void
row_activated_cb (RnlAccountsPage *self, GtkListBoxRow *row)
{
  show_form (self, g_object_get_data (G_OBJECT (row), "rnl-account"));
}

static void
add_clicked_cb (RnlAccountsPage *self)
{
  show_form (self, NULL);
}

static void
undo_remove_cb (AdwToast *toast, RnlAccountsPage *self)
{
  RnlAccount *account = g_object_get_data (G_OBJECT (toast), "rnl-account");

  rnl_accounts_restore (rnl_workspace_get_accounts (self->workspace), account);
  g_object_set_data (G_OBJECT (toast), "rnl-restored", GINT_TO_POINTER (TRUE));
}

static void
dismissed_cb (AdwToast *toast)
{
  if (g_object_get_data (G_OBJECT (toast), "rnl-restored") == NULL)
    rnl_account_forget_async (g_object_get_data (G_OBJECT (toast), "rnl-account"), NULL, NULL,
                              NULL);
}

/* The key stays in the secret store until the account is forgotten for good: Undo brings all of it
 * back. */
static void
remove_clicked_cb (GtkButton *button, RnlAccountsPage *self)
{
  g_autoptr (RnlAccount) account
    = g_object_ref (g_object_get_data (G_OBJECT (button), "rnl-account"));
  g_autofree char *title = g_markup_escape_text (rnl_account_get_title (account), -1);
  /* Translators: %s is the name of an account */
  g_autofree char *text = g_strdup_printf (_ ("“%s” removed"), title);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "rnl-account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_remove_cb), self, 0);
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), NULL);
  rnl_accounts_remove (rnl_workspace_get_accounts (self->workspace), rnl_account_get_id (account));
  rnl_toasts_add (GTK_WIDGET (self), toast);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  RnlAccountsPage *self = user_data;
  RnlAccount *account = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_bind_property (account, "title", row, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "base-url", row, "subtitle", G_BINDING_SYNC_CREATE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "rnl-account", g_object_ref (account), g_object_unref);

  gtk_widget_set_tooltip_text (remove, _ ("Remove this account"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this account"), -1);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  g_object_set_data_full (G_OBJECT (remove), "rnl-account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));

  return row;
}

static void
rnl_accounts_page_dispose (GObject *object)
{
  RnlAccountsPage *self = RNL_ACCOUNTS_PAGE (object);

  /* Who else holds the list must not have it make rows for a page that has gone. */
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (rnl_accounts_page_parent_class)->dispose (object);
}

static void
rnl_accounts_page_class_init (RnlAccountsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_accounts_page_dispose;
}

static void
rnl_accounts_page_init (RnlAccountsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add an account…"));
  GtkWidget *placeholder
    = gtk_label_new (_ ("No account yet. A model on this computer (Ollama, llama.cpp, LM Studio) "
                        "needs no key; a service on the network does."));

  rnl_compat_name_buttons (add);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Models"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "network-server-symbolic");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Accounts"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("Where models answer. Keys are kept in the system's keyring, never in a file."));
  gtk_widget_add_css_class (add, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);

  self->group = ADW_PREFERENCES_GROUP (group);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_label_set_wrap (GTK_LABEL (placeholder), TRUE);
  gtk_label_set_justify (GTK_LABEL (placeholder), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_top (placeholder, 18);
  gtk_widget_set_margin_bottom (placeholder, 18);
  gtk_widget_set_margin_start (placeholder, 18);
  gtk_widget_set_margin_end (placeholder, 18);
  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_list_box_set_placeholder (self->list, placeholder);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Accounts"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
}

/**
 * rnl_accounts_page_set_workspace:
 * @self: a page
 * @workspace: whose accounts
 */
void
rnl_accounts_page_set_workspace (RnlAccountsPage *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_ACCOUNTS_PAGE (self));

  g_set_object (&self->workspace, workspace);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (rnl_workspace_get_accounts (workspace)),
                           create_row_cb, self, NULL);
}
