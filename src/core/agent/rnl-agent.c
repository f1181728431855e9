/* rnl-agent.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-text.h"

/**
 * RnlAgent:
 *
 * A model, the tools it may use, and the rules of the loop: how many model calls a turn may take,
 * how long, and what needs a person's word. It holds no state of a turn; each
 * [method@Runnel.Agent.start] makes a run of its own, so two turns never meet.
 */
struct _RnlAgent
{
  GObject parent_instance;

  /* owned */
  RnlChatModel *model;
  RnlToolRegistry *tools;
  RnlPermissionPolicy *policy;
  char *system;

  guint max_steps;
  guint time_limit;
  gboolean stream;
};

G_DEFINE_FINAL_TYPE (RnlAgent, rnl_agent, G_TYPE_OBJECT)

static void
rnl_agent_dispose (GObject *object)
{
  RnlAgent *self = RNL_AGENT (object);

  g_clear_object (&self->model);
  g_clear_object (&self->tools);
  g_clear_object (&self->policy);

  G_OBJECT_CLASS (rnl_agent_parent_class)->dispose (object);
}

static void
rnl_agent_finalize (GObject *object)
{
  g_free (RNL_AGENT (object)->system);

  G_OBJECT_CLASS (rnl_agent_parent_class)->finalize (object);
}

static void
rnl_agent_class_init (RnlAgentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_agent_dispose;
  object_class->finalize = rnl_agent_finalize;
}

static void
rnl_agent_init (RnlAgent *self)
{
  self->max_steps = RNL_AGENT_DEFAULT_MAX_STEPS;
  self->stream = TRUE;
}

/**
 * rnl_agent_new:
 * @model: who answers
 * @tools: (nullable): what it may use, `NULL` for nothing
 * @policy: (nullable): which calls ask first, `NULL` for the default
 *
 * Returns: (transfer full): an agent
 */
RnlAgent *
rnl_agent_new (RnlChatModel *model, RnlToolRegistry *tools, RnlPermissionPolicy *policy)
{
  RnlAgent *self = g_object_new (RNL_TYPE_AGENT, NULL);

  self->model = g_object_ref (model);
  self->tools = tools != NULL ? g_object_ref (tools) : rnl_tool_registry_new ();
  self->policy
    = policy != NULL ? g_object_ref (policy) : rnl_permission_policy_new (RNL_APPROVE_ASK);

  return self;
}

RnlChatModel *
rnl_agent_get_model (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->model;
}

RnlToolRegistry *
rnl_agent_get_tools (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->tools;
}

RnlPermissionPolicy *
rnl_agent_get_policy (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->policy;
}

const char *
rnl_agent_get_system (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->system;
}

void
rnl_agent_set_system (RnlAgent *self, const char *system)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  rnl_set_str (&self->system, system);
}

guint
rnl_agent_get_max_steps (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), 0);

  return self->max_steps;
}

/**
 * rnl_agent_set_max_steps:
 * @self: an agent
 * @max_steps: how many model calls a turn may take, at least 1
 */
void
rnl_agent_set_max_steps (RnlAgent *self, guint max_steps)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->max_steps = MAX (max_steps, 1);
}

guint
rnl_agent_get_time_limit (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), 0);

  return self->time_limit;
}

/**
 * rnl_agent_set_time_limit:
 * @self: an agent
 * @seconds: how long a turn may take, 0 for as long as it wants
 */
void
rnl_agent_set_time_limit (RnlAgent *self, guint seconds)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->time_limit = seconds;
}

gboolean
rnl_agent_get_stream (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), TRUE);

  return self->stream;
}

void
rnl_agent_set_stream (RnlAgent *self, gboolean stream)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->stream = stream;
}

/**
 * rnl_agent_start:
 * @self: an agent
 * @history: (element-type RnlMessage): the conversation, the question last; copied
 * @run: (nullable): a root run that has not started, with its observers; `NULL` for a new one
 *
 * Starts one turn and returns at once. Nothing but the run's start event has happened by then: connect
 * to the returned run and to its message.
 *
 * Returns: (transfer full): the turn, which keeps itself alive until it has ended
 */
RnlAgentRun *
rnl_agent_start (RnlAgent *self, GPtrArray *history, RnlRun *run)
{
  RnlAgentRun *agent_run;

  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);
  g_return_val_if_fail (history != NULL, NULL);

  agent_run = rnl_agent_run_new (self, history, run);
  rnl_agent_run_begin (agent_run);

  return agent_run;
}
