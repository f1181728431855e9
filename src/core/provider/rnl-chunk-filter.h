/* rnl-chunk-filter.h: keeping keys out of what a model says
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"

G_BEGIN_DECLS

typedef struct _RnlChunkFilter RnlChunkFilter;

RnlChunkFilter *
rnl_chunk_filter_new (const char *const *secrets, RnlChunkFunc func, gpointer user_data);
void rnl_chunk_filter_free (RnlChunkFilter *self);

void rnl_chunk_filter_feed (RnlChunkFilter *self, const RnlChunk *chunk);
void rnl_chunk_filter_flush (RnlChunkFilter *self);

G_END_DECLS
