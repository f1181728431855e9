/* rnl-block-range.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-range.h"

/**
 * rnl_block_point_compare:
 * @a: a place
 * @b: another
 *
 * Returns: less than, equal to or greater than 0, as @a is before, at or after @b
 */
int
rnl_block_point_compare (const RnlBlockPoint *a, const RnlBlockPoint *b)
{
  if (a->block != b->block)
    return a->block < b->block ? -1 : 1;
  if (a->offset != b->offset)
    return a->offset < b->offset ? -1 : 1;

  return 0;
}

/**
 * rnl_block_range_is_empty:
 * @range: (nullable): a range
 *
 * Returns: whether there is nothing between its ends
 */
gboolean
rnl_block_range_is_empty (const RnlBlockRange *range)
{
  return range == NULL || rnl_block_point_compare (&range->from, &range->to) >= 0;
}

/**
 * rnl_block_range_equal:
 * @a: (nullable): a range
 * @b: (nullable): another
 *
 * Returns: whether both have the same ends, or are both empty
 */
gboolean
rnl_block_range_equal (const RnlBlockRange *a, const RnlBlockRange *b)
{
  if (rnl_block_range_is_empty (a) || rnl_block_range_is_empty (b))
    return rnl_block_range_is_empty (a) == rnl_block_range_is_empty (b);

  return rnl_block_point_compare (&a->from, &b->from) == 0
         && rnl_block_point_compare (&a->to, &b->to) == 0;
}

/**
 * rnl_block_range_clip:
 * @range: (nullable): a range of a list of blocks
 * @first: where a part of that list begins
 * @n_blocks: how many blocks the part has
 * @part: (out caller-allocates): what of @range is in it, counted from its first block
 *
 * Returns: whether anything of @range is in the part
 */
gboolean
rnl_block_range_clip (const RnlBlockRange *range, guint first, guint n_blocks, RnlBlockRange *part)
{
  *part = (RnlBlockRange){ { 0, 0 }, { 0, 0 } };
  if (rnl_block_range_is_empty (range) || n_blocks == 0 || range->to.block < first
      || (range->from.block >= first && range->from.block - first >= n_blocks))
    return FALSE;
  if (range->from.block >= first)
    part->from = (RnlBlockPoint){ range->from.block - first, range->from.offset };
  if (range->to.block - first < n_blocks)
    part->to = (RnlBlockPoint){ range->to.block - first, range->to.offset };
  else
    part->to = (RnlBlockPoint){ n_blocks - 1, RNL_BLOCK_END };

  return rnl_block_point_compare (&part->from, &part->to) < 0;
}

/**
 * rnl_block_dup_flat_text:
 * @block: a block
 *
 * Returns: (transfer full): its text, the cells of a table with tabs and line ends between them
 */
char *
rnl_block_dup_flat_text (RnlBlock *block)
{
  guint columns = rnl_block_get_n_columns (block);
  GString *text;

  if (rnl_block_get_kind (block) != RNL_BLOCK_TABLE)
    return g_strndup (rnl_block_get_text (block), rnl_block_get_length (block));

  text = g_string_new (NULL);
  for (guint row = 0; row < rnl_block_get_n_rows (block); row++)
    for (guint column = 0; column < columns; column++)
      {
        if (row > 0 || column > 0)
          g_string_append_c (text, column == 0 ? '\n' : '\t');
        g_string_append (text, rnl_block_get_text (rnl_block_get_cell (block, row, column)));
      }

  return g_string_free (text, FALSE);
}

static guint
count_chars (RnlBlock *block)
{
  return (guint) g_utf8_strlen (rnl_block_get_text (block), (gssize) rnl_block_get_length (block));
}

/**
 * rnl_block_get_flat_length:
 * @block: a block
 *
 * Returns: how many characters its flat text has
 */
guint
rnl_block_get_flat_length (RnlBlock *block)
{
  guint columns = rnl_block_get_n_columns (block);
  guint n_cells = columns * rnl_block_get_n_rows (block);
  guint length = n_cells > 0 ? n_cells - 1 : 0;

  if (rnl_block_get_kind (block) != RNL_BLOCK_TABLE)
    return count_chars (block);
  for (guint i = 0; i < n_cells; i++)
    length += count_chars (rnl_block_get_cell (block, i / columns, i % columns));

  return length;
}

static void
fit_point (RnlBlockPoint *point, GPtrArray *blocks)
{
  if (point->block >= blocks->len)
    *point = (RnlBlockPoint){ blocks->len > 0 ? blocks->len - 1 : 0, RNL_BLOCK_END };
  if (blocks->len == 0)
    point->offset = 0;
  else
    point->offset
      = MIN (point->offset, rnl_block_get_flat_length (g_ptr_array_index (blocks, point->block)));
}

static guint
length_at (GPtrArray *blocks, guint index)
{
  return rnl_block_get_flat_length (g_ptr_array_index (blocks, index));
}

/**
 * rnl_block_range_fit:
 * @range: a range
 * @blocks: (element-type RnlBlock): what it is a range of
 *
 * Moves ends that are behind the text to its end, and off blocks of which they take nothing.
 */
void
rnl_block_range_fit (RnlBlockRange *range, GPtrArray *blocks)
{
  fit_point (&range->from, blocks);
  fit_point (&range->to, blocks);
  while (range->from.block < range->to.block && range->from.offset > 0
         && range->from.offset >= length_at (blocks, range->from.block))
    range->from = (RnlBlockPoint){ range->from.block + 1, 0 };
  while (range->to.block > range->from.block && range->to.offset == 0
         && length_at (blocks, range->to.block) > 0)
    range->to = (RnlBlockPoint){ range->to.block - 1, length_at (blocks, range->to.block - 1) };
}
