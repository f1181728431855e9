/* rnl-markdown-lines.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-lines.h"

#include <string.h>

/* Longer than this, a line of fence characters and spaces is code: it bounds what is looked at
 * again when such a line comes in small pieces. */
#define MAX_FENCE_LINE 1000

/* A line of nothing but marks that is shorter than this may still become anything. */
#define MAX_MARKS 40

#define TAB 4

static gboolean
is_blank (char ch)
{
  return ch == ' ' || ch == '\t';
}

static gboolean
all_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!is_blank (text[i]))
      return FALSE;

  return TRUE;
}

static gsize
run_length (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && text[n] == text[0])
    n++;

  return n;
}

void
rnl_line_init (RnlLine *self, const char *text, gsize length)
{
  *self = (RnlLine){ .text = text, .length = length };
}

/* Returns the columns up to the first character that is not blank; @first receives its place. */
guint
rnl_line_get_indent (const RnlLine *self, gsize *first)
{
  guint column = self->column;
  gsize pos;

  for (pos = self->pos; pos < self->length && is_blank (self->text[pos]); pos++)
    column += self->text[pos] == '\t' ? TAB - column % TAB : 1;
  if (first != NULL)
    *first = pos;

  return column - self->column;
}

gboolean
rnl_line_is_blank (const RnlLine *self)
{
  return all_blank (self->text + self->pos, self->length - self->pos);
}

/* Goes over blanks, at most so many columns. */
void
rnl_line_skip_columns (RnlLine *self, guint columns)
{
  while (columns > 0 && self->pos < self->length && is_blank (self->text[self->pos]))
    {
      guint width = self->text[self->pos] == '\t' ? TAB - self->column % TAB : 1;
      guint used = MIN (width, columns);

      self->column += used;
      columns -= used;
      self->in_tab = used < width;
      if (!self->in_tab)
        self->pos++;
    }
}

/* Goes over characters that are one column wide. */
void
rnl_line_skip_bytes (RnlLine *self, gsize bytes)
{
  self->pos += bytes;
  self->column += (guint) bytes;
  self->in_tab = FALSE;
}

void
rnl_line_skip_blanks (RnlLine *self)
{
  rnl_line_skip_columns (self, rnl_line_get_indent (self, NULL));
}

void
rnl_line_append_rest (const RnlLine *self, GString *out)
{
  gsize pos = self->pos;

  if (self->in_tab)
    {
      for (guint n = TAB - self->column % TAB; n > 0; n--)
        g_string_append_c (out, ' ');
      pos++;
    }
  g_string_append_len (out, self->text + pos, (gssize) (self->length - pos));
}

gboolean
rnl_line_is_rule (const char *line, gsize length)
{
  guint count = 0;

  if (length == 0 || (line[0] != '-' && line[0] != '*' && line[0] != '_'))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (line[i] == line[0])
      count++;
    else if (!is_blank (line[i]))
      return FALSE;

  return count >= 3;
}

gboolean
rnl_line_is_setext (const char *line, gsize length)
{
  gsize n;

  if (length == 0 || (line[0] != '-' && line[0] != '='))
    return FALSE;
  n = run_length (line, length);

  return all_blank (line + n, length - n);
}

/* Returns the level. */
guint
rnl_line_is_heading (const char *line, gsize length)
{
  gsize n;

  if (length == 0 || line[0] != '#')
    return 0;
  n = run_length (line, length);

  return n <= 6 && (n == length || is_blank (line[n])) ? (guint) n : 0;
}

gboolean
rnl_line_opens_fence (const char *line, gsize length, RnlFence *fence)
{
  gsize n;

  if (length == 0 || (line[0] != '`' && line[0] != '~'))
    return FALSE;
  n = run_length (line, length);
  if (n < 3 || (line[0] == '`' && memchr (line + n, '`', length - n) != NULL))
    return FALSE;
  *fence = (RnlFence){ .ch = line[0], .length = (guint) n };

  return TRUE;
}

/* @partial: whether more text can turn the line into one that closes the fence. */
gboolean
rnl_line_closes_fence (const char *line, gsize length, const RnlFence *fence, gboolean partial)
{
  gsize n;

  if (length == 0 || length > MAX_FENCE_LINE)
    return partial && length == 0;
  if (line[0] != fence->ch)
    return FALSE;
  n = run_length (line, length);
  if (n == length && partial)
    return TRUE;

  return n >= fence->length && all_blank (line + n, length - n);
}

/* A marker is followed by a blank or ends the line. */
gboolean
rnl_line_marker (const char *line, gsize length, RnlListMarker *marker)
{
  gsize n = 0;

  if (length == 0)
    return FALSE;
  *marker = (RnlListMarker){ .delimiter = line[0] };
  if (line[0] != '-' && line[0] != '+' && line[0] != '*')
    {
      for (; n < length && g_ascii_isdigit (line[n]) && n < 9; n++)
        marker->number = marker->number * 10 + (guint) (line[n] - '0');
      if (n == 0 || n == length || (line[n] != '.' && line[n] != ')'))
        return FALSE;
      marker->ordered = TRUE;
      marker->delimiter = line[n];
    }
  marker->length = n + 1;

  return marker->length == length || is_blank (line[marker->length]);
}

/* `[^label]:`; returns its length or 0. @label receives that of the label. */
gsize
rnl_line_footnote (const char *line, gsize length, gsize *label)
{
  gsize n = 2;

  if (length < 5 || line[0] != '[' || line[1] != '^')
    return 0;
  while (n < length && !g_ascii_isspace (line[n]) && line[n] != ']' && line[n] != '[')
    n++;
  if (n == 2 || n + 1 >= length || line[n] != ']' || line[n + 1] != ':')
    return 0;
  *label = n - 2;

  return n + 2;
}

/* Displayed maths: `$$...$$` or `\[...\]` alone on a line, or what opens it. Since `\[` is also an
 * escaped bracket, it opens only alone or before TeX. */
RnlMathLine
rnl_line_math (const char *line, gsize length)
{
  gboolean dollars = length >= 2 && line[0] == '$' && line[1] == '$';
  const char *close;

  if (!dollars && (length < 2 || line[0] != '\\' || line[1] != '['))
    return RNL_MATH_NONE;
  line += 2;
  length -= 2;
  while (length > 0 && is_blank (line[length - 1]))
    length--;
  close = g_strstr_len (line, (gssize) length, dollars ? "$$" : "\\]");
  if (close != NULL)
    return close > line && close + 2 == line + length ? RNL_MATH_WHOLE : RNL_MATH_NONE;

  return dollars || length == 0 || memchr (line, '\\', length) != NULL ? RNL_MATH_OPENS
                                                                       : RNL_MATH_NONE;
}

/* Whether a line that is not whole says nothing yet. */
gboolean
rnl_line_is_marks (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (line[i] == '\0' || strchr ("-=*_#>+~`|:.) \t0123456789", line[i]) == NULL)
      return FALSE;

  return length <= MAX_MARKS;
}
