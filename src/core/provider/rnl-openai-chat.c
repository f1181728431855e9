/* rnl-openai-chat.c: the protocol of OpenAI's Chat Completions, which most servers speak
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-openai-chat-decoder.h"
#include "rnl-openai-chat-request.h"
#include "rnl-openai-models.h"

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("chat/completions");
}

static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  return rnl_openai_chat_request_build (endpoint->host, model, request);
}

static const char *const method_paths[]
  = { "/chat/completions", "/completions",  "/responses", "/models",
      "/api/chat",         "/api/generate", "/api/tags",  NULL };

const RnlProtocol rnl_openai_chat_protocol = {
  .name = "openai-chat",
  .title = "OpenAI Chat",
  .default_path = "/v1",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .file_types = rnl_protocol_images_and_pdf,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_openai_chat_decoder_new,
  .decoder_feed = rnl_openai_chat_decoder_feed,
  .decoder_feed_whole = rnl_openai_chat_decoder_feed_whole,
  .decoder_is_done = rnl_openai_chat_decoder_is_done,
  .decoder_end = rnl_openai_chat_decoder_end,
  .decoder_free = rnl_openai_chat_decoder_free,
  .parse_models = rnl_openai_models_parse,
  .image_tokens = 765, /* 85, and 170 for each of the four tiles of a square picture */
};
