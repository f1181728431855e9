/* rnl-markdown-inline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-inline.h"
#include "rnl-block-private.h"
#include "rnl-markdown-entities.h"
#include "rnl-markdown-inline-private.h"

#include <string.h>

#define MAX_MAIL_NAME 64

/* What is left out at the end may leave something undecided before it, and so on. */
#define MAX_READS 3

/* Appends a piece; one of plain text goes into the last one unless it must be of its @own. */
RnlPiece *
rnl_inline_add (RnlInline *self, const char *text, gsize length, RnlSpanFlags flags, gboolean own)
{
  RnlPiece piece = { .start = self->plain->len, .flags = flags };
  RnlPiece *last = self->pieces->len > 0 ? rnl_inline_piece (self, self->pieces->len - 1) : NULL;

  g_string_append_len (self->plain, text, (gssize) length);
  piece.end = self->plain->len;
  if (last != NULL && !own && flags == 0 && last->grows)
    {
      last->end = piece.end;
      return last;
    }
  piece.grows = !own && flags == 0;
  g_array_append_val (self->pieces, piece);

  return rnl_inline_piece (self, self->pieces->len - 1);
}

/* Something at @pos is undecided, if more text is to come; it is not shown within the bound. */
void
rnl_inline_hold (RnlInline *self, gsize pos, gsize bound)
{
  if (self->open && self->total - pos <= bound)
    self->hold = MIN (self->hold, pos);
}

static void
add_char (RnlInline *self)
{
  rnl_inline_add (self, self->text + self->pos, 1, 0, FALSE);
  self->pos++;
}

static void
take_backslash (RnlInline *self)
{
  gsize next = self->pos + 1;

  if (next == self->length)
    {
      rnl_inline_hold (self, self->pos, RNL_HOLD_RUN);
      add_char (self);
    }
  else if (strchr ("([", self->text[next]) != NULL && rnl_inline_take_math (self))
    return;
  else if (self->text[next] == '\n')
    self->pos++;
  else if (g_ascii_ispunct (self->text[next]))
    {
      self->pos = next;
      add_char (self);
    }
  else
    add_char (self);
}

static void
take_entity (RnlInline *self)
{
  gsize end = rnl_scan_entity (self->text, self->length, self->pos);
  g_autoptr (GString) text = NULL;

  if (end == RNL_SCAN_MORE)
    rnl_inline_hold (self, self->pos, RNL_HOLD_RUN);
  if (!RNL_SCAN_IS_END (end))
    {
      add_char (self);
      return;
    }
  text = g_string_new (NULL);
  rnl_markdown_append_entity (text, self->text + self->pos, end - self->pos);
  rnl_inline_add (self, text->str, text->len, 0, FALSE);
  self->pos = end;
}

static gboolean
is_line_break (const char *tag, gsize length)
{
  return (length == 4 || length == 5 || length == 6) && g_ascii_strncasecmp (tag, "<br", 3) == 0
         && strchr (" />", tag[3]) != NULL;
}

static void
take_angle (RnlInline *self)
{
  gboolean mail;
  gsize end = rnl_scan_angle_link (self->text, self->length, self->pos, &mail);
  gsize html;

  if (RNL_SCAN_IS_END (end))
    {
      rnl_inline_add_link (self, self->text + self->pos + 1, end - self->pos - 2,
                           mail ? "mailto:" : "", FALSE);
      self->pos = end;
      return;
    }
  html = rnl_scan_html (self->text, self->length, self->pos, &self->failures);
  if (RNL_SCAN_IS_END (html))
    {
      gboolean line_break = is_line_break (self->text + self->pos, html - self->pos);

      rnl_inline_add (self, line_break ? "\n" : self->text + self->pos,
                      line_break ? 1 : html - self->pos, RNL_SPAN_HTML, FALSE);
      self->pos = line_break ? rnl_scan_blanks (self->text, self->length, html) : html;
      return;
    }
  if (end == RNL_SCAN_MORE || html == RNL_SCAN_MORE)
    rnl_inline_hold (self, self->pos, RNL_HOLD_HTML);
  add_char (self);
}

/* A line ends. Blanks around it do not count; hard and soft breaks look the same, models break
 * lines where they mean it. */
static void
take_line_end (RnlInline *self)
{
  RnlPiece *last = self->pieces->len > 0 ? rnl_inline_piece (self, self->pieces->len - 1) : NULL;

  while (last != NULL && last->flags == 0 && last->end == self->plain->len
         && last->end > last->start && strchr (" \t", self->plain->str[last->end - 1]) != NULL)
    {
      last->end--;
      g_string_truncate (self->plain, last->end);
    }
  add_char (self);
  while (self->pos < self->length && strchr (" \t", self->text[self->pos]) != NULL)
    self->pos++;
}

static gboolean
take_url (RnlInline *self)
{
  gsize pos = self->pos;
  gsize end;

  if (pos > 0 && (g_ascii_isalnum (self->text[pos - 1]) || strchr ("/", self->text[pos - 1])))
    return FALSE;
  end = rnl_scan_url (self->text, self->length, pos, self->brackets->len > 0);
  if (!RNL_SCAN_IS_END (end))
    return FALSE;
  rnl_inline_add_link (self, self->text + pos, end - pos,
                       (self->text[pos] | 0x20) == 'w' ? "http://" : "", TRUE);
  self->pos = self->mail_from = end;

  return TRUE;
}

/* What stands before the `@` is in the last piece already. */
static gboolean
take_mail (RnlInline *self)
{
  RnlPiece *last = self->pieces->len > 0 ? rnl_inline_piece (self, self->pieces->len - 1) : NULL;
  gsize start;
  gsize end = rnl_scan_mail (self->text, self->length, self->pos, self->mail_from, &start);
  gsize before = self->pos - start;

  if (!RNL_SCAN_IS_END (end) || last == NULL || last->flags != 0 || last->end - last->start < before
      || memcmp (self->plain->str + last->end - before, self->text + start, before) != 0)
    return FALSE;
  last->end -= before;
  g_string_truncate (self->plain, last->end);
  rnl_inline_add_link (self, self->text + start, end - start, "mailto:", TRUE);
  self->pos = self->mail_from = end;

  return TRUE;
}

/* Whether the underscore stands in the name of an address of mail. */
static gboolean
is_in_mail (const RnlInline *self)
{
  gsize limit = MIN (self->length, self->pos + MAX_MAIL_NAME);
  gsize pos = self->pos;
  gsize start;

  if (pos == 0 || !g_ascii_isalnum (self->text[pos - 1]))
    return FALSE;
  while (pos < limit
         && (g_ascii_isalnum (self->text[pos]) || strchr ("+-_.", self->text[pos]) != NULL))
    pos++;

  return pos < limit && self->text[pos] == '@'
         && RNL_SCAN_IS_END (
           rnl_scan_mail (self->text, self->length, pos, self->mail_from, &start));
}

static void
take_exclamation (RnlInline *self)
{
  if (self->pos + 1 < self->length && self->text[self->pos + 1] == '[')
    {
      rnl_inline_take_bracket (self, TRUE);
      return;
    }
  if (self->pos + 1 == self->length)
    rnl_inline_hold (self, self->pos, RNL_HOLD_RUN);
  add_char (self);
}

/* What may begin with a character that is a letter otherwise. Returns whether it did. */
static gboolean
take_special (RnlInline *self)
{
  switch (self->text[self->pos])
    {
    case '$':
      return rnl_inline_take_math (self);
    case '@':
      return take_mail (self);
    case 'h':
    case 'H':
    case 'w':
    case 'W':
      return take_url (self);
    default:
      return FALSE;
    }
}

static void
take_one (RnlInline *self)
{
  char ch = self->text[self->pos];

  if (ch == '\\')
    take_backslash (self);
  else if (ch == '`')
    rnl_inline_take_code (self);
  else if (ch == '*' || ch == '~' || (ch == '_' && !is_in_mail (self)))
    rnl_inline_take_delimiter (self);
  else if (ch == '[')
    rnl_inline_take_bracket (self, FALSE);
  else if (ch == '!')
    take_exclamation (self);
  else if (ch == ']')
    rnl_inline_close_bracket (self);
  else if (ch == '<')
    take_angle (self);
  else if (ch == '&')
    take_entity (self);
  else if (ch == '\n')
    take_line_end (self);
  else if (!take_special (self))
    add_char (self);
}

/* Plain letters are taken together. */
static void
take_letters (RnlInline *self)
{
  gsize n = 0;

  while (self->pos + n < self->length
         && strchr ("\\`*_~[]!<&\n$@hHwW", self->text[self->pos + n]) == NULL)
    n++;
  if (n > 0)
    rnl_inline_add (self, self->text + self->pos, n, 0, FALSE);
  self->pos += n;
}

static void
clear_link (gpointer data)
{
  RnlInlineLink *link = data;

  g_ref_string_release (link->address);
  g_clear_pointer (&link->title, g_ref_string_release);
}

static void
init (RnlInline *self, const char *text, gsize length, RnlMarkdownNames *names, gboolean open)
{
  *self = (RnlInline){
    .text = text, .length = length, .hold = length, .names = names, .open = open, .last = -1
  };
  self->plain = g_string_sized_new (length);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (RnlPiece));
  self->links = g_array_new (FALSE, FALSE, sizeof (RnlInlineLink));
  self->delimiters = g_array_new (FALSE, FALSE, sizeof (RnlDelimiter));
  self->brackets = g_array_new (FALSE, FALSE, sizeof (RnlBracket));
  g_array_set_clear_func (self->links, clear_link);
}

static void
clear (RnlInline *self)
{
  g_string_free (self->plain, TRUE);
  g_array_unref (self->pieces);
  g_array_unref (self->links);
  g_array_unref (self->delimiters);
  g_array_unref (self->brackets);
}

/* Reads until the end. Returns how much of the text is decided. */
static gsize
read_all (RnlInline *self)
{
  while (self->pos < self->length)
    {
      take_letters (self);
      if (self->pos < self->length)
        take_one (self);
    }
  if (self->open)
    rnl_inline_hold_brackets (self);

  return self->hold;
}

static gsize
trim (const char *text, gsize length, gboolean open)
{
  gsize end = length;

  while (end > 0 && g_ascii_isspace (text[end - 1]))
    end--;
  if (!open || end < length)
    return end;
  /* A run of marks may grow, and mean something else. */
  while (end > 0 && strchr ("*_~", text[end - 1]) != NULL)
    end--;

  return length - end <= RNL_HOLD_RUN ? end : length;
}

/* Whether the text has nothing that means something: most cells and many lines. */
static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      char next = i + 1 < length ? text[i + 1] | 0x20 : '\0';

      if (((text[i] | 0x20) == 'h' && next == 't') || ((text[i] | 0x20) == 'w' && next == 'w')
          || (!g_ascii_isalnum (text[i]) && text[i] != '\0'
              && strchr ("\\`*_~[]!<&\n$@", text[i]) != NULL))
        return FALSE;
    }

  return TRUE;
}

/*
 * rnl_markdown_inline:
 * @block: what to put the text into
 * @text: valid UTF-8 without the marks of blocks
 * @open: whether more text may follow: what is undecided is left out then
 *
 * Reads running text. What may change when more definitions are known is kept in `raw`.
 */
void
rnl_markdown_inline (
  RnlBlock *block, const char *text, gsize length, RnlMarkdownNames *names, gboolean open)
{
  guint n_footnotes = names->footnotes->len;
  gsize shown = trim (text, length, open);
  RnlInline self;

  if (is_plain (text, shown))
    {
      rnl_block_add_text (block, text, shown, &(RnlSpan){ 0 });
      return;
    }
  for (guint n_reads = 1;; n_reads++)
    {
      gsize decided;

      init (&self, text, shown, names, open);
      self.total = length;
      decided = read_all (&self);
      if (decided == shown || n_reads == MAX_READS)
        break;
      clear (&self);
      rnl_markdown_names_forget_numbers (names, n_footnotes);
      shown = trim (text, decided, open);
    }
  rnl_inline_match_delimiters (&self, -1);
  if (open)
    rnl_inline_style_open (&self);
  rnl_inline_write (&self, block);
  if (self.missed && !open)
    block->raw = g_strndup (text, length);
  clear (&self);
}
