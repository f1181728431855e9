/* rnl-chunk-json-private.h: the pieces of a chunk's shape
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-usage.h"

G_BEGIN_DECLS

void rnl_chunk_json_set_text (JsonObject *chunk, const char *name, const char *text);
void rnl_chunk_json_set_fact (JsonObject *chunk, const char *name, const char *value);
void rnl_chunk_json_set_usage (JsonObject *chunk, const RnlUsage *now, const RnlUsage *earlier);
void rnl_chunk_json_add_call (
  JsonObject *chunk, gint index, const char *id, const char *name, const char *args);
void rnl_chunk_json_add_remote (JsonObject *chunk,
                                gint index,
                                const char *id,
                                const char *name,
                                const char *args,
                                const char *output);
void rnl_chunk_json_add_citation (JsonObject *chunk, JsonNode *citation);
void rnl_chunk_json_add_file (JsonObject *chunk,
                              const char *name,
                              const char *mime_type,
                              const char *data);

G_END_DECLS
