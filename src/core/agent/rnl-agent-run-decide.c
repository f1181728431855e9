/* rnl-agent-run-decide.c: a person's word about calls that wait
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#define REFUSED_RESULT "The person refused this call."

static RnlToolCall *
find_waiting_call (RnlAgentRun *self, RnlPart *part)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == part && rnl_part_get_state (part) == RNL_TOOL_WAITING
          && g_queue_find (&self->ready, call) == NULL)
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

/* Takes effect at once, though others wait for room: a person does not wait for a click. */
static void
refuse (RnlAgentRun *self, RnlToolCall *call, const char *reason)
{
  gboolean told = reason != NULL && *reason != '\0';

  call->error = g_error_new (RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED, "%s%s%s", REFUSED_RESULT,
                             told ? " Their reason: " : "", told ? reason : "");
  if (self->dispatching)
    g_queue_push_tail (&self->ready, call);
  else
    rnl_agent_run_reject_call (self, call);
}

/**
 * rnl_agent_run_decide:
 * @self: a turn
 * @call: a call that waits
 * @decision: what the person said, anything but `RNL_DECISION_EDIT`
 * @reason: (nullable): for a refusal: what the model is told
 *
 * Nothing happens when @call does not wait any more, so a late click is harmless.
 */
void
rnl_agent_run_decide (RnlAgentRun *self, RnlPart *call, RnlDecision decision, const char *reason)
{
  g_return_if_fail (decision != RNL_DECISION_EDIT);

  rnl_agent_run_decide_full (self, call, decision, NULL, reason, NULL);
}

/**
 * rnl_agent_run_decide_full:
 * @self: a turn
 * @call: a call that waits
 * @decision: what the person said
 * @edited_arguments: (nullable): for `RNL_DECISION_EDIT`: what it is to run with
 * @reason: (nullable): for a refusal: what the model is told
 * @error: return location for an error
 *
 * Decides about one call; its siblings are not held up by it. Edited arguments are checked against
 * the tool's schema as the model's were; the call keeps its id, the model's arguments stay in the
 * part's text and the edited ones stand beside them (`RNL_PART_EXTRA_EDITED`), and the
 * model is told what ran. Nothing happens when @call does not wait any more.
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS` when the edited arguments do not fit; the call waits on.
 *
 * Returns: whether the decision was taken, or came too late; `FALSE` with @error set
 */
gboolean
rnl_agent_run_decide_full (RnlAgentRun *self,
                           RnlPart *call,
                           RnlDecision decision,
                           JsonObject *edited_arguments,
                           const char *reason,
                           GError **error)
{
  g_autoptr (RnlAgentRun) alive = NULL;
  RnlToolCall *waiting;

  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), FALSE);
  g_return_val_if_fail (RNL_IS_PART (call), FALSE);
  g_return_val_if_fail (decision != RNL_DECISION_EDIT || edited_arguments != NULL, FALSE);

  waiting = self->over ? NULL : find_waiting_call (self, call);
  if (waiting == NULL)
    return TRUE;
  if (decision == RNL_DECISION_EDIT && !rnl_tool_call_edit (waiting, edited_arguments, error))
    return FALSE;

  alive = g_object_ref (self);
  if (decision == RNL_DECISION_REFUSE)
    refuse (self, waiting, reason);
  else
    g_queue_push_tail (&self->ready, waiting);
  if (decision == RNL_DECISION_ALLOW_CHAT)
    {
      rnl_permission_policy_allow (rnl_agent_get_policy (self->agent),
                                   rnl_tool_get_name (waiting->tool));
      release_waiting_calls (self);
    }
  rnl_agent_run_go_on (self);

  return TRUE;
}

/**
 * rnl_agent_run_check_arguments:
 * @self: a turn
 * @call: a call that waits
 * @arguments: what a person would have it run with
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS`, with what does not fit.
 *
 * Returns: whether [method@Runnel.AgentRun.decide_full] would take them; `TRUE` when @call does not
 *   wait any more
 */
gboolean
rnl_agent_run_check_arguments (RnlAgentRun *self,
                               RnlPart *call,
                               JsonObject *arguments,
                               GError **error)
{
  RnlToolCall *waiting;

  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), FALSE);
  g_return_val_if_fail (RNL_IS_PART (call), FALSE);
  g_return_val_if_fail (arguments != NULL, FALSE);

  waiting = self->over ? NULL : find_waiting_call (self, call);

  return waiting == NULL || rnl_tool_call_check (waiting, arguments, error);
}
