/* rnl-model-button.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-account.h"
#include "rnl-compat.h"
#include "rnl-model-info.h"
#include "rnl-model-words.h"

/**
 * RnlModelButton:
 *
 * Shows who answers; its popover lists the offline helper and the models of every account, asked
 * from the servers when it opens. Signal: `model-chosen (id)`.
 */
struct _RnlModelButton
{
  GtkWidget parent_instance;

  /* template children */
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *label;
  GtkEditable *search_entry;
  GtkListBox *list;
  GtkLabel *status;

  /* owned */
  RnlAccounts *accounts;
  RnlChatModel *model;
  GCancellable *fetching;
  GString *problems;

  guint pending;
};

enum
{
  MODEL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlModelButton, rnl_model_button, GTK_TYPE_WIDGET)

static void
add_row (RnlModelButton *self, const char *id, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "rnl-model-id", g_strdup (id), g_free);
  if (self->model != NULL && g_strcmp0 (rnl_chat_model_get_id (self->model), id) == 0)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Answers now"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
    }
  gtk_list_box_append (self->list, row);
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer user_data)
{
  RnlModelButton *self = user_data;
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  g_autofree char *title
    = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return strstr (title, needle) != NULL;
}

static void
search_changed_cb (RnlModelButton *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
row_activated_cb (RnlModelButton *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "rnl-model-id"));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[MODEL_CHOSEN], 0, id);
}

static void
update_status (RnlModelButton *self)
{
  const char *text = self->pending > 0 ? _ ("Asking the servers…") : self->problems->str;

  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *text != '\0');
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlModelButton) self = user_data;
  RnlAccount *account = RNL_ACCOUNT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = rnl_account_fetch_models_finish (account, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->pending--;
  if (error != NULL)
    g_string_append_printf (self->problems, "%s%s: %s", self->problems->len > 0 ? "\n" : "",
                            rnl_account_get_title (account), error->message);
  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      RnlModelInfo *info = g_ptr_array_index (models, i);
      g_autofree char *id
        = g_strdup_printf ("%s/%s", rnl_account_get_id (account), rnl_model_info_get_id (info));

      add_row (self, id, rnl_model_info_get_title (info), rnl_account_get_title (account));
    }
  update_status (self);
}

static void
cancel_fetching (RnlModelButton *self)
{
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  self->pending = 0;
}

static void
popover_show_cb (RnlModelButton *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);
  GtkWidget *row;

  cancel_fetching (self);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_string_truncate (self->problems, 0);
  gtk_editable_set_text (self->search_entry, "");

  add_row (self, "offline/helper", _ ("Offline helper"), _ ("Rules, not AI"));
  self->fetching = g_cancellable_new ();
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (accounts, i);

      self->pending++;
      rnl_account_fetch_models_async (account, self->fetching, fetch_cb, g_object_ref (self));
    }
  update_status (self);
}

static void
rnl_model_button_dispose (GObject *object)
{
  RnlModelButton *self = RNL_MODEL_BUTTON (object);

  cancel_fetching (self);
  g_clear_object (&self->accounts);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_MODEL_BUTTON);

  G_OBJECT_CLASS (rnl_model_button_parent_class)->dispose (object);
}

static void
rnl_model_button_finalize (GObject *object)
{
  g_string_free (RNL_MODEL_BUTTON (object)->problems, TRUE);

  G_OBJECT_CLASS (rnl_model_button_parent_class)->finalize (object);
}

static void
rnl_model_button_class_init (RnlModelButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_model_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_model_button_finalize;

  signals[MODEL_CHOSEN] = g_signal_new ("model-chosen", RNL_TYPE_MODEL_BUTTON, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-model-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, popover);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, label);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, list);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, status);
  gtk_widget_class_bind_template_callback (widget_class, popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rnl_model_button_init (RnlModelButton *self)
{
  self->problems = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
}

void
rnl_model_button_set_accounts (RnlModelButton *self, RnlAccounts *accounts)
{
  g_return_if_fail (RNL_IS_MODEL_BUTTON (self));

  g_set_object (&self->accounts, accounts);
}

/**
 * rnl_model_button_set_model:
 * @self: a model button
 * @model: who answers now
 */
void
rnl_model_button_set_model (RnlModelButton *self, RnlChatModel *model)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RNL_IS_MODEL_BUTTON (self));

  g_set_object (&self->model, model);
  gtk_label_set_label (self->label, rnl_model_words_title (model));
  /* Translators: %s is a model's name */
  name = g_strdup_printf (_ ("Model: %s"), rnl_model_words_title (model));
  rnl_compat_name_menu_button (self->button, name);
}
