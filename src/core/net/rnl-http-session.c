/* rnl-http-session.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-http-session"

#include "config.h"
#include "rnl-http-session.h"

#include <string.h>

#include "rnl-proxy-resolver.h"

/* Several chats and their tools may stream from one server at once. */
#define MAX_CONNS          32
#define MAX_CONNS_PER_HOST 12
#define KEEP_ALIVE_SECONDS 60

/* The usual variable for another list of authorities than the system's. */
#define CA_VARIABLE "SSL_CERT_FILE"

/* On a session: whom it trusts was decided. */
#define TRUST_DATA "rnl-trust"

/**
 * rnl_http_session_ensure_trust:
 * @session: a session that is about to make a secure connection
 *
 * Has the session trust the authorities in the file that `SSL_CERT_FILE` names, unless it was given
 * others. They are read here and now, as the system's are before the first secure connection, and
 * not before one is wanted: they take some megabytes. A file that cannot be read is told of; then
 * the system's count, and no more is trusted than always.
 */
void
rnl_http_session_ensure_trust (SoupSession *session)
{
  const char *path = g_getenv (CA_VARIABLE);
  g_autofree char *whole = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || *path == '\0' || g_object_get_data (G_OBJECT (session), TRUST_DATA) != NULL)
    return;

  g_object_set_data (G_OBJECT (session), TRUST_DATA, session);
  whole = g_canonicalize_filename (path, NULL);
  trusted = g_tls_file_database_new (whole, &error);
  if (trusted != NULL)
    soup_session_set_tls_database (session, trusted);
  else
    g_message (CA_VARIABLE " names a file that cannot be used: %s", error->message);
}

/* Returns: (nullable): the proxy that a request goes through, as far as it is ours to say */
static GUri *
find_proxy (SoupSession *session, const char *uri)
{
  GProxyResolver *resolver = soup_session_get_proxy_resolver (session);
  g_autofree char *proxy = NULL;

  if (RNL_IS_PROXY_RESOLVER (resolver))
    proxy = rnl_proxy_resolver_find (RNL_PROXY_RESOLVER (resolver), uri);

  return proxy != NULL ? g_uri_parse (proxy, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
}

/**
 * rnl_http_session_dup_proxy:
 * @session: a session
 * @uri: where a request went
 *
 * A proxy can answer in the place of the server only where there is no tunnel through it.
 *
 * Returns: (transfer full) (nullable): the name and port of the proxy that an answer may be of;
 *   `NULL` where there is none, or the desktop's settings decide
 */
char *
rnl_http_session_dup_proxy (SoupSession *session, GUri *uri)
{
  g_autofree char *text = g_uri_to_string (uri);
  g_autoptr (GUri) proxy = NULL;

  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return NULL;
  proxy = find_proxy (session, text);
  if (proxy == NULL || g_uri_get_host (proxy) == NULL)
    return NULL;

  return g_uri_get_port (proxy) > 0
           ? g_strdup_printf ("%s:%d", g_uri_get_host (proxy), g_uri_get_port (proxy))
           : g_strdup (g_uri_get_host (proxy));
}

/* The name and password that go to the proxy for HOST, as a header's value; or NULL. */
static char *
dup_proxy_credentials (SoupSession *session, GUri *host)
{
  g_autofree char *uri = g_uri_join (G_URI_FLAGS_NONE, "https", NULL, g_uri_get_host (host),
                                     g_uri_get_port (host), "/", NULL, NULL);
  g_autoptr (GUri) proxy = find_proxy (session, uri);
  g_autofree char *clear = NULL;
  g_autofree char *coded = NULL;

  if (proxy == NULL || g_uri_get_user (proxy) == NULL)
    return NULL;

  clear = g_strdup_printf ("%s:%s", g_uri_get_user (proxy),
                           g_uri_get_password (proxy) != NULL ? g_uri_get_password (proxy) : "");
  coded = g_base64_encode ((const guchar *) clear, strlen (clear));

  return g_strconcat ("Basic ", coded, NULL);
}

/* A tunnel is asked for with the name and password at once, and once: when the proxy wants them
 * first, libsoup (3.2) asks it for a tunnel to itself, twenty times when they are wrong. */
static void
queued_cb (SoupSession *session, SoupMessage *message)
{
  g_autofree char *credentials = NULL;

  if (soup_message_get_method (message) != SOUP_METHOD_CONNECT)
    return;
  credentials = dup_proxy_credentials (session, soup_message_get_uri (message));
  if (credentials == NULL)
    return;
  soup_message_headers_replace (soup_message_get_request_headers (message), "Proxy-Authorization",
                                credentials);
  g_signal_handlers_disconnect_by_data (message,
                                        soup_session_get_feature (session, SOUP_TYPE_AUTH_MANAGER));
}

/**
 * rnl_http_session_new_through:
 * @proxies: (nullable): says which proxy requests go through; what the environment and the desktop
 *   say when `NULL`
 * @trusted: (nullable): the authorities to trust; when `NULL` those in the file that
 *   `SSL_CERT_FILE` names, or the system's
 *
 * Makes a session that names us as `Runnel/VERSION`, keeps no cookies, takes compressed answers,
 * and has no time limits of its own: `RnlHttpStream` has them.
 *
 * Returns: (transfer full): a session
 */
SoupSession *
rnl_http_session_new_through (GProxyResolver *proxies, GTlsDatabase *trusted)
{
  g_autoptr (RnlProxyResolver) usual = rnl_proxy_resolver_new (NULL, NULL);
  SoupSession *session = soup_session_new_with_options (
    "user-agent", "Runnel/" RNL_VERSION, "timeout", 0, "idle-timeout", KEEP_ALIVE_SECONDS,
    "max-conns", MAX_CONNS, "max-conns-per-host", MAX_CONNS_PER_HOST, "proxy-resolver",
    proxies != NULL ? proxies : G_PROXY_RESOLVER (usual), NULL);

  g_signal_connect (session, "request-queued", G_CALLBACK (queued_cb), NULL);
  if (trusted != NULL)
    {
      soup_session_set_tls_database (session, trusted);
      g_object_set_data (G_OBJECT (session), TRUST_DATA, session);
    }

  return session;
}

/**
 * rnl_http_session_new:
 *
 * Returns: (transfer full): a session with the usual proxies and authorities, see
 *   [func@http_session_new_through]
 */
SoupSession *
rnl_http_session_new (void)
{
  return rnl_http_session_new_through (NULL, NULL);
}
