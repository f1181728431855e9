/* rnl-chat-request-read.c: the way back from what was written down of a request
 *
 * What went over the wire as messages of their own, a model's calls and the results of its tools,
 * becomes one turn again.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-request.h"

#include "rnl-final-answer.h"
#include "rnl-json-error.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-request-params.h"

typedef struct
{
  RnlChatRequest *request;
  RnlMessage *turn; /* borrowed; nullable: the assistant's message that is being read */
  guint step;
} Reading;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "this is no question to a model: %s",
               what);

  return FALSE;
}

/* Turns. */

static void
read_calls (Reading *reading, JsonArray *calls)
{
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *call = rnl_json_node_get_object (json_array_get_element (calls, i));
      JsonNode *args = rnl_json_object_get_value (call, "args");
      g_autofree char *text = args != NULL ? rnl_json_to_string (args, FALSE) : g_strdup ("{}");
      g_autoptr (RnlPart) part
        = rnl_part_new_tool_call (reading->step, rnl_json_object_get_string (call, "id"),
                                  rnl_json_object_get_string (call, "name"));

      rnl_part_set_text (part, text);
      rnl_part_set_complete (part, TRUE);
      rnl_message_add_part (reading->turn, part);
    }
}

static gboolean
read_assistant (Reading *reading, JsonObject *entry)
{
  const char *content = rnl_json_object_get_string (entry, "content");
  JsonArray *calls = rnl_json_object_get_array (entry, "tool_calls");
  guint n = reading->turn != NULL ? rnl_message_get_n_parts (reading->turn) : 0;
  RnlPart *last = n > 0 ? rnl_message_get_part (reading->turn, n - 1) : NULL;

  /* After a call the turn goes on; after a text somebody else has spoken. */
  if (last != NULL && rnl_part_get_part_type (last) == RNL_PART_TOOL_CALL)
    reading->step++;
  else
    {
      g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

      rnl_chat_request_add_message (reading->request, turn);
      reading->turn = turn;
      reading->step = 0;
    }
  if (content != NULL && *content != '\0')
    {
      g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, reading->step);

      rnl_part_set_text (part, content);
      rnl_part_set_complete (part, TRUE);
      rnl_message_add_part (reading->turn, part);
    }
  read_calls (reading, calls);

  return TRUE;
}

static RnlPart *
find_call (Reading *reading, const char *id)
{
  guint n = reading->turn != NULL ? rnl_message_get_n_parts (reading->turn) : 0;

  for (guint i = n; i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (reading->turn, i - 1);

      if (rnl_part_get_step (part) == reading->step
          && rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
          && g_strcmp0 (rnl_part_get_call_id (part), id) == 0)
        return part;
    }

  return NULL;
}

static gboolean
read_result (Reading *reading, JsonObject *entry, GError **error)
{
  RnlPart *call = find_call (reading, rnl_json_object_get_string (entry, "tool_call_id"));

  if (call == NULL)
    return refuse (error, "a tool answers a call that was not made");

  rnl_part_set_result (call, rnl_json_object_get_string (entry, "content"));
  rnl_part_set_state (call, rnl_json_object_get_boolean (entry, "is_error", FALSE) ? RNL_TOOL_FAILED
                                                                                   : RNL_TOOL_DONE);

  return TRUE;
}

/* Messages. */

static gboolean
read_message (Reading *reading, JsonObject *entry, GError **error)
{
  const char *role = rnl_json_object_get_string (entry, "role");
  const char *content = rnl_json_object_get_string (entry, "content");
  g_autoptr (GEnumClass) roles = g_type_class_ref (RNL_TYPE_ROLE);
  GEnumValue *value = role != NULL ? g_enum_get_value_by_nick (roles, role) : NULL;
  g_autoptr (RnlMessage) message = NULL;

  if (content == NULL)
    return refuse (error, "a message has no text");
  if (rnl_json_object_get_array (entry, "files") != NULL)
    return refuse (error, "its files are not in it");
  if (g_strcmp0 (role, "tool") == 0)
    return read_result (reading, entry, error);
  if (value == NULL)
    return refuse (error, "a message has an unknown role");
  if (value->value == RNL_ROLE_ASSISTANT)
    return read_assistant (reading, entry);

  reading->turn = NULL;
  message = rnl_message_new_text ((RnlRole) value->value, content);
  rnl_chat_request_add_message (reading->request, message);

  return TRUE;
}

static gboolean
read_messages (Reading *reading, JsonObject *object, GError **error)
{
  JsonArray *messages = rnl_json_object_get_array (object, "messages");
  JsonArray *prompts = rnl_json_object_get_array (object, "prompts");

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    if (!read_message (reading, rnl_json_node_get_object (json_array_get_element (messages, i)),
                       error))
      return FALSE;
  for (guint i = 0; prompts != NULL && i < json_array_get_length (prompts); i++)
    {
      JsonNode *prompt = json_array_get_element (prompts, i);
      g_autoptr (RnlMessage) message = NULL;

      if (!JSON_NODE_HOLDS_VALUE (prompt) || json_node_get_string (prompt) == NULL)
        return refuse (error, "a prompt is no text");
      message = rnl_message_new_text (RNL_ROLE_USER, json_node_get_string (prompt));
      rnl_chat_request_add_message (reading->request, message);
    }

  return reading->request->messages->len > 0 || refuse (error, "it has no messages");
}

/* Tools and parameters. */

static gboolean
read_tools (RnlChatRequest *request, JsonArray *tools, GError **error)
{
  for (guint i = 0; tools != NULL && i < json_array_get_length (tools); i++)
    {
      JsonObject *tool = rnl_json_node_get_object (json_array_get_element (tools, i));
      const char *name = rnl_json_object_get_string (tool, "name");
      JsonNode *schema = rnl_json_object_get_value (tool, "parameters");
      g_autofree char *parameters = NULL;
      g_autoptr (RnlToolSpec) spec = NULL;

      if (name == NULL || schema == NULL || !JSON_NODE_HOLDS_OBJECT (schema))
        return refuse (error, "a tool has no name or no parameters");
      parameters = rnl_json_to_string (schema, FALSE);
      spec = rnl_tool_spec_new (name, NULL, rnl_json_object_get_string (tool, "description"),
                                parameters);
      rnl_chat_request_add_tool (request, spec);
      if (g_str_equal (name, RNL_FINAL_ANSWER_TOOL))
        request->answer_tool = g_strdup (name);
    }

  return TRUE;
}

static void
read_params (RnlChatRequest *request, JsonObject *params)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (params == NULL)
    return;

  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, &name, &value))
    rnl_run_config_set_param (config, name, value);
  rnl_chat_request_apply_params (request, config);
  request->system = g_strdup (rnl_json_object_get_string (params, "system"));
}

/**
 * rnl_chat_request_new_from_json:
 * @json: as [method@Runnel.ChatRequest.to_json] makes it, or what a model of plain text was asked:
 *   `{prompts: [text], params?}`
 * @error: return location for an error
 *
 * Reads what was written down, so that a model can be asked it again.
 *
 * Errors: `RNL_JSON_ERROR_SCHEMA` when it is something else, or when files belong to it.
 *
 * Returns: (transfer full) (nullable): the request, which streams
 */
RnlChatRequest *
rnl_chat_request_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new ();
  Reading reading = { .request = request };
  JsonObject *object = rnl_json_node_get_object (json);

  if (!read_messages (&reading, object, error)
      || !read_tools (request, rnl_json_object_get_array (object, "tools"), error))
    return NULL;
  read_params (request, rnl_json_object_get_object (object, "params"));

  return g_steal_pointer (&request);
}
