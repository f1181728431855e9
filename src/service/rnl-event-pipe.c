/* rnl-event-pipe.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-event-pipe.h"

#include "rnl-json-value.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>

/**
 * RnlEventPipe:
 *
 * Writes lines, each a JSON object, or the bare text of an answer, into one end of a socket pair;
 * another program has the other end. Nothing ever waits: what the reader does not take is queued,
 * and a long queue makes the pipe *full*. While it is, the writer should hold what feeds it, and
 * pieces of text that still come are joined into one.
 *
 * The pipe ends itself: when it was ended and is empty, when the reader closes its end, when the
 * reader takes nothing for a minute.
 */
struct _RnlEventPipe
{
  GObject parent_instance;

  /* owned */
  GString *queue;   /* what can be written, from `written` on */
  GString *pending; /* text of `pending_kind` that joined while the pipe was full */

  /* sources */
  guint hang_up_id;
  guint writable_id;
  guint stall_id;

  gsize written;
  guint stall_ms;
  int fd;
  RnlEventPipeText pending_kind;
  gboolean text_only;
  gboolean full;
  gboolean ended;
};

enum
{
  FULL_CHANGED,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlEventPipe, rnl_event_pipe, G_TYPE_OBJECT)

static void
release (RnlEventPipe *self)
{
  g_clear_handle_id (&self->hang_up_id, g_source_remove);
  g_clear_handle_id (&self->writable_id, g_source_remove);
  g_clear_handle_id (&self->stall_id, g_source_remove);
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  self->fd = -1;
}

static void
rnl_event_pipe_finalize (GObject *object)
{
  RnlEventPipe *self = RNL_EVENT_PIPE (object);

  release (self);
  g_string_free (self->queue, TRUE);
  g_string_free (self->pending, TRUE);

  G_OBJECT_CLASS (rnl_event_pipe_parent_class)->finalize (object);
}

static void
rnl_event_pipe_class_init (RnlEventPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_event_pipe_finalize;

  /**
   * RnlEventPipe::full-changed:
   * @self: the pipe
   * @full: whether what feeds it should be held
   */
  signals[FULL_CHANGED] = g_signal_new ("full-changed", RNL_TYPE_EVENT_PIPE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /**
   * RnlEventPipe::closed:
   * @self: the pipe
   * @closing: a #RnlEventPipeClosing
   *
   * The reader gets nothing more. Emitted once, and not after [method@Runnel.EventPipe.close].
   */
  signals[CLOSED] = g_signal_new ("closed", RNL_TYPE_EVENT_PIPE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
rnl_event_pipe_init (RnlEventPipe *self)
{
  self->fd = -1;
  self->stall_ms = RNL_EVENT_PIPE_STALL_MS;
  self->queue = g_string_new (NULL);
  self->pending = g_string_new (NULL);
}

static void
end_by_itself (RnlEventPipe *self, RnlEventPipeClosing closing)
{
  if (self->fd < 0)
    return;
  release (self);
  g_signal_emit (self, signals[CLOSED], 0, closing);
}

/* The queue. */

/* Appends TEXT as the inside of a JSON string. */
static void
append_escaped (GString *line, const char *text)
{
  const char *plain = text;

  for (const char *p = text;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (line, plain, p - plain);
      if (c == '\0')
        return;
      if (c == '"' || c == '\\')
        g_string_append_printf (line, "\\%c", c);
      else if (c == '\n')
        g_string_append (line, "\\n");
      else
        g_string_append_printf (line, "\\u%04x", c);
      plain = p + 1;
    }
}

static void
queue_text (RnlEventPipe *self, RnlEventPipeText kind, const char *text)
{
  static const char *const names[] = { "agent_message_chunk", "agent_thought_chunk" };

  if (self->text_only)
    {
      g_string_append (self->queue, text);
      return;
    }
  g_string_append_printf (self->queue,
                          "{\"sessionUpdate\":\"%s\",\"content\":{\"type\":\"text\",\"text\":\"",
                          names[kind]);
  append_escaped (self->queue, text);
  g_string_append (self->queue, "\"}}\n");
}

static void
queue_pending (RnlEventPipe *self)
{
  if (self->pending->len == 0)
    return;

  queue_text (self, self->pending_kind, self->pending->str);
  /* What grew while the reader slept does not stay. */
  g_string_free (self->pending, TRUE);
  self->pending = g_string_new (NULL);
}

static void
forget_written (RnlEventPipe *self)
{
  if (self->written == self->queue->len)
    {
      g_string_truncate (self->queue, 0);
      self->written = 0;
    }
  else if (self->written > self->queue->len / 2 && self->written > RNL_EVENT_PIPE_LOW_WATER)
    {
      g_string_erase (self->queue, 0, (gssize) self->written);
      self->written = 0;
    }
}

static void
update_full (RnlEventPipe *self)
{
  gsize queued = rnl_event_pipe_get_queued (self);
  gboolean full
    = queued > RNL_EVENT_PIPE_HIGH_WATER || (self->full && queued > RNL_EVENT_PIPE_LOW_WATER);

  if (full == self->full)
    return;
  self->full = full;
  g_signal_emit (self, signals[FULL_CHANGED], 0, full);
}

/* Writing. */

static gboolean
stalled_cb (gpointer user_data)
{
  RnlEventPipe *self = user_data;

  self->stall_id = 0;
  end_by_itself (self, RNL_EVENT_PIPE_STALLED);

  return G_SOURCE_REMOVE;
}

/* Writes what the socket takes; FALSE when the reader is gone. */
static gboolean
write_queue (RnlEventPipe *self)
{
  while (self->written < self->queue->len)
    {
      gssize n = send (self->fd, self->queue->str + self->written, self->queue->len - self->written,
                       MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK;
      self->written += (gsize) n;
      g_clear_handle_id (&self->stall_id, g_source_remove);
    }

  return TRUE;
}

static void flush (RnlEventPipe *self);

static gboolean
writable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (RnlEventPipe) self = g_object_ref (user_data);

  self->writable_id = 0;
  flush (self);

  return G_SOURCE_REMOVE;
}

static void
wait_for_reader (RnlEventPipe *self)
{
  if (self->writable_id == 0)
    self->writable_id = g_unix_fd_add (self->fd, G_IO_OUT, writable_cb, self);
  if (self->stall_id == 0)
    self->stall_id = g_timeout_add (self->stall_ms, stalled_cb, self);
}

static void
flush (RnlEventPipe *self)
{
  if (!write_queue (self))
    {
      end_by_itself (self, RNL_EVENT_PIPE_HANG_UP);
      return;
    }
  forget_written (self);
  if (self->queue->len - self->written <= RNL_EVENT_PIPE_LOW_WATER)
    queue_pending (self);
  update_full (self);
  if (self->fd < 0)
    return;

  if (self->queue->len > 0)
    wait_for_reader (self);
  else if (self->ended)
    end_by_itself (self, RNL_EVENT_PIPE_DRAINED);
}

/* Writes at once when nobody waits for the socket, and looks at the bounds. */
static void
queue_grew (RnlEventPipe *self)
{
  g_autoptr (RnlEventPipe) alive = g_object_ref (self);

  if (self->writable_id == 0)
    flush (self);
  else if (rnl_event_pipe_get_queued (self) > RNL_EVENT_PIPE_MAX_BYTES)
    end_by_itself (self, RNL_EVENT_PIPE_STALLED);
  else
    update_full (self);
}

static gboolean
hang_up_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (RnlEventPipe) self = g_object_ref (user_data);

  self->hang_up_id = 0;
  end_by_itself (self, RNL_EVENT_PIPE_HANG_UP);

  return G_SOURCE_REMOVE;
}

/**
 * rnl_event_pipe_new:
 * @text_only: only the bytes of the answer, no events
 * @reader: (out): the other end; the caller closes it
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR`, when there are no descriptors left.
 *
 * Returns: (transfer full) (nullable): the writing end
 */
RnlEventPipe *
rnl_event_pipe_new (gboolean text_only, int *reader, GError **error)
{
  RnlEventPipe *self;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "No pair of sockets: %s",
                   g_strerror (code));
      return NULL;
    }

  self = g_object_new (RNL_TYPE_EVENT_PIPE, NULL);
  self->text_only = text_only;
  self->fd = fds[0];
  self->hang_up_id = g_unix_fd_add (self->fd, G_IO_HUP | G_IO_ERR, hang_up_cb, self);
  *reader = fds[1];

  return self;
}

/**
 * rnl_event_pipe_set_stall_time:
 * @self: a pipe
 * @milliseconds: how long a reader may take nothing of what waits for it
 */
void
rnl_event_pipe_set_stall_time (RnlEventPipe *self, guint milliseconds)
{
  g_return_if_fail (RNL_IS_EVENT_PIPE (self));

  self->stall_ms = milliseconds;
}

/**
 * rnl_event_pipe_write_text:
 * @self: a pipe; nothing happens when it is closed
 * @kind: what it is a piece of
 * @text: UTF-8, not empty
 */
void
rnl_event_pipe_write_text (RnlEventPipe *self, RnlEventPipeText kind, const char *text)
{
  g_return_if_fail (RNL_IS_EVENT_PIPE (self));

  if (self->fd < 0 || self->ended || (self->text_only && kind != RNL_EVENT_PIPE_ANSWER))
    return;

  if (self->full)
    {
      if (self->pending_kind != kind)
        queue_pending (self);
      self->pending_kind = kind;
      g_string_append (self->pending, text);
    }
  else
    queue_text (self, kind, text);
  queue_grew (self);
}

/**
 * rnl_event_pipe_write_object:
 * @self: a pipe; nothing happens when it is closed, or writes only text
 * @object: a line
 */
void
rnl_event_pipe_write_object (RnlEventPipe *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (RNL_IS_EVENT_PIPE (self));

  if (self->fd < 0 || self->ended || self->text_only)
    return;

  node = json_node_init_object (json_node_alloc (), object);
  line = rnl_json_to_string (node, FALSE);
  queue_pending (self);
  g_string_append (self->queue, line);
  g_string_append_c (self->queue, '\n');
  queue_grew (self);
}

/**
 * rnl_event_pipe_end:
 * @self: a pipe
 *
 * Nothing more will be written; the reader gets the end of file behind what is queued.
 */
void
rnl_event_pipe_end (RnlEventPipe *self)
{
  g_return_if_fail (RNL_IS_EVENT_PIPE (self));

  if (self->fd < 0 || self->ended)
    return;

  queue_pending (self);
  self->ended = TRUE;
  queue_grew (self);
}

/**
 * rnl_event_pipe_close:
 * @self: a pipe
 *
 * Ends it at once, whatever is queued, and says nothing.
 */
void
rnl_event_pipe_close (RnlEventPipe *self)
{
  g_return_if_fail (RNL_IS_EVENT_PIPE (self));

  release (self);
}

gboolean
rnl_event_pipe_is_full (RnlEventPipe *self)
{
  g_return_val_if_fail (RNL_IS_EVENT_PIPE (self), FALSE);

  return self->full;
}

gboolean
rnl_event_pipe_is_closed (RnlEventPipe *self)
{
  g_return_val_if_fail (RNL_IS_EVENT_PIPE (self), TRUE);

  return self->fd < 0;
}

/**
 * rnl_event_pipe_get_queued:
 * @self: a pipe
 *
 * Returns: bytes the reader has not been given yet
 */
gsize
rnl_event_pipe_get_queued (RnlEventPipe *self)
{
  g_return_val_if_fail (RNL_IS_EVENT_PIPE (self), 0);

  return self->queue->len - self->written + self->pending->len;
}
