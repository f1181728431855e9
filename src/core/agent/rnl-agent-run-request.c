/* rnl-agent-run-request.c: what the model of a turn is asked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-final-answer.h"
#include "rnl-part-extra.h"
#include "rnl-request-params.h"

/* A choice that forces a call holds for the first model call only, later ones must be free to
 * answer; unless answering is a call too. */
static const char *
soften_choice (RnlAgentRun *self, const char *choice)
{
  if (choice == NULL || self->step == 0 || g_str_equal (choice, "none"))
    return choice;
  if (rnl_agent_get_final_answer_tool (self->agent)
      && (g_str_equal (choice, "any") || g_str_equal (choice, RNL_FINAL_ANSWER_TOOL)))
    return choice;

  return "auto";
}

/* What the turn was asked with goes over what the agent is. */
static void
set_params (RnlAgentRun *self, RnlChatRequest *request)
{
  g_autofree char *choice = NULL;

  request->stream = rnl_agent_get_stream (self->agent);
  request->tool_choice = g_strdup (rnl_agent_get_tool_choice (self->agent));
  rnl_chat_request_apply_run (request, self->run);
  /* A choice among no tools is an error to most servers. */
  choice = g_steal_pointer (&request->tool_choice);
  if (request->tools->len > 0)
    request->tool_choice = g_strdup (soften_choice (self, choice));
}

/**
 * rnl_agent_fill_request: (skip)
 * @self: an agent
 * @request: a request
 *
 * Adds what every request of the agent begins with: the system prompt and the tools.
 */
void
rnl_agent_fill_request (RnlAgent *self, RnlChatRequest *request)
{
  RnlToolRegistry *registry = rnl_agent_get_tools (self);
  GListModel *tools = G_LIST_MODEL (registry);

  request->system = g_strdup (rnl_agent_get_system (self));
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);

      if (rnl_tool_registry_get_enabled (registry, rnl_tool_get_name (tool)))
        rnl_chat_request_add_tool (request, rnl_tool_get_spec (tool));
    }
  if (rnl_agent_get_final_answer_tool (self))
    {
      g_autoptr (RnlToolSpec) spec = rnl_final_answer_new_spec ();

      rnl_chat_request_add_tool (request, spec);
      request->answer_tool = g_strdup (spec->name);
    }
}

static void
add_history (RnlAgentRun *self, RnlChatRequest *request)
{
  g_autoptr (RnlMessage) question = NULL;

  if (self->question == NULL)
    {
      rnl_context_trim_fill (&self->trim, self->history, request);
      return;
    }
  question = rnl_message_new_text (RNL_ROLE_USER, self->question);
  rnl_chat_request_add_message (request, question);
}

/* Our own notes are for the person. */
static gboolean
has_said_something (RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (!rnl_part_is_note (rnl_message_get_part (message, i)))
      return TRUE;

  return FALSE;
}

/**
 * rnl_agent_run_build_request: (skip)
 * @self: a turn
 *
 * Returns: (transfer full): what the model is asked next
 */
RnlChatRequest *
rnl_agent_run_build_request (RnlAgentRun *self)
{
  RnlChatRequest *request = rnl_chat_request_new ();

  rnl_agent_fill_request (self->agent, request);
  add_history (self, request);
  if (has_said_something (self->message))
    rnl_chat_request_add_message (request, self->message);
  set_params (self, request);

  return request;
}
