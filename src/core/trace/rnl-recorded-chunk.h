/* rnl-recorded-chunk.h: a chunk out of the JSON of its event
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

void rnl_recorded_chunk_read (JsonObject *object, RnlChunk *chunk, char **owned);

G_END_DECLS
