/* rnl-generation-json.c
 *
 * A chat model says messages, a model of plain text says generations: the same facts at other
 * places. So both are made from the one shape that adds up.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-generation-json.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* Members of a message chunk that are members of the information about a generation, too; what is
 * in `response_metadata` stands there without it. */
static const char *const shared[] = { "additional_kwargs", "usage_metadata", "id" };

static void
copy_member_cb (JsonObject *from, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, rnl_json_value_copy (node));
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/* Null and `{}` say nothing. */
static gboolean
says_something (JsonNode *node)
{
  JsonObject *object = node != NULL ? rnl_json_node_get_object (node) : NULL;

  return node != NULL && (object == NULL || json_object_get_size (object) > 0);
}

static void
copy_member (JsonObject *from, const char *name, JsonObject *to, const char *new_name)
{
  JsonNode *node = rnl_json_object_get_value (from, name);

  if (says_something (node))
    json_object_set_member (to, new_name, rnl_json_value_copy (node));
}

static JsonObject *
make_information (JsonObject *chunk)
{
  JsonObject *about = rnl_json_object_get_object (chunk, "response_metadata");
  JsonObject *information = json_object_new ();

  if (about != NULL)
    json_object_foreach_member (about, copy_member_cb, information);
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    copy_member (chunk, shared[i], information, shared[i]);

  return information;
}

/* `{text, generation_info?}` out of `{content, response_metadata?, usage_metadata?, id?}` */
static JsonObject *
make_generation (JsonObject *chunk)
{
  const char *text = rnl_json_object_get_string (chunk, "content");
  JsonObject *information = make_information (chunk);
  JsonObject *generation = json_object_new ();

  json_object_set_string_member (generation, "text", text != NULL ? text : "");
  if (json_object_get_size (information) > 0)
    json_object_set_object_member (generation, "generation_info", json_object_ref (information));
  json_object_unref (information);

  return generation;
}

/**
 * rnl_generation_new_from_chunk:
 * @chunk: what a model of plain text said
 *
 * Source: LangChain, `GenerationChunk`.
 *
 * Returns: (transfer full): an object `{text, generation_info?}`, what `data.chunk` of an event
 *   `on_llm_stream` is; the information is what is known of `finish_reason`, `model_name`, `id`,
 *   `usage_metadata` and `additional_kwargs`
 */
JsonNode *
rnl_generation_new_from_chunk (const RnlChunk *chunk)
{
  g_autoptr (JsonNode) json = rnl_chunk_to_json (chunk);

  return take_object (make_generation (json_node_get_object (json)));
}

/**
 * rnl_generation_new_from_sum:
 * @sum: the sum of all chunks of an answer
 *
 * Source: LangChain, `LLMResult`.
 *
 * Returns: (transfer full): an object `{generations: [[{text, generation_info?, type}]],
 *   llm_output: {model_name?, token_usage?}}`, what `data.output` of an event `on_llm_end` is
 */
JsonNode *
rnl_generation_new_from_sum (const RnlMessageChunk *sum)
{
  g_autoptr (JsonNode) json = rnl_message_chunk_to_message_json (sum);
  JsonObject *message = json_node_get_object (json);
  JsonObject *about = rnl_json_object_get_object (message, "response_metadata");
  JsonObject *generation = make_generation (message);
  JsonArray *prompt = json_array_new (), *prompts = json_array_new ();
  JsonObject *facts = json_object_new (), *result = json_object_new ();

  json_object_set_string_member (generation, "type", "Generation");
  json_array_add_object_element (prompt, generation);
  json_array_add_array_element (prompts, prompt);
  if (about != NULL)
    copy_member (about, "model_name", facts, "model_name");
  copy_member (message, "usage_metadata", facts, "token_usage");
  json_object_set_array_member (result, "generations", prompts);
  json_object_set_object_member (result, "llm_output", facts);

  return take_object (result);
}
