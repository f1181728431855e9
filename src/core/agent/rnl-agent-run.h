/* rnl-agent-run.h: one turn of an agent, alive
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlDecision:
 * @RNL_DECISION_ALLOW_ONCE: run this call
 * @RNL_DECISION_ALLOW_CHAT: run it, and every later call of this tool in this chat
 * @RNL_DECISION_REFUSE: do not run it; the model is told
 */
typedef enum
{
  RNL_DECISION_ALLOW_ONCE,
  RNL_DECISION_ALLOW_CHAT,
  RNL_DECISION_REFUSE,
} RnlDecision;

#define RNL_TYPE_AGENT_RUN (rnl_agent_run_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgentRun, rnl_agent_run, RNL, AGENT_RUN, GObject)

/* Signals, all on the main thread:
 *   text-delta (guint64 offset, const char *text)   new bytes of the answer's text; offset counts
 * over the turn step-ended (guint step)                         a model call and the tools it asked
 * for are over approval-needed (RnlPart *part)                 the call waits; arguments are
 * complete ended ()                                        exactly once; the message's state and
 * error are set
 */
RnlMessage *rnl_agent_run_get_message (RnlAgentRun *self);
RnlRun *rnl_agent_run_get_run (RnlAgentRun *self);
gboolean rnl_agent_run_is_over (RnlAgentRun *self);
guint rnl_agent_run_get_steps (RnlAgentRun *self);
void rnl_agent_run_cancel (RnlAgentRun *self);
void
rnl_agent_run_decide (RnlAgentRun *self, RnlPart *call, RnlDecision decision, const char *reason);

G_END_DECLS
