/* rnl-agent.h: a model, its tools, and the rules of the loop
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent-run.h"
#include "rnl-chat-model.h"
#include "rnl-permission-policy.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

#define RNL_AGENT_DEFAULT_MAX_STEPS  15
#define RNL_AGENT_MAX_PARALLEL_TOOLS 8

#define RNL_TYPE_AGENT (rnl_agent_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgent, rnl_agent, RNL, AGENT, GObject)

RnlAgent *rnl_agent_new (RnlChatModel *model, RnlToolRegistry *tools, RnlPermissionPolicy *policy);

RnlChatModel *rnl_agent_get_model (RnlAgent *self);
RnlToolRegistry *rnl_agent_get_tools (RnlAgent *self);
RnlPermissionPolicy *rnl_agent_get_policy (RnlAgent *self);
const char *rnl_agent_get_system (RnlAgent *self);
void rnl_agent_set_system (RnlAgent *self, const char *system);
guint rnl_agent_get_max_steps (RnlAgent *self);
void rnl_agent_set_max_steps (RnlAgent *self, guint max_steps);
guint rnl_agent_get_time_limit (RnlAgent *self);
void rnl_agent_set_time_limit (RnlAgent *self, guint seconds);
gboolean rnl_agent_get_stream (RnlAgent *self);
void rnl_agent_set_stream (RnlAgent *self, gboolean stream);

RnlAgentRun *rnl_agent_start (RnlAgent *self, GPtrArray *history, RnlRun *run);

G_END_DECLS
