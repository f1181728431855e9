/* rnl-markdown-again.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-again.h"
#include "rnl-block-private.h"
#include "rnl-markdown-inline.h"

#include <string.h>

static RnlBlock *
copy_block (const RnlBlock *block)
{
  RnlBlock *copy = rnl_block_new (block->kind);

  copy->marker = block->marker;
  copy->level = block->level;
  copy->quote_depth = block->quote_depth;
  copy->list_depth = block->list_depth;
  copy->number = block->number;
  copy->label = g_strdup (block->label);
  copy->containers = block->containers != NULL ? g_array_ref (block->containers) : NULL;
  copy->source_start = block->source_start;
  copy->source_end = block->source_end;

  return copy;
}

/* Returns `NULL` if it reads the same. */
static RnlBlock *
read_text (RnlBlock *block, RnlMarkdownNames *names)
{
  g_autoptr (RnlBlock) again = NULL;

  if (block->raw == NULL)
    return NULL;
  again = copy_block (block);
  rnl_markdown_inline (again, block->raw, strlen (block->raw), names, FALSE);

  return rnl_block_equal (block, again) ? NULL : g_steal_pointer (&again);
}

static RnlBlock *
read_table (RnlBlock *block, RnlMarkdownNames *names)
{
  RnlMarkdownTable *table = NULL;
  RnlBlock *again;

  for (guint i = 0; i < block->table->cells->len; i++)
    {
      RnlBlock *cell = read_text (g_ptr_array_index (block->table->cells, i), names);

      if (cell == NULL)
        continue;
      if (table == NULL)
        table = rnl_markdown_table_copy (block->table);
      g_object_unref (g_ptr_array_index (table->cells, i));
      g_ptr_array_index (table->cells, i) = cell;
    }
  if (table == NULL)
    return NULL;
  again = copy_block (block);
  again->table = table;
  again->n_rows = block->n_rows;

  return again;
}

/* Replaces the blocks that mention what is defined by now. Returns the first of them, or how many
 * blocks there are. */
guint
rnl_markdown_read_again (GPtrArray *blocks, RnlMarkdownNames *names)
{
  guint first = blocks->len;

  for (guint i = 0; i < blocks->len; i++)
    {
      RnlBlock *block = g_ptr_array_index (blocks, i);
      RnlBlock *again = block->table != NULL ? read_table (block, names) : read_text (block, names);

      if (again == NULL)
        continue;
      first = MIN (first, i);
      g_object_unref (block);
      g_ptr_array_index (blocks, i) = again;
    }

  return first;
}
