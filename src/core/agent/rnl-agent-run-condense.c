/* rnl-agent-run-condense.c: a follow-up becomes a question of its own, behind the scenes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-final-answer.h"
#include "rnl-model-call.h"

#define RUN_NAME "condense_question"
#define PROMPT                                                                                     \
  "Given the conversation below and a follow-up to it, write the follow-up as a question that "    \
  "can "                                                                                           \
  "be understood without the conversation, in the same language. Answer with the question "        \
  "alone.\n"                                                                                       \
  "\nConversation:\n"

/* Only what was said: neither tools nor thinking. */
static char *
make_prompt (RnlAgentRun *self)
{
  GString *prompt = g_string_new (PROMPT);

  for (guint i = 0; i < self->history->len; i++)
    {
      g_autoptr (RnlMessage) message
        = rnl_final_answer_reduce (g_ptr_array_index (self->history, i));
      g_autofree char *text = rnl_message_dup_text (message);

      if (i + 1 == self->history->len)
        g_string_append_printf (prompt, "\nFollow-up: %s\nQuestion:", text);
      else
        g_string_append_printf (
          prompt, "%s: %s\n",
          rnl_message_get_role (message) == RNL_ROLE_USER ? "Person" : "Assistant", text);
    }

  return g_string_free (prompt, FALSE);
}

static void
condensed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);

  if (self->over)
    return;
  if (message == NULL)
    {
      rnl_agent_run_end_with_error (self, error);
      return;
    }

  self->question = g_strstrip (rnl_message_dup_text (message));
  rnl_agent_run_ask_model (self);
}

/* Whether there is a follow-up to condense: something was said before the question. */
gboolean
rnl_agent_run_needs_condensing (RnlAgentRun *self)
{
  return rnl_agent_get_condense_questions (self->agent) && self->history->len > 1
         && self->first_step == 0;
}

/* Asks the model for the question, then for the answer to it. The first is a run like any other to
 * who traces; its tag says that it is not for the transcript. */
void
rnl_agent_run_condense (RnlAgentRun *self)
{
  static const char *const tags[] = { RNL_RUN_TAG_INTERNAL, NULL };
  g_autofree char *prompt = make_prompt (self);
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt (prompt);
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, RUN_NAME, self->run, tags);

  rnl_model_call_async (rnl_agent_get_model (self->agent), request, run, NULL, 0, NULL, NULL,
                        self->cancellable, condensed_cb, g_object_ref (self));
}
