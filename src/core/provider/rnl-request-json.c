/* rnl-request-json.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-json.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/**
 * rnl_request_add_string:
 * @builder: where to, inside an object
 * @name: of the member
 * @value: its value; what is not UTF-8 is made so
 */
void
rnl_request_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/**
 * rnl_request_begin_typed:
 * @builder: where to
 * @type: value of the member `type`
 *
 * Begins an object that says what it is.
 */
void
rnl_request_begin_typed (JsonBuilder *builder, const char *type)
{
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "type", type);
}

/**
 * rnl_request_add_data_uri:
 * @builder: where to, inside an object
 * @name: of the member
 * @part: a picture or a PDF
 *
 * Writes the file as `data:TYPE;base64,CONTENT`.
 */
void
rnl_request_add_data_uri (JsonBuilder *builder, const char *name, RnlPart *part)
{
  g_autofree char *uri = g_strconcat ("data:", rnl_attachment_get_mime_type (part), ";base64,",
                                      rnl_part_get_text (part), NULL);

  rnl_request_add_string (builder, name, uri);
}

/**
 * rnl_request_add_raw:
 * @builder: where to, inside an array
 * @raw: (nullable): what [func@Runnel.request_get_raw] gave: an item or an array of them
 * @can_go_back: (nullable) (scope call): which of them are taken back; all when `NULL`
 *
 * Gives items back as they came.
 */
void
rnl_request_add_raw (JsonBuilder *builder, JsonNode *raw, RnlRequestRawFunc can_go_back)
{
  JsonObject *object = rnl_json_node_get_object (raw);
  JsonArray *array = raw != NULL && JSON_NODE_HOLDS_ARRAY (raw) ? json_node_get_array (raw) : NULL;

  if (object != NULL && (can_go_back == NULL || can_go_back (object)))
    json_builder_add_value (builder, rnl_json_value_copy (raw));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    rnl_request_add_raw (builder, json_array_get_element (array, i), can_go_back);
}

/**
 * rnl_request_dup_call:
 * @call: a call
 * @protocol: a protocol's name
 *
 * Returns: (transfer full): a copy of the call's item as @protocol gave it, an empty object when
 *   another one did. The caller writes over it what really ran: a person may have changed it
 */
JsonNode *
rnl_request_dup_call (RnlRequestCall *call, const char *protocol)
{
  JsonNode *raw = rnl_request_get_raw (call->part, protocol);
  JsonNode *node;

  if (raw != NULL && JSON_NODE_HOLDS_OBJECT (raw))
    return rnl_json_value_copy (raw);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());

  return node;
}

/**
 * rnl_request_names_tool:
 * @choice: a request's `tool_choice`
 *
 * Returns: whether it is the name of a tool, and not `auto`, `none` or `any`
 */
gboolean
rnl_request_names_tool (const char *choice)
{
  return !g_str_equal (choice, "auto") && !g_str_equal (choice, "none")
         && !g_str_equal (choice, "any");
}

/**
 * rnl_request_add_spec:
 * @builder: where to, inside an object
 * @spec: a tool
 * @schema: the member that holds the schema of its arguments
 *
 * Writes `name`, `description` and @schema.
 */
void
rnl_request_add_spec (JsonBuilder *builder, RnlToolSpec *spec, const char *schema)
{
  rnl_request_add_string (builder, "name", spec->name);
  if (spec->description != NULL)
    rnl_request_add_string (builder, "description", spec->description);
  json_builder_set_member_name (builder, schema);
  json_builder_add_value (builder, json_node_copy (spec->parameters));
}

/**
 * rnl_request_add_functions:
 * @builder: where to, inside an object
 * @tools: (element-type RnlToolSpec): what may be called
 *
 * Writes `tools` as Chat Completions has it, and who took it from there:
 * `[{type: "function", function: {name, description, parameters}}]`.
 */
void
rnl_request_add_functions (JsonBuilder *builder, GPtrArray *tools)
{
  json_builder_set_member_name (builder, "tools");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tools->len; i++)
    {
      rnl_request_begin_typed (builder, "function");
      json_builder_set_member_name (builder, "function");
      json_builder_begin_object (builder);
      rnl_request_add_spec (builder, g_ptr_array_index (tools, i), "parameters");
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * rnl_request_add_limits:
 * @builder: where to, inside an object
 * @request: what is asked
 * @max_tokens: the protocol's member for the longest answer
 * @temperature: its member for the temperature
 *
 * Writes those of the two that are set.
 */
void
rnl_request_add_limits (JsonBuilder *builder,
                        const RnlChatRequest *request,
                        const char *max_tokens,
                        const char *temperature)
{
  if (request->max_tokens > 0)
    {
      json_builder_set_member_name (builder, max_tokens);
      json_builder_add_int_value (builder, request->max_tokens);
    }
  if (request->temperature >= 0)
    {
      json_builder_set_member_name (builder, temperature);
      json_builder_add_double_value (builder, request->temperature);
    }
}

/**
 * rnl_request_to_bytes:
 * @builder: a builder whose value is whole
 *
 * Returns: (transfer full): the JSON text
 */
GBytes *
rnl_request_to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = rnl_json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
