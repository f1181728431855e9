/* rnl-account-private.c: what of an account is secret besides its key
 *
 * Values of headers and the name and password for a proxy are kept in one secret: a line `NAME:
 * VALUE` for each, where the name of a proxy is its address after an `@`.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account.h"

#include <string.h>

#include "rnl-account-private.h"
#include "rnl-http-header.h"
#include "rnl-proxy-resolver.h"

#define SECRET_KIND "options"
#define SEPARATOR   ": "

static RnlSecretName
private_name (RnlAccount *self)
{
  return (RnlSecretName){ SECRET_KIND, self->base_url, self->id };
}

/**
 * rnl_account_split_proxy: (skip)
 * @proxy: the address of a proxy
 * @userinfo: (out) (transfer full) (nullable): name and password, as they stood in it
 *
 * Returns: (transfer full): the address without them
 */
char *
rnl_account_split_proxy (const char *proxy, char **userinfo)
{
  const char *start = strstr (proxy, "://");
  const char *at;

  start = start != NULL ? start + strlen ("://") : proxy;
  at = strrchr (start, '@');
  *userinfo = at != NULL ? g_strndup (start, (gsize) (at - start)) : NULL;
  if (at == NULL)
    return g_strdup (proxy);

  return g_strdup_printf ("%.*s%s", (int) (start - proxy), proxy, at + 1);
}

/**
 * rnl_account_join_proxy: (skip)
 * @proxy: the address of a proxy, without name and password
 * @userinfo: (nullable): these
 *
 * Returns: (transfer full): the address with them
 */
char *
rnl_account_join_proxy (const char *proxy, const char *userinfo)
{
  const char *start = strstr (proxy, "://");

  if (userinfo == NULL || *userinfo == '\0')
    return g_strdup (proxy);
  start = start != NULL ? start + strlen ("://") : proxy;

  return g_strdup_printf ("%.*s%s@%s", (int) (start - proxy), proxy, userinfo, start);
}

/* Whether the secret store has to be asked before a request. */
gboolean
rnl_account_has_private (RnlAccount *self)
{
  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    if (g_str_has_suffix (self->headers[i], ":"))
      return TRUE;

  return self->proxy != NULL && strchr (self->proxy, '@') == NULL
         && g_ascii_strcasecmp (self->proxy, RNL_PROXY_DIRECT) != 0;
}

/* (transfer full): values by names */
static GHashTable *
parse (const char *text)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *separator = strstr (lines[i], SEPARATOR);

      if (separator != NULL)
        g_hash_table_replace (values, g_strndup (lines[i], (gsize) (separator - lines[i])),
                              g_strdup (separator + strlen (SEPARATOR)));
    }

  return values;
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (rnl_secret_store_lookup_finish (RNL_SECRET_STORE (source), result, &text, &error))
    g_task_return_pointer (task, parse (text), (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
rnl_account_lookup_private_async (RnlAccount *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  RnlSecretName name = private_name (self);

  g_task_set_source_tag (task, rnl_account_lookup_private_async);
  rnl_secret_store_lookup_async (self->secrets, &name, cancellable, lookup_cb, task);
}

/* (transfer full) (nullable): values by the names of headers (in small letters), and the name and
 * password of a proxy by its address after an `@`. */
GHashTable *
rnl_account_lookup_private_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Keeping. */

typedef struct
{
  char **headers;
  char *proxy;
} StoreData;

static void
store_data_free (StoreData *data)
{
  g_strfreev (data->headers);
  g_free (data->proxy);
  g_free (data);
}

static void
add_value (GString *text, const char *name, const char *given, GHashTable *known)
{
  const char *value = given != NULL && *given != '\0' ? given : g_hash_table_lookup (known, name);

  if (value != NULL)
    g_string_append_printf (text, "%s%s%s\n", name, SEPARATOR, value);
}

/* What is no secret: names without values, a proxy without name and password. */
static void
set_public (RnlAccount *self, char **headers, const char *proxy)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) bare = NULL;
  g_autofree char *userinfo = NULL;
  g_autofree char *bare_proxy = proxy != NULL ? rnl_account_split_proxy (proxy, &userinfo) : NULL;

  for (gsize i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autofree char *line = NULL;

      if (!rnl_http_header_split (headers[i], &name, &value, NULL))
        continue;
      line = g_strconcat (name, ":", NULL);
      g_strv_builder_add (names, line);
    }
  bare = g_strv_builder_end (names);
  rnl_account_set_headers (self, (const char *const *) bare);
  rnl_account_set_proxy (self, bare_proxy);
}

/* The values, those known before where none is given. */
static void
add_headers (GString *text, char **headers, GHashTable *known)
{
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autofree char *small = NULL;

      if (!rnl_http_header_split (headers[i], &name, &value, NULL))
        continue;
      small = g_ascii_strdown (name, -1);
      add_value (text, small, value, known);
    }
}

static void
add_proxy (GString *text, const char *proxy, GHashTable *known)
{
  g_autofree char *userinfo = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *name = NULL;

  if (proxy == NULL || *proxy == '\0')
    return;
  bare = rnl_account_split_proxy (proxy, &userinfo);
  name = g_strconcat ("@", bare, NULL);
  /* `http://@HOST` takes name and password away. */
  if (userinfo == NULL || *userinfo != '\0')
    add_value (text, name, userinfo, known);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_secret_store_store_finish (RNL_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
store_text (GTask *task, const char *text)
{
  RnlAccount *self = g_task_get_source_object (task);
  RnlSecretName name = private_name (self);
  g_autofree char *title
    = g_strdup_printf ("Runnel: %s (%s, options)", self->title, self->base_url);

  rnl_secret_store_store_async (self->secrets, &name, title, text, g_task_get_cancellable (task),
                                stored_cb, task);
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlAccount *self = RNL_ACCOUNT (source);
  StoreData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) known = rnl_account_lookup_private_finish (self, result, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (known == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  add_headers (text, data->headers, known);
  add_proxy (text, data->proxy, known);
  /* The same proxy may have got another password. */
  g_clear_object (&self->session);
  g_clear_pointer (&self->session_for, g_free);
  store_text (g_steal_pointer (&task), text->len > 0 ? text->str : NULL);
}

/**
 * rnl_account_store_private_async:
 * @self: an account
 * @headers: (nullable) (array zero-terminated=1): as for [method@Account.set_headers]; without a
 *   value, what was stored for this name stays
 * @proxy: (nullable): as for [method@Account.set_proxy], with a name and password where it needs
 *   them; without, those stored for this proxy stay
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Sets headers and proxy, at once, and keeps what is secret of them in the secret store, for this
 * account at its present address.
 */
void
rnl_account_store_private_async (RnlAccount *self,
                                 const char *const *headers,
                                 const char *proxy,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  StoreData *data;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_store_private_async);
  data = g_new0 (StoreData, 1);
  data->headers = g_strdupv ((char **) headers);
  data->proxy = g_strdup (proxy);
  g_task_set_task_data (task, data, (GDestroyNotify) store_data_free);
  set_public (self, data->headers, data->proxy);
  rnl_account_lookup_private_async (self, cancellable, known_cb, g_steal_pointer (&task));
}

/**
 * rnl_account_store_private_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`. See [property@Runnel.SecretStore:keys-are-volatile].
 *
 * Returns: whether it is kept
 */
gboolean
rnl_account_store_private_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forgot_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_account_store_key_finish (RNL_ACCOUNT (source), result, &error))
    store_text (g_steal_pointer (&task), NULL);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_account_forget_async:
 * @self: an account that is removed for good
 * @cancellable: (nullable): to give up
 * @callback: (scope async) (nullable): called once
 * @user_data: for @callback
 *
 * Takes its key and what else of it is secret out of the secret store.
 */
void
rnl_account_forget_async (RnlAccount *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_forget_async);
  rnl_account_store_key_async (self, NULL, cancellable, forgot_key_cb, task);
}

/**
 * rnl_account_forget_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether all is forgotten
 */
gboolean
rnl_account_forget_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
