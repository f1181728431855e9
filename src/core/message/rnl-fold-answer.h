/* rnl-fold-answer.h: the arguments of final_answer become a text that grows
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlFoldAnswer:
 *
 * One call of the tool `final_answer` while it streams: the call, which nobody sees, and the text
 * part that everybody sees instead.
 */
typedef struct _RnlFoldAnswer RnlFoldAnswer;

RnlFoldAnswer *rnl_fold_answer_new (RnlPart *call, RnlMessage *message);
void rnl_fold_answer_free (RnlFoldAnswer *self);
RnlPart *rnl_fold_answer_get_call (RnlFoldAnswer *self);
void rnl_fold_answer_feed (RnlFoldAnswer *self, const char *text, gsize length);
void rnl_fold_answer_end (RnlFoldAnswer *self);
gboolean rnl_fold_answer_check (RnlFoldAnswer *self, gboolean truncated);

G_END_DECLS
