/* rnl-server-get.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-server-get.h"

#include "rnl-account-route.h"
#include "rnl-http-session.h"
#include "rnl-http-stream.h"
#include "rnl-json-value.h"

/* One question while it is open. */
typedef struct
{
  /* owned */
  RnlRoute *route; /* NULL until it is found */
  SoupMessage *message;
  GByteArray *body;
  RnlRequestBody *json;
  char *path;

  guint address; /* which one of the route's is asked */
  guint timeout_ms;
  gboolean has_head;
} Question;

static void
question_free (Question *question)
{
  g_clear_pointer (&question->route, rnl_route_unref);
  g_clear_object (&question->message);
  g_byte_array_unref (question->body);
  g_clear_pointer (&question->json, rnl_request_body_unref);
  g_free (question->path);
  g_free (question);
}

static void ask (GTask *task);

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
 * rnl_server_should_move_on:
 * @error: what happened
 * @has_head: whether a status had come
 *
 * Returns: whether another address of the same service may do better: there was no connection, or
 *   it broke before the server said anything
 */
gboolean
rnl_server_should_move_on (const GError *error, gboolean has_head)
{
  return !has_head
         && (g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK)
             || g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT));
}

static const char *
get_host (Question *question)
{
  return rnl_route_get_endpoint (question->route, question->address)->host;
}

static RnlErrorContext
get_context (Question *question)
{
  return (RnlErrorContext){
    .host = get_host (question),
    .path = g_uri_get_path (soup_message_get_uri (question->message)),
    .key = rnl_route_get_key (question->route),
    .secrets = rnl_route_get_secrets (question->route),
  };
}

static void
head_cb (SoupMessage *message, gpointer user_data)
{
  Question *question = user_data;

  question->has_head = TRUE;
}

static gboolean
data_cb (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Question *question = user_data;

  if (question->body->len + length > RNL_SERVER_GET_MAX_BYTES)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL,
                   "%s sent more than such an answer can be", get_host (question));
      return FALSE;
    }
  g_byte_array_append (question->body, (const guint8 *) bytes, (guint) length);

  return TRUE;
}

static void
return_answer (GTask *task, Question *question)
{
  RnlErrorContext context = get_context (question);
  RnlErrorResponse response;
  g_autofree char *proxy = rnl_http_session_dup_proxy (rnl_route_get_session (question->route),
                                                       soup_message_get_uri (question->message));
  g_autoptr (JsonNode) answer = NULL;

  rnl_route_worked (question->route, question->address);
  context.proxy = proxy;
  rnl_server_read_response (question->message, &response);
  response.body = (const char *) question->body->data;
  response.length = question->body->len;

  if (response.status == 200 && response.length > 0)
    answer = rnl_json_strict_parse (response.body, (gssize) response.length, NULL);
  if (answer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, rnl_provider_errors_from_response (&context, &response));
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  RnlErrorContext context = get_context (question);
  g_autoptr (GError) error = NULL;

  if (rnl_http_stream_run_finish (result, &error))
    return_answer (task, question);
  else if (rnl_server_should_move_on (error, question->has_head)
           && question->address + 1 < rnl_route_get_n_endpoints (question->route))
    {
      question->address++;
      ask (g_steal_pointer (&task));
    }
  else
    g_task_return_error (task, rnl_provider_errors_from_transport (&context, error));
}

/* Takes @task. */
static void
ask (GTask *taken)
{
  g_autoptr (GTask) task = taken;
  Question *question = g_task_get_task_data (task);
  gboolean is_last = question->address + 1 >= rnl_route_get_n_endpoints (question->route);
  RnlHttpStreamOptions options = { .idle_timeout_ms = question->timeout_ms };

  options.connect_timeout_ms
    = is_last ? question->timeout_ms : MIN (question->timeout_ms, RNL_ROUTE_CONNECT_TIMEOUT_MS);
  g_clear_object (&question->message);
  question->message = rnl_route_new_message (
    question->route, question->address, question->json != NULL ? "POST" : "GET", question->path);
  if (question->message == NULL)
    {
      g_task_return_error (task,
                           rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST,
                                                   "“%s” is not an address", get_host (question)));
      return;
    }
  if (question->json != NULL)
    rnl_request_body_post (question->json, question->message);

  rnl_http_stream_run_async (rnl_route_get_session (question->route), question->message, &options,
                             head_cb, data_cb, question, g_task_get_cancellable (task), run_cb,
                             g_object_ref (task));
}

static GTask *
new_task (const char *path,
          RnlRequestBody *json,
          guint timeout_ms,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, rnl_server_ask_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  question->body = g_byte_array_new ();
  question->json = json != NULL ? rnl_request_body_ref (json) : NULL;
  question->path = g_strdup (path);
  question->timeout_ms = timeout_ms;

  return task;
}

/**
 * rnl_server_ask_async:
 * @route: the way to the server
 * @path: what to ask for, relative to an address of the route
 * @json: (nullable): what is asked; without it the question is a GET
 * @timeout_ms: how long a silence may last, in milliseconds
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks for something small. When there is no connection to an address the next one is asked.
 */
void
rnl_server_ask_async (RnlRoute *route,
                      const char *path,
                      RnlRequestBody *json,
                      guint timeout_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = new_task (path, json, timeout_ms, cancellable, callback, user_data);
  Question *question = g_task_get_task_data (task);

  question->route = rnl_route_ref (route);
  ask (task);
}

/**
 * rnl_server_ask_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): what came
 */
JsonNode *
rnl_server_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_server_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  question->route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);
  if (question->route != NULL)
    ask (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_server_ask_account_async:
 * @account: whose server
 * @path: what to ask for, relative to its address
 * @json: (nullable): what is asked; without it the question is a GET
 * @timeout_ms: how long a silence may last, in milliseconds
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once; [func@server_ask_finish] gives the answer
 * @user_data: for @callback
 *
 * Asks the server of an account for something small: with its key, its headers, through its proxy,
 * at whichever of its addresses answers.
 */
void
rnl_server_ask_account_async (RnlAccount *account,
                              const char *path,
                              RnlRequestBody *json,
                              guint timeout_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  rnl_account_find_route_async (
    account, cancellable, route_cb,
    new_task (path, json, timeout_ms, cancellable, callback, user_data));
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
 * Asks one address, which no account is needed for.
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
  g_autoptr (RnlRoute) route = rnl_route_new (protocol, endpoint, key);

  rnl_server_ask_async (route, path, NULL, timeout_ms, cancellable, callback, user_data);
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
  return rnl_server_ask_finish (result, error);
}
