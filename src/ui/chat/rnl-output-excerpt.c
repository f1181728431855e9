/* rnl-output-excerpt.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-output-excerpt.h"

#include <string.h>

/* Of a long line that is cut: what stands after the gap, and before and behind a place in it that
 * is to be seen, in bytes. */
#define LINE_END      100
#define BEFORE_WANTED 120
#define AFTER_WANTED  240

/* Lines above and below such a place. */
#define MIDDLE_LINES 2

/* No byte of a text. */
#define NOWHERE G_MAXSIZE

void
rnl_output_excerpt_init (RnlOutputExcerpt *self)
{
  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    self->texts[i] = g_string_new (NULL);
  self->runs = g_array_new (FALSE, FALSE, sizeof (RnlOutputRun));
}

void
rnl_output_excerpt_clear (RnlOutputExcerpt *self)
{
  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    g_string_free (self->texts[i], TRUE);
  g_array_unref (self->runs);
}

/* {{{ Lines */

/* Where a line is, also one between those that the index knows. */
static gboolean
find_line (const char *text, const RnlLineIndex *index, gsize line, gsize *start, gsize *end)
{
  gsize lines = index->newlines + 1;
  const char *at, *last;

  if (line >= lines)
    return FALSE;
  if (line < RNL_LINE_INDEX_LINES || line + RNL_LINE_INDEX_LINES >= lines)
    {
      rnl_line_index_get_line (index, line, start, end);
      return TRUE;
    }
  at = text + index->head[RNL_LINE_INDEX_LINES];
  for (gsize i = RNL_LINE_INDEX_LINES; i < line; i++)
    at = (const char *) memchr (at, '\n', index->length - (gsize) (at - text)) + 1;
  last = memchr (at, '\n', index->length - (gsize) (at - text));
  *start = (gsize) (at - text);
  *end = (gsize) (last - text);

  return TRUE;
}

/* The byte of a place, NOWHERE behind the last line. */
static gsize
find_byte (const char *text, const RnlLineIndex *index, const RnlBlockPoint *point)
{
  gsize start, end;
  const char *at;

  if (!find_line (text, index, point->block, &start, &end))
    return NOWHERE;
  at = text + start;
  for (guint i = 0; i < point->offset && at < text + end; i++)
    at = g_utf8_next_char (at);

  return (gsize) (at - text);
}

/**
 * rnl_output_excerpt_dup_line: (skip)
 * @text: all of the text
 * @index: its lines
 * @line: one of them
 *
 * Returns: (transfer full): the line
 */
char *
rnl_output_excerpt_dup_line (const char *text, const RnlLineIndex *index, guint line)
{
  gsize start, end;

  if (!find_line (text, index, line, &start, &end))
    return g_strdup ("");

  return g_strndup (text + start, end - start);
}

/* }}} */

/* {{{ Making it */

/* Back to where a character begins. */
static gsize
to_border (const char *text, gsize at)
{
  while (at > 0 && (text[at] & 0xc0) == 0x80)
    at--;

  return at;
}

typedef struct
{
  const char *text;
  gsize line;
  gsize start;
  gsize end;
  guint n_chars[RNL_OUTPUT_N_PLACES];
} Writer;

static void
add_words (RnlOutputExcerpt *self, Writer *writer, RnlOutputPlace place, const char *words)
{
  g_string_append (self->texts[place], words);
  writer->n_chars[place] += (guint) g_utf8_strlen (words, -1);
}

static void
add_run (RnlOutputExcerpt *self, Writer *writer, RnlOutputPlace place, gsize from, gsize to)
{
  RnlOutputRun run = { place, writer->line, writer->start, from, to, writer->n_chars[place] };

  g_array_append_val (self->runs, run);
  g_string_append_len (self->texts[place], writer->text + from, (gssize) (to - from));
  writer->n_chars[place] += (guint) g_utf8_strlen (writer->text + from, (gssize) (to - from));
}

/* A line that is too long keeps both ends: what counts is often at the second one. */
static void
add_line (RnlOutputExcerpt *self, Writer *writer, RnlOutputPlace place, gsize wanted)
{
  gsize from = writer->start;
  gsize to = writer->end;

  if (self->texts[place]->len > 0)
    add_words (self, writer, place, "\n");
  if (to - from <= RNL_OUTPUT_EXCERPT_MAX_LINE)
    {
      add_run (self, writer, place, from, to);
      return;
    }
  self->long_line = TRUE;
  if (wanted == NOWHERE)
    {
      add_run (self, writer, place, from,
               to_border (writer->text, from + RNL_OUTPUT_EXCERPT_MAX_LINE - LINE_END));
      add_words (self, writer, place, " … ");
      add_run (self, writer, place, to_border (writer->text, to - LINE_END), to);
      return;
    }
  from = to_border (writer->text, MAX (wanted, from + BEFORE_WANTED) - BEFORE_WANTED);
  to = to_border (writer->text, MIN (wanted + AFTER_WANTED, to));
  if (from > writer->start)
    add_words (self, writer, place, "… ");
  add_run (self, writer, place, from, to);
  if (to < writer->end)
    add_words (self, writer, place, " …");
}

static void
add_lines (RnlOutputExcerpt *self,
           Writer *writer,
           const RnlLineIndex *index,
           RnlOutputPlace place,
           gsize first,
           gsize end)
{
  for (writer->line = first; writer->line < end; writer->line++)
    if (find_line (writer->text, index, writer->line, &writer->start, &writer->end))
      add_line (self, writer, place, NOWHERE);
}

static gboolean
is_shown (const RnlOutputExcerpt *self, gsize byte)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      const RnlOutputRun *run = &g_array_index (self->runs, RnlOutputRun, i);

      if (byte >= run->from && (byte < run->to || run->from == run->to))
        return TRUE;
    }

  return FALSE;
}

/* Lines around a byte that is not shown. */
static void
add_middle (RnlOutputExcerpt *self, Writer *writer, const RnlLineIndex *index, gsize line, gsize at)
{
  gsize first = MAX (line, RNL_OUTPUT_EXCERPT_LINES + MIDDLE_LINES) - MIDDLE_LINES;
  gsize end = RNL_OUTPUT_EXCERPT_LINES + self->hidden;

  first = MIN (first, line);
  end = MAX (MIN (end, line + MIDDLE_LINES + 1), line + 1);
  for (writer->line = first; writer->line < end; writer->line++)
    if (find_line (writer->text, index, writer->line, &writer->start, &writer->end))
      add_line (self, writer, RNL_OUTPUT_MIDDLE, writer->line == line ? at : NOWHERE);
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const RnlOutputRun *first = a;
  const RnlOutputRun *second = b;

  return first->from < second->from ? -1 : first->from > second->from;
}

/**
 * rnl_output_excerpt_update: (skip)
 * @self: an excerpt
 * @text: all of the text
 * @index: its lines
 * @wanted: (nullable): a place that has to be shown, by line and character
 *
 * Shows the first and the last lines, and those around @wanted.
 */
void
rnl_output_excerpt_update (RnlOutputExcerpt *self,
                           const char *text,
                           const RnlLineIndex *index,
                           const RnlBlockPoint *wanted)
{
  gsize lines = rnl_line_index_get_lines (index);
  gsize first = MAX (lines, 2 * RNL_OUTPUT_EXCERPT_LINES) - RNL_OUTPUT_EXCERPT_LINES;
  gsize at = wanted != NULL ? find_byte (text, index, wanted) : NOWHERE;
  Writer writer = { .text = text };

  for (guint i = 0; i < RNL_OUTPUT_N_PLACES; i++)
    g_string_truncate (self->texts[i], 0);
  g_array_set_size (self->runs, 0);
  self->hidden = first - RNL_OUTPUT_EXCERPT_LINES;
  self->long_line = FALSE;
  add_lines (self, &writer, index, RNL_OUTPUT_HEAD, 0, MIN (lines, RNL_OUTPUT_EXCERPT_LINES));
  add_lines (self, &writer, index, RNL_OUTPUT_TAIL, first, lines);
  if (at == NOWHERE || is_shown (self, at))
    return;
  add_middle (self, &writer, index, wanted->block, at);
  g_array_sort (self->runs, compare_runs);
}

/* }}} */

/* {{{ Places */

/**
 * rnl_output_excerpt_find: (skip)
 * @self: an excerpt
 * @text: all of the text
 * @index: its lines
 * @point: a place in it
 * @place: (out): where that is shown
 * @offset: (out): behind how many characters
 *
 * Returns: whether it is shown
 */
gboolean
rnl_output_excerpt_find (const RnlOutputExcerpt *self,
                         const char *text,
                         const RnlLineIndex *index,
                         const RnlBlockPoint *point,
                         RnlOutputPlace *place,
                         guint *offset)
{
  gsize byte = find_byte (text, index, point);
  gboolean found = FALSE;

  for (guint i = 0; i < self->runs->len; i++)
    {
      const RnlOutputRun *run = &g_array_index (self->runs, RnlOutputRun, i);

      if (byte < run->from || byte > run->to || run->line != point->block)
        continue;
      *place = run->place;
      *offset = run->at + (guint) g_utf8_strlen (text + run->from, (gssize) (byte - run->from));
      found = TRUE;
      if (byte < run->to)
        break;
    }

  return found;
}

/**
 * rnl_output_excerpt_has_line: (skip)
 * @self: an excerpt
 * @place: where something is shown
 * @line: a line of the text
 *
 * Returns: whether anything of @line is shown there
 */
gboolean
rnl_output_excerpt_has_line (const RnlOutputExcerpt *self, RnlOutputPlace place, gsize line)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      const RnlOutputRun *run = &g_array_index (self->runs, RnlOutputRun, i);

      if (run->place == place && run->line == line)
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_output_excerpt_clamp: (skip)
 * @self: an excerpt
 * @text: all of the text
 * @index: its lines
 * @point: a place in it
 * @place: where something is shown
 *
 * Returns: how many of the characters that are shown there come before @point
 */
guint
rnl_output_excerpt_clamp (const RnlOutputExcerpt *self,
                          const char *text,
                          const RnlLineIndex *index,
                          const RnlBlockPoint *point,
                          RnlOutputPlace place)
{
  gsize byte = find_byte (text, index, point);
  guint offset = 0;

  for (guint i = 0; i < self->runs->len; i++)
    {
      const RnlOutputRun *run = &g_array_index (self->runs, RnlOutputRun, i);

      if (run->place != place)
        continue;
      if (byte < run->from)
        break;
      offset
        = run->at
          + (guint) g_utf8_strlen (text + run->from, (gssize) (MIN (byte, run->to) - run->from));
    }

  return offset;
}

/**
 * rnl_output_excerpt_get_point: (skip)
 * @self: an excerpt
 * @text: all of the text
 * @place: where something is shown
 * @offset: characters of that
 * @point: (out caller-allocates): the place in the text, the nearest one in a gap
 */
void
rnl_output_excerpt_get_point (const RnlOutputExcerpt *self,
                              const char *text,
                              RnlOutputPlace place,
                              guint offset,
                              RnlBlockPoint *point)
{
  *point = (RnlBlockPoint){ 0, 0 };
  for (guint i = 0; i < self->runs->len; i++)
    {
      const RnlOutputRun *run = &g_array_index (self->runs, RnlOutputRun, i);
      guint length = (guint) g_utf8_strlen (text + run->from, (gssize) (run->to - run->from));
      guint before;

      if (run->place != place)
        continue;
      if (offset < run->at)
        return;
      before
        = (guint) g_utf8_strlen (text + run->line_start, (gssize) (run->from - run->line_start));
      *point = (RnlBlockPoint){ (guint) run->line, before + MIN (offset - run->at, length) };
      if (offset <= run->at + length)
        return;
    }
}

/* }}} */
