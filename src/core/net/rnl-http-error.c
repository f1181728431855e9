/* rnl-http-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-error-private.h"

#include <string.h>

#include "rnl-provider-error.h"

/* The server as a person typed it: with its port when that is not the usual one. */
static char *
dup_host (SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);

  if (port == -1 || port == 80 || port == 443)
    return g_strdup (host);

  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, port);
}

static GError *
describe_broken (const char *host, gboolean has_head, guint64 n_bytes, const char *reason)
{
  if (!has_head)
    return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                   "%s closed the connection without an answer (%s)", host, reason);

  return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                 "The connection to %s broke after %" G_GUINT64_FORMAT
                                 " bytes of the answer (%s)",
                                 host, n_bytes, reason);
}

static GError *
describe_io (const GError *error, const char *host, gboolean has_head, guint64 n_bytes)
{
  /* Not an enumeration: what is not named here is a broken connection. */
  switch (error->code)
    {
    case G_IO_ERROR_CONNECTION_REFUSED:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                     "%s refused the connection: is the server running?", host);
    case G_IO_ERROR_HOST_NOT_FOUND:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                     "There is no server of the name %s", host);
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK, "%s cannot be reached (%s)", host,
                                     error->message);
    case G_IO_ERROR_TIMED_OUT:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_TIMEOUT, "%s does not answer (%s)", host,
                                     error->message);
    case G_IO_ERROR_INVALID_DATA:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                     "The answer of %s could not be decoded (%s)", host,
                                     error->message);
    default:
      return describe_broken (host, has_head, n_bytes, error->message);
    }
}

/**
 * rnl_http_error_describe: (skip)
 * @error: (transfer full): what libsoup or GIO reported
 * @message: the message
 * @has_head: whether the status had come
 * @n_bytes: how much of the body had come
 *
 * Returns: (transfer full): a provider error that names the server and what happened, or @error
 *   when it is "cancelled"
 */
GError *
rnl_http_error_describe (GError *error, SoupMessage *message, gboolean has_head, guint64 n_bytes)
{
  g_autofree char *host = dup_host (message);
  GError *described;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (error->domain == G_RESOLVER_ERROR)
    described
      = rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                "The address of %s could not be found (%s)", host, error->message);
  else if (error->domain == G_TLS_ERROR)
    described = rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                        "No secure connection to %s could be made (%s)", host,
                                        error->message);
  else if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING))
    described = rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                        "What %s sent is not HTTP (%s)", host, error->message);
  else if (error->domain == SOUP_SESSION_ERROR)
    described = rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK, "The request to %s failed (%s)",
                                        host, error->message);
  else if (error->domain == G_IO_ERROR)
    described = describe_io (error, host, has_head, n_bytes);
  else
    described = describe_broken (host, has_head, n_bytes, error->message);
  g_error_free (error);

  return described;
}

/**
 * rnl_http_error_timeout: (skip)
 * @message: the message
 * @connected: whether there was a connection
 * @timeout_ms: how long we waited, in milliseconds
 *
 * Returns: (transfer full): `RNL_PROVIDER_ERROR_TIMEOUT`
 */
GError *
rnl_http_error_timeout (SoupMessage *message, gboolean connected, guint timeout_ms)
{
  g_autofree char *host = dup_host (message);

  return rnl_provider_error_new (RNL_PROVIDER_ERROR_TIMEOUT,
                                 connected ? "%s has sent nothing for %g seconds"
                                           : "No connection to %s within %g seconds",
                                 host, timeout_ms / 1000.0);
}

/**
 * rnl_http_error_proxy: (skip)
 * @message: a message that was not sent: its status is that of the proxy, which made no tunnel
 *
 * Returns: (transfer full): `RNL_PROVIDER_ERROR_AUTHENTICATION`, or `RNL_PROVIDER_ERROR_NETWORK`
 */
GError *
rnl_http_error_proxy (SoupMessage *message)
{
  g_autofree char *host = dup_host (message);
  guint status = soup_message_get_status (message);
  const char *reason = soup_message_get_reason_phrase (message);
  GError *error;

  if (status == SOUP_STATUS_PROXY_UNAUTHORIZED)
    error = rnl_provider_error_new (RNL_PROVIDER_ERROR_AUTHENTICATION,
                                    "The proxy on the way to %s does not accept the name and "
                                    "password it is given, or wants some (%u).",
                                    host, status);
  else
    error = rnl_provider_error_new (
      RNL_PROVIDER_ERROR_NETWORK, "The proxy on the way to %s makes no connection to it (%u%s%s)",
      host, status, reason != NULL ? " " : "", reason != NULL ? reason : "");
  rnl_provider_error_get_details (error)->status = status;

  return error;
}
