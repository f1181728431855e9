/* rnl-agent-iteration.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-iteration.h"

/**
 * RnlAgentIteration:
 *
 * One of what [method@Runnel.AgentRun.next_iteration_async] yields: the actions a model asked for,
 * the observations of the same steps, or the final output. Actions and observations alternate; the
 * output is last.
 */
struct _RnlAgentIteration
{
  GObject parent_instance;

  /* owned */
  GPtrArray *steps;
  char *output;

  RnlAgentIterationKind kind;
};

G_DEFINE_ENUM_TYPE (RnlAgentIterationKind,
                    rnl_agent_iteration_kind,
                    G_DEFINE_ENUM_VALUE (RNL_AGENT_ITERATION_ACTION, "action"),
                    G_DEFINE_ENUM_VALUE (RNL_AGENT_ITERATION_OBSERVATION, "observation"),
                    G_DEFINE_ENUM_VALUE (RNL_AGENT_ITERATION_OUTPUT, "output"))

G_DEFINE_FINAL_TYPE (RnlAgentIteration, rnl_agent_iteration, G_TYPE_OBJECT)

static void
rnl_agent_iteration_finalize (GObject *object)
{
  RnlAgentIteration *self = RNL_AGENT_ITERATION (object);

  g_ptr_array_unref (self->steps);
  g_free (self->output);

  G_OBJECT_CLASS (rnl_agent_iteration_parent_class)->finalize (object);
}

static void
rnl_agent_iteration_class_init (RnlAgentIterationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_agent_iteration_finalize;
}

static void
rnl_agent_iteration_init (RnlAgentIteration *self)
{
}

/**
 * rnl_agent_iteration_new:
 * @kind: what it is
 * @steps: (nullable) (element-type RnlAgentStep): the steps of a group
 * @output: (nullable): the text of the final answer
 *
 * Returns: (transfer full): a new iteration
 */
RnlAgentIteration *
rnl_agent_iteration_new (RnlAgentIterationKind kind, GPtrArray *steps, const char *output)
{
  RnlAgentIteration *self = g_object_new (RNL_TYPE_AGENT_ITERATION, NULL);

  self->kind = kind;
  self->steps
    = steps != NULL ? g_ptr_array_ref (steps) : g_ptr_array_new_with_free_func (g_object_unref);
  self->output = g_strdup (output);

  return self;
}

/**
 * rnl_agent_iteration_get_kind:
 * @self: an iteration
 *
 * Returns: what it is
 */
RnlAgentIterationKind
rnl_agent_iteration_get_kind (RnlAgentIteration *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_ITERATION (self), RNL_AGENT_ITERATION_OUTPUT);

  return self->kind;
}

/**
 * rnl_agent_iteration_get_steps:
 * @self: an iteration
 *
 * Returns: (transfer none) (element-type RnlAgentStep): the steps of the group in the order the
 *   model asked for them; empty with the output
 */
GPtrArray *
rnl_agent_iteration_get_steps (RnlAgentIteration *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_ITERATION (self), NULL);

  return self->steps;
}

/**
 * rnl_agent_iteration_get_output:
 * @self: an iteration
 *
 * Returns: (transfer none) (nullable): the text of the final answer, `NULL` with actions and
 *   observations
 */
const char *
rnl_agent_iteration_get_output (RnlAgentIteration *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_ITERATION (self), NULL);

  return self->output;
}

/**
 * rnl_agent_iteration_to_json:
 * @self: an iteration
 *
 * Returns: (transfer full): `{actions: [step]}`, `{steps: [step]}` with their observations, or
 *   `{output: text}`
 */
JsonNode *
rnl_agent_iteration_to_json (RnlAgentIteration *self)
{
  JsonNode *node;
  JsonObject *object;
  JsonArray *steps;

  g_return_val_if_fail (RNL_IS_AGENT_ITERATION (self), NULL);

  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  if (self->kind == RNL_AGENT_ITERATION_OUTPUT)
    json_object_set_string_member (object, "output", self->output);
  else
    {
      steps = json_array_new ();
      for (guint i = 0; i < self->steps->len; i++)
        json_array_add_element (steps, rnl_agent_step_to_json (g_ptr_array_index (self->steps, i)));
      json_object_set_array_member (
        object, self->kind == RNL_AGENT_ITERATION_ACTION ? "actions" : "steps", steps);
    }
  json_node_take_object (node, object);

  return node;
}
