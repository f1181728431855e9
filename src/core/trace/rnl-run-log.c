/* rnl-run-log.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log.h"

#include "rnl-json-patch.h"
#include "rnl-run-patcher.h"

/**
 * RnlRunLog:
 *
 * A run, and everything inside it, as one JSON document that grows: the state, and for each event
 * the JSON Patch that brings it up to date. It is LangChain's `astream_log`, with additions.
 *
 * The state of the root is `{id, name, type, streamed_output: [...], final_output, logs: {KEY:
 * entry}}`; an entry has the same members, no `logs`, and both have `tags`, `metadata`,
 * `parent_ids`, `start_time`, `end_time`, `streamed_output_str` (the text of each chunk of a
 * model), `inputs` once they are known, and of ours `status` (running, finished, failed,
 * cancelled), `error`, `tool_call_id`, `blocks`, `custom_events`, `duration_us`,
 * `time_to_first_token_us` and `usage`. A key is the name of a run, `NAME:2` for the second of that
 * name; in a path `~` and `/` of it are escaped.
 *
 * The root has one more member, `trace: {version, program, question?, session?}`: of which format
 * this is, and what a list of logs shows. Of a log that begins after its run it is not there.
 *
 * What streams is in `streamed_output`, chunk by chunk; that of an agent is its answer, piece by
 * piece, added in the patch of the model's chunk. `final_output` is `null` until the run is
 * over and is then set once, so that a patch costs what its event costs however long the answer is.
 *
 * The last operation of a patch has two members that JSON Patch ignores: `seq` and `time` (in
 * microseconds since 1970) of its event.
 */
struct _RnlRunLog
{
  GObject parent_instance;

  /* owned */
  RnlRun *run;
  RnlEventFilter *filter;
  RnlRunPatcher *patcher;
  JsonNode *state;

  gulong event_id;
};

enum
{
  PATCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRunLog, rnl_run_log, G_TYPE_OBJECT)

static void
rnl_run_log_dispose (GObject *object)
{
  RnlRunLog *self = RNL_RUN_LOG (object);

  if (self->run != NULL)
    g_clear_signal_handler (&self->event_id, self->run);
  g_clear_pointer (&self->patcher, rnl_run_patcher_free);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (rnl_run_log_parent_class)->dispose (object);
}

static void
rnl_run_log_finalize (GObject *object)
{
  RnlRunLog *self = RNL_RUN_LOG (object);

  g_clear_pointer (&self->filter, rnl_event_filter_free);
  g_clear_pointer (&self->state, json_node_unref);

  G_OBJECT_CLASS (rnl_run_log_parent_class)->finalize (object);
}

static void
rnl_run_log_class_init (RnlRunLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_run_log_dispose;
  object_class->finalize = rnl_run_log_finalize;

  /**
   * RnlRunLog::patch:
   * @self: a log
   * @patch: a JSON Patch, an array; it shares nothing with the state, and may be kept
   *
   * The log has grown; the state has this patch already. Emitted on the main thread, in the order
   * of the events.
   */
  signals[PATCH] = g_signal_new ("patch", RNL_TYPE_RUN_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rnl_run_log_init (RnlRunLog *self)
{
}

static void
log_event_cb (RnlRun *run, const RnlEvent *event, RnlRunLog *self)
{
  g_autoptr (JsonNode) patch = rnl_run_patcher_take_event (self->patcher, event);
  g_autoptr (GError) error = NULL;

  if (patch == NULL)
    return;
  if (!rnl_run_log_apply (&self->state, patch, &error))
    g_critical ("a patch does not fit the state of its run: %s", error->message);
  g_signal_emit (self, signals[PATCH], 0, patch);
}

/**
 * rnl_run_log_new:
 * @run: a run, better one that has not started
 * @filter: (nullable): which of the runs inside it are in the log, `NULL` for all; @run always is
 *
 * Returns: (transfer full): the log of @run, which grows with its events
 */
RnlRunLog *
rnl_run_log_new (RnlRun *run, const RnlEventFilter *filter)
{
  RnlRunLog *self;

  g_return_val_if_fail (RNL_IS_RUN (run), NULL);

  self = g_object_new (RNL_TYPE_RUN_LOG, NULL);
  self->run = g_object_ref (run);
  if (filter != NULL)
    self->filter = rnl_event_filter_copy (filter);
  self->patcher = rnl_run_patcher_new (run, self->filter);
  self->event_id = g_signal_connect (run, "event", G_CALLBACK (log_event_cb), self);

  return self;
}

/**
 * rnl_run_log_get_run:
 * @self: a log
 *
 * Returns: (transfer none): the run it is about
 */
RnlRun *
rnl_run_log_get_run (RnlRunLog *self)
{
  g_return_val_if_fail (RNL_IS_RUN_LOG (self), NULL);

  return self->run;
}

/**
 * rnl_run_log_get_state:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the state as it is now; `NULL` before the first event. It
 *   goes on to grow: who keeps it copies it
 */
JsonNode *
rnl_run_log_get_state (RnlRunLog *self)
{
  g_return_val_if_fail (RNL_IS_RUN_LOG (self), NULL);

  return self->state;
}

/**
 * rnl_run_log_apply:
 * @state: (inout) (nullable): the state of a log, `NULL` before its first patch
 * @patch: the next patch; nothing of it is shared with @state afterwards
 * @error: return location for an error
 *
 * Brings a state up to date, at the cost of what the patch adds.
 *
 * Errors: `RNL_JSON_ERROR_PATCH` when @patch does not fit @state.
 *
 * Returns: whether it was applied
 */
gboolean
rnl_run_log_apply (JsonNode **state, JsonNode *patch, GError **error)
{
  return rnl_json_patch_apply_in_place (state, patch, error);
}
