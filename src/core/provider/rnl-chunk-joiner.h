/* rnl-chunk-joiner.h: an answer in one piece, for who does not want it in many
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"

G_BEGIN_DECLS

typedef struct _RnlChunkJoiner RnlChunkJoiner;

RnlChunkJoiner *rnl_chunk_joiner_new (RnlChunkFunc func, gpointer user_data);
void rnl_chunk_joiner_free (RnlChunkJoiner *self);
void rnl_chunk_joiner_feed (RnlChunkJoiner *self, const RnlChunk *chunk);
void rnl_chunk_joiner_flush (RnlChunkJoiner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlChunkJoiner, rnl_chunk_joiner_free)

G_END_DECLS
