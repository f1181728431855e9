/* rnl-prose.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prose.h"

#include <pango/pango.h>
#include <string.h>

/* In no word of prose: paths, addresses, mentions, options, markup, formulas. */
#define CODE_CHARS "/\\@=<>{}|$^#%&"

/* Blanks what is not prose; where everything else stands stays the same. */
static void
blank (char *from, const char *to)
{
  memset (from, ' ', to - from);
}

/* What a line of at least three backticks or tildes opens; TEXT for any other line. */
static RnlProseState
read_fence (const char *line, const char **rest)
{
  const char *mark = line + strspn (line, " ");
  gsize n = *mark == '`' || *mark == '~' ? strspn (mark, *mark == '`' ? "`" : "~") : 0;

  if (mark - line > 3 || n < 3)
    return RNL_PROSE_TEXT;
  *rest = mark + n;

  return *mark == '`' ? RNL_PROSE_BACKTICKS : RNL_PROSE_TILDES;
}

/* Returns: what comes after LINE */
static RnlProseState
pass_fence (const char *line, RnlProseState state)
{
  const char *rest = NULL;
  RnlProseState fence = read_fence (line, &rest);

  if (fence == RNL_PROSE_TEXT)
    return state;
  if (state == RNL_PROSE_TEXT)
    return fence == RNL_PROSE_BACKTICKS && strchr (rest, '`') != NULL ? state : fence;

  return fence == state && rest[strspn (rest, " \t")] == '\0' ? RNL_PROSE_TEXT : state;
}

/* The next run of N backticks. */
static char *
find_backticks (char *from, gsize n)
{
  for (char *run = strchr (from, '`'); run != NULL; run = strchr (run, '`'))
    {
      gsize length = strspn (run, "`");

      if (length == n)
        return run;
      run += length;
    }

  return NULL;
}

/* What nobody has closed yet is code to the end of the line. */
static void
blank_code (char *line)
{
  char *open;

  while ((open = strchr (line, '`')) != NULL)
    {
      gsize n = strspn (open, "`");
      char *close = find_backticks (open + n, n);
      char *end = close != NULL ? close + n : open + strlen (open);

      blank (open, end);
      line = end;
    }
}

/* What stands between braces on a line is a slot, or code. The braces stay: what touches them is no
 * word either. */
static void
blank_slots (char *line)
{
  char *open, *close;

  while ((open = strchr (line, '{')) != NULL && (close = strchr (open, '}')) != NULL)
    {
      blank (open + 1, close);
      line = close;
    }
}

/* Whether a dot, a colon or an underscore stands between two letters of it, or an opening bracket
 * behind one. */
static gboolean
has_inner_mark (const char *token, const char *end)
{
  for (const char *at = token + 1; at + 1 < end; at++)
    {
      const char mark[] = { *at, '\0' };
      const char *next = at + strspn (at, mark);

      if (strchr ("(._:", *at) == NULL
          || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
        continue;
      if (*at == '(' || (next < end && g_unichar_isalnum (g_utf8_get_char (next))))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_prose (const char *token, const char *end)
{
  if (*token == '_' || (*token == '-' && token + 1 < end && !g_ascii_isspace (token[1])))
    return FALSE;
  for (const char *at = token; at < end; at = g_utf8_next_char (at))
    if (strchr (CODE_CHARS, *at) != NULL || g_unichar_isdigit (g_utf8_get_char (at)))
      return FALSE;

  return !has_inner_mark (token, end);
}

/* Looks at what stands between two spaces as a whole. */
static void
blank_tokens (char *line)
{
  for (char *at = line; *at != '\0';)
    {
      char *token;

      while (*at != '\0' && g_unichar_isspace (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      for (token = at; *at != '\0' && !g_unichar_isspace (g_utf8_get_char (at));)
        at = g_utf8_next_char (at);
      if (at > token && !is_prose (token, at))
        blank (token, at);
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/**
 * rnl_prose_is_in_word:
 * @c: a character
 *
 * Returns: whether a word may have it
 */
gboolean
rnl_prose_is_in_word (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c) || is_apostrophe (c);
}

/* Words of one letter, of capital letters, and with capital letters inside, are names of something.
 */
static gboolean
is_word (const char *start, const char *end)
{
  guint n_letters = 0;

  for (const char *at = start; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!rnl_prose_is_in_word (c) || (n_letters > 0 && g_unichar_isupper (c)))
        return FALSE;
      n_letters += g_unichar_isalpha (c);
    }

  return n_letters > 1;
}

/* An apostrophe between two letters is one of a word; Pango sees two words. */
static void
find_words (const char *line, gsize length, GArray *words)
{
  glong n_attrs = g_utf8_strlen (line, length) + 1;
  g_autofree PangoLogAttr *attrs = g_new0 (PangoLogAttr, n_attrs);
  const char *start = NULL;
  const char *at = line;

  pango_get_log_attrs (line, length, -1, pango_language_get_default (), attrs, n_attrs);
  for (glong i = 0; i < n_attrs; i++, at = g_utf8_next_char (at))
    {
      gboolean joins
        = i + 1 < n_attrs && is_apostrophe (g_utf8_get_char (at)) && attrs[i + 1].is_word_start;

      if (attrs[i].is_word_end && start != NULL && !joins)
        {
          RnlProseWord word = { start - line, at - line };

          if (is_word (start, at))
            g_array_append_val (words, word);
          start = NULL;
        }
      if (attrs[i].is_word_start && start == NULL)
        start = at;
    }
}

/**
 * rnl_prose_read_line:
 * @line: a line of text, in UTF-8
 * @length: its length, in bytes, without what ends it
 * @state: what comes after the line before
 * @words: (element-type RnlProseWord) (nullable): where words are added, in their order
 *
 * Finds the words a dictionary may judge. Code (fenced, or between backticks), lines that begin
 * with a slash, what stands between braces, addresses, paths, mentions, and words with digits,
 * underscores, or capital letters inside are not among them.
 *
 * Returns: what comes after @line
 */
RnlProseState
rnl_prose_read_line (const char *line, gsize length, RnlProseState state, GArray *words)
{
  g_autofree char *prose = g_strndup (line, MIN (length, RNL_PROSE_MAX_LINE));
  RnlProseState next = length <= RNL_PROSE_MAX_LINE ? pass_fence (prose, state) : state;

  if (words == NULL || length > RNL_PROSE_MAX_LINE || state != RNL_PROSE_TEXT
      || next != RNL_PROSE_TEXT || prose[strspn (prose, " \t")] == '/')
    return next;
  blank_code (prose);
  blank_slots (prose);
  blank_tokens (prose);
  find_words (prose, strlen (prose), words);

  return next;
}
