/* rnl-flow.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-flow-struct-private.h"

#include "rnl-run-current.h"
#include "rnl-value.h"

/**
 * RnlFlow:
 *
 * One execution of a [class@Runnel.Runnable]: its run, its output as it comes, and its end.
 *
 * What a runnable is given to answer through: [method@Runnel.Flow.emit] for each piece of output,
 * then [method@Runnel.Flow.end] or [method@Runnel.Flow.fail] once. What comes after that is
 * dropped, so a late answer does no harm.
 *
 * The flows of the steps are children of the pipeline's: who ends takes its children with it.
 */

enum
{
  OUTPUT,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlFlow, rnl_flow, G_TYPE_OBJECT)

static void
abandon (RnlFlow *self)
{
  if (self->over)
    return;

  self->over = TRUE;
  for (guint i = self->children->len; i > 0; i--)
    abandon (g_ptr_array_index (self->children, i - 1));
  rnl_run_cancel (self->run);
  g_cancellable_cancel (self->cancellable);
  if (self->loop != NULL)
    rnl_run_loop_close (self->loop);
}

static void
rnl_flow_dispose (GObject *object)
{
  RnlFlow *self = RNL_FLOW (object);

  abandon (self);
  for (guint i = 0; i < self->children->len; i++)
    ((RnlFlow *) g_ptr_array_index (self->children, i))->outer = NULL;
  g_ptr_array_set_size (self->children, 0);

  G_OBJECT_CLASS (rnl_flow_parent_class)->dispose (object);
}

static void
rnl_flow_finalize (GObject *object)
{
  RnlFlow *self = RNL_FLOW (object);

  if (self->destroy_state != NULL)
    self->destroy_state (self->state);
  g_clear_pointer (&self->sum, rnl_value_sum_free);
  g_clear_pointer (&self->output, json_node_unref);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->children);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->loop, rnl_run_loop_unref);
  g_clear_pointer (&self->around, rnl_run_loop_unref);
  g_clear_object (&self->run);
  g_clear_object (&self->runnable);

  G_OBJECT_CLASS (rnl_flow_parent_class)->finalize (object);
}

static void
rnl_flow_class_init (RnlFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_flow_dispose;
  object_class->finalize = rnl_flow_finalize;

  /**
   * RnlFlow::output:
   * @self: the flow
   * @value: the next piece of output
   *
   * A piece of output came; the runs' events about it were emitted before. On the thread the flow
   * was started on.
   */
  signals[OUTPUT] = g_signal_new ("output", RNL_TYPE_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * RnlFlow::ended:
   * @self: the flow
   *
   * It is over, once: [method@Runnel.Flow.get_output] or [method@Runnel.Flow.get_error] says how.
   */
  signals[ENDED]
    = g_signal_new ("ended", RNL_TYPE_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_flow_init (RnlFlow *self)
{
  self->cancellable = g_cancellable_new ();
  self->children = g_ptr_array_new_with_free_func (g_object_unref);
}

static RnlRun *
new_run (RnlRunnable *runnable, RnlRun *parent, const char *tag, const RnlRunConfig *over)
{
  g_autoptr (RnlRunConfig) own = rnl_run_config_new ();
  g_autoptr (RnlRunConfig) config = NULL;
  const char *const *tags = rnl_runnable_get_tags (runnable);

  if (tag != NULL)
    rnl_run_config_add_tag (own, tag);
  for (gsize i = 0; tags[i] != NULL; i++)
    rnl_run_config_add_tag (own, tags[i]);
  config = rnl_run_config_merge (own, over);

  return rnl_run_new_configured (rnl_runnable_get_run_type (runnable), parent, config,
                                 rnl_runnable_get_name (runnable));
}

static RnlFlow *
new_flow (RnlRunnable *runnable, RnlRun *parent, const char *tag, const RnlRunConfig *config)
{
  RnlFlow *self = g_object_new (RNL_TYPE_FLOW, NULL);

  self->runnable = g_object_ref (runnable);
  self->run = new_run (runnable, parent, tag, config);
  if ((rnl_runnable_get_traits (runnable) & RNL_RUNNABLE_GIVES_WHOLE) == 0)
    self->sum = rnl_value_sum_new ();

  return self;
}

/**
 * rnl_flow_new:
 * @runnable: what is executed
 * @config: (nullable): what its run is to be, over what the runnable says
 * @caller: whose execution this is; cleared for nobody's
 *
 * Returns: (transfer full): an execution that has not begun, inside the caller's run
 */
RnlFlow *
rnl_flow_new (RnlRunnable *runnable, const RnlRunConfig *config, RnlRunCaller *caller)
{
  RnlRun *parent = rnl_run_get_current ();
  RnlFlow *self;

  if (caller->at_home)
    rnl_run_caller_get_run (caller, &parent, NULL);
  self = new_flow (runnable, parent, NULL, config);
  if (caller->loop != NULL)
    self->around = rnl_run_loop_dup_for_cancellable (rnl_run_loop_get_cancellable (caller->loop));

  return self;
}

/**
 * rnl_flow_add_child:
 * @self: a flow
 * @runnable: what is executed as a part of it
 * @tag: the tag of the child's run, besides the runnable's own
 * @sink: where its output goes
 *
 * Returns: (transfer none): the child, which has not begun
 */
RnlFlow *
rnl_flow_add_child (RnlFlow *self, RnlRunnable *runnable, const char *tag, const RnlFlowSink *sink)
{
  RnlFlow *child = new_flow (runnable, self->run, tag, NULL);

  child->outer = self;
  child->around = self->around != NULL ? rnl_run_loop_ref (self->around) : NULL;
  child->sink = sink;
  child->index = self->children->len;
  g_ptr_array_add (self->children, child);

  return child;
}

RnlFlow *
rnl_flow_get_child (RnlFlow *self, guint index)
{
  return g_ptr_array_index (self->children, index);
}

guint
rnl_flow_get_n_children (RnlFlow *self)
{
  return self->children->len;
}

/**
 * rnl_flow_set_state:
 * @self: a flow
 * @state: what the runnable keeps for this execution
 * @destroy: (nullable): frees it with the flow
 */
void
rnl_flow_set_state (RnlFlow *self, gpointer state, GDestroyNotify destroy)
{
  self->state = state;
  self->destroy_state = destroy;
}

gpointer
rnl_flow_get_state (RnlFlow *self)
{
  return self->state;
}

/**
 * rnl_flow_get_run:
 * @self: a flow
 *
 * Returns: (transfer none): its run
 */
RnlRun *
rnl_flow_get_run (RnlFlow *self)
{
  g_return_val_if_fail (RNL_IS_FLOW (self), NULL);

  return self->run;
}

/**
 * rnl_flow_get_cancellable:
 * @self: a flow
 *
 * Returns: (transfer none): what a runnable passes to everything it calls: cancelled when the flow
 *   ends before its time
 */
GCancellable *
rnl_flow_get_cancellable (RnlFlow *self)
{
  g_return_val_if_fail (RNL_IS_FLOW (self), NULL);

  return self->loop != NULL ? rnl_run_loop_get_cancellable (self->loop) : self->cancellable;
}

/**
 * rnl_flow_is_over:
 * @self: a flow
 *
 * Returns: whether it has ended, failed or was cancelled
 */
gboolean
rnl_flow_is_over (RnlFlow *self)
{
  g_return_val_if_fail (RNL_IS_FLOW (self), TRUE);

  return self->over;
}

/**
 * rnl_flow_get_output:
 * @self: a flow
 *
 * Returns: (transfer none) (nullable): the whole output of a flow that has ended, not to be
 * changed; `NULL` when there was none
 */
JsonNode *
rnl_flow_get_output (RnlFlow *self)
{
  g_return_val_if_fail (RNL_IS_FLOW (self), NULL);

  return self->output;
}

/**
 * rnl_flow_get_error:
 * @self: a flow
 *
 * Returns: (transfer none) (nullable): why it failed; `G_IO_ERROR_CANCELLED` when it was cancelled
 */
const GError *
rnl_flow_get_error (RnlFlow *self)
{
  g_return_val_if_fail (RNL_IS_FLOW (self), NULL);

  return self->error;
}

/* A prompt and a retriever give one value at their end, and a model's run streams by itself. */
static gboolean
streams_events (RnlFlow *self)
{
  RnlRunType type = rnl_run_get_run_type (self->run);

  return type != RNL_RUN_PROMPT && type != RNL_RUN_RETRIEVER
         && (rnl_runnable_get_traits (self->runnable) & RNL_RUNNABLE_LENDS_RUN) == 0;
}

static void
tell_output (RnlFlow *self, JsonNode *value)
{
  const char *text = rnl_value_get_text (value);

  if (!streams_events (self))
    ;
  else if (text != NULL)
    rnl_run_stream_text (self->run, text);
  else
    rnl_run_stream_value (self->run, value);

  if (self->outer != NULL)
    self->sink->output (self->outer, self->index, value);
  else if (g_signal_has_handler_pending (self, signals[OUTPUT], 0, FALSE))
    g_signal_emit (self, signals[OUTPUT], 0, value);
}

/**
 * rnl_flow_emit:
 * @self: a flow
 * @value: (transfer none): the next piece of output, not to be changed any more
 *
 * Gives a piece of output: it is told by the run's event first, then goes to the next step. Does
 * nothing when the flow is over.
 */
void
rnl_flow_emit (RnlFlow *self, JsonNode *value)
{
  GMainContext *out;

  g_return_if_fail (RNL_IS_FLOW (self));
  g_return_if_fail (value != NULL);

  if (self->over)
    return;

  out = rnl_flow_step_out (self);
  self->n_emitted++;
  if (self->sum != NULL)
    rnl_value_sum_add (self->sum, value);
  tell_output (self, value);
  rnl_flow_step_in (self, out);
}

/**
 * rnl_flow_emit_text:
 * @self: a flow
 * @text: UTF-8
 *
 * Gives a piece of output that is text.
 */
void
rnl_flow_emit_text (RnlFlow *self, const char *text)
{
  g_autoptr (JsonNode) value = rnl_value_new_text (text);

  rnl_flow_emit (self, value);
}

static void
settle (RnlFlow *self)
{
  g_autoptr (RnlFlow) keep = g_object_ref (self);
  GMainContext *out = rnl_flow_step_out (self);

  self->over = TRUE;
  for (guint i = self->children->len; i > 0; i--)
    abandon (g_ptr_array_index (self->children, i - 1));
  if (self->error != NULL)
    rnl_run_fail (self->run, self->error);
  else
    rnl_run_end (self->run, self->output);
  if (self->error != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->loop != NULL)
    rnl_run_loop_close (self->loop);

  if (self->outer != NULL)
    self->sink->ended (self->outer, self->index);
  else
    g_signal_emit (self, signals[ENDED], 0);
  rnl_flow_step_in (self, out);
}

/**
 * rnl_flow_end:
 * @self: a flow
 * @output: (transfer none) (nullable): the whole output; `NULL` for the sum of what was emitted
 *
 * The execution is done. An output without pieces before is its one piece.
 */
void
rnl_flow_end (RnlFlow *self, JsonNode *output)
{
  g_return_if_fail (RNL_IS_FLOW (self));

  if (output != NULL && self->n_emitted == 0)
    rnl_flow_emit (self, output);
  if (self->over)
    return;

  if (output != NULL)
    self->output = json_node_ref (output);
  else if (self->sum != NULL)
    self->output = rnl_value_sum_end (self->sum);
  settle (self);
}

/**
 * rnl_flow_fail:
 * @self: a flow
 * @error: why
 *
 * The execution cannot go on; what it has begun is cancelled.
 */
void
rnl_flow_fail (RnlFlow *self, const GError *error)
{
  g_return_if_fail (RNL_IS_FLOW (self));
  g_return_if_fail (error != NULL);

  if (self->over)
    return;

  self->error = g_error_copy (error);
  settle (self);
}

/**
 * rnl_flow_cancel:
 * @self: a flow
 *
 * Stops it and everything it has begun, down to the model's connection. The flow fails with
 * `G_IO_ERROR_CANCELLED`; one that has not begun, without an event.
 */
void
rnl_flow_cancel (RnlFlow *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (RNL_IS_FLOW (self));

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  rnl_flow_fail (self, error);
}
