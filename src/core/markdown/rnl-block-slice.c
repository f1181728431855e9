/* rnl-block-slice.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-slice.h"

static gsize
to_bytes (RnlBlock *block, guint offset)
{
  const char *text = rnl_block_get_text (block);
  const char *end = text + rnl_block_get_length (block);
  const char *at = text;

  while (offset-- > 0 && at < end)
    at = g_utf8_next_char (at);

  return (gsize) (MIN (at, end) - text);
}

/* What of the block at INDEX is in RANGE, which fits the blocks. */
RnlBlockSlice
rnl_block_slice (GPtrArray *blocks, const RnlBlockRange *range, guint index)
{
  RnlBlock *block = g_ptr_array_index (blocks, index);
  guint length = rnl_block_get_flat_length (block);
  guint from = index == range->from.block ? range->from.offset : 0;
  guint to = index == range->to.block ? range->to.offset : length;
  RnlBlockSlice slice = { block, from, to, from == 0 && to == length, FALSE };

  slice.alone = range->from.block == range->to.block;
  if (rnl_block_get_kind (block) != RNL_BLOCK_TABLE)
    {
      slice.from = to_bytes (block, from);
      slice.to = to_bytes (block, to);
    }

  return slice;
}

/* What of a cell is in a slice of its table. START is where the cell's text begins in that of the
 * table, in characters; it moves on to that of the next cell. */
RnlCellSlice
rnl_table_slice_cell (const RnlBlockSlice *slice, guint row, guint column, gsize *start_of_cell)
{
  RnlCellSlice part = { rnl_block_get_cell (slice->block, row, column), 0, 0, FALSE };
  gsize start = *start_of_cell;
  gsize length = rnl_block_get_flat_length (part.cell);

  *start_of_cell += length + 1;
  part.any = slice->from <= start + length && slice->to >= start && slice->from < slice->to;
  if (!part.any)
    return part;
  part.from = to_bytes (part.cell, (guint) (MAX (slice->from, start) - start));
  part.to = to_bytes (part.cell, (guint) (MIN (slice->to, start + length) - start));

  return part;
}

/* Which rows and columns a slice of a table is in. */
void
rnl_table_slice (const RnlBlockSlice *slice, RnlTableSlice *table)
{
  guint columns = rnl_block_get_n_columns (slice->block);
  guint rows = rnl_block_get_n_rows (slice->block);
  gsize at = 0;
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < rows * columns; i++)
    {
      gsize length
        = rnl_block_get_flat_length (rnl_block_get_cell (slice->block, i / columns, i % columns));

      if (slice->from <= at + length && slice->to >= at)
        {
          first = MIN (first, i);
          last = i;
        }
      at += length + 1;
    }
  first = MIN (first, last);
  table->first_row = columns > 0 ? first / columns : 0;
  table->last_row = columns > 0 ? last / columns : 0;
  table->first_column = 0;
  table->last_column = columns > 0 ? columns - 1 : 0;
  if (table->first_row == table->last_row && columns > 0)
    {
      table->first_column = first % columns;
      table->last_column = last % columns;
    }
}

/* Part of a single block is words, more is a list item or a heading. */
gboolean
rnl_block_slice_has_marker (const RnlBlockSlice *slice)
{
  return slice->whole || !slice->alone;
}
