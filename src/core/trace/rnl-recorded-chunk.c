/* rnl-recorded-chunk.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-recorded-chunk.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

static void
set_text (RnlChunk *chunk, RnlChunkType type, const char *text)
{
  chunk->type = type;
  chunk->text = text != NULL ? text : "";
  chunk->length = strlen (chunk->text);
}

/* A chunk says one thing: of a list there is one element. */
static JsonObject *
get_first (JsonObject *object, const char *member)
{
  JsonArray *array = rnl_json_object_get_array (object, member);

  return array != NULL && json_array_get_length (array) > 0
           ? rnl_json_node_get_object (json_array_get_element (array, 0))
           : NULL;
}

static void
read_call (JsonObject *call, RnlChunk *chunk, RnlChunkType type)
{
  set_text (chunk, type, rnl_json_object_get_string (call, "args"));
  chunk->index = (gint) rnl_json_object_get_int (call, "index", 0);
  chunk->id = rnl_json_object_get_string (call, "id");
  chunk->name = rnl_json_object_get_string (call, "name");
}

/* What a provider did by itself: a call, or what became of it. */
static void
read_remote (JsonObject *call, RnlChunk *chunk)
{
  const char *output = rnl_json_object_get_string (call, "output");

  read_call (call, chunk, RNL_CHUNK_REMOTE_CALL);
  if (output != NULL)
    set_text (chunk, RNL_CHUNK_REMOTE_RESULT, output);
}

static void
read_file (JsonObject *file, RnlChunk *chunk)
{
  set_text (chunk, RNL_CHUNK_FILE, rnl_json_object_get_string (file, "data"));
  chunk->id = rnl_json_object_get_string (file, "name");
  chunk->name = rnl_json_object_get_string (file, "mime_type");
}

/* The text of a citation is its JSON, which has to be written again. */
static void
read_citation (JsonObject *annotation, RnlChunk *chunk, char **owned)
{
  JsonNode *citation = rnl_json_object_get_value (annotation, "citation");

  *owned = citation != NULL ? rnl_json_to_string (citation, FALSE) : NULL;
  set_text (chunk, RNL_CHUNK_ANNOTATION, *owned);
}

/* What is beside the answer itself. Returns: whether it is one of these */
static gboolean
read_more (JsonObject *more, RnlChunk *chunk, char **owned)
{
  const char *reasoning = rnl_json_object_get_string (more, "reasoning_content");
  const char *refusal = rnl_json_object_get_string (more, "refusal");
  JsonObject *remote = get_first (more, "server_tool_calls");
  JsonObject *annotation = get_first (more, "annotations");
  JsonObject *file = get_first (more, "files");

  if (reasoning != NULL)
    set_text (chunk, RNL_CHUNK_REASONING, reasoning);
  else if (refusal != NULL)
    set_text (chunk, RNL_CHUNK_REFUSAL, refusal);
  else if (remote != NULL)
    read_remote (remote, chunk);
  else if (annotation != NULL)
    read_citation (annotation, chunk, owned);
  else if (file != NULL)
    read_file (file, chunk);

  return reasoning != NULL || refusal != NULL || remote != NULL || annotation != NULL
         || file != NULL;
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

/* Who answers: of a message, or of a generation. */
static void
read_information (JsonObject *about, JsonObject *facts, RnlChunk *chunk)
{
  set_text (chunk, RNL_CHUNK_INFO, NULL);
  chunk->name = rnl_json_object_get_string (about, "model_name");
  chunk->id = rnl_json_object_get_string (facts, "id");
}

/**
 * rnl_recorded_chunk_read:
 * @object: `data.chunk` of an event of a model: a message chunk or a generation
 * @chunk: (out caller-allocates): what it stands for; its strings are those of @object and @owned
 * @owned: (out) (transfer full) (nullable): what @object does not hold as it is
 *
 * The way back from what [method@Runnel.Event.to_json] writes, as far as it goes: a chunk that is
 * written as nothing comes back as empty text.
 */
void
rnl_recorded_chunk_read (JsonObject *object, RnlChunk *chunk, char **owned)
{
  JsonObject *information = rnl_json_object_get_object (object, "generation_info");
  JsonObject *facts = information != NULL ? information : object;
  JsonObject *about
    = information != NULL ? information : rnl_json_object_get_object (object, "response_metadata");
  JsonObject *call = get_first (object, "tool_call_chunks");
  JsonObject *usage = rnl_json_object_get_object (facts, "usage_metadata");
  const char *finish = rnl_json_object_get_string (about, "finish_reason");

  *chunk = (RnlChunk){ .usage = RNL_USAGE_INIT };
  *owned = NULL;
  if (call != NULL)
    read_call (call, chunk, RNL_CHUNK_TOOL_CALL);
  else if (read_more (rnl_json_object_get_object (facts, "additional_kwargs"), chunk, owned))
    return;
  else if (usage != NULL)
    {
      set_text (chunk, RNL_CHUNK_USAGE, NULL);
      read_usage (usage, &chunk->usage);
    }
  else if (finish != NULL)
    read_finish (chunk, finish);
  else if (rnl_json_object_get_string (about, "model_name") != NULL
           || rnl_json_object_get_string (facts, "id") != NULL)
    read_information (about, facts, chunk);
  else
    set_text (chunk, RNL_CHUNK_TEXT, get_text (object));
}
