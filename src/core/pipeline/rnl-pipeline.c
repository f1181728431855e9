/* rnl-pipeline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-pipeline.h"

#include "rnl-flow-private.h"

/**
 * RnlPipeline:
 *
 * Steps in a row, each fed by the one before, piece by piece where it can: output leaves the last
 * step before the first has finished its input, and a step that needs its whole input holds back
 * only what comes after it.
 *
 * A pipeline is one run of type `chain` with a run inside for each step, tagged `seq:step:N` from
 * 1. A step that streams starts with its source, another when its input is whole. Of one piece of
 * output the source tells first, then the steps after it, then the pipeline.
 */
struct _RnlPipeline
{
  RnlRunnable parent_instance;

  /* owned */
  GPtrArray *steps;
};

G_DEFINE_FINAL_TYPE (RnlPipeline, rnl_pipeline, RNL_TYPE_RUNNABLE)

static void
step_started_cb (RnlFlow *outer, guint index)
{
  RnlPipeline *self = rnl_flow_get_state (outer);

  if (index + 1 < self->steps->len
      && rnl_runnable_streams_input (g_ptr_array_index (self->steps, index + 1)))
    rnl_flow_begin (rnl_flow_get_child (outer, index + 1));
}

static void
step_output_cb (RnlFlow *outer, guint index, JsonNode *value)
{
  RnlPipeline *self = rnl_flow_get_state (outer);

  if (index + 1 == self->steps->len)
    rnl_flow_emit (outer, value);
  else if (rnl_runnable_streams_input (g_ptr_array_index (self->steps, index + 1)))
    rnl_flow_push (rnl_flow_get_child (outer, index + 1), value);
}

static void
step_ended_cb (RnlFlow *outer, guint index)
{
  RnlFlow *step = rnl_flow_get_child (outer, index);
  const GError *error = rnl_flow_get_error (step);

  if (error != NULL)
    rnl_flow_fail (outer, error);
  else if (index + 1 == rnl_flow_get_n_children (outer))
    rnl_flow_end (outer, rnl_flow_get_output (step));
  else
    rnl_flow_close (rnl_flow_get_child (outer, index + 1), rnl_flow_get_output (step));
}

static const RnlFlowSink step_sink = { step_started_cb, step_output_cb, step_ended_cb };

static void
add_children (RnlPipeline *self, RnlFlow *flow)
{
  rnl_flow_set_state (flow, g_object_ref (self), g_object_unref);
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *tag = g_strdup_printf ("seq:step:%u", i + 1);

      rnl_flow_add_child (flow, g_ptr_array_index (self->steps, i), tag, &step_sink);
    }
}

static gboolean
rnl_pipeline_streams_input (RnlRunnable *runnable)
{
  RnlPipeline *self = RNL_PIPELINE (runnable);

  return self->steps->len > 0 && rnl_runnable_streams_input (g_ptr_array_index (self->steps, 0));
}

static gboolean
rnl_pipeline_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  RnlPipeline *self = RNL_PIPELINE (runnable);

  return self->steps->len == 0
         || rnl_runnable_check_input (g_ptr_array_index (self->steps, 0), input, error);
}

static void
rnl_pipeline_start (RnlRunnable *runnable, RnlFlow *flow)
{
  add_children (RNL_PIPELINE (runnable), flow);
  rnl_flow_begin (rnl_flow_get_child (flow, 0));
}

static void
rnl_pipeline_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  rnl_flow_push (rnl_flow_get_child (flow, 0), piece);
}

static void
rnl_pipeline_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlPipeline *self = RNL_PIPELINE (runnable);

  if (self->steps->len == 0)
    {
      rnl_flow_end (flow, input);
      return;
    }

  if (rnl_flow_get_n_children (flow) == 0)
    add_children (self, flow);
  rnl_flow_close (rnl_flow_get_child (flow, 0), input);
}

static void
rnl_pipeline_finalize (GObject *object)
{
  g_ptr_array_unref (RNL_PIPELINE (object)->steps);

  G_OBJECT_CLASS (rnl_pipeline_parent_class)->finalize (object);
}

static void
rnl_pipeline_class_init (RnlPipelineClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_pipeline_finalize;
  runnable_class->streams_input = rnl_pipeline_streams_input;
  runnable_class->check_input = rnl_pipeline_check_input;
  runnable_class->start = rnl_pipeline_start;
  runnable_class->push = rnl_pipeline_push;
  runnable_class->finish = rnl_pipeline_finish;
}

static void
rnl_pipeline_init (RnlPipeline *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_runnable_set_traits (RNL_RUNNABLE (self),
                           RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_GIVES_WHOLE | RNL_RUNNABLE_HANDS_ON);
}

/**
 * rnl_pipeline_new:
 *
 * Returns: (transfer full): a pipeline without steps, whose output is its input
 */
RnlPipeline *
rnl_pipeline_new (void)
{
  return g_object_new (RNL_TYPE_PIPELINE, NULL);
}

/**
 * rnl_pipeline_new_steps: (skip)
 * @first: (transfer full): the first step
 * @...: (transfer full): more steps, ended by `NULL`
 *
 * `prompt | model | parser` in one line of C.
 *
 * Returns: (transfer full): a pipeline
 */
RnlPipeline *
rnl_pipeline_new_steps (RnlRunnable *first, ...)
{
  RnlPipeline *self = rnl_pipeline_new ();
  va_list steps;

  va_start (steps, first);
  for (RnlRunnable *step = first; step != NULL; step = va_arg (steps, RnlRunnable *))
    g_ptr_array_add (self->steps, step);
  va_end (steps);

  return self;
}

/**
 * rnl_pipeline_add:
 * @self: a pipeline that is not executed yet
 * @step: what its output is fed into; may be a pipeline itself, or stand in others too
 */
void
rnl_pipeline_add (RnlPipeline *self, RnlRunnable *step)
{
  g_return_if_fail (RNL_IS_PIPELINE (self));
  g_return_if_fail (RNL_IS_RUNNABLE (step));

  g_ptr_array_add (self->steps, g_object_ref (step));
}

/**
 * rnl_pipeline_get_n_steps:
 * @self: a pipeline
 *
 * Returns: how many steps it has
 */
guint
rnl_pipeline_get_n_steps (RnlPipeline *self)
{
  g_return_val_if_fail (RNL_IS_PIPELINE (self), 0);

  return self->steps->len;
}

/**
 * rnl_pipeline_get_step:
 * @self: a pipeline
 * @position: from 0
 *
 * Returns: (transfer none): the step there
 */
RnlRunnable *
rnl_pipeline_get_step (RnlPipeline *self, guint position)
{
  g_return_val_if_fail (RNL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (position < self->steps->len, NULL);

  return g_ptr_array_index (self->steps, position);
}
