/* rnl-agent-private.h: between the agent and its runs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent.h"

G_BEGIN_DECLS

RnlAgentRun *rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlRun *run);
void rnl_agent_run_begin (RnlAgentRun *self);

G_END_DECLS
