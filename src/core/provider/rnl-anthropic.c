/* rnl-anthropic.c: the protocol of Anthropic's Messages
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-anthropic-decoder.h"
#include "rnl-anthropic-request.h"
#include "rnl-http-count.h"
#include "rnl-json-members.h"
#include "rnl-model-list.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("messages");
}

static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_anthropic_request_build (endpoint->host, model, request);
}

/* `{id, display_name, max_input_tokens, max_tokens, capabilities: {image_input: {supported}}}`;
 * a model that is retired is listed and does not answer. Whether sampling is allowed is the API's
 * matter and not the model's: this version of it takes none. */
static RnlModelInfo *
read_model (JsonObject *object)
{
  const char *id = rnl_json_object_get_string (object, "id");
  JsonObject *can = rnl_json_object_get_object (object, "capabilities");
  RnlModelInfo *info;

  if (id == NULL || *id == '\0'
      || g_strcmp0 (rnl_json_object_get_string (object, "lifecycle"), "retired") == 0)
    return NULL;

  info = rnl_model_info_new (id, rnl_json_object_get_string (object, "display_name"),
                             rnl_json_object_get_int (object, "max_input_tokens", 0));
  rnl_model_info_set_max_output (info, rnl_json_object_get_int (object, "max_tokens", 0));
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_IMAGES, can, "image_input");
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_PDF, can, "pdf_input");
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_REASONING, can, "thinking");
  rnl_model_list_take_flag (info, RNL_MODEL_ABILITY_SCHEMA, can, "structured_outputs");

  return info;
}

static GPtrArray *
parse_models (JsonNode *root)
{
  return rnl_model_list_read (root, "data", read_model);
}

/* Counting takes what the model reads and nothing about how it answers.
 * Source: "Count tokens in a Message", POST /v1/messages/count_tokens (as of 2026-10). */
static char *
dup_count_path (const char *model)
{
  return g_strdup ("messages/count_tokens");
}

static JsonNode *
build_count (const char *model, JsonObject *request)
{
  static const char *const members[]
    = { "model", "system", "messages", "tools", "tool_choice", "thinking", NULL };

  return rnl_http_count_pick (request, members);
}

static const char *const method_paths[] = { "/messages", "/models", "/complete", NULL };

static const RnlProtocolHeader headers[] = {
  { "anthropic-version", "2026-10-21" },
  { NULL, NULL },
};

const RnlProtocol rnl_anthropic_protocol = {
  .name = "anthropic",
  .title = "Anthropic Messages",
  .framing = RNL_FRAMING_SSE,
  .default_path = "/v1",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "x-api-key",
  .key_prefix = "",
  .headers = headers,
  .file_types = rnl_protocol_images_and_pdf,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_anthropic_decoder_new,
  .decoder_feed = rnl_anthropic_decoder_feed,
  .decoder_feed_whole = rnl_anthropic_decoder_feed_whole,
  .decoder_is_done = rnl_anthropic_decoder_is_done,
  .decoder_end = rnl_anthropic_decoder_end,
  .decoder_free = rnl_anthropic_decoder_free,
  .parse_models = parse_models,
  .image_tokens = 1600, /* width * height / 750, and larger pictures are made smaller first */
  .dup_count_path = dup_count_path,
  .build_count = build_count,
  .count_member = "input_tokens",
};
