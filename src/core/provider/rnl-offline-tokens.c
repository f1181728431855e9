/* rnl-offline-tokens.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-tokens.h"

#include <string.h>

#define MAX_WORD   8
#define MAX_DIGITS 3

typedef enum
{
  KIND_BLANK,
  KIND_LETTER,
  KIND_DIGIT,
  KIND_OTHER,
} Kind;

static Kind
kind_of (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  if (g_unichar_isspace (c))
    return KIND_BLANK;
  if (g_unichar_isdigit (c))
    return KIND_DIGIT;
  if (g_unichar_isalpha (c))
    return KIND_LETTER;

  return KIND_OTHER;
}

/* The end of the run of one kind that starts at @text; @chars is how long it is. */
static const char *
skip_run (const char *text, const char *end, Kind kind, guint *chars)
{
  *chars = 0;
  while (text < end && kind_of (text) == kind)
    {
      text = g_utf8_next_char (text);
      (*chars)++;
    }

  return text;
}

/* A long word falls into equal pieces, so that none is a single left-over letter. */
static guint
word_piece (guint chars)
{
  guint pieces = (chars + MAX_WORD - 1) / MAX_WORD;

  return (chars + pieces - 1) / pieces;
}

/**
 * rnl_offline_token_length:
 * @text: valid UTF-8
 * @length: its length in bytes, above 0
 *
 * Cuts text the way a language model's tokenizer does, roughly: a word with the blank before it,
 * three digits, a run of punctuation, a run of white space; long words in pieces. Cuts lie between
 * code points and depend on the text alone.
 *
 * Returns: the length of the first piece in bytes, from 1 to @length
 */
gsize
rnl_offline_token_length (const char *text, gsize length)
{
  const char *end = text + length;
  const char *start = text;
  const char *stop;
  guint chars;
  Kind kind;

  if (*start == ' ' && start + 1 < end && kind_of (start + 1) != KIND_BLANK)
    start++;
  kind = kind_of (start);
  stop = skip_run (start, end, kind, &chars);

  if (kind == KIND_LETTER)
    stop = g_utf8_offset_to_pointer (start, word_piece (chars));
  else if (kind == KIND_DIGIT)
    stop = g_utf8_offset_to_pointer (start, MIN (chars, MAX_DIGITS));
  else if (kind == KIND_BLANK && chars > 1 && stop < end && stop[-1] == ' '
           && memchr (start, '\n', (gsize) (stop - start)) == NULL)
    stop--; /* the last blank belongs to the word that follows */

  return (gsize) (stop - text);
}

/**
 * rnl_offline_count_tokens:
 * @text: valid UTF-8
 *
 * Returns: how many pieces [func@Runnel.offline_token_length] makes of it
 */
guint
rnl_offline_count_tokens (const char *text)
{
  gsize left = strlen (text);
  guint count = 0;

  while (left > 0)
    {
      gsize length = rnl_offline_token_length (text, left);

      text += length;
      left -= length;
      count++;
    }

  return count;
}
