/* rnl-agent-iteration.h: what an agent did next, for those who ask
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-agent-step.h"

G_BEGIN_DECLS

/**
 * RnlAgentIterationKind:
 * @RNL_AGENT_ITERATION_ACTION: the model asked for tools: the steps have no observation yet
 * @RNL_AGENT_ITERATION_OBSERVATION: what came of them: each step has its one observation
 * @RNL_AGENT_ITERATION_OUTPUT: the final answer
 */
typedef enum
{
  RNL_AGENT_ITERATION_ACTION,
  RNL_AGENT_ITERATION_OBSERVATION,
  RNL_AGENT_ITERATION_OUTPUT,
} RnlAgentIterationKind;

#define RNL_TYPE_AGENT_ITERATION_KIND (rnl_agent_iteration_kind_get_type ())
GType rnl_agent_iteration_kind_get_type (void);

#define RNL_TYPE_AGENT_ITERATION (rnl_agent_iteration_get_type ())
G_DECLARE_FINAL_TYPE (RnlAgentIteration, rnl_agent_iteration, RNL, AGENT_ITERATION, GObject)

RnlAgentIteration *
rnl_agent_iteration_new (RnlAgentIterationKind kind, GPtrArray *steps, const char *output);

RnlAgentIterationKind rnl_agent_iteration_get_kind (RnlAgentIteration *self);
GPtrArray *rnl_agent_iteration_get_steps (RnlAgentIteration *self);
const char *rnl_agent_iteration_get_output (RnlAgentIteration *self);
JsonNode *rnl_agent_iteration_to_json (RnlAgentIteration *self);

G_END_DECLS
