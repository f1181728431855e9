/* rnl-ollama-request.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-ollama-request.h"

#include "rnl-json-value.h"
#include "rnl-request-dialect.h"
#include "rnl-request-json.h"

static const RnlRequestEffort efforts[] = {
  { "none", NULL, 0 },   { "minimal", "low", 0 }, { "low", "low", 0 },  { "medium", "medium", 0 },
  { "high", "high", 0 }, { "xhigh", "high", 0 },  { "max", "high", 0 }, { NULL, NULL, 0 },
};

static void
add_message (JsonBuilder *builder, const char *role, const char *content)
{
  rnl_request_add_string (builder, "role", role);
  rnl_request_add_string (builder, "content", content);
}

/* Its files are pictures: the protocol knows no others. */
static void
add_images (JsonBuilder *builder, GPtrArray *files)
{
  gboolean open = FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      RnlPart *part = g_ptr_array_index (files, i);

      if (!rnl_attachment_is_image (part))
        continue;
      if (!open)
        {
          json_builder_set_member_name (builder, "images");
          json_builder_begin_array (builder);
          open = TRUE;
        }
      rnl_request_body_add_file (builder, "", part);
    }
  if (open)
    json_builder_end_array (builder);
}

static void
build_images (JsonBuilder *builder, RnlMessage *message)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_request_is_binary (rnl_message_get_part (message, i)))
      g_ptr_array_add (files, rnl_message_get_part (message, i));
  add_images (builder, files);
}

static void
build_calls (JsonBuilder *builder, GPtrArray *calls)
{
  json_builder_set_member_name (builder, "tool_calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);

      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "id", call->id);
      json_builder_set_member_name (builder, "function");
      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "name", call->name);
      json_builder_set_member_name (builder, "arguments");
      json_builder_add_value (builder, rnl_json_strict_parse (call->arguments, -1, NULL));
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_step (JsonBuilder *builder, RnlRequestStep *step)
{
  if (step->text->len == 0 && step->calls->len == 0)
    return;

  json_builder_begin_object (builder);
  add_message (builder, "assistant", step->text->str);
  if (step->reasoning->len > 0)
    rnl_request_add_string (builder, "thinking", step->reasoning->str);
  if (step->calls->len > 0)
    build_calls (builder, step->calls);
  json_builder_end_object (builder);

  for (guint i = 0; i < step->calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (step->calls, i);

      json_builder_begin_object (builder);
      add_message (builder, "tool", call->result);
      rnl_request_add_string (builder, "tool_name", call->name);
      rnl_request_add_string (builder, "tool_call_id", call->id);
      add_images (builder, call->files);
      json_builder_end_object (builder);
    }
}

static void
build_message (JsonBuilder *builder, RnlMessage *message)
{
  RnlRole role = rnl_message_get_role (message);
  g_autofree char *text = NULL;

  if (role == RNL_ROLE_ASSISTANT)
    {
      rnl_request_step_each (message, build_step, builder);
      return;
    }

  text = rnl_request_dup_text (message);
  json_builder_begin_object (builder);
  add_message (builder, role == RNL_ROLE_SYSTEM ? "system" : "user", text);
  build_images (builder, message);
  json_builder_end_object (builder);
}

static void
build_messages (JsonBuilder *builder, const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  if (request->system != NULL && *request->system != '\0')
    {
      json_builder_begin_object (builder);
      add_message (builder, "system", request->system);
      json_builder_end_object (builder);
    }
  for (guint i = 0; i < request->messages->len; i++)
    build_message (builder, g_ptr_array_index (request->messages, i));
  json_builder_end_array (builder);
}

/* The protocol has no choice: what must not be called is not offered, and where one tool must be,
 * there is no other. */
static gboolean
is_offered (const RnlChatRequest *request, RnlToolSpec *spec)
{
  const char *choice = request->tool_choice;

  if (choice == NULL || !rnl_request_names_tool (choice))
    return g_strcmp0 (choice, "none") != 0;

  return g_str_equal (spec->name, choice);
}

static void
build_tools (JsonBuilder *builder, const RnlChatRequest *request)
{
  g_autoptr (GPtrArray) offered = g_ptr_array_new ();

  for (guint i = 0; i < request->tools->len; i++)
    if (is_offered (request, g_ptr_array_index (request->tools, i)))
      g_ptr_array_add (offered, g_ptr_array_index (request->tools, i));
  if (offered->len > 0)
    rnl_request_add_functions (builder, offered);
}

static void
build_thinking (JsonBuilder *builder, const char *effort)
{
  const RnlRequestEffort *known = rnl_request_find_effort (efforts, effort);

  if (known != NULL && known->word == NULL)
    rnl_request_add_boolean (builder, "think", FALSE);
  else
    rnl_request_add_string (builder, "think", known != NULL ? known->word : effort);
}

static void
build_options (JsonBuilder *builder, const RnlChatRequest *request)
{
  rnl_request_add_boolean (builder, "stream", request->stream);
  if (request->reasoning_effort != NULL)
    build_thinking (builder, request->reasoning_effort);
  if (request->schema != NULL)
    {
      json_builder_set_member_name (builder, "format");
      json_builder_add_value (builder, json_node_copy (request->schema));
    }
  if (request->max_tokens == 0 && request->num_ctx == 0 && request->temperature < 0
      && request->top_p < 0 && request->stop == NULL)
    return;

  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  rnl_request_add_count (builder, "num_ctx", request->num_ctx);
  rnl_request_add_count (builder, "num_predict", request->max_tokens);
  rnl_request_add_share (builder, "temperature", request->temperature);
  rnl_request_add_share (builder, "top_p", request->top_p);
  rnl_request_add_stop (builder, "stop", request->stop, G_MAXUINT);
  json_builder_end_object (builder);
}

/**
 * rnl_ollama_request_build:
 * @model: the model's name on that server
 * @request: what is asked
 *
 * Writes the body of `POST /api/chat`. Thinking goes back in `thinking`, arguments as objects,
 * images in base 64; a result names its tool, for calls have had ids only lately.
 *
 * Source: Ollama API, "Generate a chat message" (types of ollama-js 0.6.4).
 *
 * Returns: (transfer full): the body
 */
RnlRequestBody *
rnl_ollama_request_build (const char *model, const RnlChatRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "model", model);
  build_messages (builder, request);
  build_tools (builder, request);
  build_options (builder, request);
  json_builder_end_object (builder);

  return rnl_request_body_new_built (builder);
}
