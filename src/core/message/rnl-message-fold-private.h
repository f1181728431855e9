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
  GPtrArray *calls; /* of RnlPart, by the chunk's index */
  char *id;         /* (nullable): the answer's at the server */
  char *model;      /* (nullable): who answers */
  char *answer_tool;
  RnlFoldAnswer *answer;

  /* borrowed */
  RnlPart *open; /* the text or reasoning that grows now */
  RnlPart *last; /* what was said last, if its item has not come yet */

  guint step;
  RnlUsage usage;
  RnlFinishReason finish;
};

G_END_DECLS
