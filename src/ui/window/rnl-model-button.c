/* rnl-model-button.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-button.h"

#include <glib/gi18n.h>
#include "rnl-account.h"
#include "rnl-compat-accessible.h"
#include "rnl-model-catalog.h"
#include "rnl-model-row.h"
#include "rnl-model-rows.h"
#include "rnl-model-words.h"

#define FAVOURITES_KEY "favourite-models"
#define OFFLINE        "offline"

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
  GtkWidget *tuned_image;
  GtkEditable *search_entry;
  GtkListView *list;
  GtkLabel *status;

  /* owned */
  RnlAccounts *accounts;
  GSettings *settings;
  RnlModelRows *rows;
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
choose (RnlModelButton *self, RnlModelEntry *entry)
{
  g_autofree char *id = g_strdup (rnl_model_entry_get_id (entry));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[MODEL_CHOSEN], 0, id);
}

static void
search_activate_cb (RnlModelButton *self)
{
  RnlModelEntry *entry = rnl_model_rows_get_first (self->rows);

  if (entry != NULL)
    choose (self, entry);
}

static void
row_activated_cb (RnlModelButton *self, guint position)
{
  g_autoptr (RnlModelEntry) entry
    = g_list_model_get_item (rnl_model_rows_get_list (self->rows), position);

  if (entry != NULL && rnl_model_entry_get_id (entry) != NULL)
    choose (self, entry);
}

/* The row stays where it is until the list is opened again: what one has just clicked at must not
 * jump away. */
static void
toggle_favourite_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RnlModelButton *self = RNL_MODEL_BUTTON (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  RnlModelEntry *entry = rnl_model_rows_find (self->rows, id);
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, FAVOURITES_KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changed = NULL;
  gboolean was = g_strv_contains ((const char *const *) ids, id);

  for (gsize i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], id))
      g_strv_builder_add (builder, ids[i]);
  if (!was)
    g_strv_builder_add (builder, id);
  changed = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, FAVOURITES_KEY, (const char *const *) changed);
  if (entry != NULL)
    rnl_model_entry_set_favourite (entry, !was);
}

static void
row_setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rnl_model_row_new ());
}

static void
row_bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  RnlModelEntry *entry = gtk_list_item_get_item (item);

  rnl_model_row_set_entry (RNL_MODEL_ROW (gtk_list_item_get_child (item)), entry);
  gtk_list_item_set_activatable (item, rnl_model_entry_get_id (entry) != NULL);
}

static void
update_status (RnlModelButton *self)
{
  const char *text = self->problems->str;

  if (self->pending > 0)
    text = _ ("Asking the servers…");
  else if (*text == '\0' && rnl_model_rows_get_first (self->rows) == NULL)
    text = _ ("No model is called that");
  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *text != '\0');
}

static void
search_changed_cb (RnlModelButton *self)
{
  rnl_model_rows_set_search (self->rows, gtk_editable_get_text (self->search_entry));
  update_status (self);
}

static void
add_problem (RnlModelButton *self, const char *text)
{
  g_string_append_printf (self->problems, "%s%s", self->problems->len > 0 ? "\n" : "", text);
}

/* A list view keeps the row it showed first where it was, and what comes before that out of sight:
 * favourites, when their server answers. Who is in the list already is left alone. */
static void
show_top (RnlModelButton *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

static void
show_models (RnlModelButton *self, RnlAccount *account, GPtrArray *models)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < models->len; i++)
    g_ptr_array_add (entries, rnl_model_entry_new (rnl_account_get_id (account), models->pdata[i]));
  rnl_model_rows_set_group (self->rows, rnl_account_get_id (account),
                            rnl_account_get_title (account), entries);
  show_top (self);
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
    {
      g_autofree char *text
        = g_strdup_printf ("%s: %s", rnl_account_get_title (account), error->message);

      add_problem (self, text);
    }
  else
    show_models (self, account, models);
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

/* The groups of the list: the offline helper's and one for each account. */
static void
keep_groups (RnlModelButton *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) helper = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) ids = NULL;

  g_strv_builder_add (builder, OFFLINE);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (accounts, i);

      g_strv_builder_add (builder, rnl_account_get_id (account));
    }
  ids = g_strv_builder_end (builder);
  rnl_model_rows_keep_groups (self->rows, (const char *const *) ids);
  g_ptr_array_add (helper, rnl_model_entry_new_noted (OFFLINE "/helper", _ ("Offline helper"),
                                                      _ ("Rules, not AI")));
  rnl_model_rows_set_group (self->rows, OFFLINE, NULL, helper);
}

static void
fetch_models (RnlModelButton *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);

  self->fetching = g_cancellable_new ();
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (accounts, i);

      self->pending++;
      rnl_account_fetch_models_async (account, self->fetching, fetch_cb, g_object_ref (self));
    }
}

static void
popover_show_cb (RnlModelButton *self)
{
  g_auto (GStrv) favourites = g_settings_get_strv (self->settings, FAVOURITES_KEY);
  const GError *broken = rnl_model_catalog_get_error (rnl_model_catalog_get_default ());

  cancel_fetching (self);
  g_string_truncate (self->problems, 0);
  if (broken != NULL)
    add_problem (self, broken->message);
  gtk_editable_set_text (self->search_entry, "");
  rnl_model_rows_set_favourites (self->rows, (const char *const *) favourites);
  rnl_model_rows_set_current (self->rows,
                              self->model != NULL ? rnl_chat_model_get_id (self->model) : NULL);
  keep_groups (self);
  fetch_models (self);
  update_status (self);
}

static void
rnl_model_button_dispose (GObject *object)
{
  RnlModelButton *self = RNL_MODEL_BUTTON (object);

  cancel_fetching (self);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_MODEL_BUTTON);

  G_OBJECT_CLASS (rnl_model_button_parent_class)->dispose (object);
}

static void
rnl_model_button_finalize (GObject *object)
{
  RnlModelButton *self = RNL_MODEL_BUTTON (object);

  g_string_free (self->problems, TRUE);
  g_object_unref (self->rows);

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

  gtk_widget_class_install_action (widget_class, "models.toggle-favourite", "s",
                                   toggle_favourite_cb);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-model-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, popover);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, label);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, tuned_image);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, list);
  gtk_widget_class_bind_template_child (widget_class, RnlModelButton, status);
  gtk_widget_class_bind_template_callback (widget_class, popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rnl_model_button_init (RnlModelButton *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->problems = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = rnl_model_rows_new ();
  selection = gtk_no_selection_new (g_object_ref (rnl_model_rows_get_list (self->rows)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

/**
 * rnl_model_button_set_accounts:
 * @self: a model button
 * @accounts: whose models it lists
 * @settings: where the favourites are
 *
 * Has to come before the button is shown.
 */
void
rnl_model_button_set_accounts (RnlModelButton *self, RnlAccounts *accounts, GSettings *settings)
{
  g_return_if_fail (RNL_IS_MODEL_BUTTON (self));

  g_set_object (&self->accounts, accounts);
  g_set_object (&self->settings, settings);
}

/**
 * rnl_model_button_set_model:
 * @self: a model button
 * @model: (nullable): who is chosen now; `NULL` for whoever answers
 * @tuned: whether the chat asks something of it besides its words
 */
void
rnl_model_button_set_model (RnlModelButton *self, RnlChatModel *model, gboolean tuned)
{
  /* Translators: in place of a model's name: no other model names the chats than the one that
   * answers in them */
  const char *title = model != NULL ? rnl_model_words_title (model) : _ ("The one that answers");
  g_autofree char *name = NULL;

  g_return_if_fail (RNL_IS_MODEL_BUTTON (self));

  g_set_object (&self->model, model);
  gtk_label_set_label (self->label, title);
  gtk_widget_set_visible (self->tuned_image, tuned);
  if (tuned)
    /* Translators: %s is a model's name; the chat sets a temperature or the like */
    name = g_strdup_printf (_ ("Model: %s, with parameters of this chat"), title);
  else
    /* Translators: %s is a model's name */
    name = g_strdup_printf (_ ("Model: %s"), title);
  rnl_compat_name_menu_button (self->button, name);
}

/**
 * rnl_model_button_popup:
 * @self: a model button
 *
 * Lets a person choose.
 */
void
rnl_model_button_popup (RnlModelButton *self)
{
  g_return_if_fail (RNL_IS_MODEL_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
