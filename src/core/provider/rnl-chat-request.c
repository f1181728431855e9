/* rnl-chat-request.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-request.h"

G_DEFINE_BOXED_TYPE (RnlChatRequest, rnl_chat_request, rnl_chat_request_ref, rnl_chat_request_unref)

/**
 * rnl_chat_request_new:
 *
 * Returns: (transfer full): an empty request that streams
 */
RnlChatRequest *
rnl_chat_request_new (void)
{
  RnlChatRequest *self = g_atomic_rc_box_new0 (RnlChatRequest);

  self->messages = g_ptr_array_new_with_free_func (g_object_unref);
  self->tools = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_tool_spec_unref);
  self->temperature = -1;
  self->top_p = -1;
  self->stream = TRUE;

  return self;
}

/**
 * rnl_chat_request_new_prompt:
 * @prompt: what to ask
 *
 * Returns: (transfer full): a request of one user message
 */
RnlChatRequest *
rnl_chat_request_new_prompt (const char *prompt)
{
  RnlChatRequest *self = rnl_chat_request_new ();

  g_ptr_array_add (self->messages, rnl_message_new_text (RNL_ROLE_USER, prompt));

  return self;
}

/**
 * rnl_chat_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): one that can be changed without changing @self; messages and tools are
 *   the same objects
 */
RnlChatRequest *
rnl_chat_request_copy (RnlChatRequest *self)
{
  RnlChatRequest *copy = rnl_chat_request_new ();

  for (guint i = 0; i < self->messages->len; i++)
    rnl_chat_request_add_message (copy, g_ptr_array_index (self->messages, i));
  for (guint i = 0; i < self->tools->len; i++)
    rnl_chat_request_add_tool (copy, g_ptr_array_index (self->tools, i));
  copy->system = g_strdup (self->system);
  copy->tool_choice = g_strdup (self->tool_choice);
  copy->answer_tool = g_strdup (self->answer_tool);
  copy->reasoning_effort = g_strdup (self->reasoning_effort);
  copy->max_tokens = self->max_tokens;
  copy->num_ctx = self->num_ctx;
  copy->temperature = self->temperature;
  copy->top_p = self->top_p;
  copy->stop = g_strdupv (self->stop);
  copy->schema = self->schema != NULL ? json_node_ref (self->schema) : NULL;
  copy->schema_name = g_strdup (self->schema_name);
  copy->stream = self->stream;

  return copy;
}

/**
 * rnl_chat_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): the same request, with one more reference
 */
RnlChatRequest *
rnl_chat_request_ref (RnlChatRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rnl_chat_request_clear (gpointer data)
{
  RnlChatRequest *self = data;

  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->tools);
  g_free (self->system);
  g_free (self->tool_choice);
  g_free (self->answer_tool);
  g_free (self->reasoning_effort);
  g_strfreev (self->stop);
  g_clear_pointer (&self->schema, json_node_unref);
  g_free (self->schema_name);
  g_clear_object (&self->gate);
}

/**
 * rnl_chat_request_unref:
 * @self: (transfer full): a request
 *
 * Drops a reference; the last one frees it.
 */
void
rnl_chat_request_unref (RnlChatRequest *self)
{
  g_atomic_rc_box_release_full (self, rnl_chat_request_clear);
}

/**
 * rnl_chat_request_add_message:
 * @self: a request
 * @message: what was said
 *
 * Adds a message at the end of the conversation.
 */
void
rnl_chat_request_add_message (RnlChatRequest *self, RnlMessage *message)
{
  g_ptr_array_add (self->messages, g_object_ref (message));
}

/**
 * rnl_chat_request_add_tool:
 * @self: a request
 * @spec: a tool
 *
 * Adds a tool the model may call.
 */
void
rnl_chat_request_add_tool (RnlChatRequest *self, RnlToolSpec *spec)
{
  g_ptr_array_add (self->tools, rnl_tool_spec_ref (spec));
}
