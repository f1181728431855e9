/* rnl-account-route.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-account-route"

#include "config.h"
#include "rnl-account-route.h"

#include <string.h>

#include "rnl-account-private.h"
#include "rnl-ca-file.h"
#include "rnl-http-header.h"
#include "rnl-http-session.h"
#include "rnl-provider-error.h"
#include "rnl-proxy-resolver.h"

/* What is known so far of a route that is looked for. */
typedef struct
{
  /* owned */
  RnlRoute *route;
  GPtrArray *endpoints;
  GHashTable *values; /* NULL: nothing is in the secret store */
  RnlProxyResolver *proxies;
  char *session_for;

  const RnlProtocol *protocol;
} FindData;

static void
find_data_free (FindData *data)
{
  g_clear_pointer (&data->route, rnl_route_unref);
  g_clear_pointer (&data->endpoints, g_ptr_array_unref);
  g_clear_pointer (&data->values, g_hash_table_unref);
  g_clear_object (&data->proxies);
  g_free (data->session_for);
  g_free (data);
}

/* The addresses. */

static void
worked_cb (const RnlEndpoint *endpoint, gpointer user_data)
{
  g_autoptr (RnlAccount) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;
  g_debug ("%s answers for %s", endpoint->host, self->id);
  g_free (self->good);
  self->good = g_strdup (endpoint->base);
  self->good_until = g_get_monotonic_time () + RNL_ACCOUNT_GOOD_SECONDS * G_USEC_PER_SEC;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* The one that answered lately comes first. */
static void
order_endpoints (RnlAccount *self, GPtrArray *endpoints)
{
  if (self->good == NULL || g_get_monotonic_time () >= self->good_until)
    return;
  for (guint i = 1; i < endpoints->len; i++)
    {
      RnlEndpoint *endpoint = g_ptr_array_index (endpoints, i);

      if (!g_str_equal (endpoint->base, self->good))
        continue;
      g_ptr_array_insert (endpoints, 0, rnl_endpoint_copy (endpoint));
      g_ptr_array_remove_index (endpoints, i + 1);
      return;
    }
}

static RnlRoute *
make_route (RnlAccount *self, FindData *data, const char *key)
{
  RnlRoute *route = rnl_route_new (data->protocol, g_ptr_array_index (data->endpoints, 0), key);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  for (guint i = 1; i < data->endpoints->len; i++)
    rnl_route_add_endpoint (route, g_ptr_array_index (data->endpoints, i));
  g_weak_ref_init (weak, self);
  rnl_route_set_worked_func (route, worked_cb, weak, weak_ref_free);

  return route;
}

/* What every request carries. */

static const char *
lookup_value (FindData *data, const char *name)
{
  g_autofree char *small = g_ascii_strdown (name, -1);

  return data->values != NULL ? g_hash_table_lookup (data->values, small) : NULL;
}

static gboolean
add_header (FindData *data, const char *line, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (!rnl_http_header_split (line, &name, &value, error))
    return FALSE;
  if (*value == '\0')
    {
      g_free (value);
      value = g_strdup (lookup_value (data, name));
    }
  if (value == NULL)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_AUTHENTICATION,
                   "The value of the header %s is not known any more. Give it to this account "
                   "again.",
                   name);
      return FALSE;
    }
  rnl_route_add_header (data->route, name, value);

  return TRUE;
}

static void
add_proxy_secrets (RnlRoute *route, const char *userinfo)
{
  g_auto (GStrv) words = g_strsplit (userinfo, ":", 2);
  g_autofree char *plain = g_uri_unescape_string (userinfo, NULL);
  g_autofree char *coded
    = plain != NULL ? g_base64_encode ((const guchar *) plain, strlen (plain)) : NULL;

  rnl_route_add_secret (route, userinfo);
  if (coded != NULL)
    rnl_route_add_secret (route, coded);
  if (words[0] != NULL && words[1] != NULL)
    {
      g_autofree char *password = g_uri_unescape_string (words[1], NULL);

      rnl_route_add_secret (route, words[1]);
      if (password != NULL)
        rnl_route_add_secret (route, password);
    }
}

/* The proxy with its name and password: in the settings, or in the secret store. */
static char *
dup_proxy (RnlAccount *self, FindData *data)
{
  g_autofree char *userinfo = NULL;
  g_autofree char *bare
    = self->proxy != NULL ? rnl_account_split_proxy (self->proxy, &userinfo) : NULL;

  if (bare == NULL)
    return NULL;
  if (userinfo == NULL && data->values != NULL)
    {
      g_autofree char *name = g_strconcat ("@", bare, NULL);

      userinfo = g_strdup (g_hash_table_lookup (data->values, name));
    }
  if (userinfo != NULL)
    add_proxy_secrets (data->route, userinfo);

  return rnl_account_join_proxy (bare, userinfo);
}

/* The session. */

static void
return_route (GTask *task, SoupSession *session)
{
  FindData *data = g_task_get_task_data (task);

  rnl_route_set_session (data->route, session);
  g_task_return_pointer (task, g_steal_pointer (&data->route), (GDestroyNotify) rnl_route_unref);
}

static void
make_session (GTask *task, GTlsDatabase *trusted)
{
  RnlAccount *self = g_task_get_source_object (task);
  FindData *data = g_task_get_task_data (task);

  g_clear_object (&self->session);
  g_free (self->session_for);
  self->session = rnl_http_session_new_through (G_PROXY_RESOLVER (data->proxies), trusted);
  self->session_for = g_steal_pointer (&data->session_for);
  return_route (task, self->session);
}

static void
ca_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trusted = rnl_ca_file_load_finish (result, &error);

  if (trusted != NULL)
    make_session (task, trusted);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. An account that needs nothing of its own shares the session of all. */
static void
find_session (GTask *taken, const char *proxy)
{
  g_autoptr (GTask) task = taken;
  RnlAccount *self = g_task_get_source_object (task);
  FindData *data = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  data->session_for = g_strdup_printf ("%s\n%s", proxy != NULL ? proxy : "",
                                       self->ca_file != NULL ? self->ca_file : "");
  if (proxy == NULL && self->ca_file == NULL)
    return_route (task, NULL);
  else if (self->session != NULL && g_str_equal (self->session_for, data->session_for))
    return_route (task, self->session);
  else if (self->ca_file == NULL)
    make_session (task, NULL);
  else
    rnl_ca_file_load_async (self->ca_file, cancellable, ca_file_cb, g_steal_pointer (&task));
}

/* The steps. */

/* Takes @task. */
static void
complete_route (GTask *taken)
{
  g_autoptr (GTask) task = taken;
  RnlAccount *self = g_task_get_source_object (task);
  FindData *data = g_task_get_task_data (task);
  g_autofree char *proxy = dup_proxy (self, data);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    if (!add_header (data, self->headers[i], &error))
      {
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
  data->proxies = rnl_proxy_resolver_new (proxy, &error);
  if (data->proxies != NULL)
    find_session (g_steal_pointer (&task), proxy);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
private_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FindData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  data->values = rnl_account_lookup_private_finish (RNL_ACCOUNT (source), result, &error);
  if (data->values != NULL)
    complete_route (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlAccount *self = RNL_ACCOUNT (source);
  FindData *data = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  if (!rnl_account_lookup_key_finish (self, result, &key, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  data->route = make_route (self, data, key);
  if (rnl_account_has_private (self))
    rnl_account_lookup_private_async (self, cancellable, private_cb, g_steal_pointer (&task));
  else
    complete_route (g_steal_pointer (&task));
}

/**
 * rnl_account_find_route_async:
 * @self: an account
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds out how its server is reached now: key and secret headers are looked up, the authorities
 * read, and the addresses put in order: one that answered instead of another one in the last
 * `RNL_ACCOUNT_GOOD_SECONDS` comes first.
 */
void
rnl_account_find_route_async (RnlAccount *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  FindData *data;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_find_route_async);
  data = g_new0 (FindData, 1);
  g_task_set_task_data (task, data, (GDestroyNotify) find_data_free);
  data->endpoints = rnl_account_make_endpoints (self, &data->protocol, &error);
  if (data->endpoints == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  order_endpoints (self, data->endpoints);
  rnl_account_lookup_key_async (self, cancellable, key_cb, g_steal_pointer (&task));
}

/**
 * rnl_account_find_route_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when an address, header, proxy or certificate file
 * cannot be used; `RNL_PROVIDER_ERROR_AUTHENTICATION` when the value of a header is not known;
 * `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the way
 */
RnlRoute *
rnl_account_find_route_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
