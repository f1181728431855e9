/* rnl-markdown-table.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-table.h"
#include "rnl-block-private.h"

#include <string.h>

/* More columns than this are not a table that anyone can read, and a row is as wide as its header
 * however short its line is. */
#define MAX_COLUMNS 128

static gboolean
is_blank (char ch)
{
  return ch == ' ' || ch == '\t';
}

static void
trim (const char **text, gsize *length)
{
  while (*length > 0 && is_blank (**text))
    {
      (*text)++;
      (*length)--;
    }
  while (*length > 0 && is_blank ((*text)[*length - 1]))
    (*length)--;
}

/* Takes the next cell off the line. The bar behind the last cell is optional. */
static gboolean
next_cell (const char **line, gsize *left, const char **cell, gsize *length)
{
  gsize n = 0;

  if (*left == 0)
    return FALSE;
  while (n < *left && (*line)[n] != '|')
    n += (*line)[n] == '\\' && n + 1 < *left ? 2 : 1;
  *cell = *line;
  *length = n;
  *line += MIN (n + 1, *left);
  *left -= MIN (n + 1, *left);
  trim (cell, length);

  return TRUE;
}

static void
begin_row (const char **line, gsize *length)
{
  trim (line, length);
  if (*length > 0 && **line == '|')
    {
      (*line)++;
      (*length)--;
    }
}

static gboolean
read_align (const char *cell, gsize length, RnlAlign *align)
{
  gboolean start = length > 0 && cell[0] == ':';
  gboolean end = length > 1 && cell[length - 1] == ':';

  cell += start ? 1 : 0;
  length -= (start ? 1 : 0) + (end ? 1 : 0);
  for (gsize i = 0; i < length; i++)
    if (cell[i] != '-')
      return FALSE;
  *align = end ? start ? RNL_ALIGN_CENTER : RNL_ALIGN_END : RNL_ALIGN_START;

  return length > 0;
}

static GArray *
read_rule (const char *line, gsize length)
{
  g_autoptr (GArray) aligns = g_array_new (FALSE, FALSE, sizeof (RnlAlign));
  gboolean bar = memchr (line, '|', length) != NULL || memchr (line, ':', length) != NULL;
  const char *cell;
  gsize n;

  begin_row (&line, &length);
  while (next_cell (&line, &length, &cell, &n))
    {
      RnlAlign align;

      if (!read_align (cell, n, &align) || aligns->len == MAX_COLUMNS)
        return NULL;
      g_array_append_val (aligns, align);
    }

  return bar && aligns->len > 0 ? g_steal_pointer (&aligns) : NULL;
}

/* Returns a table without rows when the second line is the rule under a header of as many cells. */
RnlMarkdownTable *
rnl_markdown_table_new (const char *head, gsize head_length, const char *rule, gsize rule_length)
{
  g_autoptr (GArray) aligns = read_rule (rule, rule_length);
  RnlMarkdownTable *self;
  const char *cell;
  guint n_cells = 0;
  gsize n;

  if (aligns == NULL)
    return NULL;
  begin_row (&head, &head_length);
  while (next_cell (&head, &head_length, &cell, &n))
    n_cells++;
  if (n_cells != aligns->len)
    return NULL;

  self = g_atomic_rc_box_new0 (RnlMarkdownTable);
  self->cells = g_ptr_array_new_with_free_func (g_object_unref);
  self->aligns = g_steal_pointer (&aligns);

  return self;
}

static gpointer
copy_cell (gconstpointer cell, gpointer user_data)
{
  return g_object_ref ((gpointer) cell);
}

/* The cells are the same. */
RnlMarkdownTable *
rnl_markdown_table_copy (const RnlMarkdownTable *self)
{
  RnlMarkdownTable *copy = g_atomic_rc_box_new0 (RnlMarkdownTable);

  copy->cells = g_ptr_array_new_with_free_func (g_object_unref);
  copy->aligns = g_array_ref (self->aligns);
  g_ptr_array_extend (copy->cells, self->cells, copy_cell, NULL);

  return copy;
}

RnlMarkdownTable *
rnl_markdown_table_ref (RnlMarkdownTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_table (gpointer data)
{
  RnlMarkdownTable *self = data;

  g_ptr_array_unref (self->cells);
  g_array_unref (self->aligns);
}

void
rnl_markdown_table_unref (RnlMarkdownTable *self)
{
  g_atomic_rc_box_release_full (self, clear_table);
}

/* A bar in a cell is written `\|`, also in code. */
static void
unescape_bars (GString *text, const char *cell, gsize length)
{
  g_string_truncate (text, 0);
  for (gsize i = 0; i < length; i++)
    if (cell[i] != '\\' || i + 1 == length || cell[i + 1] != '|')
      g_string_append_c (text, cell[i]);
}

/* Appends the cells of a row to @cells; cells that are missing are empty, and what is too many is
 * left out. @func fills each; `last` is whether nothing stands behind it in the line. */
void
rnl_markdown_table_read_row (const RnlMarkdownTable *self,
                             const char *line,
                             gsize length,
                             GPtrArray *cells,
                             RnlMarkdownCellFunc func,
                             gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  begin_row (&line, &length);
  for (guint column = 0; column < self->aligns->len; column++)
    {
      RnlBlock *block = rnl_block_new (RNL_BLOCK_PARAGRAPH);
      const char *cell;
      gsize n;

      g_ptr_array_add (cells, block);
      if (!next_cell (&line, &length, &cell, &n))
        continue;
      unescape_bars (text, cell, n);
      func (block, text->str, text->len, length == 0, user_data);
    }
}
