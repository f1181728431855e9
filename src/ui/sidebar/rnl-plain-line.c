/* rnl-plain-line.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-plain-line.h"

#include <string.h>

/* Two stars with a word on one side only; not those of "2**5" or "2 ** 5". */
static gboolean
is_strong_mark (const char *text, const char *p)
{
  char before = p > text ? p[-1] : ' ';
  char after = p[0] == '*' && p[1] == '*' && p[2] != '\0' ? p[2] : ' ';

  if (p[0] != '*' || p[1] != '*')
    return FALSE;

  return (!g_ascii_isalnum (before) && !g_ascii_isspace (after))
         || (!g_ascii_isspace (before) && !g_ascii_isalnum (after));
}

/**
 * rnl_plain_line:
 * @text: (nullable): a piece of Markdown
 *
 * Marks of Markdown say nothing in a row of a list, which has no room for headings and code.
 *
 * Returns: (transfer full): the text without them
 */
char *
rnl_plain_line (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0';)
    {
      gsize marks = p == text || p[-1] == '\n' ? strspn (p, "#>") : 0;

      if (marks > 0 && marks <= 6 && p[marks] == ' ')
        p += marks + 1;
      else if (is_strong_mark (text, p))
        p += 2;
      else if (*p == '`')
        p++;
      else
        g_string_append_c (out, *p++);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
