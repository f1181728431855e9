/* rnl-openai-completions.c: the protocol of servers that go on with a text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-completion-prompt.h"
#include "rnl-openai-chat-decoder.h"
#include "rnl-openai-models.h"
#include "rnl-request-json.h"

/* The protocol's own default is 16 tokens, too few for any answer. */
#define MAX_TOKENS 2048

static char *
dup_path (const char *model, gboolean stream)
{
  return g_strdup ("completions");
}

static void
add_limits (JsonBuilder *builder, const RnlChatRequest *request)
{
  rnl_request_add_count (builder, "max_tokens",
                         request->max_tokens > 0 ? request->max_tokens : MAX_TOKENS);
  rnl_request_add_share (builder, "temperature", request->temperature);
  rnl_request_add_share (builder, "top_p", request->top_p);
}

/* A model that goes on with a play would write the person's lines, too. */
static void
add_stop (JsonBuilder *builder, const RnlChatRequest *request)
{
  gboolean plain = rnl_completion_prompt_is_plain (request);
  gboolean any = request->stop != NULL && request->stop[0] != NULL;

  if (plain && !any)
    return;

  json_builder_set_member_name (builder, "stop");
  json_builder_begin_array (builder);
  for (gsize i = 0; any && request->stop[i] != NULL; i++)
    json_builder_add_string_value (builder, request->stop[i]);
  if (!plain)
    json_builder_add_string_value (builder, RNL_COMPLETION_PROMPT_STOP);
  json_builder_end_array (builder);
}

static void
add_stream (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "stream");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "stream_options");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "include_usage");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
}

/* Source: OpenAI API reference, "Create completion". Tools are not of this protocol. */
static RnlRequestBody *
build_request (const RnlEndpoint *endpoint, const char *model, const RnlChatRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *prompt = rnl_completion_prompt_new (request);

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "model", model);
  rnl_request_add_string (builder, "prompt", prompt);
  add_limits (builder, request);
  add_stop (builder, request);
  if (request->stream)
    add_stream (builder);
  json_builder_end_object (builder);

  return rnl_request_body_new_built (builder);
}

/* A prompt is text: a picture has no place in it. */
static const char *const file_types[] = { NULL };

static const char *const method_paths[] = { "/chat/completions", "/completions", "/models", NULL };

const RnlProtocol rnl_openai_completions_protocol = {
  .name = "openai-completions",
  .title = "OpenAI Completions",
  .takes_text = TRUE,
  .default_path = "/v1",
  .method_paths = method_paths,
  .models_path = "models",
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .file_types = file_types,
  .dup_path = dup_path,
  .build_request = build_request,
  .decoder_new = rnl_openai_completions_decoder_new,
  .decoder_feed = rnl_openai_chat_decoder_feed,
  .decoder_feed_whole = rnl_openai_chat_decoder_feed_whole,
  .decoder_is_done = rnl_openai_chat_decoder_is_done,
  .decoder_end = rnl_openai_chat_decoder_end,
  .decoder_free = rnl_openai_chat_decoder_free,
  .parse_models = rnl_openai_models_parse,
};
