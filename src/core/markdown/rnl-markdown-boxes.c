/* rnl-markdown-boxes.c: code, displayed maths and tables
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-private.h"
#include "rnl-markdown-blocks.h"
#include "rnl-markdown-entities.h"

#include <string.h>

/* {{{ Code */

static char *
read_language (const char *info, gsize length)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gsize n = 0;

  while (length > 0 && g_ascii_isspace (*info))
    {
      info++;
      length--;
    }
  while (n < length && !g_ascii_isspace (info[n]))
    n++;
  rnl_markdown_unescape (word, info, n);

  return word->len > 0 ? g_string_free (g_steal_pointer (&word), FALSE) : NULL;
}

static gboolean
is_math_language (const char *language)
{
  static const char *const names[] = { "math", "latex-math", "tex-math", NULL };

  return language != NULL && g_strv_contains (names, language);
}

void
rnl_leaf_fence (RnlBlockParser *self, const RnlFence *fence, const char *info, gsize length)
{
  g_autofree char *language = read_language (info, length);

  self->fence = *fence;
  if (is_math_language (language))
    {
      rnl_leaf_begin (self, RNL_LEAF_MATH);
      self->math_mark = 0;
      return;
    }
  rnl_leaf_begin (self, RNL_LEAF_FENCE);
  self->code = g_object_ref (rnl_leaf_begin_block (self, RNL_BLOCK_CODE, self->line));
  self->code->language = g_steal_pointer (&language);
  self->code_lines = FALSE;
}

/* Blank lines before the line belong to indented code, too. */
void
rnl_leaf_code_line (RnlBlockParser *self, const RnlLine *line)
{
  if (self->code_lines)
    {
      g_string_append_len (self->code->text, self->text->str, (gssize) self->text->len);
      g_string_append_c (self->code->text, '\n');
    }
  g_string_truncate (self->text, 0);
  rnl_line_append_rest (line, self->code->text);
  self->code_lines = TRUE;
  self->code->source_end = self->line.end;
}

void
rnl_leaf_close_code (RnlBlockParser *self)
{
  g_clear_object (&self->code);
  self->code_pos = 0;
  self->code_begun = FALSE;
}

/* }}} */
/* {{{ Maths */

static void
trim_line (const char **text, gsize *length)
{
  while (*length > 0 && g_ascii_isspace (**text))
    {
      (*text)++;
      (*length)--;
    }
  while (*length > 0 && g_ascii_isspace ((*text)[*length - 1]))
    (*length)--;
}

static void
add_math (RnlBlockParser *self, const char *text, gsize length)
{
  trim_line (&text, &length);
  self->where.end = self->line.end;
  if (length == 0)
    return;
  if (self->text->len > 0)
    g_string_append_c (self->text, '\n');
  g_string_append_len (self->text, text, (gssize) length);
}

/* @line begins with the opening mark; when @whole it ends with the closing one. */
void
rnl_leaf_math (RnlBlockParser *self, const char *line, gsize length, gboolean whole)
{
  rnl_leaf_begin (self, RNL_LEAF_MATH);
  self->math_mark = line[0];
  trim_line (&line, &length);
  add_math (self, line + 2, length - (whole ? 4 : 2));
  if (whole)
    rnl_leaf_close (self);
}

void
rnl_leaf_math_line (RnlBlockParser *self, const RnlLine *line)
{
  const char *text = line->text + line->pos;
  gsize length = line->length - line->pos;
  const char *close;

  trim_line (&text, &length);
  close = self->math_mark == '$' ? "$$" : self->math_mark == '\\' ? "\\]" : NULL;
  if (close != NULL && length >= 2 && memcmp (text + length - 2, close, 2) == 0)
    {
      add_math (self, text, length - 2);
      rnl_leaf_close (self);
      return;
    }
  if (self->unfinished && close != NULL && length > 0 && text[length - 1] == close[0])
    length--;
  add_math (self, text, length);
  if (self->text->len > RNL_MAX_TEXT && !self->unfinished)
    rnl_leaf_close (self);
}

void
rnl_leaf_close_math (RnlBlockParser *self)
{
  RnlBlock *block = rnl_leaf_begin_block (self, RNL_BLOCK_MATH, self->where);

  *self->parsed += self->text->len;
  g_string_append_len (block->text, self->text->str, (gssize) self->text->len);
}

/* }}} */
/* {{{ Tables */

static void
read_cell_cb (RnlBlock *cell, const char *text, gsize length, gboolean last, gpointer user_data)
{
  RnlBlockParser *self = user_data;
  gboolean open = last && self->unfinished;

  cell->source_start = self->line.start;
  cell->source_end = self->line.end;
  if (open && length > 0 && text[length - 1] == '\\') /* A bar may follow. */
    length--;
  rnl_leaf_read_inline (self, cell, text, length, open);
}

/* The last line of the paragraph is a header, and the line the rule under it. */
gboolean
rnl_leaf_table (RnlBlockParser *self, const char *rule, gsize length)
{
  const char *newline = memrchr (self->text->str, '\n', self->text->len);
  gsize start = newline != NULL ? (gsize) (newline - self->text->str) + 1 : 0;
  g_autofree char *head = NULL;
  RnlMarkdownTable *table;
  RnlSourceRange where, line = self->line;

  if (rule[0] != '|' && rule[0] != ':' && rule[0] != '-')
    return FALSE;
  table = rnl_markdown_table_new (self->text->str + start, self->text->len - start, rule, length);
  if (table == NULL)
    return FALSE;

  where = g_array_index (self->lines, RnlSourceRange, self->lines->len - 1);
  head = g_strndup (self->text->str + start, self->text->len - start);
  g_string_truncate (self->text, start > 0 ? start - 1 : 0);
  g_array_set_size (self->lines, self->lines->len - 1);
  rnl_leaf_close (self);

  self->leaf = RNL_LEAF_TABLE;
  self->where = (RnlSourceRange){ where.start, line.end };
  self->table = table;
  self->line = where;
  rnl_markdown_table_read_row (table, head, strlen (head), table->cells, read_cell_cb, self);
  self->line = line;

  return TRUE;
}

void
rnl_leaf_show_table (RnlBlockParser *self, GPtrArray *last_row)
{
  RnlBlock *block = rnl_leaf_begin_block (self, RNL_BLOCK_TABLE, self->where);

  block->table = rnl_markdown_table_ref (self->table);
  block->n_rows = self->table->cells->len / self->table->aligns->len;
  block->last_row = last_row;
}

/* In a draft the table is shared with the parser it was copied from. */
void
rnl_leaf_row (RnlBlockParser *self, const RnlLine *line)
{
  const char *text = line->text + line->pos;
  gsize length = line->length - line->pos;
  g_autoptr (GPtrArray) row = NULL;

  self->where.end = self->line.end;
  if (!self->draft)
    {
      rnl_markdown_table_read_row (self->table, text, length, self->table->cells, read_cell_cb,
                                   self);
      return;
    }
  row = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_markdown_table_read_row (self->table, text, length, row, read_cell_cb, self);
  rnl_leaf_show_table (self, g_steal_pointer (&row));
  g_clear_pointer (&self->table, rnl_markdown_table_unref);
  self->leaf = RNL_LEAF_NONE;
}

/* }}} */
