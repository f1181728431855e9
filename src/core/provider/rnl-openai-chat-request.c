/* rnl-openai-chat-request.c
 *
 * An assistant's message is a whole turn: several model calls (steps), each with text and tool
 * calls. Here it is unrolled to what the protocol wants: the step's message, then one `tool`
 * message for every call of it, then the next step. A call without its result, or a result without
 * its call, makes a server refuse the whole history: so every call that is sent gets exactly one
 * result, whatever became of it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-request.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-request-dialect.h"
#include "rnl-request-json.h"

#define PROTOCOL "openai-chat"

#define OPENAI                                                                                     \
  (RNL_REQUEST_COMPLETION_TOKENS | RNL_REQUEST_CACHE_KEY | RNL_REQUEST_STORES                      \
   | RNL_REQUEST_NO_DETAILS)
#define DEEPSEEK                                                                                   \
  (RNL_REQUEST_REPLAY_REASONING | RNL_REQUEST_NO_JSON_SCHEMA | RNL_REQUEST_NO_DETAILS)
#define OPENAI_REASONS (OPENAI | RNL_REQUEST_NO_SAMPLING | RNL_REQUEST_NO_STOP)

/* What a server takes differently from what most take. */
static const RnlRequestDialect dialects[] = {
  { "openai.com", "gpt-5-chat*", OPENAI | RNL_REQUEST_NO_REASONING },
  { "openai.com", "gpt-5*", OPENAI_REASONS },
  { "openai.com", "o1*", OPENAI_REASONS },
  { "openai.com", "o3*", OPENAI_REASONS },
  { "openai.com", "o4*", OPENAI_REASONS },
  { "openai.com", "gpt-4*", OPENAI | RNL_REQUEST_NO_REASONING },
  { "openai.com", "gpt-3*", OPENAI | RNL_REQUEST_NO_REASONING },
  { "openai.com", NULL, OPENAI },
  { "deepseek.com", NULL, DEEPSEEK },
  { "mistral.ai", NULL, RNL_REQUEST_NO_STREAM_OPTIONS | RNL_REQUEST_NO_DETAILS },
  { NULL, NULL, 0 },
};

#define MAX_STOP 4

/* Members. */

static void
add_message (JsonBuilder *builder, const char *role, const char *content)
{
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", role);
  rnl_request_add_string (builder, "content", content);
  json_builder_end_object (builder);
}

/* Files. */

/* `{type: T, T: {...}}` */
static void
begin_part (JsonBuilder *builder, const char *type)
{
  rnl_request_begin_typed (builder, type);
  json_builder_set_member_name (builder, type);
  json_builder_begin_object (builder);
}

static void
build_file (JsonBuilder *builder, RnlPart *part)
{
  if (rnl_attachment_is_image (part))
    {
      begin_part (builder, "image_url");
      rnl_request_add_data_uri (builder, "url", part);
    }
  else
    {
      begin_part (builder, "file");
      rnl_request_add_string (builder, "filename", rnl_request_get_file_name (part));
      rnl_request_add_data_uri (builder, "file_data", part);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
build_text (JsonBuilder *builder, const char *text)
{
  rnl_request_begin_typed (builder, "text");
  rnl_request_add_string (builder, "text", text);
  json_builder_end_object (builder);
}

/* A person's message that is a list of parts. */
static void
begin_user (JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", "user");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
}

static void
end_user (JsonBuilder *builder)
{
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Tool calls. */

/* What came with a call and goes back with it. */
static void
build_extra (JsonBuilder *builder, RnlRequestCall *call)
{
  JsonNode *raw = rnl_request_get_raw (call->part, PROTOCOL);
  JsonNode *extra = rnl_json_object_get_value (rnl_json_node_get_object (raw), "extra_content");

  if (extra == NULL)
    return;
  json_builder_set_member_name (builder, "extra_content");
  json_builder_add_value (builder, rnl_json_value_copy (extra));
}

static void
build_calls (JsonBuilder *builder, GPtrArray *calls, gboolean own)
{
  json_builder_set_member_name (builder, "tool_calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);

      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "id", call->id);
      rnl_request_add_string (builder, "type", "function");
      json_builder_set_member_name (builder, "function");
      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "name", call->name);
      rnl_request_add_string (builder, "arguments", call->arguments);
      json_builder_end_object (builder);
      if (own)
        build_extra (builder, call);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* A result is text only: what a tool gave besides is shown to the model behind the results, which
 * stand together. */
static void
build_result_files (JsonBuilder *builder, RnlRequestCall *call)
{
  g_autofree char *text = NULL;

  if (call->files->len == 0)
    return;

  text = g_strdup_printf ("Files from the result of %s (%s):", call->name, call->id);
  begin_user (builder);
  build_text (builder, text);
  for (guint i = 0; i < call->files->len; i++)
    build_file (builder, g_ptr_array_index (call->files, i));
  end_user (builder);
}

static void
build_results (JsonBuilder *builder, GPtrArray *calls)
{
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);

      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "role", "tool");
      rnl_request_add_string (builder, "tool_call_id", call->id);
      rnl_request_add_string (builder, "content", call->result);
      json_builder_end_object (builder);
    }
  for (guint i = 0; i < calls->len; i++)
    build_result_files (builder, g_ptr_array_index (calls, i));
}

/* Turns. */

/* What the model's maker sealed is of use to that model only. */
static gboolean
is_own (RnlMessage *message, const char *model)
{
  const char *author = rnl_message_get_model (message);

  return author == NULL || g_str_has_suffix (author, model);
}

static void
build_details (JsonBuilder *builder, GPtrArray *parts)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      JsonNode *raw = rnl_request_get_raw (g_ptr_array_index (parts, i), PROTOCOL);
      JsonObject *item = rnl_json_node_get_object (raw);
      JsonArray *details = rnl_json_object_get_array (item, "reasoning_details");

      if (details == NULL)
        continue;
      if (!begun)
        {
          json_builder_set_member_name (builder, "reasoning_details");
          json_builder_begin_array (builder);
          begun = TRUE;
        }
      for (guint k = 0; k < json_array_get_length (details); k++)
        json_builder_add_value (builder, rnl_json_value_copy (json_array_get_element (details, k)));
    }
  if (begun)
    json_builder_end_array (builder);
}

static void
build_step (JsonBuilder *builder, RnlRequestQuirks quirks, RnlRequestStep *step, gboolean own)
{
  if (step->text->len == 0 && step->calls->len == 0)
    return;

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", "assistant");
  if (step->text->len > 0)
    rnl_request_add_string (builder, "content", step->text->str);
  else
    {
      json_builder_set_member_name (builder, "content");
      json_builder_add_null_value (builder);
    }
  if (step->calls->len > 0 && (quirks & RNL_REQUEST_REPLAY_REASONING) != 0)
    rnl_request_add_string (builder, "reasoning_content", step->reasoning->str);
  if (own)
    build_details (builder, step->parts);
  if (step->calls->len > 0)
    build_calls (builder, step->calls, own);
  json_builder_end_object (builder);

  build_results (builder, step->calls);
}

static void
build_turn (JsonBuilder *builder, RnlRequestQuirks quirks, const char *model, RnlMessage *message)
{
  gboolean own = is_own (message, model) && (quirks & RNL_REQUEST_NO_DETAILS) == 0;
  RnlRequestStep *step;
  guint position = 0;

  while ((step = rnl_request_step_next (message, &position)) != NULL)
    {
      build_step (builder, quirks, step, own);
      rnl_request_step_free (step);
    }
}

/* A person's message. */

static gboolean
has_files (RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_request_is_binary (rnl_message_get_part (message, i)))
      return TRUE;

  return FALSE;
}

/* A list of parts only where it must be one: not every server takes it. */
static void
build_user (JsonBuilder *builder, RnlMessage *message)
{
  g_autofree char *text = rnl_request_dup_text (message);

  if (!has_files (message))
    {
      add_message (builder, "user", text);
      return;
    }

  begin_user (builder);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_request_is_binary (rnl_message_get_part (message, i)))
      build_file (builder, rnl_message_get_part (message, i));
  if (*text != '\0')
    build_text (builder, text);
  end_user (builder);
}

static void
build_messages (JsonBuilder *builder,
                RnlRequestQuirks quirks,
                const char *model,
                const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  if (request->system != NULL && *request->system != '\0')
    add_message (builder, "system", request->system);

  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);
      RnlRole role = rnl_message_get_role (message);
      g_autofree char *text = NULL;

      if (role == RNL_ROLE_ASSISTANT)
        build_turn (builder, quirks, model, message);
      else if (role == RNL_ROLE_USER)
        build_user (builder, message);
      else
        {
          text = rnl_request_dup_text (message);
          add_message (builder, "system", text);
        }
    }
  json_builder_end_array (builder);
}

/* The rest of the request. */

static void
build_tool_choice (JsonBuilder *builder, const char *choice)
{
  if (g_str_equal (choice, "auto") || g_str_equal (choice, "none"))
    {
      rnl_request_add_string (builder, "tool_choice", choice);
      return;
    }
  if (g_str_equal (choice, "any"))
    {
      rnl_request_add_string (builder, "tool_choice", "required");
      return;
    }

  json_builder_set_member_name (builder, "tool_choice");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "type", "function");
  json_builder_set_member_name (builder, "function");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "name", choice);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
build_stream (JsonBuilder *builder, RnlRequestQuirks quirks)
{
  rnl_request_add_boolean (builder, "stream", TRUE);
  if ((quirks & RNL_REQUEST_NO_STREAM_OPTIONS) != 0)
    return;

  json_builder_set_member_name (builder, "stream_options");
  json_builder_begin_object (builder);
  rnl_request_add_boolean (builder, "include_usage", TRUE);
  /* Padding of each chunk, larger than most of them. */
  if ((quirks & RNL_REQUEST_STORES) != 0)
    rnl_request_add_boolean (builder, "include_obfuscation", FALSE);
  json_builder_end_object (builder);
}

static void
build_sampling (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  rnl_request_add_count (
    builder, (quirks & RNL_REQUEST_COMPLETION_TOKENS) != 0 ? "max_completion_tokens" : "max_tokens",
    request->max_tokens);
  if ((quirks & RNL_REQUEST_NO_SAMPLING) == 0)
    {
      rnl_request_add_share (builder, "temperature", request->temperature);
      rnl_request_add_share (builder, "top_p", request->top_p);
    }
  if ((quirks & RNL_REQUEST_NO_STOP) == 0)
    rnl_request_add_stop (builder, "stop", request->stop, MAX_STOP);
  if (request->reasoning_effort != NULL && (quirks & RNL_REQUEST_NO_REASONING) == 0)
    rnl_request_add_string (builder, "reasoning_effort", request->reasoning_effort);
}

static void
build_format (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  gboolean shaped = (quirks & RNL_REQUEST_NO_JSON_SCHEMA) == 0;

  json_builder_set_member_name (builder, "response_format");
  rnl_request_begin_typed (builder, shaped ? "json_schema" : "json_object");
  if (shaped)
    {
      json_builder_set_member_name (builder, "json_schema");
      json_builder_begin_object (builder);
      rnl_request_add_schema (builder, request);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
build_options (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  if (request->tools->len > 0)
    {
      rnl_request_add_functions (builder, request->tools);
      if (request->tool_choice != NULL)
        build_tool_choice (builder, request->tool_choice);
    }
  build_sampling (builder, quirks, request);
  if (request->schema != NULL)
    build_format (builder, quirks, request);
  if ((quirks & RNL_REQUEST_CACHE_KEY) != 0)
    rnl_request_add_cache_key (builder, request);
  if ((quirks & RNL_REQUEST_STORES) != 0)
    rnl_request_add_boolean (builder, "store", FALSE);
  if (request->stream)
    build_stream (builder, quirks);
}

/**
 * rnl_openai_chat_request_build:
 * @host: (nullable): the server's name; picks its dialect
 * @model: the model's name on that server
 * @request: what is asked
 *
 * Writes the body of `POST /chat/completions`. Nothing is sent that @request does not set, or that
 * the server is known to refuse.
 *
 * Source: OpenAI API reference, "Create chat completion" (types of openai-node 6.49.0).
 *
 * Returns: (transfer full): the body
 */
RnlRequestBody *
rnl_openai_chat_request_build (const char *host, const char *model, const RnlChatRequest *request)
{
  RnlRequestQuirks quirks = rnl_request_find_quirks (dialects, host, model);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "model", model);
  build_messages (builder, quirks, model, request);
  build_options (builder, quirks, request);
  json_builder_end_object (builder);

  return rnl_request_body_new_built (builder);
}
