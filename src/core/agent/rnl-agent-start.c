/* rnl-agent-start.c: the ways a turn of an agent begins
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-run-current.h"

/**
 * rnl_agent_ask:
 * @self: an agent
 * @text: the question
 * @config: (nullable): what this turn is, over [method@Runnel.Agent.set_config]: neither is touched
 *
 * Asks one question without a history, as [method@Runnel.Agent.start] does: every call is a turn
 * with a run of its own, and nothing has happened yet when this is back. Inside a tool or another
 * run the turn is nested in it.
 *
 * Returns: (transfer full): the turn, which keeps itself alive until it has ended
 */
RnlAgentRun *
rnl_agent_ask (RnlAgent *self, const char *text, const RnlRunConfig *config)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (RnlRunConfig) merged = NULL;
  g_autoptr (RnlRun) run = NULL;

  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  history = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, text));
  merged = rnl_run_config_merge (rnl_agent_get_config (self), config);
  run = rnl_run_new_configured (RNL_RUN_AGENT, rnl_run_get_current (), merged, "agent");

  return rnl_agent_start (self, history, run);
}

/**
 * rnl_agent_start:
 * @self: an agent
 * @history: (element-type RnlMessage): the conversation, the question last; copied
 * @run: (nullable): a root run that has not started, with its observers; `NULL` for a new one
 *
 * Starts one turn and returns at once. Nothing has happened by then, not even the start of the
 * run: connect to the returned turn, to its run and to its message, and miss nothing.
 *
 * Returns: (transfer full): the turn, which keeps itself alive until it has ended
 */
RnlAgentRun *
rnl_agent_start (RnlAgent *self, GPtrArray *history, RnlRun *run)
{
  RnlAgentRun *agent_run;

  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);
  g_return_val_if_fail (history != NULL, NULL);

  agent_run = rnl_agent_run_new (self, history, NULL, run);
  rnl_agent_run_schedule (agent_run);

  return agent_run;
}

/**
 * rnl_agent_continue:
 * @self: an agent
 * @history: (element-type RnlMessage): the conversation up to the question; copied
 * @message: the answer that stopped at a limit, was stopped or broke off
 * @run: (nullable): a root run that has not started, with its observers; `NULL` for a new one
 *
 * Goes on where a turn stopped: a new run, with limits of its own, that grows the same message.
 *
 * Returns: (transfer full): the turn, as [method@Runnel.Agent.start] gives it
 */
RnlAgentRun *
rnl_agent_continue (RnlAgent *self, GPtrArray *history, RnlMessage *message, RnlRun *run)
{
  RnlAgentRun *agent_run;

  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);
  g_return_val_if_fail (history != NULL, NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (rnl_message_get_state (message) != RNL_MESSAGE_STREAMING, NULL);

  agent_run = rnl_agent_run_new (self, history, message, run);
  rnl_agent_run_schedule (agent_run);

  return agent_run;
}
