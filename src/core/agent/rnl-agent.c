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
  char *tool_choice;
  RnlRunConfig *config;

  guint max_steps;
  guint max_parallel;
  guint time_limit;
  gint64 context_length;
  gboolean stream;
  gboolean final_answer_tool;
  gboolean raise_tool_errors;
  gboolean condense_questions;
};

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_TOOLS,
  PROP_POLICY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlAgent, rnl_agent, G_TYPE_OBJECT)

static void
rnl_agent_constructed (GObject *object)
{
  RnlAgent *self = RNL_AGENT (object);

  if (self->tools == NULL)
    self->tools = rnl_tool_registry_new ();
  if (self->policy == NULL)
    self->policy = rnl_permission_policy_new (RNL_APPROVE_ASK);

  G_OBJECT_CLASS (rnl_agent_parent_class)->constructed (object);
}

static void
rnl_agent_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlAgent *self = RNL_AGENT (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_TOOLS:
      g_value_set_object (value, self->tools);
      break;
    case PROP_POLICY:
      g_value_set_object (value, self->policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_agent_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RnlAgent *self = RNL_AGENT (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      self->model = g_value_dup_object (value);
      break;
    case PROP_TOOLS:
      self->tools = g_value_dup_object (value);
      break;
    case PROP_POLICY:
      self->policy = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

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
  RnlAgent *self = RNL_AGENT (object);

  g_free (self->system);
  g_free (self->tool_choice);
  rnl_run_config_unref (self->config);

  G_OBJECT_CLASS (rnl_agent_parent_class)->finalize (object);
}

static void
rnl_agent_class_init (RnlAgentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = rnl_agent_constructed;
  object_class->dispose = rnl_agent_dispose;
  object_class->finalize = rnl_agent_finalize;
  object_class->get_property = rnl_agent_get_property;
  object_class->set_property = rnl_agent_set_property;

  /**
   * RnlAgent:model: (getter get_model)
   *
   * Who answers.
   */
  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, RNL_TYPE_CHAT_MODEL, flags);
  /**
   * RnlAgent:tools: (getter get_tools)
   *
   * What it may use.
   */
  props[PROP_TOOLS] = g_param_spec_object ("tools", NULL, NULL, RNL_TYPE_TOOL_REGISTRY, flags);
  /**
   * RnlAgent:policy: (getter get_policy)
   *
   * Which calls ask a person first.
   */
  props[PROP_POLICY]
    = g_param_spec_object ("policy", NULL, NULL, RNL_TYPE_PERMISSION_POLICY, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_agent_init (RnlAgent *self)
{
  self->max_steps = RNL_AGENT_DEFAULT_MAX_STEPS;
  self->max_parallel = RNL_AGENT_DEFAULT_MAX_PARALLEL;
  self->stream = TRUE;
  self->config = rnl_run_config_new ();
}

/**
 * rnl_agent_new:
 * @model: who answers
 * @tools: (nullable): what it may use, `NULL` for an empty registry of its own
 * @policy: (nullable): which calls ask first, `NULL` for: safe tools run, the others ask
 *
 * Returns: (transfer full): an agent
 */
RnlAgent *
rnl_agent_new (RnlChatModel *model, RnlToolRegistry *tools, RnlPermissionPolicy *policy)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (model), NULL);

  return g_object_new (RNL_TYPE_AGENT, "model", model, "tools", tools, "policy", policy, NULL);
}

/**
 * rnl_agent_get_model:
 * @self: an agent
 *
 * Returns: (transfer none): who answers
 */
RnlChatModel *
rnl_agent_get_model (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->model;
}

/**
 * rnl_agent_get_tools:
 * @self: an agent
 *
 * Returns: (transfer none): what it may use
 */
RnlToolRegistry *
rnl_agent_get_tools (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->tools;
}

/**
 * rnl_agent_add_tool:
 * @self: an agent
 * @tool: a tool; takes the place of one of the same name
 */
void
rnl_agent_add_tool (RnlAgent *self, RnlTool *tool)
{
  g_return_if_fail (RNL_IS_AGENT (self));
  g_return_if_fail (RNL_IS_TOOL (tool));

  rnl_tool_registry_add (self->tools, tool);
}

/**
 * rnl_agent_get_policy:
 * @self: an agent
 *
 * Returns: (transfer none): which calls ask first
 */
RnlPermissionPolicy *
rnl_agent_get_policy (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->policy;
}

/**
 * rnl_agent_get_system:
 * @self: an agent
 *
 * Returns: (transfer none) (nullable): the system prompt
 */
const char *
rnl_agent_get_system (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->system;
}

/**
 * rnl_agent_set_system:
 * @self: an agent
 * @system: (nullable): the system prompt
 */
void
rnl_agent_set_system (RnlAgent *self, const char *system)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  rnl_set_str (&self->system, system);
}

/**
 * rnl_agent_get_tool_choice:
 * @self: an agent
 *
 * Returns: (transfer none) (nullable): see [method@Runnel.Agent.set_tool_choice]
 */
const char *
rnl_agent_get_tool_choice (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->tool_choice;
}

/**
 * rnl_agent_set_tool_choice:
 * @self: an agent
 * @tool_choice: (nullable): "auto", "none", "any" or the name of a tool; `NULL` leaves it to the
 *   server
 *
 * What forces a call ("any", a name) forces the first one of a turn only, since a model that must
 * call could never answer; with [method@Runnel.Agent.set_final_answer_tool] "any" holds to the end.
 * A model that answers in text all the same has answered.
 */
void
rnl_agent_set_tool_choice (RnlAgent *self, const char *tool_choice)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  rnl_set_str (&self->tool_choice, tool_choice);
}

/**
 * rnl_agent_get_final_answer_tool:
 * @self: an agent
 *
 * Returns: whether the model is offered the tool `final_answer`
 */
gboolean
rnl_agent_get_final_answer_tool (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), FALSE);

  return self->final_answer_tool;
}

/**
 * rnl_agent_set_final_answer_tool:
 * @self: an agent
 * @final_answer_tool: whether to offer the tool `final_answer (answer: string, tools_used:
 *   [string])`
 *
 * Calling it ends the turn. Its argument `answer` is the answer's text, from its first byte on;
 * nobody sees a call. Only that text is told to the model in later turns.
 */
void
rnl_agent_set_final_answer_tool (RnlAgent *self, gboolean final_answer_tool)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->final_answer_tool = final_answer_tool;
}

/**
 * rnl_agent_get_condense_questions:
 * @self: an agent
 *
 * Returns: whether a follow-up is made a question of its own first
 */
gboolean
rnl_agent_get_condense_questions (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), FALSE);

  return self->condense_questions;
}

/**
 * rnl_agent_set_condense_questions:
 * @self: an agent
 * @condense_questions: whether a follow-up is made a question of its own first
 *
 * Then a turn with a history begins with a hidden model call, tagged `internal`, that writes the
 * question so that it can be understood alone, and the model that answers is asked only that: for
 * looking things up, and for long conversations. The hidden call is in every trace and in no
 * transcript.
 */
void
rnl_agent_set_condense_questions (RnlAgent *self, gboolean condense_questions)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->condense_questions = condense_questions;
}

/**
 * rnl_agent_get_raise_tool_errors:
 * @self: an agent
 *
 * Returns: whether a tool that fails ends the turn
 */
gboolean
rnl_agent_get_raise_tool_errors (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), FALSE);

  return self->raise_tool_errors;
}

/**
 * rnl_agent_set_raise_tool_errors:
 * @self: an agent
 * @raise_tool_errors: whether a tool that fails ends the turn with its error. By default the model
 *   is told, and goes on. The person sees it either way
 */
void
rnl_agent_set_raise_tool_errors (RnlAgent *self, gboolean raise_tool_errors)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->raise_tool_errors = raise_tool_errors;
}

/**
 * rnl_agent_get_max_steps:
 * @self: an agent
 *
 * Returns: how many model calls a turn may take
 */
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

/**
 * rnl_agent_get_max_parallel:
 * @self: an agent
 *
 * Returns: how many tools of a turn run at the same time
 */
guint
rnl_agent_get_max_parallel (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), 0);

  return self->max_parallel;
}

/**
 * rnl_agent_set_max_parallel:
 * @self: an agent
 * @max_parallel: how many tools of a turn may run at the same time, at least 1; the others wait and
 *   start in the order of the calls
 */
void
rnl_agent_set_max_parallel (RnlAgent *self, guint max_parallel)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->max_parallel = MAX (max_parallel, 1);
}

/**
 * rnl_agent_get_time_limit:
 * @self: an agent
 *
 * Returns: how long a turn may take in seconds, 0 for as long as it wants
 */
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

/**
 * rnl_agent_get_context_length:
 * @self: an agent
 *
 * Returns: how many tokens the model's window holds, as it was set; 0 for what the model says
 */
gint64
rnl_agent_get_context_length (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), 0);

  return self->context_length;
}

/**
 * rnl_agent_set_context_length:
 * @self: an agent
 * @tokens: how many tokens the model's window holds, 0 (the default) for what the model says
 *
 * What does not fit is not sent: whole turns are left out of the request, the oldest first, and a
 * note in the answer says how many messages that were. The conversation itself stays as it is.
 */
void
rnl_agent_set_context_length (RnlAgent *self, gint64 tokens)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->context_length = MAX (tokens, 0);
}

/**
 * rnl_agent_get_stream:
 * @self: an agent
 *
 * Returns: whether answers come token by token
 */
gboolean
rnl_agent_get_stream (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), TRUE);

  return self->stream;
}

/**
 * rnl_agent_set_stream:
 * @self: an agent
 * @stream: whether answers come token by token (the default) or in one piece; the signals are the
 *   same, with one delta
 */
void
rnl_agent_set_stream (RnlAgent *self, gboolean stream)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  self->stream = stream;
}

/**
 * rnl_agent_get_config:
 * @self: an agent
 *
 * Returns: (transfer none): what its turns are by default: name, tags, metadata, parameters of the
 *   model; not to be changed
 */
const RnlRunConfig *
rnl_agent_get_config (RnlAgent *self)
{
  g_return_val_if_fail (RNL_IS_AGENT (self), NULL);

  return self->config;
}

/**
 * rnl_agent_set_config:
 * @self: an agent
 * @config: (nullable): what its turns are by default; copied
 */
void
rnl_agent_set_config (RnlAgent *self, const RnlRunConfig *config)
{
  g_return_if_fail (RNL_IS_AGENT (self));

  rnl_run_config_unref (self->config);
  self->config = config != NULL ? rnl_run_config_copy (config) : rnl_run_config_new ();
}
