/* rnl-server-get.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-server-get.h"

#include "rnl-http-session.h"
#include "rnl-http-stream.h"

/* One question while it is open. */
typedef struct
{
  SoupMessage *message;
  GByteArray *body;
  char *host;
  char *path;
  char *key;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->message);
  g_byte_array_unref (question->body);
  g_free (question->host);
  g_free (question->path);
  g_free (question->key);
  g_free (question);
}

/**
 * rnl_server_get_session:
 *
 * Returns: (transfer none): the session that all models share, so that connections are used again
 */
SoupSession *
rnl_server_get_session (void)
{
  static SoupSession *session;

  if (session == NULL)
    session = rnl_http_session_new ();

  return session;
}

/* Some servers count in milliseconds; the plain header is seconds, or a date. */
static gint64
get_retry_after (SoupMessageHeaders *headers)
{
  const char *ms = soup_message_headers_get_one (headers, "retry-after-ms");
  const char *value = soup_message_headers_get_one (headers, "retry-after");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (ms != NULL && g_ascii_isdigit (*ms))
    return (gint64) g_ascii_strtod (ms, NULL);
  if (value == NULL)
    return -1;
  if (g_ascii_isdigit (*value))
    return (gint64) (g_ascii_strtod (value, NULL) * 1000);

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return -1;
  now = g_date_time_new_now_utc ();

  return MAX (g_date_time_difference (date, now) / 1000, 0);
}

/**
 * rnl_server_read_response:
 * @message: a message whose headers have come
 * @response: (out caller-allocates): what the headers say; the rest is zeroed
 *
 * Reads what an error needs to know.
 */
void
rnl_server_read_response (SoupMessage *message, RnlErrorResponse *response)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *request_id = soup_message_headers_get_one (headers, "x-request-id");

  if (request_id == NULL)
    request_id = soup_message_headers_get_one (headers, "request-id");

  *response = (RnlErrorResponse){ .status = soup_message_get_status (message),
                                  .retry_after_ms = get_retry_after (headers),
                                  .request_id = request_id,
                                  .location = soup_message_headers_get_one (headers, "location") };
}

/**
 * rnl_server_new_message:
 * @protocol: says how the key is carried
 * @method: "GET", "POST"
 * @uri: the whole address
 * @key: (nullable): the key
 *
 * Returns: (transfer full) (nullable): a message with the protocol's headers, `NULL` when @uri is
 *   not an address. It follows no redirect: a key goes to the server it is for and no further
 */
SoupMessage *
rnl_server_new_message (const RnlProtocol *protocol,
                        const char *method,
                        const char *uri,
                        const char *key)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;

  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  for (gsize i = 0; protocol->headers != NULL && protocol->headers[i].name != NULL; i++)
    soup_message_headers_replace (headers, protocol->headers[i].name, protocol->headers[i].value);
  if (key != NULL && *key != '\0')
    {
      g_autofree char *value = g_strconcat (protocol->key_prefix, key, NULL);

      soup_message_headers_replace (headers, protocol->key_header, value);
    }

  return g_steal_pointer (&message);
}

static gboolean
data_cb (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Question *question = user_data;

  if (question->body->len + length > RNL_SERVER_GET_MAX_BYTES)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL,
                   "%s sent more than such an answer can be", question->host);
      return FALSE;
    }
  g_byte_array_append (question->body, (const guint8 *) bytes, (guint) length);

  return TRUE;
}

static void
return_answer (GTask *task, Question *question)
{
  RnlErrorContext context = { question->host, question->path, NULL, question->key };
  RnlErrorResponse response;
  g_autoptr (JsonParser) parser = json_parser_new ();

  rnl_server_read_response (question->message, &response);
  response.body = (const char *) question->body->data;
  response.length = question->body->len;

  if (response.status == 200 && response.length > 0
      && json_parser_load_from_data (parser, response.body, (gssize) response.length, NULL)
      && json_parser_get_root (parser) != NULL)
    g_task_return_pointer (task, json_parser_steal_root (parser), (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, rnl_provider_errors_from_response (&context, &response));
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (rnl_http_stream_run_finish (result, &error))
    return_answer (task, question);
  else
    {
      RnlErrorContext context = { question->host, question->path, NULL, question->key };

      g_task_return_error (task, rnl_provider_errors_from_transport (&context, error));
    }
}

static void
ask_async (SoupMessage *message, /* (transfer full) (nullable) */
           const char *uri,
           const RnlEndpoint *endpoint,
           const char *key,
           guint timeout_ms,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  RnlHttpStreamOptions options
    = { .connect_timeout_ms = timeout_ms, .idle_timeout_ms = timeout_ms };
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, rnl_server_get_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  question->body = g_byte_array_new ();
  question->host = g_strdup (endpoint->host);
  question->key = key != NULL && *key != '\0' ? g_strdup (key) : NULL;
  question->message = message;
  if (question->message == NULL)
    {
      g_task_return_error (task, rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST,
                                                         "“%s” is not an address", uri));
      return;
    }

  question->path = g_strdup (g_uri_get_path (soup_message_get_uri (question->message)));
  rnl_http_stream_run_async (rnl_server_get_session (), question->message, &options, NULL, data_cb,
                             question, cancellable, run_cb, g_steal_pointer (&task));
}

/**
 * rnl_server_get_async:
 * @protocol: says how the key is carried
 * @endpoint: the server
 * @path: what to ask for, relative to the endpoint's base
 * @key: (nullable): the key
 * @timeout_ms: how long a silence may last, in milliseconds
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks for something small.
 */
void
rnl_server_get_async (const RnlProtocol *protocol,
                      const RnlEndpoint *endpoint,
                      const char *path,
                      const char *key,
                      guint timeout_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autofree char *uri = rnl_endpoint_dup_uri (endpoint, path);

  ask_async (rnl_server_new_message (protocol, "GET", uri, key), uri, endpoint, key, timeout_ms,
             cancellable, callback, user_data);
}

/**
 * rnl_server_post_async:
 * @protocol: says how the key is carried
 * @endpoint: the server
 * @path: what to ask for, relative to the endpoint's base
 * @key: (nullable): the key
 * @json: what is asked
 * @timeout_ms: how long a silence may last, in milliseconds
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once; [func@Runnel.server_get_finish] gives the answer
 * @user_data: for @callback
 *
 * Asks for something small that takes a question in JSON.
 */
void
rnl_server_post_async (const RnlProtocol *protocol,
                       const RnlEndpoint *endpoint,
                       const char *path,
                       const char *key,
                       GBytes *json,
                       guint timeout_ms,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autofree char *uri = rnl_endpoint_dup_uri (endpoint, path);
  SoupMessage *message = rnl_server_new_message (protocol, "POST", uri, key);

  if (message != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", json);
  ask_async (message, uri, endpoint, key, timeout_ms, cancellable, callback, user_data);
}

/**
 * rnl_server_get_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): what came
 */
JsonNode *
rnl_server_get_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_server_get_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
