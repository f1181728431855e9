/* rnl-run-blocks.h: the blocks of a model's answer on their way into events; not public
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlRunBlocksFunc:
 * @n_blocks: (out): how many there are
 * @user_data: closure
 *
 * Closes what is open in the answer of a model.
 *
 * Returns: (transfer none) (nullable): the marks, lent until the event was emitted
 */
typedef const RnlBlockMark *(*RnlRunBlocksFunc) (guint *n_blocks, gpointer user_data);

void rnl_run_stream_marked_chunk (RnlRun *self,
                                  const RnlChunk *chunk,
                                  const RnlBlockMark *blocks,
                                  guint n_blocks);
void rnl_run_set_blocks_func (RnlRun *self, RnlRunBlocksFunc func, gpointer user_data);

G_END_DECLS
