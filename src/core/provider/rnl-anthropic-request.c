/* rnl-anthropic-request.c
 *
 * A step goes back as the blocks it came as, signatures and results of remote tools included; what
 * another protocol said is converted. The results of a step's calls open the next message.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-anthropic-request.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-request-dialect.h"
#include "rnl-request-json.h"

#define PROTOCOL "anthropic"

/* The protocol wants a bound; every model since 2024 takes this one. */
#define DEFAULT_MAX_TOKENS 8192

#define MAX_STOP 4

/* Since version 2026-10-21 the vendor's models take no sampling, whoever passes it on; servers that
 * took over the protocol do, and need not know the marks of a cache. */
static const RnlRequestDialect dialects[] = {
  { "anthropic.com", NULL, RNL_REQUEST_NO_SAMPLING | RNL_REQUEST_CACHE_MARKS },
  { NULL, "*claude*", RNL_REQUEST_NO_SAMPLING | RNL_REQUEST_CACHE_MARKS },
  { NULL, NULL, 0 },
};

static const RnlRequestEffort efforts[] = {
  { "none", NULL, 0 },   { "minimal", "low", 0 }, { "low", "low", 0 }, { "medium", "medium", 0 },
  { "high", "high", 0 }, { "xhigh", "xhigh", 0 }, { "max", "max", 0 }, { NULL, NULL, 0 },
};

static void
add_text_block (JsonBuilder *builder, const char *text)
{
  /* An empty text is refused. */
  if (*text == '\0')
    return;

  rnl_request_begin_typed (builder, "text");
  rnl_request_add_string (builder, "text", text);
  json_builder_end_object (builder);
}

static void
add_file_block (JsonBuilder *builder, RnlPart *part)
{
  gboolean image = rnl_attachment_is_image (part);

  rnl_request_begin_typed (builder, image ? "image" : "document");
  if (!image)
    rnl_request_add_string (builder, "title", rnl_request_get_file_name (part));
  json_builder_set_member_name (builder, "source");
  rnl_request_begin_typed (builder, "base64");
  rnl_request_add_string (builder, "media_type", rnl_attachment_get_mime_type (part));
  json_builder_set_member_name (builder, "data");
  rnl_request_body_add_file (builder, "", part);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Files stand before the words about them, as the vendor advises. */
static void
add_files (JsonBuilder *builder, RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_request_is_binary (part))
        add_file_block (builder, part);
    }
}

static void
build_user (JsonBuilder *builder, RnlMessage *message)
{
  g_autofree char *text = rnl_request_dup_text (message);

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", "user");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  add_files (builder, message);
  add_text_block (builder, text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Steps. */

static gboolean
can_go_back (JsonObject *item)
{
  const char *type = rnl_json_object_get_string (item, "type");
  const char *text = rnl_json_object_get_string (item, "text");

  return g_strcmp0 (type, "text") != 0 || (text != NULL && *text != '\0');
}

static void
add_call (JsonBuilder *builder, RnlRequestCall *call)
{
  g_autoptr (JsonNode) node = rnl_request_dup_call (call, PROTOCOL);
  JsonObject *object = json_node_get_object (node);

  json_object_set_string_member (object, "type", "tool_use");
  json_object_set_string_member (object, "id", call->id);
  json_object_set_string_member (object, "name", call->name);
  json_object_set_member (object, "input", rnl_json_strict_parse (call->arguments, -1, NULL));
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
  else if (rnl_part_get_part_type (part) == RNL_PART_TEXT)
    add_text_block (builder, rnl_part_get_text (part));
}

/* Text alone is the plain string it has always been. */
static void
add_result_content (JsonBuilder *builder, RnlRequestCall *call)
{
  if (call->files->len == 0)
    {
      rnl_request_add_string (builder, "content", call->result);
      return;
    }

  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  add_text_block (builder, call->result);
  for (guint i = 0; i < call->files->len; i++)
    add_file_block (builder, g_ptr_array_index (call->files, i));
  json_builder_end_array (builder);
}

static void
build_results (JsonBuilder *builder, GPtrArray *calls)
{
  if (calls->len == 0)
    return;

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", "user");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);

      rnl_request_begin_typed (builder, "tool_result");
      rnl_request_add_string (builder, "tool_use_id", call->id);
      add_result_content (builder, call);
      if (call->failed)
        rnl_request_add_boolean (builder, "is_error", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
has_content (RnlRequestStep *step)
{
  for (guint i = 0; i < step->parts->len; i++)
    {
      RnlPart *part = g_ptr_array_index (step->parts, i);

      if (rnl_request_step_find_call (step, part) != NULL
          || rnl_request_get_raw (part, PROTOCOL) != NULL
          || (rnl_part_get_part_type (part) == RNL_PART_TEXT && rnl_part_get_length (part) > 0))
        return TRUE;
    }

  return FALSE;
}

static void
build_step (JsonBuilder *builder, RnlRequestStep *step)
{
  if (!has_content (step))
    return;

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", "assistant");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  for (guint i = 0; i < step->parts->len; i++)
    add_part (builder, step, g_ptr_array_index (step->parts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  build_results (builder, step->calls);
}

/* What stands before the mark need not be read again: the tools, the system prompt, the history.
 * At most four are allowed. */
static void
add_cache_mark (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "cache_control");
  rnl_request_begin_typed (builder, "ephemeral");
  json_builder_end_object (builder);
}

/* The last block of the last message of a user: all that was said until now. */
static void
mark_history (JsonObject *body)
{
  JsonArray *messages = rnl_json_object_get_array (body, "messages");

  for (guint i = json_array_get_length (messages); i > 0; i--)
    {
      JsonObject *message = json_array_get_object_element (messages, i - 1);
      JsonArray *content = rnl_json_object_get_array (message, "content");
      guint n = json_array_get_length (content);
      JsonObject *mark;

      if (g_strcmp0 (rnl_json_object_get_string (message, "role"), "user") != 0 || n == 0)
        continue;
      mark = json_object_new ();
      json_object_set_string_member (mark, "type", "ephemeral");
      json_object_set_object_member (json_array_get_object_element (content, n - 1),
                                     "cache_control", mark);
      return;
    }
}

static void
build_messages (JsonBuilder *builder, const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        build_user (builder, message);
      else if (rnl_message_get_role (message) == RNL_ROLE_ASSISTANT)
        rnl_request_step_each (message, build_step, builder);
    }
  json_builder_end_array (builder);
}

/* The protocol knows one system prompt, before everything. */
static void
build_system (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  g_autoptr (GString) system = g_string_new (request->system);

  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);
      g_autofree char *text = NULL;

      if (rnl_message_get_role (message) != RNL_ROLE_SYSTEM)
        continue;
      text = rnl_request_dup_text (message);
      g_string_append_printf (system, "%s%s", system->len > 0 ? "\n\n" : "", text);
    }
  if (system->len == 0)
    return;
  if ((quirks & RNL_REQUEST_CACHE_MARKS) == 0)
    {
      rnl_request_add_string (builder, "system", system->str);
      return;
    }

  json_builder_set_member_name (builder, "system");
  json_builder_begin_array (builder);
  rnl_request_begin_typed (builder, "text");
  rnl_request_add_string (builder, "text", system->str);
  add_cache_mark (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static void
build_tool_choice (JsonBuilder *builder, const char *choice)
{
  gboolean named = rnl_request_names_tool (choice);

  json_builder_set_member_name (builder, "tool_choice");
  rnl_request_begin_typed (builder, named ? "tool" : choice);
  if (named)
    rnl_request_add_string (builder, "name", choice);
  json_builder_end_object (builder);
}

static void
build_tools (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  if (request->tools->len == 0)
    return;

  json_builder_set_member_name (builder, "tools");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->tools->len; i++)
    {
      json_builder_begin_object (builder);
      rnl_request_add_spec (builder, g_ptr_array_index (request->tools, i), "input_schema");
      if (i + 1 == request->tools->len && (quirks & RNL_REQUEST_CACHE_MARKS) != 0)
        add_cache_mark (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (request->tool_choice != NULL)
    build_tool_choice (builder, request->tool_choice);
}

/* A call cannot be forced out of a model that thinks. */
static gboolean
forces_call (const RnlChatRequest *request)
{
  return request->tools->len > 0 && request->tool_choice != NULL
         && !g_str_equal (request->tool_choice, "auto")
         && !g_str_equal (request->tool_choice, "none");
}

static void
build_thinking (JsonBuilder *builder, const char *effort)
{
  json_builder_set_member_name (builder, "thinking");
  rnl_request_begin_typed (builder, effort != NULL ? "adaptive" : "disabled");
  if (effort != NULL)
    rnl_request_add_string (builder, "display", "summarized");
  json_builder_end_object (builder);
}

static void
build_output (JsonBuilder *builder, const RnlChatRequest *request, const char *effort)
{
  if (effort == NULL && request->schema == NULL)
    return;

  json_builder_set_member_name (builder, "output_config");
  json_builder_begin_object (builder);
  if (effort != NULL)
    rnl_request_add_string (builder, "effort", effort);
  if (request->schema != NULL)
    {
      json_builder_set_member_name (builder, "format");
      rnl_request_begin_typed (builder, "json_schema");
      json_builder_set_member_name (builder, "schema");
      json_builder_add_value (builder, json_node_copy (request->schema));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
build_options (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  const char *effort = request->reasoning_effort;
  const RnlRequestEffort *known = effort != NULL ? rnl_request_find_effort (efforts, effort) : NULL;

  if (known != NULL)
    effort = known->word;
  rnl_request_add_count (builder, "max_tokens",
                         request->max_tokens > 0 ? request->max_tokens : DEFAULT_MAX_TOKENS);
  rnl_request_add_boolean (builder, "stream", request->stream);
  if ((quirks & RNL_REQUEST_NO_SAMPLING) == 0)
    {
      rnl_request_add_share (builder, "temperature", request->temperature);
      rnl_request_add_share (builder, "top_p", request->top_p);
    }
  rnl_request_add_stop (builder, "stop_sequences", request->stop, MAX_STOP);
  if (request->reasoning_effort != NULL && !forces_call (request))
    build_thinking (builder, effort);
  build_output (builder, request, effort);
}

/**
 * rnl_anthropic_request_build:
 * @host: (nullable): the server's name
 * @model: the model's name on that server
 * @request: what is asked
 *
 * Writes the body of `POST /v1/messages`.
 *
 * Source: Anthropic API, "Create a Message" (types of @anthropic-ai/sdk 1.10.0).
 *
 * Returns: (transfer full): the body
 */
RnlRequestBody *
rnl_anthropic_request_build (const char *host, const char *model, const RnlChatRequest *request)
{
  RnlRequestQuirks quirks = rnl_request_find_quirks (dialects, host, model);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RnlRequestBody *body;

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "model", model);
  build_system (builder, quirks, request);
  build_messages (builder, request);
  build_tools (builder, quirks, request);
  build_options (builder, quirks, request);
  json_builder_end_object (builder);

  body = rnl_request_body_new_built (builder);
  if ((quirks & RNL_REQUEST_CACHE_MARKS) != 0)
    mark_history (rnl_request_body_get_object (body));

  return body;
}
