/* rnl-markdown-lines.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-lines.h"

#include <string.h>

/* Longer than this, a line of fence characters and spaces is code: it bounds what is looked at
 * again when such a line comes in small pieces. */
#define MAX_FENCE_LINE 1000

/* Lines are given without their line end. Columns are counted as CommonMark does, tabs to 4. */

gboolean
rnl_line_is_blank (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (line[i] != ' ' && line[i] != '\t')
      return FALSE;

  return TRUE;
}

guint
rnl_line_indent (const char *line, gsize length, gsize *bytes)
{
  guint columns = 0;
  gsize i;

  for (i = 0; i < length; i++)
    if (line[i] == ' ')
      columns++;
    else if (line[i] == '\t')
      columns += 4 - columns % 4;
    else
      break;
  if (bytes != NULL)
    *bytes = i;

  return columns;
}

gboolean
rnl_line_is_rule (const char *line, gsize length)
{
  gsize i;
  guint count = 0;
  char ch;

  if (rnl_line_indent (line, length, &i) > 3 || i == length)
    return FALSE;
  ch = line[i];
  if (ch != '-' && ch != '*' && ch != '_')
    return FALSE;
  for (; i < length; i++)
    if (line[i] == ch)
      count++;
    else if (line[i] != ' ' && line[i] != '\t')
      return FALSE;

  return count >= 3;
}

gboolean
rnl_line_is_setext (const char *line, gsize length)
{
  gsize i;
  char ch;

  if (rnl_line_indent (line, length, &i) > 3 || i == length)
    return FALSE;
  ch = line[i];
  if (ch != '-' && ch != '=')
    return FALSE;
  while (i < length && line[i] == ch)
    i++;

  return rnl_line_is_blank (line + i, length - i);
}

gboolean
rnl_line_is_heading (const char *line, gsize length)
{
  gsize i, start;

  if (rnl_line_indent (line, length, &i) > 3)
    return FALSE;
  for (start = i; i < length && line[i] == '#'; i++)
    ;

  return i > start && i - start <= 6 && (i == length || line[i] == ' ' || line[i] == '\t');
}

gboolean
rnl_line_is_quote (const char *line, gsize length)
{
  gsize i;

  return rnl_line_indent (line, length, &i) <= 3 && i < length && line[i] == '>';
}

/* The line under a table's header. */
gboolean
rnl_line_is_table_rule (const char *line, gsize length)
{
  gboolean dash = FALSE;
  gboolean bar = FALSE;

  for (gsize i = 0; i < length; i++)
    if (line[i] == '-')
      dash = TRUE;
    else if (line[i] == '|')
      bar = TRUE;
    else if (line[i] != ':' && line[i] != ' ' && line[i] != '\t')
      return FALSE;

  return dash && bar;
}

/* `[label]: address`, which would not be displayed. */
gboolean
rnl_line_is_definition (const char *line, gsize length)
{
  const char *close;

  if (length < 4 || line[0] != '[')
    return FALSE;
  close = memchr (line, ']', length - 1);

  return close != NULL && close[1] == ':';
}

gboolean
rnl_line_opens_fence (const char *line, gsize length, RnlFence *fence)
{
  gsize i, start;
  guint indent = rnl_line_indent (line, length, &i);
  char ch;

  if (indent > 3 || i == length || (line[i] != '`' && line[i] != '~'))
    return FALSE;
  ch = line[i];
  for (start = i; i < length && line[i] == ch; i++)
    ;
  if (i - start < 3 || (ch == '`' && memchr (line + i, '`', length - i) != NULL))
    return FALSE;
  *fence = (RnlFence){ ch, i - start, indent };

  return TRUE;
}

static gboolean
is_fence_end (const char *line, gsize length, const RnlFence *fence, gboolean partial)
{
  gsize i, start;

  if (length > MAX_FENCE_LINE || rnl_line_indent (line, length, &i) > 3)
    return FALSE;
  for (start = i; i < length && line[i] == fence->ch; i++)
    ;
  if (i == length && partial)
    return TRUE;

  return i - start >= fence->length && rnl_line_is_blank (line + i, length - i);
}

gboolean
rnl_line_closes_fence (const char *line, gsize length, const RnlFence *fence)
{
  return is_fence_end (line, length, fence, FALSE);
}

/* Whether more text can turn the line into one that closes the fence. */
gboolean
rnl_line_may_close_fence (const char *line, gsize length, const RnlFence *fence)
{
  return is_fence_end (line, length, fence, TRUE);
}

gboolean
rnl_line_marker (const char *line, gsize length, RnlListMarker *marker)
{
  gsize i, digits, spaces;
  guint column = rnl_line_indent (line, length, &i);
  guint after;

  if (column > 3 || i == length)
    return FALSE;
  *marker = (RnlListMarker){ .delimiter = line[i] };
  if (line[i] == '-' || line[i] == '+' || line[i] == '*')
    column++;
  else
    {
      for (digits = 0; i < length && g_ascii_isdigit (line[i]) && digits < 9; digits++, i++)
        marker->number = marker->number * 10 + (guint) (line[i] - '0');
      if (digits == 0 || i == length || (line[i] != '.' && line[i] != ')'))
        return FALSE;
      marker->ordered = TRUE;
      marker->delimiter = line[i];
      column += digits + 1;
    }
  i++;
  if (i < length && line[i] != ' ' && line[i] != '\t')
    return FALSE;

  marker->empty = rnl_line_is_blank (line + i, length - i);
  after = rnl_line_indent (line + i, length - i, &spaces);
  if (marker->empty || after > 4)
    after = spaces = 1;
  marker->content = column + after;
  marker->length = MIN (i + spaces, length);

  return TRUE;
}

/* How many bytes of indents, quote signs and list markers the line begins with. */
gsize
rnl_line_skip_containers (const char *line, gsize length)
{
  RnlListMarker marker;
  gsize pos = 0;

  for (;;)
    {
      gsize spaces;

      rnl_line_indent (line + pos, length - pos, &spaces);
      pos += spaces;
      if (pos < length && line[pos] == '>')
        pos++;
      else if (rnl_line_marker (line + pos, length - pos, &marker) && !marker.empty)
        pos += marker.length;
      else
        return pos;
    }
}
