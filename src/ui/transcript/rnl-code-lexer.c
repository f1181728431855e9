/* rnl-code-lexer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-lexer.h"

#include <string.h>

/* What a line can begin inside of. */
#define STATE_CODE       0
#define STATE_COMMENT    1
#define STATE_TAG        2
#define STATE_LONG_QUOTE 3 /* and the next ones: which of them */

/* No keyword is longer. */
#define MAX_WORD 32

typedef struct
{
  const RnlCodeLanguage *language;
  const char *line;
  gsize length;
  gsize pos;
  guint state;
  GArray *tokens; /* of RnlCodeToken */
} Scan;

static void
emit (Scan *scan, gsize start, RnlCodeStyle style)
{
  RnlCodeToken token = { (guint) start, (guint) scan->pos, style };

  if (start < scan->pos)
    g_array_append_val (scan->tokens, token);
}

static gboolean
looking_at (Scan *scan, const char *text, gsize length)
{
  return length > 0 && scan->pos + length <= scan->length
         && memcmp (scan->line + scan->pos, text, length) == 0;
}

/* Which of the words in a list, with spaces between them, stands here? Returns its place from 1 on,
 * 0 for none. */
static guint
looking_at_any (Scan *scan, const char *list, gsize *length)
{
  guint place = 1;

  for (const char *word = list; word != NULL && *word != '\0'; place++)
    {
      *length = strcspn (word, " ");
      if (looking_at (scan, word, *length))
        return place;
      word += *length;
      word += strspn (word, " ");
    }

  return 0;
}

static gboolean
is_word (char ch)
{
  return g_ascii_isalnum (ch) || ch == '_' || (guchar) ch >= 0x80;
}

/* Goes on after @end, or to the end of the line. Returns whether it was there. */
static gboolean
skip_past (Scan *scan, const char *end, gsize length, gboolean escapes)
{
  while (scan->pos < scan->length)
    {
      if (looking_at (scan, end, length))
        {
          scan->pos += length;
          return TRUE;
        }
      scan->pos += escapes && scan->line[scan->pos] == '\\' ? 2 : 1;
    }
  scan->pos = scan->length;

  return FALSE;
}

static void
scan_comment (Scan *scan, gsize start)
{
  const char *close = scan->language->block_close;

  scan->state = skip_past (scan, close, strlen (close), FALSE) ? STATE_CODE : STATE_COMMENT;
  emit (scan, start, RNL_CODE_COMMENT);
}

static void
scan_long_string (Scan *scan, gsize start, guint which)
{
  const char *quote = scan->language->long_quotes;

  for (guint i = 1; i < which; i++)
    quote = strchr (quote, ' ') + 1;
  scan->state = skip_past (scan, quote, strcspn (quote, " "), TRUE) ? STATE_CODE
                                                                    : STATE_LONG_QUOTE + which - 1;
  emit (scan, start, RNL_CODE_STRING);
}

static gboolean
is_before_colon (Scan *scan)
{
  gsize at = scan->pos;

  while (at < scan->length && scan->line[at] == ' ')
    at++;

  return at < scan->length && scan->line[at] == ':';
}

static void
scan_string (Scan *scan)
{
  gsize start = scan->pos;
  char quote = scan->line[scan->pos++];

  if (quote == '\'' && (scan->language->flags & RNL_CODE_LIFETIMES)
      && !(scan->pos + 1 < scan->length
           && (scan->line[scan->pos] == '\\' || scan->line[scan->pos + 1] == '\'')))
    return;
  skip_past (scan, &quote, 1, TRUE);
  emit (scan, start,
        (scan->language->flags & RNL_CODE_KEYS) && is_before_colon (scan) ? RNL_CODE_NAME
                                                                          : RNL_CODE_STRING);
}

static gboolean
is_listed (Scan *scan, const char *list, gsize start)
{
  gsize length = scan->pos - start;
  char word[MAX_WORD + 3] = " ";

  if (length > MAX_WORD || *list == '\0')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    word[i + 1] = scan->language->flags & RNL_CODE_CASELESS
                    ? g_ascii_tolower (scan->line[start + i])
                    : scan->line[start + i];
  word[length + 1] = ' ';

  return strstr (list, word) != NULL;
}

/* Whether the word that ends here is the first of its line and names what comes behind `:` or `=`.
 */
static gboolean
is_key (Scan *scan, gsize start)
{
  gsize at = scan->pos;

  if (!(scan->language->flags & RNL_CODE_KEYS))
    return FALSE;
  while (start > 0 && strchr (" \t-", scan->line[start - 1]) != NULL)
    start--;
  while (at < scan->length && scan->line[at] == ' ')
    at++;

  return start == 0 && at < scan->length && (scan->line[at] == ':' || scan->line[at] == '=');
}

static void
scan_word (Scan *scan)
{
  gsize start = scan->pos;
  const char *more = scan->language->flags & RNL_CODE_KEYS ? "-." : "";

  while (scan->pos < scan->length
         && (is_word (scan->line[scan->pos])
             || (*more != '\0' && scan->line[scan->pos] != '\0'
                 && strchr (more, scan->line[scan->pos]) != NULL)))
    scan->pos++;
  if (is_key (scan, start))
    emit (scan, start, RNL_CODE_NAME);
  else if (is_listed (scan, scan->language->keywords, start))
    emit (scan, start, RNL_CODE_KEYWORD);
  else if (is_listed (scan, scan->language->types, start))
    emit (scan, start, RNL_CODE_TYPE);
}

static void
scan_number (Scan *scan)
{
  gsize start = scan->pos;

  while (scan->pos < scan->length
         && (is_word (scan->line[scan->pos])
             || (scan->line[scan->pos] == '.' && scan->pos + 1 < scan->length
                 && g_ascii_isdigit (scan->line[scan->pos + 1]))))
    scan->pos++;
  emit (scan, start, RNL_CODE_NUMBER);
}

/* A word behind one character, as `$name` and `@name`. */
static void
scan_marked (Scan *scan, RnlCodeStyle style)
{
  gsize start = scan->pos++;

  if (scan->pos < scan->length && scan->line[scan->pos] == '{')
    skip_past (scan, "}", 1, FALSE);
  while (scan->pos < scan->length && is_word (scan->line[scan->pos]))
    scan->pos++;
  if (scan->pos > start + 1)
    emit (scan, start, style);
}

static gboolean
scan_comment_or_string (Scan *scan)
{
  const RnlCodeLanguage *language = scan->language;
  gsize start = scan->pos;
  gsize length = language->block_open != NULL ? strlen (language->block_open) : 0;
  guint which;

  if (looking_at (scan, language->block_open, length))
    {
      scan->pos += length;
      scan_comment (scan, start);
    }
  else if (looking_at_any (scan, language->line_comments, &length) > 0
           && (scan->line[start] != '#' || start == 0 || !is_word (scan->line[start - 1])))
    {
      scan->pos = scan->length;
      emit (scan, start, RNL_CODE_COMMENT);
    }
  else if ((which = looking_at_any (scan, language->long_quotes, &length)) > 0)
    {
      scan->pos += length;
      scan_long_string (scan, start, which);
    }
  else if (strchr (language->quotes, scan->line[start]) != NULL)
    scan_string (scan);
  else
    return FALSE;

  return TRUE;
}

static void
scan_code (Scan *scan)
{
  char ch = scan->line[scan->pos];
  RnlCodeLanguageFlags flags = scan->language->flags;

  if (ch == ' ' || ch == '\0')
    scan->pos++;
  else if (ch == '#' && (flags & RNL_CODE_PREPROCESSOR) && strspn (scan->line, " \t") == scan->pos)
    {
      gsize start = scan->pos++;

      while (scan->pos < scan->length
             && (is_word (scan->line[scan->pos]) || scan->line[scan->pos] == ' ')
             && !(scan->line[scan->pos] == ' ' && is_word (scan->line[scan->pos - 1])))
        scan->pos++;
      emit (scan, start, RNL_CODE_META);
    }
  else if (scan_comment_or_string (scan))
    return;
  else if (g_ascii_isdigit (ch))
    scan_number (scan);
  else if (is_word (ch))
    scan_word (scan);
  else if (ch == '$' && (flags & RNL_CODE_VARIABLES))
    scan_marked (scan, RNL_CODE_NAME);
  else if (ch == '@' && (flags & RNL_CODE_ANNOTATIONS))
    scan_marked (scan, RNL_CODE_META);
  else
    scan->pos++;
}

/* Outside a tag everything is text. */
static void
scan_markup (Scan *scan)
{
  const char *open = scan->language->block_open;
  gsize start = scan->pos;

  if (scan->state == STATE_TAG)
    {
      char ch = scan->line[scan->pos];

      if (ch == '>')
        {
          scan->pos++;
          scan->state = STATE_CODE;
          emit (scan, start, RNL_CODE_KEYWORD);
        }
      else if (ch == '"' || ch == '\'')
        scan_string (scan);
      else if (is_word (ch))
        {
          while (scan->pos < scan->length
                 && (is_word (scan->line[scan->pos]) || scan->line[scan->pos] == '-'
                     || scan->line[scan->pos] == ':'))
            scan->pos++;
          emit (scan, start, RNL_CODE_NAME);
        }
      else
        scan->pos++;
    }
  else if (looking_at (scan, open, strlen (open)))
    {
      scan->pos += strlen (open);
      scan_comment (scan, start);
    }
  else if (scan->line[start] == '<' && start + 1 < scan->length
           && (g_ascii_isalpha (scan->line[start + 1])
               || strchr ("/!?", scan->line[start + 1]) != NULL))
    {
      for (scan->pos += 2;
           scan->pos < scan->length && strchr (" \t/>", scan->line[scan->pos]) == NULL;)
        scan->pos++;
      scan->state = STATE_TAG;
      emit (scan, start, RNL_CODE_KEYWORD);
    }
  else
    scan->pos++;
}

static void
scan_patch (Scan *scan)
{
  char first = scan->line[0];

  scan->pos = scan->length;
  if (first == '+')
    emit (scan, 0, RNL_CODE_ADDED);
  else if (first == '-')
    emit (scan, 0, RNL_CODE_REMOVED);
  else if (first == '@')
    emit (scan, 0, RNL_CODE_META);
  else if (first != ' ')
    emit (scan, 0, RNL_CODE_NAME);
}

/**
 * rnl_code_lexer_scan:
 * @language: the language of the line
 * @state: what the line before left, 0 for the first
 * @line: a line, without its end
 * @length: its length in bytes
 * @tokens: (element-type RnlCodeToken): receives what has a style, in order; never overlapping
 *
 * Finds the words, strings and comments of a line. What it finds in the beginning of a line does
 * not depend on the rest, except for the last token of that beginning.
 *
 * Returns: the state for the next line
 */
guint
rnl_code_lexer_scan (
  const RnlCodeLanguage *language, guint state, const char *line, gsize length, GArray *tokens)
{
  Scan scan = { language, line, length, 0, state, tokens };

  g_return_val_if_fail (language != NULL, 0);
  g_return_val_if_fail (tokens != NULL, 0);

  if (language->flags & RNL_CODE_PATCH)
    {
      if (length > 0)
        scan_patch (&scan);
      return STATE_CODE;
    }
  while (scan.pos < length)
    if (scan.state == STATE_COMMENT)
      scan_comment (&scan, scan.pos);
    else if (scan.state >= STATE_LONG_QUOTE)
      scan_long_string (&scan, scan.pos, scan.state - STATE_LONG_QUOTE + 1);
    else if (language->flags & RNL_CODE_MARKUP)
      scan_markup (&scan);
    else
      scan_code (&scan);

  return scan.state;
}
