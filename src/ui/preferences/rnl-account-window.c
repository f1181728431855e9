/* rnl-account-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-account-window.h"

#include <glib/gi18n.h>

#include "rnl-account-advanced.h"
#include "rnl-account-trial.h"
#include "rnl-compat-accessible.h"
#include "rnl-model-info.h"
#include "rnl-model-library-group.h"
#include "rnl-model-library.h"
#include "rnl-protocol.h"
#include "rnl-secret-store.h"
#include "rnl-toasts.h"

typedef struct
{
  const char *title;
  const char *protocol;
  const char *base_url;
  const char *key; /* nullable: how its keys begin, and no others */
} Preset;

/* Addresses of services, as their own documentation gives them; the last one is any other. */
static const Preset presets[] = {
  { "OpenAI", "openai-chat", "https://api.openai.com/v1", "sk-proj-" },
  { "Anthropic", "anthropic", "https://api.anthropic.com/v1", "sk-ant-" },
  { "Gemini", "gemini", "https://generativelanguage.googleapis.com/v1beta", "AIza" },
  { "OpenRouter", "openai-chat", "https://openrouter.ai/api/v1", "sk-or-" },
  { "Ollama", "ollama", "http://127.0.0.1:11434", NULL },
  { "llama.cpp", "openai-chat", "http://127.0.0.1:8080/v1", NULL },
  { "LM Studio", "openai-chat", "http://127.0.0.1:1234/v1", NULL },
  { N_ ("Other"), "openai-chat", "", NULL },
};

#define OTHER (G_N_ELEMENTS (presets) - 1)

/**
 * RnlAccountWindow:
 *
 * Where, with which key, and a test that asks for the list of models. Nothing is kept before Save.
 */
struct _RnlAccountWindow
{
  AdwWindow parent_instance;

  /* template children */
  GtkWidget *save_button;
  AdwComboRow *preset_row;
  AdwComboRow *protocol_row;
  GtkEditable *title_row;
  GtkEditable *address_row;
  GtkEditable *key_row;
  RnlAccountAdvanced *advanced;
  AdwComboRow *model_row;
  GtkSpinner *spinner;
  GtkWidget *test_button;
  GtkLabel *status;
  GtkWidget *volatile_note;
  RnlModelLibraryGroup *library;

  /* owned */
  RnlWorkspace *workspace;
  RnlAccount *account; /* nullable: a new one */
  GCancellable *cancellable;
  GPtrArray *models;
};

G_DEFINE_FINAL_TYPE (RnlAccountWindow, rnl_account_window, ADW_TYPE_WINDOW)

static void
set_status (RnlAccountWindow *self, const char *text, const char *css_class)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "warning");
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), css_class);
  gtk_label_set_label (self->status, text);
}

static void
changed_cb (RnlAccountWindow *self)
{
  gboolean complete = *gtk_editable_get_text (self->title_row) != '\0'
                      && *gtk_editable_get_text (self->address_row) != '\0';

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", complete);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.test", complete);
}

static const char *
get_protocol (RnlAccountWindow *self)
{
  return rnl_protocol_list_names ()[adw_combo_row_get_selected (self->protocol_row)];
}

static void
select_protocol (RnlAccountWindow *self, const char *name)
{
  const char *const *names = rnl_protocol_list_names ();

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      adw_combo_row_set_selected (self->protocol_row, i);
}

static void
preset_changed_cb (RnlAccountWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->preset_row);

  if (selected >= OTHER)
    return;
  select_protocol (self, presets[selected].protocol);
  gtk_editable_set_text (self->title_row, presets[selected].title);
  gtk_editable_set_text (self->address_row, presets[selected].base_url);
}

/* A key that is pasted says whose it is; an address that a person wrote is left alone. */
static void
key_changed_cb (RnlAccountWindow *self)
{
  const char *key = gtk_editable_get_text (self->key_row);
  guint selected = adw_combo_row_get_selected (self->preset_row);

  if (self->account != NULL || selected >= OTHER
      || !g_str_equal (gtk_editable_get_text (self->address_row), presets[selected].base_url))
    return;

  for (guint i = 0; i < OTHER; i++)
    if (presets[i].key != NULL && g_str_has_prefix (key, presets[i].key))
      adw_combo_row_set_selected (self->preset_row, i);
}

/* The form as an account of its own: a test changes nothing that is kept. */
static RnlAccount *
make_trial_account (RnlAccountWindow *self)
{
  const char *key = gtk_editable_get_text (self->key_row);
  const char *id = self->account != NULL ? rnl_account_get_id (self->account) : "trial";
  RnlSecretStore *secrets = rnl_accounts_get_secrets (rnl_workspace_get_accounts (self->workspace));
  RnlAccount *trial
    = rnl_account_new (id, gtk_editable_get_text (self->title_row), get_protocol (self),
                       gtk_editable_get_text (self->address_row), secrets);

  if (*key != '\0' || self->account == NULL)
    rnl_account_set_key (trial, key);
  rnl_account_advanced_fill (self->advanced, trial);

  return trial;
}

static void
show_models (RnlAccountWindow *self, GPtrArray *models)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->models = g_ptr_array_ref (models);
  for (guint i = 0; i < models->len; i++)
    gtk_string_list_append (names, rnl_model_info_get_title (g_ptr_array_index (models, i)));
  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (names));
  gtk_widget_set_sensitive (GTK_WIDGET (self->model_row), models->len > 0);
}

static char *
describe_report (const RnlAddressReport *report)
{
  if (report->error != NULL)
    return g_strdup (report->error->message);

  return g_strdup_printf (
    ngettext ("It works: %u model", "It works: %u models", report->models->len),
    report->models->len);
}

/* What happened, a line for each address where there are several. */
static void
show_reports (RnlAccountWindow *self, GPtrArray *reports)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_working = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      const RnlAddressReport *report = g_ptr_array_index (reports, i);
      g_autofree char *words = describe_report (report);

      if (report->models != NULL && n_working++ == 0)
        show_models (self, report->models);
      if (reports->len > 1)
        g_string_append_printf (text, "%s%s\n", i > 0 ? "\n" : "", report->address);
      g_string_append (text, words);
    }
  set_status (self, text->str,
              n_working == reports->len ? "success"
              : n_working > 0           ? "warning"
                                        : "error");
}

static void
test_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = rnl_account_try_finish (RNL_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_spinner_stop (self->spinner);
  changed_cb (self);
  if (error != NULL)
    set_status (self, error->message, "error");
  else
    show_reports (self, reports);
}

static void
test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlAccountWindow *self = RNL_ACCOUNT_WINDOW (widget);
  g_autoptr (RnlAccount) trial = make_trial_account (self);

  gtk_widget_action_set_enabled (widget, "account.test", FALSE);
  gtk_spinner_start (self->spinner);
  set_status (self, _ ("Asking…"), NULL);
  rnl_account_try_async (trial, self->cancellable, test_cb, g_object_ref (self));
}

static void
key_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The key still works until the program ends; the person learns that it is not kept. */
  if (!rnl_account_store_key_finish (RNL_ACCOUNT (source), result, &error))
    g_warning ("The key could not be put into the keyring: %s", error->message);
}

/* Returns the account that was saved, or NULL after the reason was shown. */
static RnlAccount *
save_account (RnlAccountWindow *self)
{
  RnlAccounts *accounts = rnl_workspace_get_accounts (self->workspace);
  const char *title = gtk_editable_get_text (self->title_row);
  const char *address = gtk_editable_get_text (self->address_row);
  g_autoptr (RnlAccount) trial = make_trial_account (self);
  g_autoptr (GError) error = NULL;
  RnlAccount *account = self->account;

  if (!rnl_account_check (trial, &error))
    {
      set_status (self, error->message, "error");
      return NULL;
    }
  if (account == NULL)
    account = rnl_accounts_add (accounts, title, get_protocol (self), address, &error);
  else
    {
      rnl_account_set_title (account, title);
      rnl_account_set_protocol (account, get_protocol (self));
      rnl_account_set_base_url (account, address);
    }
  if (account == NULL)
    set_status (self, error->message, "error");
  else
    rnl_account_advanced_save (self->advanced, account);

  return account;
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlAccountWindow *self = RNL_ACCOUNT_WINDOW (widget);
  const char *key = gtk_editable_get_text (self->key_row);
  guint selected = adw_combo_row_get_selected (self->model_row);
  RnlAccount *account = save_account (self);

  if (account == NULL)
    return;
  if (*key != '\0')
    rnl_account_store_key_async (account, key, NULL, key_stored_cb, NULL);
  if (self->models != NULL && selected < self->models->len)
    {
      RnlModelInfo *info = g_ptr_array_index (self->models, selected);
      g_autofree char *id
        = g_strdup_printf ("%s/%s", rnl_account_get_id (account), rnl_model_info_get_id (info));

      rnl_workspace_set_default_model (self->workspace, id);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
rnl_account_window_dispose (GObject *object)
{
  RnlAccountWindow *self = RNL_ACCOUNT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_ACCOUNT_WINDOW);
  g_clear_object (&self->workspace);
  g_clear_object (&self->account);
  g_clear_pointer (&self->models, g_ptr_array_unref);

  G_OBJECT_CLASS (rnl_account_window_parent_class)->dispose (object);
}

static void
rnl_account_window_finalize (GObject *object)
{
  g_clear_object (&RNL_ACCOUNT_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (rnl_account_window_parent_class)->finalize (object);
}

static void
rnl_account_window_class_init (RnlAccountWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_account_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_account_window_finalize;

  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);

  g_type_ensure (RNL_TYPE_MODEL_LIBRARY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-account-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, preset_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, protocol_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, title_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, address_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, key_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, advanced);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, model_row);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, test_button);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, status);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, volatile_note);
  gtk_widget_class_bind_template_child (widget_class, RnlAccountWindow, library);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_changed_cb);
}

static void
rnl_account_window_init (RnlAccountWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) protocols = gtk_string_list_new (NULL);
  const char *const *protocol = rnl_protocol_list_names ();

  self->cancellable = g_cancellable_new ();
  g_type_ensure (RNL_TYPE_ACCOUNT_ADVANCED);
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_toasts_make_heard (GTK_WIDGET (self));
  rnl_compat_name_buttons (GTK_WIDGET (self));
  rnl_compat_name_combo_rows (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (names, _ (presets[i].title));
  for (; *protocol != NULL; protocol++)
    gtk_string_list_append (protocols, rnl_protocol_find (*protocol, NULL)->title);
  adw_combo_row_set_model (self->preset_row, G_LIST_MODEL (names));
  adw_combo_row_set_model (self->protocol_row, G_LIST_MODEL (protocols));
}

/**
 * rnl_account_window_new:
 * @workspace: where it is kept
 * @account: (nullable): the account to edit, `NULL` for a new one
 *
 * Returns: (transfer none): the form
 */
GtkWidget *
rnl_account_window_new (RnlWorkspace *workspace, RnlAccount *account)
{
  RnlAccountWindow *self = g_object_new (RNL_TYPE_ACCOUNT_WINDOW, NULL);
  RnlSecretStore *secrets = rnl_accounts_get_secrets (rnl_workspace_get_accounts (workspace));

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->account, account);
  gtk_widget_set_visible (self->volatile_note, rnl_secret_store_get_keys_are_volatile (secrets));
  if (account != NULL)
    {
      adw_combo_row_set_selected (self->preset_row, OTHER);
      select_protocol (self, rnl_account_get_protocol (account));
      gtk_editable_set_text (self->title_row, rnl_account_get_title (account));
      gtk_editable_set_text (self->address_row, rnl_account_get_base_url (account));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row),
                                     _ ("Key (leave empty to keep it)"));
      rnl_account_advanced_show (self->advanced, account);
      if (rnl_model_library_exists (account))
        {
          rnl_model_library_group_set_account (self->library, workspace, account);
          gtk_widget_set_visible (GTK_WIDGET (self->library), TRUE);
        }
    }
  else
    preset_changed_cb (self);
  changed_cb (self);

  return GTK_WIDGET (self);
}
