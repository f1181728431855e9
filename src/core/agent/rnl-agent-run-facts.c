/* rnl-agent-run-facts.c: what a turn is, and its end from outside
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

/**
 * rnl_agent_run_get_message:
 * @self: a turn
 *
 * Returns: (transfer none): the answer, which grows
 */
RnlMessage *
rnl_agent_run_get_message (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  return self->message;
}

/**
 * rnl_agent_run_get_run:
 * @self: a turn
 *
 * Returns: (transfer none): the root run, whose events tell everything
 */
RnlRun *
rnl_agent_run_get_run (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  return self->run;
}

/**
 * rnl_agent_run_is_over:
 * @self: a turn
 *
 * Returns: whether it has ended
 */
gboolean
rnl_agent_run_is_over (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), TRUE);

  return self->over;
}

/**
 * rnl_agent_run_get_steps:
 * @self: a turn
 *
 * Returns: how many model calls are over, with their tools
 */
guint
rnl_agent_run_get_steps (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), 0);

  return self->step;
}

/**
 * rnl_agent_run_list_steps:
 * @self: a turn
 *
 * Returns: (transfer none): the [class@Runnel.AgentStep]s so far, in the order the model asked for
 *   them; it grows
 */
GListModel *
rnl_agent_run_list_steps (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  return G_LIST_MODEL (self->steps);
}

/**
 * rnl_agent_run_continue:
 * @self: a turn that ended before the answer did: at a limit, stopped, or by an error
 *
 * Goes on where it ended, with limits of its own: a new run that grows the same message.
 *
 * Returns: (transfer full) (nullable): the new turn, `NULL` when this one is alive or has answered
 */
RnlAgentRun *
rnl_agent_run_continue (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  if (!self->over || rnl_message_get_state (self->message) == RNL_MESSAGE_COMPLETE
      || rnl_message_get_state (self->message) == RNL_MESSAGE_STREAMING)
    return NULL;

  return rnl_agent_continue (self->agent, self->history, self->message, NULL);
}

/**
 * rnl_agent_run_cancel:
 * @self: a turn
 *
 * Stops it now: the socket is closed, tools are cancelled, what arrived stays. The signal
 * [signal@Runnel.AgentRun::ended] has been emitted when this returns. Nothing happens when it is
 * over.
 */
void
rnl_agent_run_cancel (RnlAgentRun *self)
{
  g_return_if_fail (RNL_IS_AGENT_RUN (self));

  rnl_agent_run_end_turn (self, RNL_MESSAGE_STOPPED, RNL_FINISH_CANCELLED, NULL);
}
