/* rnl-request-json.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-json.h"

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
  g_autofree char *before
    = g_strconcat ("data:", rnl_attachment_get_mime_type (part), ";base64,", NULL);

  json_builder_set_member_name (builder, name);
  rnl_request_body_add_file (builder, before, part);
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
 * rnl_request_add_count:
 * @builder: where to, inside an object
 * @name: of the member
 * @count: its value; 0 writes nothing
 */
void
rnl_request_add_count (JsonBuilder *builder, const char *name, guint count)
{
  if (count == 0)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

/**
 * rnl_request_add_share:
 * @builder: where to, inside an object
 * @name: of the member
 * @share: its value; below 0 writes nothing
 */
void
rnl_request_add_share (JsonBuilder *builder, const char *name, double share)
{
  if (share < 0)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, share);
}

/**
 * rnl_request_add_boolean:
 * @builder: where to, inside an object
 * @name: of the member
 * @value: its value
 */
void
rnl_request_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * rnl_request_add_stop:
 * @builder: where to, inside an object
 * @name: of the member
 * @stop: (nullable) (array zero-terminated=1): texts that end the answer; empty ones are left out
 * @most: how many the protocol takes; what is more is left out
 */
void
rnl_request_add_stop (JsonBuilder *builder, const char *name, char **stop, guint most)
{
  guint n = 0;

  for (gsize i = 0; stop != NULL && stop[i] != NULL && n < most; i++)
    {
      if (*stop[i] == '\0')
        continue;
      if (n++ == 0)
        {
          json_builder_set_member_name (builder, name);
          json_builder_begin_array (builder);
        }
      json_builder_add_string_value (builder, stop[i]);
    }
  if (n > 0)
    json_builder_end_array (builder);
}

/* Whether a schema is of the kind that OpenAI can hold a model to: every object says all of its
 * members and takes no others. One with parts elsewhere is taken as it is. */
static gboolean
is_strict (JsonNode *schema)
{
  static const char *const unread[] = { "$ref", "$defs", "anyOf", "oneOf", "allOf" };
  JsonObject *object = rnl_json_node_get_object (schema);
  JsonObject *properties = rnl_json_object_get_object (object, "properties");
  JsonArray *required = rnl_json_object_get_array (object, "required");
  JsonObjectIter iter;
  JsonNode *part;

  if (object == NULL)
    return schema == NULL || !JSON_NODE_HOLDS_ARRAY (schema)
           || json_array_get_length (json_node_get_array (schema)) == 0;
  if ((properties != NULL || g_strcmp0 (rnl_json_object_get_string (object, "type"), "object") == 0)
      && (rnl_json_object_get_boolean (object, "additionalProperties", TRUE)
          || (required != NULL ? json_array_get_length (required) : 0)
               != (properties != NULL ? json_object_get_size (properties) : 0)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (unread); i++)
    if (json_object_has_member (object, unread[i]))
      return FALSE;
  if (!is_strict (rnl_json_object_get_value (object, "items")))
    return FALSE;
  if (properties == NULL)
    return TRUE;
  json_object_iter_init (&iter, properties);
  while (json_object_iter_next (&iter, NULL, &part))
    if (!is_strict (part))
      return FALSE;

  return TRUE;
}

/**
 * rnl_request_add_schema:
 * @builder: where to, inside an object
 * @request: what is asked, with a schema
 *
 * Writes `name`, `schema` and `strict`, as OpenAI's protocols have them.
 */
void
rnl_request_add_schema (JsonBuilder *builder, const RnlChatRequest *request)
{
  g_autofree char *name = rnl_request_dup_name (
    request->schema_name != NULL && *request->schema_name != '\0' ? request->schema_name
                                                                  : "answer");

  rnl_request_add_string (builder, "name", name);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_value (builder, json_node_copy (request->schema));
  rnl_request_add_boolean (builder, "strict", is_strict (request->schema));
}

/**
 * rnl_request_add_cache_key:
 * @builder: where to, inside an object
 * @request: what is asked
 *
 * Writes `prompt_cache_key`: the same name for all requests that begin with the same words, so that
 * they reach the machine that has read them before. It says no more than the words themselves.
 */
void
rnl_request_add_cache_key (JsonBuilder *builder, const RnlChatRequest *request)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *key = NULL;

  if (request->system != NULL)
    g_checksum_update (checksum, (const guchar *) request->system, -1);
  if (request->messages->len > 0)
    {
      g_autofree char *text = rnl_request_dup_text (g_ptr_array_index (request->messages, 0));

      g_checksum_update (checksum, (const guchar *) text, -1);
    }
  key = g_strdup_printf ("runnel-%.16s", g_checksum_get_string (checksum));
  rnl_request_add_string (builder, "prompt_cache_key", key);
}
