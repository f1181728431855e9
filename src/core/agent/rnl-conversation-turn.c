/* rnl-conversation-turn.c: a question is asked, answered, stopped, asked again
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-private.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

static void
set_run (RnlConversation *self, RnlAgentRun *run)
{
  if (!g_set_object (&self->run, run))
    return;

  rnl_chat_set_busy (self->chat, run != NULL);
  g_object_notify (G_OBJECT (self), "run");
  g_object_notify (G_OBJECT (self), "busy");
}

/* What was allowed for this chat is kept with it. (The library itself follows what was said last.)
 */
static void
save_allowed_tools (RnlConversation *self)
{
  g_auto (GStrv) allowed = rnl_permission_policy_dup_allowed (self->policy);
  const char *const *known = rnl_chat_get_allowed_tools (self->chat);

  if (known != NULL && g_strv_equal (known, (const char *const *) allowed))
    return;

  rnl_chat_set_allowed_tools (self->chat, (const char *const *) allowed);
  if (self->stored)
    rnl_library_save_chat (self->library, self->chat);
}

static void
store_chat (RnlConversation *self, RnlMessage *first)
{
  rnl_conversation_title_by_rule (self, first);
  rnl_chat_set_model (self->chat, rnl_chat_model_get_id (self->model));
  if (self->library == NULL || self->stored || rnl_chat_get_temporary (self->chat))
    return;

  rnl_library_add_chat (self->library, self->chat);
  self->stored = TRUE;
}

static void
approval_needed_cb (RnlAgentRun *run, RnlPart *call, RnlConversation *self)
{
  rnl_chat_set_attention (self->chat, TRUE);
}

static void
step_ended_cb (RnlAgentRun *run, guint step, RnlConversation *self)
{
  save_allowed_tools (self);
}

/* What was said while the answer was made comes next, unless it came to nothing: then a person
 * decides. */
static void
send_queued (RnlConversation *self, RnlMessage *answer)
{
  const char *const *queue = rnl_chat_get_queue (self->chat);
  g_autoptr (RnlMessage) message = NULL;

  if (queue[0] == NULL || rnl_message_get_state (answer) != RNL_MESSAGE_COMPLETE)
    return;
  message = rnl_message_new_text (RNL_ROLE_USER, queue[0]);
  if (rnl_conversation_send_message (self, message, NULL) == NULL)
    return;
  rnl_chat_set_queue (self->chat, queue + 1);
  if (self->stored)
    rnl_library_save_chat (self->library, self->chat);
}

static void
ended_cb (RnlAgentRun *run, RnlConversation *self)
{
  g_autoptr (RnlConversation) alive = g_object_ref (self);
  RnlMessage *answer = rnl_agent_run_get_message (run);

  g_signal_handlers_disconnect_by_data (run, self);
  rnl_chat_set_attention (self->chat, rnl_message_get_state (answer) == RNL_MESSAGE_FAILED);
  save_allowed_tools (self);
  if (self->journal != NULL)
    rnl_journal_flush (self->journal);
  g_clear_object (&self->journal);
  set_run (self, NULL);
  send_queued (self, answer);
}

/* All messages that lead to BEFORE, or all; also those that are not shown yet. */
GPtrArray *
rnl_conversation_dup_history (RnlConversation *self, RnlMessage *before)
{
  GPtrArray *history = g_ptr_array_new_with_free_func (g_object_unref);
  guint position = 0;
  g_autoptr (RnlMessage) message = NULL;

  while ((message = rnl_conversation_dup_message (self, position++)) != NULL && message != before)
    g_ptr_array_add (history, g_steal_pointer (&message));

  return history;
}

RnlAgent *
rnl_conversation_make_agent (RnlConversation *self)
{
  RnlAgent *agent = rnl_agent_new (self->model, self->tools, self->policy);

  rnl_agent_set_system (agent, self->system);
  rnl_agent_set_max_steps (agent, self->max_steps);
  rnl_agent_set_time_limit (agent, self->time_limit);
  rnl_agent_set_stream (agent, self->stream);
  rnl_agent_set_final_answer_tool (agent, self->final_answer_tool);
  if (self->final_answer_tool)
    rnl_agent_set_tool_choice (agent, "any");

  return agent;
}

/* From here on the turn is written down and followed to its end. */
static void
follow (RnlConversation *self, RnlAgentRun *run, RnlMessage *replaced)
{
  RnlMessage *answer = rnl_agent_run_get_message (run);
  const char *replaced_id = replaced != NULL ? rnl_message_get_id (replaced) : NULL;

  if (self->stored)
    self->journal
      = rnl_journal_new_version (self->library, rnl_chat_get_id (self->chat), replaced_id, answer);
  g_signal_connect (run, "approval-needed", G_CALLBACK (approval_needed_cb), self);
  g_signal_connect (run, "step-ended", G_CALLBACK (step_ended_cb), self);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), self);
  set_run (self, run);
}

static RnlRun *
make_run (RnlConversation *self)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  rnl_run_config_set_scope (config, self->scope);

  return rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "agent");
}

/* What the person set for this chat holds for whoever asks in it and says nothing else. */
static void
set_params (RnlRun *root, const char *params)
{
  g_autoptr (JsonNode) node = params != NULL ? rnl_json_strict_parse (params, -1, NULL) : NULL;
  JsonObject *object = rnl_json_node_get_object (node);

  if (object != NULL)
    rnl_run_set_default_params (root, object);
}

/* Answers what stands before REPLACED, or, without one, the end. */
RnlAgentRun *
rnl_conversation_answer (RnlConversation *self, RnlMessage *replaced, RnlRun *observed)
{
  g_autoptr (RnlRun) root = observed != NULL ? g_object_ref (observed) : make_run (self);
  g_autoptr (RnlAgent) agent = rnl_conversation_make_agent (self);
  g_autoptr (GPtrArray) history = rnl_conversation_dup_history (self, replaced);
  g_autoptr (RnlAgentRun) run = NULL;

  /* One that was not made for a place happens in this conversation, and is seen by its observers.
   */
  if (rnl_run_get_scope (root) == rnl_run_scope_get_default ())
    rnl_run_set_scope (root, self->scope);
  set_params (root, rnl_chat_get_params (self->chat));
  run = rnl_agent_start (agent, history, root);
  rnl_conversation_fill_history (self, history, run);
  follow (self, run, replaced);
  rnl_conversation_replace (self, replaced, rnl_agent_run_get_message (run));

  return run;
}

/* Asks QUESTION at the place of REPLACED, or, without one, at the end. */
RnlAgentRun *
rnl_conversation_ask (RnlConversation *self,
                      RnlMessage *question,
                      RnlMessage *replaced,
                      RnlRun *observed)
{
  store_chat (self, question);
  if (self->stored)
    rnl_library_add_version (self->library, rnl_chat_get_id (self->chat),
                             replaced != NULL ? rnl_message_get_id (replaced) : NULL, question);
  rnl_conversation_replace (self, replaced, question);

  return rnl_conversation_answer (self, NULL, observed);
}

/**
 * rnl_conversation_send_message:
 * @self: a conversation that is not busy and, when its chat is stored, has been loaded
 * @message: what the person says: text, files, both; nobody else's
 * @run: (nullable): a root run that has not started, with its observers, tags and metadata
 *
 * Adds the message, writes it down and starts a turn.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when one is alive
 */
RnlAgentRun *
rnl_conversation_send_message (RnlConversation *self, RnlMessage *message, RnlRun *run)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (message), NULL);

  if (self->run != NULL || !self->loaded)
    return NULL;

  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);

  return rnl_conversation_ask (self, message, NULL, run);
}

/**
 * rnl_conversation_send_observed:
 * @self: a conversation that is not busy and, when its chat is stored, has been loaded
 * @text: what the person says
 * @run: (nullable): a root run that has not started, with its observers, tags and metadata; unless
 *   it has a scope of its own it happens in the conversation's
 *
 * Does what [method@Runnel.Conversation.send_message] does with a message of @text alone.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when one is alive
 */
RnlAgentRun *
rnl_conversation_send_observed (RnlConversation *self, const char *text, RnlRun *run)
{
  g_autoptr (RnlMessage) message = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  message = rnl_message_new_text (RNL_ROLE_USER, text);

  return rnl_conversation_send_message (self, message, run);
}

/**
 * rnl_conversation_send:
 * @self: a conversation that is not busy and, when its chat is stored, has been loaded
 * @text: what the person says
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when one is alive
 */
RnlAgentRun *
rnl_conversation_send (RnlConversation *self, const char *text)
{
  return rnl_conversation_send_observed (self, text, NULL);
}

/**
 * rnl_conversation_continue:
 * @self: a conversation that is not busy
 *
 * Goes on with an answer that stopped at a limit, or otherwise before its end: the same message
 * grows, with the limits of a new turn.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when there is nothing to go on with
 */
RnlAgentRun *
rnl_conversation_continue (RnlConversation *self)
{
  g_autoptr (RnlAgent) agent = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (RnlMessage) last = NULL;
  g_autoptr (RnlAgentRun) run = NULL;
  g_autoptr (RnlRun) root = NULL;

  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  history = rnl_conversation_dup_history (self, NULL);
  if (self->run != NULL || history->len < 2)
    return NULL;

  last = g_object_ref (g_ptr_array_index (history, history->len - 1));
  if (rnl_message_get_role (last) != RNL_ROLE_ASSISTANT
      || (rnl_message_get_state (last) == RNL_MESSAGE_COMPLETE && !rnl_message_is_cut_off (last)))
    return NULL;

  g_ptr_array_set_size (history, (gint) history->len - 1);
  agent = rnl_conversation_make_agent (self);
  root = make_run (self);
  run = rnl_agent_continue (agent, history, last, root);
  rnl_conversation_fill_history (self, history, run);
  follow (self, run, NULL);

  return run;
}

/**
 * rnl_conversation_stop:
 * @self: a conversation
 *
 * Stops the turn that is alive, if any, and what is asked behind it. What arrived stays.
 */
void
rnl_conversation_stop (RnlConversation *self)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  if (self->titling != NULL)
    g_cancellable_cancel (self->titling);
  if (self->run != NULL)
    rnl_agent_run_cancel (self->run);
}
