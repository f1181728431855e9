/* rnl-chunk-json.c: what a model says, in the shape that adds up
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chunk-json-private.h"
#include "rnl-json-value.h"
#include "rnl-message-chunk.h"

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static void
set_nullable (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

/* (transfer none): the object that is the member @name, made when it is not there */
static JsonObject *
get_object (JsonObject *object, const char *name)
{
  if (!json_object_has_member (object, name))
    json_object_set_object_member (object, name, json_object_new ());

  return json_object_get_object_member (object, name);
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  if (!json_object_has_member (object, name))
    json_object_set_array_member (object, name, json_array_new ());

  return json_object_get_array_member (object, name);
}

/* How much came to a count. */
static void
set_count (JsonObject *object, const char *member, gint64 now, gint64 earlier)
{
  if (now >= 0)
    json_object_set_int_member (object, member, now - MAX (earlier, 0));
}

/**
 * rnl_chunk_json_set_usage: (skip)
 * @chunk: a chunk in the making
 * @now: the newest counts
 * @earlier: the counts that were told before
 *
 * Sets `usage_metadata` to what came to the counts, so that adding such chunks is right.
 */
void
rnl_chunk_json_set_usage (JsonObject *chunk, const RnlUsage *now, const RnlUsage *earlier)
{
  JsonObject *usage = json_object_new ();

  set_count (usage, "input_tokens", now->input, earlier->input);
  set_count (usage, "output_tokens", now->output, earlier->output);
  set_count (usage, "total_tokens", now->total, earlier->total);
  if (now->cached_input >= 0 || now->cache_write >= 0)
    {
      JsonObject *details = get_object (usage, "input_token_details");

      set_count (details, "cache_read", now->cached_input, earlier->cached_input);
      set_count (details, "cache_creation", now->cache_write, earlier->cache_write);
    }
  if (now->reasoning >= 0)
    set_count (get_object (usage, "output_token_details"), "reasoning", now->reasoning,
               earlier->reasoning);
  if (json_object_get_size (usage) > 0)
    json_object_set_object_member (chunk, "usage_metadata", usage);
  else
    json_object_unref (usage);
}

/* Text of a kind of its own: `additional_kwargs.NAME`. */
void
rnl_chunk_json_set_text (JsonObject *chunk, const char *name, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (get_object (chunk, "additional_kwargs"), name, text);
}

void
rnl_chunk_json_set_fact (JsonObject *chunk, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (get_object (chunk, "response_metadata"), name, value);
}

void
rnl_chunk_json_add_call (
  JsonObject *chunk, gint index, const char *id, const char *name, const char *args)
{
  JsonObject *call = json_object_new ();

  set_nullable (call, "name", name);
  json_object_set_string_member (call, "args", args);
  set_nullable (call, "id", id);
  json_object_set_int_member (call, "index", index);
  json_array_add_object_element (get_array (chunk, "tool_call_chunks"), call);
}

/* What ran at the provider: its pieces add up by their index. */
void
rnl_chunk_json_add_remote (JsonObject *chunk,
                           gint index,
                           const char *id,
                           const char *name,
                           const char *args,
                           const char *output)
{
  JsonArray *calls = get_array (get_object (chunk, "additional_kwargs"), "server_tool_calls");
  JsonObject *call = json_object_new ();

  set_string (call, "id", id);
  set_string (call, "name", name);
  set_string (call, "args", args);
  set_string (call, "output", output);
  json_object_set_int_member (call, "index", index);
  json_array_add_object_element (calls, call);
}

/* In an object of its own: a citation may have an `index` that means something else. */
void
rnl_chunk_json_add_citation (JsonObject *chunk, JsonNode *citation)
{
  JsonObject *element = json_object_new ();

  json_object_set_member (element, "citation", rnl_json_value_copy (citation));
  json_array_add_object_element (get_array (get_object (chunk, "additional_kwargs"), "annotations"),
                                 element);
}

void
rnl_chunk_json_add_file (JsonObject *chunk,
                         const char *name,
                         const char *mime_type,
                         const char *data)
{
  JsonObject *file = json_object_new ();

  set_string (file, "name", name);
  set_string (file, "mime_type", mime_type);
  set_string (file, "data", data);
  json_array_add_object_element (get_array (get_object (chunk, "additional_kwargs"), "files"),
                                 file);
}

static void
add_citation_text (JsonObject *object, const char *text)
{
  g_autoptr (JsonNode) citation = rnl_json_strict_parse (text, -1, NULL);

  if (citation != NULL && JSON_NODE_HOLDS_OBJECT (citation))
    rnl_chunk_json_add_citation (object, citation);
}

/**
 * rnl_chunk_to_json:
 * @chunk: what a model said
 *
 * The shape of `data.chunk` in events. Reasoning is `additional_kwargs.reasoning_content`, a
 * refusal `additional_kwargs.refusal`; token counts are what came to them since the snapshot
 * before. Calls that ran at the provider are `additional_kwargs.server_tool_calls`, its own items
 * are not told.
 *
 * Returns: (transfer full): an object as for [ctor@Runnel.MessageChunk.new_from_json], with
 *   `content` and what is not empty
 */
JsonNode *
rnl_chunk_to_json (const RnlChunk *chunk)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = g_strndup (chunk->text != NULL ? chunk->text : "", chunk->length);

  json_object_set_string_member (object, "content", chunk->type == RNL_CHUNK_TEXT ? text : "");
  switch (chunk->type)
    {
    case RNL_CHUNK_REASONING:
      rnl_chunk_json_set_text (object, "reasoning_content", text);
      break;
    case RNL_CHUNK_REFUSAL:
      rnl_chunk_json_set_text (object, "refusal", text);
      break;
    case RNL_CHUNK_TOOL_CALL:
      rnl_chunk_json_add_call (object, chunk->index, chunk->id, chunk->name, text);
      break;
    case RNL_CHUNK_USAGE:
      rnl_chunk_json_set_usage (object, &chunk->usage, &chunk->earlier);
      break;
    case RNL_CHUNK_FINISH:
      rnl_chunk_json_set_fact (object, "finish_reason",
                               rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) chunk->finish));
      break;
    case RNL_CHUNK_INFO:
      rnl_chunk_json_set_fact (object, "model_name", chunk->name);
      set_string (object, "id", chunk->id);
      break;
    case RNL_CHUNK_REMOTE_CALL:
      rnl_chunk_json_add_remote (object, chunk->index, chunk->id, chunk->name, text, NULL);
      break;
    case RNL_CHUNK_REMOTE_RESULT:
      rnl_chunk_json_add_remote (object, chunk->index, NULL, NULL, NULL, text);
      break;
    case RNL_CHUNK_ANNOTATION:
      add_citation_text (object, text);
      break;
    case RNL_CHUNK_FILE:
      rnl_chunk_json_add_file (object, chunk->id, chunk->name, text);
      break;
    case RNL_CHUNK_TEXT:
    case RNL_CHUNK_RAW:
    case RNL_CHUNK_NOTICE:
    default:
      break;
    }
  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_message_chunk_new_from_chunk:
 * @chunk: what a model said
 *
 * Returns: (transfer full): the same, ready to be added
 */
RnlMessageChunk *
rnl_message_chunk_new_from_chunk (const RnlChunk *chunk)
{
  g_autoptr (JsonNode) json = rnl_chunk_to_json (chunk);

  return rnl_message_chunk_new_from_json (json, NULL);
}
