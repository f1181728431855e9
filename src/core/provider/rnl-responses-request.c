/* rnl-responses-request.c
 *
 * The server keeps nothing (`store` is false): each request carries the items of the turns before,
 * as they came, with their encrypted reasoning.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-responses-request.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-request-dialect.h"
#include "rnl-request-json.h"

#define PROTOCOL "openai-responses"

/* Who does not reason can give no encrypted reasoning, and refuses to be asked for it. */
static const RnlRequestDialect dialects[] = {
  { "openai.com", "gpt-5-chat*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_REASONING },
  { "openai.com", "gpt-5*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_SAMPLING },
  { "openai.com", "o1*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_SAMPLING },
  { "openai.com", "o3*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_SAMPLING },
  { "openai.com", "o4*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_SAMPLING },
  { "openai.com", "gpt-4*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_REASONING },
  { "openai.com", "gpt-3*", RNL_REQUEST_CACHE_KEY | RNL_REQUEST_NO_REASONING },
  { "openai.com", NULL, RNL_REQUEST_CACHE_KEY },
  { NULL, NULL, 0 },
};

static void
add_text (JsonBuilder *builder, const char *type, const char *text)
{
  if (*text == '\0')
    return;

  rnl_request_begin_typed (builder, type);
  rnl_request_add_string (builder, "text", text);
  json_builder_end_object (builder);
}

/* A person's message. */

static void
add_file (JsonBuilder *builder, RnlPart *part)
{
  if (rnl_attachment_is_image (part))
    {
      rnl_request_begin_typed (builder, "input_image");
      rnl_request_add_string (builder, "detail", "auto");
      rnl_request_add_data_uri (builder, "image_url", part);
    }
  else
    {
      rnl_request_begin_typed (builder, "input_file");
      rnl_request_add_string (builder, "filename", rnl_request_get_file_name (part));
      rnl_request_add_data_uri (builder, "file_data", part);
    }
  json_builder_end_object (builder);
}

static void
build_user (JsonBuilder *builder, RnlMessage *message)
{
  g_autofree char *text = rnl_request_dup_text (message);
  gboolean system = rnl_message_get_role (message) == RNL_ROLE_SYSTEM;

  rnl_request_begin_typed (builder, "message");
  rnl_request_add_string (builder, "role", system ? "system" : "user");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_request_is_binary (rnl_message_get_part (message, i)))
      add_file (builder, rnl_message_get_part (message, i));
  add_text (builder, "input_text", text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Steps. */

/* A thought that was not encrypted is known to a server only that keeps answers. */
static gboolean
can_go_back (JsonObject *item)
{
  return g_strcmp0 (rnl_json_object_get_string (item, "type"), "reasoning") != 0
         || rnl_json_object_get_string (item, "encrypted_content") != NULL;
}

static void
add_call (JsonBuilder *builder, RnlRequestCall *call)
{
  g_autoptr (JsonNode) node = rnl_request_dup_call (call, PROTOCOL);
  JsonObject *object = json_node_get_object (node);

  json_object_set_string_member (object, "type", "function_call");
  json_object_set_string_member (object, "call_id", call->id);
  json_object_set_string_member (object, "name", call->name);
  json_object_set_string_member (object, "arguments", call->arguments);
  json_builder_add_value (builder, g_steal_pointer (&node));
}

static void
add_part (JsonBuilder *builder, RnlRequestStep *step, RnlPart *part)
{
  RnlRequestCall *call = rnl_request_step_find_call (step, part);
  JsonNode *raw = rnl_request_get_raw (part, PROTOCOL);

  if (call != NULL)
    add_call (builder, call);
  else if (raw != NULL)
    rnl_request_add_raw (builder, raw, can_go_back);
  else if (rnl_part_get_part_type (part) == RNL_PART_TEXT && rnl_part_get_length (part) > 0)
    {
      /* A list of output texts would need the id that the server gave them. */
      rnl_request_begin_typed (builder, "message");
      rnl_request_add_string (builder, "role", "assistant");
      rnl_request_add_string (builder, "content", rnl_part_get_text (part));
      json_builder_end_object (builder);
    }
}

static void
add_result (JsonBuilder *builder, RnlRequestCall *call)
{
  rnl_request_begin_typed (builder, "function_call_output");
  rnl_request_add_string (builder, "call_id", call->id);
  if (call->files->len == 0)
    rnl_request_add_string (builder, "output", call->result);
  else
    {
      json_builder_set_member_name (builder, "output");
      json_builder_begin_array (builder);
      add_text (builder, "input_text", call->result);
      for (guint i = 0; i < call->files->len; i++)
        add_file (builder, g_ptr_array_index (call->files, i));
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
build_step (JsonBuilder *builder, RnlRequestStep *step)
{
  for (guint i = 0; i < step->parts->len; i++)
    add_part (builder, step, g_ptr_array_index (step->parts, i));
  for (guint i = 0; i < step->calls->len; i++)
    add_result (builder, g_ptr_array_index (step->calls, i));
}

static void
build_input (JsonBuilder *builder, const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "input");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);

      if (rnl_message_get_role (message) != RNL_ROLE_ASSISTANT)
        {
          build_user (builder, message);
          continue;
        }
      rnl_request_step_each (message, build_step, builder);
    }
  json_builder_end_array (builder);
}

/* The rest of the request. */

static void
build_tool_choice (JsonBuilder *builder, const char *choice)
{
  if (g_str_equal (choice, "auto") || g_str_equal (choice, "none"))
    rnl_request_add_string (builder, "tool_choice", choice);
  else if (g_str_equal (choice, "any"))
    rnl_request_add_string (builder, "tool_choice", "required");
  else
    {
      json_builder_set_member_name (builder, "tool_choice");
      rnl_request_begin_typed (builder, "function");
      rnl_request_add_string (builder, "name", choice);
      json_builder_end_object (builder);
    }
}

static void
build_tools (JsonBuilder *builder, const RnlChatRequest *request)
{
  if (request->tools->len == 0)
    return;

  json_builder_set_member_name (builder, "tools");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->tools->len; i++)
    {
      rnl_request_begin_typed (builder, "function");
      rnl_request_add_spec (builder, g_ptr_array_index (request->tools, i), "parameters");
      json_builder_set_member_name (builder, "strict");
      json_builder_add_boolean_value (builder, FALSE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (request->tool_choice != NULL)
    build_tool_choice (builder, request->tool_choice);
}

static void
build_reasoning (JsonBuilder *builder, const char *effort)
{
  json_builder_set_member_name (builder, "reasoning");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "effort", effort);
  rnl_request_add_string (builder, "summary", "auto");
  json_builder_end_object (builder);
}

static void
build_text (JsonBuilder *builder, const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "text");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  rnl_request_begin_typed (builder, "json_schema");
  rnl_request_add_schema (builder, request);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Without the padding of each event, which is larger than most of them. */
static void
build_stream_options (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "stream_options");
  json_builder_begin_object (builder);
  rnl_request_add_boolean (builder, "include_obfuscation", FALSE);
  json_builder_end_object (builder);
}

/* The protocol has nothing that ends an answer at a text. */
static void
build_options (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  rnl_request_add_boolean (builder, "stream", request->stream);
  rnl_request_add_boolean (builder, "store", FALSE);
  if ((quirks & RNL_REQUEST_NO_REASONING) == 0)
    {
      json_builder_set_member_name (builder, "include");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, "reasoning.encrypted_content");
      json_builder_end_array (builder);
      if (request->reasoning_effort != NULL)
        build_reasoning (builder, request->reasoning_effort);
    }
  rnl_request_add_count (builder, "max_output_tokens", request->max_tokens);
  if ((quirks & RNL_REQUEST_NO_SAMPLING) == 0)
    {
      rnl_request_add_share (builder, "temperature", request->temperature);
      rnl_request_add_share (builder, "top_p", request->top_p);
    }
  if (request->schema != NULL)
    build_text (builder, request);
  if ((quirks & RNL_REQUEST_CACHE_KEY) != 0)
    rnl_request_add_cache_key (builder, request);
  if (request->stream && (quirks & RNL_REQUEST_CACHE_KEY) != 0)
    build_stream_options (builder);
}

/**
 * rnl_responses_request_build:
 * @host: (nullable): the server's name
 * @model: the model's name on that server
 * @request: what is asked
 *
 * Writes the body of `POST /v1/responses`.
 *
 * Source: OpenAI API reference, "Create a model response" (types of openai-node 6.49.0).
 *
 * Returns: (transfer full): the body
 */
RnlRequestBody *
rnl_responses_request_build (const char *host, const char *model, const RnlChatRequest *request)
{
  RnlRequestQuirks quirks = rnl_request_find_quirks (dialects, host, model);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "model", model);
  if (request->system != NULL && *request->system != '\0')
    rnl_request_add_string (builder, "instructions", request->system);
  build_input (builder, request);
  build_tools (builder, request);
  build_options (builder, quirks, request);
  json_builder_end_object (builder);

  return rnl_request_body_new_built (builder);
}
