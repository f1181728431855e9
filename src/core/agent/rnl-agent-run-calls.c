/* rnl-agent-run-calls.c: the tools of a turn: checked, allowed, run, each with one result
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-part-extra.h"

#define NOT_ALLOWED_RESULT "This tool needs a person's permission, and nobody can be asked here."
#define CANCELLED_RESULT   "Cancelled: the turn was stopped before this call ended."
#define LIMIT_RESULT       "Not run: a limit of the turn was reached."

/* Gives every call of the turn that has no result yet its one result. */
void
rnl_agent_run_settle_calls (RnlAgentRun *self, RnlToolState state)
{
  const char *result = state == RNL_TOOL_LIMIT ? LIMIT_RESULT : CANCELLED_RESULT;

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
        rnl_tool_call_settle (part, state, result);
    }
}

static void
execute_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = rnl_tool_call_execute_finish (result, &error);

  self->running--;
  if (self->over)
    return;
  if (!done && rnl_agent_get_raise_tool_errors (self->agent))
    {
      rnl_agent_run_end_turn (self, RNL_MESSAGE_FAILED, RNL_FINISH_ERROR, error);
      return;
    }

  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == RNL_PART (source))
        {
          g_ptr_array_remove_index (self->calls, i);
          break;
        }
    }
  rnl_agent_run_go_on (self);
}

/* Gives a call that cannot run, or may not, its turn: it starts, fails and is settled. */
void
rnl_agent_run_reject_call (RnlAgentRun *self, RnlToolCall *call)
{
  g_autoptr (GError) error = g_error_copy (call->error);
  gboolean refused = g_error_matches (call->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);

  rnl_tool_call_reject (call, self->run);
  g_ptr_array_remove (self->calls, call);
  if (!refused && rnl_agent_get_raise_tool_errors (self->agent))
    rnl_agent_run_end_turn (self, RNL_MESSAGE_FAILED, RNL_FINISH_ERROR, error);
}

static void
run_call (RnlAgentRun *self, RnlToolCall *call)
{
  if (call->error == NULL && !rnl_tool_call_is_unchanged (call, NULL))
    rnl_agent_run_set_changed_error (call);
  if (call->error != NULL)
    {
      rnl_agent_run_reject_call (self, call);
      return;
    }

  self->running++;
  rnl_tool_call_execute_async (call, self->run, rnl_agent_get_model (self->agent),
                               self->cancellable, execute_cb, g_object_ref (self));
}

/* Runs what may run; ends the step when nothing is left of it. Who decides while a call is told of
 * only adds to the queue: what is further up the stack takes it from there, once, in order. */
void
rnl_agent_run_go_on (RnlAgentRun *self)
{
  if (self->dispatching)
    return;

  self->dispatching = TRUE;
  while (!self->over && self->running < rnl_agent_get_max_parallel (self->agent)
         && !g_queue_is_empty (&self->ready))
    run_call (self, g_queue_pop_head (&self->ready));
  self->dispatching = FALSE;

  if (!self->over && self->calls->len == 0)
    rnl_agent_run_end_step (self);
}

/* Says what becomes of a call, in the order of the calls. Nothing starts yet. */
static void
dispatch_call (RnlAgentRun *self, RnlToolCall *call)
{
  if (rnl_tool_call_resolve (call, rnl_agent_get_tools (self->agent), &call->error))
    switch (rnl_agent_run_get_permission (self, call->tool))
      {
      case RNL_PERMISSION_ALLOW:
        break;
      case RNL_PERMISSION_ASK:
        rnl_tool_call_wait (call);
        g_signal_emit_by_name (self, "approval-needed", call->part);
        return;
      case RNL_PERMISSION_REFUSE:
      default:
        g_set_error_literal (&call->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
                             NOT_ALLOWED_RESULT);
        break;
      }

  g_queue_push_tail (&self->ready, call);
}

static void
collect_calls (RnlAgentRun *self)
{
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL && !rnl_part_is_remote (part)
          && rnl_part_get_step (part) == self->step)
        g_ptr_array_add (self->calls, rnl_tool_call_new (part));
    }
}

/* Starts what the answer of this step asked for; FALSE when it asked for nothing. */
gboolean
rnl_agent_run_dispatch_calls (RnlAgentRun *self)
{
  collect_calls (self);
  if (self->calls->len == 0)
    return FALSE;

  rnl_agent_run_open_group (self);
  self->dispatching = TRUE;
  for (guint i = 0; i < self->calls->len && !self->over; i++)
    dispatch_call (self, g_ptr_array_index (self->calls, i));
  self->dispatching = FALSE;
  rnl_agent_run_go_on (self);

  return TRUE;
}
