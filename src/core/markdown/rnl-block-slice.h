/* rnl-block-slice.h: what of each block is in a stretch of them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block-range.h"

G_BEGIN_DECLS

/* What of a block is selected: bytes of its text, or characters of its flat text for a table. */
typedef struct
{
  RnlBlock *block; /* borrowed */
  gsize from;
  gsize to;
  gboolean whole;
  gboolean alone; /* nothing of any other block is selected */
} RnlBlockSlice;

/* What of a cell is selected. */
typedef struct
{
  RnlBlock *cell; /* borrowed */
  gsize from;     /* bytes of its text */
  gsize to;
  gboolean any; /* also when the cell is empty and selected over */
} RnlCellSlice;

/* The cells of a table that are selected: a rectangle, the rest of which is empty. */
typedef struct
{
  guint first_row;
  guint last_row;
  guint first_column;
  guint last_column;
} RnlTableSlice;

RnlBlockSlice rnl_block_slice (GPtrArray *blocks, const RnlBlockRange *range, guint index);
void rnl_table_slice (const RnlBlockSlice *slice, RnlTableSlice *table);
RnlCellSlice
rnl_table_slice_cell (const RnlBlockSlice *slice, guint row, guint column, gsize *start_of_cell);
gboolean rnl_block_slice_has_marker (const RnlBlockSlice *slice);

/* Writes the text of a block from one byte to another. */
void rnl_write_inline_markdown (
  GString *out, RnlBlock *block, gsize from, gsize to, gboolean in_cell, gboolean in_heading);

G_END_DECLS
