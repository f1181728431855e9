/* rnl-responses.c: the protocol of OpenAI's Responses
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-http-count.h"
#include "rnl-openai-models.h"
#include "rnl-responses-decoder.h"
#include "rnl-responses-request.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("responses");
}

static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_responses_request_build (endpoint->host, model, request);
}

/* Counting takes what the model reads and nothing about how it answers.
 * Source: "Get input token counts", POST /responses/input_tokens (as of 2026-10). */
static char *
dup_count_path (const char *model)
{
  return g_strdup ("responses/input_tokens");
}

static JsonNode *
build_count (const char *model, JsonObject *request)
{
  static const char *const members[]
    = { "model", "instructions", "input", "tools", "tool_choice", "reasoning", "text", NULL };

  return rnl_http_count_pick (request, members);
}

static const char *const method_paths[]
  = { "/responses", "/chat/completions", "/completions", "/models", NULL };

const RnlProtocol rnl_openai_responses_protocol = {
  .name = "openai-responses",
  .title = "OpenAI Responses",
  .framing = RNL_FRAMING_SSE,
  .default_path = "/v1",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .file_types = rnl_protocol_images_and_pdf,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_responses_decoder_new,
  .decoder_feed = rnl_responses_decoder_feed,
  .decoder_feed_whole = rnl_responses_decoder_feed_whole,
  .decoder_is_done = rnl_responses_decoder_is_done,
  .decoder_end = rnl_responses_decoder_end,
  .decoder_free = rnl_responses_decoder_free,
  .parse_models = rnl_openai_models_parse,
  .image_tokens = 765, /* 85, and 170 for each of the four tiles of a square picture */
  .dup_count_path = dup_count_path,
  .build_count = build_count,
  .count_member = "input_tokens",
};
