/* rnl-http-answer.c
 *
 * What all network protocols share on the way of an answer: retries, the sniffing of what came back
 * and the ends it can have. What a protocol says and how is in its table (RnlProtocol).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-http-answer"

#include "config.h"
#include "rnl-http-answer.h"

#include <string.h>

#include "rnl-chunk-filter.h"
#include "rnl-http-retry.h"
#include "rnl-http-session.h"
#include "rnl-http-stream.h"
#include "rnl-provider-errors.h"
#include "rnl-server-get.h"

#define MAX_ERROR_BODY (64 * 1024)
#define MAX_WHOLE_BODY (64 * 1024 * 1024)

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
  RnlHttpQuestion question; /* its strings are ours */
  SoupMessage *message;
  RnlFrameParser *parser;
  gpointer decoder;
  GByteArray *body;
  GError *failure; /* what the decoder read or could not read */
  RnlChunkFilter *filter;

  /* borrowed */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
  const RnlProtocol *protocol;
  RnlHttpStream *stream; /* while it runs */

  /* sources and handlers */
  gulong gate_id;

  BodyKind kind;
  guint address; /* which one of the route's is asked */
  guint retries;
  gboolean connected;
  gboolean has_head;
  gboolean has_said; /* something of the answer was told */
} Answer;

static void send_request (Answer *answer);

static void
clear_attempt (Answer *answer)
{
  if (answer->message != NULL)
    g_signal_handlers_disconnect_by_data (answer->message, answer);
  g_clear_object (&answer->message);
  g_clear_pointer (&answer->parser, rnl_frame_parser_free);
  if (answer->decoder != NULL)
    answer->protocol->decoder_free (g_steal_pointer (&answer->decoder));
  g_clear_error (&answer->failure);
  g_byte_array_set_size (answer->body, 0);
  answer->kind = BODY_UNKNOWN;
  answer->connected = FALSE;
  answer->has_head = FALSE;
}

static void
answer_free (Answer *answer)
{
  clear_attempt (answer);
  g_clear_signal_handler (&answer->gate_id, answer->question.gate);
  g_clear_object (&answer->question.gate);
  g_clear_object (&answer->task);
  rnl_chunk_filter_free (answer->filter);
  g_clear_object (&answer->cancellable);
  rnl_request_body_unref (answer->question.body);
  rnl_route_unref (answer->question.route);
  g_free ((char *) answer->question.path);
  g_free ((char *) answer->question.model);
  g_byte_array_unref (answer->body);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* The reader of an answer cannot keep up, or can again. */
static void
follow_gate (Answer *answer)
{
  if (answer->stream == NULL || answer->question.gate == NULL)
    return;
  if (rnl_gate_is_open (answer->question.gate))
    rnl_http_stream_resume (answer->stream);
  else
    rnl_http_stream_pause (answer->stream);
}

/* What is read after the end is nobody's. */
static void
leave_gate (Answer *answer)
{
  if (answer->gate_id == 0)
    return;
  g_clear_signal_handler (&answer->gate_id, answer->question.gate);
  if (answer->stream != NULL)
    rnl_http_stream_resume (answer->stream);
}

static void
return_error (Answer *answer, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&answer->task);

  rnl_chunk_filter_flush (answer->filter);
  leave_gate (answer);
  g_task_return_error (task, error);
}

static void
return_whole (Answer *answer)
{
  g_autoptr (GTask) task = g_steal_pointer (&answer->task);

  rnl_chunk_filter_flush (answer->filter);
  leave_gate (answer);
  g_task_return_boolean (task, TRUE);
}

static RnlErrorContext
get_context (Answer *answer)
{
  return (RnlErrorContext){
    .host = rnl_route_get_endpoint (answer->question.route, answer->address)->host,
    .path = g_uri_get_path (soup_message_get_uri (answer->message)),
    .model = answer->question.model,
    .key = rnl_route_get_key (answer->question.route),
    .secrets = rnl_route_get_secrets (answer->question.route),
  };
}

/* Reading. */

static void
say (const RnlChunk *chunk, gpointer user_data)
{
  Answer *answer = user_data;

  answer->has_said = TRUE;
  rnl_chunk_filter_feed (answer->filter, chunk);
}

static void
connected_cb (Answer *answer)
{
  answer->connected = TRUE;
}

static void
head_cb (SoupMessage *message, gpointer user_data)
{
  Answer *answer = user_data;

  answer->has_head = TRUE;
  rnl_route_worked (answer->question.route, answer->address);
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
                                      say, answer, &failure))
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
sniff (RnlFraming framing, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isspace (bytes[i]))
        continue;
      if (bytes[i] == '<')
        return BODY_ERROR;

      /* A document is a line, too. */
      if (framing == RNL_FRAMING_NDJSON)
        return BODY_EVENTS;

      return bytes[i] == '{' || bytes[i] == '[' ? BODY_WHOLE : BODY_EVENTS;
    }

  return BODY_UNKNOWN;
}

static gboolean
feed_events (Answer *answer, const char *bytes, gsize length, GError **error)
{
  if (!rnl_frame_parser_feed (answer->parser, bytes, length, event_cb, answer, error))
    return FALSE;

  /* The connection may stay open for the next request: nobody has to wait for that. */
  if (answer->protocol->decoder_is_done (answer->decoder))
    {
      (void) answer->protocol->decoder_end (answer->decoder, say, answer);
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
    answer->kind = sniff (answer->protocol->framing, bytes, length);

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
  if (answer->retries >= RNL_HTTP_RETRY_MAX || answer->has_said)
    return FALSE;

  return rnl_http_retry_is_worth (answer->has_head ? answer->message : NULL,
                                  answer->kind == BODY_ERROR, error);
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

/* Whoever waits for the answer is told that it waits. */
static void
tell_retry (Answer *answer, guint delay, const GError *error)
{
  g_autofree char *text = rnl_http_retry_dup_notice (answer->retries, delay, error);
  RnlChunk chunk = { .type = RNL_CHUNK_NOTICE, .name = RNL_HTTP_RETRY_NOTICE, .text = text };

  chunk.length = strlen (text);
  answer->on_chunk (&chunk, answer->chunk_data);
}

static void
retry_later (Answer *answer, const GError *error)
{
  guint delay = rnl_http_retry_get_delay (error, answer->question.retry_delay_ms, answer->retries);
  g_autoptr (GSource) source = g_timeout_source_new (delay);

  g_debug ("trying again in %u ms: %s", delay, error->message);
  answer->retries++;
  tell_retry (answer, delay, error);
  clear_attempt (answer);
  answer->address = 0;
  if (answer->cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (answer->cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_source_set_callback (source, retry_cb, answer, NULL);
  g_source_attach (source, g_task_get_context (answer->task));
}

/* Whether another address of the same service may do better: there was no connection, or it broke
 * before anything of an answer was told. A server that takes its time has the question: no other
 * one is asked as well. */
static gboolean
should_move_on (Answer *answer, const GError *error)
{
  if (answer->address + 1 >= rnl_route_get_n_endpoints (answer->question.route) || answer->has_said
      || answer->kind == BODY_ERROR)
    return FALSE;

  return g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK)
         || (!answer->connected
             && g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT));
}

/* Takes @answer and @error. */
static void
retry_or_fail (Answer *taken, GError *error)
{
  g_autoptr (Answer) answer = taken;
  g_autoptr (GError) failure = error;

  if (should_move_on (answer, failure))
    {
      g_debug ("going to the next address: %s", failure->message);
      clear_attempt (answer);
      answer->address++;
      send_request (g_steal_pointer (&answer));
    }
  else if (should_retry (answer, failure))
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
  g_autofree char *proxy = rnl_http_session_dup_proxy (
    rnl_route_get_session (answer->question.route), soup_message_get_uri (answer->message));

  context.proxy = proxy;
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
  const char *stray = rnl_frame_parser_peek_stray (answer->parser, &length);

  /* Text that is no stream at all; otherwise a stream that stopped. */
  if (rnl_frame_parser_get_n_frames (answer->parser) == 0)
    return make_response_error (answer, stray, length);

  return rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK,
                                 "%s closed the connection in the middle of the answer. Try again.",
                                 context.host);
}

static GError *
end_events (Answer *answer, const GError *broken)
{
  RnlErrorContext context = get_context (answer);

  /* Its error is also kept in the answer. */
  if (broken == NULL)
    (void) rnl_frame_parser_end (answer->parser, event_cb, answer, NULL);
  if (answer->failure != NULL)
    return rnl_provider_errors_in_stream (&context, answer->failure);
  /* After the protocol's own end a broken connection breaks nothing. */
  if (answer->protocol->decoder_end (answer->decoder, say, answer))
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
                                             answer->body->len, say, answer, &error))
    return rnl_provider_errors_in_stream (&context, error);

  (void) answer->protocol->decoder_end (answer->decoder, say, answer);

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

  answer->stream = NULL;
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
  SoupMessage *message = rnl_route_new_message (answer->question.route, answer->address, "POST",
                                                answer->question.path);

  if (message == NULL)
    return NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                answer->protocol->framing == RNL_FRAMING_NDJSON
                                  ? "application/x-ndjson, application/json"
                                  : "text/event-stream, application/json");
  rnl_request_body_post (answer->question.body, message);
  g_signal_connect_swapped (message, "starting", G_CALLBACK (connected_cb), answer);

  return message;
}

/* Takes @answer. */
static void
send_request (Answer *answer)
{
  RnlRoute *route = answer->question.route;
  RnlHttpStreamOptions options = { .idle_timeout_ms = answer->question.idle_timeout_ms };

  if (answer->address + 1 < rnl_route_get_n_endpoints (route))
    options.connect_timeout_ms = RNL_ROUTE_CONNECT_TIMEOUT_MS;
  answer->message = new_message (answer);
  if (answer->message == NULL)
    {
      return_error (
        answer, rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST, "“%s” is not an address.",
                                        rnl_route_get_endpoint (route, answer->address)->base));
      answer_free (answer);
      return;
    }

  answer->parser = rnl_frame_parser_new (answer->protocol->framing);
  answer->decoder = answer->protocol->decoder_new ();
  answer->stream
    = rnl_http_stream_run_async (rnl_route_get_session (route), answer->message, &options, head_cb,
                                 data_cb, answer, answer->cancellable, run_cb, answer);
  follow_gate (answer);
}

/**
 * rnl_http_answer_run_async:
 * @question: what is asked; copied
 * @on_chunk: (scope notified) (closure chunk_data): called for each chunk until the callback
 * @chunk_data: for @on_chunk
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks once, and again as official SDKs do when that failed before anything was said.
 */
void
rnl_http_answer_run_async (const RnlHttpQuestion *question,
                           RnlChunkFunc on_chunk,
                           gpointer chunk_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (answer->task, rnl_http_answer_run_async);
  answer->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  answer->question = *question;
  answer->question.body = rnl_request_body_ref (question->body);
  if (question->gate != NULL)
    {
      answer->question.gate = g_object_ref (question->gate);
      answer->gate_id = g_signal_connect_swapped (question->gate, "notify::open",
                                                  G_CALLBACK (follow_gate), answer);
    }
  answer->question.route = rnl_route_ref (question->route);
  answer->protocol = rnl_route_get_protocol (question->route);
  answer->question.path = g_strdup (question->path);
  answer->question.model = g_strdup (question->model);
  answer->body = g_byte_array_new ();
  answer->on_chunk = on_chunk;
  answer->chunk_data = chunk_data;
  answer->filter
    = rnl_chunk_filter_new (rnl_route_get_secrets (question->route), on_chunk, chunk_data);

  send_request (answer);
}

/**
 * rnl_http_answer_run_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether the answer is whole
 */
gboolean
rnl_http_answer_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_http_answer_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
