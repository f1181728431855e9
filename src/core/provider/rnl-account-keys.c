/* rnl-account-keys.c: the key of an account: given, looked up, kept
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account.h"

#include "rnl-account-private.h"
#include "rnl-text.h"

/* Overrides the key of every account: for one command, or a container without a keyring. */
#define KEY_VARIABLE "RUNNEL_API_KEY"

static RnlSecretName
secret_name (RnlAccount *self)
{
  return (RnlSecretName){ self->protocol, self->base_url, self->id };
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *key;

  if (rnl_secret_store_lookup_finish (RNL_SECRET_STORE (source), result, &key, &error))
    g_task_return_pointer (task, key, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_account_lookup_key_async:
 * @self: an account
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds the key: `RUNNEL_API_KEY`, else what [method@Runnel.Account.set_key] gave, else what the
 * secret store has.
 */
void
rnl_account_lookup_key_async (RnlAccount *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *key = g_getenv (KEY_VARIABLE);
  RnlSecretName name;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_lookup_key_async);
  if (key == NULL || *key == '\0')
    key = self->key;
  if (key != NULL)
    {
      g_task_return_pointer (task, g_strdup (key), g_free);
      return;
    }

  name = secret_name (self);
  rnl_secret_store_lookup_async (self->secrets, &name, cancellable, lookup_cb,
                                 g_steal_pointer (&task));
}

/**
 * rnl_account_lookup_key_finish:
 * @self: an account
 * @result: as given to the callback
 * @key: (out) (transfer full) (nullable): the key, `NULL` when there is none
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it could be looked up
 */
gboolean
rnl_account_lookup_key_finish (RnlAccount *self, GAsyncResult *result, char **key, GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *key = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * rnl_account_set_key:
 * @self: an account
 * @key: (nullable): a key to use until the program ends, in memory only
 *
 * For trying a key before it is stored.
 */
void
rnl_account_set_key (RnlAccount *self, const char *key)
{
  g_return_if_fail (RNL_IS_ACCOUNT (self));

  rnl_set_str (&self->key, key != NULL && *key != '\0' ? key : NULL);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_secret_store_store_finish (RNL_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_account_store_key_async:
 * @self: an account
 * @key: (nullable): the key; `NULL` or empty forgets it
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Keeps the key for this account at its present address.
 */
void
rnl_account_store_key_async (RnlAccount *self,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *title = NULL;
  RnlSecretName name;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_store_key_async);
  g_clear_pointer (&self->key, g_free);
  title = g_strdup_printf ("Runnel: %s (%s)", self->title, self->base_url);
  name = secret_name (self);
  rnl_secret_store_store_async (self->secrets, &name, title, key, cancellable, store_cb,
                                g_steal_pointer (&task));
}

/**
 * rnl_account_store_key_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`. See [property@Runnel.SecretStore:keys-are-volatile].
 *
 * Returns: whether it is kept
 */
gboolean
rnl_account_store_key_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
