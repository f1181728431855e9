/* rnl-page-fetch.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-page-fetch.h"

#include <libsoup/soup.h>
#include <string.h>

#include "rnl-text.h"
#include "rnl-tool.h"

#define MAX_ADDRESS_LENGTH 4096
#define READ_SIZE          32768
#define ACCEPT                                                                                     \
  "text/html,application/xhtml+xml,text/plain,text/*;q=0.9,application/json;q=0.8,"                \
  "application/xml;q=0.8"

#define ACCEPT_PICTURES "image/png,image/jpeg,image/webp,image/gif"

/**
 * Fetch:
 * @session: for this hop only: a connection is never used again for another host
 * @inner: stops the network; the caller's cancellable and the time limit both pull it
 */
typedef struct
{
  RnlPageLimits limits;
  RnlPage *page;
  GUri *uri;
  SoupSession *session;
  SoupMessage *message;
  GInputStream *body;
  GCancellable *inner;
  GCancellable *outer;
  gulong outer_handler;
  guint timeout;
  gboolean timed_out;
  guint redirects;
} Fetch;

static void fetch_hop (GTask *task);
static void fetch_read (GTask *task);

void
rnl_page_free (RnlPage *page)
{
  g_free (page->address);
  g_free (page->content_type);
  g_free (page->charset);
  g_byte_array_unref (page->body);
  g_free (page);
}

static void
clear_hop (Fetch *fetch)
{
  g_clear_object (&fetch->body);
  g_clear_object (&fetch->message);
  if (fetch->session != NULL)
    soup_session_abort (fetch->session);
  g_clear_object (&fetch->session);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  clear_hop (fetch);
  if (fetch->outer != NULL)
    g_cancellable_disconnect (fetch->outer, fetch->outer_handler);
  g_clear_handle_id (&fetch->timeout, g_source_remove);
  g_clear_pointer (&fetch->page, rnl_page_free);
  g_clear_pointer (&fetch->uri, g_uri_unref);
  g_clear_object (&fetch->inner);
  g_clear_object (&fetch->outer);
  g_free (fetch);
}

static void
cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
time_limit_cb (gpointer user_data)
{
  Fetch *fetch = user_data;

  fetch->timeout = 0;
  fetch->timed_out = TRUE;
  g_cancellable_cancel (fetch->inner);

  return G_SOURCE_REMOVE;
}

static void return_failed (GTask *task, RnlToolError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static void
return_failed (GTask *task, RnlToolError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_task_return_error (task, g_error_new_valist (RNL_TOOL_ERROR, (gint) code, format, args));
  va_end (args);
}

/* Takes over ERROR. */
static void
return_network_error (GTask *task, GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *address = rnl_text_ellipsize (fetch->page->address, 200);

  if (fetch->timed_out && fetch->limits.pictures)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "“%s” took too long", address);
  else if (fetch->timed_out)
    return_failed (task, RNL_TOOL_ERROR_FAILED, "“%s” took longer than %g seconds.", address,
                   fetch->limits.time_limit_ms / 1000.0);
  else if (error->domain == RNL_TOOL_ERROR
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_failed (task, RNL_TOOL_ERROR_FAILED, "Cannot fetch “%s”: %s.", address, error->message);

  g_clear_error (&error);
}

/* Takes the address apart; what tools may not ask for ends here. */
static gboolean
set_address (Fetch *fetch, const char *address, GError **error)
{
  g_autofree char *shown = rnl_text_ellipsize (address, 200);
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  if (strlen (address) > MAX_ADDRESS_LENGTH)
    {
      g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_TOO_LARGE,
                           "The address is longer than 4096 bytes.");
      return FALSE;
    }

  uri = fetch->uri != NULL ? g_uri_parse_relative (fetch->uri, address, SOUP_HTTP_URI_FLAGS, NULL)
                           : g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (scheme == NULL || (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0)
      || host == NULL || *host == '\0')
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
                   "“%s” is not an http or https address.", shown);
      return FALSE;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
                   "Addresses with a user name in them are not fetched.");
      return FALSE;
    }

  g_clear_pointer (&fetch->uri, g_uri_unref);
  fetch->uri = g_steal_pointer (&uri);
  g_free (fetch->page->address);
  fetch->page->address = g_uri_to_string (fetch->uri);

  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GByteArray *body = fetch->page->body;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;

  if (bytes == NULL)
    {
      return_network_error (task, error);
      return;
    }

  length = MIN (g_bytes_get_size (bytes), fetch->limits.max_body - body->len);
  fetch->page->cut = length < g_bytes_get_size (bytes);
  if (length > 0)
    g_byte_array_append (body, g_bytes_get_data (bytes, NULL), (guint) length);

  if (g_bytes_get_size (bytes) > 0 && !fetch->page->cut)
    fetch_read (g_steal_pointer (&task));
  else
    {
      clear_hop (fetch);
      g_task_return_pointer (task, g_steal_pointer (&fetch->page), (GDestroyNotify) rnl_page_free);
    }
}

/* Takes over TASK. */
static void
fetch_read (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (fetch->body, READ_SIZE, G_PRIORITY_DEFAULT, fetch->inner,
                                   read_cb, task);
}

static gboolean
is_readable_type (const char *type)
{
  static const char *const types[] = { "application/xhtml+xml",
                                       "application/json",
                                       "application/xml",
                                       "application/javascript",
                                       "application/x-yaml",
                                       "application/yaml",
                                       NULL };

  return type == NULL || g_ascii_strncasecmp (type, "text/", 5) == 0
         || g_strv_contains (types, type) || g_str_has_suffix (type, "+json")
         || g_str_has_suffix (type, "+xml");
}

/* Servers of files often do not know what they have. */
static gboolean
is_picture_type (const char *type)
{
  return type == NULL || g_str_has_prefix (type, "image/")
         || g_str_equal (type, "application/octet-stream");
}

/* Takes over TASK. */
static void
follow_redirect (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *location = g_strdup (
    soup_message_headers_get_one (soup_message_get_response_headers (fetch->message), "Location"));
  GError *error = NULL;

  clear_hop (fetch);
  if (location == NULL)
    return_failed (task, RNL_TOOL_ERROR_FAILED, "“%s” redirects, but does not say where.",
                   fetch->page->address);
  else if (fetch->redirects++ >= fetch->limits.max_redirects)
    return_failed (task, RNL_TOOL_ERROR_FAILED, "“%s” redirects more than %u times.",
                   fetch->page->address, fetch->limits.max_redirects);
  else if (!set_address (fetch, location, &error))
    g_task_return_error (task, error);
  else
    fetch_hop (g_steal_pointer (&owned));
}

/* What came is not read. */
static void
return_head (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  clear_hop (fetch);
  g_task_return_pointer (task, g_steal_pointer (&fetch->page), (GDestroyNotify) rnl_page_free);
}

/* Takes the type of what comes; whether it is one to be read. */
static gboolean
read_type (Fetch *fetch)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (fetch->message);
  g_autoptr (GHashTable) parameters = NULL;
  const char *type = soup_message_headers_get_content_type (headers, &parameters);

  fetch->page->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  if (parameters != NULL)
    fetch->page->charset = g_strdup (g_hash_table_lookup (parameters, "charset"));
  type = fetch->page->content_type;

  return fetch->limits.pictures ? is_picture_type (type) : is_readable_type (type);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  fetch->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->body == NULL)
    {
      return_network_error (task, error);
      return;
    }

  status = soup_message_get_status (fetch->message);
  if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED)
    {
      follow_redirect (g_steal_pointer (&task));
      return;
    }
  fetch->page->status = status;
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && read_type (fetch))
    fetch_read (g_steal_pointer (&task));
  else if (fetch->limits.pictures)
    return_head (task);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    return_failed (task, RNL_TOOL_ERROR_FAILED, "“%s” answered %u %s.", fetch->page->address,
                   status, soup_message_get_reason_phrase (fetch->message));
  else
    return_failed (task, RNL_TOOL_ERROR_FAILED, "“%s” is not text but %s.", fetch->page->address,
                   fetch->page->content_type);
}

/* Connects to the host of this hop and to nothing else. Takes over TASK. */
static void
fetch_hop (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GSocketConnectable) address = NULL;
  SoupMessageHeaders *headers;
  int port = g_uri_get_port (fetch->uri);

  if (port == -1)
    port = strcmp (g_uri_get_scheme (fetch->uri), "https") == 0 ? 443 : 80;
  if (fetch->limits.check != NULL)
    address = rnl_checked_address_new (g_uri_get_host (fetch->uri), (guint16) port,
                                       fetch->limits.check, fetch->limits.check_data);

  fetch->session = soup_session_new_with_options ("remote-connectable", address, "timeout", 20,
                                                  "user-agent", "Runnel/" RNL_VERSION, NULL);
  if (fetch->limits.check != NULL)
    soup_session_set_proxy_resolver (fetch->session, NULL);
  fetch->message = soup_message_new_from_uri (SOUP_METHOD_GET, fetch->uri);
  soup_message_add_flags (fetch->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (fetch->message);
  soup_message_headers_append (headers, "Accept",
                               fetch->limits.pictures ? ACCEPT_PICTURES : ACCEPT);

  soup_session_send_async (fetch->session, fetch->message, G_PRIORITY_DEFAULT, fetch->inner,
                           sent_cb, task);
}

/**
 * rnl_page_fetch_async:
 * @address: an http or https address
 * @limits: what bounds it
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Fetches one page with a GET, following redirects by hand: each hop has a session of its own that
 * can connect to nothing but the addresses of its host, which are looked at between the resolver
 * and the socket. There are no cookies, no passwords, and no proxy unless every address is allowed.
 */
void
rnl_page_fetch_async (const char *address,
                      const RnlPageLimits *limits,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, rnl_page_fetch_async);
  g_task_set_task_data (task, fetch, fetch_free);
  fetch->limits = *limits;
  fetch->page = g_new0 (RnlPage, 1);
  fetch->page->body = g_byte_array_new ();
  if (!set_address (fetch, address, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  fetch->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      fetch->outer = g_object_ref (cancellable);
      fetch->outer_handler
        = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), fetch->inner, NULL);
    }
  fetch->timeout = g_timeout_add (limits->time_limit_ms, time_limit_cb, fetch);

  fetch_hop (g_steal_pointer (&task));
}

/**
 * rnl_page_fetch_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_NOT_ALLOWED` for another scheme or an address that is not public,
 * `RNL_TOOL_ERROR_FAILED` for everything the network can do, `G_IO_ERROR_CANCELLED`; for pictures
 * `G_IO_ERROR_TIMED_OUT`.
 *
 * Returns: (transfer full) (nullable): the page
 */
RnlPage *
rnl_page_fetch_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
