/* rnl-http-model.c
 *
 * What all network models share: the key, the request, retries, the sniffing of what came back, and
 * the ends of an answer. What a protocol says and how is in its table (RnlProtocol).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-http-model"

#include "config.h"
#include "rnl-http-model.h"

#include "rnl-http-stream.h"
#include "rnl-protocol.h"
#include "rnl-provider-errors.h"
#include "rnl-server-get.h"
#include "rnl-sse-parser.h"

#include <string.h>

#define MAX_ERROR_BODY (64 * 1024)
#define MAX_WHOLE_BODY (64 * 1024 * 1024)
#define RETRY_DELAY_MS 500
#define MAX_DELAY_MS   8000
#define MAX_WAIT_MS    60000

struct _RnlHttpModel
{
  GObject parent_instance;

  /* owned */
  RnlEndpoint *endpoint;
  RnlAccount *account;
  char *id;
  char *model;
  char *key;

  const RnlProtocol *protocol;
  guint idle_timeout_ms;
  guint retry_delay_ms;
};

/* What the body turns out to be. */
typedef enum
{
  BODY_UNKNOWN,
  BODY_EVENTS,
  BODY_WHOLE,
  BODY_ERROR,
} BodyKind;

/* One answer on its way. It is owned by the one operation that is pending. */
typedef struct
{
  /* owned */
  GTask *task; /* NULL once it was returned */
  GCancellable *cancellable;
  GBytes *request;
  char *uri;
  char *key;
  SoupMessage *message;
  RnlSseParser *parser;
  gpointer decoder;
  GByteArray *body;
  GError *failure; /* what the decoder read or could not read */

  /* borrowed */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
  const RnlProtocol *protocol;

  BodyKind kind;
  guint retries;
  gboolean has_head;
} Answer;

static void rnl_http_model_chat_model_init (RnlChatModelInterface *iface);
static void send_request (Answer *answer);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlHttpModel,
                               rnl_http_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL,
                                                      rnl_http_model_chat_model_init))

static void
rnl_http_model_dispose (GObject *object)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (object);

  g_clear_object (&self->account);

  G_OBJECT_CLASS (rnl_http_model_parent_class)->dispose (object);
}

static void
rnl_http_model_finalize (GObject *object)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (object);

  g_clear_pointer (&self->endpoint, rnl_endpoint_free);
  g_free (self->id);
  g_free (self->model);
  g_free (self->key);

  G_OBJECT_CLASS (rnl_http_model_parent_class)->finalize (object);
}

static void
rnl_http_model_class_init (RnlHttpModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_http_model_dispose;
  object_class->finalize = rnl_http_model_finalize;
}

static void
rnl_http_model_init (RnlHttpModel *self)
{
  self->retry_delay_ms = RETRY_DELAY_MS;
}

/* Answers. */

static void
clear_attempt (Answer *answer)
{
  g_clear_object (&answer->message);
  g_clear_pointer (&answer->parser, rnl_sse_parser_free);
  if (answer->decoder != NULL)
    answer->protocol->decoder_free (g_steal_pointer (&answer->decoder));
  g_clear_error (&answer->failure);
  g_byte_array_set_size (answer->body, 0);
  answer->kind = BODY_UNKNOWN;
  answer->has_head = FALSE;
}

static void
answer_free (Answer *answer)
{
  clear_attempt (answer);
  g_clear_object (&answer->task);
  g_clear_object (&answer->cancellable);
  g_bytes_unref (answer->request);
  g_free (answer->uri);
  g_free (answer->key);
  g_byte_array_unref (answer->body);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static RnlHttpModel *
get_model (Answer *answer)
{
  return g_task_get_source_object (answer->task);
}

static void
return_error (Answer *answer, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&answer->task);

  g_task_return_error (task, error);
}

static void
return_whole (Answer *answer)
{
  g_autoptr (GTask) task = g_steal_pointer (&answer->task);

  g_task_return_boolean (task, TRUE);
}

static RnlErrorContext
get_context (Answer *answer)
{
  RnlHttpModel *self = get_model (answer);

  return (RnlErrorContext){
    .host = self->endpoint->host,
    .path = g_uri_get_path (soup_message_get_uri (answer->message)),
    .model = self->model,
    .key = answer->key,
  };
}

/* Reading. */

static void
head_cb (SoupMessage *message, gpointer user_data)
{
  Answer *answer = user_data;

  answer->has_head = TRUE;
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    answer->kind = BODY_ERROR;
}

static gboolean
event_cb (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  Answer *answer = user_data;
  g_autoptr (GError) failure = NULL;

  /* Whoever was told of the last chunk may have had enough. */
  if (g_cancellable_set_error_if_cancelled (answer->cancellable, error))
    return FALSE;
  if (answer->protocol->decoder_feed (answer->decoder, event->event, event->data, event->length,
                                      answer->on_chunk, answer->chunk_data, &failure))
    return TRUE;
  /* A last line that was cut off cannot be read: that is told as the broken connection it is. */
  if (event->unterminated
      && g_error_matches (failure, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL))
    return TRUE;

  answer->failure = g_error_copy (failure);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Content types lie (JSON as a stream of octets, pages as text): the first character does not. */
static BodyKind
sniff (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isspace (bytes[i]))
        continue;
      if (bytes[i] == '<')
        return BODY_ERROR;

      return bytes[i] == '{' || bytes[i] == '[' ? BODY_WHOLE : BODY_EVENTS;
    }

  return BODY_UNKNOWN;
}

static gboolean
feed_events (Answer *answer, const char *bytes, gsize length, GError **error)
{
  if (!rnl_sse_parser_feed (answer->parser, bytes, length, event_cb, answer, error))
    return FALSE;

  /* The connection may stay open for the next request: nobody has to wait for that. */
  if (answer->protocol->decoder_is_done (answer->decoder))
    {
      (void) answer->protocol->decoder_end (answer->decoder, answer->on_chunk, answer->chunk_data);
      return_whole (answer);
    }

  return TRUE;
}

static gboolean
keep (Answer *answer, const char *bytes, gsize length, gsize max, GError **error)
{
  gsize room = max - MIN (answer->body->len, max);

  g_byte_array_append (answer->body, (const guint8 *) bytes, (guint) MIN (length, room));
  if (length <= room)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The answer is too long");

  return FALSE;
}

static gboolean
data_cb (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Answer *answer = user_data;

  if (answer->task == NULL)
    return TRUE;
  if (answer->kind == BODY_UNKNOWN)
    answer->kind = sniff (bytes, length);

  switch (answer->kind)
    {
    case BODY_EVENTS:
      return feed_events (answer, bytes, length, error);
    case BODY_WHOLE:
      return keep (answer, bytes, length, MAX_WHOLE_BODY, error);
    case BODY_ERROR:
      return keep (answer, bytes, length, MAX_ERROR_BODY, error);
    case BODY_UNKNOWN:
    default:
      return TRUE;
    }
}

/* Retries. */

static gboolean
should_retry (Answer *answer, const GError *error)
{
  guint status;
  const char *wish;

  if (answer->retries >= RNL_HTTP_MODEL_MAX_RETRIES)
    return FALSE;
  if (!answer->has_head)
    return g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  if (answer->kind != BODY_ERROR
      || g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_QUOTA)
      || rnl_provider_error_get_details (error)->retry_after_ms > MAX_WAIT_MS)
    return FALSE;

  wish = soup_message_headers_get_one (soup_message_get_response_headers (answer->message),
                                       "x-should-retry");
  if (g_strcmp0 (wish, "true") == 0 || g_strcmp0 (wish, "false") == 0)
    return *wish == 't';

  status = soup_message_get_status (answer->message);

  return status == 408 || status == 409 || status == 429 || status >= 500;
}

/* As the server asks, else doubled each time with a quarter of chance, so that many clients do not
 * come back at once. */
static guint
get_delay (Answer *answer, const GError *error)
{
  gint64 asked = rnl_provider_error_get_details (error)->retry_after_ms;
  double delay = MIN ((double) get_model (answer)->retry_delay_ms * (1 << answer->retries),
                      (double) MAX_DELAY_MS);

  if (asked >= 0)
    return (guint) asked;

  return (guint) (delay * g_random_double_range (0.75, 1));
}

static gboolean
retry_cb (gpointer user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (answer->cancellable, &error))
    return_error (answer, g_steal_pointer (&error));
  else
    send_request (g_steal_pointer (&answer));

  return G_SOURCE_REMOVE;
}

static void
retry_later (Answer *answer, const GError *error)
{
  guint delay = get_delay (answer, error);
  g_autoptr (GSource) source = g_timeout_source_new (delay);

  g_debug ("trying again in %u ms: %s", delay, error->message);
  answer->retries++;
  clear_attempt (answer);
  if (answer->cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (answer->cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_source_set_callback (source, retry_cb, answer, NULL);
  g_source_attach (source, g_task_get_context (answer->task));
}

/* Takes @answer and @error. */
static void
retry_or_fail (Answer *taken, GError *error)
{
  g_autoptr (Answer) answer = taken;
  g_autoptr (GError) failure = error;

  if (should_retry (answer, failure))
    retry_later (g_steal_pointer (&answer), failure);
  else
    return_error (answer, g_steal_pointer (&failure));
}

/* The end of an answer. */

static GError *
make_response_error (Answer *answer, const char *body, gsize length)
{
  RnlErrorContext context = get_context (answer);
  RnlErrorResponse response;

  rnl_server_read_response (answer->message, &response);
  response.body = body;
  response.length = length;

  return rnl_provider_errors_from_response (&context, &response);
}

static GError *
make_truncated_error (Answer *answer)
{
  RnlErrorContext context = get_context (answer);
  gsize length = 0;
  const char *stray = rnl_sse_parser_peek_stray (answer->parser, &length);

  /* Text that is no stream at all; otherwise a stream that stopped. */
  if (rnl_sse_parser_get_n_events (answer->parser) == 0)
    return make_response_error (answer, stray, length);

  return rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                 "%s closed the connection in the middle of the answer. Try again.",
                                 context.host);
}

static GError *
end_events (Answer *answer, const GError *broken)
{
  RnlErrorContext context = get_context (answer);

  /* Its error is also kept in the answer. */
  if (broken == NULL)
    (void) rnl_sse_parser_end (answer->parser, event_cb, answer, NULL);
  if (answer->failure != NULL)
    return rnl_provider_errors_in_stream (&context, answer->failure);
  /* After the protocol's own end a broken connection breaks nothing. */
  if (answer->protocol->decoder_end (answer->decoder, answer->on_chunk, answer->chunk_data))
    return NULL;
  if (broken != NULL)
    return rnl_provider_errors_from_transport (&context, broken);

  return make_truncated_error (answer);
}

static GError *
end_whole (Answer *answer)
{
  RnlErrorContext context = get_context (answer);
  g_autoptr (GError) error = NULL;

  if (!answer->protocol->decoder_feed_whole (answer->decoder, (const char *) answer->body->data,
                                             answer->body->len, answer->on_chunk,
                                             answer->chunk_data, &error))
    return rnl_provider_errors_in_stream (&context, error);

  (void) answer->protocol->decoder_end (answer->decoder, answer->on_chunk, answer->chunk_data);

  return NULL;
}

/* Returns: (nullable): what is wrong with an answer whose body is over */
static GError *
end_body (Answer *answer, const GError *broken)
{
  RnlErrorContext context = get_context (answer);

  if (answer->kind == BODY_ERROR)
    return make_response_error (answer, (const char *) answer->body->data, answer->body->len);
  if (answer->kind == BODY_EVENTS)
    return end_events (answer, broken);
  if (broken != NULL)
    return rnl_provider_errors_from_transport (&context, broken);
  if (answer->kind == BODY_WHOLE)
    return end_whole (answer);

  return make_response_error (answer, NULL, 0);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) broken = NULL;
  GError *error;

  (void) rnl_http_stream_run_finish (result, &broken);
  if (answer->task == NULL)
    return;
  if (g_error_matches (broken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      return_error (answer, g_steal_pointer (&broken));
      return;
    }

  error = end_body (answer, broken);
  if (error != NULL)
    retry_or_fail (g_steal_pointer (&answer), error);
  else
    return_whole (answer);
}

/* Sending. */

static SoupMessage *
new_message (Answer *answer)
{
  SoupMessage *message
    = rnl_server_new_message (answer->protocol, "POST", answer->uri, answer->key);

  if (message == NULL)
    return NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "text/event-stream, application/json");
  soup_message_set_request_body_from_bytes (message, "application/json", answer->request);

  return message;
}

/* Takes @answer. */
static void
send_request (Answer *answer)
{
  RnlHttpModel *self = get_model (answer);
  RnlHttpStreamOptions options = { .idle_timeout_ms = self->idle_timeout_ms };

  answer->message = new_message (answer);
  if (answer->message == NULL)
    {
      return_error (answer, rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST,
                                                    "“%s” is not an address.", answer->uri));
      answer_free (answer);
      return;
    }

  answer->parser = rnl_sse_parser_new ();
  answer->decoder = answer->protocol->decoder_new ();
  rnl_http_stream_run_async (rnl_server_get_session (), answer->message, &options, head_cb, data_cb,
                             answer, answer->cancellable, run_cb, answer);
}

static void
lookup_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_account_lookup_key_finish (RNL_ACCOUNT (source), result, &answer->key, &error))
    send_request (g_steal_pointer (&answer));
  else
    return_error (answer, g_steal_pointer (&error));
}

static void
rnl_http_model_generate_async (RnlChatModel *model,
                               RnlChatRequest *request,
                               RnlChunkFunc on_chunk,
                               gpointer chunk_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (model);
  g_autofree char *path = self->protocol->dup_path (self->model, request->stream);
  g_autoptr (Answer) answer = g_new0 (Answer, 1);

  answer->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (answer->task, rnl_http_model_generate_async);
  answer->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  answer->protocol = self->protocol;
  answer->request = self->protocol->build_request (self->endpoint, self->model, request);
  answer->uri = rnl_endpoint_dup_uri (self->endpoint, path);
  answer->body = g_byte_array_new ();
  answer->on_chunk = on_chunk;
  answer->chunk_data = chunk_data;

  if (self->account != NULL)
    rnl_account_lookup_key_async (self->account, cancellable, lookup_key_cb,
                                  g_steal_pointer (&answer));
  else
    {
      answer->key = g_strdup (self->key);
      send_request (g_steal_pointer (&answer));
    }
}

static gboolean
rnl_http_model_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, model), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Being a chat model. */

static const char *
rnl_http_model_get_id (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->id;
}

static const char *
rnl_http_model_get_title (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->model;
}

static void
rnl_http_model_chat_model_init (RnlChatModelInterface *iface)
{
  iface->get_id = rnl_http_model_get_id;
  iface->get_title = rnl_http_model_get_title;
  iface->generate_async = rnl_http_model_generate_async;
  iface->generate_finish = rnl_http_model_generate_finish;
}

static RnlHttpModel *
new_model (const char *protocol_name, const char *base_url, const char *model, GError **error)
{
  g_autoptr (RnlEndpoint) endpoint = NULL;
  const RnlProtocol *protocol = rnl_protocol_find (protocol_name, error);
  RnlHttpModel *self;

  if (protocol == NULL)
    return NULL;
  endpoint = rnl_endpoint_new (base_url, protocol->default_path, protocol->method_paths, error);
  if (endpoint == NULL)
    return NULL;

  self = g_object_new (RNL_TYPE_HTTP_MODEL, NULL);
  self->protocol = protocol;
  self->endpoint = g_steal_pointer (&endpoint);
  self->model = g_strdup (model);

  return self;
}

/**
 * rnl_http_model_new:
 * @protocol: a protocol's name ("openai-chat")
 * @base_url: the address, as a person gives it
 * @model: the model's name on that server
 * @key: (nullable): the key
 * @error: return location for an error
 *
 * Makes a model for one use, without an account.
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` for an unknown protocol or a bad address.
 *
 * Returns: (transfer full) (nullable): a model; its id is `HOST/MODEL`
 */
RnlChatModel *
rnl_http_model_new (
  const char *protocol, const char *base_url, const char *model, const char *key, GError **error)
{
  RnlHttpModel *self = new_model (protocol, base_url, model, error);

  if (self == NULL)
    return NULL;

  self->key = key != NULL && *key != '\0' ? g_strdup (key) : NULL;
  self->id = g_strdup_printf ("%s/%s", self->endpoint->host, model);

  return RNL_CHAT_MODEL (self);
}

/**
 * rnl_http_model_new_for_account:
 * @account: whose address, protocol and key it uses; the key is looked up for each request
 * @model: the model's name on that server
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when the account's protocol or address is not one.
 *
 * Returns: (transfer full) (nullable): a model; its id is `ACCOUNT/MODEL`
 */
RnlChatModel *
rnl_http_model_new_for_account (RnlAccount *account, const char *model, GError **error)
{
  RnlHttpModel *self = new_model (rnl_account_get_protocol (account),
                                  rnl_account_get_base_url (account), model, error);

  if (self == NULL)
    return NULL;

  self->account = g_object_ref (account);
  self->id = g_strdup_printf ("%s/%s", rnl_account_get_id (account), model);

  return RNL_CHAT_MODEL (self);
}

/**
 * rnl_http_model_set_idle_timeout:
 * @self: a model
 * @timeout_ms: how long the server may be silent, before the first byte and between bytes; 0 for
 *   `RNL_HTTP_STREAM_IDLE_TIMEOUT_MS`
 */
void
rnl_http_model_set_idle_timeout (RnlHttpModel *self, guint timeout_ms)
{
  g_return_if_fail (RNL_IS_HTTP_MODEL (self));

  self->idle_timeout_ms = timeout_ms;
}

/**
 * rnl_http_model_set_retry_delay:
 * @self: a model
 * @delay_ms: how long to wait before the first retry; doubled for the next one. A server's own
 *   wish comes first
 */
void
rnl_http_model_set_retry_delay (RnlHttpModel *self, guint delay_ms)
{
  g_return_if_fail (RNL_IS_HTTP_MODEL (self));

  self->retry_delay_ms = delay_ms;
}
