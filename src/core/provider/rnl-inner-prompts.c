/* rnl-inner-prompts.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-inner-prompts.h"

#include "rnl-final-answer.h"
#include "rnl-request-step.h"
#include "rnl-text.h"

/* Of what a tool gave only the beginning: what mattered of it is in the answer. */
#define MAX_RESULT_CHARS 400

static void
add_line (GString *text, const char *who, const char *what)
{
  if (*what != '\0')
    g_string_append_printf (text, "%s: %s\n\n", who, what);
}

static void
add_turn (GString *text, RnlMessage *message)
{
  RnlRequestStep *step;
  guint position = 0;

  while ((step = rnl_request_step_next (message, &position)) != NULL)
    {
      add_line (text, "assistant", step->text->str);
      for (guint i = 0; i < step->calls->len; i++)
        {
          RnlRequestCall *call = g_ptr_array_index (step->calls, i);
          g_autofree char *result = rnl_text_snippet (call->result, MAX_RESULT_CHARS);

          g_string_append_printf (text, "tool %s %s: %s\n\n", call->name, call->arguments, result);
        }
      rnl_request_step_free (step);
    }
}

/**
 * rnl_inner_prompts_add_message:
 * @text: where to
 * @message: a message
 *
 * Adds what was said as paragraphs: who, and the words. Of a turn that ended with a final answer
 * that is all; else what its tools gave is told in short. Neither thinking nor pictures.
 */
void
rnl_inner_prompts_add_message (GString *text, RnlMessage *message)
{
  g_autoptr (RnlMessage) reduced = rnl_final_answer_reduce (message);
  g_autofree char *said = NULL;

  if (rnl_message_get_role (reduced) == RNL_ROLE_ASSISTANT)
    {
      add_turn (text, reduced);
      return;
    }
  said = rnl_request_dup_text (reduced);
  add_line (text, rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (reduced)), said);
}
