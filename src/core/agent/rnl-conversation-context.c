/* rnl-conversation-context.c: how full the model's window is
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-context.h"

#include "rnl-agent-private.h"
#include "rnl-conversation-private.h"

/* What would be sent if the person sent it now. */
static RnlChatRequest *
make_request (RnlConversation *self, const RnlContextTrim *trim, GPtrArray *history)
{
  RnlChatRequest *request = rnl_chat_request_new ();
  g_autoptr (RnlAgent) agent = rnl_conversation_make_agent (self);

  rnl_agent_fill_request (agent, request);
  rnl_context_trim_fill (trim, history, request);

  return request;
}

/**
 * rnl_conversation_measure:
 * @self: a conversation
 * @draft: (nullable): what the person is writing
 * @facts: (out caller-allocates): how full the model's window is
 *
 * How large the next request would be, without asking anybody: from what the server said of the
 * last one, and an estimate of what came since.
 */
void
rnl_conversation_measure (RnlConversation *self, RnlMessage *draft, RnlContextFacts *facts)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (RnlChatRequest) request = NULL;
  RnlContextTrim trim;
  RnlContextSize size;

  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (facts != NULL);

  history = rnl_conversation_dup_history (self, NULL);
  if (draft != NULL)
    g_ptr_array_add (history, g_object_ref (draft));
  rnl_context_trim_init (&trim, history);
  rnl_context_trim_recall (&trim, history, NULL, NULL);
  rnl_context_size_find (&size, history, NULL);
  request = make_request (self, &trim, history);

  *facts = (RnlContextFacts){
    .tokens
    = rnl_context_size_apply (&size, rnl_chat_request_estimate_tokens (request, self->model)),
    .source = size.input > 0 ? RNL_TOKEN_SOURCE_REPORTED : RNL_TOKEN_SOURCE_ESTIMATE,
    .last_input = size.input,
    .last_output = size.output,
    .left_out = trim.left_out,
    .summarised = trim.summary != NULL ? rnl_context_count_summarised (trim.summary) : 0,
  };
}
