/* rnl-message-fold-private.h: between the files of a fold
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-fold-answer.h"
#include "rnl-message-fold.h"

G_BEGIN_DECLS

struct _RnlMessageFold
{
  /* owned */
  RnlMessage *message;
  GPtrArray *calls; /* of RnlPart, by the chunk's index; NULL where none came */
  char *id;         /* (nullable): the answer's at the server */
  char *model;      /* (nullable): who answers */
  char *answer_tool;
  RnlFoldAnswer *answer;

  /* borrowed */
  RnlPart *open;   /* the text or reasoning that grows now */
  RnlPart *last;   /* what was said last, if its item has not come yet */
  RnlPart *before; /* (nullable): a text that broke off before the first chunk */

  /* the blocks, as observers are told of them */
  GArray *marks;       /* of RnlBlockMark: those of the last chunk */
  GArray *call_blocks; /* of gint, by the chunk's index */
  RnlPart *marked;     /* borrowed: the open part that was told of */
  RnlPartType marked_type;
  guint marked_index;
  guint n_blocks;

  gsize told;    /* how much of BEFORE was there */
  guint n_parts; /* that were there */
  guint step;
  RnlUsage usage;
  RnlFinishReason finish;
  gboolean ended;
};

void rnl_message_fold_resume (RnlMessageFold *self, const RnlChunk *chunk);
const char *rnl_message_fold_peek_text (RnlMessageFold *self, RnlPart *part);
RnlPart *rnl_message_fold_find_call (RnlMessageFold *self, gint index);

void rnl_message_fold_mark_chunk (RnlMessageFold *self, const RnlChunk *chunk);
void rnl_message_fold_mark_end (RnlMessageFold *self);
void rnl_message_fold_clear_marks (RnlMessageFold *self);

G_END_DECLS
