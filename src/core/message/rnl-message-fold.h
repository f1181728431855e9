/* rnl-message-fold.h: chunks become the parts of a message
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message-chunk.h"
#include "rnl-block-mark.h"
#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlMessageFold:
 *
 * Folds the chunks of one model call into a message: the sum after k chunks is what the k chunks
 * say, and each chunk costs only its own bytes.
 */
typedef struct _RnlMessageFold RnlMessageFold;

RnlPart *rnl_message_fold_find_open (RnlMessage *message);
RnlMessageFold *rnl_message_fold_new (RnlMessage *message, guint step);
void rnl_message_fold_free (RnlMessageFold *self);
void rnl_message_fold_set_answer_tool (RnlMessageFold *self, const char *name);
void rnl_message_fold_chunk (RnlMessageFold *self, const RnlChunk *chunk);
void rnl_message_fold_end (RnlMessageFold *self);
const RnlBlockMark *rnl_message_fold_get_marks (RnlMessageFold *self, guint *n_marks);
void rnl_message_fold_check_answer (RnlMessageFold *self);
RnlPart *rnl_message_fold_get_answer_call (RnlMessageFold *self);
RnlMessage *rnl_message_fold_get_message (RnlMessageFold *self);
guint rnl_message_fold_get_step (RnlMessageFold *self);
const RnlUsage *rnl_message_fold_get_usage (RnlMessageFold *self);
RnlMessageChunk *rnl_message_fold_to_chunk (RnlMessageFold *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlMessageFold, rnl_message_fold_free)

G_END_DECLS
