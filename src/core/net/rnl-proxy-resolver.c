/* rnl-proxy-resolver.c
 *
 * GIO's own resolver reads the settings of the desktop, in a sandbox through the portal. What it
 * makes of the environment depends on the module that is installed: the one for GNOME does not look
 * at it at all. So the environment, which a person sets on purpose, is read here, and what it does
 * not decide is left to GIO.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-proxy-resolver.h"

#include <string.h>

#include "rnl-provider-error.h"

/**
 * RnlProxyResolver:
 *
 * Decides by the first of these that says something: this machine is always reached directly; the
 * proxy that was given; `NO_PROXY`; `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`; the settings of
 * the desktop. The names in small letters come before those in capitals.
 */
struct _RnlProxyResolver
{
  GObject parent_instance;

  /* owned */
  char *proxy; /* NULL: as the environment and the desktop say */
};

static void rnl_proxy_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlProxyResolver,
                               rnl_proxy_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      rnl_proxy_resolver_iface_init))

static void
rnl_proxy_resolver_finalize (GObject *object)
{
  g_free (RNL_PROXY_RESOLVER (object)->proxy);

  G_OBJECT_CLASS (rnl_proxy_resolver_parent_class)->finalize (object);
}

static void
rnl_proxy_resolver_class_init (RnlProxyResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_proxy_resolver_finalize;
}

static void
rnl_proxy_resolver_init (RnlProxyResolver *self)
{
}

/* The environment. */

static const char *
get_variable (const char *name)
{
  g_autofree char *small = g_ascii_strdown (name, -1);
  const char *value = g_getenv (small);

  if (value == NULL || *value == '\0')
    value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* As programs write proxies: without a scheme, with the schemes that only curl knows. */
static char *
normalise (const char *proxy)
{
  if (strstr (proxy, "://") == NULL)
    return g_strconcat ("http://", proxy, NULL);
  if (g_str_has_prefix (proxy, "socks5h://"))
    return g_strconcat ("socks5://", proxy + strlen ("socks5h://"), NULL);

  return g_strdup (proxy);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (strlen (host) > strlen (".localhost")
             && g_ascii_strcasecmp (host + strlen (host) - strlen (".localhost"), ".localhost")
                  == 0);
}

static gboolean
matches_network (const char *host, const char *pattern)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autoptr (GInetAddressMask) mask
    = address != NULL ? g_inet_address_mask_new_from_string (pattern, NULL) : NULL;

  return mask != NULL && g_inet_address_mask_matches (mask, address);
}

/* "example.org" and ".example.org" mean the name and everything below it. */
static gboolean
matches_name (const char *host, const char *pattern)
{
  gsize length, n;

  pattern += g_str_has_prefix (pattern, "*.") ? 2 : *pattern == '.' ? 1 : 0;
  n = strlen (pattern);
  length = strlen (host);

  return n > 0 && length >= n && g_ascii_strcasecmp (host + length - n, pattern) == 0
         && (length == n || host[length - n - 1] == '.');
}

/* One entry of `NO_PROXY`: a name, an address, a network, each with a port or without. */
static gboolean
matches (const char *pattern, const char *host, int port)
{
  g_autofree char *bare = g_strdup (pattern);
  char *colon = strrchr (bare, ':');
  char *bracket = strchr (bare, ']');

  if (g_str_equal (pattern, "*"))
    return TRUE;
  if (matches_network (host, pattern))
    return TRUE;
  if (colon != NULL && (bracket != NULL ? colon > bracket : strchr (bare, ':') == colon))
    {
      if (g_ascii_strtoll (colon + 1, NULL, 10) != port)
        return FALSE;
      *colon = '\0';
    }
  if (*bare == '[' && bracket != NULL)
    {
      *bracket = '\0';
      memmove (bare, bare + 1, strlen (bare));
    }

  return matches_network (host, bare) || matches_name (host, bare);
}

static gboolean
is_excepted (const char *host, int port)
{
  const char *value = get_variable ("NO_PROXY");
  g_auto (GStrv) patterns = g_strsplit_set (value != NULL ? value : "", ", \t", -1);

  for (gsize i = 0; patterns[i] != NULL; i++)
    if (*patterns[i] != '\0' && matches (patterns[i], host, port))
      return TRUE;

  return FALSE;
}

/* Returns: (nullable) (transfer full): `NULL` when the environment says nothing of proxies */
static char *
find_in_environment (const char *scheme)
{
  const char *of_https = get_variable ("HTTPS_PROXY");
  const char *of_http = get_variable ("HTTP_PROXY");
  const char *of_all = get_variable ("ALL_PROXY");
  const char *value = g_str_equal (scheme, "https")  ? of_https
                      : g_str_equal (scheme, "http") ? of_http
                                                     : NULL;

  if (of_https == NULL && of_http == NULL && of_all == NULL)
    return NULL;
  if (value == NULL)
    value = of_all;

  return value != NULL ? normalise (value) : g_strdup (RNL_PROXY_DIRECT);
}

/**
 * rnl_proxy_resolver_find:
 * @self: a resolver
 * @uri: where a request goes
 *
 * Returns: (transfer full) (nullable): the address of a proxy, `RNL_PROXY_DIRECT`, or `NULL` when
 *   the settings of the desktop decide
 */
char *
rnl_proxy_resolver_find (RnlProxyResolver *self, const char *uri)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  int port = -1;

  g_return_val_if_fail (RNL_IS_PROXY_RESOLVER (self), NULL);

  if (!g_uri_split_network (uri, G_URI_FLAGS_NONE, &scheme, &host, &port, NULL) || host == NULL)
    return NULL;
  if (port <= 0)
    port = g_str_equal (scheme, "https") ? 443 : 80;

  if (is_loopback (host))
    return g_strdup (RNL_PROXY_DIRECT);
  if (self->proxy != NULL)
    return g_strdup (self->proxy);
  if (is_excepted (host, port))
    return g_strdup (RNL_PROXY_DIRECT);

  return find_in_environment (scheme);
}

/* Being a proxy resolver. */

static char **
find_list (RnlProxyResolver *self, const char *uri)
{
  g_autofree char *proxy = rnl_proxy_resolver_find (self, uri);
  char **list;

  if (proxy == NULL)
    return NULL;
  list = g_new0 (char *, 2);
  list[0]
    = g_str_equal (proxy, RNL_PROXY_DIRECT) ? g_strdup ("direct://") : g_steal_pointer (&proxy);

  return list;
}

static gboolean
rnl_proxy_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
rnl_proxy_resolver_lookup (GProxyResolver *resolver,
                           const char *uri,
                           GCancellable *cancellable,
                           GError **error)
{
  char **list = find_list (RNL_PROXY_RESOLVER (resolver), uri);

  return list != NULL
           ? list
           : g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, cancellable, error);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char **list = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
rnl_proxy_resolver_lookup_async (GProxyResolver *resolver,
                                 const char *uri,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  char **list = find_list (RNL_PROXY_RESOLVER (resolver), uri);

  g_task_set_source_tag (task, rnl_proxy_resolver_lookup_async);
  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_strfreev);
  else
    g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), uri, cancellable, lookup_cb,
                                   g_steal_pointer (&task));
}

static char **
rnl_proxy_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, resolver), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_proxy_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = rnl_proxy_resolver_is_supported;
  iface->lookup = rnl_proxy_resolver_lookup;
  iface->lookup_async = rnl_proxy_resolver_lookup_async;
  iface->lookup_finish = rnl_proxy_resolver_lookup_finish;
}

/* Says nothing of what was given: there may be a password in it. */
static gboolean
check (const char *proxy, GError **error)
{
  static const char *const schemes[] = { "http", "https", "socks4", "socks4a", "socks5", NULL };
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;

  if (g_uri_split_network (proxy, G_URI_FLAGS_NONE, &scheme, &host, NULL, NULL) && host != NULL
      && *host != '\0' && strpbrk (host, " \t\"<>\\^`{|}") == NULL
      && g_strv_contains (schemes, scheme))
    return TRUE;

  g_set_error_literal (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                       "This is not the address of a proxy. One looks like "
                       "http://proxy.example.org:3128 or socks5://127.0.0.1:1080; “direct” means "
                       "none.");

  return FALSE;
}

/**
 * rnl_proxy_resolver_new:
 * @proxy: (nullable): `http://HOST:PORT`, also with a name and password, or `socks5://HOST:PORT`;
 *   `RNL_PROXY_DIRECT` for none; `NULL` or empty for what the environment and the desktop say
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when @proxy is no address of a proxy.
 *
 * Returns: (transfer full) (nullable): a resolver for a session
 */
RnlProxyResolver *
rnl_proxy_resolver_new (const char *proxy, GError **error)
{
  g_autoptr (RnlProxyResolver) self = g_object_new (RNL_TYPE_PROXY_RESOLVER, NULL);
  g_autofree char *trimmed = g_strstrip (g_strdup (proxy != NULL ? proxy : ""));

  if (*trimmed == '\0')
    return g_steal_pointer (&self);
  if (g_ascii_strcasecmp (trimmed, RNL_PROXY_DIRECT) == 0)
    self->proxy = g_strdup (RNL_PROXY_DIRECT);
  else
    self->proxy = normalise (trimmed);
  if (!g_str_equal (self->proxy, RNL_PROXY_DIRECT) && !check (self->proxy, error))
    return NULL;

  return g_steal_pointer (&self);
}
