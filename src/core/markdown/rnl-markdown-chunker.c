/* rnl-markdown-chunker.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-chunker.h"
#include "rnl-block-private.h"
#include "rnl-markdown-hold.h"
#include "rnl-markdown-parse.h"

#include <string.h>

/* A stretch never gets longer than this: it bounds the work for one more token, whatever the text.
 * Where it is cut depends on the text alone and not on the pieces it came in. */
#define MAX_STRETCH 8192

/* How far back from there a space is looked for in a very long line. */
#define MAX_WORD 512

void
rnl_chunker_init (RnlChunker *self)
{
  *self = (RnlChunker){ 0 };
  self->source = g_string_new (NULL);
  self->inner_line = g_string_new (NULL);
  self->prefix = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->blocks = g_ptr_array_new_with_free_func (g_object_unref);
}

void
rnl_chunker_clear (RnlChunker *self)
{
  g_string_free (self->source, TRUE);
  g_string_free (self->inner_line, TRUE);
  g_string_free (self->prefix, TRUE);
  g_string_free (self->scratch, TRUE);
  g_ptr_array_unref (self->blocks);
  g_clear_object (&self->code);
}

/* Follows a fence inside a container; @skip receives where its text begins. */
static gboolean
track_inner (RnlInnerFence *inner, const char *line, gsize length)
{
  gsize skip = 0;

  if (!inner->open)
    {
      skip = rnl_line_skip_containers (line, length);
      inner->open = rnl_line_opens_fence (line + skip, length - skip, &inner->fence);

      return inner->open;
    }
  while (skip < length && strchr (" \t>", line[skip]) != NULL)
    skip++;
  if (rnl_line_closes_fence (line + skip, length - skip, &inner->fence))
    inner->open = FALSE;

  return FALSE;
}

static gsize
columns_to_bytes (const char *line, gsize length, guint columns)
{
  gsize bytes;

  for (bytes = 0; bytes < length && bytes < columns && line[bytes] == ' '; bytes++)
    ;

  return bytes;
}

/* Puts what the parser is to see into the scratch string: without the indent of the list item the
 * stretch begins in, and with link definitions escaped, which would not be shown otherwise. */
static void
prepare (RnlChunker *self, gsize length)
{
  const char *text = self->source->str + self->start;
  RnlInnerFence inner = { 0 };

  g_string_assign (self->scratch, self->prefix->str);
  if (self->prefix->len > 0)
    {
      const char *first_end = strchr (self->prefix->str, '\n');

      track_inner (&inner, self->prefix->str, (gsize) (first_end - self->prefix->str));
    }
  for (gsize pos = 0; pos < length;)
    {
      const char *newline = memchr (text + pos, '\n', length - pos);
      gsize end = newline != NULL ? (gsize) (newline - text) : length;
      gsize skip;

      if (self->inside)
        pos += columns_to_bytes (text + pos, end - pos, self->marker.content);
      skip = pos + rnl_line_skip_containers (text + pos, end - pos);
      if (!inner.open && rnl_line_is_definition (text + skip, end - skip))
        {
          g_string_append_len (self->scratch, text + pos, skip - pos);
          g_string_append_c (self->scratch, '\\');
          pos = skip;
        }
      track_inner (&inner, text + pos, end - pos);
      end += newline != NULL ? 1 : 0;
      g_string_append_len (self->scratch, text + pos, end - pos);
      pos = end;
    }
}

static void
parse (RnlChunker *self, gsize length, GString *closers, GPtrArray *blocks)
{
  RnlMarkdownContext context = { 0 };

  if (length == 0)
    return;
  prepare (self, length);
  if (closers != NULL)
    g_string_append_len (self->scratch, closers->str, closers->len);
  if (self->state == RNL_CHUNK_LIST)
    {
      context.list_depth = self->inside ? 1 : 0;
      context.renumber = !self->inside && self->marker.ordered;
      context.number = self->number;
    }
  rnl_markdown_parse (self->scratch->str, self->scratch->len, &context, blocks);
  self->parsed += self->scratch->len;
}

/* Closes the stretch before @end; the next one begins there with nothing known. */
static void
close_stretch (RnlChunker *self, gsize end)
{
  parse (self, end - self->start, NULL, self->blocks);
  self->start = end;
  self->n_lines = 0;
  self->table_head = 0;
  self->blank = FALSE;
  self->inside = FALSE;
  self->inner.open = FALSE;
  g_string_truncate (self->prefix, 0);
}

static void
begin_fence (RnlChunker *self, const char *line, gsize length, gsize next)
{
  const char *info = line + strspn (line, " \t");
  gsize n;

  while (*info == self->fence.ch)
    info++;
  info += strspn (info, " \t");
  n = strcspn (info, " \t\n");
  n = MIN (n, (gsize) (line + length - info));

  g_clear_object (&self->code);
  self->code = rnl_block_new (RNL_BLOCK_CODE);
  self->code->language = n > 0 ? g_strndup (info, n) : NULL;
  self->code_lines = FALSE;
  self->code_taken = 0;
  g_ptr_array_add (self->blocks, g_object_ref (self->code));
  self->state = RNL_CHUNK_FENCE;
  self->start = next;
}

static void
begin_item (RnlChunker *self, const RnlListMarker *marker, guint number)
{
  self->state = RNL_CHUNK_LIST;
  self->marker = *marker;
  self->number = number;
}

/* Begins a stretch with a line that is not blank. */
static void
begin_stretch (RnlChunker *self, const char *line, gsize length, gsize next)
{
  RnlListMarker marker;

  self->quote = FALSE;
  if (rnl_line_opens_fence (line, length, &self->fence))
    begin_fence (self, line, length, next);
  else if (rnl_line_is_heading (line, length) || rnl_line_is_rule (line, length))
    {
      self->state = RNL_CHUNK_NONE;
      close_stretch (self, next);
    }
  else if (rnl_line_marker (line, length, &marker))
    begin_item (self, &marker, marker.number);
  else if (rnl_line_indent (line, length, NULL) > 3)
    self->state = RNL_CHUNK_INDENTED;
  else
    {
      self->state = RNL_CHUNK_TEXT;
      self->quote = rnl_line_is_quote (line, length);
      self->n_lines = 1;
    }
}

static gboolean
interrupts_text (const RnlChunker *self, const char *line, gsize length)
{
  RnlListMarker marker;
  RnlFence fence;

  if (self->quote && rnl_line_is_quote (line, length))
    return FALSE;

  return rnl_line_is_quote (line, length) || rnl_line_opens_fence (line, length, &fence)
         || rnl_line_is_heading (line, length) || rnl_line_is_rule (line, length)
         || (rnl_line_marker (line, length, &marker) && !marker.empty
             && (!marker.ordered || marker.number == 1));
}

static void
take_text_line (RnlChunker *self, const char *line, gsize length, gsize next)
{
  if (rnl_line_is_blank (line, length))
    {
      close_stretch (self, next);
      self->state = RNL_CHUNK_NONE;
    }
  else if (!self->quote && rnl_line_is_setext (line, length))
    {
      close_stretch (self, next);
      self->state = RNL_CHUNK_NONE;
    }
  else if (interrupts_text (self, line, length))
    {
      close_stretch (self, self->line);
      begin_stretch (self, line, length, next);
    }
  else if (++self->n_lines == 2 && !self->quote && rnl_line_is_table_rule (line, length))
    self->table_head = next - self->start;
}

static void
take_indented_line (RnlChunker *self, const char *line, gsize length, gsize next)
{
  if (rnl_line_is_blank (line, length) || rnl_line_indent (line, length, NULL) > 3)
    return;
  close_stretch (self, self->line);
  begin_stretch (self, line, length, next);
}

static void
take_list_line (RnlChunker *self, const char *line, gsize length, gsize next)
{
  RnlListMarker marker;
  RnlFence fence;

  if (rnl_line_is_blank (line, length))
    self->blank = TRUE;
  else if (rnl_line_indent (line, length, NULL) >= self->marker.content)
    self->blank = FALSE;
  else if (!rnl_line_is_rule (line, length) && rnl_line_marker (line, length, &marker)
           && marker.delimiter == self->marker.delimiter && marker.ordered == self->marker.ordered)
    {
      close_stretch (self, self->line);
      begin_item (self, &marker, self->number + 1);
    }
  else if (self->blank || self->inner.open || rnl_line_is_rule (line, length)
           || rnl_line_marker (line, length, &marker) || rnl_line_opens_fence (line, length, &fence)
           || rnl_line_is_heading (line, length) || rnl_line_is_quote (line, length))
    {
      close_stretch (self, self->line);
      begin_stretch (self, line, length, next);
    }
}

/* Takes the line that ends before @next. */
static void
take_line (RnlChunker *self, gsize length, gsize next)
{
  const char *line = self->source->str + self->line;

  switch (self->state)
    {
    case RNL_CHUNK_NONE:
      if (rnl_line_is_blank (line, length))
        self->start = next;
      else
        begin_stretch (self, line, length, next);
      break;
    case RNL_CHUNK_TEXT:
      take_text_line (self, line, length, next);
      break;
    case RNL_CHUNK_INDENTED:
      take_indented_line (self, line, length, next);
      break;
    case RNL_CHUNK_LIST:
      take_list_line (self, line, length, next);
      break;
    case RNL_CHUNK_FENCE:
      g_assert_not_reached ();
    }

  if ((self->state == RNL_CHUNK_LIST || (self->state == RNL_CHUNK_TEXT && self->quote))
      && track_inner (&self->inner, line, length))
    {
      g_string_truncate (self->inner_line, 0);
      g_string_append_len (self->inner_line, line, length);
      g_string_append_c (self->inner_line, '\n');
    }
  self->line = self->scan = next;
}

/* The stretch is too long: cuts it before its last line, or inside it when it is the only one. */
static void
cut (RnlChunker *self)
{
  gsize limit = self->start + MAX_STRETCH;
  gsize end = self->line;
  gboolean list = self->state == RNL_CHUNK_LIST;
  g_autoptr (GString) prefix = g_string_new (NULL);
  RnlInnerFence inner = self->inner;

  if (self->line == self->start)
    {
      const char *space = memrchr (self->source->str + limit - MAX_WORD, ' ', MAX_WORD);

      end = space != NULL ? (gsize) (space - self->source->str) + 1 : limit;
      while (((guchar) self->source->str[end] & 0xc0) == 0x80)
        end--;
      if (self->state == RNL_CHUNK_NONE)
        self->state = RNL_CHUNK_TEXT;
    }
  if (inner.open)
    g_string_append (
      prefix,
      self->inner_line->str
        + (list ? rnl_line_skip_containers (self->inner_line->str, self->inner_line->len) : 0));
  else if (self->table_head > 0)
    g_string_append_len (prefix, self->source->str + self->start, self->table_head);
  else if (self->prefix->len > 0 && self->state == RNL_CHUNK_TEXT && !self->quote)
    g_string_append (prefix, self->prefix->str); /* a table goes on */

  close_stretch (self, end);
  g_string_assign (self->prefix, prefix->str);
  self->inner = inner;
  self->inside = list;
  self->n_lines = 2;
  self->line = MAX (self->line, end);
  self->scan = self->line;
}

static void
append_code (RnlChunker *self, gsize end)
{
  gsize from = self->line + self->code_taken;

  if (self->code_taken == 0)
    {
      from += columns_to_bytes (self->source->str + from, end - from, self->fence.indent);
      if (self->code_lines)
        g_string_append_c (self->code->text, '\n');
      self->code_lines = TRUE;
    }
  g_string_append_len (self->code->text, self->source->str + from, end - from);
  self->code_taken = end - self->line;
}

/* Takes what there is of a fenced code block. Returns whether to go on after it. */
static gboolean
take_code (RnlChunker *self, gboolean final)
{
  const char *line = self->source->str + self->line;
  const char *newline
    = memchr (self->source->str + self->scan, '\n', self->source->len - self->scan);
  gsize end = newline != NULL ? (gsize) (newline - self->source->str) : self->source->len;
  gboolean whole = newline != NULL || (final && end > self->line);

  self->scan = end;
  if (whole ? rnl_line_closes_fence (line, end - self->line, &self->fence)
            : rnl_line_may_close_fence (line, end - self->line, &self->fence))
    {
      if (!whole)
        return FALSE;
      g_clear_object (&self->code);
      self->state = RNL_CHUNK_NONE;
    }
  else
    append_code (self, end);
  if (!whole)
    return FALSE;

  self->code_taken = 0;
  self->start = self->line = self->scan = MIN (end + 1, self->source->len);

  return self->line < self->source->len;
}

/* Reads the lines of the source that are there; with @final also the last one, and closes all. */
void
rnl_chunker_advance (RnlChunker *self, gboolean final)
{
  for (;;)
    {
      gsize limit = MIN (self->source->len, self->start + MAX_STRETCH);
      const char *newline;

      if (self->state == RNL_CHUNK_FENCE)
        {
          if (!take_code (self, final))
            break;
          continue;
        }
      newline = self->scan < limit
                  ? memchr (self->source->str + self->scan, '\n', limit - self->scan)
                  : NULL;
      if (newline != NULL)
        {
          gsize end = (gsize) (newline - self->source->str);

          take_line (self, end - self->line, end + 1);
        }
      else if (limit == self->start + MAX_STRETCH)
        cut (self);
      else
        {
          self->scan = self->source->len;
          break;
        }
    }
  if (!final)
    return;

  if (self->state != RNL_CHUNK_FENCE && self->line < self->source->len)
    take_line (self, self->source->len - self->line, self->source->len);
  if (self->state != RNL_CHUNK_FENCE)
    close_stretch (self, self->source->len);
  g_clear_object (&self->code);
  self->state = RNL_CHUNK_NONE;
}

gsize
rnl_chunker_get_open_length (const RnlChunker *self)
{
  return self->state == RNL_CHUNK_FENCE ? 0 : self->source->len - self->start;
}

/* Parses what can be shown of the open stretch. */
void
rnl_chunker_parse_open (RnlChunker *self, GPtrArray *blocks)
{
  g_autoptr (GString) closers = g_string_new (NULL);
  gsize length = rnl_chunker_get_open_length (self);

  if (length == 0)
    return;
  if (self->state != RNL_CHUNK_INDENTED)
    length = rnl_markdown_hold (self->source->str + self->start, length, self->line - self->start,
                                self->inner.open, closers);
  parse (self, length, closers, blocks);
}

/* Forgets the source that is parsed for good. */
void
rnl_chunker_compact (RnlChunker *self)
{
  gsize done = self->state == RNL_CHUNK_FENCE ? self->line : self->start;

  if (done == 0)
    return;
  g_string_erase (self->source, 0, (gssize) done);
  self->start -= MIN (self->start, done);
  self->line -= done;
  self->scan -= MIN (self->scan, done);
}
