/* rnl-inspected-turn-load.c: a turn out of its recording
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-inspected-turn-private.h"

#include "rnl-run-replay.h"

typedef struct
{
  RnlInspectedTurn *turn; /* borrowed from the task */
  GTask *task;            /* borrowed: whose data this is */
  RnlRunReplay *replay;
  gulong event_id;
} LoadData;

/* Nobody forgot the tree, or began to read it again, meanwhile. */
static gboolean
is_current (LoadData *data)
{
  return data->turn->loading == data->task;
}

static void
stop_listening (LoadData *data)
{
  if (data->event_id != 0)
    g_clear_signal_handler (&data->event_id, rnl_run_replay_get_run (data->replay));
}

static void
load_data_free (LoadData *data)
{
  stop_listening (data);
  g_object_unref (data->replay);
  g_free (data);
}

/* What happened meanwhile comes behind what was read; numbers say what is known already. */
static void
apply_waiting (RnlInspectedTurn *self)
{
  RnlEvent *event;

  self->loading = NULL;
  while ((event = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (self->whole)
        rnl_inspected_turn_apply (self, event);
      rnl_event_free (event);
    }
}

static void
finish (GTask *task, GError *error)
{
  RnlInspectedTurn *self = g_task_get_source_object (task);
  LoadData *data = g_task_get_task_data (task);
  RnlInspectedRun *root;

  stop_listening (data);
  if (!is_current (data))
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The turn was left");
      g_object_unref (task);
      return;
    }
  /* A recording that goes on ends before its run does. */
  if (g_error_matches (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_INTERRUPTED))
    g_clear_error (&error);
  self->whole = error == NULL;
  apply_waiting (self);
  root = rnl_inspected_turn_get_root (self);
  if (root != NULL && !self->alive)
    rnl_inspected_run_interrupt (root);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* That a run is cancelled because its recording stops is not in the recording. */
static void
replayed_cb (RnlRun *root, const RnlEvent *event, LoadData *data)
{
  if (event->recorded != NULL && is_current (data))
    rnl_inspected_turn_apply (data->turn, event);
}

static void
played_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  rnl_run_replay_play_finish (RNL_RUN_REPLAY (source), result, &error);
  finish (user_data, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LoadData *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rnl_run_replay_open_finish (data->replay, result, &error))
    {
      finish (task, error);
      return;
    }
  data->event_id = g_signal_connect (rnl_run_replay_get_run (data->replay), "event",
                                     G_CALLBACK (replayed_cb), data);
  rnl_run_replay_play_async (data->replay, 0, g_task_get_cancellable (task), played_cb, task);
}

static void
open_recording (GTask *task)
{
  LoadData *data = g_task_get_task_data (task);

  rnl_run_replay_open_async (data->replay, g_task_get_cancellable (task), opened_cb, task);
}

/* Whatever became of that, what there is is read. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  open_recording (user_data);
}

/**
 * rnl_inspected_turn_load_async:
 * @self: a turn with a recording, whose tree is not known
 * @recorder: (nullable): who writes it, when it goes on
 * @cancellable: (nullable): to stop it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the recording. What happens in the turn meanwhile is not lost.
 */
void
rnl_inspected_turn_load_async (RnlInspectedTurn *self,
                               RnlRunRecorder *recorder,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LoadData *data = g_new0 (LoadData, 1);

  g_task_set_source_tag (task, rnl_inspected_turn_load_async);
  data->turn = self;
  data->task = task;
  data->replay = rnl_run_replay_new (self->path);
  g_task_set_task_data (task, data, (GDestroyNotify) load_data_free);
  rnl_inspected_turn_forget (self);
  self->loading = task;
  if (self->alive && recorder != NULL)
    rnl_run_recorder_flush_async (recorder, cancellable, flushed_cb, task);
  else
    open_recording (task);
}

/**
 * rnl_inspected_turn_load_finish:
 * @self: a turn
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR`, `RNL_TRACE_ERROR_FORMAT`, `RNL_TRACE_ERROR_NEWER`; what could be read
 * before stands in the tree.
 *
 * Returns: whether the tree is whole
 */
gboolean
rnl_inspected_turn_load_finish (RnlInspectedTurn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
