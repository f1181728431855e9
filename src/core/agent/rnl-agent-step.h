/* rnl-agent-step.h: one thing an agent did: a tool, its input, what came of it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_AGENT_STEP (rnl_agent_step_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgentStep, rnl_agent_step, RNL, AGENT_STEP, GObject)

RnlAgentStep *rnl_agent_step_new (RnlPart *call, RnlMessage *said);

RnlPart *rnl_agent_step_get_call (RnlAgentStep *self);
const char *rnl_agent_step_get_tool (RnlAgentStep *self);
JsonNode *rnl_agent_step_dup_input (RnlAgentStep *self);
const char *rnl_agent_step_get_log (RnlAgentStep *self);
GListModel *rnl_agent_step_list_messages (RnlAgentStep *self);
const char *rnl_agent_step_get_call_id (RnlAgentStep *self);
RnlToolState rnl_agent_step_get_state (RnlAgentStep *self);
const char *rnl_agent_step_get_observation (RnlAgentStep *self);
JsonNode *rnl_agent_step_to_json (RnlAgentStep *self);

G_END_DECLS
