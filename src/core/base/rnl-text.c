/* rnl-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-text.h"

#include <string.h>

/**
 * rnl_set_str:
 * @dest: (inout): a string owned by the caller
 * @value: (nullable): the new value
 *
 * Returns: whether @dest changed
 */
gboolean
rnl_set_str (char **dest, const char *value)
{
  char *copy;

  if (g_strcmp0 (*dest, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*dest);
  *dest = copy;

  return TRUE;
}

/**
 * rnl_text_ellipsize:
 * @text: UTF-8
 * @max_chars: length limit in code points
 *
 * Returns: (transfer full): @text, cut to @max_chars with an ellipsis when it is longer
 */
char *
rnl_text_ellipsize (const char *text, gsize max_chars)
{
  const char *end = text;

  for (gsize i = 0; i < max_chars; i++)
    {
      if (*end == '\0')
        return g_strdup (text);
      end = g_utf8_next_char (end);
    }
  if (*end == '\0')
    return g_strdup (text);

  end = g_utf8_find_prev_char (text, end);

  return g_strdup_printf ("%.*s…", (int) (end != NULL ? end - text : 0), text);
}

/**
 * rnl_text_first_line:
 * @text: UTF-8
 * @max_chars: length limit in code points
 *
 * Returns: (transfer full): the first line that is not blank, with runs of white space made one
 *   space, cut to @max_chars
 */
char *
rnl_text_first_line (const char *text, gsize max_chars)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gsize chars = 0;

  while (g_ascii_isspace (*text))
    text++;
  for (; *text != '\0' && *text != '\n' && *text != '\r' && chars <= max_chars;
       text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c))
        {
          if (line->len == 0 || line->str[line->len - 1] == ' ')
            continue;
          c = ' ';
        }
      g_string_append_unichar (line, c);
      chars++;
    }
  g_strchomp (line->str);

  return rnl_text_ellipsize (line->str, max_chars);
}

/**
 * rnl_text_snippet:
 * @markdown: UTF-8, perhaps Markdown
 * @max_chars: length limit in code points
 *
 * Returns: (transfer full): the first line that says something, without the marks of headings,
 *   quotes, lists, emphasis and code, cut to @max_chars: for a list, not for reading
 */
char *
rnl_text_snippet (const char *markdown, gsize max_chars)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *line = NULL;

  /* A little more than will be shown is enough, however long the answer is. */
  markdown += strspn (markdown, "#>-*+`~ \t\r\n");
  for (gsize chars = 0; *markdown != '\0' && chars < 2 * max_chars; chars++)
    {
      const char *next = g_utf8_next_char (markdown);
      gboolean alone = plain->len > 0 && plain->str[plain->len - 1] == ' ' && *next == ' ';

      /* A mark touches what it marks; a star between spaces is a multiplication. */
      if (strchr ("*`", *markdown) == NULL || alone)
        g_string_append_len (plain, markdown, next - markdown);
      markdown = next;
    }
  line = rnl_text_first_line (plain->str, max_chars);

  return g_steal_pointer (&line);
}

/**
 * rnl_uuid_new:
 *
 * Returns: (transfer full): a version 7 UUID: sortable by the time it was made (RFC 9562)
 */
char *
rnl_uuid_new (void)
{
  guint64 ms = (guint64) g_get_real_time () / 1000;
  guint32 a = g_random_int (), b = g_random_int (), c = g_random_int ();

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x", (guint) (ms >> 16),
                          (guint) (ms & 0xffff), a & 0xfff, ((a >> 12) & 0x3fff) | 0x8000,
                          b & 0xffff, c);
}

/**
 * rnl_time_to_iso8601:
 * @unix_us: microseconds since 1970 (UTC)
 *
 * Returns: (transfer full): for example `2026-11-20T09:15:02.123Z`
 */
char *
rnl_time_to_iso8601 (gint64 unix_us)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (unix_us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", text, (int) (unix_us % G_USEC_PER_SEC / 1000));
}

/* A fence must be longer than any run of backticks inside it. */
static gsize
fence_length (const char *text)
{
  gsize longest = 0;
  gsize run = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }

  return MAX (longest + 1, 3);
}

/**
 * rnl_text_fence:
 * @name: the name of a file
 * @text: what is in it
 *
 * Returns: (transfer full): the name and a fenced code block, in the language the name ends in
 */
char *
rnl_text_fence (const char *name, const char *text)
{
  g_autofree char *fence = g_strnfill (fence_length (text), '`');
  const char *dot = strrchr (name, '.');
  gsize length = strlen (text);

  return g_strdup_printf ("%s:\n%s%s\n%s%s%s\n", name, fence, dot != NULL ? dot + 1 : "", text,
                          length == 0 || text[length - 1] == '\n' ? "" : "\n", fence);
}
