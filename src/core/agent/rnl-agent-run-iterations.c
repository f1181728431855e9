/* rnl-agent-run-iterations.c: the steps of a turn, told in groups: actions, observations, output
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-final-answer.h"

/* What the model said in this step, as a message of its own. */
static RnlMessage *
make_said (RnlAgentRun *self)
{
  RnlMessage *said = rnl_message_new (RNL_ROLE_ASSISTANT);

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_step (part) == self->step)
        rnl_message_add_part (said, part);
    }
  rnl_message_set_state (said, RNL_MESSAGE_COMPLETE);

  return said;
}

/* The error that ended the turn, or NULL when it ended well or at a limit. */
static GError *
dup_end_error (RnlAgentRun *self)
{
  const GError *error = rnl_message_get_error (self->message);

  if (error != NULL)
    return g_error_copy (error);
  if (rnl_message_get_state (self->message) == RNL_MESSAGE_STOPPED)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The turn was stopped");

  return NULL;
}

static GTask *
take_puller (RnlAgentRun *self)
{
  if (self->puller_source != NULL)
    g_source_destroy (self->puller_source);
  g_clear_pointer (&self->puller_source, g_source_unref);

  return g_steal_pointer (&self->puller);
}

/* Answers who waits, as far as there is an answer. The error of a turn is told once. */
static void
serve_puller (RnlAgentRun *self)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (self->puller == NULL || (g_queue_is_empty (&self->iterations) && !self->over))
    return;

  task = take_puller (self);
  if (!g_queue_is_empty (&self->iterations))
    {
      g_task_return_pointer (task, g_queue_pop_head (&self->iterations), g_object_unref);
      return;
    }

  if (!self->told_end)
    error = dup_end_error (self);
  self->told_end = TRUE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
push (RnlAgentRun *self, RnlAgentIterationKind kind, GPtrArray *steps, const char *output)
{
  g_queue_push_tail (&self->iterations, rnl_agent_iteration_new (kind, steps, output));
  serve_puller (self);
}

/* The calls of this step become steps, before anything runs. */
void
rnl_agent_run_open_group (RnlAgentRun *self)
{
  g_autoptr (RnlMessage) said = make_said (self);
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);
      RnlAgentStep *step = rnl_agent_step_new (call->part, said);

      g_ptr_array_add (group, step);
      g_list_store_append (self->steps, step);
    }
  self->group = g_ptr_array_ref (group);
  push (self, RNL_AGENT_ITERATION_ACTION, group, NULL);
  g_signal_emit_by_name (self, "action", group);
}

/* Every call of the group has its result. */
void
rnl_agent_run_close_group (RnlAgentRun *self)
{
  g_autoptr (GPtrArray) group = g_steal_pointer (&self->group);

  if (group == NULL)
    return;
  push (self, RNL_AGENT_ITERATION_OBSERVATION, group, NULL);
  g_signal_emit_by_name (self, "observation", group);
}

/* The turn ends with an answer. */
void
rnl_agent_run_output (RnlAgentRun *self)
{
  g_autofree char *answer = rnl_agent_run_dup_answer (self);

  push (self, RNL_AGENT_ITERATION_OUTPUT, NULL, answer);
  g_signal_emit_by_name (self, "final-answer", answer);
}

void
rnl_agent_run_end_iterations (RnlAgentRun *self)
{
  serve_puller (self);
}

/**
 * rnl_agent_run_dup_answer:
 * @self: a turn
 *
 * Returns: (transfer full): what the last step said to the person: of a turn that is over, its
 *   answer
 */
char *
rnl_agent_run_dup_answer (RnlAgentRun *self)
{
  g_autoptr (RnlMessage) last = NULL;
  g_autoptr (RnlMessage) answer = NULL;
  guint step = 0;

  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  last = rnl_message_new (RNL_ROLE_ASSISTANT);
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    step = MAX (step, rnl_part_get_step (rnl_message_get_part (self->message, i)));
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_step (part) == step)
        rnl_message_add_part (last, part);
    }
  answer = rnl_final_answer_reduce (last);

  return rnl_message_dup_text (answer);
}

static gboolean
wait_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  RnlAgentRun *self = RNL_AGENT_RUN (g_task_get_source_object (user_data));
  g_autoptr (GTask) task = take_puller (self);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (RnlAgentRun *self, GCancellable *cancellable)
{
  self->puller_source = g_cancellable_source_new (cancellable);
  g_task_attach_source (self->puller, self->puller_source, G_SOURCE_FUNC (wait_cancelled_cb));
}

/**
 * rnl_agent_run_next_iteration_async:
 * @self: a turn
 * @cancellable: (nullable): gives up waiting; the turn goes on and nothing is lost
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Waits for what the agent does next: the actions it asks for, then their observations, and so on,
 * at last its output. Those of the past are there too, from the first on. One may wait at a time;
 * another gets `G_IO_ERROR_PENDING`.
 */
void
rnl_agent_run_next_iteration_async (RnlAgentRun *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_AGENT_RUN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_agent_run_next_iteration_async);
  if (self->puller != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "Someone waits for the next iteration already");
      return;
    }

  /* An iteration that is there is handed over even at the moment of cancelling: none is lost. */
  g_task_set_check_cancellable (task, FALSE);
  self->puller = g_steal_pointer (&task);
  serve_puller (self);
  if (self->puller != NULL && cancellable != NULL)
    watch_cancellable (self, cancellable);
}

/**
 * rnl_agent_run_next_iteration_finish:
 * @self: a turn
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: once, what ended the turn: the model's error, `G_IO_ERROR_CANCELLED` when it was stopped.
 * Besides, `G_IO_ERROR_CANCELLED` and `G_IO_ERROR_PENDING` of the waiting itself.
 *
 * Returns: (transfer full) (nullable): what came next; `NULL` without an error when nothing comes
 *   any more
 */
RnlAgentIteration *
rnl_agent_run_next_iteration_finish (RnlAgentRun *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
