/* rnl-recorded-chunk.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-recorded-chunk.h"

#include <string.h>

#include "rnl-json-members.h"

static void
set_text (RnlChunk *chunk, RnlChunkType type, const char *text)
{
  chunk->type = type;
  chunk->text = text != NULL ? text : "";
  chunk->length = strlen (chunk->text);
}

static JsonObject *
first_call (JsonObject *object)
{
  JsonArray *calls = rnl_json_object_get_array (object, "tool_call_chunks");

  return calls != NULL && json_array_get_length (calls) > 0
           ? rnl_json_node_get_object (json_array_get_element (calls, 0))
           : NULL;
}

static void
read_usage (JsonObject *object, RnlUsage *usage)
{
  JsonObject *in = rnl_json_object_get_object (object, "input_token_details");
  JsonObject *out = rnl_json_object_get_object (object, "output_token_details");

  usage->input = rnl_json_object_get_int (object, "input_tokens", -1);
  usage->output = rnl_json_object_get_int (object, "output_tokens", -1);
  usage->total = rnl_json_object_get_int (object, "total_tokens", -1);
  usage->cached_input = rnl_json_object_get_int (in, "cache_read", -1);
  usage->cache_write = rnl_json_object_get_int (in, "cache_creation", -1);
  usage->reasoning = rnl_json_object_get_int (out, "reasoning", -1);
}

static void
read_finish (RnlChunk *chunk, const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_FINISH_REASON);
  GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  set_text (chunk, RNL_CHUNK_FINISH, nick);
  chunk->finish = value != NULL ? (RnlFinishReason) value->value : RNL_FINISH_STOP;
}

/* Of a message, or of a generation. */
static const char *
get_text (JsonObject *object)
{
  const char *content = rnl_json_object_get_string (object, "content");

  return content != NULL ? content : rnl_json_object_get_string (object, "text");
}

/**
 * rnl_recorded_chunk_read:
 * @object: `data.chunk` of an event of a model: a message chunk or a generation
 * @chunk: (out caller-allocates): what it stands for; its strings are those of @object
 *
 * The way back from what [method@Runnel.Event.to_json] writes, as far as it goes: a chunk that is
 * written as nothing comes back as empty text.
 */
void
rnl_recorded_chunk_read (JsonObject *object, RnlChunk *chunk)
{
  JsonObject *information = rnl_json_object_get_object (object, "generation_info");
  JsonObject *facts = information != NULL ? information : object;
  JsonObject *more = rnl_json_object_get_object (facts, "additional_kwargs");
  JsonObject *about
    = information != NULL ? information : rnl_json_object_get_object (object, "response_metadata");
  JsonObject *call = first_call (object);
  JsonObject *usage = rnl_json_object_get_object (facts, "usage_metadata");
  const char *reasoning = rnl_json_object_get_string (more, "reasoning_content");
  const char *refusal = rnl_json_object_get_string (more, "refusal");
  const char *finish = rnl_json_object_get_string (about, "finish_reason");

  *chunk = (RnlChunk){ .usage = RNL_USAGE_INIT };
  if (call != NULL)
    {
      set_text (chunk, RNL_CHUNK_TOOL_CALL, rnl_json_object_get_string (call, "args"));
      chunk->index = (gint) rnl_json_object_get_int (call, "index", 0);
      chunk->id = rnl_json_object_get_string (call, "id");
      chunk->name = rnl_json_object_get_string (call, "name");
    }
  else if (reasoning != NULL)
    set_text (chunk, RNL_CHUNK_REASONING, reasoning);
  else if (refusal != NULL)
    set_text (chunk, RNL_CHUNK_REFUSAL, refusal);
  else if (usage != NULL)
    {
      set_text (chunk, RNL_CHUNK_USAGE, NULL);
      read_usage (usage, &chunk->usage);
    }
  else if (finish != NULL)
    read_finish (chunk, finish);
  else
    set_text (chunk, RNL_CHUNK_TEXT, get_text (object));
}
