/* rnl-run-replay.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-replay.h"

#include "rnl-json-value.h"
#include "rnl-ndjson-parser.h"
#include "rnl-run-log-reader.h"

#define READ_BYTES (32 * 1024)

/* Others get their turn of the main loop after so many microseconds. */
#define TURN_US 5000

/* A pause is never longer, whatever the file says, in milliseconds. */
#define MAX_PAUSE_MS (24 * 60 * 60 * 1000)

/**
 * RnlRunReplay:
 *
 * A file that [class@Runnel.RunRecorder] wrote, as a run: the same tree, the same events with the
 * same ids, numbers, times and data, through the same signals, at any speed. Nothing is asked of a
 * model or a tool again.
 *
 * Open it, connect to its run, play it.
 */
struct _RnlRunReplay
{
  GObject parent_instance;

  /* owned */
  char *path;
  GInputStream *stream;
  RnlNdjsonParser *parser;
  RnlRunLogReader *reader;
  RnlRun *run;
  GQueue lines;   /* of GBytes: read and not yet played */
  JsonNode *next; /* the first of them, parsed */
  GTask *task;    /* the call that is under way */
  char *buffer;

  guint64 line; /* number of @next, from 1 */
  double speed;
  gint64 first_time;
  gint64 began;
  GSource *wait;
  GSource *cancel_watch;
  gulong gate_id;
  gboolean at_end;
};

G_DEFINE_FINAL_TYPE (RnlRunReplay, rnl_run_replay, G_TYPE_OBJECT)

static void pump (RnlRunReplay *self);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
rnl_run_replay_finalize (GObject *object)
{
  RnlRunReplay *self = RNL_RUN_REPLAY (object);

  /* A call under way holds a reference, so there is none, and no source either. */
  g_free (self->path);
  g_free (self->buffer);
  g_clear_object (&self->stream);
  g_clear_object (&self->run);
  g_clear_pointer (&self->next, json_node_unref);
  g_queue_clear_full (&self->lines, (GDestroyNotify) g_bytes_unref);
  rnl_ndjson_parser_free (self->parser);
  rnl_run_log_reader_free (self->reader);

  G_OBJECT_CLASS (rnl_run_replay_parent_class)->finalize (object);
}

static void
rnl_run_replay_class_init (RnlRunReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_run_replay_finalize;
}

static void
rnl_run_replay_init (RnlRunReplay *self)
{
  self->parser = rnl_ndjson_parser_new ();
  self->reader = rnl_run_log_reader_new ();
  self->buffer = g_malloc (READ_BYTES);
  self->first_time = -1;
}

/**
 * rnl_run_replay_new:
 * @path: (type filename): a recording
 *
 * Returns: (transfer full): its replay, which has read nothing yet
 */
RnlRunReplay *
rnl_run_replay_new (const char *path)
{
  RnlRunReplay *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (RNL_TYPE_RUN_REPLAY, NULL);
  self->path = g_strdup (path);

  return self;
}

/**
 * rnl_run_replay_get_run:
 * @self: a replay
 *
 * Returns: (transfer none) (nullable): the root run; `NULL` before the replay is open
 */
RnlRun *
rnl_run_replay_get_run (RnlRunReplay *self)
{
  g_return_val_if_fail (RNL_IS_RUN_REPLAY (self), NULL);

  return self->run;
}

/* The end of a call. */

static void
stop_watching_gate (RnlRunReplay *self)
{
  if (self->gate_id != 0)
    g_clear_signal_handler (&self->gate_id, rnl_run_get_gate (self->run));
}

static GTask *
take_task (RnlRunReplay *self)
{
  stop_watching_gate (self);
  clear_source (&self->wait);
  clear_source (&self->cancel_watch);

  return g_steal_pointer (&self->task);
}

static void
succeed (RnlRunReplay *self)
{
  g_autoptr (GTask) task = take_task (self);

  g_task_return_boolean (task, TRUE);
}

/* Runs that have started end, whatever became of the file. */
static void
give_up (RnlRunReplay *self, GError *error)
{
  g_autoptr (GTask) task = take_task (self);

  rnl_run_log_reader_end (self->reader);
  g_task_return_error (task, error);
}

static void
give_up_at_line (RnlRunReplay *self, GError *error)
{
  if (g_error_matches (error, RNL_NET_ERROR, RNL_NET_ERROR_TOO_LARGE))
    {
      g_clear_error (&error);
      error = g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT,
                           "the line is longer than %d bytes", RNL_NDJSON_PARSER_MAX_LINE);
    }
  g_prefix_error (&error, "%s, line %" G_GUINT64_FORMAT ": ", self->path, self->line);
  give_up (self, error);
}

static void
play_to_end (RnlRunReplay *self)
{
  if (self->run == NULL)
    give_up (self, g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT,
                                "%s, line 1: there is no log of a run in it", self->path));
  else if (rnl_run_log_reader_end (self->reader))
    succeed (self);
  else
    give_up (self, g_error_new (RNL_TRACE_ERROR, RNL_TRACE_ERROR_INTERRUPTED,
                                "%s ends after line %" G_GUINT64_FORMAT
                                ", before its run does: it was interrupted",
                                self->path, self->line));
}

/* Reading */

static gboolean
keep_line (const char *line, gsize length, gpointer user_data, GError **error)
{
  RnlRunReplay *self = user_data;

  g_queue_push_tail (&self->lines, g_bytes_new (line, length));

  return TRUE;
}

/* A last line without an end is torn, unless it is a whole value all the same. */
static gboolean
keep_last_line (const char *line, gsize length, gpointer user_data, GError **error)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (line, (gssize) length, NULL);

  return node == NULL || keep_line (line, length, user_data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlRunReplay) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->at_end = n == 0;
  if (n > 0)
    rnl_ndjson_parser_feed (self->parser, self->buffer, (gsize) n, keep_line, self, &error);
  else if (n == 0)
    rnl_ndjson_parser_end (self->parser, keep_last_line, self, &error);

  if (error == NULL)
    pump (self);
  else if (n < 0)
    give_up (self, g_steal_pointer (&error));
  else
    {
      self->line += g_queue_get_length (&self->lines) + 1;
      give_up_at_line (self, g_steal_pointer (&error));
    }
}

static void
read_more (RnlRunReplay *self)
{
  g_input_stream_read_async (self->stream, self->buffer, READ_BYTES, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (self->task), read_cb, g_object_ref (self));
}

static gboolean
parse_next (RnlRunReplay *self, GError **error)
{
  g_autoptr (GBytes) line = g_queue_pop_head (&self->lines);
  gsize length;
  const char *text = g_bytes_get_data (line, &length);

  self->line++;
  self->next = rnl_json_strict_parse (text, (gssize) length, error);

  return self->next != NULL;
}

/* Playing */

static gboolean
wait_cb (gpointer user_data)
{
  RnlRunReplay *self = user_data;

  clear_source (&self->wait);
  pump (self);

  return G_SOURCE_REMOVE;
}

static void
wait_ms (RnlRunReplay *self, guint ms)
{
  self->wait = ms == 0 ? g_idle_source_new () : g_timeout_source_new (ms);
  g_source_set_priority (self->wait, ms == 0 ? G_PRIORITY_DEFAULT_IDLE : G_PRIORITY_DEFAULT);
  g_source_set_name (self->wait, "rnl-run-replay");
  g_source_set_callback (self->wait, wait_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->wait, g_task_get_context (self->task));
}

static void
gate_opened_cb (RnlRunReplay *self)
{
  stop_watching_gate (self);
  if (self->wait == NULL)
    wait_ms (self, 0);
}

/* A reader that cannot keep up holds the run: nothing happens until it lets go. */
static gboolean
is_held (RnlRunReplay *self)
{
  RnlGate *gate = self->run != NULL ? rnl_run_get_gate (self->run) : NULL;

  if (gate == NULL || rnl_gate_is_open (gate))
    return FALSE;
  if (self->gate_id == 0)
    self->gate_id
      = g_signal_connect_swapped (gate, "notify::open", G_CALLBACK (gate_opened_cb), self);

  return TRUE;
}

/* How long the next event has to wait, in microseconds. */
static gint64
pause_before_next (RnlRunReplay *self)
{
  gint64 time = rnl_run_log_peek_time (self->next);

  if (self->speed <= 0 || time < 0)
    return 0;
  if (self->first_time < 0)
    {
      self->first_time = time;
      self->began = g_get_monotonic_time ();
    }

  return (gint64) MIN ((double) (time - self->first_time) / self->speed, 1e15) + self->began
         - g_get_monotonic_time ();
}

static gboolean
is_open_call (RnlRunReplay *self)
{
  return g_task_get_source_tag (self->task) == rnl_run_replay_open_async;
}

static void
open_with_next (RnlRunReplay *self)
{
  GError *error = NULL;
  RnlRun *run = rnl_run_log_reader_begin (self->reader, self->next, &error);

  if (run == NULL)
    {
      give_up_at_line (self, error);
      return;
    }
  self->run = g_object_ref (run);
  succeed (self);
}

/* Returns: whether the next event can be played at once. */
static gboolean
play_next (RnlRunReplay *self)
{
  g_autoptr (JsonNode) patch = NULL;
  gint64 pause = pause_before_next (self);
  GError *error = NULL;

  if (pause > 0)
    {
      wait_ms (self, (guint) CLAMP ((pause + 999) / 1000, 1, MAX_PAUSE_MS));
      return FALSE;
    }
  patch = g_steal_pointer (&self->next);
  if (rnl_run_log_reader_feed (self->reader, patch, &error))
    return TRUE;
  give_up_at_line (self, error);

  return FALSE;
}

/* Plays what is due, and reads when there is nothing left to play. */
static void
pump (RnlRunReplay *self)
{
  gint64 turn_end = g_get_monotonic_time () + TURN_US;
  GError *error = NULL;

  do
    {
      if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (self->task), &error))
        {
          give_up (self, error);
          return;
        }
      if (self->next == NULL && g_queue_is_empty (&self->lines))
        {
          if (self->at_end)
            play_to_end (self);
          else
            read_more (self);
          return;
        }
      if (self->next == NULL && !parse_next (self, &error))
        {
          give_up_at_line (self, error);
          return;
        }
      if (is_open_call (self))
        {
          open_with_next (self);
          return;
        }
      if (is_held (self) || !play_next (self))
        return;
    }
  while (g_get_monotonic_time () < turn_end);

  wait_ms (self, 0);
}

/* Calls */

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  RnlRunReplay *self = user_data;

  /* A read under way reports by itself. */
  if (self->wait != NULL || self->gate_id != 0)
    {
      clear_source (&self->wait);
      pump (self);
    }

  return G_SOURCE_REMOVE;
}

static GTask *
begin_call (RnlRunReplay *self,
            gpointer tag,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tag);
  if (cancellable != NULL)
    {
      self->cancel_watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_watch, G_SOURCE_FUNC (cancelled_cb), g_object_ref (self),
                             g_object_unref);
      g_source_attach (self->cancel_watch, g_task_get_context (self->task));
    }

  return self->task;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlRunReplay) self = user_data;
  GError *error = NULL;

  self->stream = G_INPUT_STREAM (g_file_read_finish (G_FILE (source), result, &error));
  if (self->stream == NULL)
    give_up (self, error);
  else
    read_more (self);
}

/**
 * rnl_run_replay_open_async:
 * @self: a replay that was not opened
 * @cancellable: (nullable): to stop it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the beginning of the file. Then [method@Runnel.RunReplay.get_run] has a run to connect to,
 * which has not started.
 */
void
rnl_run_replay_open_async (RnlRunReplay *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (RNL_IS_RUN_REPLAY (self));
  g_return_if_fail (self->task == NULL && self->stream == NULL);

  file = g_file_new_for_path (self->path);
  begin_call (self, rnl_run_replay_open_async, cancellable, callback, user_data);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, opened_cb, g_object_ref (self));
}

/**
 * rnl_run_replay_open_finish:
 * @self: a replay
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR` when the file cannot be read; `RNL_TRACE_ERROR_FORMAT` and
 * `RNL_TRACE_ERROR_NEWER`, naming the line.
 *
 * Returns: whether it can be played
 */
gboolean
rnl_run_replay_open_finish (RnlRunReplay *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_run_replay_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_run_replay_play_async:
 * @self: a replay that is open and was not played
 * @speed: 1 for the pauses that there were, 10 for ten times as fast, 0 for no pauses
 * @cancellable: (nullable): to stop it; runs that have started are cancelled then
 * @callback: (scope async): called when the last event was emitted
 * @user_data: for @callback
 *
 * Lets the run happen. The main loop has its turns in between whatever the speed.
 */
void
rnl_run_replay_play_async (RnlRunReplay *self,
                           double speed,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (RNL_IS_RUN_REPLAY (self));
  g_return_if_fail (self->task == NULL && self->next != NULL);

  self->speed = speed;
  begin_call (self, rnl_run_replay_play_async, cancellable, callback, user_data);
  wait_ms (self, 0);
}

/**
 * rnl_run_replay_play_finish:
 * @self: a replay
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_TRACE_ERROR_INTERRUPTED` when the file ends before its run does: everything in it
 * was played, and the runs that were alive were cancelled; `RNL_TRACE_ERROR_FORMAT`, naming the
 * line; `G_IO_ERROR`.
 *
 * Returns: whether the run happened to its end
 */
gboolean
rnl_run_replay_play_finish (RnlRunReplay *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_run_replay_play_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
