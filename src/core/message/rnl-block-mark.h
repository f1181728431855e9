/* rnl-block-mark.h: where a block of an answer begins and ends
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-message-enums.h"

G_BEGIN_DECLS

/**
 * RnlBlockPhase:
 * @RNL_BLOCK_START: the block begins with the chunk that carries the mark
 * @RNL_BLOCK_FINISH: nothing is added to the block any more
 */
typedef enum
{
  RNL_BLOCK_START,
  RNL_BLOCK_FINISH,
} RnlBlockPhase;

/**
 * RnlBlockMark:
 * @phase: begin or end
 * @index: which block of the answer, from 0, in the order of their beginnings
 * @type: what the block is
 * @remote: for a tool call: whether the provider runs it itself
 * @call_id: (nullable): for a tool call: its id, by which a tool run is joined to it
 * @name: (nullable): for a tool call: the tool's name
 * @args: (nullable): for a tool call that is finished: its arguments, read strictly
 * @error: (nullable): for a tool call that is finished: why its arguments are no JSON object
 * @text: (nullable): for text or thinking that is finished: all of it
 *
 * Blocks of one answer may overlap: pieces of several tool calls can come in turns.
 */
typedef struct
{
  RnlBlockPhase phase;
  guint index;
  RnlPartType type;
  gboolean remote;
  char *call_id;
  char *name;
  JsonNode *args;
  char *error;
  char *text;
} RnlBlockMark;

#define RNL_TYPE_BLOCK_MARK (rnl_block_mark_get_type ())
GType rnl_block_mark_get_type (void);

RnlBlockMark *rnl_block_mark_copy (const RnlBlockMark *mark);
void rnl_block_mark_free (RnlBlockMark *mark);
void rnl_block_mark_clear (RnlBlockMark *mark);
JsonObject *rnl_block_mark_to_json (const RnlBlockMark *mark);
RnlBlockMark *rnl_block_mark_new_from_json (JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlBlockMark, rnl_block_mark_free)

G_END_DECLS
