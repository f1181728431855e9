/* rnl-block-plain.c: a stretch of blocks as text without marks
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-slice.h"
#include "rnl-block-writer.h"
#include "rnl-markdown-stream.h"

/**
 * rnl_blocks_parse: (skip)
 * @text: Markdown
 * @length: its length in bytes
 * @complete: whether no more comes; otherwise what is not decided yet is left out
 *
 * Returns: (transfer full) (element-type RnlBlock): its blocks, as a view of a growing text has
 * them
 */
GPtrArray *
rnl_blocks_parse (const char *text, gsize length, gboolean complete)
{
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  GPtrArray *blocks = g_ptr_array_new_with_free_func (g_object_unref);

  rnl_markdown_stream_feed (stream, text, (gssize) length);
  if (complete)
    rnl_markdown_stream_end (stream);
  rnl_markdown_stream_flush (stream);
  for (guint i = 0; i < rnl_markdown_stream_get_n_blocks (stream); i++)
    g_ptr_array_add (blocks, g_object_ref (rnl_markdown_stream_get_block (stream, i)));

  return blocks;
}

static void
write_marker (GString *out, RnlBlock *block)
{
  for (guint i = 1; i < rnl_block_get_list_depth (block); i++)
    g_string_append (out, "  ");
  switch (rnl_block_get_marker (block))
    {
    case RNL_MARKER_BULLET:
      g_string_append (out, "• ");
      break;
    case RNL_MARKER_NUMBER:
    case RNL_MARKER_FOOTNOTE:
      g_string_append_printf (out, "%u. ", rnl_block_get_number (block));
      break;
    case RNL_MARKER_OPEN_TASK:
      g_string_append (out, "☐ ");
      break;
    case RNL_MARKER_DONE_TASK:
      g_string_append (out, "☑ ");
      break;
    case RNL_MARKER_NONE:
    default:
      break;
    }
}

static void
write_cells (GString *out, const RnlBlockSlice *slice)
{
  guint columns = rnl_block_get_n_columns (slice->block);
  gboolean any = FALSE;
  gsize start = 0;

  for (guint row = 0; row < rnl_block_get_n_rows (slice->block); row++)
    for (guint column = 0; column < columns; column++)
      {
        RnlCellSlice cell = rnl_table_slice_cell (slice, row, column, &start);

        if (!cell.any)
          continue;
        if (any)
          g_string_append_c (out, column == 0 ? '\n' : '\t');
        any = TRUE;
        g_string_append_len (out, rnl_block_get_text (cell.cell) + cell.from,
                             (gssize) (cell.to - cell.from));
      }
}

/* Items of a list stand together, anything else apart. */
static const char *
get_gap (RnlBlock *previous, RnlBlock *block)
{
  return rnl_block_get_list_depth (previous) > 0 && rnl_block_get_marker (block) != RNL_MARKER_NONE
           ? "\n"
           : "\n\n";
}

/**
 * rnl_blocks_to_plain_text: (skip)
 * @blocks: (element-type RnlBlock): all blocks of a text
 * @range: what of them
 *
 * Returns: (transfer full): the words alone; a table with tabs and line ends
 */
char *
rnl_blocks_to_plain_text (GPtrArray *blocks, const RnlBlockRange *range)
{
  RnlBlockRange fitted = *range;
  GString *out = g_string_new (NULL);

  rnl_block_range_fit (&fitted, blocks);
  for (guint i = fitted.from.block; i <= fitted.to.block && i < blocks->len; i++)
    {
      RnlBlockSlice slice = rnl_block_slice (blocks, &fitted, i);

      if (i > fitted.from.block)
        g_string_append (out, get_gap (g_ptr_array_index (blocks, i - 1), slice.block));
      if (rnl_block_slice_has_marker (&slice))
        write_marker (out, slice.block);
      if (rnl_block_get_kind (slice.block) == RNL_BLOCK_TABLE)
        write_cells (out, &slice);
      else
        g_string_append_len (out, rnl_block_get_text (slice.block) + slice.from,
                             (gssize) (slice.to - slice.from));
    }

  return g_string_free (out, FALSE);
}
