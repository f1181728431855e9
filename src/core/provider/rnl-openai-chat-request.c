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

#include <string.h>

#include "rnl-part-extra.h"

#define MAX_TOOL_NAME 64

/* What a server takes differently from the one that invented the protocol. */
typedef struct
{
  const char *host_suffix;
  gboolean max_completion_tokens; /* the name of the limit since the reasoning models */
  gboolean replay_reasoning;      /* refuses tool calls that come without their reasoning */
  gboolean no_stream_options;     /* refuses the member; sends usage unasked */
} Dialect;

static const Dialect dialects[] = {
  { "openai.com", TRUE, FALSE, FALSE },
  { "deepseek.com", FALSE, TRUE, FALSE },
  { "mistral.ai", FALSE, FALSE, TRUE },
  { NULL, FALSE, FALSE, FALSE },
};

static const Dialect *
find_dialect (const char *host)
{
  const Dialect *dialect = dialects;

  while (dialect->host_suffix != NULL
         && (host == NULL || !g_str_has_suffix (host, dialect->host_suffix)))
    dialect++;

  return dialect;
}

/* Members. */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_message (JsonBuilder *builder, const char *role, const char *content)
{
  json_builder_begin_object (builder);
  add_string (builder, "role", role);
  add_string (builder, "content", content);
  json_builder_end_object (builder);
}

/* A person's message: its text, and each file as text with its name. */
static char *
dup_user_text (RnlMessage *message)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      RnlPartType type = rnl_part_get_part_type (part);

      if (type != RNL_PART_TEXT && type != RNL_PART_FILE)
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      if (type == RNL_PART_FILE)
        g_string_append_printf (text, "File “%s”:\n\n",
                                rnl_part_get_title (part) != NULL ? rnl_part_get_title (part)
                                                                  : "attachment");
      g_string_append (text, rnl_part_get_text (part));
    }

  return g_string_free (text, FALSE);
}

/* Tool calls. */

/* One call as it will be sent. */
typedef struct
{
  char *id;
  char *name;
  char *arguments;
  char *result;
} Call;

static void
call_free (Call *call)
{
  g_free (call->id);
  g_free (call->name);
  g_free (call->arguments);
  g_free (call->result);
  g_free (call);
}

static gboolean
is_json_object (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  return json_parser_load_from_data (parser, text, -1, NULL)
         && json_parser_get_root (parser) != NULL
         && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser));
}

/* A model may have asked for a name that no server would accept back. */
static char *
dup_valid_name (const char *name)
{
  char *valid = g_strndup (name, MAX_TOOL_NAME);

  return g_strcanon (valid, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
}

static gboolean
has_id (GPtrArray *calls, const char *id)
{
  for (guint i = 0; i < calls->len; i++)
    if (g_str_equal (((Call *) g_ptr_array_index (calls, i))->id, id))
      return TRUE;

  return FALSE;
}

static char *
dup_unique_id (GPtrArray *calls, RnlPart *part)
{
  const char *id = rnl_part_get_call_id (part);

  if (id != NULL && *id != '\0' && !has_id (calls, id))
    return g_strdup (id);

  return g_strdup_printf ("call_%u_%u", rnl_part_get_step (part), calls->len);
}

static const char *
explain_state (RnlToolState state)
{
  switch (state)
    {
    case RNL_TOOL_DONE:
      return "";
    case RNL_TOOL_FAILED:
      return "The tool failed.";
    case RNL_TOOL_REFUSED:
      return "The person refused to let this tool run.";
    case RNL_TOOL_CANCELLED:
      return "The person stopped this call before it ended.";
    case RNL_TOOL_LIMIT:
      return "The tool was not run: a limit of this conversation's turn was reached.";
    case RNL_TOOL_PREPARING:
    case RNL_TOOL_WAITING:
    case RNL_TOOL_RUNNING:
    default:
      return "The call was interrupted and has no result.";
    }
}

static char *
dup_result (RnlPart *part, gboolean arguments_ok)
{
  RnlToolState state = rnl_part_get_state (part);
  const char *result = rnl_part_get_result (part);

  if (result != NULL && (*result != '\0' || state == RNL_TOOL_DONE))
    return g_strdup (result);
  if (state == RNL_TOOL_DONE)
    return g_strdup (rnl_part_get_output (part));
  if (!arguments_ok)
    return g_strdup ("The tool was not run: its arguments were not a complete JSON object.");

  return g_strdup (explain_state (state));
}

static void
add_call (GPtrArray *calls, RnlPart *part)
{
  const char *text = rnl_part_get_text (part);
  const char *name = rnl_part_get_name (part);
  gboolean empty = text[strspn (text, " \t\r\n")] == '\0';
  gboolean valid = empty || is_json_object (text);
  Call *call;

  /* Cut off before its name came: nothing that a server would take back. */
  if (name == NULL || *name == '\0')
    return;

  call = g_new0 (Call, 1);
  call->id = dup_unique_id (calls, part);
  call->name = dup_valid_name (name);
  call->arguments = g_strdup (valid && !empty ? text : "{}");
  call->result = dup_result (part, valid);
  g_ptr_array_add (calls, call);
}

static void
build_calls (JsonBuilder *builder, GPtrArray *calls)
{
  json_builder_set_member_name (builder, "tool_calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = g_ptr_array_index (calls, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", call->id);
      add_string (builder, "type", "function");
      json_builder_set_member_name (builder, "function");
      json_builder_begin_object (builder);
      add_string (builder, "name", call->name);
      add_string (builder, "arguments", call->arguments);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_results (JsonBuilder *builder, GPtrArray *calls)
{
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = g_ptr_array_index (calls, i);

      json_builder_begin_object (builder);
      add_string (builder, "role", "tool");
      add_string (builder, "tool_call_id", call->id);
      add_string (builder, "content", call->result);
      json_builder_end_object (builder);
    }
}

/* Turns. */

/* Collects the parts from @position on that belong to one step. Returns: the position after them */
static guint
collect_step (
  RnlMessage *message, guint position, GString *text, GString *reasoning, GPtrArray *calls)
{
  guint n_parts = rnl_message_get_n_parts (message);
  guint step = rnl_part_get_step (rnl_message_get_part (message, position));

  for (; position < n_parts; position++)
    {
      RnlPart *part = rnl_message_get_part (message, position);

      if (rnl_part_get_step (part) != step)
        break;
      switch (rnl_part_get_part_type (part))
        {
        case RNL_PART_TEXT:
          g_string_append (text, rnl_part_get_text (part));
          break;
        case RNL_PART_REASONING:
          g_string_append (reasoning, rnl_part_get_text (part));
          break;
        case RNL_PART_TOOL_CALL:
          if (!rnl_part_is_remote (part))
            add_call (calls, part);
          break;
        case RNL_PART_FILE:
        case RNL_PART_OPAQUE:
        default:
          break;
        }
    }

  return position;
}

static void
build_step (JsonBuilder *builder,
            const Dialect *dialect,
            const char *text,
            const char *reasoning,
            GPtrArray *calls)
{
  if (*text == '\0' && calls->len == 0)
    return;

  json_builder_begin_object (builder);
  add_string (builder, "role", "assistant");
  if (*text != '\0')
    add_string (builder, "content", text);
  else
    {
      json_builder_set_member_name (builder, "content");
      json_builder_add_null_value (builder);
    }
  if (calls->len > 0 && dialect->replay_reasoning)
    add_string (builder, "reasoning_content", reasoning);
  if (calls->len > 0)
    build_calls (builder, calls);
  json_builder_end_object (builder);

  build_results (builder, calls);
}

static void
build_turn (JsonBuilder *builder, const Dialect *dialect, RnlMessage *message)
{
  guint position = 0;

  while (position < rnl_message_get_n_parts (message))
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) reasoning = g_string_new (NULL);
      g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

      position = collect_step (message, position, text, reasoning, calls);
      build_step (builder, dialect, text->str, reasoning->str, calls);
    }
}

static void
build_messages (JsonBuilder *builder, const Dialect *dialect, const RnlChatRequest *request)
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
        {
          build_turn (builder, dialect, message);
          continue;
        }
      text = dup_user_text (message);
      add_message (builder, role == RNL_ROLE_SYSTEM ? "system" : "user", text);
    }
  json_builder_end_array (builder);
}

/* The rest of the request. */

static void
build_tools (JsonBuilder *builder, GPtrArray *tools)
{
  json_builder_set_member_name (builder, "tools");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tools->len; i++)
    {
      RnlToolSpec *spec = g_ptr_array_index (tools, i);

      json_builder_begin_object (builder);
      add_string (builder, "type", "function");
      json_builder_set_member_name (builder, "function");
      json_builder_begin_object (builder);
      add_string (builder, "name", spec->name);
      if (spec->description != NULL)
        add_string (builder, "description", spec->description);
      json_builder_set_member_name (builder, "parameters");
      json_builder_add_value (builder, json_node_copy (spec->parameters));
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_tool_choice (JsonBuilder *builder, const char *choice)
{
  if (g_str_equal (choice, "auto") || g_str_equal (choice, "none"))
    {
      add_string (builder, "tool_choice", choice);
      return;
    }
  if (g_str_equal (choice, "any"))
    {
      add_string (builder, "tool_choice", "required");
      return;
    }

  json_builder_set_member_name (builder, "tool_choice");
  json_builder_begin_object (builder);
  add_string (builder, "type", "function");
  json_builder_set_member_name (builder, "function");
  json_builder_begin_object (builder);
  add_string (builder, "name", choice);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
build_stream (JsonBuilder *builder, const Dialect *dialect)
{
  json_builder_set_member_name (builder, "stream");
  json_builder_add_boolean_value (builder, TRUE);
  if (dialect->no_stream_options)
    return;

  json_builder_set_member_name (builder, "stream_options");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "include_usage");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
}

static void
build_options (JsonBuilder *builder, const Dialect *dialect, const RnlChatRequest *request)
{
  if (request->tools->len > 0)
    {
      build_tools (builder, request->tools);
      if (request->tool_choice != NULL)
        build_tool_choice (builder, request->tool_choice);
    }
  if (request->max_tokens > 0)
    {
      json_builder_set_member_name (
        builder, dialect->max_completion_tokens ? "max_completion_tokens" : "max_tokens");
      json_builder_add_int_value (builder, request->max_tokens);
    }
  if (request->temperature >= 0)
    {
      json_builder_set_member_name (builder, "temperature");
      json_builder_add_double_value (builder, request->temperature);
    }
  if (request->reasoning_effort != NULL)
    add_string (builder, "reasoning_effort", request->reasoning_effort);
  if (request->stream)
    build_stream (builder, dialect);
}

/**
 * rnl_openai_chat_request_build:
 * @host: (nullable): the server's name; picks its dialect
 * @model: the model's name on that server
 * @request: what is asked
 *
 * Writes the body of `POST /chat/completions`. Nothing is sent that @request does not set.
 *
 * Source: OpenAI API reference, "Create chat completion" (types of openai-node 6.49.0).
 *
 * Returns: (transfer full): JSON
 */
GBytes *
rnl_openai_chat_request_build (const char *host, const char *model, const RnlChatRequest *request)
{
  const Dialect *dialect = find_dialect (host);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  char *body;

  json_builder_begin_object (builder);
  add_string (builder, "model", model);
  build_messages (builder, dialect, request);
  build_options (builder, dialect, request);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  body = json_generator_to_data (generator, &length);

  return g_bytes_new_take (body, length);
}
