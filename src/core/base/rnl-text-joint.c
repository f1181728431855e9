/* rnl-text-joint.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-text-joint.h"

#include <string.h>

#define FENCE_LENGTH 3
#define MAX_INDENT   3

/* How many times the fence character stands at the beginning of a line, 0 when it is no fence. */
static gsize
fence_length (const char *line, gsize length, char *mark)
{
  gsize indent = 0, n = 0;

  while (indent < length && line[indent] == ' ')
    indent++;
  if (indent > MAX_INDENT || indent == length || (line[indent] != '`' && line[indent] != '~'))
    return 0;

  *mark = line[indent];
  while (indent + n < length && line[indent + n] == *mark)
    n++;

  return n >= FENCE_LENGTH ? n : 0;
}

static gboolean
is_in_fence (const char *text)
{
  gsize open = 0;
  char mark = 0;

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");
      char found = 0;
      gsize n = fence_length (text, length, &found);

      if (open == 0 && n > 0)
        {
          open = n;
          mark = found;
        }
      else if (n >= open && found == mark)
        open = 0;
      text += length + (text[length] == '\n');
    }

  return open > 0;
}

/* The character that ends a sentence at the end of TEXT, closing marks aside; 0 in the middle of
 * one. The point behind one letter only is that of an abbreviation. */
static char
sentence_end (const char *text)
{
  static const char *const closing[] = { "\"", "'", ")", "]", "*", "_", "`", "”", "’", "»" };
  gsize length = strlen (text);

  for (gsize i = 0; i < G_N_ELEMENTS (closing); i++)
    {
      gsize n = strlen (closing[i]);

      if (length < n || memcmp (text + length - n, closing[i], n) != 0)
        continue;
      length -= n;
      i = (gsize) -1; /* from the first again */
    }
  if (length == 0 || strchr (".!?:", text[length - 1]) == NULL)
    return 0;
  if (text[length - 1] == '.' && length > 1 && g_ascii_isupper (text[length - 2])
      && (length == 2 || !g_ascii_isalpha (text[length - 3])))
    return 0;

  return text[length - 1];
}

/* A heading, a list, a quotation, a table or a fence. */
static gboolean
begins_block (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  if (digits > 0)
    return (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
  if (strchr ("-*+", *text) != NULL)
    return text[1] == ' ';

  return strchr ("#>|", *text) != NULL || g_str_has_prefix (text, "```");
}

/**
 * rnl_text_joint:
 * @before: Markdown that broke off
 * @after: how it goes on, not empty
 *
 * Whoever goes on with a text begins where it stopped, in the middle of a word or of a line of
 * code: nothing comes between then. Only behind a whole sentence, what begins like another one is a
 * paragraph of its own.
 *
 * Returns: (transfer none): what belongs between them
 */
const char *
rnl_text_joint (const char *before, const char *after)
{
  gunichar next = g_utf8_get_char_validated (after, -1);
  gsize length = strlen (before);
  char end;

  if (length == 0 || g_ascii_isspace (before[length - 1]) || g_ascii_isspace (*after))
    return "";
  end = sentence_end (before);
  if (end == 0 || is_in_fence (before))
    return "";
  if (begins_block (after) || (end != ':' && next < (gunichar) -2 && g_unichar_isupper (next)))
    return "\n\n";

  return "";
}
