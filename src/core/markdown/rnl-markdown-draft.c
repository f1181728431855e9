/* rnl-markdown-draft.c: what of an unfinished text can be shown without taking it back
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-private.h"
#include "rnl-markdown-blocks.h"

#include <string.h>

/* Bounds in bytes: a line that says less than it will, and is longer than this, is shown. */
#define HOLD_FENCE 200  /* the line that opens a fence */
#define HOLD_MATH  1000 /* a line of displayed maths */
#define HOLD_HTML  300  /* a tag that is not closed */
#define HOLD_TABLE 1000 /* the header of a table, until the line under it is there */

/* Goes over indents, quote signs and markers. */
static void
skip_containers (const char **text, gsize *length)
{
  for (;;)
    {
      RnlListMarker marker;
      gsize n = 0;

      while (n < *length && ((*text)[n] == ' ' || (*text)[n] == '\t'))
        n++;
      *text += n;
      *length -= n;
      if (*length > 0 && **text == '>')
        n = 1;
      else if (rnl_line_marker (*text, *length, &marker) && marker.length < *length)
        n = marker.length;
      else
        return;
      *text += n;
      *length -= n;
    }
}

static gboolean
is_empty_row (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (strchr ("| \t", text[i]) == NULL)
      return FALSE;

  return length <= HOLD_TABLE;
}

/* Whether the line may still become something else than it looks. */
static gboolean
is_undecided (const RnlBlockParser *self, const char *text, gsize length)
{
  RnlLine line;

  rnl_line_init (&line, text, length);
  if (rnl_line_is_blank (&line))
    return TRUE;
  if (self->depth == 0
      && (self->leaf == RNL_LEAF_HTML
          || (self->leaf != RNL_LEAF_TEXT && rnl_line_get_indent (&line, NULL) >= 4)))
    return FALSE;
  skip_containers (&text, &length);
  if (length == 0)
    return TRUE;
  if (self->depth == 0 && self->leaf == RNL_LEAF_MATH)
    return self->math_mark == 0 && rnl_line_closes_fence (text, length, &self->fence, TRUE);
  if (self->leaf == RNL_LEAF_TABLE && *text == '|')
    return is_empty_row (text, length);
  if (rnl_line_is_marks (text, length))
    return TRUE;
  if (length >= 3 && (strncmp (text, "```", 3) == 0 || strncmp (text, "~~~", 3) == 0))
    return length <= HOLD_FENCE;
  if (length >= 2 && (strncmp (text, "$$", 2) == 0 || strncmp (text, "\\[", 2) == 0))
    return length <= HOLD_MATH;

  if (*text == '<' && memchr (text, '>', length) == NULL)
    return length <= HOLD_HTML;

  return *text == '|' && length <= HOLD_TABLE;
}

/* The last line of the paragraph may be the header of a table. */
static void
hold_table_head (RnlBlockParser *self)
{
  const char *newline = memrchr (self->text->str, '\n', self->text->len);
  gsize start = newline != NULL ? (gsize) (newline - self->text->str) + 1 : 0;

  if (self->text->str[start] == '|' && self->text->len - start <= HOLD_TABLE)
    {
      g_string_truncate (self->text, start > 0 ? start - 1 : 0);
      g_array_set_size (self->lines, self->lines->len - 1);
    }
}

static void
copy (RnlBlockParser *draft, const RnlBlockParser *self, GPtrArray *blocks)
{
  *draft = *self;
  draft->text = g_string_new_len (self->text->str, (gssize) self->text->len);
  draft->lines = g_array_copy (self->lines);
  draft->table = self->table != NULL ? rnl_markdown_table_ref (self->table) : NULL;
  draft->code = self->code != NULL ? g_object_ref (self->code) : NULL;
  draft->blocks = blocks;
  draft->draft = TRUE;
}

/*
 * rnl_block_parser_draft:
 * @text: the unfinished line
 * @rest: whether it is more of a line that was too long
 * @blocks: receives what is shown of the open blocks
 *
 * Reads on as far as is certain in a copy of the parser. Numbers that it gives to footnotes are the
 * caller's to take back.
 */
void
rnl_block_parser_draft (
  const RnlBlockParser *self, const char *text, gsize length, gboolean rest, GPtrArray *blocks)
{
  RnlBlockParser draft;

  copy (&draft, self, blocks);
  draft.unfinished = TRUE;
  if (rest)
    rnl_block_parser_take_rest (&draft, text, length);
  else if (length > 0 && self->code_pos == 0 && !is_undecided (self, text, length))
    rnl_block_parser_take_line (&draft, text, length);
  draft.unfinished = FALSE;
  draft.open_end = TRUE;
  if (draft.leaf == RNL_LEAF_TEXT)
    hold_table_head (&draft);
  rnl_block_parser_finish (&draft);
  rnl_block_parser_clear (&draft);
}
