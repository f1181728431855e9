/* rnl-agent-run-condense.c: a follow-up becomes a question of its own, behind the scenes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-inner-prompts.h"
#include "rnl-model-call.h"

#define RUN_NAME "condense_question"

static char *
make_prompt (RnlAgentRun *self)
{
  g_autoptr (GString) history = g_string_new (NULL);
  g_autofree char *question = NULL;
  guint last = self->history->len - 1;

  for (guint i = 0; i < last; i++)
    rnl_inner_prompts_add_message (history, g_ptr_array_index (self->history, i));
  question = rnl_message_dup_text (g_ptr_array_index (self->history, last));

  return g_strdup_printf (RNL_CONDENSE_PROMPT ("%s", "%s"), history->str, question);
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
  RnlChatModel *model = rnl_agent_get_model (self->agent);
  g_autoptr (RnlRun) run
    = rnl_run_new (rnl_chat_model_get_run_type (model), RUN_NAME, self->run, tags);

  rnl_model_call_async (model, request, run, NULL, 0, NULL, NULL, self->cancellable, condensed_cb,
                        g_object_ref (self));
}
