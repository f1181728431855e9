/* rnl-markdown-blocks.c: which quotes, lists and leaves a line continues, ends and begins
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-blocks.h"
#include "rnl-block-private.h"
#include "rnl-markdown-html.h"

#include <string.h>

/* The way of CommonMark, "Phase 1: block structure": the open containers that the line continues
 * are gone through, then what it begins, and what is left is text. */

#define CODE_INDENT     4
#define FOOTNOTE_INDENT 4

/* Longer than this, a line of blanks in a fence is code. */
#define MAX_BLANKS 1000

void
rnl_block_parser_init (RnlBlockParser *self, RnlMarkdownNames *names, GPtrArray *blocks)
{
  *self = (RnlBlockParser){ .names = names, .blocks = blocks };
  self->text = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (RnlSourceRange));
}

void
rnl_block_parser_clear (RnlBlockParser *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_clear_pointer (&self->table, rnl_markdown_table_unref);
  g_clear_object (&self->code);
}

/* {{{ Containers */

/* Goes over what stands for the open containers; returns how many the line continues. */
static guint
match (const RnlBlockParser *self, RnlLine *line)
{
  for (guint i = 0; i < self->depth; i++)
    {
      const RnlOpenContainer *open = &self->open[i];
      gsize first;
      guint indent = rnl_line_get_indent (line, &first);
      gboolean blank = first == line->length;

      if (open->kind == RNL_CONTAINER_QUOTE)
        {
          if (indent >= CODE_INDENT || blank || line->text[first] != '>')
            return i;
          rnl_line_skip_columns (line, indent);
          rnl_line_skip_bytes (line, 1);
          rnl_line_skip_columns (line, 1);
        }
      else if (blank && open->filled)
        rnl_line_skip_columns (line, MIN (indent, open->content));
      else if (!blank && indent >= open->content)
        rnl_line_skip_columns (line, open->content);
      else
        return i;
    }

  return self->depth;
}

static void
close_to (RnlBlockParser *self, guint depth)
{
  rnl_leaf_close (self);
  while (self->depth > depth)
    {
      rnl_leaf_marker (self, self->depth);
      self->depth--;
    }
}

/* Something begins inside the innermost container. */
static void
note_child (RnlBlockParser *self)
{
  if (self->depth > 0)
    self->open[self->depth - 1].filled = TRUE;
  self->lists[self->depth].delimiter = 0;
}

static void
open_container (RnlBlockParser *self, const RnlOpenContainer *container)
{
  self->open[self->depth] = *container;
  self->open[self->depth++].line = self->line;
  self->lists[self->depth].delimiter = 0;
}

static void
open_quote (RnlBlockParser *self, RnlLine *line)
{
  note_child (self);
  rnl_line_skip_blanks (line);
  rnl_line_skip_bytes (line, 1);
  rnl_line_skip_columns (line, 1);
  open_container (self,
                  &(RnlOpenContainer){ .kind = RNL_CONTAINER_QUOTE, .serial = ++self->serial });
}

static void
open_item (RnlBlockParser *self, RnlLine *line, const RnlListMarker *marker)
{
  RnlOpenList list = self->lists[self->depth];
  guint indent = rnl_line_get_indent (line, NULL);
  guint spaces;

  if (list.delimiter == marker->delimiter)
    {
      list.item++;
      list.number++;
    }
  else
    list = (RnlOpenList){ marker->delimiter, ++self->serial, 1, marker->number };
  note_child (self);
  self->lists[self->depth] = list;

  rnl_line_skip_columns (line, indent);
  rnl_line_skip_bytes (line, marker->length);
  spaces = rnl_line_get_indent (line, NULL);
  if (spaces > CODE_INDENT || rnl_line_is_blank (line))
    spaces = 1;
  rnl_line_skip_columns (line, spaces);
  open_container (self, &(RnlOpenContainer){
                          .kind = marker->ordered ? RNL_CONTAINER_NUMBERS : RNL_CONTAINER_BULLETS,
                          .serial = list.serial,
                          .item = list.item,
                          .number = list.number,
                          .content = indent + (guint) marker->length + spaces,
                          .waiting = TRUE,
                        });
}

static void
open_footnote (RnlBlockParser *self, RnlLine *line, gsize length, gsize label)
{
  guint number;

  note_child (self);
  rnl_line_skip_blanks (line);
  number = rnl_markdown_names_number (self->names, line->text + line->pos + 2, label);
  rnl_line_skip_bytes (line, length);
  rnl_line_skip_blanks (line);
  open_container (self, &(RnlOpenContainer){ .kind = RNL_CONTAINER_FOOTNOTE,
                                             .serial = ++self->serial,
                                             .item = 1,
                                             .number = number,
                                             .content = FOOTNOTE_INDENT,
                                             .waiting = TRUE,
                                             .filled = TRUE });
}

/* }}} */
/* {{{ What a line begins */

typedef enum
{
  BEGINS_NOTHING,
  BEGINS_CONTAINER,
  BEGINS_LEAF, /* that has taken the line */
} Begin;

typedef struct
{
  RnlLine *line;
  guint *matched; /* containers that the line continues; what it interrupts is closed up to them */
  const char *rest; /* from the first character that is not blank */
  gsize length;
} Beginning;

static Begin
begin_container (RnlBlockParser *self, const Beginning *begin)
{
  gboolean in_text = self->leaf == RNL_LEAF_TEXT && *begin->matched == self->depth;
  RnlListMarker marker;
  gsize n, label;

  if (self->depth == RNL_MAX_OPEN && *begin->matched == self->depth)
    return BEGINS_NOTHING;
  if (*begin->rest == '>')
    {
      close_to (self, *begin->matched);
      open_quote (self, begin->line);
      return BEGINS_CONTAINER;
    }
  if ((n = rnl_line_footnote (begin->rest, begin->length, &label)) > 0)
    {
      close_to (self, *begin->matched);
      open_footnote (self, begin->line, n, label);
      return BEGINS_CONTAINER;
    }
  if (rnl_line_is_rule (begin->rest, begin->length)
      || !rnl_line_marker (begin->rest, begin->length, &marker))
    return BEGINS_NOTHING;
  if (in_text && (marker.length == begin->length || (marker.ordered && marker.number != 1)))
    return BEGINS_NOTHING;
  if (in_text)
    for (n = marker.length; begin->rest[n] == ' ' || begin->rest[n] == '\t'; n++)
      if (n + 1 == begin->length)
        return BEGINS_NOTHING;
  close_to (self, *begin->matched);
  open_item (self, begin->line, &marker);

  return BEGINS_CONTAINER;
}

static Begin
begin_html (RnlBlockParser *self, const Beginning *begin)
{
  guint kind = rnl_html_block_begins (begin->rest, begin->length, self->leaf == RNL_LEAF_TEXT);

  if (kind == 0)
    return BEGINS_NOTHING;
  close_to (self, *begin->matched);
  note_child (self);
  rnl_leaf_begin (self, RNL_LEAF_HTML);
  self->html_kind = kind;
  rnl_leaf_add_line (self, begin->line);
  if (rnl_html_block_ends (kind, begin->rest, begin->length))
    rnl_leaf_close (self);

  return BEGINS_LEAF;
}

static Begin
begin_leaf (RnlBlockParser *self, const Beginning *begin)
{
  gboolean in_text = self->leaf == RNL_LEAF_TEXT && *begin->matched == self->depth;
  guint level = rnl_line_is_heading (begin->rest, begin->length);
  RnlMathLine math;
  RnlFence fence;

  if (level > 0)
    {
      close_to (self, *begin->matched);
      note_child (self);
      rnl_leaf_heading (self, begin->rest + level, begin->length - level, level);
      return BEGINS_LEAF;
    }
  if (rnl_line_opens_fence (begin->rest, begin->length, &fence))
    {
      fence.indent = rnl_line_get_indent (begin->line, NULL);
      close_to (self, *begin->matched);
      note_child (self);
      rnl_leaf_fence (self, &fence, begin->rest + fence.length, begin->length - fence.length);
      return BEGINS_LEAF;
    }
  if (in_text && rnl_line_is_setext (begin->rest, begin->length)
      && rnl_leaf_setext (self, *begin->rest == '=' ? 1 : 2))
    return BEGINS_LEAF;
  if (rnl_line_is_rule (begin->rest, begin->length))
    {
      close_to (self, *begin->matched);
      note_child (self);
      rnl_leaf_rule (self);
      return BEGINS_LEAF;
    }
  if (in_text && rnl_leaf_table (self, begin->rest, begin->length))
    return BEGINS_LEAF;
  if ((self->leaf != RNL_LEAF_TEXT || in_text)
      && (math = rnl_line_math (begin->rest, begin->length)) != RNL_MATH_NONE)
    {
      close_to (self, *begin->matched);
      note_child (self);
      rnl_leaf_math (self, begin->rest, begin->length, math == RNL_MATH_WHOLE);
      return BEGINS_LEAF;
    }

  return begin_html (self, begin);
}

static Begin
begin_indented (RnlBlockParser *self, const Beginning *begin)
{
  if (self->leaf == RNL_LEAF_TEXT)
    return BEGINS_NOTHING;
  close_to (self, *begin->matched);
  note_child (self);
  rnl_line_skip_columns (begin->line, CODE_INDENT);
  rnl_leaf_begin (self, RNL_LEAF_INDENTED);
  rnl_leaf_code_line (self, begin->line);

  return BEGINS_LEAF;
}

static Begin
begin_something (RnlBlockParser *self, RnlLine *line, guint *matched)
{
  gsize first;
  guint indent = rnl_line_get_indent (line, &first);
  Beginning begin = { line, matched, line->text + first, line->length - first };
  Begin result;

  if (first == line->length)
    return BEGINS_NOTHING;
  if (indent >= CODE_INDENT)
    return begin_indented (self, &begin);
  result = begin_leaf (self, &begin);
  if (result == BEGINS_NOTHING)
    result = begin_container (self, &begin);
  if (result == BEGINS_CONTAINER)
    *matched = self->depth;

  return result;
}

/* }}} */
/* {{{ Lines */

/* Whether the open leaf takes the line, before anything may begin with it. */
static gboolean
continue_leaf (RnlBlockParser *self, RnlLine *line)
{
  gsize first;
  guint indent = rnl_line_get_indent (line, &first);
  const char *rest = line->text + first;
  gsize length = line->length - first;

  switch (self->leaf)
    {
    case RNL_LEAF_FENCE:
      if (!self->unfinished)
        {
          self->code->source_end = self->line.end;
          rnl_leaf_close (self);
        }
      return TRUE;
    case RNL_LEAF_INDENTED:
      if (length > 0)
        return FALSE;
      rnl_line_skip_columns (line, CODE_INDENT);
      g_string_append_c (self->text, '\n');
      rnl_line_append_rest (line, self->text);
      return TRUE;
    case RNL_LEAF_HTML:
      if (self->html_kind >= 6 && length == 0)
        return FALSE;
      rnl_leaf_add_line (self, line);
      if (rnl_html_block_ends (self->html_kind, rest, length))
        rnl_leaf_close (self);
      return TRUE;
    case RNL_LEAF_MATH:
      if (self->math_mark == 0 && indent < CODE_INDENT
          && rnl_line_closes_fence (rest, length, &self->fence, FALSE))
        rnl_leaf_close (self);
      else if (self->math_mark != 0 && length == 0)
        return FALSE;
      else
        rnl_leaf_math_line (self, line);
      return TRUE;
    case RNL_LEAF_NONE:
    case RNL_LEAF_TEXT:
    case RNL_LEAF_TABLE:
      break;
    }

  return FALSE;
}

static gboolean
is_code (const RnlBlockParser *self)
{
  return self->leaf == RNL_LEAF_FENCE || self->leaf == RNL_LEAF_INDENTED;
}

/*
 * rnl_block_parser_take_code:
 * @text: the line that is being read, from its beginning
 * @whole: whether it is all there
 *
 * Adds what is new of a line of code, if that is certain. A whole line ends here.
 *
 * Returns: whether it is a line of code
 */
gboolean
rnl_block_parser_take_code (RnlBlockParser *self, const char *text, gsize length, gboolean whole)
{
  RnlLine line;
  gsize first;
  guint indent;

  if (!is_code (self))
    return FALSE;
  rnl_line_init (&line, text, length);
  if (self->code_pos > 0 || self->code_begun)
    g_string_append_len (self->code->text, text + self->code_pos,
                         (gssize) (length - self->code_pos));
  else
    {
      if (match (self, &line) < self->depth)
        return FALSE;
      indent = rnl_line_get_indent (&line, &first);
      if (self->leaf == RNL_LEAF_INDENTED
            ? indent < CODE_INDENT || first == length
            : indent < CODE_INDENT && length - line.pos <= MAX_BLANKS
                && rnl_line_closes_fence (text + first, length - first, &self->fence, !whole))
        return FALSE;
      rnl_line_skip_columns (&line,
                             self->leaf == RNL_LEAF_INDENTED ? CODE_INDENT : self->fence.indent);
      rnl_leaf_code_line (self, &line);
    }
  self->code_pos = whole ? 0 : length;
  self->code_begun = self->code_begun && !whole;
  self->code->source_end = self->line.end;

  return TRUE;
}

/* Takes a line without its end. */
void
rnl_block_parser_take_line (RnlBlockParser *self, const char *text, gsize length)
{
  RnlLine line;
  guint matched;
  gboolean blank;
  Begin begins;

  rnl_line_init (&line, text, length);
  matched = match (self, &line);
  if (matched == self->depth && continue_leaf (self, &line))
    return;
  if (matched == self->depth && self->leaf != RNL_LEAF_TEXT && self->leaf != RNL_LEAF_TABLE)
    rnl_leaf_close (self);
  while ((begins = begin_something (self, &line, &matched)) == BEGINS_CONTAINER)
    ;
  if (begins == BEGINS_LEAF)
    return;

  blank = rnl_line_is_blank (&line);
  if (blank)
    close_to (self, matched);
  else if (self->leaf == RNL_LEAF_TABLE && matched == self->depth)
    rnl_leaf_row (self, &line);
  else
    {
      if (self->leaf != RNL_LEAF_TEXT)
        {
          close_to (self, matched);
          note_child (self);
          rnl_leaf_begin (self, RNL_LEAF_TEXT);
        }
      rnl_line_skip_blanks (&line);
      rnl_leaf_add_line (self, &line);
    }
}

/* Takes more of a line that is longer than anything: it is text of its own. */
void
rnl_block_parser_take_rest (RnlBlockParser *self, const char *text, gsize length)
{
  RnlLine line;

  rnl_line_init (&line, text, length);
  rnl_leaf_close (self);
  note_child (self);
  rnl_leaf_begin (self, RNL_LEAF_TEXT);
  rnl_line_skip_blanks (&line);
  rnl_leaf_add_line (self, &line);
}

/* What comes next is more of the line that was taken last. */
void
rnl_block_parser_note_cut (RnlBlockParser *self)
{
  self->code_begun = is_code (self);
}

void
rnl_block_parser_finish (RnlBlockParser *self)
{
  close_to (self, 0);
}

/* }}} */
