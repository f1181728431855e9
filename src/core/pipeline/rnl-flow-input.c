/* rnl-flow-input.c: what goes into a flow, and the code that works on it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-flow-struct-private.h"

#include "rnl-run-current-private.h"

/* Foreign code runs in the loop of its run, so what it begins is nested without its doing anything.
 * Closing the loop while it is entered is what ends a flow from inside; the frame stays. */
void
rnl_flow_enter (RnlFlow *self)
{
  if ((rnl_runnable_get_traits (self->runnable) & RNL_RUNNABLE_PLAIN) != 0)
    return;

  if (self->loop == NULL)
    self->loop = rnl_run_loop_new (self->run, self->cancellable);
  rnl_run_loop_enter (self->loop);
}

void
rnl_flow_leave (RnlFlow *self)
{
  if ((rnl_runnable_get_traits (self->runnable) & RNL_RUNNABLE_PLAIN) == 0)
    rnl_run_loop_leave (self->loop);
}

GMainContext *
rnl_flow_step_out (RnlFlow *self)
{
  GMainContext *out = self->loop != NULL ? rnl_run_step_outside () : NULL;

  if (out != NULL && self->around != NULL)
    rnl_run_loop_enter (self->around);

  return out;
}

void
rnl_flow_step_in (RnlFlow *self, GMainContext *out)
{
  if (out != NULL && self->around != NULL)
    rnl_run_loop_leave (self->around);
  rnl_run_step_inside (out);
}

static void
start_run (RnlFlow *self, JsonNode *input)
{
  RnlRunnableClass *klass = RNL_RUNNABLE_GET_CLASS (self->runnable);
  g_autoptr (JsonNode) described = NULL;

  if (input != NULL && klass->describe_input != NULL)
    described = klass->describe_input (self->runnable, input);
  rnl_run_start (self->run, described != NULL ? described : input);
  self->has_input = input != NULL;
}

static gboolean
begin (RnlFlow *self, JsonNode *input)
{
  RnlRun *parent = rnl_run_get_parent (self->run);
  RnlRunnableClass *klass = RNL_RUNNABLE_GET_CLASS (self->runnable);

  self->begun = TRUE;
  if (klass->prepare != NULL)
    klass->prepare (self->runnable, self);
  /* Somebody ended the run around this one: there is nothing to be a part of any more. */
  if (parent != NULL && rnl_run_is_over (parent))
    rnl_flow_cancel (self);
  else if ((rnl_runnable_get_traits (self->runnable) & RNL_RUNNABLE_LENDS_RUN) == 0)
    start_run (self, input);

  return !self->over;
}

static void
tell_started (RnlFlow *self)
{
  if (!self->over && self->outer != NULL)
    self->sink->started (self->outer, self->index);
}

static gboolean
accepts (RnlFlow *self, JsonNode *input)
{
  g_autoptr (GError) error = NULL;

  if (rnl_runnable_check_input (self->runnable, input, &error))
    return TRUE;

  if (rnl_run_get_started (self->run) == 0)
    start_run (self, input);
  rnl_flow_fail (self, error);

  return FALSE;
}

/**
 * rnl_flow_begin:
 * @self: a flow that has not begun
 *
 * Starts the run of a flow whose input is to come in pieces.
 */
void
rnl_flow_begin (RnlFlow *self)
{
  g_autoptr (RnlFlow) keep = g_object_ref (self);
  RnlRunnableClass *klass = RNL_RUNNABLE_GET_CLASS (self->runnable);

  if (self->over || self->begun || !begin (self, NULL))
    return;

  if (klass->start != NULL)
    {
      rnl_flow_enter (self);
      klass->start (self->runnable, self);
      rnl_flow_leave (self);
    }
  tell_started (self);
}

/**
 * rnl_flow_push:
 * @self: a flow of a runnable that streams its input
 * @piece: (transfer none): the next piece
 */
void
rnl_flow_push (RnlFlow *self, JsonNode *piece)
{
  g_autoptr (RnlFlow) keep = g_object_ref (self);

  if (!self->begun)
    rnl_flow_begin (self);
  if (self->over || !accepts (self, piece))
    return;

  self->n_pushed++;
  rnl_flow_enter (self);
  RNL_RUNNABLE_GET_CLASS (self->runnable)->push (self->runnable, self, piece);
  rnl_flow_leave (self);
}

static gboolean
begin_whole (RnlFlow *self, JsonNode *input, RnlRunnableTraits traits)
{
  if (!begin (self, input) || !accepts (self, input))
    return FALSE;

  if ((traits & RNL_RUNNABLE_LENDS_RUN) == 0)
    tell_started (self);

  return !self->over;
}

/**
 * rnl_flow_close:
 * @self: a flow
 * @input: (nullable) (transfer none): the whole input, `NULL` when there was none
 *
 * There is no more input. A flow that has not begun begins with it.
 */
void
rnl_flow_close (RnlFlow *self, JsonNode *input)
{
  g_autoptr (RnlFlow) keep = g_object_ref (self);
  g_autoptr (JsonNode) whole = NULL;
  RnlRunnableTraits traits = rnl_runnable_get_traits (self->runnable);

  whole = input != NULL ? json_node_ref (input) : json_node_new (JSON_NODE_NULL);
  if (self->over || (!self->begun && !begin_whole (self, whole, traits)))
    return;

  if (!self->has_input && (traits & RNL_RUNNABLE_LENDS_RUN) == 0)
    rnl_run_set_input (self->run, whole);
  if (rnl_runnable_streams_input (self->runnable) && (traits & RNL_RUNNABLE_HANDS_ON) == 0
      && self->n_pushed == 0 && input != NULL)
    rnl_flow_push (self, whole);
  if (!self->over)
    {
      rnl_flow_enter (self);
      RNL_RUNNABLE_GET_CLASS (self->runnable)->finish (self->runnable, self, whole);
      rnl_flow_leave (self);
    }
  if ((traits & RNL_RUNNABLE_LENDS_RUN) != 0)
    tell_started (self);
}
