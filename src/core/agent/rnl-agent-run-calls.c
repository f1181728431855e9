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

static void
run_ready_calls (RnlAgentRun *self)
{
  while (!self->over && self->running < rnl_agent_get_max_parallel (self->agent)
         && !g_queue_is_empty (&self->ready))
    {
      RnlToolCall *call = g_queue_pop_head (&self->ready);

      self->running++;
      rnl_tool_call_execute_async (call, self->run, rnl_agent_get_model (self->agent),
                                   self->cancellable, execute_cb, g_object_ref (self));
    }
}

/* Runs what may run; ends the step when nothing is left of it. */
void
rnl_agent_run_go_on (RnlAgentRun *self)
{
  run_ready_calls (self);
  if (!self->over && self->calls->len == 0)
    rnl_agent_run_end_step (self);
}

/* Gives a call the answer that it will not run. */
void
rnl_agent_run_decline_call (RnlAgentRun *self, RnlToolCall *call, const char *result)
{
  rnl_tool_call_settle (call->part, RNL_TOOL_REFUSED, result);
  g_ptr_array_remove (self->calls, call);
}

static void
dispatch_call (RnlAgentRun *self, RnlToolCall *call)
{
  g_autoptr (GError) error = NULL;

  if (!rnl_tool_call_resolve (call, rnl_agent_get_tools (self->agent), &error))
    {
      rnl_tool_call_reject (call, self->run, error);
      g_ptr_array_remove (self->calls, call);
      if (rnl_agent_get_raise_tool_errors (self->agent))
        rnl_agent_run_end_turn (self, RNL_MESSAGE_FAILED, RNL_FINISH_ERROR, error);
      return;
    }

  switch (rnl_permission_policy_check (rnl_agent_get_policy (self->agent), call->tool))
    {
    case RNL_PERMISSION_ALLOW:
      g_queue_push_tail (&self->ready, call);
      break;
    case RNL_PERMISSION_ASK:
      rnl_part_set_state (call->part, RNL_TOOL_WAITING);
      g_signal_emit_by_name (self, "approval-needed", call->part);
      break;
    case RNL_PERMISSION_REFUSE:
    default:
      rnl_agent_run_decline_call (self, call, NOT_ALLOWED_RESULT);
      break;
    }
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
  g_autoptr (GPtrArray) calls = NULL;

  collect_calls (self);
  if (self->calls->len == 0)
    return FALSE;

  rnl_agent_run_open_group (self);
  calls = g_ptr_array_copy (self->calls, NULL, NULL);

  /* Borrowed: a call that is settled at once leaves the other array, and is freed, under way. */
  g_ptr_array_set_free_func (calls, NULL);
  for (guint i = 0; i < calls->len && !self->over; i++)
    dispatch_call (self, g_ptr_array_index (calls, i));
  rnl_agent_run_go_on (self);

  return TRUE;
}
