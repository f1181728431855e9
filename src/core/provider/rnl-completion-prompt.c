/* rnl-completion-prompt.c
 *
 * A conversation is written as a play is, and the model goes on with its line:
 *
 *     SYSTEM
 *
 *     User: hello
 *
 *     Assistant: Good day.
 *
 *     User: and now?
 *
 *     Assistant:
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-completion-prompt.h"

#include "rnl-request-step.h"

#define USER      "User:"
#define ASSISTANT "Assistant:"

static void
begin_paragraph (GString *prompt)
{
  if (prompt->len > 0)
    g_string_append (prompt, "\n\n");
}

/* A line of the play; without text it is where the model begins. */
static void
append_line (GString *prompt, const char *who, const char *text)
{
  begin_paragraph (prompt);
  g_string_append (prompt, who);
  if (*text != '\0')
    g_string_append_c (prompt, ' ');
  g_string_append (prompt, text);
}

/* What another model's tools gave is part of what was said; it cannot call any itself. */
static void
append_results (GString *prompt, GPtrArray *calls)
{
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);

      begin_paragraph (prompt);
      g_string_append_printf (prompt, "[%s %s: %s]", call->name, call->arguments, call->result);
    }
}

static void
append_turn (GString *prompt, RnlMessage *message)
{
  RnlRequestStep *step;
  guint position = 0;

  while ((step = rnl_request_step_next (message, &position)) != NULL)
    {
      if (step->text->len > 0)
        append_line (prompt, ASSISTANT, step->text->str);
      append_results (prompt, step->calls);
      rnl_request_step_free (step);
    }
}

static void
append_message (GString *prompt, RnlMessage *message)
{
  RnlRole role = rnl_message_get_role (message);
  g_autofree char *text = role != RNL_ROLE_ASSISTANT ? rnl_request_dup_text (message) : NULL;

  if (role == RNL_ROLE_ASSISTANT)
    append_turn (prompt, message);
  else if (role == RNL_ROLE_USER)
    append_line (prompt, USER, text);
  else
    {
      begin_paragraph (prompt);
      g_string_append (prompt, text);
    }
}

static gboolean
has_system (const RnlChatRequest *request)
{
  return request->system != NULL && *request->system != '\0';
}

/* A turn that has begun with text is gone on with where it stopped. */
static gboolean
goes_on (const RnlChatRequest *request)
{
  guint n = request->messages->len;
  RnlMessage *last = n > 0 ? g_ptr_array_index (request->messages, n - 1) : NULL;
  guint n_parts = last != NULL ? rnl_message_get_n_parts (last) : 0;

  return n_parts > 0 && rnl_message_get_role (last) == RNL_ROLE_ASSISTANT
         && rnl_part_get_part_type (rnl_message_get_part (last, n_parts - 1)) == RNL_PART_TEXT;
}

/**
 * rnl_completion_prompt_is_plain:
 * @request: what is asked
 *
 * Returns: whether it is one text and nothing else, which a model gets as it is
 */
gboolean
rnl_completion_prompt_is_plain (const RnlChatRequest *request)
{
  return !has_system (request) && request->messages->len == 1
         && rnl_message_get_role (g_ptr_array_index (request->messages, 0)) == RNL_ROLE_USER;
}

/**
 * rnl_completion_prompt_new:
 * @request: what is asked
 *
 * Returns: (transfer full): the text a model is to go on with: what a person wrote when that is all
 *   there is, and otherwise the conversation, ending where the assistant speaks next
 */
char *
rnl_completion_prompt_new (const RnlChatRequest *request)
{
  g_autoptr (GString) prompt = g_string_new (NULL);

  if (rnl_completion_prompt_is_plain (request))
    return rnl_request_dup_text (g_ptr_array_index (request->messages, 0));

  if (has_system (request))
    g_string_append (prompt, request->system);
  for (guint i = 0; i < request->messages->len; i++)
    append_message (prompt, g_ptr_array_index (request->messages, i));
  if (!goes_on (request))
    append_line (prompt, ASSISTANT, "");

  return g_string_free (g_steal_pointer (&prompt), FALSE);
}

/**
 * rnl_chat_request_to_prompt_json:
 * @self: a request to a model that takes a text
 *
 * Source: LangChain's events, `on_llm_start`.
 *
 * Returns: (transfer full): an object `{prompts: [text], params?}`; the parameters are those of
 *   [method@Runnel.ChatRequest.to_json] but for what became part of the text
 */
JsonNode *
rnl_chat_request_to_prompt_json (RnlChatRequest *self)
{
  static const char *const in_prompt[] = { "system", "tool_choice" };
  g_autofree char *prompt = rnl_completion_prompt_new (self);
  g_autofree char *valid = g_utf8_make_valid (prompt, -1);
  JsonNode *node = rnl_chat_request_to_json (self);
  JsonObject *object = json_node_get_object (node);
  JsonObject *params = NULL;
  JsonArray *prompts = json_array_new ();

  json_array_add_string_element (prompts, valid);
  json_object_set_array_member (object, "prompts", prompts);
  json_object_remove_member (object, "messages");
  json_object_remove_member (object, "tools");
  if (!json_object_has_member (object, "params"))
    return node;

  params = json_object_get_object_member (object, "params");
  for (gsize i = 0; i < G_N_ELEMENTS (in_prompt); i++)
    json_object_remove_member (params, in_prompt[i]);
  if (json_object_get_size (params) == 0)
    json_object_remove_member (object, "params");

  return node;
}
