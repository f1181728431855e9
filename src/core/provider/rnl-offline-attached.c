/* rnl-offline-attached.c: files that came with the question
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rnl-attachment.h"
#include "rnl-offline-rules.h"
#include "rnl-offline-summary.h"

#define N_SENTENCES 3
#define MAX_EXCERPT 400
#define MAX_TEXT    (256 * 1024)

static RnlMessage *
find_question (RnlOfflineTurn *turn)
{
  for (guint i = turn->request->messages->len; i-- > 0;)
    {
      RnlMessage *message = g_ptr_array_index (turn->request->messages, i);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        return message;
    }

  return NULL;
}

static void
describe_text (RnlPart *part, RnlOfflineAnswer *answer)
{
  g_autofree char *size = g_format_size (rnl_attachment_get_size (part));
  g_autofree char *bounded = g_strndup (rnl_part_get_text (part), MAX_TEXT);
  g_autofree char *valid = g_utf8_make_valid (bounded, -1);
  g_autofree char *summary = rnl_offline_summarise (valid, N_SENTENCES);
  g_autofree char *quoted = NULL;

  rnl_offline_answer_sayf (answer, "**%s** is text (%s).", rnl_part_get_title (part), size);
  if (*summary != '\0')
    {
      rnl_offline_answer_sayf (
        answer, " The sentences that seem to say most (picked by rules, word for word):\n\n%s\n",
        summary);
      return;
    }

  quoted = rnl_offline_quote_code (valid, MAX_EXCERPT);
  rnl_offline_answer_sayf (answer, " Here is its beginning:\n\n%s\n\n", quoted);
}

static void
describe_other (RnlPart *part, RnlOfflineAnswer *answer)
{
  g_autofree char *size = g_format_size (rnl_attachment_get_size (part));

  rnl_offline_answer_sayf (
    answer,
    "**%s** is %s (%s). I work by rules and cannot look into it; a model that sees can.\n\n",
    rnl_part_get_title (part), rnl_attachment_is_image (part) ? "a picture" : "a document", size);
}

/**
 * rnl_offline_rule_attached:
 *
 * Whatever was asked that no other rule knows, about files that were attached: a text is summed up,
 * of others it is said what they are.
 */
gboolean
rnl_offline_rule_attached (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  RnlMessage *question = find_question (turn);
  gboolean found = FALSE;

  for (guint i = 0; question != NULL && i < rnl_message_get_n_parts (question); i++)
    {
      RnlPart *part = rnl_message_get_part (question, i);

      if (rnl_part_get_part_type (part) != RNL_PART_FILE)
        continue;
      found = TRUE;
      if (rnl_attachment_is_text (part))
        describe_text (part, answer);
      else
        describe_other (part, answer);
    }

  return found;
}
