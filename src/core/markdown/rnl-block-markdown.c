/* rnl-block-markdown.c: a stretch of blocks written as Markdown
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-slice.h"
#include "rnl-block-writer.h"

#include <string.h>

typedef struct
{
  GPtrArray *blocks;
  RnlBlockRange range;
  const char *source; /* nullable */
  GString *out;
} Writer;

static RnlBlock *
block_at (Writer *self, guint index)
{
  return g_ptr_array_index (self->blocks, index);
}

/* {{{ One block, without what it stands in */

static void
write_fence (GString *out, const RnlBlockSlice *slice)
{
  const char *text = rnl_block_get_text (slice->block) + slice->from;
  const char *language = rnl_block_get_language (slice->block);
  gsize length = slice->to - slice->from;
  guint longest = 2, run = 0;

  for (gsize i = 0; i < length; i++)
    {
      run = text[i] == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  for (guint i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
  g_string_append_printf (out, "%s\n", language != NULL ? language : "");
  g_string_append_len (out, text, (gssize) length);
  if (length > 0 && text[length - 1] != '\n')
    g_string_append_c (out, '\n');
  for (guint i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
}

static void
write_table_rule (GString *out, RnlBlock *block, const RnlTableSlice *table)
{
  static const char *const rules[] = {
    [RNL_ALIGN_START] = "---|",
    [RNL_ALIGN_CENTER] = ":-:|",
    [RNL_ALIGN_END] = "--:|",
  };

  g_string_append (out, "\n|");
  for (guint column = table->first_column; column <= table->last_column; column++)
    g_string_append (out, rules[rnl_block_get_column_align (block, column)]);
}

static void
write_table (GString *out, const RnlBlockSlice *slice)
{
  guint columns = rnl_block_get_n_columns (slice->block);
  RnlTableSlice table;
  gsize start = 0;

  rnl_table_slice (slice, &table);
  for (guint row = 0; row <= table.last_row && row < rnl_block_get_n_rows (slice->block); row++)
    {
      if (row > table.first_row)
        g_string_append_c (out, '\n');
      if (row >= table.first_row)
        g_string_append_c (out, '|');
      for (guint column = 0; column < columns; column++)
        {
          RnlCellSlice cell = rnl_table_slice_cell (slice, row, column, &start);

          if (row < table.first_row || column < table.first_column || column > table.last_column)
            continue;
          g_string_append_c (out, ' ');
          if (cell.any)
            rnl_write_inline_markdown (out, cell.cell, cell.from, cell.to, TRUE, FALSE);
          g_string_append (out, " |");
        }
      if (row == table.first_row)
        write_table_rule (out, slice->block, &table);
    }
}

static void
write_heading (GString *out, const RnlBlockSlice *slice)
{
  for (guint i = 0; i < CLAMP (rnl_block_get_level (slice->block), 1, 6); i++)
    g_string_append_c (out, '#');
  g_string_append_c (out, ' ');
  rnl_write_inline_markdown (out, slice->block, slice->from, slice->to, FALSE, TRUE);
}

static void
write_content (GString *out, const RnlBlockSlice *slice)
{
  const char *text = rnl_block_get_text (slice->block);

  switch (rnl_block_get_kind (slice->block))
    {
    case RNL_BLOCK_CODE:
      write_fence (out, slice);
      break;
    case RNL_BLOCK_MATH:
      g_string_append_printf (out, "$$\n%.*s\n$$", (int) (slice->to - slice->from),
                              text + slice->from);
      break;
    case RNL_BLOCK_RULE:
      g_string_append (out, "***");
      break;
    case RNL_BLOCK_TABLE:
      write_table (out, slice);
      break;
    case RNL_BLOCK_HEADING:
      write_heading (out, slice);
      break;
    case RNL_BLOCK_PARAGRAPH:
    case RNL_BLOCK_ITEM:
    default:
      rnl_write_inline_markdown (out, slice->block, slice->from, slice->to, FALSE, FALSE);
      break;
    }
}

/* Part of one block: words, without what makes a block of them. */
static void
write_words (GString *out, const RnlBlockSlice *slice)
{
  RnlTableSlice table;
  const char *text = rnl_block_get_text (slice->block);
  gsize start = 0;

  switch (rnl_block_get_kind (slice->block))
    {
    case RNL_BLOCK_CODE:
    case RNL_BLOCK_MATH:
      g_string_append_len (out, text + slice->from, (gssize) (slice->to - slice->from));
      break;
    case RNL_BLOCK_TABLE:
      rnl_table_slice (slice, &table);
      if (table.first_row != table.last_row || table.first_column != table.last_column)
        {
          write_table (out, slice);
          break;
        }
      for (guint row = 0; row <= table.first_row; row++)
        for (guint column = 0; column < rnl_block_get_n_columns (slice->block); column++)
          {
            RnlCellSlice cell = rnl_table_slice_cell (slice, row, column, &start);

            if (row == table.first_row && column == table.first_column)
              rnl_write_inline_markdown (out, cell.cell, cell.from, cell.to, FALSE, FALSE);
          }
      break;
    case RNL_BLOCK_PARAGRAPH:
    case RNL_BLOCK_HEADING:
    case RNL_BLOCK_ITEM:
    case RNL_BLOCK_RULE:
    default:
      rnl_write_inline_markdown (out, slice->block, slice->from, slice->to, FALSE, FALSE);
      break;
    }
}

/* }}} */

/* {{{ Quotes and lists around blocks */

/* How many containers two blocks share, with the items of lists. */
static guint
count_shared (RnlBlock *a, RnlBlock *b)
{
  guint n_a, n_b, n = 0;
  const RnlContainer *in_a = rnl_block_get_containers (a, &n_a);
  const RnlContainer *in_b = rnl_block_get_containers (b, &n_b);

  while (n < MIN (n_a, n_b) && in_a[n].serial == in_b[n].serial && in_a[n].item == in_b[n].item)
    n++;

  return n;
}

static const char *
get_task (RnlBlock *block)
{
  if (rnl_block_get_marker (block) == RNL_MARKER_OPEN_TASK)
    return "[ ] ";

  return rnl_block_get_marker (block) == RNL_MARKER_DONE_TASK ? "[x] " : "";
}

/* What stands before the first line of a container, and what before the others. */
static void
append_prefix (
  RnlBlock *block, const RnlContainer *container, gboolean innermost, GString *first, GString *rest)
{
  gsize before = first->len;

  switch (container->kind)
    {
    case RNL_CONTAINER_QUOTE:
      g_string_append (first, "> ");
      g_string_append (rest, "> ");
      return;
    case RNL_CONTAINER_FOOTNOTE:
      g_string_append_printf (
        first, "[^%s]: ", rnl_block_get_label (block) != NULL ? rnl_block_get_label (block) : "1");
      g_string_append (rest, "    ");
      return;
    case RNL_CONTAINER_NUMBERS:
      g_string_append_printf (first, "%u. ",
                              innermost && rnl_block_get_marker (block) == RNL_MARKER_NUMBER
                                ? rnl_block_get_number (block)
                                : container->item);
      break;
    case RNL_CONTAINER_BULLETS:
    default:
      g_string_append (first, "- ");
      break;
    }
  for (gsize i = before; i < first->len; i++)
    g_string_append_c (rest, ' ');
  if (innermost)
    g_string_append (first, get_task (block));
}

/* Puts lines together with what stands before them. */
static void
write_lines (GString *out, const char *content, const char *first, const char *rest)
{
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, i == 0 ? first : rest);
      g_string_append (out, lines[i]);
      while (out->len > 0 && *lines[i] == '\0' && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
    }
}

static gboolean
is_tight (RnlBlock *previous, RnlBlock *block)
{
  guint n;

  rnl_block_get_containers (previous, &n);

  return rnl_block_get_kind (block) == RNL_BLOCK_ITEM && n > 0
         && rnl_block_get_kind (previous) == RNL_BLOCK_ITEM;
}

static void
write_gap (GString *out, RnlBlock *previous, RnlBlock *block, guint shared)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  guint n;
  const RnlContainer *containers = rnl_block_get_containers (block, &n);

  g_string_append_c (out, '\n');
  if (is_tight (previous, block))
    return;
  for (guint i = 0; i < shared; i++)
    append_prefix (block, &containers[i], FALSE, first, rest);
  g_string_append (out, g_strchomp (rest->str));
  g_string_append_c (out, '\n');
}

static void
write_block (Writer *self, guint index, gboolean first_of_unit)
{
  RnlBlockSlice slice = rnl_block_slice (self->blocks, &self->range, index);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  guint n, shared = first_of_unit ? 0 : count_shared (block_at (self, index - 1), slice.block);
  const RnlContainer *containers = rnl_block_get_containers (slice.block, &n);

  if (!first_of_unit)
    write_gap (self->out, block_at (self, index - 1), slice.block, shared);
  for (guint i = 0; i < n; i++)
    if (i < shared)
      {
        append_prefix (slice.block, &containers[i], FALSE, content, rest);
        g_string_truncate (content, 0);
        g_string_assign (first, rest->str);
      }
    else
      append_prefix (slice.block, &containers[i], i + 1 == n, first, rest);
  write_content (content, &slice);
  write_lines (self->out, content->str, first->str, rest->str);
}

/* }}} */

/* {{{ Units: a block that stands in nothing, or all that stands in one quote or list */

static gboolean
same_unit (RnlBlock *a, RnlBlock *b)
{
  guint n_a, n_b;
  const RnlContainer *in_a = rnl_block_get_containers (a, &n_a);
  const RnlContainer *in_b = rnl_block_get_containers (b, &n_b);

  return n_a > 0 && n_b > 0 && in_a[0].serial == in_b[0].serial;
}

/* Whether what is selected of a unit is all of it. */
static gboolean
is_whole (Writer *self, guint first, guint last)
{
  return rnl_block_slice (self->blocks, &self->range, first).whole
         && rnl_block_slice (self->blocks, &self->range, last).whole
         && (first == 0 || !same_unit (block_at (self, first - 1), block_at (self, first)))
         && (last + 1 >= self->blocks->len
             || !same_unit (block_at (self, last), block_at (self, last + 1)));
}

static gboolean
get_source (Writer *self, guint first, guint last, guint64 *start, guint64 *end)
{
  guint64 other;

  if (self->source == NULL)
    return FALSE;
  rnl_block_get_source (block_at (self, first), start, &other);
  rnl_block_get_source (block_at (self, last), &other, end);

  return *end > *start;
}

static void
write_units (Writer *self)
{
  guint64 copied = 0; /* of the source, when the last unit was copied from it */

  for (guint first = self->range.from.block, last; first <= self->range.to.block; first = last + 1)
    {
      guint64 start, end;

      last = first;
      while (last < self->range.to.block
             && same_unit (block_at (self, last), block_at (self, last + 1)))
        last++;
      if (is_whole (self, first, last) && get_source (self, first, last, &start, &end))
        {
          if (copied > 0 && copied <= start)
            start = copied;
          else if (self->out->len > 0)
            g_string_append (self->out, "\n\n");
          g_string_append_len (self->out, self->source + start, (gssize) (end - start));
          copied = end;
          continue;
        }
      copied = 0;
      if (self->out->len > 0)
        g_string_append (self->out, "\n\n");
      for (guint i = first; i <= last; i++)
        write_block (self, i, i == first);
    }
}

/* }}} */

/**
 * rnl_blocks_to_markdown: (skip)
 * @blocks: (element-type RnlBlock): all blocks of a text
 * @range: what of them
 * @source: (nullable): the text they were read from
 *
 * Writes a stretch of a text as Markdown that reads as that stretch. What is selected as a whole is
 * copied from @source; a list item that is selected in part keeps its marker, part of code its
 * fence. Part of a single block is just its words, with their emphasis.
 *
 * Returns: (transfer full): Markdown without a final line end
 */
char *
rnl_blocks_to_markdown (GPtrArray *blocks, const RnlBlockRange *range, const char *source)
{
  Writer self = { blocks, *range, source, g_string_new (NULL) };
  RnlBlockSlice slice;

  rnl_block_range_fit (&self.range, blocks);
  if (blocks->len == 0)
    return g_string_free (self.out, FALSE);
  slice = rnl_block_slice (blocks, &self.range, self.range.from.block);
  if (slice.alone
      && (!rnl_block_slice_has_marker (&slice)
          || rnl_block_get_kind (slice.block) == RNL_BLOCK_CODE))
    write_words (self.out, &slice);
  else
    write_units (&self);

  return g_string_free (self.out, FALSE);
}
