/* rnl-ollama.c: Ollama's own protocol
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-json-members.h"
#include "rnl-model-info.h"
#include "rnl-ollama-decoder.h"
#include "rnl-ollama-request.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("api/chat");
}

static GBytes *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_ollama_request_build (model, request);
}

/* `{models: [{name, model, details}]}` */
static GPtrArray *
parse_models (JsonNode *root)
{
  JsonObject *object = rnl_json_node_get_object (root);
  JsonArray *list = object != NULL ? rnl_json_object_get_array (object, "models") : NULL;
  GPtrArray *models;

  if (list == NULL)
    return NULL;

  models = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *model = rnl_json_node_get_object (json_array_get_element (list, i));
      const char *id = model != NULL ? rnl_json_object_get_string (model, "model") : NULL;

      if (id == NULL && model != NULL)
        id = rnl_json_object_get_string (model, "name");
      if (id != NULL && *id != '\0')
        g_ptr_array_add (models, rnl_model_info_new (id, NULL, -1));
    }

  return models;
}

static const char *const method_paths[]
  = { "/api/chat", "/api/generate", "/api/tags", "/api", "/v1/chat/completions", "/v1", NULL };

const RnlProtocol rnl_ollama_protocol = {
  .name = "ollama",
  .title = "Ollama",
  .framing = RNL_FRAMING_NDJSON,
  .default_path = "",
  .method_paths = method_paths,
  .models_path = "api/tags",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_ollama_decoder_new,
  .decoder_feed = rnl_ollama_decoder_feed,
  .decoder_feed_whole = rnl_ollama_decoder_feed_whole,
  .decoder_is_done = rnl_ollama_decoder_is_done,
  .decoder_end = rnl_ollama_decoder_end,
  .decoder_free = rnl_ollama_decoder_free,
  .parse_models = parse_models,
  .image_tokens = 1024, /* from 256 to 2,880, by the model's picture encoder */
};
