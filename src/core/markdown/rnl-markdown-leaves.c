/* rnl-markdown-leaves.c: what has text of its own
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-private.h"
#include "rnl-markdown-blocks.h"
#include "rnl-markdown-entities.h"
#include "rnl-markdown-inline.h"
#include "rnl-markdown-scan.h"

#include <string.h>

/* Deeper nesting is displayed as deep as this. */
#define MAX_SHOWN_DEPTH 12

/* {{{ Blocks */

static GArray *
copy_containers (const RnlBlockParser *self, guint depth)
{
  GArray *containers;

  if (depth == 0)
    return NULL;
  containers = g_array_sized_new (FALSE, FALSE, sizeof (RnlContainer), depth);
  for (guint i = 0; i < depth; i++)
    {
      const RnlOpenContainer *open = &self->open[i];
      RnlContainer container = { open->kind, open->serial, open->item };

      g_array_append_val (containers, container);
    }

  return containers;
}

static void
set_depths (const RnlBlockParser *self, RnlBlock *block, guint depth)
{
  for (guint i = 0; i < depth; i++)
    if (self->open[i].kind == RNL_CONTAINER_QUOTE)
      block->quote_depth++;
    else
      block->list_depth++;
  block->quote_depth = MIN (block->quote_depth, MAX_SHOWN_DEPTH);
  block->list_depth = MIN (block->list_depth, MAX_SHOWN_DEPTH);
}

static void
set_marker (RnlBlockParser *self, RnlBlock *block, RnlOpenContainer *open)
{
  static const RnlMarker markers[] = {
    [RNL_CONTAINER_QUOTE] = RNL_MARKER_NONE,
    [RNL_CONTAINER_BULLETS] = RNL_MARKER_BULLET,
    [RNL_CONTAINER_NUMBERS] = RNL_MARKER_NUMBER,
    [RNL_CONTAINER_FOOTNOTE] = RNL_MARKER_FOOTNOTE,
  };

  block->marker = markers[open->kind];
  block->number = open->kind == RNL_CONTAINER_BULLETS ? 0 : open->number;
  if (open->kind == RNL_CONTAINER_FOOTNOTE)
    block->label = g_strdup (g_ptr_array_index (self->names->footnotes, open->number - 1));
  open->waiting = FALSE;
}

static RnlBlock *
add_block (RnlBlockParser *self, RnlBlockKind kind, guint depth, RnlSourceRange where)
{
  RnlBlock *block = rnl_block_new (kind);

  block->containers = copy_containers (self, depth);
  block->source_start = where.start;
  block->source_end = where.end;
  set_depths (self, block, depth);
  if (depth > 0 && self->open[depth - 1].waiting)
    {
      set_marker (self, block, &self->open[depth - 1]);
      if (kind == RNL_BLOCK_PARAGRAPH)
        block->kind = RNL_BLOCK_ITEM;
    }
  g_ptr_array_add (self->blocks, block);

  return block;
}

/* An item that has nothing, or a quote or a list, before its own text is still an item. */
void
rnl_leaf_marker (RnlBlockParser *self, guint depth)
{
  if (self->open[depth - 1].waiting)
    add_block (self, RNL_BLOCK_ITEM, depth, self->open[depth - 1].line);
}

RnlBlock *
rnl_leaf_begin_block (RnlBlockParser *self, RnlBlockKind kind, RnlSourceRange where)
{
  for (guint depth = 1; depth < self->depth; depth++)
    rnl_leaf_marker (self, depth);

  return add_block (self, kind, self->depth, where);
}

void
rnl_leaf_read_inline (
  RnlBlockParser *self, RnlBlock *block, const char *text, gsize length, gboolean open)
{
  *self->parsed += length;
  rnl_markdown_inline (block, text, length, self->names, open);
}

/* }}} */
/* {{{ Paragraphs */

void
rnl_leaf_begin (RnlBlockParser *self, RnlLeafKind kind)
{
  self->leaf = kind;
  self->where = self->line;
  g_string_truncate (self->text, 0);
  g_array_set_size (self->lines, 0);
  if (kind == RNL_LEAF_INDENTED)
    {
      self->code = g_object_ref (rnl_leaf_begin_block (self, RNL_BLOCK_CODE, self->line));
      self->code_lines = FALSE;
    }
}

void
rnl_leaf_add_line (RnlBlockParser *self, const RnlLine *line)
{
  if (self->lines->len > 0)
    g_string_append_c (self->text, '\n');
  g_array_append_val (self->lines, self->line);
  rnl_line_append_rest (line, self->text);
  self->where.end = self->line.end;
  if (self->text->len > RNL_MAX_TEXT && !self->unfinished)
    rnl_leaf_close (self);
}

/* The range of so many lines. */
static RnlSourceRange
range_of (const RnlBlockParser *self, guint first, guint n)
{
  RnlSourceRange range = self->where;

  if (n > 0 && first + n <= self->lines->len)
    {
      range.start = g_array_index (self->lines, RnlSourceRange, first).start;
      range.end = g_array_index (self->lines, RnlSourceRange, first + n - 1).end;
    }

  return range;
}

static guint
count_lines (const char *text, gsize length)
{
  guint n = 1;

  for (gsize i = 0; i + 1 < length; i++)
    n += text[i] == '\n' ? 1 : 0;

  return n;
}

/* A definition as it is written, its address a link. */
static void
show_definition (RnlBlock *block, const char *text, gsize length)
{
  g_autoptr (GString) address = g_string_new (NULL);
  const char *colon = g_strstr_len (text, (gssize) length, "]:");
  gsize start = rnl_scan_blanks (text, length, (gsize) (colon - text) + 2);
  gsize end = rnl_scan_link_address (text, length, start, address);
  RnlSpan look = { .flags = RNL_SPAN_DEFINITION };
  RnlSpan link = { .flags = RNL_SPAN_DEFINITION | RNL_SPAN_LINK };

  if (!RNL_SCAN_IS_END (end) || !rnl_markdown_is_safe_address (address->str))
    {
      rnl_block_add_text (block, text, length, &look);
      return;
    }
  link.href = link.address = g_ref_string_new (address->str);
  rnl_block_add_text (block, text, start, &look);
  rnl_block_add_text (block, text + start, end - start, &link);
  rnl_block_add_text (block, text + end, length - end, &look);
  g_ref_string_release ((char *) link.href);
}

/* Link definitions at the beginning of a paragraph. They are shown: what a model lists at the end
 * of its answer is for reading. Returns how long they are; @n_lines receives how many lines. */
static gsize
take_definitions (RnlBlockParser *self, gboolean show, guint *n_lines)
{
  gsize pos = 0;
  gsize n;

  *n_lines = 0;
  while ((n = rnl_markdown_names_define (self->names, self->text->str + pos, self->text->len - pos,
                                         self->draft || !show))
         > 0)
    {
      const char *text = self->text->str + pos;
      guint lines = count_lines (text, n);

      if (show)
        show_definition (
          rnl_leaf_begin_block (self, RNL_BLOCK_PARAGRAPH, range_of (self, *n_lines, lines)), text,
          text[n - 1] == '\n' ? n - 1 : n);
      pos += n;
      *n_lines += lines;
    }

  return pos;
}

/* `[ ]` or `[x]`; returns its length. */
static gsize
take_task (RnlBlock *block, const char *text, gsize length)
{
  if (block->kind != RNL_BLOCK_ITEM || block->marker == RNL_MARKER_FOOTNOTE || length < 5
      || text[0] != '[' || strchr (" xX", text[1]) == NULL || text[2] != ']'
      || !g_ascii_isspace (text[3]))
    return 0;
  block->marker = text[1] == ' ' ? RNL_MARKER_OPEN_TASK : RNL_MARKER_DONE_TASK;

  return 4;
}

static void
close_text (RnlBlockParser *self)
{
  guint n_lines;
  gsize start = take_definitions (self, TRUE, &n_lines);
  gsize length = self->text->len - start;
  const char *text = self->text->str + start;
  RnlBlock *block;

  *self->parsed += start;
  if (length == 0)
    return;
  block = rnl_leaf_begin_block (self, RNL_BLOCK_PARAGRAPH,
                                range_of (self, n_lines, self->lines->len - n_lines));
  if (self->open_end && rnl_markdown_names_is_defining (text, length))
    {
      rnl_block_add_text (block, text, length, &(RnlSpan){ .flags = RNL_SPAN_DEFINITION });
      return;
    }
  start = take_task (block, text, length);
  rnl_leaf_read_inline (self, block, text + start, length - start, self->open_end);

  /* With nothing to be seen yet it may as well become a formula. */
  if (self->open_end && block->text->len == 0)
    g_ptr_array_set_size (self->blocks, (gint) self->blocks->len - 1);
}

/* A line of `=` or `-` makes a heading of the paragraph, unless it is all definitions. */
gboolean
rnl_leaf_setext (RnlBlockParser *self, guint level)
{
  guint n_lines;
  gsize start = take_definitions (self, FALSE, &n_lines);
  RnlBlock *block;

  if (start == self->text->len)
    return FALSE;
  start = take_definitions (self, TRUE, &n_lines);
  self->where = range_of (self, n_lines, self->lines->len - n_lines);
  self->where.end = self->line.end;
  block = rnl_leaf_begin_block (self, RNL_BLOCK_HEADING, self->where);
  block->level = level;
  rnl_leaf_read_inline (self, block, self->text->str + start, self->text->len - start, FALSE);
  self->leaf = RNL_LEAF_NONE;

  return TRUE;
}

/* @text: what stands behind the marks. */
void
rnl_leaf_heading (RnlBlockParser *self, const char *text, gsize length, guint level)
{
  RnlBlock *block = rnl_leaf_begin_block (self, RNL_BLOCK_HEADING, self->line);
  gsize end;

  block->level = level;
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  for (end = length; end > 0 && text[end - 1] == '#'; end--)
    ;
  if (end == 0 || g_ascii_isspace (text[end - 1]))
    length = end;
  rnl_leaf_read_inline (self, block, text, length, self->unfinished);
}

void
rnl_leaf_rule (RnlBlockParser *self)
{
  rnl_leaf_begin_block (self, RNL_BLOCK_RULE, self->line);
}

static void
close_html (RnlBlockParser *self)
{
  RnlSpan look = { .flags = RNL_SPAN_HTML };
  RnlBlock *block = rnl_leaf_begin_block (self, RNL_BLOCK_PARAGRAPH, self->where);
  gsize length = self->text->len;

  *self->parsed += length;
  while (length > 0 && g_ascii_isspace (self->text->str[length - 1]))
    length--;
  rnl_block_add_text (block, self->text->str, length, &look);
}

/* }}} */
void
rnl_leaf_close (RnlBlockParser *self)
{
  RnlLeafKind leaf = self->leaf;

  switch (leaf)
    {
    case RNL_LEAF_NONE:
      break;
    case RNL_LEAF_TEXT:
      close_text (self);
      break;
    case RNL_LEAF_FENCE:
    case RNL_LEAF_INDENTED:
      rnl_leaf_close_code (self);
      break;
    case RNL_LEAF_HTML:
      close_html (self);
      break;
    case RNL_LEAF_MATH:
      rnl_leaf_close_math (self);
      break;
    case RNL_LEAF_TABLE:
      rnl_leaf_show_table (self, NULL);
      g_clear_pointer (&self->table, rnl_markdown_table_unref);
      break;
    }
  self->leaf = RNL_LEAF_NONE;
}
