/* rnl-message-chunk-json.c: the shape of a chunk outside
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-chunk-private.h"
#include "rnl-partial-json.h"
#include "rnl-text.h"

/* From JSON */

static gboolean
bad_member (GError **error, const char *name)
{
  g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA,
               "the member \"%s\" of a message chunk is of a wrong type", name);

  return FALSE;
}

/* Puts the member into @sum. A member that is not there, or null, is none. */
static gboolean
read_member (
  JsonObject *object, const char *name, JsonNodeType type, RnlJsonSum **sum, GError **error)
{
  JsonNode *node = rnl_json_object_get_value (object, name);

  if (node == NULL)
    return TRUE;
  if (json_node_get_node_type (node) != type)
    return bad_member (error, name);
  rnl_json_sum_free (*sum);
  *sum = rnl_json_sum_new_from_node (node);

  return TRUE;
}

static gboolean
read_content (JsonObject *object, RnlMessageChunk *self, GError **error)
{
  JsonNode *node = rnl_json_object_get_value (object, "content");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) && rnl_json_object_get_string (object, "content") == NULL)
    return bad_member (error, "content");
  rnl_json_sum_free (self->content);
  self->content = rnl_json_sum_new_from_node (node);

  return TRUE;
}

/* A piece of a call has four members, and each may be null. */
static gboolean
read_call_chunk (RnlMessageChunk *self, JsonNode *node, GError **error)
{
  static const char *const strings[] = { "name", "args", "id" };
  JsonObject *object = rnl_json_node_get_object (node);
  RnlJsonSum *call;

  if (object == NULL)
    return bad_member (error, "tool_call_chunks");
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    if (rnl_json_object_get_value (object, strings[i]) != NULL
        && rnl_json_object_get_string (object, strings[i]) == NULL)
      return bad_member (error, "tool_call_chunks");
  call = rnl_json_sum_new (RNL_JSON_SUM_DICT);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    rnl_json_sum_take (call, strings[i],
                       rnl_json_sum_new_from_node (rnl_json_object_get_value (object, strings[i])));
  rnl_json_sum_take (call, "index",
                     rnl_json_sum_new_from_node (rnl_json_object_get_value (object, "index")));
  g_ptr_array_add (self->tool_call_chunks->list, call);

  return TRUE;
}

static gboolean
read_call_chunks (JsonObject *object, RnlMessageChunk *self, GError **error)
{
  JsonArray *array = rnl_json_object_get_array (object, "tool_call_chunks");

  if (array == NULL)
    return rnl_json_object_get_value (object, "tool_call_chunks") == NULL
           || bad_member (error, "tool_call_chunks");
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_call_chunk (self, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

/**
 * rnl_message_chunk_new_from_json:
 * @json: an object `{content: string or array, additional_kwargs: {}, response_metadata: {},
 *   tool_call_chunks: [{name, args, id, index}], usage_metadata: {}, id: string, chunk_position:
 *   "last"}`, all of which may be missing or null; other members are ignored
 * @error: return location for an error
 *
 * Errors: `RNL_JSON_ERROR_SCHEMA` when a member is of another type.
 *
 * Returns: (transfer full) (nullable): the chunk
 */
RnlMessageChunk *
rnl_message_chunk_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (RnlMessageChunk) self = rnl_message_chunk_new ();
  JsonObject *object = rnl_json_node_get_object (json);

  if (object == NULL)
    {
      g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "a message chunk is an object");
      return NULL;
    }
  if (!read_content (object, self, error)
      || !read_member (object, "additional_kwargs", JSON_NODE_OBJECT, &self->additional_kwargs,
                       error)
      || !read_member (object, "response_metadata", JSON_NODE_OBJECT, &self->response_metadata,
                       error)
      || !read_call_chunks (object, self, error)
      || !read_member (object, "usage_metadata", JSON_NODE_OBJECT, &self->usage_metadata, error))
    return NULL;
  self->id = g_strdup (rnl_json_object_get_string (object, "id"));
  self->last = g_strcmp0 (rnl_json_object_get_string (object, "chunk_position"), "last") == 0;

  return g_steal_pointer (&self);
}

/* To JSON */

static void
set_sum (JsonObject *object, const char *name, const RnlJsonSum *sum)
{
  json_object_set_member (object, name, rnl_json_sum_to_node (sum));
}

static void
set_nullable (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/* (transfer full) (nullable): the object in the arguments of a call, `NULL` when it is none */
static JsonNode *
read_arguments (const char *args, gboolean whole, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (args == NULL || *args == '\0')
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
      return g_steal_pointer (&node);
    }
  node = whole ? rnl_json_strict_parse (args, -1, error) : rnl_partial_json_parse (args, -1);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  if (node != NULL && error != NULL)
    g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA, "the arguments are not an object");

  return NULL;
}

/* Calls come from their pieces. While they stream they are read as far as they came, so one can
 * look whole before it is: nobody may run it then. */
static void
set_calls (JsonObject *object, const RnlMessageChunk *self, gboolean whole)
{
  JsonArray *valid = json_array_new (), *invalid = json_array_new ();

  for (guint i = 0; i < self->tool_call_chunks->list->len; i++)
    {
      const RnlJsonSum *chunk = g_ptr_array_index (self->tool_call_chunks->list, i);
      const char *name = rnl_json_sum_get_string (chunk, "name");
      const char *args = rnl_json_sum_get_string (chunk, "args");
      JsonObject *call = json_object_new ();
      g_autoptr (GError) error = NULL;
      JsonNode *arguments = read_arguments (args, whole, &error);

      set_nullable (call, "name", name == NULL && arguments != NULL ? "" : name);
      if (arguments != NULL)
        json_object_set_member (call, "args", arguments);
      else
        set_nullable (call, "args", args);
      set_nullable (call, "id", rnl_json_sum_get_string (chunk, "id"));
      if (arguments == NULL && whole)
        set_nullable (call, "error", error != NULL ? error->message : NULL);
      json_array_add_object_element (arguments != NULL ? valid : invalid, call);
    }
  json_object_set_array_member (object, "tool_calls", valid);
  json_object_set_array_member (object, "invalid_tool_calls", invalid);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_message_chunk_to_json:
 * @self: a chunk
 *
 * Returns: (transfer full): an object with all members of
 *   [ctor@Runnel.MessageChunk.new_from_json], and `tool_calls` and `invalid_tool_calls`, both
 *   `[{name, args, id}]`, as far as they can be read now: not to be run before the message is whole
 */
JsonNode *
rnl_message_chunk_to_json (const RnlMessageChunk *self)
{
  JsonObject *object = json_object_new ();

  set_sum (object, "content", self->content);
  set_sum (object, "additional_kwargs", self->additional_kwargs);
  set_sum (object, "response_metadata", self->response_metadata);
  set_sum (object, "tool_call_chunks", self->tool_call_chunks);
  set_calls (object, self, FALSE);
  set_sum (object, "usage_metadata", self->usage_metadata);
  set_nullable (object, "id", self->id);
  set_nullable (object, "chunk_position", self->last ? "last" : NULL);

  return take_object (object);
}

/**
 * rnl_message_chunk_to_message_json:
 * @self: the sum of all chunks of a message
 *
 * The message that was streamed: its calls are read strictly, and a call whose arguments are not
 * one whole object is in `invalid_tool_calls`, with an `error`.
 *
 * Returns: (transfer full): `{content, additional_kwargs, response_metadata, tool_calls,
 *   invalid_tool_calls, usage_metadata, id}`
 */
JsonNode *
rnl_message_chunk_to_message_json (const RnlMessageChunk *self)
{
  JsonObject *object = json_object_new ();

  set_sum (object, "content", self->content);
  set_sum (object, "additional_kwargs", self->additional_kwargs);
  set_sum (object, "response_metadata", self->response_metadata);
  set_calls (object, self, TRUE);
  set_sum (object, "usage_metadata", self->usage_metadata);
  set_nullable (object, "id", self->id);

  return take_object (object);
}
