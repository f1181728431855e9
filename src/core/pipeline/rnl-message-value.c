/* rnl-message-value.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-value.h"

#include "rnl-json-members.h"
#include "rnl-pipeline-error.h"
#include "rnl-value.h"

#define TAKEN "text, a message, a list of messages, or the output of a prompt template"

static const struct
{
  const char *word;
  RnlRole role;
} roles[] = {
  { "system", RNL_ROLE_SYSTEM }, { "user", RNL_ROLE_USER },    { "assistant", RNL_ROLE_ASSISTANT },
  { "human", RNL_ROLE_USER },    { "ai", RNL_ROLE_ASSISTANT },
};

/**
 * rnl_message_value_new:
 * @message: a model's answer
 *
 * Returns: (transfer full): `{"role": "assistant", "content": TEXT, "tool_calls": [{id, name,
 *   args}]}`, without the calls when there are none
 */
JsonNode *
rnl_message_value_new (RnlMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonArray *calls = json_array_new ();
  g_autofree char *text = rnl_message_dup_text (message);

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      JsonObject *call;

      if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
        continue;
      call = json_object_new ();
      json_object_set_string_member (call, "id", rnl_part_get_call_id (part));
      json_object_set_string_member (call, "name", rnl_part_get_name (part));
      json_object_set_string_member (call, "args", rnl_part_get_text (part));
      json_array_add_object_element (calls, call);
    }

  json_object_set_string_member (object, "role", "assistant");
  json_object_set_string_member (object, "content", text);
  if (json_array_get_length (calls) > 0)
    json_object_set_array_member (object, "tool_calls", json_array_ref (calls));
  json_array_unref (calls);

  return rnl_value_take_object (object);
}

/**
 * rnl_message_value_read:
 * @value: a message: `{role, content}`, or text, which a user says
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_INPUT_TYPE`.
 *
 * Returns: (transfer full) (nullable): the message
 */
RnlMessage *
rnl_message_value_read (JsonNode *value, GError **error)
{
  const char *text = rnl_value_get_text (value);
  JsonObject *object = rnl_json_node_get_object (value);
  const char *content, *role;

  if (text != NULL)
    return rnl_message_new_text (RNL_ROLE_USER, text);

  content = object != NULL ? rnl_json_object_get_string (object, "content") : NULL;
  role = object != NULL ? rnl_json_object_get_string (object, "role") : NULL;
  if (content == NULL)
    {
      rnl_value_refuse (value, "a model", TAKEN, error);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (role == NULL || g_str_equal (roles[i].word, role))
      return rnl_message_new_text (role == NULL ? RNL_ROLE_USER : roles[i].role, content);

  g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE,
               "“%.40s” is no role of a message: it is system, user or assistant.", role);

  return NULL;
}

/* System messages go where providers want them; a list without another message asks nothing. */
static gboolean
add_message (RnlChatRequest *request, JsonNode *value, GError **error)
{
  g_autoptr (RnlMessage) message = rnl_message_value_read (value, error);

  if (message == NULL)
    return FALSE;

  if (rnl_message_get_role (message) == RNL_ROLE_SYSTEM)
    {
      g_autofree char *text = rnl_message_dup_text (message);
      g_autofree char *before = g_steal_pointer (&request->system);

      request->system
        = before != NULL ? g_strjoin ("\n\n", before, text, NULL) : g_steal_pointer (&text);
    }
  else
    rnl_chat_request_add_message (request, message);

  return TRUE;
}

/**
 * rnl_message_value_read_request:
 * @value: text, a message, a list of them, or an object with such a list as "messages"
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_INPUT_TYPE`, naming the type.
 *
 * Returns: (transfer full) (nullable): what a model is asked
 */
RnlChatRequest *
rnl_message_value_read_request (JsonNode *value, GError **error)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new ();
  JsonObject *object = rnl_json_node_get_object (value);
  JsonArray *list = object != NULL ? rnl_json_object_get_array (object, "messages") : NULL;

  if (JSON_NODE_HOLDS_ARRAY (value))
    list = json_node_get_array (value);
  if (list == NULL && !add_message (request, value, error))
    return NULL;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!add_message (request, json_array_get_element (list, i), error))
      return NULL;
  if (request->messages->len == 0)
    {
      g_set_error_literal (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE,
                           "Invalid input type: a model was given no message to answer.");
      return NULL;
    }

  return g_steal_pointer (&request);
}
