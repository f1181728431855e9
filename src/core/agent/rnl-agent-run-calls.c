/* rnl-agent-run-calls.c: the tools of a turn: checked, allowed, run, each with one result
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-part-extra.h"

#define REFUSED_RESULT     "The person refused this call."
#define NOT_ALLOWED_RESULT "This tool needs a person's permission, and nobody can be asked here."
#define CANCELLED_RESULT   "Cancelled: the turn was stopped before this call ended."
#define LIMIT_RESULT       "Not run: a limit of the turn was reached."

static void run_ready_calls (RnlAgentRun *self);

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
end_step_if_done (RnlAgentRun *self)
{
  if (self->over || self->calls->len > 0)
    return;

  g_signal_emit_by_name (self, "step-ended", self->step);
  if (self->over)
    return;

  self->step++;
  if (self->step >= rnl_agent_get_max_steps (self->agent))
    rnl_agent_run_end_turn (self, RNL_MESSAGE_LIMIT, RNL_FINISH_TOOL_LIMIT, NULL);
  else
    rnl_agent_run_ask_model (self);
}

static void
execute_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;

  self->running--;
  if (self->over)
    return;

  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == RNL_PART (source))
        {
          g_ptr_array_remove_index (self->calls, i);
          break;
        }
    }
  run_ready_calls (self);
  end_step_if_done (self);
}

static void
run_ready_calls (RnlAgentRun *self)
{
  while (!self->over && self->running < RNL_AGENT_MAX_PARALLEL_TOOLS
         && !g_queue_is_empty (&self->ready))
    {
      RnlToolCall *call = g_queue_pop_head (&self->ready);

      self->running++;
      rnl_tool_call_execute_async (call, self->run, rnl_agent_get_model (self->agent),
                                   self->cancellable, execute_cb, g_object_ref (self));
    }
}

/* Gives a call the answer that it will not run. */
static void
decline_call (RnlAgentRun *self, RnlToolCall *call, const char *result)
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
      decline_call (self, call, NOT_ALLOWED_RESULT);
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

  calls = g_ptr_array_copy (self->calls, NULL, NULL);

  /* Borrowed: a call that is settled at once leaves the other array, and is freed, under way. */
  g_ptr_array_set_free_func (calls, NULL);
  for (guint i = 0; i < calls->len && !self->over; i++)
    dispatch_call (self, g_ptr_array_index (calls, i));
  run_ready_calls (self);
  end_step_if_done (self);

  return TRUE;
}

static RnlToolCall *
find_waiting_call (RnlAgentRun *self, RnlPart *part)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == part && rnl_part_get_state (part) == RNL_TOOL_WAITING)
        return call;
    }

  return NULL;
}

/* What was allowed for this chat frees the calls of that tool which wait already. */
static void
release_waiting_calls (RnlAgentRun *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (rnl_part_get_state (call->part) == RNL_TOOL_WAITING
          && g_queue_find (&self->ready, call) == NULL
          && rnl_permission_policy_check (rnl_agent_get_policy (self->agent), call->tool)
               == RNL_PERMISSION_ALLOW)
        g_queue_push_tail (&self->ready, call);
    }
}

/**
 * rnl_agent_run_decide:
 * @self: a turn
 * @call: a call that waits
 * @decision: what the person said
 * @reason: (nullable): for a refusal: what the model is told
 *
 * Nothing happens when @call does not wait any more, so a late click is harmless.
 */
void
rnl_agent_run_decide (RnlAgentRun *self, RnlPart *call, RnlDecision decision, const char *reason)
{
  g_autoptr (RnlAgentRun) alive = NULL;
  RnlToolCall *waiting;

  g_return_if_fail (RNL_IS_AGENT_RUN (self));
  g_return_if_fail (RNL_IS_PART (call));

  waiting = self->over ? NULL : find_waiting_call (self, call);
  if (waiting == NULL || g_queue_find (&self->ready, waiting) != NULL)
    return;

  alive = g_object_ref (self);
  if (decision == RNL_DECISION_REFUSE)
    {
      g_autofree char *result = reason != NULL && *reason != '\0'
                                  ? g_strdup_printf ("%s Their reason: %s", REFUSED_RESULT, reason)
                                  : g_strdup (REFUSED_RESULT);

      decline_call (self, waiting, result);
    }
  else
    {
      g_queue_push_tail (&self->ready, waiting);
      if (decision == RNL_DECISION_ALLOW_CHAT)
        {
          rnl_permission_policy_allow (rnl_agent_get_policy (self->agent),
                                       rnl_tool_get_name (waiting->tool));
          release_waiting_calls (self);
        }
    }
  run_ready_calls (self);
  end_step_if_done (self);
}
