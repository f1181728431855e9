/* rnl-markdown-hold.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-hold.h"
#include "rnl-markdown-lines.h"

#include <string.h>

/* Bounds in bytes: something undecided for longer than this is shown as it stands. */
#define MAX_MARKS      40   /* a line of nothing but marks */
#define MAX_FENCE_INFO 200  /* the line that opens a fence */
#define MAX_TABLE_HEAD 1000 /* a table's header and the line under it */
#define MAX_LABEL      300  /* `[text` */
#define MAX_ADDRESS    1200 /* `[text](address` */
#define MAX_ENTITY     32
#define MAX_EMPHASIS   1000 /* shown with its style before it is closed */
#define MAX_LOOK_BACK  4000
#define MAX_OPEN       16
#define MAX_STEPS      20000 /* of looking for the other end of a link, in all */

typedef struct
{
  gsize pos;
  gsize length;
  char ch;
} Opener;

typedef struct
{
  const char *text;
  gsize length; /* shrinks to what can be shown */
  Opener open[MAX_OPEN];
  guint n_open;
  guint steps; /* left */
} Scan;

/* Where the paragraph, cell row or item that the last line belongs to begins. */
static gsize
group_start (const char *text, gsize line)
{
  gsize start = line;

  while (start > 0 && line - start < MAX_LOOK_BACK)
    {
      const char *newline = start >= 2 ? memrchr (text, '\n', start - 1) : NULL;
      gsize previous = newline != NULL ? (gsize) (newline - text) + 1 : 0;
      gsize length = start - 1 - previous;
      RnlListMarker marker;

      if (rnl_line_is_blank (text + previous, length)
          || rnl_line_is_heading (text + previous, length) || text[previous] == '|')
        break;
      start = previous;
      if (rnl_line_marker (text + previous + strspn (text + previous, " "),
                           length - MIN (length, strspn (text + previous, " ")), &marker))
        break;
    }

  return start;
}

static gsize
run_length (const Scan *scan, gsize pos)
{
  gsize end = pos;

  while (end < scan->length && scan->text[end] == scan->text[pos])
    end++;

  return end - pos;
}

static gboolean
is_word (char ch)
{
  return g_ascii_isalnum (ch) || (ch & 0x80) != 0;
}

/* Each of these looks at one construct at @pos and returns where to go on; `scan->length` becomes
 * @pos when the construct is still undecided. */

static gsize
scan_code (Scan *scan, gsize pos)
{
  gsize ticks = run_length (scan, pos);
  gsize next = pos + ticks;

  if (next == scan->length)
    return scan->length = pos;
  while (next < scan->length)
    {
      const char *found = memchr (scan->text + next, '`', scan->length - next);
      gsize run;

      if (found == NULL)
        break;
      next = (gsize) (found - scan->text);
      run = run_length (scan, next);
      if (run == ticks)
        return next + run;
      if (next + run == scan->length) /* it may become the end */
        {
          scan->length = next;
          break;
        }
      next += run;
    }
  if (scan->length - pos > MAX_EMPHASIS || scan->n_open == MAX_OPEN)
    return pos + ticks;
  scan->open[scan->n_open++] = (Opener){ pos, ticks, '`' };

  return scan->length;
}

static gsize
find_close (Scan *scan, gsize pos, char open, char close)
{
  guint depth = 0;

  for (gsize i = pos; i < scan->length; i++, scan->steps--)
    if (scan->steps == 0)
      break;
    else if (scan->text[i] == '\\')
      i++;
    else if (scan->text[i] == open)
      depth++;
    else if (scan->text[i] == close && --depth == 0)
      return i;
    else if (i - pos > MAX_ADDRESS)
      break;

  return scan->length;
}

static gsize
scan_link (Scan *scan, gsize pos)
{
  gsize from = pos > 0 && scan->text[pos - 1] == '!' ? pos - 1 : pos;
  gsize end = find_close (scan, pos, '[', ']');

  if (scan->steps == 0)
    return pos + 1;
  if (end >= scan->length)
    return scan->length - pos <= MAX_LABEL ? (scan->length = from) : pos + 1;
  if (end + 1 == scan->length)
    return scan->length = from;
  if (scan->text[end + 1] != '(')
    return pos + 1;
  end = find_close (scan, end + 1, '(', ')');
  if (end >= scan->length)
    return scan->length - pos <= MAX_ADDRESS ? (scan->length = from) : pos + 1;

  return end + 1;
}

static gsize
scan_until (Scan *scan, gsize pos, const char *end, gsize bound)
{
  for (gsize i = pos + 1; i < scan->length && i - pos <= bound; i++)
    if (strchr (end, scan->text[i]) != NULL)
      return pos + 1;

  return scan->length - pos <= bound ? (scan->length = pos) : pos + 1;
}

static gsize
scan_emphasis (Scan *scan, gsize pos)
{
  char ch = scan->text[pos];
  gsize run = run_length (scan, pos);
  gsize next = pos + run;
  char before = pos > 0 ? scan->text[pos - 1] : ' ';
  char after;

  if (next == scan->length)
    return scan->length = pos;
  after = scan->text[next];
  if (!g_ascii_isspace (before))
    for (; run > 0 && scan->n_open > 0 && scan->open[scan->n_open - 1].ch == ch;)
      {
        Opener *top = &scan->open[scan->n_open - 1];
        gsize used = MIN (run, top->length);

        run -= used;
        top->length -= used;
        if (top->length == 0)
          scan->n_open--;
      }
  if (run > 0 && run <= 3 && !g_ascii_isspace (after) && !is_word (before)
      && scan->n_open < MAX_OPEN)
    scan->open[scan->n_open++] = (Opener){ next - run, run, ch };

  return next;
}

static void
scan_inline (Scan *scan, gsize pos)
{
  while (pos < scan->length)
    switch (scan->text[pos])
      {
      case '\\':
        if (pos + 1 == scan->length)
          scan->length = pos;
        pos += 2;
        break;
      case '`':
        pos = scan_code (scan, pos);
        break;
      case '[':
        pos = scan_link (scan, pos);
        break;
      case '!':
        if (pos + 1 == scan->length)
          scan->length = pos;
        pos++;
        break;
      case '<':
        pos = scan_until (scan, pos, "> \n<", MAX_LABEL);
        break;
      case '&':
        pos = scan_until (scan, pos, "; \n&.,", MAX_ENTITY);
        break;
      case '*':
      case '_':
      case '~':
        pos = scan_emphasis (scan, pos);
        break;
      default:
        pos++;
        break;
      }
}

/* What is open is closed for now, so that it shows its style from its first letter. */
static void
close_open (Scan *scan, GString *closers)
{
  while (scan->n_open > 0)
    {
      Opener *top = &scan->open[scan->n_open - 1];
      gsize end = scan->length;

      while (end > top->pos
             && (g_ascii_isspace (scan->text[end - 1])
                 || (top->ch == '`' && scan->text[end - 1] == '`')))
        end--;
      if (top->pos + top->length < end)
        {
          scan->length = end;
          break;
        }
      scan->length = MIN (scan->length, top->pos);
      scan->n_open--;
    }
  for (guint i = scan->n_open; i > 0; i--)
    if (scan->length - scan->open[i - 1].pos <= MAX_EMPHASIS)
      for (gsize n = 0; n < scan->open[i - 1].length; n++)
        g_string_append_c (closers, scan->open[i - 1].ch);
}

static gboolean
is_marks (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (strchr ("-=*_#>+~`|:.) \t0123456789", line[i]) == NULL || line[i] == '\0')
      return FALSE;

  return length <= MAX_MARKS;
}

/* A table's header would first be seen as a paragraph. */
static gboolean
is_table_head (const char *text, gsize length, gsize line)
{
  const char *newline = memchr (text, '\n', length);

  if (length == 0 || text[0] != '|' || length > MAX_TABLE_HEAD)
    return FALSE;

  return newline == NULL
         || ((gsize) (newline - text) + 1 == line
             && strspn (text + line, "|:- \t") == length - line);
}

/*
 * rnl_markdown_hold:
 * @text: a stretch whose end is not there yet
 * @length: its length
 * @line: where its last line begins
 * @in_fence: whether that line stands in a fenced code block
 * @closers: receives what is to be parsed after the shown part
 *
 * Returns: how much of @text can be shown
 */
gsize
rnl_markdown_hold (const char *text, gsize length, gsize line, gboolean in_fence, GString *closers)
{
  Scan scan = { .text = text, .length = length, .steps = MAX_STEPS };
  gsize skip;

  if (is_table_head (text, length, line))
    return 0;
  skip = line + rnl_line_skip_containers (text + line, length - line);
  if (in_fence)
    return skip == length || text[skip] == '`' || text[skip] == '~' ? line : length;
  if (length - line <= MAX_FENCE_INFO && length - skip >= 3
      && (strncmp (text + skip, "```", 3) == 0 || strncmp (text + skip, "~~~", 3) == 0))
    return line;
  if (is_marks (text + line, length - line))
    scan.length = line;
  scan_inline (&scan, group_start (text, line));
  close_open (&scan, closers);

  return scan.length;
}
