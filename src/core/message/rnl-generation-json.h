/* rnl-generation-json.h: what a model of plain text says, in the shape of events
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-message-chunk.h"

G_BEGIN_DECLS

JsonNode *rnl_generation_new_from_chunk (const RnlChunk *chunk);
JsonNode *rnl_generation_new_from_sum (const RnlMessageChunk *sum);

G_END_DECLS
