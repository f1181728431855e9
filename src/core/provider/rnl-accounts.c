/* rnl-accounts.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-accounts.h"

#include "rnl-account-private.h"
#include "rnl-http-model.h"
#include "rnl-offline-helper.h"
#include "rnl-offline-script.h"
#include "rnl-provider-error.h"

#include <string.h>

#define OFFLINE       "offline"
#define SETTINGS_KEY  "accounts"
#define SETTINGS_TYPE "a(ssss)"
#define OPTIONS_KEY   "account-options"
#define OPTIONS_TYPE  "a{sa{sv}}"
#define PACE_KEY      "offline-pace"
#define CONTEXT_KEY   "ollama-context"
#define SCRIPT_PREFIX "script:"

/**
 * RnlAccounts:
 *
 * The servers a person uses, a list model of [class@Runnel.Account], and the way from the name of a
 * model to the model.
 */
struct _RnlAccounts
{
  GObject parent_instance;

  /* owned */
  GPtrArray *accounts;
  GSettings *settings;
  RnlSecretStore *secrets;

  gboolean saving;
};

static void save (RnlAccounts *self);

/* The list model. */

static GType
rnl_accounts_get_item_type (GListModel *list)
{
  return RNL_TYPE_ACCOUNT;
}

static guint
rnl_accounts_get_n_items (GListModel *list)
{
  return RNL_ACCOUNTS (list)->accounts->len;
}

static gpointer
rnl_accounts_get_item (GListModel *list, guint position)
{
  RnlAccounts *self = RNL_ACCOUNTS (list);

  return position < self->accounts->len
           ? g_object_ref (g_ptr_array_index (self->accounts, position))
           : NULL;
}

static void
rnl_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rnl_accounts_get_item_type;
  iface->get_n_items = rnl_accounts_get_n_items;
  iface->get_item = rnl_accounts_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlAccounts,
                               rnl_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rnl_accounts_list_model_init))

static void
account_notify_cb (RnlAccounts *self)
{
  save (self);
}

static void
watch (RnlAccounts *self, RnlAccount *account)
{
  g_signal_connect_object (account, "notify", G_CALLBACK (account_notify_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
unwatch (RnlAccounts *self, RnlAccount *account)
{
  g_signal_handlers_disconnect_by_func (account, account_notify_cb, self);
}

static void
rnl_accounts_dispose (GObject *object)
{
  RnlAccounts *self = RNL_ACCOUNTS (object);

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_object (&self->secrets);
  g_ptr_array_set_size (self->accounts, 0);

  G_OBJECT_CLASS (rnl_accounts_parent_class)->dispose (object);
}

static void
rnl_accounts_finalize (GObject *object)
{
  RnlAccounts *self = RNL_ACCOUNTS (object);

  g_ptr_array_unref (self->accounts);

  G_OBJECT_CLASS (rnl_accounts_parent_class)->finalize (object);
}

static void
rnl_accounts_class_init (RnlAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_accounts_dispose;
  object_class->finalize = rnl_accounts_finalize;
}

static void
rnl_accounts_init (RnlAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Settings. */

/* Before the accounts: who is told of a new one finds its options. */
static void
save_options (RnlAccounts *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (OPTIONS_TYPE));
  for (guint i = 0; i < self->accounts->len; i++)
    {
      RnlAccount *account = g_ptr_array_index (self->accounts, i);
      g_autoptr (GVariant) options = rnl_account_options_to_variant (account);

      if (options != NULL)
        g_variant_builder_add (&builder, "{s@a{sv}}", rnl_account_get_id (account), options);
    }
  g_settings_set_value (self->settings, OPTIONS_KEY, g_variant_builder_end (&builder));
}

static void
save (RnlAccounts *self)
{
  GVariantBuilder builder;

  if (self->settings == NULL)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (SETTINGS_TYPE));
  for (guint i = 0; i < self->accounts->len; i++)
    {
      RnlAccount *account = g_ptr_array_index (self->accounts, i);

      g_variant_builder_add (&builder, "(ssss)", rnl_account_get_id (account),
                             rnl_account_get_title (account), rnl_account_get_protocol (account),
                             rnl_account_get_base_url (account));
    }

  self->saving = TRUE;
  save_options (self);
  g_settings_set_value (self->settings, SETTINGS_KEY, g_variant_builder_end (&builder));
  self->saving = FALSE;
}

/* Keeps the object of an account that is still there: somebody may be bound to it. */
static RnlAccount *
dup_known (
  RnlAccounts *self, const char *id, const char *title, const char *protocol, const char *base_url)
{
  RnlAccount *known = rnl_accounts_find (self, id);

  if (known == NULL)
    return rnl_account_new (id, title, protocol, base_url, self->secrets);

  unwatch (self, known);
  rnl_account_set_title (known, title);
  rnl_account_set_protocol (known, protocol);
  rnl_account_set_base_url (known, base_url);

  return g_object_ref (known);
}

static void
load (RnlAccounts *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, SETTINGS_KEY);
  g_autoptr (GVariant) options = g_settings_get_value (self->settings, OPTIONS_KEY);
  g_autoptr (GPtrArray) old = self->accounts;
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  const char *id, *title, *protocol, *base_url;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &id, &title, &protocol, &base_url))
    if (*id != '\0')
      {
        RnlAccount *account = dup_known (self, id, title, protocol, base_url);
        g_autoptr (GVariant) own = g_variant_lookup_value (options, id, G_VARIANT_TYPE_VARDICT);

        rnl_account_options_from_variant (account, own);
        g_ptr_array_add (accounts, account);
      }

  self->accounts = accounts;
  for (guint i = 0; i < old->len; i++)
    unwatch (self, g_ptr_array_index (old, i));
  for (guint i = 0; i < accounts->len; i++)
    watch (self, g_ptr_array_index (accounts, i));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, accounts->len);
}

static void
settings_changed_cb (RnlAccounts *self)
{
  /* Our own writing is no news. */
  if (!self->saving)
    load (self);
}

/**
 * rnl_accounts_new:
 * @settings: (nullable): see [ctor@Runnel.Accounts.new_with_secrets]
 *
 * Returns: (transfer full): a list of accounts whose keys are in the program's store
 */
RnlAccounts *
rnl_accounts_new (GSettings *settings)
{
  return rnl_accounts_new_with_secrets (settings, NULL);
}

/**
 * rnl_accounts_new_with_secrets:
 * @settings: (nullable): the program's: `accounts` is `a(ssss)`: id, title, protocol, address;
 *   `account-options` what else an account has.
 *   Without settings the accounts last as long as the object
 * @secrets: (nullable): where keys are kept; the program's store when `NULL`
 *
 * Returns: (transfer full): a list of accounts that follows the settings
 */
RnlAccounts *
rnl_accounts_new_with_secrets (GSettings *settings, RnlSecretStore *secrets)
{
  RnlAccounts *self = g_object_new (RNL_TYPE_ACCOUNTS, NULL);

  self->secrets = g_object_ref (secrets != NULL ? secrets : rnl_secret_store_get_default ());
  if (settings == NULL)
    return self;

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" SETTINGS_KEY, G_CALLBACK (settings_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" OPTIONS_KEY, G_CALLBACK (settings_changed_cb),
                           self, G_CONNECT_SWAPPED);
  load (self);

  return self;
}

/**
 * rnl_accounts_get_default:
 *
 * The accounts of this program. When its settings schema is not installed they last as long as the
 * program.
 *
 * Returns: (transfer none): the accounts
 */
RnlAccounts *
rnl_accounts_get_default (void)
{
  static RnlAccounts *accounts;

  if (accounts == NULL)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema
        = source != NULL ? g_settings_schema_source_lookup (source, RNL_APP_ID, TRUE) : NULL;
      g_autoptr (GSettings) settings
        = schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;

      accounts = rnl_accounts_new (settings);
    }

  return accounts;
}

/**
 * rnl_accounts_get_secrets:
 * @self: the accounts
 *
 * Returns: (transfer none): where their keys are
 */
RnlSecretStore *
rnl_accounts_get_secrets (RnlAccounts *self)
{
  g_return_val_if_fail (RNL_IS_ACCOUNTS (self), NULL);

  return self->secrets;
}

/**
 * rnl_accounts_find:
 * @self: the accounts
 * @id: an account's id
 *
 * Returns: (transfer none) (nullable): the account
 */
RnlAccount *
rnl_accounts_find (RnlAccounts *self, const char *id)
{
  g_return_val_if_fail (RNL_IS_ACCOUNTS (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    if (g_strcmp0 (rnl_account_get_id (g_ptr_array_index (self->accounts, i)), id) == 0)
      return g_ptr_array_index (self->accounts, i);

  return NULL;
}

/* Adding and removing. */

/* "My Server (2)" -> "my-server-2": short enough to type, never with a slash. */
static char *
dup_slug (const char *title)
{
  GString *slug = g_string_new (NULL);
  g_autofree char *ascii = g_str_to_ascii (title, "C");

  for (const char *p = ascii; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '.' || *p == '_')
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append (slug, "account");

  return g_string_free (slug, FALSE);
}

static char *
dup_free_id (RnlAccounts *self, const char *title)
{
  g_autofree char *slug = dup_slug (title);
  g_autofree char *id = g_strdup (slug);

  for (guint n = 2; rnl_accounts_find (self, id) != NULL || g_str_equal (id, OFFLINE); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", slug, n);
    }

  return g_steal_pointer (&id);
}

/**
 * rnl_accounts_add:
 * @self: the accounts
 * @title: for a person; the id is made from it
 * @protocol: a protocol's name
 * @base_url: the address
 * @error: return location for an error
 *
 * Adds an account and stores it. Its key is stored by [method@Runnel.Account.store_key_async].
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` for an unknown protocol or a bad address.
 *
 * Returns: (transfer none) (nullable): the account
 */
RnlAccount *
rnl_accounts_add (
  RnlAccounts *self, const char *title, const char *protocol, const char *base_url, GError **error)
{
  g_autoptr (RnlAccount) account = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (RNL_IS_ACCOUNTS (self), NULL);

  id = dup_free_id (self, title);
  account = rnl_account_new (id, title, protocol, base_url, self->secrets);
  if (!rnl_account_check (account, error))
    return NULL;

  watch (self, account);
  g_ptr_array_add (self->accounts, g_object_ref (account));
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);

  return account;
}

/**
 * rnl_accounts_remove:
 * @self: the accounts
 * @id: an account's id
 *
 * Removes an account. Its key stays in the secret store, so [method@Runnel.Accounts.restore] brings
 * everything back; [method@Runnel.Account.store_key_async] with `NULL` forgets it for good.
 *
 * Returns: whether there was one
 */
gboolean
rnl_accounts_remove (RnlAccounts *self, const char *id)
{
  g_autoptr (RnlAccount) account = NULL;
  guint position;

  g_return_val_if_fail (RNL_IS_ACCOUNTS (self), FALSE);

  account = rnl_accounts_find (self, id);
  if (account == NULL)
    return FALSE;

  g_object_ref (account);
  g_ptr_array_find (self->accounts, account, &position);
  unwatch (self, account);
  g_ptr_array_remove_index (self->accounts, position);
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return TRUE;
}

/* Models. */

static RnlChatModel *
create_offline (RnlAccounts *self, const char *name, GError **error)
{
  RnlChatModel *helper;

  if (g_str_has_prefix (name, SCRIPT_PREFIX))
    return rnl_offline_script_new_from_file (name + strlen (SCRIPT_PREFIX), error);
  if (!g_str_equal (name, "helper"))
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
                   "There is no offline model “%s”; there are offline/helper and "
                   "offline/script:FILE.",
                   name);
      return NULL;
    }

  helper = rnl_offline_helper_new ();
  if (self->settings != NULL && g_getenv (RNL_OFFLINE_PACE_ENV) == NULL)
    rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (helper),
                                 g_settings_get_uint (self->settings, PACE_KEY));

  return helper;
}

/**
 * rnl_accounts_restore:
 * @self: the accounts
 * @account: one that was removed
 *
 * Takes a removed account back, at the end of the list; does nothing when it is there.
 */
void
rnl_accounts_restore (RnlAccounts *self, RnlAccount *account)
{
  g_return_if_fail (RNL_IS_ACCOUNTS (self));
  g_return_if_fail (RNL_IS_ACCOUNT (account));

  if (rnl_accounts_find (self, rnl_account_get_id (account)) != NULL)
    return;

  g_ptr_array_add (self->accounts, g_object_ref (account));
  watch (self, account);
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
}

/**
 * rnl_accounts_create_model:
 * @self: the accounts
 * @id: `ACCOUNT/MODEL` (the model's name may hold slashes), `offline/helper` or
 *   `offline/script:FILE`
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_MODEL_NOT_FOUND` when there is no such account or offline model;
 * `RNL_PROVIDER_ERROR_BAD_REQUEST` when the account's address is not one; those of
 * [ctor@Runnel.OfflineScript.new_from_file].
 *
 * Returns: (transfer full) (nullable): a model to ask; its key is looked up when it is
 */
RnlChatModel *
rnl_accounts_create_model (RnlAccounts *self, const char *id, GError **error)
{
  const char *slash = id != NULL ? strchr (id, '/') : NULL;
  g_autofree char *name = NULL;
  RnlAccount *account;
  RnlChatModel *model;

  g_return_val_if_fail (RNL_IS_ACCOUNTS (self), NULL);

  if (slash == NULL || slash == id || slash[1] == '\0')
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
                   "“%s” does not name a model: a model is named ACCOUNT/MODEL, for example "
                   "offline/helper.",
                   id != NULL ? id : "");
      return NULL;
    }

  name = g_strndup (id, (gsize) (slash - id));
  if (g_str_equal (name, OFFLINE))
    return create_offline (self, slash + 1, error);

  account = rnl_accounts_find (self, name);
  if (account == NULL)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
                   "There is no account “%s”, so no model “%s”.", name, id);
      return NULL;
    }

  model = rnl_http_model_new_for_account (account, slash + 1, error);
  if (model != NULL && self->settings != NULL)
    rnl_http_model_set_context_limit (RNL_HTTP_MODEL (model),
                                      g_settings_get_uint (self->settings, CONTEXT_KEY));

  return model;
}

/**
 * rnl_chat_model_new_for_id:
 * @id: `offline/helper`, `offline/script:FILE`, or `ACCOUNT/MODEL` with an account of this person
 * @error: return location for an error
 *
 * Looks a model up by its name among the accounts of this person; the way to a model for a program
 * that has nothing yet. It needs no settings: without Runnel's there are the offline models.
 *
 * Errors: those of [method@Runnel.Accounts.create_model].
 *
 * Returns: (transfer full): a model to ask
 */
RnlChatModel *
rnl_chat_model_new_for_id (const char *id, GError **error)
{
  return rnl_accounts_create_model (rnl_accounts_get_default (), id, error);
}
