/* rnl-text-splitter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-text-splitter.h"

#include <string.h>

/* What a piece may end after, best first. */
typedef enum
{
  CUT_PARAGRAPH,
  CUT_LINE,
  CUT_SENTENCE,
  CUT_WORD,
  N_CUTS
} Cut;

static gboolean
is_blank (const char *at)
{
  return g_unichar_isspace (g_utf8_get_char (at));
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

static const char *
skip_blanks (const char *at, const char *end)
{
  while (at < end && is_blank (at))
    at = g_utf8_next_char (at);

  return at;
}

/* What kind of place @at (a blank) is, given what stands before it. */
static Cut
kind_of (const char *at, gunichar before, gboolean line_before)
{
  if (*at == '\n')
    return line_before ? CUT_PARAGRAPH : CUT_LINE;

  return ends_sentence (before) ? CUT_SENTENCE : CUT_WORD;
}

/* The end of the piece that begins at @from and has at most @size characters: after the last
 * paragraph that fits, else after the last line, sentence, word; else in the middle of a word.
 * Not before @covered, where what was not in a piece yet begins, if that can be. */
static const char *
find_end (const char *from, const char *covered, const char *end, guint size)
{
  const char *last[N_CUTS] = { NULL };
  const char *at = from;
  gunichar before = 0;
  gboolean line_before = FALSE;

  for (guint n = 0; at < end && n <= size; n++, at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (at > from && at > covered && g_unichar_isspace (c))
        last[kind_of (at, before, line_before)] = at;
      line_before = c == '\n' || (line_before && g_unichar_isspace (c));
      before = c;
      if (n == size)
        break;
    }
  if (at >= end)
    return end;

  for (gsize i = 0; i < N_CUTS; i++)
    if (last[i] != NULL)
      return last[i];

  return at;
}

/* At most @overlap characters before @cut, from the beginning of a word, and after @from. */
static const char *
step_back (const char *from, const char *cut, guint overlap)
{
  const char *at = cut;
  const char *word = cut;

  for (guint n = 0; n < overlap; n++)
    {
      const char *previous = g_utf8_prev_char (at);

      if (previous <= from)
        break;
      if (is_blank (previous))
        word = at;
      at = previous;
    }

  return word;
}

static void
add_piece (GArray *pieces, const char *from, const char *end, gsize start)
{
  RnlTextPiece piece;

  while (end > from && is_blank (g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  if (end == from)
    return;

  piece = (RnlTextPiece){ from, (gsize) (end - from), start };
  g_array_append_val (pieces, piece);
}

/**
 * rnl_text_splitter_split:
 * @text: valid UTF-8
 * @size: the most characters of a piece, above 0
 * @overlap: how many characters of a piece the next one may repeat, below @size
 *
 * Cuts a text where it hurts least: after a paragraph, else a line, a sentence, a word. Pieces are
 * trimmed, and blank ones left out. Costs what the text is long.
 *
 * Returns: (transfer full) (element-type RnlTextPiece): the pieces, which borrow from @text
 */
GArray *
rnl_text_splitter_split (const char *text, guint size, guint overlap)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (RnlTextPiece));
  const char *end = text + strlen (text);
  const char *from = text;
  const char *covered = text;
  const char *counted = text;
  gsize chars = 0;

  g_return_val_if_fail (size > 0 && overlap < size, pieces);

  while (covered < end)
    {
      const char *cut;

      from = skip_blanks (from, end);
      cut = find_end (from, covered, end, size);
      if (cut <= covered && from < covered)
        {
          from = covered; /* what is repeated leaves no room for anything new */
          continue;
        }
      if (from >= counted)
        chars += (gsize) g_utf8_pointer_to_offset (counted, from);
      else
        chars -= (gsize) g_utf8_pointer_to_offset (from, counted);
      counted = from;
      add_piece (pieces, from, cut, chars);
      covered = skip_blanks (cut, end);
      from = overlap > 0 ? step_back (from, cut, overlap) : covered;
    }

  return pieces;
}
