/* rnl-ollama.c: Ollama's own protocol
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-json-members.h"
#include "rnl-model-list.h"
#include "rnl-ollama-decoder.h"
#include "rnl-ollama-request.h"
#include "rnl-ollama-show.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("api/chat");
}

static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_ollama_request_build (model, request);
}

/* `{name, model, details}`; newer servers add `capabilities`. A model that only embeds does not
 * answer. */
static RnlModelInfo *
read_model (JsonObject *object)
{
  const char *id = rnl_json_object_get_string (object, "model");
  JsonArray *capabilities = rnl_json_object_get_array (object, "capabilities");

  if (id == NULL)
    id = rnl_json_object_get_string (object, "name");
  if (id == NULL || *id == '\0'
      || (capabilities != NULL && !rnl_model_list_has_word (capabilities, "completion")))
    return NULL;

  return rnl_ollama_show_take_capabilities (rnl_model_info_new (id, NULL, 0), capabilities);
}

static GPtrArray *
parse_models (JsonNode *root)
{
  return rnl_model_list_read (root, "models", read_model);
}

static const char *const method_paths[]
  = { "/api/chat", "/api/generate", "/api/tags", "/api", "/v1/chat/completions", "/v1", NULL };

/* Images go beside the text; there is no place for documents. */
static const char *const file_types[] = { "image/", NULL };

const RnlProtocol rnl_ollama_protocol = {
  .name = "ollama",
  .title = "Ollama",
  .framing = RNL_FRAMING_NDJSON,
  .default_path = "",
  .method_paths = method_paths,
  .models_path = "api/tags",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .file_types = file_types,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_ollama_decoder_new,
  .decoder_feed = rnl_ollama_decoder_feed,
  .decoder_feed_whole = rnl_ollama_decoder_feed_whole,
  .decoder_is_done = rnl_ollama_decoder_is_done,
  .decoder_end = rnl_ollama_decoder_end,
  .decoder_free = rnl_ollama_decoder_free,
  .parse_models = parse_models,
  .show_path = "api/show",
  .build_show = rnl_ollama_show_build,
  .parse_show = rnl_ollama_show_parse,
  .image_tokens = 1024, /* from 256 to 2,880, by the model's picture encoder */
};
