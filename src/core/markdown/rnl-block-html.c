/* rnl-block-html.c: a stretch of blocks as HTML
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-slice.h"
#include "rnl-block-writer.h"

/* Elements and addresses are of our own making: whatever a text holds comes out as text. */

static void
append_text (GString *out, const char *text, gsize length, gboolean breaks)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  for (const char *at = escaped; *at != '\0'; at++)
    if (*at == '\n' && breaks)
      g_string_append (out, "<br>\n");
    else
      g_string_append_c (out, *at);
}

static void
append_tags (GString *out, const RnlSpan *span, gboolean open)
{
  static const struct
  {
    RnlSpanFlags flag;
    const char *tag;
  } tags[] = {
    { RNL_SPAN_STRONG, "strong" }, { RNL_SPAN_EMPH, "em" },   { RNL_SPAN_STRIKE, "del" },
    { RNL_SPAN_FOOTNOTE, "sup" },  { RNL_SPAN_CODE, "code" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      gsize k = open ? i : G_N_ELEMENTS (tags) - 1 - i;

      if (span->flags & tags[k].flag)
        g_string_append_printf (out, open ? "<%s>" : "</%s>", tags[k].tag);
    }
}

static void
append_span (GString *out, const RnlSpan *span, const char *text, gsize length)
{
  const char *href = span->flags & RNL_SPAN_IMAGE ? span->link : span->href;

  if (href == NULL && (span->flags & RNL_SPAN_IMAGE))
    href = span->href;
  if (href != NULL)
    {
      g_autofree char *address = g_markup_escape_text (href, -1);

      g_string_append_printf (out, "<a href=\"%s\">", address);
    }
  append_tags (out, span, TRUE);
  append_text (out, text, length, TRUE);
  append_tags (out, span, FALSE);
  if (href != NULL)
    g_string_append (out, "</a>");
}

static void
append_inline (GString *out, RnlBlock *block, gsize from, gsize to)
{
  const char *text = rnl_block_get_text (block);
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);
  gsize at = from;

  for (guint i = 0; i < n_spans && at < to; i++)
    {
      gsize start = MAX (spans[i].start, at);
      gsize end = MIN (spans[i].end, to);

      if (start >= end)
        continue;
      append_text (out, text + at, start - at, TRUE);
      append_span (out, &spans[i], text + start, end - start);
      at = end;
    }
  append_text (out, text + at, to - at, TRUE);
}

static void
append_table (GString *out, const RnlBlockSlice *slice)
{
  static const char *const aligns[] = {
    [RNL_ALIGN_START] = "",
    [RNL_ALIGN_CENTER] = " style=\"text-align: center\"",
    [RNL_ALIGN_END] = " style=\"text-align: right\"",
  };
  guint columns = rnl_block_get_n_columns (slice->block);
  RnlTableSlice table;
  gsize start = 0;

  rnl_table_slice (slice, &table);
  g_string_append (out, "<table>\n");
  for (guint row = 0; row < rnl_block_get_n_rows (slice->block) && row <= table.last_row; row++)
    {
      if (row >= table.first_row)
        g_string_append (out, "<tr>");
      for (guint column = 0; column < columns; column++)
        {
          RnlCellSlice cell = rnl_table_slice_cell (slice, row, column, &start);
          const char *tag = row == 0 ? "th" : "td";

          if (row < table.first_row || column < table.first_column || column > table.last_column)
            continue;
          g_string_append_printf (out, "<%s%s>", tag,
                                  aligns[rnl_block_get_column_align (slice->block, column)]);
          if (cell.any)
            append_inline (out, cell.cell, cell.from, cell.to);
          g_string_append_printf (out, "</%s>", tag);
        }
      if (row >= table.first_row)
        g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</table>\n");
}

static void
append_block (GString *out, const RnlBlockSlice *slice)
{
  guint level = CLAMP (rnl_block_get_level (slice->block), 1, 6);

  switch (rnl_block_get_kind (slice->block))
    {
    case RNL_BLOCK_CODE:
    case RNL_BLOCK_MATH:
      g_string_append (out, "<pre><code>");
      append_text (out, rnl_block_get_text (slice->block) + slice->from, slice->to - slice->from,
                   FALSE);
      g_string_append (out, "</code></pre>\n");
      break;
    case RNL_BLOCK_RULE:
      g_string_append (out, "<hr>\n");
      break;
    case RNL_BLOCK_TABLE:
      append_table (out, slice);
      break;
    case RNL_BLOCK_HEADING:
      g_string_append_printf (out, "<h%u>", level);
      append_inline (out, slice->block, slice->from, slice->to);
      g_string_append_printf (out, "</h%u>\n", level);
      break;
    case RNL_BLOCK_ITEM:
      if (rnl_block_get_marker (slice->block) == RNL_MARKER_OPEN_TASK)
        g_string_append (out, "☐ ");
      else if (rnl_block_get_marker (slice->block) == RNL_MARKER_DONE_TASK)
        g_string_append (out, "☑ ");
      append_inline (out, slice->block, slice->from, slice->to);
      g_string_append_c (out, '\n');
      break;
    case RNL_BLOCK_PARAGRAPH:
    default:
      g_string_append (out, "<p>");
      append_inline (out, slice->block, slice->from, slice->to);
      g_string_append (out, "</p>\n");
      break;
    }
}

/* {{{ Quotes and lists */

static void
open_container (GString *out, RnlBlock *block, const RnlContainer *container, gboolean item_only)
{
  guint number = rnl_block_get_marker (block) == RNL_MARKER_NUMBER ? rnl_block_get_number (block)
                                                                   : container->item;

  switch (container->kind)
    {
    case RNL_CONTAINER_QUOTE:
    case RNL_CONTAINER_FOOTNOTE:
      g_string_append (out, "<blockquote>\n");
      return;
    case RNL_CONTAINER_NUMBERS:
      if (!item_only)
        g_string_append_printf (out, number > 1 ? "<ol start=\"%u\">\n" : "<ol>\n", number);
      break;
    case RNL_CONTAINER_BULLETS:
    default:
      if (!item_only)
        g_string_append (out, "<ul>\n");
      break;
    }
  g_string_append (out, "<li>");
}

static void
close_container (GString *out, const RnlContainer *container, gboolean item_only)
{
  gboolean numbers = container->kind == RNL_CONTAINER_NUMBERS;

  if (container->kind == RNL_CONTAINER_QUOTE || container->kind == RNL_CONTAINER_FOOTNOTE)
    g_string_append (out, "</blockquote>\n");
  else if (item_only)
    g_string_append (out, "</li>\n");
  else
    g_string_append (out, numbers ? "</li>\n</ol>\n" : "</li>\n</ul>\n");
}

/* Closes and opens what lies between two blocks; either may be missing. */
static void
change_containers (GString *out, RnlBlock *previous, RnlBlock *block)
{
  guint n_old = 0, n_new = 0, shared = 0;
  const RnlContainer *old = previous != NULL ? rnl_block_get_containers (previous, &n_old) : NULL;
  const RnlContainer *new = block != NULL ? rnl_block_get_containers (block, &n_new) : NULL;
  gboolean same_list;

  while (shared < MIN (n_old, n_new) && old[shared].serial == new[shared].serial
         && old[shared].item == new[shared].item)
    shared++;
  same_list = shared < MIN (n_old, n_new) && old[shared].serial == new[shared].serial;
  for (guint i = n_old; i > shared; i--)
    close_container (out, &old[i - 1], same_list && i - 1 == shared);
  for (guint i = shared; i < n_new; i++)
    open_container (out, block, &new[i], same_list && i == shared);
}

/* }}} */

/**
 * rnl_blocks_to_html: (skip)
 * @blocks: (element-type RnlBlock): all blocks of a text
 * @range: what of them
 *
 * Writes HTML that holds nothing but text, marks and checked links: raw HTML of the text is text.
 *
 * Returns: (transfer full): elements for a body
 */
char *
rnl_blocks_to_html (GPtrArray *blocks, const RnlBlockRange *range)
{
  RnlBlockRange fitted = *range;
  GString *out = g_string_new (NULL);
  RnlBlock *previous = NULL;

  rnl_block_range_fit (&fitted, blocks);
  for (guint i = fitted.from.block; i <= fitted.to.block && i < blocks->len; i++)
    {
      RnlBlockSlice slice = rnl_block_slice (blocks, &fitted, i);
      gboolean words = !rnl_block_slice_has_marker (&slice)
                       && rnl_block_get_kind (slice.block) != RNL_BLOCK_CODE
                       && rnl_block_get_kind (slice.block) != RNL_BLOCK_TABLE;

      if (words)
        {
          append_inline (out, slice.block, slice.from, slice.to);
          continue;
        }
      change_containers (out, previous, slice.block);
      append_block (out, &slice);
      previous = slice.block;
    }
  change_containers (out, previous, NULL);

  return g_string_free (out, FALSE);
}
