/* rnl-agent.h: a model, its tools, and the rules of the loop
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent-run.h"
#include "rnl-chat-model.h"
#include "rnl-permission-policy.h"
#include "rnl-run-config.h"
#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/**
 * RNL_AGENT_DEFAULT_MAX_STEPS:
 *
 * How many model calls a turn may take unless said otherwise.
 */
#define RNL_AGENT_DEFAULT_MAX_STEPS 15

/**
 * RNL_AGENT_DEFAULT_MAX_PARALLEL:
 *
 * How many tools of a turn run at the same time unless said otherwise.
 */
#define RNL_AGENT_DEFAULT_MAX_PARALLEL 8

#define RNL_TYPE_AGENT (rnl_agent_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgent, rnl_agent, RNL, AGENT, GObject)

RnlAgent *rnl_agent_new (RnlChatModel *model, RnlToolRegistry *tools, RnlPermissionPolicy *policy);

RnlChatModel *rnl_agent_get_model (RnlAgent *self);
RnlToolRegistry *rnl_agent_get_tools (RnlAgent *self);
void rnl_agent_add_tool (RnlAgent *self, RnlTool *tool);
RnlPermissionPolicy *rnl_agent_get_policy (RnlAgent *self);
const char *rnl_agent_get_system (RnlAgent *self);
void rnl_agent_set_system (RnlAgent *self, const char *system);
const char *rnl_agent_get_tool_choice (RnlAgent *self);
void rnl_agent_set_tool_choice (RnlAgent *self, const char *tool_choice);
gboolean rnl_agent_get_final_answer_tool (RnlAgent *self);
void rnl_agent_set_final_answer_tool (RnlAgent *self, gboolean final_answer_tool);
gboolean rnl_agent_get_condense_questions (RnlAgent *self);
void rnl_agent_set_condense_questions (RnlAgent *self, gboolean condense_questions);
gboolean rnl_agent_get_raise_tool_errors (RnlAgent *self);
void rnl_agent_set_raise_tool_errors (RnlAgent *self, gboolean raise_tool_errors);
guint rnl_agent_get_max_steps (RnlAgent *self);
void rnl_agent_set_max_steps (RnlAgent *self, guint max_steps);
guint rnl_agent_get_max_parallel (RnlAgent *self);
void rnl_agent_set_max_parallel (RnlAgent *self, guint max_parallel);
guint rnl_agent_get_time_limit (RnlAgent *self);
void rnl_agent_set_time_limit (RnlAgent *self, guint seconds);
gint64 rnl_agent_get_context_length (RnlAgent *self);
void rnl_agent_set_context_length (RnlAgent *self, gint64 tokens);
gboolean rnl_agent_get_stream (RnlAgent *self);
void rnl_agent_set_stream (RnlAgent *self, gboolean stream);

const RnlRunConfig *rnl_agent_get_config (RnlAgent *self);
void rnl_agent_set_config (RnlAgent *self, const RnlRunConfig *config);

RnlAgentRun *rnl_agent_ask (RnlAgent *self, const char *text, const RnlRunConfig *config);
RnlAgentRun *rnl_agent_start (RnlAgent *self, GPtrArray *history, RnlRun *run);
RnlAgentRun *
rnl_agent_continue (RnlAgent *self, GPtrArray *history, RnlMessage *message, RnlRun *run);

G_END_DECLS
