/* rnl-fold-answer.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-fold-answer.h"

#include "rnl-final-answer.h"
#include "rnl-part-extra.h"
#include "rnl-partial-json.h"

struct _RnlFoldAnswer
{
  RnlPart *call;
  RnlPart *text;
  RnlPartialJson *partial;
};

/**
 * rnl_fold_answer_new:
 * @call: a call whose name has just come
 * @message: what the text is added to
 *
 * Returns: (transfer full): an answer that has begun: its text is there, empty
 */
RnlFoldAnswer *
rnl_fold_answer_new (RnlPart *call, RnlMessage *message)
{
  RnlFoldAnswer *self = g_new0 (RnlFoldAnswer, 1);
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);

  self->call = g_object_ref (call);
  self->text = rnl_part_new (RNL_PART_TEXT, rnl_part_get_step (call));
  self->partial = rnl_partial_json_new ();
  rnl_part_set_extra (self->text, RNL_PART_EXTRA_FINAL, yes);
  rnl_part_set_call_id (self->text, rnl_part_get_call_id (call));
  rnl_message_add_part (message, self->text);
  rnl_fold_answer_feed (self, rnl_part_get_text (call), rnl_part_get_length (call));

  return self;
}

void
rnl_fold_answer_free (RnlFoldAnswer *self)
{
  g_object_unref (self->call);
  g_object_unref (self->text);
  rnl_partial_json_free (self->partial);
  g_free (self);
}

/**
 * rnl_fold_answer_get_call:
 * @self: an answer
 *
 * Returns: (transfer none): the call
 */
RnlPart *
rnl_fold_answer_get_call (RnlFoldAnswer *self)
{
  return self->call;
}

/**
 * rnl_fold_answer_feed:
 * @self: an answer
 * @text: more of the call's arguments
 * @length: its length in bytes
 *
 * Appends to the text what has come of the member `answer`.
 */
void
rnl_fold_answer_feed (RnlFoldAnswer *self, const char *text, gsize length)
{
  const char *delta;
  gsize n;

  if (length == 0)
    return;
  rnl_partial_json_feed (self->partial, text, (gssize) length);
  delta = rnl_partial_json_take_string_delta (self->partial, "answer", &n);
  if (delta != NULL)
    rnl_part_append (self->text, delta, n);
}

/**
 * rnl_fold_answer_end:
 * @self: an answer
 *
 * Nothing more comes.
 */
void
rnl_fold_answer_end (RnlFoldAnswer *self)
{
  rnl_part_set_complete (self->text, TRUE);
}

/**
 * rnl_fold_answer_check:
 * @self: an answer whose model call ended well
 * @truncated: whether the model stopped in the middle, at its limit of tokens
 *
 * Reads the arguments once more, strictly. A text that was cut off is an answer still.
 *
 * Returns: whether it is an answer; else its text is one like any other, and the call one that
 * failed
 */
gboolean
rnl_fold_answer_check (RnlFoldAnswer *self, gboolean truncated)
{
  g_autoptr (JsonNode) node = rnl_final_answer_parse (rnl_part_get_text (self->call), NULL);

  rnl_part_set_call_id (self->text, rnl_part_get_call_id (self->call));
  if (node != NULL)
    {
      JsonObject *object = json_node_get_object (node);

      rnl_part_set_extra (self->text, RNL_PART_EXTRA_TOOLS_USED,
                          json_object_get_member (object, "tools_used"));
      return TRUE;
    }
  if (truncated && rnl_part_get_length (self->text) > 0)
    return TRUE;

  rnl_part_set_extra (self->text, RNL_PART_EXTRA_FINAL, NULL);
  rnl_part_set_call_id (self->text, NULL);

  return FALSE;
}
