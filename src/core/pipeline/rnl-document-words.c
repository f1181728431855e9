/* rnl-document-words.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-words.h"

/* A question of more words than this is a text; the rest says little. */
#define MAX_WORDS 64

/* Scripts that write no blanks between words: each character stands for itself. */
static gboolean
is_unspaced (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;

  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * rnl_document_words_segment:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): the text with blanks around the characters of scripts that have none
 */
char *
rnl_document_words_segment (const char *text)
{
  GString *segmented = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_unspaced (c))
        {
          g_string_append_c (segmented, ' ');
          g_string_append_unichar (segmented, c);
          g_string_append_c (segmented, ' ');
        }
      else
        g_string_append_unichar (segmented, c);
    }

  return g_string_free (segmented, FALSE);
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static void
add_word (GString *match, GString *word, guint *n_words)
{
  if (word->len > 0 && *n_words < MAX_WORDS)
    {
      g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " OR " : "", word->str);
      (*n_words)++;
    }
  g_string_truncate (word, 0);
}

/* Two neighbours say more than one character; a lone one is asked for as it is. */
static const char *
add_unspaced (GString *match, const char *at, guint *n_words)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gunichar c = g_utf8_get_char (at);
  const char *next = g_utf8_next_char (at);
  gboolean first = TRUE;

  while (*next != '\0' && is_unspaced (g_utf8_get_char (next)))
    {
      gunichar follower = g_utf8_get_char (next);

      g_string_append_unichar (word, c);
      g_string_append_c (word, ' ');
      g_string_append_unichar (word, follower);
      add_word (match, word, n_words);
      c = follower;
      next = g_utf8_next_char (next);
      first = FALSE;
    }
  if (first)
    {
      g_string_append_unichar (word, c);
      add_word (match, word, n_words);
    }

  return next;
}

/**
 * rnl_document_words_match:
 * @question: anything a person types, valid UTF-8 or not
 *
 * Only letters and digits get into the expression, in quotes, so nothing in the question is taken
 * for syntax.
 *
 * Returns: (transfer full) (nullable): an FTS5 expression that any of the words satisfies, or
 *   `NULL` when there are none
 */
char *
rnl_document_words_match (const char *question)
{
  g_autofree char *valid = g_utf8_make_valid (question, -1);
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GString) word = g_string_new (NULL);
  guint n_words = 0;

  for (const char *at = valid; *at != '\0' && n_words < MAX_WORDS;)
    {
      gunichar c = g_utf8_get_char (at);

      if (is_unspaced (c))
        {
          add_word (match, word, &n_words);
          at = add_unspaced (match, at, &n_words);
          continue;
        }
      if (is_word_char (c))
        g_string_append_unichar (word, c);
      else
        add_word (match, word, &n_words);
      at = g_utf8_next_char (at);
    }
  add_word (match, word, &n_words);

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}
