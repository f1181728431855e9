/* rnl-gemini-request.c
 *
 * Calls and what ran at the provider go back as the parts they came as; text and thoughts are put
 * together again, with the signature they ended with.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-gemini-request.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-request-dialect.h"
#include "rnl-request-json.h"

#define PROTOCOL "gemini"

/* What the vendor documents for calls that another model made: there is no signature to check. */
#define NO_SIGNATURE "skip_thought_signature_validator"

#define MAX_STOP 5

#define GOOGLE "generativelanguage.googleapis.com"

/* Models before the third know no levels of thinking. */
static const RnlRequestDialect dialects[] = {
  { GOOGLE, "gemini-2*", RNL_REQUEST_STORES | RNL_REQUEST_THINKING_BUDGET },
  { GOOGLE, NULL, RNL_REQUEST_STORES },
  { NULL, "*gemini-2*", RNL_REQUEST_THINKING_BUDGET },
  { NULL, NULL, 0 },
};

/* The budgets are those the vendor gives the same words in its OpenAI protocol. */
static const RnlRequestEffort efforts[] = {
  { "none", "MINIMAL", 0 },  { "minimal", "MINIMAL", 1024 },
  { "low", "LOW", 1024 },    { "medium", "MEDIUM", 8192 },
  { "high", "HIGH", 24576 }, { "xhigh", "HIGH", 24576 },
  { "max", "HIGH", 24576 },  { NULL, NULL, 0 },
};

static void
begin_content (JsonBuilder *builder, const char *role)
{
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "role", role);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
}

static void
end_content (JsonBuilder *builder)
{
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_text (JsonBuilder *builder, const char *text)
{
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "text", text);
  json_builder_end_object (builder);
}

static void
add_signature (JsonBuilder *builder, RnlPart *part)
{
  JsonNode *raw = rnl_request_get_raw (part, PROTOCOL);
  JsonArray *array = raw != NULL && JSON_NODE_HOLDS_ARRAY (raw) ? json_node_get_array (raw) : NULL;
  JsonNode *last
    = array != NULL ? json_array_get_element (array, json_array_get_length (array) - 1) : raw;
  const char *signature
    = rnl_json_object_get_string (rnl_json_node_get_object (last), "thoughtSignature");

  if (signature != NULL)
    rnl_request_add_string (builder, "thoughtSignature", signature);
}

static void
add_inline_data (JsonBuilder *builder, RnlPart *part)
{
  json_builder_set_member_name (builder, "inlineData");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "mimeType", rnl_attachment_get_mime_type (part));
  json_builder_set_member_name (builder, "data");
  rnl_request_body_add_file (builder, "", part);
  json_builder_end_object (builder);
}

/* What the model itself drew or spoke goes back as it came, whatever it is. */
static gboolean
is_inline (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_FILE && !rnl_attachment_is_text (part)
         && rnl_part_get_length (part) > 0;
}

static void
add_file (JsonBuilder *builder, RnlPart *part)
{
  json_builder_begin_object (builder);
  add_inline_data (builder, part);
  add_signature (builder, part);
  json_builder_end_object (builder);
}

static void
build_user (JsonBuilder *builder, RnlMessage *message)
{
  g_autofree char *text = rnl_request_dup_text (message);

  begin_content (builder, "user");
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_request_is_binary (rnl_message_get_part (message, i)))
      add_file (builder, rnl_message_get_part (message, i));
  if (*text != '\0' || rnl_message_get_n_parts (message) == 0)
    add_text (builder, text);
  end_content (builder);
}

/* Steps. */

static const char *
get_wire_id (RnlPart *part)
{
  JsonObject *raw = rnl_json_node_get_object (rnl_request_get_raw (part, PROTOCOL));

  return rnl_json_object_get_string (rnl_json_object_get_object (raw, "functionCall"), "id");
}

static void
add_call (JsonBuilder *builder, RnlRequestCall *call, gboolean first)
{
  g_autoptr (JsonNode) node = rnl_request_dup_call (call, PROTOCOL);
  JsonObject *part = json_node_get_object (node);
  JsonObject *function = rnl_json_object_get_object (part, "functionCall");

  if (function == NULL)
    {
      function = json_object_new ();
      json_object_set_object_member (part, "functionCall", function);
      if (first)
        json_object_set_string_member (part, "thoughtSignature", NO_SIGNATURE);
    }
  json_object_set_string_member (function, "name", call->name);
  json_object_set_member (function, "args", rnl_json_strict_parse (call->arguments, -1, NULL));
  json_builder_add_value (builder, g_steal_pointer (&node));
}

/* A thought goes back only where a signature vouches for it. */
static void
add_thought (JsonBuilder *builder, RnlPart *part)
{
  if (rnl_request_get_raw (part, PROTOCOL) == NULL)
    return;

  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "text", rnl_part_get_text (part));
  json_builder_set_member_name (builder, "thought");
  json_builder_add_boolean_value (builder, TRUE);
  add_signature (builder, part);
  json_builder_end_object (builder);
}

static void
add_part (JsonBuilder *builder, RnlRequestStep *step, RnlPart *part)
{
  RnlRequestCall *call = rnl_request_step_find_call (step, part);

  if (call != NULL)
    {
      add_call (builder, call, call == g_ptr_array_index (step->calls, 0));
      return;
    }

  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      json_builder_begin_object (builder);
      rnl_request_add_string (builder, "text", rnl_part_get_text (part));
      add_signature (builder, part);
      json_builder_end_object (builder);
      break;
    case RNL_PART_REASONING:
      add_thought (builder, part);
      break;
    case RNL_PART_FILE:
      if (is_inline (part))
        add_file (builder, part);
      break;
    case RNL_PART_TOOL_CALL:
    case RNL_PART_OPAQUE:
    default:
      rnl_request_add_raw (builder, rnl_request_get_raw (part, PROTOCOL), NULL);
      break;
    }
}

static void
add_result_files (JsonBuilder *builder, GPtrArray *files)
{
  if (files->len == 0)
    return;

  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      json_builder_begin_object (builder);
      add_inline_data (builder, g_ptr_array_index (files, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_result (JsonBuilder *builder, RnlRequestCall *call)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "functionResponse");
  json_builder_begin_object (builder);
  if (get_wire_id (call->part) != NULL)
    rnl_request_add_string (builder, "id", get_wire_id (call->part));
  rnl_request_add_string (builder, "name", call->name);
  json_builder_set_member_name (builder, "response");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, call->failed ? "error" : "output", call->result);
  json_builder_end_object (builder);
  add_result_files (builder, call->files);
  json_builder_end_object (builder);
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
          || rnl_part_get_part_type (part) == RNL_PART_TEXT || is_inline (part))
        return TRUE;
    }

  return FALSE;
}

static void
build_step (JsonBuilder *builder, RnlRequestStep *step)
{
  if (!has_content (step))
    return;

  begin_content (builder, "model");
  for (guint i = 0; i < step->parts->len; i++)
    add_part (builder, step, g_ptr_array_index (step->parts, i));
  end_content (builder);
  if (step->calls->len == 0)
    return;

  begin_content (builder, "user");
  for (guint i = 0; i < step->calls->len; i++)
    add_result (builder, g_ptr_array_index (step->calls, i));
  end_content (builder);
}

static void
build_contents (JsonBuilder *builder, const RnlChatRequest *request)
{
  json_builder_set_member_name (builder, "contents");
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
  gboolean named = rnl_request_names_tool (choice);
  g_autofree char *mode = g_ascii_strup (named ? "any" : choice, -1);

  json_builder_set_member_name (builder, "toolConfig");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "functionCallingConfig");
  json_builder_begin_object (builder);
  rnl_request_add_string (builder, "mode", mode);
  if (named)
    {
      json_builder_set_member_name (builder, "allowedFunctionNames");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, choice);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
build_tools (JsonBuilder *builder, const RnlChatRequest *request)
{
  if (request->tools->len == 0)
    return;

  json_builder_set_member_name (builder, "tools");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "functionDeclarations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->tools->len; i++)
    {
      json_builder_begin_object (builder);
      rnl_request_add_spec (builder, g_ptr_array_index (request->tools, i), "parametersJsonSchema");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  if (request->tool_choice != NULL)
    build_tool_choice (builder, request->tool_choice);
}

static void
build_thinking (JsonBuilder *builder, RnlRequestQuirks quirks, const char *effort)
{
  const RnlRequestEffort *known = rnl_request_find_effort (efforts, effort);

  json_builder_set_member_name (builder, "thinkingConfig");
  json_builder_begin_object (builder);
  if (known != NULL && (quirks & RNL_REQUEST_THINKING_BUDGET) != 0)
    {
      json_builder_set_member_name (builder, "thinkingBudget");
      json_builder_add_int_value (builder, known->budget);
    }
  else
    rnl_request_add_string (builder, "thinkingLevel", known != NULL ? known->word : effort);
  rnl_request_add_boolean (builder, "includeThoughts", !g_str_equal (effort, "none"));
  json_builder_end_object (builder);
}

static gboolean
has_options (const RnlChatRequest *request)
{
  return request->max_tokens > 0 || request->temperature >= 0 || request->top_p >= 0
         || request->stop != NULL || request->schema != NULL || request->reasoning_effort != NULL;
}

static void
build_options (JsonBuilder *builder, RnlRequestQuirks quirks, const RnlChatRequest *request)
{
  if ((quirks & RNL_REQUEST_STORES) != 0)
    rnl_request_add_boolean (builder, "store", FALSE);
  if (!has_options (request))
    return;

  json_builder_set_member_name (builder, "generationConfig");
  json_builder_begin_object (builder);
  rnl_request_add_count (builder, "maxOutputTokens", request->max_tokens);
  rnl_request_add_share (builder, "temperature", request->temperature);
  rnl_request_add_share (builder, "topP", request->top_p);
  rnl_request_add_stop (builder, "stopSequences", request->stop, MAX_STOP);
  if (request->schema != NULL)
    {
      rnl_request_add_string (builder, "responseMimeType", "application/json");
      json_builder_set_member_name (builder, "responseJsonSchema");
      json_builder_add_value (builder, json_node_copy (request->schema));
    }
  if (request->reasoning_effort != NULL)
    build_thinking (builder, quirks, request->reasoning_effort);
  json_builder_end_object (builder);
}

/**
 * rnl_gemini_request_build:
 * @host: (nullable): the server's name
 * @model: the model's name on that server: it is in the address, as is whether to stream
 * @request: what is asked
 *
 * Writes the body of `POST /v1beta/models/MODEL:streamGenerateContent`.
 *
 * Source: Gemini API, "generateContent" (types of @google/genai 2.32.0).
 *
 * Returns: (transfer full): the body
 */
RnlRequestBody *
rnl_gemini_request_build (const char *host, const char *model, const RnlChatRequest *request)
{
  RnlRequestQuirks quirks = rnl_request_find_quirks (dialects, host, model);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (request->system != NULL && *request->system != '\0')
    {
      json_builder_set_member_name (builder, "systemInstruction");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "parts");
      json_builder_begin_array (builder);
      add_text (builder, request->system);
      end_content (builder);
    }
  build_contents (builder, request);
  build_tools (builder, request);
  build_options (builder, quirks, request);
  json_builder_end_object (builder);

  return rnl_request_body_new_built (builder);
}
