/* rnl-inline-markdown.c: the text of a block with its spans, written as Markdown
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-slice.h"

#include <string.h>

/* What is written as a pair of marks around text that may hold other marks. */
static const struct
{
  RnlSpanFlags flag;
  const char *mark;
} emphases[] = {
  { RNL_SPAN_STRONG, "**" },
  { RNL_SPAN_STRIKE, "~~" },
  { RNL_SPAN_EMPH, "*" },
};

#define N_EMPHASES G_N_ELEMENTS (emphases)
#define LINK       N_EMPHASES
#define MAX_OPEN   (N_EMPHASES + 1)

typedef struct
{
  gsize start;
  gsize end;
  guint kind;          /* of emphasis, or LINK */
  const RnlSpan *span; /* of a link, borrowed */
} Run;

typedef struct
{
  GString *out;
  RnlBlock *block;
  gsize from;
  gsize to;
  gboolean in_cell;
  gboolean in_heading;

  /* owned */
  GArray *runs; /* of Run, by start, the longer first */

  Run open[MAX_OPEN * 2];
  guint n_open;
  guint span; /* the first that may matter */
} Writer;

static const char *
text_of (Writer *self)
{
  return rnl_block_get_text (self->block);
}

static gboolean
is_space_at (Writer *self, gsize at)
{
  return at >= self->to || at < self->from
         || g_unichar_isspace (g_utf8_get_char (text_of (self) + at));
}

static gsize
previous (Writer *self, gsize at)
{
  return at > self->from ? (gsize) (g_utf8_prev_char (text_of (self) + at) - text_of (self))
                         : G_MAXSIZE;
}

static gboolean
is_word_at (Writer *self, gsize at)
{
  return at < self->to && at >= self->from
         && g_unichar_isalnum (g_utf8_get_char (text_of (self) + at));
}

/* {{{ Runs of one emphasis, or of one link */

/* An address is a link by itself, and none inside of another. */
static gboolean
is_address (Writer *self, const Run *run)
{
  g_autofree char *text = g_strndup (text_of (self) + run->start, run->end - run->start);

  return strstr (text, "://") != NULL || strstr (text, "www.") != NULL
         || strchr (text, '@') != NULL;
}

/* Marks work only at the edge of something: a run that begins or ends with a space is made shorter,
 * and one that would not be read as emphasis again is given up. */
static gboolean
fit_run (Writer *self, Run *run)
{
  gsize before;

  while (run->start < run->end && is_space_at (self, run->start))
    run->start
      += (gsize) (g_utf8_next_char (text_of (self) + run->start) - text_of (self)) - run->start;
  while (run->start < run->end && is_space_at (self, previous (self, run->end)))
    run->end = previous (self, run->end);
  if (run->start >= run->end || run->kind == LINK)
    return run->start < run->end && !is_address (self, run);

  before = previous (self, run->start);
  if (!is_word_at (self, run->start) && is_word_at (self, before))
    return FALSE;
  if (!is_word_at (self, previous (self, run->end)) && is_word_at (self, run->end))
    return FALSE;

  return TRUE;
}

static gboolean
continues (const RnlSpan *span, const Run *run, guint kind)
{
  if (run->kind != kind || run->end != span->start)
    return FALSE;

  return kind != LINK || g_strcmp0 (run->span->href, span->href) == 0;
}

static gboolean
has (const RnlSpan *span, guint kind)
{
  if (kind == LINK)
    return span->href != NULL && (span->flags & RNL_SPAN_LINK) && !(span->flags & RNL_SPAN_IMAGE);

  return (span->flags & emphases[kind].flag) != 0;
}

static void
collect (Writer *self, guint kind)
{
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (self->block, &n_spans);
  Run run = { 0, 0, kind, NULL };

  for (guint i = 0; i <= n_spans; i++)
    {
      gboolean inside = i < n_spans && has (&spans[i], kind) && spans[i].end > self->from
                        && spans[i].start < self->to;

      if (inside && run.end > run.start && continues (&spans[i], &run, kind))
        {
          run.end = MIN (spans[i].end, self->to);
          continue;
        }
      if (run.end > run.start && fit_run (self, &run))
        g_array_append_val (self->runs, run);
      run.start = run.end = 0;
      if (inside)
        run = (Run){ MAX (spans[i].start, self->from), MIN (spans[i].end, self->to), kind,
                     &spans[i] };
    }
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const Run *left = a;
  const Run *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->end != right->end)
    return left->end > right->end ? -1 : 1;

  return (int) right->kind - (int) left->kind;
}

/* }}} */

/* {{{ Marks */

static void
write_address (GString *out, const char *address)
{
  for (const char *at = address; *at != '\0'; at++)
    if (strchr (" <>()\\\"", *at) != NULL)
      g_string_append_printf (out, "%%%02X", (guchar) *at);
    else
      g_string_append_c (out, *at);
}

/* In quotes, with nothing in it that means something else there or ends a paragraph. */
static void
write_title (Writer *self, const char *title)
{
  if (title == NULL || *title == '\0')
    return;
  g_string_append (self->out, " \"");
  for (const char *at = title; *at != '\0'; at++)
    {
      if (strchr ("\"\\&`<$", *at) != NULL || (*at == '|' && self->in_cell))
        g_string_append_c (self->out, '\\');
      g_string_append_c (self->out, *at == '\n' ? ' ' : *at);
    }
  g_string_append_c (self->out, '"');
}

static void
write_open (Writer *self, const Run *run)
{
  g_string_append (self->out, run->kind == LINK ? "[" : emphases[run->kind].mark);
}

static void
write_close (Writer *self, const Run *run)
{
  if (run->kind != LINK)
    {
      g_string_append (self->out, emphases[run->kind].mark);
      return;
    }
  g_string_append (self->out, "](");
  write_address (self->out, run->span->href);
  write_title (self, run->span->title);
  g_string_append_c (self->out, ')');
}

/* Closes what ends at AT, and what was opened inside of it; that goes on behind. */
static void
close_at (Writer *self, gsize at)
{
  guint keep = 0;
  guint n = self->n_open;

  while (keep < n && self->open[keep].end > at)
    keep++;
  while (self->n_open > keep)
    write_close (self, &self->open[--self->n_open]);
  for (guint i = keep; i < n; i++)
    if (self->open[i].end > at)
      {
        self->open[self->n_open] = self->open[i];
        write_open (self, &self->open[self->n_open++]);
      }
}

/* }}} */

/* {{{ Characters */

/* Whether a character at the beginning of a line would begin a block. */
static gboolean
begins_block (Writer *self, gsize at)
{
  const char *text = text_of (self) + at;
  gsize rest = self->to - at;
  gsize digits = 0;

  if (strchr ("#>-+=|~", *text) != NULL)
    return TRUE;
  while (digits < rest && g_ascii_isdigit (text[digits]))
    digits++;

  return digits > 0 && digits < 10 && digits < rest && (text[digits] == '.' || text[digits] == ')');
}

/* Whether a bracket would begin a link, a footnote, a task or a definition. */
static gboolean
begins_link (Writer *self, gsize at)
{
  const char *text = text_of (self) + at + 1;
  gsize rest = self->to - at - 1;
  const char *end = memchr (text, ']', rest);

  if (end == NULL)
    return FALSE;

  return *text == '^' || end - text < 2 || strchr ("([:", end[1]) != NULL
         || memchr (end + 1, ']', rest - (gsize) (end + 1 - text)) != NULL;
}

static gboolean
is_special (Writer *self, gsize at)
{
  const char *text = text_of (self) + at;

  switch (*text)
    {
    case '\\':
    case '`':
    case '*':
    case '<':
    case '$':
      return TRUE;
    case '_':
      return !is_word_at (self, previous (self, at)) || !is_word_at (self, at + 1);
    case '~':
      return at + 1 < self->to && text[1] == '~';
    case '&':
      return at + 1 < self->to && (text[1] == '#' || g_ascii_isalnum (text[1]));
    case '|':
      return self->in_cell;
    case '#':
      return self->in_heading;
    default:
      return FALSE;
    }
}

static gboolean
at_line_start (Writer *self)
{
  return !self->in_cell && !self->in_heading
         && (self->out->len == 0 || self->out->str[self->out->len - 1] == '\n');
}

/* A number that would begin an item is told from one by its point. */
static gsize
write_number (Writer *self, gsize at)
{
  while (g_ascii_isdigit (text_of (self)[at]))
    g_string_append_c (self->out, text_of (self)[at++]);
  g_string_append_c (self->out, '\\');

  return at;
}

static gsize
write_char (Writer *self, gsize at)
{
  const char *text = text_of (self) + at;
  gsize length = (gsize) (g_utf8_next_char (text) - text);

  if (*text == '\n')
    {
      g_string_append (self->out, self->in_cell ? "<br>" : self->in_heading ? " " : "\n");
      return at + 1;
    }
  if (at_line_start (self))
    {
      if (*text == ' ' || *text == '\t')
        return at + 1;
      if (begins_block (self, at))
        {
          if (g_ascii_isdigit (*text))
            at = write_number (self, at);
          else
            g_string_append_c (self->out, '\\');
          g_string_append_len (self->out, text_of (self) + at, 1);
          return at + 1;
        }
    }
  /* A bracket with a backslash would be maths. */
  if (*text == '[' && begins_link (self, at))
    {
      g_string_append (self->out, "&#91;");
      return at + 1;
    }
  if (is_special (self, at))
    g_string_append_c (self->out, '\\');
  g_string_append_len (self->out, text, (gssize) length);

  return at + length;
}

static void
write_code (Writer *self, const char *text, gsize length)
{
  guint longest = 0, run = 0;
  gboolean pad;

  for (gsize i = 0; i < length; i++)
    {
      run = text[i] == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  pad
    = length > 0
      && (text[0] == '`' || text[length - 1] == '`' || (text[0] == ' ' && text[length - 1] == ' '));
  for (guint i = 0; i <= longest; i++)
    g_string_append_c (self->out, '`');
  if (pad)
    g_string_append_c (self->out, ' ');
  for (gsize i = 0; i < length; i++)
    if (text[i] == '|' && self->in_cell)
      g_string_append (self->out, "\\|");
    else
      g_string_append_c (self->out, text[i] == '\n' ? ' ' : text[i]);
  if (pad)
    g_string_append_c (self->out, ' ');
  for (guint i = 0; i <= longest; i++)
    g_string_append_c (self->out, '`');
}

/* }}} */

static void
write_image (Writer *self, const RnlSpan *span, gsize from, gsize to)
{
  const char *address = span->address != NULL ? span->address : span->href;

  g_string_append (self->out, "![");
  if (!g_str_has_prefix (text_of (self) + from, "\xef\xbf\xbc"))
    while (from < to)
      from = write_char (self, from);
  g_string_append (self->out, "](");
  write_address (self->out, address != NULL ? address : "");
  write_title (self, span->title);
  g_string_append_c (self->out, ')');
}

/* What is one thing, whatever stands in it. Returns whether the span is one. */
static gboolean
write_atom (Writer *self, const RnlSpan *span, gsize from, gsize to)
{
  const char *text = text_of (self) + from;
  const char *mark = span->flags & RNL_SPAN_DISPLAY ? "$$" : "$";
  int length = (int) (to - from);

  if (span->flags & RNL_SPAN_CODE)
    write_code (self, text, to - from);
  else if (span->flags & RNL_SPAN_IMAGE)
    write_image (self, span, from, to);
  else if (span->flags & RNL_SPAN_MATH)
    g_string_append_printf (self->out, "%s%.*s%s", mark, length, text, mark);
  else if ((span->flags & RNL_SPAN_FOOTNOTE) && span->label != NULL)
    g_string_append_printf (self->out, "[^%s]", span->label);
  else if (span->flags & (RNL_SPAN_HTML | RNL_SPAN_DEFINITION))
    g_string_append_len (self->out, text, length);
  else
    return FALSE;

  return TRUE;
}

/* The span at AT, which only grows from call to call. */
static const RnlSpan *
span_at (Writer *self, gsize at)
{
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (self->block, &n_spans);

  while (self->span < n_spans && spans[self->span].end <= at)
    self->span++;

  return self->span < n_spans && spans[self->span].start <= at ? &spans[self->span] : NULL;
}

static void
write_text (Writer *self)
{
  gsize at = self->from;
  guint next = 0;

  while (at < self->to)
    {
      const RnlSpan *span = span_at (self, at);
      gsize end = span != NULL ? MIN (span->end, self->to) : at;

      close_at (self, at);
      for (; next < self->runs->len && g_array_index (self->runs, Run, next).start <= at; next++)
        if (self->n_open < G_N_ELEMENTS (self->open))
          {
            self->open[self->n_open] = g_array_index (self->runs, Run, next);
            write_open (self, &self->open[self->n_open++]);
          }
      if (span != NULL && write_atom (self, span, at, end))
        at = end;
      else
        at = write_char (self, at);
    }
  close_at (self, self->to);
}

/* Writes the text of a block from one byte to another, both between characters. */
void
rnl_write_inline_markdown (
  GString *out, RnlBlock *block, gsize from, gsize to, gboolean in_cell, gboolean in_heading)
{
  Writer self = { out, block, from, to, in_cell, in_heading };

  self.runs = g_array_new (FALSE, FALSE, sizeof (Run));
  for (guint kind = 0; kind <= LINK; kind++)
    collect (&self, kind);
  g_array_sort (self.runs, compare_runs);
  write_text (&self);
  g_array_unref (self.runs);
}
