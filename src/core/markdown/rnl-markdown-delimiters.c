/* rnl-markdown-delimiters.c: emphasis
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-inline-private.h"

/* The rules are those of CommonMark, "Emphasis and strong emphasis": a stack of runs, each closer
 * looks back for its opener, and where none was found is remembered. */

static gunichar
char_before (const RnlInline *self, gsize pos)
{
  return pos > 0 ? g_utf8_get_char (g_utf8_prev_char (self->text + pos)) : '\n';
}

static gunichar
char_after (const RnlInline *self, gsize pos)
{
  return pos < self->length ? g_utf8_get_char (self->text + pos) : '\n';
}

static void
find_sides (const RnlInline *self, RnlDelimiter *delimiter)
{
  gunichar before = char_before (self, delimiter->pos);
  gunichar after = char_after (self, delimiter->pos + delimiter->length);
  gboolean space_before = g_unichar_isspace (before);
  gboolean space_after = g_unichar_isspace (after);
  gboolean mark_before = g_unichar_ispunct (before);
  gboolean mark_after = g_unichar_ispunct (after);
  gboolean left = !space_after && (!mark_after || space_before || mark_before);
  gboolean right = !space_before && (!mark_before || space_after || mark_after);

  switch (delimiter->ch)
    {
    case '_':
      delimiter->can_open = left && (!right || mark_before);
      delimiter->can_close = right && (!left || mark_after);
      break;
    case '~': /* One alone stands for "about", too: it strikes out whole words only. */
      delimiter->can_open
        = left && delimiter->length <= 2 && (delimiter->length == 2 || !g_unichar_isalnum (before));
      delimiter->can_close
        = right && delimiter->length <= 2 && (delimiter->length == 2 || !g_unichar_isalnum (after));
      break;
    default:
      delimiter->can_open = left;
      delimiter->can_close = right;
      break;
    }
}

void
rnl_inline_take_delimiter (RnlInline *self)
{
  RnlDelimiter delimiter
    = { .pos = self->pos, .ch = self->text[self->pos], .previous = self->last };
  gint index = (gint) self->delimiters->len;

  while (self->pos < self->length && self->text[self->pos] == delimiter.ch)
    self->pos++;
  delimiter.length = (guint) (self->pos - delimiter.pos);
  delimiter.next = -1;
  find_sides (self, &delimiter);
  rnl_inline_add (self, self->text + delimiter.pos, delimiter.length, 0, TRUE);
  delimiter.piece = self->pieces->len - 1;
  if (!delimiter.can_open && !delimiter.can_close)
    return;
  g_array_append_val (self->delimiters, delimiter);
  if (self->last >= 0)
    rnl_inline_delimiter (self, self->last)->next = index;
  self->last = index;
}

static void
remove_delimiter (RnlInline *self, gint index)
{
  RnlDelimiter *delimiter = rnl_inline_delimiter (self, index);

  if (delimiter->previous >= 0)
    rnl_inline_delimiter (self, delimiter->previous)->next = delimiter->next;
  if (delimiter->next >= 0)
    rnl_inline_delimiter (self, delimiter->next)->previous = delimiter->previous;
  else
    self->last = delimiter->previous;
}

static gsize
visible_length (const RnlInline *self, const RnlDelimiter *delimiter)
{
  const RnlPiece *piece = rnl_inline_piece (self, delimiter->piece);

  return piece->end - piece->start;
}

/* Whether both can be the ends of one emphasis. */
static gboolean
fit (const RnlInline *self, const RnlDelimiter *opener, const RnlDelimiter *closer)
{
  if (!opener->can_open || opener->ch != closer->ch)
    return FALSE;
  if (closer->ch == '~')
    return opener->length == closer->length;

  return !((opener->can_close || closer->can_open) && (opener->length + closer->length) % 3 == 0
           && (opener->length % 3 != 0 || closer->length % 3 != 0));
}

/* Takes the marks of one emphasis off both ends. */
static void
use_marks (RnlInline *self, RnlDelimiter *opener, RnlDelimiter *closer)
{
  RnlPiece *first = rnl_inline_piece (self, opener->piece);
  RnlPiece *last = rnl_inline_piece (self, closer->piece);
  gboolean two = first->end - first->start >= 2 && last->end - last->start >= 2;
  guint style = closer->ch == '~' ? RNL_INLINE_STRIKE : two ? RNL_INLINE_STRONG : RNL_INLINE_EMPH;

  first->end -= two ? 2 : 1;
  first->opens[style]++;
  last->start += two ? 2 : 1;
  last->closes[style]++;
}

static guint
bottom_index (const RnlDelimiter *closer)
{
  guint kind = closer->ch == '*' ? 0 : closer->ch == '_' ? 1 : 2;

  return kind * 6 + (closer->can_open ? 3 : 0) + closer->length % 3;
}

/* Handles one closer; returns the next one to look at. */
static gint
close_one (RnlInline *self, gint index, gint bottom, gint bottoms[])
{
  RnlDelimiter *closer = rnl_inline_delimiter (self, index);
  gint *limit = &bottoms[bottom_index (closer)];
  gint opener = closer->previous;
  gint next = closer->next;

  while (opener > bottom && opener > *limit
         && !fit (self, rnl_inline_delimiter (self, opener), closer))
    opener = rnl_inline_delimiter (self, opener)->previous;
  if (opener <= bottom || opener <= *limit)
    {
      *limit = closer->previous;
      if (!closer->can_open)
        remove_delimiter (self, index);
      return next;
    }
  while (closer->previous != opener)
    remove_delimiter (self, closer->previous);
  use_marks (self, rnl_inline_delimiter (self, opener), closer);
  if (visible_length (self, rnl_inline_delimiter (self, opener)) == 0)
    remove_delimiter (self, opener);
  if (visible_length (self, closer) > 0)
    return index;
  remove_delimiter (self, index);

  return next;
}

/* Matches the runs behind @bottom and forgets them, but not those that may be closed later. */
void
rnl_inline_match_delimiters (RnlInline *self, gint bottom)
{
  gint bottoms[18];
  gint index = self->last;

  for (gsize i = 0; i < G_N_ELEMENTS (bottoms); i++)
    bottoms[i] = bottom;
  if (index <= bottom)
    return;
  while (rnl_inline_delimiter (self, index)->previous > bottom)
    index = rnl_inline_delimiter (self, index)->previous;
  while (index >= 0)
    index = rnl_inline_delimiter (self, index)->can_close
              ? close_one (self, index, bottom, bottoms)
              : rnl_inline_delimiter (self, index)->next;
}

/* Inside a word a mark is rather one of calculation; other scripts have no spaces. */
static gboolean
is_ascii_word (gunichar ch)
{
  return ch < 0x80 && g_ascii_isalnum ((char) ch);
}

/* More text is to come: what is open shows its style from its first letter on. */
void
rnl_inline_style_open (RnlInline *self)
{
  for (gint index = self->last; index >= 0; index = rnl_inline_delimiter (self, index)->previous)
    {
      RnlDelimiter *delimiter = rnl_inline_delimiter (self, index);
      RnlPiece *piece = rnl_inline_piece (self, delimiter->piece);
      gsize marks = piece->end - piece->start;

      if (self->total - delimiter->pos > RNL_HOLD_EMPHASIS)
        break;
      if (!delimiter->can_open || marks == 0 || marks > 3
          || is_ascii_word (char_before (self, delimiter->pos)))
        continue;
      if (delimiter->ch == '~' && marks == 1)
        continue;
      if (delimiter->ch == '~')
        piece->opens[RNL_INLINE_STRIKE]++;
      else
        {
          piece->opens[RNL_INLINE_STRONG] += marks >= 2 ? 1 : 0;
          piece->opens[RNL_INLINE_EMPH] += marks != 2 ? 1 : 0;
        }
      piece->end = piece->start;
    }
}
