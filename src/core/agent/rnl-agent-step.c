/* rnl-agent-step.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-step.h"

#include "rnl-json-value.h"
#include "rnl-part-extra.h"

/**
 * RnlAgentStep:
 *
 * The record of one tool call: which tool, with what input, why (in the model's words), the
 * messages it stands in and the model's id for it; later also what came of it. A step follows its
 * call: [property@Runnel.AgentStep:state] and [property@Runnel.AgentStep:observation] notify.
 */
struct _RnlAgentStep
{
  GObject parent_instance;

  /* owned */
  RnlPart *call;
  GListStore *messages;
  char *log;
};

enum
{
  PROP_0,
  PROP_CALL,
  PROP_TOOL,
  PROP_LOG,
  PROP_CALL_ID,
  PROP_STATE,
  PROP_OBSERVATION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlAgentStep, rnl_agent_step, G_TYPE_OBJECT)

static void
rnl_agent_step_dispose (GObject *object)
{
  RnlAgentStep *self = RNL_AGENT_STEP (object);

  g_clear_object (&self->call);
  g_clear_object (&self->messages);

  G_OBJECT_CLASS (rnl_agent_step_parent_class)->dispose (object);
}

static void
rnl_agent_step_finalize (GObject *object)
{
  g_free (RNL_AGENT_STEP (object)->log);

  G_OBJECT_CLASS (rnl_agent_step_parent_class)->finalize (object);
}

static void
rnl_agent_step_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlAgentStep *self = RNL_AGENT_STEP (object);

  switch (prop_id)
    {
    case PROP_CALL:
      g_value_set_object (value, self->call);
      break;
    case PROP_TOOL:
      g_value_set_string (value, rnl_agent_step_get_tool (self));
      break;
    case PROP_LOG:
      g_value_set_string (value, self->log);
      break;
    case PROP_CALL_ID:
      g_value_set_string (value, rnl_agent_step_get_call_id (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, (gint) rnl_agent_step_get_state (self));
      break;
    case PROP_OBSERVATION:
      g_value_set_string (value, rnl_agent_step_get_observation (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_agent_step_class_init (RnlAgentStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rnl_agent_step_dispose;
  object_class->finalize = rnl_agent_step_finalize;
  object_class->get_property = rnl_agent_step_get_property;

  /**
   * RnlAgentStep:call: (getter get_call)
   *
   * The call as it is shown: its arguments, its state, its result.
   */
  props[PROP_CALL] = g_param_spec_object ("call", NULL, NULL, RNL_TYPE_PART, flags);
  /**
   * RnlAgentStep:tool: (getter get_tool)
   *
   * The name of the tool.
   */
  props[PROP_TOOL] = g_param_spec_string ("tool", NULL, NULL, NULL, flags);
  /**
   * RnlAgentStep:log: (getter get_log)
   *
   * The step in words.
   */
  props[PROP_LOG] = g_param_spec_string ("log", NULL, NULL, NULL, flags);
  /**
   * RnlAgentStep:call-id: (getter get_call_id)
   *
   * The model's id for the call.
   */
  props[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, flags);
  /**
   * RnlAgentStep:state: (getter get_state)
   *
   * How far the call has come.
   */
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_TOOL_STATE, RNL_TOOL_PREPARING, flags);
  /**
   * RnlAgentStep:observation: (getter get_observation)
   *
   * What the model is told came of it.
   */
  props[PROP_OBSERVATION] = g_param_spec_string ("observation", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_agent_step_init (RnlAgentStep *self)
{
  self->messages = g_list_store_new (RNL_TYPE_MESSAGE);
}

static void
state_changed_cb (RnlAgentStep *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (rnl_tool_state_is_final (rnl_agent_step_get_state (self)))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OBSERVATION]);
}

static char *
make_log (RnlPart *call, RnlMessage *said)
{
  const char *name = rnl_part_get_name (call);
  g_autofree char *text = rnl_message_dup_text (said);
  GString *log = g_string_new (NULL);

  g_string_append_printf (log, "Invoking: `%s` with `%s`", name != NULL ? name : "",
                          rnl_part_get_text (call));
  if (*text != '\0')
    g_string_append_printf (log, "\nresponded: %s", text);

  return g_string_free (log, FALSE);
}

/**
 * rnl_agent_step_new:
 * @call: a call whose arguments are complete
 * @said: the model's message that asks for it: the parts of one model call
 *
 * Returns: (transfer full): its record
 */
RnlAgentStep *
rnl_agent_step_new (RnlPart *call, RnlMessage *said)
{
  RnlAgentStep *self = g_object_new (RNL_TYPE_AGENT_STEP, NULL);

  self->call = g_object_ref (call);
  self->log = make_log (call, said);
  g_list_store_append (self->messages, said);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * rnl_agent_step_get_call:
 * @self: a step
 *
 * Returns: (transfer none): the call as it is shown
 */
RnlPart *
rnl_agent_step_get_call (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return self->call;
}

/**
 * rnl_agent_step_get_tool:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the name the model gave, a tool's or not
 */
const char *
rnl_agent_step_get_tool (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return rnl_part_get_name (self->call);
}

static JsonNode *
parse_input (const char *text)
{
  JsonNode *node = *text != '\0' ? rnl_json_strict_parse (text, -1, NULL) : NULL;

  if (node == NULL)
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (node, text);
    }

  return node;
}

/**
 * rnl_agent_step_dup_input:
 * @self: a step
 *
 * Returns: (transfer full): the arguments the tool ran with, an object: the person's, where they
 *   were edited. A string with the model's own text where that is not JSON
 */
JsonNode *
rnl_agent_step_dup_input (RnlAgentStep *self)
{
  const char *edited;

  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  edited = rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_EDITED);

  return parse_input (edited != NULL ? edited : rnl_part_get_text (self->call));
}

/**
 * rnl_agent_step_get_log:
 * @self: a step
 *
 * Returns: (transfer none): the step in words: what is invoked with what, and what the model said
 *   with it
 */
const char *
rnl_agent_step_get_log (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return self->log;
}

/**
 * rnl_agent_step_list_messages:
 * @self: a step
 *
 * Returns: (transfer none): the [class@Runnel.Message]s it stands in: what the model said in this
 *   step, its calls with it. They hold the very parts of the turn's message
 */
GListModel *
rnl_agent_step_list_messages (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return G_LIST_MODEL (self->messages);
}

/**
 * rnl_agent_step_get_call_id:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the model's id for the call
 */
const char *
rnl_agent_step_get_call_id (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return rnl_part_get_call_id (self->call);
}

/**
 * rnl_agent_step_get_state:
 * @self: a step
 *
 * Returns: how far the call has come
 */
RnlToolState
rnl_agent_step_get_state (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), RNL_TOOL_PREPARING);

  return rnl_part_get_state (self->call);
}

/**
 * rnl_agent_step_get_observation:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): what the model is told came of it, a result or why there is
 *   none; `NULL` while the call is not over
 */
const char *
rnl_agent_step_get_observation (RnlAgentStep *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  return rnl_tool_state_is_final (rnl_part_get_state (self->call))
           ? rnl_part_get_result (self->call)
           : NULL;
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
message_to_json (RnlMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonArray *calls = json_array_new ();
  g_autofree char *text = rnl_message_dup_text (message);

  json_object_set_string_member (object, "role", "assistant");
  json_object_set_string_member (object, "content", text);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      JsonObject *call;

      if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
        continue;
      call = json_object_new ();
      set_string (call, "id", rnl_part_get_call_id (part));
      set_string (call, "name", rnl_part_get_name (part));
      json_object_set_member (call, "args", parse_input (rnl_part_get_text (part)));
      json_array_add_object_element (calls, call);
    }
  json_object_set_array_member (object, "tool_calls", calls);

  return object;
}

static JsonObject *
result_to_json (RnlAgentStep *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "role", "tool");
  set_string (object, "name", rnl_agent_step_get_tool (self));
  set_string (object, "tool_call_id", rnl_agent_step_get_call_id (self));
  set_string (object, "content", rnl_agent_step_get_observation (self));
  json_object_set_string_member (
    object, "status", rnl_agent_step_get_state (self) == RNL_TOOL_DONE ? "success" : "error");

  return object;
}

/**
 * rnl_agent_step_to_json:
 * @self: a step
 *
 * Returns: (transfer full): `{tool, input, log, messages: [{role, content, tool_calls | name,
 *   tool_call_id, status}], tool_call_id, state, observation, original_input?}`; `messages` has the
 *   tool's own once the call is over, `original_input` is what the model asked for where a person
 *   edited it, `observation` is null until then
 */
JsonNode *
rnl_agent_step_to_json (RnlAgentStep *self)
{
  JsonNode *node;
  JsonObject *object;
  JsonArray *messages;
  g_autoptr (RnlMessage) said = NULL;

  g_return_val_if_fail (RNL_IS_AGENT_STEP (self), NULL);

  object = json_object_new ();
  messages = json_array_new ();
  said = g_list_model_get_item (G_LIST_MODEL (self->messages), 0);
  json_array_add_object_element (messages, message_to_json (said));
  if (rnl_tool_state_is_final (rnl_agent_step_get_state (self)))
    json_array_add_object_element (messages, result_to_json (self));

  set_string (object, "tool", rnl_agent_step_get_tool (self));
  json_object_set_member (object, "input", rnl_agent_step_dup_input (self));
  if (rnl_part_get_extra_string (self->call, RNL_PART_EXTRA_EDITED) != NULL)
    json_object_set_member (object, "original_input", parse_input (rnl_part_get_text (self->call)));
  json_object_set_string_member (object, "log", self->log);
  json_object_set_array_member (object, "messages", messages);
  set_string (object, "tool_call_id", rnl_agent_step_get_call_id (self));
  json_object_set_string_member (
    object, "state", rnl_enum_nick (RNL_TYPE_TOOL_STATE, (gint) rnl_agent_step_get_state (self)));
  set_string (object, "observation", rnl_agent_step_get_observation (self));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
