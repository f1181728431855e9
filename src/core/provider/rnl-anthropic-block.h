/* rnl-anthropic-block.h: one content block of Anthropic's Messages, while it grows
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

/**
 * RnlAnthropicCalls:
 *
 * Ids of the calls of one answer, in order: a call's place is its index in chunks.
 */
typedef GPtrArray RnlAnthropicCalls;

/**
 * RnlAnthropicBlock:
 * @start: what the block was at its start
 * @text: of a text or a thought
 * @input: of a call, as JSON text
 * @members: (element-type utf8 GString): what nobody here has to understand, as it grows
 * @citations: (nullable): of a text
 * @call: its index in chunks, -1 when it is no call
 * @remote: whether the call runs at the provider
 */
typedef struct
{
  JsonObject *start;
  GString *text;
  GString *input;
  GHashTable *members;
  JsonArray *citations;
  gint call;
  gboolean remote;
} RnlAnthropicBlock;

RnlAnthropicBlock *rnl_anthropic_block_new (JsonObject *start,
                                            RnlAnthropicCalls *calls,
                                            RnlChunkFunc on_chunk,
                                            gpointer user_data);
void rnl_anthropic_block_free (RnlAnthropicBlock *self);

void rnl_anthropic_block_add_text (RnlAnthropicBlock *self,
                                   RnlChunkType type,
                                   const char *text,
                                   gsize length,
                                   RnlChunkFunc on_chunk,
                                   gpointer user_data);
void rnl_anthropic_block_add_input (RnlAnthropicBlock *self,
                                    const char *json,
                                    gsize length,
                                    RnlChunkFunc on_chunk,
                                    gpointer user_data);
void rnl_anthropic_block_add_citation (RnlAnthropicBlock *self,
                                       const char *json,
                                       gsize length,
                                       RnlChunkFunc on_chunk,
                                       gpointer user_data);
void rnl_anthropic_block_add_member (RnlAnthropicBlock *self,
                                     const char *name,
                                     const char *text,
                                     gsize length);
void rnl_anthropic_block_end (RnlAnthropicBlock *self,
                              gboolean stopped,
                              RnlChunkFunc on_chunk,
                              gpointer user_data);

G_END_DECLS
