/* rnl-secret-store.c
 *
 * Keys live in the secret service (or, inside Flatpak, in what libsecret uses there). Where there
 * is none they are kept in memory until the program ends, and `keys-are-volatile` says so: a key
 * is never written to a plain file.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-secret-store"

#include "config.h"
#include "rnl-secret-store.h"

#include <libsecret/secret.h>

/**
 * RnlSecretStore:
 *
 * Where API keys are kept: in the secret service, or, where there is none, in memory until the
 * program ends. A key is never written to a plain file.
 */
struct _RnlSecretStore
{
  GObject parent_instance;

  /* owned: name -> key; what this session was told and no service keeps */
  GHashTable *session;

  gboolean is_volatile;
};

enum
{
  PROP_0,
  PROP_KEYS_ARE_VOLATILE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (RnlSecretStore, rnl_secret_store, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static const SecretSchema schema = {
  "io.github.runnel_chat.Runnel.ApiKey",
  SECRET_SCHEMA_NONE,
  {
    { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "base-url", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
};

/* One operation on the store, while it waits for the service. */
typedef struct
{
  GHashTable *attributes;
  char *slot;
  char *key;
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->attributes, g_hash_table_unref);
  g_free (operation->slot);
  secret_password_free (operation->key);
  g_free (operation);
}

static Operation *
operation_new (const RnlSecretName *name, const char *key)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->attributes = secret_attributes_build (&schema, "provider", name->provider, "base-url",
                                                   name->base_url, "account", name->account, NULL);
  operation->slot = g_strdup_printf ("%s %s %s", name->provider, name->account, name->base_url);
  operation->key = g_strdup (key);

  return operation;
}

static void
rnl_secret_store_finalize (GObject *object)
{
  RnlSecretStore *self = RNL_SECRET_STORE (object);

  g_hash_table_unref (self->session);

  G_OBJECT_CLASS (rnl_secret_store_parent_class)->finalize (object);
}

static void
rnl_secret_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlSecretStore *self = RNL_SECRET_STORE (object);

  switch (prop_id)
    {
    case PROP_KEYS_ARE_VOLATILE:
      g_value_set_boolean (value, self->is_volatile);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_secret_store_class_init (RnlSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rnl_secret_store_finalize;
  object_class->get_property = rnl_secret_store_get_property;

  /**
   * RnlSecretStore:keys-are-volatile:
   *
   * Whether keys are forgotten when the program ends, because there is no secret service. Known
   * after the first use of the store.
   */
  props[PROP_KEYS_ARE_VOLATILE] = g_param_spec_boolean ("keys-are-volatile", NULL, NULL, FALSE,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_secret_store_init (RnlSecretStore *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) secret_password_free);
}

static void
set_volatile (RnlSecretStore *self, const GError *why)
{
  if (self->is_volatile)
    return;

  g_info ("no secret service, keys are kept for this session only: %s", why->message);
  self->is_volatile = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEYS_ARE_VOLATILE]);
}

/**
 * rnl_secret_store_new_volatile:
 *
 * Returns: (transfer full): a store in memory that asks no service
 */
RnlSecretStore *
rnl_secret_store_new_volatile (void)
{
  RnlSecretStore *self = g_object_new (RNL_TYPE_SECRET_STORE, NULL);

  self->is_volatile = TRUE;

  return self;
}

/**
 * rnl_secret_store_get_default:
 *
 * The store of this program. With `GSETTINGS_BACKEND=memory`, which isolates a run from the
 * person's settings, it is isolated from their keyring as well.
 *
 * Returns: (transfer none): the store
 */
RnlSecretStore *
rnl_secret_store_get_default (void)
{
  static RnlSecretStore *store;

  if (store == NULL)
    store = g_strcmp0 (g_getenv ("GSETTINGS_BACKEND"), "memory") == 0
              ? rnl_secret_store_new_volatile ()
              : g_object_new (RNL_TYPE_SECRET_STORE, NULL);

  return store;
}

/**
 * rnl_secret_store_get_keys_are_volatile:
 * @self: a store
 *
 * Returns: see [property@Runnel.SecretStore:keys-are-volatile]
 */
gboolean
rnl_secret_store_get_keys_are_volatile (RnlSecretStore *self)
{
  g_return_val_if_fail (RNL_IS_SECRET_STORE (self), FALSE);

  return self->is_volatile;
}

/* Looking up. */

static void
return_session_key (GTask *task)
{
  RnlSecretStore *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  g_task_return_pointer (task, g_strdup (g_hash_table_lookup (self->session, operation->slot)),
                         (GDestroyNotify) secret_password_free);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *key = secret_password_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (error != NULL)
    {
      set_volatile (g_task_get_source_object (task), error);
      return_session_key (task);
    }
  else if (key == NULL)
    return_session_key (task);
  else
    g_task_return_pointer (task, key, (GDestroyNotify) secret_password_free);
}

/**
 * rnl_secret_store_lookup_async:
 * @self: a store
 * @name: what the key is filed under; copied
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks for a key. The service may ask the person to unlock the keyring.
 */
void
rnl_secret_store_lookup_async (RnlSecretStore *self,
                               const RnlSecretName *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Operation *operation;

  g_return_if_fail (RNL_IS_SECRET_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  operation = operation_new (name, NULL);
  g_task_set_source_tag (task, rnl_secret_store_lookup_async);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  if (self->is_volatile)
    return_session_key (task);
  else
    secret_password_lookupv (&schema, operation->attributes, cancellable, lookup_cb,
                             g_steal_pointer (&task));
}

/**
 * rnl_secret_store_lookup_finish:
 * @self: a store
 * @result: as given to the callback
 * @key: (out) (transfer full) (nullable): the key, `NULL` when there is none
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`. A missing service is not an error.
 *
 * Returns: whether the store could be asked
 */
gboolean
rnl_secret_store_lookup_finish (RnlSecretStore *self,
                                GAsyncResult *result,
                                char **key,
                                GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *key = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Storing and forgetting. */

static void
keep_in_session (GTask *task)
{
  RnlSecretStore *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  if (operation->key != NULL)
    g_hash_table_replace (self->session, g_strdup (operation->slot),
                          g_steal_pointer (&operation->key));
  else
    g_hash_table_remove (self->session, operation->slot);
  g_task_return_boolean (task, TRUE);
}

static void
stored (GTask *task, GError *error)
{
  RnlSecretStore *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL)
    {
      set_volatile (self, error);
      g_error_free (error);
      keep_in_session (task);
      return;
    }

  g_hash_table_remove (self->session, operation->slot);
  g_task_return_boolean (task, TRUE);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  stored (task, error);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  /* "Nothing was there" is FALSE without an error, and just as good. */
  secret_password_clear_finish (result, &error);
  stored (task, error);
}

/**
 * rnl_secret_store_store_async:
 * @self: a store
 * @name: what the key is filed under; copied
 * @title: what the person's keyring shows
 * @key: (nullable): the key; `NULL` or empty forgets it
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Keeps a key: in the secret service, or for this session where there is none.
 */
void
rnl_secret_store_store_async (RnlSecretStore *self,
                              const RnlSecretName *name,
                              const char *title,
                              const char *key,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Operation *operation;

  g_return_if_fail (RNL_IS_SECRET_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  operation = operation_new (name, key != NULL && *key != '\0' ? key : NULL);
  g_task_set_source_tag (task, rnl_secret_store_store_async);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  if (self->is_volatile)
    keep_in_session (task);
  else if (operation->key != NULL)
    secret_password_storev (&schema, operation->attributes, SECRET_COLLECTION_DEFAULT, title,
                            operation->key, cancellable, store_cb, g_steal_pointer (&task));
  else
    secret_password_clearv (&schema, operation->attributes, cancellable, clear_cb,
                            g_steal_pointer (&task));
}

/**
 * rnl_secret_store_store_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`. See [property@Runnel.SecretStore:keys-are-volatile] for where the
 * key is now.
 *
 * Returns: whether the key is kept
 */
gboolean
rnl_secret_store_store_finish (RnlSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
