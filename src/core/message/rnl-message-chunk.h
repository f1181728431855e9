/* rnl-message-chunk.h: chunks of a message that can be added
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

/**
 * RnlMessageChunk:
 *
 * A message, or a piece of one, in the shape that is told outside: content, additional arguments,
 * metadata of the answer, pieces of tool calls, token counts. Pieces add up: the sum of the chunks
 * of an answer is the answer, whoever adds them and wherever.
 *
 * Each addition costs what the piece costs, not what the sum does.
 */
typedef struct _RnlMessageChunk RnlMessageChunk;

#define RNL_TYPE_MESSAGE_CHUNK (rnl_message_chunk_get_type ())
GType rnl_message_chunk_get_type (void);

RnlMessageChunk *rnl_message_chunk_new (void);
RnlMessageChunk *rnl_message_chunk_new_from_chunk (const RnlChunk *chunk);
RnlMessageChunk *rnl_message_chunk_new_from_json (JsonNode *json, GError **error);
RnlMessageChunk *rnl_message_chunk_copy (const RnlMessageChunk *self);
void rnl_message_chunk_free (RnlMessageChunk *self);

gboolean rnl_message_chunk_add (RnlMessageChunk *self, const RnlMessageChunk *next, GError **error);

const char *rnl_message_chunk_get_id (const RnlMessageChunk *self);
gboolean rnl_message_chunk_is_last (const RnlMessageChunk *self);
char *rnl_message_chunk_dup_text (const RnlMessageChunk *self);
JsonNode *rnl_message_chunk_to_json (const RnlMessageChunk *self);
JsonNode *rnl_message_chunk_to_message_json (const RnlMessageChunk *self);

JsonNode *rnl_chunk_to_json (const RnlChunk *chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlMessageChunk, rnl_message_chunk_free)

G_END_DECLS
