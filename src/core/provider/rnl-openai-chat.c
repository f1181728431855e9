/* rnl-openai-chat.c: the protocol of OpenAI's Chat Completions, which most servers speak
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-model-info.h"
#include "rnl-openai-chat-decoder.h"
#include "rnl-openai-chat-request.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("chat/completions");
}

static GBytes *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_openai_chat_request_build (endpoint->host, model, request);
}

static gint64
get_context_length (JsonObject *object)
{
  /* OpenRouter, Groq, Mistral, vLLM, LM Studio. */
  static const char *const names[] = { "context_length", "context_window", "max_context_length",
                                       "max_model_len", "loaded_context_length" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_int (node) > 0)
        return json_node_get_int (node);
    }

  return -1;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* `{data: [{id}]}`; Together sends the array alone. */
static GPtrArray *
parse_models (JsonNode *root)
{
  GPtrArray *models = g_ptr_array_new_with_free_func (g_object_unref);
  JsonNode *node = root;
  JsonArray *list;

  if (JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "data");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_ptr_array_unref (models);
      return NULL;
    }

  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *id = object != NULL ? get_string (object, "id") : NULL;

      if (id != NULL && *id != '\0')
        g_ptr_array_add (models, rnl_model_info_new (id, get_string (object, "name"),
                                                     get_context_length (object)));
    }

  return models;
}

static const char *const method_paths[]
  = { "/chat/completions", "/completions",  "/responses", "/models",
      "/api/chat",         "/api/generate", "/api/tags",  NULL };

const RnlProtocol rnl_openai_chat_protocol = {
  .name = "openai-chat",
  .title = "OpenAI Chat Completions",
  .default_path = "/v1",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_openai_chat_decoder_new,
  .decoder_feed = rnl_openai_chat_decoder_feed,
  .decoder_feed_whole = rnl_openai_chat_decoder_feed_whole,
  .decoder_is_done = rnl_openai_chat_decoder_is_done,
  .decoder_end = rnl_openai_chat_decoder_end,
  .decoder_free = rnl_openai_chat_decoder_free,
  .parse_models = parse_models,
};
