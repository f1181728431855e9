/* rnl-run-recorder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-recorder.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-run-patcher.h"
#include "rnl-text.h"
#include "rnl-trace-folder.h"

/* A line is on the disk this much later at most, in milliseconds, or when so many bytes wait. */
#define FLUSH_AFTER_MS    200
#define FLUSH_AFTER_BYTES (64 * 1024)

/* What is kept unless told otherwise. */
#define KEEP_FILES 200
#define KEEP_BYTES (256 * 1024 * 1024)

/**
 * RnlRunRecorder:
 *
 * Writes each root run it is shown into a file of its own, `TIME-ID.jsonl`: a JSON Patch of the
 * run's log (see [class@Runnel.RunLog]) a line, the initial state first. The file only grows and is
 * written by a thread; a line waits a fifth of a second at most, so that a program that is killed
 * leaves everything but its last moments. The oldest files make room for new ones.
 *
 * A recording that fails (the disk is full) ends with [signal@Runnel.RunRecorder::failed]; the run
 * knows nothing of it.
 */
struct _RnlRunRecorder
{
  GObject parent_instance;

  /* owned */
  char *folder;
  RnlTraceThread *thread;
  GHashTable *recordings; /* root RnlRun -> Recording */

  RnlTraceLimits limits;
  guint flush_id;
};

typedef struct
{
  /* owned */
  RnlRun *run;
  RnlRunPatcher *patcher;
  RnlTraceFile *file;
  GString *lines;

  gulong event_id;
} Recording;

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRunRecorder, rnl_run_recorder, G_TYPE_OBJECT)

static void
recording_write (Recording *recording, gboolean last)
{
  GString *lines = g_steal_pointer (&recording->lines);

  if (!last)
    recording->lines = g_string_new (NULL);
  rnl_trace_file_write (recording->file, lines, last);
}

/* What is left is written, whether the run is over or not. */
static void
recording_free (Recording *recording)
{
  if (recording->lines != NULL)
    recording_write (recording, TRUE);
  g_clear_signal_handler (&recording->event_id, recording->run);
  rnl_run_patcher_free (recording->patcher);
  rnl_trace_file_unref (recording->file);
  g_object_unref (recording->run);
  g_free (recording);
}

static void
rnl_run_recorder_dispose (GObject *object)
{
  RnlRunRecorder *self = RNL_RUN_RECORDER (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_hash_table_remove_all (self->recordings);
  /* Waits for the disk: what happened until now is kept. */
  g_clear_pointer (&self->thread, rnl_trace_thread_free);

  G_OBJECT_CLASS (rnl_run_recorder_parent_class)->dispose (object);
}

static void
rnl_run_recorder_finalize (GObject *object)
{
  RnlRunRecorder *self = RNL_RUN_RECORDER (object);

  g_hash_table_unref (self->recordings);
  g_free (self->folder);

  G_OBJECT_CLASS (rnl_run_recorder_parent_class)->finalize (object);
}

static void
rnl_run_recorder_class_init (RnlRunRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_run_recorder_dispose;
  object_class->finalize = rnl_run_recorder_finalize;

  /**
   * RnlRunRecorder::failed:
   * @self: a recorder
   * @error: why, naming the file
   *
   * A run is not recorded any further. Emitted on the main thread, once for a run.
   */
  signals[FAILED] = g_signal_new ("failed", RNL_TYPE_RUN_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
file_failed_cb (const GError *error, gpointer user_data)
{
  g_signal_emit (user_data, signals[FAILED], 0, error);
}

static void
rnl_run_recorder_init (RnlRunRecorder *self)
{
  self->limits = (RnlTraceLimits){ KEEP_FILES, KEEP_BYTES };
  self->recordings
    = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) recording_free);
  self->thread = rnl_trace_thread_new (file_failed_cb, self);
}

/**
 * rnl_run_recorder_new:
 * @folder: (nullable): where recordings are kept; `NULL` for `$XDG_DATA_HOME/runnel/traces`
 *
 * Returns: (transfer full): a recorder of nothing yet
 */
RnlRunRecorder *
rnl_run_recorder_new (const char *folder)
{
  RnlRunRecorder *self = g_object_new (RNL_TYPE_RUN_RECORDER, NULL);

  self->folder = folder != NULL ? g_strdup (folder) : rnl_trace_folder_dup_default ();

  return self;
}

/**
 * rnl_run_recorder_set_limits:
 * @self: a recorder
 * @files: how many recordings are kept
 * @bytes: how many bytes all of them may have; one of them a quarter of it
 *
 * The oldest go when a new one begins.
 */
void
rnl_run_recorder_set_limits (RnlRunRecorder *self, guint files, guint64 bytes)
{
  g_return_if_fail (RNL_IS_RUN_RECORDER (self));

  self->limits = (RnlTraceLimits){ files, bytes };
}

/* Recording */

static gboolean
flush_cb (gpointer user_data)
{
  RnlRunRecorder *self = user_data;
  GHashTableIter iter;
  gpointer recording;

  self->flush_id = 0;
  g_hash_table_iter_init (&iter, self->recordings);
  while (g_hash_table_iter_next (&iter, NULL, &recording))
    if (((Recording *) recording)->lines->len > 0)
      recording_write (recording, FALSE);

  return G_SOURCE_REMOVE;
}

static void
append_tree (Recording *recording, const RnlEvent *event)
{
  g_autoptr (JsonNode) patch = rnl_run_patcher_take_event (recording->patcher, event);
  g_autofree char *line = patch != NULL ? rnl_json_to_string (patch, FALSE) : NULL;

  if (line != NULL)
    g_string_append (recording->lines, line);
}

static void
append_patch (RnlRunRecorder *self, Recording *recording, const RnlEvent *event)
{
  if (!rnl_run_patcher_append_text (recording->patcher, event, recording->lines))
    append_tree (recording, event);
  g_string_append_c (recording->lines, '\n');
  if (recording->lines->len >= FLUSH_AFTER_BYTES)
    recording_write (recording, FALSE);
  else if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FLUSH_AFTER_MS, flush_cb, self);
}

static Recording *
begin (RnlRunRecorder *self, RnlRun *root)
{
  Recording *recording = g_new0 (Recording, 1);
  g_autofree char *name
    = rnl_trace_folder_make_name (rnl_run_get_started (root), rnl_run_get_id (root));

  recording->run = g_object_ref (root);
  recording->patcher = rnl_run_patcher_new (root, NULL);
  recording->file = rnl_trace_file_new (self->thread, self->folder, name, &self->limits);
  recording->lines = g_string_new (NULL);
  g_hash_table_insert (self->recordings, root, recording);

  return recording;
}

static void
recorder_event_cb (GObject *source, const RnlEvent *event, RnlRunRecorder *self)
{
  RnlRun *root = rnl_run_get_root (event->run);
  Recording *recording = g_hash_table_lookup (self->recordings, root);

  /* What is replayed was recorded before; what has begun already has no beginning to record. */
  if (event->recorded != NULL
      || (recording == NULL && (event->run != root || event->kind != RNL_EVENT_START))
      || rnl_run_has_tag (root, RNL_RUN_TAG_UNRECORDED))
    return;
  if (recording == NULL)
    recording = begin (self, root);
  append_patch (self, recording, event);
  if (event->run == root && rnl_event_is_terminal (event))
    g_hash_table_remove (self->recordings, root);
}

/**
 * rnl_run_recorder_record:
 * @self: a recorder
 * @run: a root run that has not started
 *
 * Records it and everything inside it.
 */
void
rnl_run_recorder_record (RnlRunRecorder *self, RnlRun *run)
{
  g_return_if_fail (RNL_IS_RUN_RECORDER (self));
  g_return_if_fail (RNL_IS_RUN (run));

  g_signal_connect_object (run, "event", G_CALLBACK (recorder_event_cb), self, 0);
}

/**
 * rnl_run_recorder_observe:
 * @self: a recorder
 * @scope: the application's, a conversation's
 *
 * Records every root run that starts in @scope, or in a scope inside it, from now on, unless it has
 * the tag `RNL_RUN_TAG_UNRECORDED`. The name of
 * its own scope is that of the recording's session.
 */
void
rnl_run_recorder_observe (RnlRunRecorder *self, RnlRunScope *scope)
{
  g_return_if_fail (RNL_IS_RUN_RECORDER (self));
  g_return_if_fail (RNL_IS_RUN_SCOPE (scope));

  g_signal_connect_object (scope, "event", G_CALLBACK (recorder_event_cb), self, 0);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, TRUE);
}

/**
 * rnl_run_recorder_flush_async:
 * @self: a recorder
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when everything that happened until now is written, or has
 *   failed
 * @user_data: for @callback
 *
 * Answers when everything said before is on disk, or cannot be.
 */
void
rnl_run_recorder_flush_async (RnlRunRecorder *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_RUN_RECORDER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_run_recorder_flush_async);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  flush_cb (self);
  rnl_trace_thread_flush_async (self->thread, cancellable, flushed_cb, task);
}

/**
 * rnl_run_recorder_flush_finish:
 * @self: a recorder
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`. What could not be written was told by
 * [signal@Runnel.RunRecorder::failed].
 *
 * Returns: whether the wait came to its end
 */
gboolean
rnl_run_recorder_flush_finish (RnlRunRecorder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_run_recorder_flush_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
