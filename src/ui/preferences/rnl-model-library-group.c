/* rnl-model-library-group.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-library-group.h"

#include <glib/gi18n.h>

#include "rnl-download-row.h"
#include "rnl-model-library.h"
#include "rnl-toasts.h"

/**
 * RnlModelLibraryGroup:
 *
 * What a server has, with Delete, and what it fetches, with a name to fetch another. A model that
 * is deleted disappears at once; the server is told when there is no Undo any more: when the toast,
 * or this widget, has gone.
 */
struct _RnlModelLibraryGroup
{
  AdwPreferencesGroup parent_instance;

  /* template children */
  AdwEntryRow *name_row;
  GtkListBox *list;
  GtkLabel *placeholder;

  /* owned */
  RnlModelDownloads *downloads;
  RnlAccount *account;
  GListStore *stored;
  GtkFilter *stored_filter;   /* not what is being deleted */
  GtkFilter *download_filter; /* this account's */
  GHashTable *deleting;       /* names that can still be undone */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RnlModelLibraryGroup, rnl_model_library_group, ADW_TYPE_PREFERENCES_GROUP)

/* Listing. */

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlModelLibraryGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models
    = rnl_model_library_list_finish (RNL_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (models != NULL)
    g_list_store_splice (self->stored, 0, g_list_model_get_n_items (G_LIST_MODEL (self->stored)),
                         models->pdata, models->len);
  gtk_label_set_label (self->placeholder,
                       error != NULL ? error->message : _ ("This server has no model yet."));
}

static void
refresh (RnlModelLibraryGroup *self)
{
  rnl_model_library_list_async (self->account, self->cancellable, list_cb, g_object_ref (self));
}

static void
ended_cb (RnlModelLibraryGroup *self, RnlModelDownload *download)
{
  if (rnl_model_download_get_account (download) == self->account)
    refresh (self);
}

/* Deleting. */

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlModelLibraryGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rnl_model_library_delete_finish (RNL_ACCOUNT (source), result, &error))
    {
      /* It may be told when nobody looks any more. */
      g_message ("A model was not deleted: %s", error->message);
      rnl_toasts_add_text (GTK_WIDGET (self), error->message);
    }
  if (self->account != NULL)
    refresh (self);
}

static void
send_delete (RnlModelLibraryGroup *self, const char *name)
{
  rnl_model_library_delete_async (self->account, name, NULL, deleted_cb, g_object_ref (self));
}

static void
keep (RnlModelLibraryGroup *self, const char *name)
{
  g_hash_table_remove (self->deleting, name);
  gtk_filter_changed (self->stored_filter, GTK_FILTER_CHANGE_LESS_STRICT);
}

static void
undo_cb (AdwToast *toast, RnlModelLibraryGroup *self)
{
  keep (self, g_object_get_data (G_OBJECT (toast), "rnl-model"));
}

/* What is not undone until now is deleted; the row stays away until the server has answered. */
static void
dismissed_cb (AdwToast *toast, RnlModelLibraryGroup *self)
{
  const char *name = g_object_get_data (G_OBJECT (toast), "rnl-model");
  guint position = 0;

  if (self->account == NULL || !g_hash_table_contains (self->deleting, name))
    return;
  send_delete (self, name);
  while (position < g_list_model_get_n_items (G_LIST_MODEL (self->stored)))
    {
      g_autoptr (RnlStoredModel) model
        = g_list_model_get_item (G_LIST_MODEL (self->stored), position);

      if (g_str_equal (rnl_stored_model_get_name (model), name))
        g_list_store_remove (self->stored, position);
      else
        position++;
    }
  keep (self, name);
}

static void
delete_clicked_cb (GtkButton *button, RnlModelLibraryGroup *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "rnl-model"));
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  /* Translators: %s is the name of a model */
  g_autofree char *text = g_strdup_printf (_ ("“%s” deleted"), escaped);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "rnl-model", g_strdup (name), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, 0);
  g_hash_table_add (self->deleting, g_steal_pointer (&name));
  gtk_filter_changed (self->stored_filter, GTK_FILTER_CHANGE_MORE_STRICT);
  rnl_toasts_add (GTK_WIDGET (self), toast);
}

static gboolean
is_kept (gpointer item, gpointer user_data)
{
  RnlModelLibraryGroup *self = user_data;

  return !g_hash_table_contains (self->deleting, rnl_stored_model_get_name (item));
}

/* Rows. */

static GtkWidget *
create_model_row (RnlModelLibraryGroup *self, RnlStoredModel *model)
{
  const char *name = rnl_stored_model_get_name (model);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of a model */
  g_autofree char *label = g_strdup_printf (_ ("Delete %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (rnl_stored_model_get_size (model) >= 0)
    {
      g_autofree char *size = g_format_size ((guint64) rnl_stored_model_get_size (model));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "rnl-model", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  RnlModelLibraryGroup *self = user_data;

  if (RNL_IS_MODEL_DOWNLOAD (item))
    return rnl_download_row_new (self->downloads, item);

  return create_model_row (self, item);
}

static gboolean
is_ours (gpointer item, gpointer user_data)
{
  RnlModelLibraryGroup *self = user_data;

  return rnl_model_download_get_account (item) == self->account;
}

static GListModel *
filtered (GListModel *model, GtkFilter *filter)
{
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (model), g_object_ref (filter)));
}

/* Downloads first, what is there below. */
static void
bind_list (RnlModelLibraryGroup *self)
{
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) downloads
    = filtered (G_LIST_MODEL (self->downloads), self->download_filter);
  g_autoptr (GListModel) stored = filtered (G_LIST_MODEL (self->stored), self->stored_filter);
  g_autoptr (GtkFlattenListModel) all = NULL;

  g_list_store_append (both, downloads);
  g_list_store_append (both, stored);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (both));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (all), create_row_cb, self, NULL);
}

/* The name of another one. */

static gboolean
check_name (RnlModelLibraryGroup *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  gboolean valid;

  g_strstrip (name);
  valid = rnl_model_library_check_name (name, NULL);
  if (valid || *name == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");

  return valid;
}

static void
name_changed_cb (RnlModelLibraryGroup *self)
{
  (void) check_name (self);
}

static void
name_applied_cb (RnlModelLibraryGroup *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  g_strstrip (name);
  if (!check_name (self))
    {
      rnl_toasts_add_text (GTK_WIDGET (self),
                           _ ("That is no name of a model. Names are like “qwen3:4b”."));
      return;
    }
  rnl_model_downloads_start (self->downloads, self->account, name, NULL); /* checked above */
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
}

static void
rnl_model_library_group_dispose (GObject *object)
{
  RnlModelLibraryGroup *self = RNL_MODEL_LIBRARY_GROUP (object);
  GHashTableIter iter;
  gpointer name;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->deleting);
  while (self->account != NULL && g_hash_table_iter_next (&iter, &name, NULL))
    rnl_model_library_delete_async (self->account, name, NULL, NULL, NULL);
  g_hash_table_remove_all (self->deleting);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_MODEL_LIBRARY_GROUP);
  g_clear_object (&self->account);
  g_clear_object (&self->downloads);

  G_OBJECT_CLASS (rnl_model_library_group_parent_class)->dispose (object);
}

static void
rnl_model_library_group_finalize (GObject *object)
{
  RnlModelLibraryGroup *self = RNL_MODEL_LIBRARY_GROUP (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->stored);
  g_object_unref (self->stored_filter);
  g_object_unref (self->download_filter);
  g_hash_table_unref (self->deleting);

  G_OBJECT_CLASS (rnl_model_library_group_parent_class)->finalize (object);
}

static void
rnl_model_library_group_class_init (RnlModelLibraryGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_model_library_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_model_library_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-model-library-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlModelLibraryGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, RnlModelLibraryGroup, list);
  gtk_widget_class_bind_template_child (widget_class, RnlModelLibraryGroup, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
}

static void
rnl_model_library_group_init (RnlModelLibraryGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->deleting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stored = g_list_store_new (RNL_TYPE_STORED_MODEL);
  self->stored_filter = GTK_FILTER (gtk_custom_filter_new (is_kept, self, NULL));
  self->download_filter = GTK_FILTER (gtk_custom_filter_new (is_ours, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rnl_model_library_group_set_account:
 * @self: a group without an account
 * @workspace: whose downloads
 * @account: an account whose server keeps models of its own
 *
 * Asks the server what it has, and shows it.
 */
void
rnl_model_library_group_set_account (RnlModelLibraryGroup *self,
                                     RnlWorkspace *workspace,
                                     RnlAccount *account)
{
  g_return_if_fail (RNL_IS_MODEL_LIBRARY_GROUP (self));
  g_return_if_fail (self->account == NULL);

  self->downloads = g_object_ref (rnl_workspace_get_downloads (workspace));
  self->account = g_object_ref (account);
  g_signal_connect_object (self->downloads, "ended", G_CALLBACK (ended_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_label (self->placeholder, _ ("Asking…"));
  bind_list (self);
  refresh (self);
}
