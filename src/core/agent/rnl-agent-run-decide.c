/* rnl-agent-run-decide.c: a person's word about calls that wait
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#define REFUSED_RESULT "The person refused this call."
#define CHANGED_RESULT "Not run: the call had changed after it was shown to the person."

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

/* What the person said once for every chat stands above the rules of one chat, but where nothing
 * runs at all. */
RnlPermission
rnl_agent_run_get_permission (RnlAgentRun *self, RnlTool *tool)
{
  RnlPermission permission = rnl_permission_policy_check (rnl_agent_get_policy (self->agent), tool);

  if (permission == RNL_PERMISSION_ASK
      && rnl_tool_registry_get_always_allowed (rnl_agent_get_tools (self->agent),
                                               rnl_tool_get_name (tool)))
    return RNL_PERMISSION_ALLOW;

  return permission;
}

void
rnl_agent_run_set_changed_error (RnlToolCall *call)
{
  g_set_error_literal (&call->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED, CHANGED_RESULT);
}

/* What was allowed for more than once frees the calls of that tool which wait already. */
static void
release_waiting_calls (RnlAgentRun *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (rnl_part_get_state (call->part) == RNL_TOOL_WAITING
          && g_queue_find (&self->ready, call) == NULL
          && rnl_agent_run_get_permission (self, call->tool) == RNL_PERMISSION_ALLOW)
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
  return rnl_agent_run_decide_shown (self, call, decision, NULL, edited_arguments, reason, error);
}

/**
 * rnl_agent_run_dup_digest:
 * @call: a tool call
 *
 * Returns: (transfer full): what stands for the tool's name and the very bytes of its arguments, in
 *   hexadecimal; to be taken when they are shown, for
 *   [method@Runnel.AgentRun.decide_shown]
 */
char *
rnl_agent_run_dup_digest (RnlPart *call)
{
  g_return_val_if_fail (RNL_IS_PART (call), NULL);

  return rnl_tool_call_dup_digest (call);
}

static gboolean
check_always (RnlToolCall *call, GError **error)
{
  if ((rnl_tool_get_effects (call->tool) & RNL_TOOL_EFFECT_DESTROYS) == 0)
    return TRUE;

  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
               "The tool \"%s\" may destroy something; it always asks.",
               rnl_tool_get_name (call->tool));

  return FALSE;
}

/* Remembers what holds for later calls, too, and for those that wait already. */
static void
allow_more (RnlAgentRun *self, RnlToolCall *call, RnlDecision decision)
{
  const char *name = rnl_tool_get_name (call->tool);

  if (decision == RNL_DECISION_ALLOW_CHAT)
    rnl_permission_policy_allow (rnl_agent_get_policy (self->agent), name);
  else if (decision == RNL_DECISION_ALLOW_ALWAYS)
    rnl_tool_registry_set_always_allowed (rnl_agent_get_tools (self->agent), name, TRUE);
  else
    return;

  release_waiting_calls (self);
}

/**
 * rnl_agent_run_decide_shown:
 * @self: a turn
 * @call: a call that waits
 * @decision: what the person said
 * @digest: (nullable): from [func@Runnel.AgentRun.dup_digest] when the call was shown
 * @edited_arguments: (nullable): for `RNL_DECISION_EDIT`: what it is to run with
 * @reason: (nullable): for a refusal: what the model is told
 * @error: return location for an error
 *
 * [method@Runnel.AgentRun.decide_full] for who shows the call: what runs is byte for byte what
 * @digest was taken of. A call that is something else by now is refused, whatever the decision, and
 * nothing is allowed for later.
 *
 * Errors: as there; `RNL_TOOL_ERROR_NOT_ALLOWED` for `RNL_DECISION_ALLOW_ALWAYS` and a tool that
 * may destroy something; the call waits on.
 *
 * Returns: whether the decision was taken, or came too late; `FALSE` with @error set
 */
gboolean
rnl_agent_run_decide_shown (RnlAgentRun *self,
                            RnlPart *call,
                            RnlDecision decision,
                            const char *digest,
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
  if (decision == RNL_DECISION_ALLOW_ALWAYS && !check_always (waiting, error))
    return FALSE;

  alive = g_object_ref (self);
  if (decision == RNL_DECISION_REFUSE)
    refuse (self, waiting, reason);
  else
    {
      if (!rnl_tool_call_is_unchanged (waiting, digest))
        rnl_agent_run_set_changed_error (waiting);
      g_queue_push_tail (&self->ready, waiting);
      if (waiting->error == NULL)
        allow_more (self, waiting, decision);
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
