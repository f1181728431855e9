/* rnl-block-range.h: a stretch of the text of several blocks
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"

G_BEGIN_DECLS

/**
 * RnlBlockPoint:
 * @block: position of a block in its list
 * @offset: characters of its flat text before the place; more than there are mean its end
 *
 * A place between two characters of a list of blocks. The flat text of a block is its text without
 * the marker of an item; the cells of a table follow each other with a tab between them, its rows
 * with a line end. See rnl_block_dup_flat_text().
 */
typedef struct
{
  guint block;
  guint offset;
} RnlBlockPoint;

/**
 * RnlBlockRange:
 * @from: the first place
 * @to: the last place, not before @from
 */
typedef struct
{
  RnlBlockPoint from;
  RnlBlockPoint to;
} RnlBlockRange;

/* Further than any text. */
#define RNL_BLOCK_END G_MAXUINT

int rnl_block_point_compare (const RnlBlockPoint *a, const RnlBlockPoint *b);
gboolean rnl_block_range_is_empty (const RnlBlockRange *range);
gboolean rnl_block_range_equal (const RnlBlockRange *a, const RnlBlockRange *b);
gboolean
rnl_block_range_clip (const RnlBlockRange *range, guint first, guint n_blocks, RnlBlockRange *part);

char *rnl_block_dup_flat_text (RnlBlock *block);
guint rnl_block_get_flat_length (RnlBlock *block);
void rnl_block_range_fit (RnlBlockRange *range, GPtrArray *blocks);

G_END_DECLS
