/* rnl-http-stream.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-stream.h"

#include "rnl-http-body-private.h"
#include "rnl-http-error-private.h"
#include "rnl-http-session.h"

/* What is given to the data function at most. */
#define PIECE_BYTES (16 * 1024)

struct _RnlHttpStream
{
  gatomicrefcount refs;

  /* owned */
  GTask *task;
  SoupMessage *message;
  GInputStream *body;
  GCancellable *stop;
  RnlHttpStreamOptions options;

  /* borrowed */
  RnlHttpHeadFunc head;
  RnlHttpDataFunc data;
  gpointer user_data;

  /* sources and handlers */
  GSource *read_source;
  GSource *timeout_source;
  GSource *cancel_source;
  gulong starting_id;

  guint64 n_bytes;
  gint64 last_turn;
  gint64 busy_us; /* since the last rest */
  gsize held;
  gboolean connected;
  gboolean paused;
  gboolean polls;
  gboolean reading;
  gboolean in_data;
  gboolean done;

  char piece[PIECE_BYTES];
};

static void read_some (RnlHttpStream *self);

static RnlHttpStream *
stream_ref (RnlHttpStream *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

static void
stream_unref (gpointer data)
{
  RnlHttpStream *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->body);
  g_clear_object (&self->message);
  g_clear_object (&self->stop);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlHttpStream, stream_unref)

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (RnlHttpStream *self, GSource *source, int priority, GSourceFunc callback)
{
  g_source_set_priority (source, priority);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_task_get_context (self->task));

  return source;
}

/* Ends the run, once. Nothing of ours is called afterwards. */
static void
finish (RnlHttpStream *self, GError *error)
{
  g_autoptr (GTask) task = NULL;

  g_assert (!self->done);
  self->done = TRUE;
  clear_source (&self->read_source);
  clear_source (&self->timeout_source);
  clear_source (&self->cancel_source);
  g_clear_signal_handler (&self->starting_id, self->message);
  /* Ends what libsoup is still doing, and with it the connection. */
  if (error != NULL)
    g_cancellable_cancel (self->stop);
  if (self->body != NULL && !self->reading)
    g_input_stream_close_async (self->body, G_PRIORITY_DEFAULT, NULL, NULL, NULL);

  task = g_steal_pointer (&self->task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
fail (RnlHttpStream *self, GError *error)
{
  finish (self, rnl_http_error_describe (error, self->message, self->body != NULL, self->n_bytes));
}

/* libsoup says that there is no more. */
static void
end_of_body (RnlHttpStream *self)
{
  if (rnl_http_body_is_truncated (self->message, self->body))
    fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                     "the last chunk did not come"));
  else
    finish (self, NULL);
}

static gboolean
return_if_cancelled (RnlHttpStream *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (self->task), &error))
    return FALSE;
  finish (self, g_steal_pointer (&error));

  return TRUE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = stream_ref (user_data);

  (void) return_if_cancelled (self);

  return G_SOURCE_REMOVE;
}

/* Silence */

static guint
timeout_ms (RnlHttpStream *self)
{
  return self->connected ? self->options.idle_timeout_ms : self->options.connect_timeout_ms;
}

static gboolean
timeout_cb (gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = stream_ref (user_data);

  finish (self, rnl_http_error_timeout (self->message, self->connected, timeout_ms (self)));

  return G_SOURCE_REMOVE;
}

static void
restart_timeout (RnlHttpStream *self)
{
  g_source_set_ready_time (
    self->timeout_source,
    self->paused ? -1 : g_get_monotonic_time () + (gint64) timeout_ms (self) * 1000);
}

static gboolean
is_secure (SoupMessage *message)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");
}

/* libsoup (3.2) puts the name and password for the proxy into the request itself, too. In the clear
 * that is for the proxy to read; inside of a tunnel it would be the server. */
static void
keep_from_server (SoupMessage *message)
{
  if (is_secure (message))
    soup_message_headers_remove (soup_message_get_request_headers (message), "Proxy-Authorization");
}

/* The request begins on a connection, new or kept. */
static void
starting_cb (RnlHttpStream *self)
{
  keep_from_server (self->message);
  self->connected = TRUE;
  restart_timeout (self);
}

/* The body */

/* Gives one piece on. FALSE when there is no more to be read now. */
static gboolean
give_piece (RnlHttpStream *self, gsize n)
{
  GError *error = NULL;
  gboolean ok;

  self->n_bytes += n;
  self->in_data = TRUE;
  ok = self->data (self->piece, n, self->user_data, &error);
  self->in_data = FALSE;
  if (return_if_cancelled (self))
    {
      g_clear_error (&error);
      return FALSE;
    }
  if (!ok)
    {
      finish (self, error);
      return FALSE;
    }

  return !self->paused;
}

/* What follows a turn of reading. */
typedef enum
{
  NEXT_NOTHING,
  NEXT_TURN,
  NEXT_WAIT,
} Next;

/* Work counts until there was a rest, so that many short turns are no way around it. */
static Next
end_turn (RnlHttpStream *self, gint64 start, gboolean more)
{
  self->last_turn = g_get_monotonic_time ();
  self->busy_us += self->last_turn - start;
  restart_timeout (self);

  return more || self->busy_us >= RNL_HTTP_STREAM_TURN_US ? NEXT_TURN : NEXT_WAIT;
}

/* The timeout is set once a turn, because it costs a system call. */
static Next
read_turn (RnlHttpStream *self)
{
  gint64 start = g_get_monotonic_time ();
  gint64 end;
  guint64 end_bytes = self->n_bytes + RNL_HTTP_STREAM_TURN_BYTES;

  if (start - self->last_turn >= RNL_HTTP_STREAM_REST_MS * 1000)
    self->busy_us = 0;
  end = start + RNL_HTTP_STREAM_TURN_US - self->busy_us;
  while (!return_if_cancelled (self))
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (
        G_POLLABLE_INPUT_STREAM (self->body), self->piece, sizeof self->piece, NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return end_turn (self, start, FALSE);
      if (n < 0)
        fail (self, g_steal_pointer (&error));
      else if (n == 0)
        end_of_body (self);
      if (n <= 0 || !give_piece (self, (gsize) n))
        break;
      if (self->n_bytes >= end_bytes || g_get_monotonic_time () >= end)
        return end_turn (self, start, TRUE);
    }

  return NEXT_NOTHING;
}

static gboolean turn_cb (gpointer user_data);

static void
rest (RnlHttpStream *self)
{
  self->read_source = attach (self, g_timeout_source_new (RNL_HTTP_STREAM_REST_MS),
                              RNL_HTTP_STREAM_PRIORITY, turn_cb);
}

/* The body has something to read, or has ended. This source is made only when a read has just said
 * that there is nothing: made while libsoup has bytes in its buffers it would be ready for ever,
 * and made after the last byte, before the end was read, never. */
static gboolean
readable_cb (GPollableInputStream *body, gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = stream_ref (user_data);
  Next next = read_turn (self);

  if (next == NEXT_WAIT)
    return G_SOURCE_CONTINUE;
  clear_source (&self->read_source);
  if (next == NEXT_TURN)
    rest (self);

  return G_SOURCE_REMOVE;
}

static gboolean
turn_cb (gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = stream_ref (user_data);
  Next next = read_turn (self);

  clear_source (&self->read_source);
  if (next == NEXT_TURN)
    rest (self);
  else if (next == NEXT_WAIT)
    self->read_source = attach (
      self, g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->body), NULL),
      RNL_HTTP_STREAM_PRIORITY, G_SOURCE_FUNC (readable_cb));

  return G_SOURCE_REMOVE;
}

/* Gives the piece that came while the stream was paused. */
static gboolean
held_cb (gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = stream_ref (user_data);
  gsize n = self->held;

  clear_source (&self->read_source);
  self->held = 0;
  if (!return_if_cancelled (self) && give_piece (self, n))
    read_some (self);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (self->done)
    {
      /* The read was in the way of closing. */
      g_input_stream_close_async (self->body, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }
  if (return_if_cancelled (self))
    return;
  if (n > 0 && self->paused)
    {
      self->held = (gsize) n;
    }
  else if (n > 0)
    {
      if (give_piece (self, (gsize) n))
        read_some (self);
    }
  else if (n == 0)
    {
      end_of_body (self);
    }
  else
    {
      fail (self, g_steal_pointer (&error));
    }
}

static void
read_some (RnlHttpStream *self)
{
  if (self->held > 0 || self->polls)
    {
      self->read_source = attach (self, g_idle_source_new (), RNL_HTTP_STREAM_PRIORITY,
                                  self->held > 0 ? held_cb : turn_cb);
      return;
    }
  restart_timeout (self);
  self->reading = TRUE;
  g_input_stream_read_async (self->body, self->piece, sizeof self->piece, RNL_HTTP_STREAM_PRIORITY,
                             self->stop, read_cb, stream_ref (self));
}

/* Reading without a task for each piece is for HTTP/1 connections, which poll their socket. */
static gboolean
can_poll (RnlHttpStream *self)
{
  return soup_message_get_http_version (self->message) != SOUP_HTTP_2_0
         && G_IS_POLLABLE_INPUT_STREAM (self->body)
         && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (self->body));
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlHttpStream) self = user_data;
  g_autoptr (GError) error = NULL;

  self->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->done)
    {
      if (self->body != NULL)
        g_input_stream_close_async (self->body, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }
  if (return_if_cancelled (self))
    return;
  if (self->body == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  if (!self->connected)
    {
      finish (self, rnl_http_error_proxy (self->message));
      return;
    }

  self->polls = can_poll (self);
  restart_timeout (self);
  self->in_data = TRUE;
  if (self->head != NULL)
    self->head (self->message, self->user_data);
  self->in_data = FALSE;
  if (!return_if_cancelled (self) && !self->paused)
    read_some (self);
}

/**
 * rnl_http_stream_run_async:
 * @session: a session, see [func@http_session_new]
 * @message: what to send
 * @options: (nullable): time limits
 * @head: (nullable) (scope async): called when the status is there
 * @data: (scope async): called for each piece of the body, whatever the status is
 * @data_user_data: closure for @head and @data
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called exactly once, after everything else
 * @user_data: closure for @callback
 *
 * Sends a request and hands its answer on as it comes, at most `RNL_HTTP_STREAM_TURN_BYTES` and
 * about `RNL_HTTP_STREAM_TURN_US` microseconds in one turn of the main loop. While nothing comes
 * nothing wakes up. All functions are called on the main context that is the thread's default now.
 *
 * Redirects are followed unless @message says otherwise; a message with a key in its headers
 * should.
 *
 * Returns: (transfer none): the stream, for pausing; valid until @callback is called
 */
RnlHttpStream *
rnl_http_stream_run_async (SoupSession *session,
                           SoupMessage *message,
                           const RnlHttpStreamOptions *options,
                           RnlHttpHeadFunc head,
                           RnlHttpDataFunc data,
                           gpointer data_user_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RnlHttpStream *self;

  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  self = g_new0 (RnlHttpStream, 1);
  g_atomic_ref_count_init (&self->refs);
  self->message = g_object_ref (message);
  self->stop = g_cancellable_new ();
  self->head = head;
  self->data = data;
  self->user_data = data_user_data;
  if (options != NULL)
    self->options = *options;
  if (self->options.connect_timeout_ms == 0)
    self->options.connect_timeout_ms = RNL_HTTP_STREAM_CONNECT_TIMEOUT_MS;
  if (self->options.idle_timeout_ms == 0)
    self->options.idle_timeout_ms = RNL_HTTP_STREAM_IDLE_TIMEOUT_MS;

  self->task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rnl_http_stream_run_async);
  /* The task lives until the callback, and the stream as long as the task. */
  g_task_set_task_data (self->task, stream_ref (self), stream_unref);

  if (cancellable != NULL)
    self->cancel_source = attach (self, g_cancellable_source_new (cancellable), G_PRIORITY_DEFAULT,
                                  G_SOURCE_FUNC (cancelled_cb));
  /* Behind reading: after a long stop of the main loop, what has come counts. */
  self->timeout_source = attach (self, g_timeout_source_new (timeout_ms (self)),
                                 RNL_HTTP_STREAM_PRIORITY + 10, timeout_cb);
  self->starting_id = g_signal_connect_data (message, "starting", G_CALLBACK (starting_cb), self,
                                             NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (is_secure (message))
    rnl_http_session_ensure_trust (session);
  soup_session_send_async (session, message, RNL_HTTP_STREAM_PRIORITY, self->stop, send_cb, self);

  return self;
}

/**
 * rnl_http_stream_run_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_NETWORK` when there was no connection or it broke (also when the
 * body was shorter than it should be), `RNL_PROVIDER_ERROR_TIMEOUT`, `RNL_PROVIDER_ERROR_PROTOCOL`
 * when the answer is not HTTP, `G_IO_ERROR_CANCELLED`, or what the data function gave.
 *
 * Returns: whether the whole body has come; its status may still be an error
 */
gboolean
rnl_http_stream_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_http_stream_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_http_stream_pause:
 * @self: a stream whose callback was not called
 *
 * Reads nothing until [method@HttpStream.resume], so that the server has to wait when the buffers
 * in between are full. May be called by the data function: it is not called again then.
 */
void
rnl_http_stream_pause (RnlHttpStream *self)
{
  if (self->done || self->paused)
    return;
  self->paused = TRUE;
  restart_timeout (self);
  if (!self->in_data)
    clear_source (&self->read_source);
}

/**
 * rnl_http_stream_resume:
 * @self: a stream whose callback was not called
 *
 * Goes on after a pause.
 */
void
rnl_http_stream_resume (RnlHttpStream *self)
{
  if (self->done || !self->paused)
    return;
  self->paused = FALSE;
  restart_timeout (self);
  if (self->body != NULL && !self->in_data && !self->reading && self->read_source == NULL)
    read_some (self);
}
