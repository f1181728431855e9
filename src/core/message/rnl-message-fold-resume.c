/* rnl-message-fold-resume.c: an answer that broke off in its text goes on with it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-fold-private.h"

#include <string.h>

#include "rnl-final-answer.h"
#include "rnl-part-extra.h"
#include "rnl-text-joint.h"

/**
 * rnl_message_fold_find_open:
 * @message: an answer that broke off
 *
 * Returns: (transfer none) (nullable): the text that it breaks off in, `NULL` when it does so
 *   anywhere else, or behind a call that has its result
 */
RnlPart *
rnl_message_fold_find_open (RnlMessage *message)
{
  RnlPart *open = NULL;

  for (guint i = rnl_message_get_n_parts (message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (message, i - 1);
      RnlPartType type = rnl_part_get_part_type (part);

      if (rnl_part_is_note (part))
        continue;
      if (open == NULL)
        {
          if (type != RNL_PART_TEXT || rnl_part_get_length (part) == 0 || rnl_part_is_refusal (part)
              || rnl_final_answer_is (part))
            return NULL;
          open = part;
        }
      if (rnl_part_get_step (part) != rnl_part_get_step (open))
        break;
      if (type == RNL_PART_TOOL_CALL && !rnl_part_is_remote (part))
        return NULL;
    }

  return open;
}

/**
 * rnl_message_fold_resume: (skip)
 * @self: a fold in which no text is open
 * @chunk: more text
 *
 * Opens the text that broke off again, if nothing has come since. What the server said of it as an
 * item is no longer so.
 */
void
rnl_message_fold_resume (RnlMessageFold *self, const RnlChunk *chunk)
{
  g_autofree char *more = NULL;
  const char *joint;

  if (self->before == NULL || self->calls->len > 0
      || rnl_message_fold_find_open (self->message) != self->before)
    return;

  more = g_strndup (chunk->text, chunk->length);
  joint = rnl_text_joint (rnl_part_get_text (self->before), more);
  rnl_part_set_complete (self->before, FALSE);
  rnl_part_set_extra (self->before, RNL_PART_EXTRA_RAW, NULL);
  rnl_part_append (self->before, joint, strlen (joint));
  self->told += strlen (joint);
  self->open = self->before;
}

/**
 * rnl_message_fold_peek_text: (skip)
 * @self: a fold
 * @part: a text or a thought
 *
 * Returns: what chunks of this fold said in it
 */
const char *
rnl_message_fold_peek_text (RnlMessageFold *self, RnlPart *part)
{
  return rnl_part_get_text (part) + (part == self->before ? self->told : 0);
}
