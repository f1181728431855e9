/* rnl-bus-request-turn.c: the turn of a request: begun, held while nobody reads, ended
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-request-private.h"

#include "rnl-bus-error.h"

/* Holds the run while the pipe is full. */
static void
full_changed_cb (RnlEventPipe *pipe, gboolean full, RnlBusRequest *self)
{
  gboolean hold = full && !rnl_agent_run_is_over (self->run);

  if (hold == self->holding)
    return;
  self->holding = hold;
  if (hold)
    rnl_run_hold (self->root);
  else
    rnl_run_release (self->root);
}

/* Lets the run go, so that it can come to its end. */
void
rnl_bus_request_release_run (RnlBusRequest *self)
{
  g_signal_handlers_disconnect_by_func (self->pipe, full_changed_cb, self);
  if (self->holding)
    rnl_run_release (self->root);
  self->holding = FALSE;
}

static void
approval_needed_cb (RnlAgentRun *run, RnlPart *call, RnlBusRequest *self)
{
  rnl_bus_host_show_conversation (self->host, self->conversation, self->options->activation_token);
}

static void
ended_cb (RnlAgentRun *run, RnlBusRequest *self)
{
  g_autoptr (RnlBusRequest) alive = g_object_ref (self);
  RnlMessage *message = rnl_agent_run_get_message (run);
  const GError *error = rnl_message_get_error (message);

  rnl_bus_request_release_run (self);
  rnl_bus_request_finish (self, rnl_acp_stop_reason (message),
                          self->reason != NULL ? self->reason : error);
}

/* What the caller wants, and never more than the person has switched on. */
static RnlToolRegistry *
choose_tools (RnlToolRegistry *all, RnlBusTools wanted)
{
  RnlToolRegistry *tools = rnl_tool_registry_new ();
  guint n = all != NULL ? g_list_model_get_n_items (G_LIST_MODEL (all)) : 0;

  for (guint i = 0; i < n && wanted != RNL_BUS_TOOLS_NONE; i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (G_LIST_MODEL (all), i);

      if (rnl_tool_registry_get_enabled (all, rnl_tool_get_name (tool))
          && (wanted == RNL_BUS_TOOLS_ASK || rnl_tool_get_permission (tool) == RNL_TOOL_SAFE))
        rnl_tool_registry_add (tools, tool);
    }

  return tools;
}

static RnlRun *
make_root (RnlBusRequest *self)
{
  RnlRun *root = rnl_run_new_configured (RNL_RUN_AGENT, NULL, self->options->config, "agent");

  rnl_run_set_metadata (root, "client",
                        self->options->client_name != NULL ? self->options->client_name : "");

  return root;
}

/* A turn keeps what its conversation had when it began: so the request's tools and system prompt
 * hold for this turn and no other. */
static RnlAgentRun *
send_prompt (RnlBusRequest *self)
{
  RnlConversation *conversation = self->conversation;
  RnlToolRegistry *all = rnl_conversation_get_tools (conversation);
  g_autoptr (RnlToolRegistry) before = all != NULL ? g_object_ref (all) : NULL;
  g_autoptr (RnlToolRegistry) tools = choose_tools (all, self->options->tools);
  g_autofree char *system = g_strdup (rnl_conversation_get_system (conversation));
  RnlAgentRun *run;

  rnl_conversation_set_tools (conversation, tools);
  if (self->options->system != NULL)
    rnl_conversation_set_system (conversation, self->options->system);
  run = rnl_conversation_send_observed (conversation, self->prompt, self->root);
  rnl_conversation_set_tools (conversation, before);
  rnl_conversation_set_system (conversation, system);

  return run;
}

/* Asks the agent. The conversation is open, the person has agreed. */
void
rnl_bus_request_start_turn (RnlBusRequest *self)
{
  RnlAgentRun *run;

  self->root = make_root (self);
  run = send_prompt (self);
  if (run == NULL)
    {
      g_autoptr (GError) error
        = g_error_new (RNL_BUS_ERROR, RNL_BUS_ERROR_BUSY, "The conversation is being answered");

      rnl_bus_request_finish (self, "refusal", error);
      return;
    }

  self->run = g_object_ref (run);
  self->updates = rnl_acp_updates_new (run, self->pipe);
  g_signal_connect_object (run, "approval-needed", G_CALLBACK (approval_needed_cb), self, 0);
  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (self->pipe, "full-changed", G_CALLBACK (full_changed_cb), self, 0);
}
