/* rnl-markdown-math.c: maths and code in running text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-inline-private.h"

#include <string.h>

/* {{{ Maths */

static gsize
find (const RnlInline *self, gsize pos, const char *close)
{
  const char *found = pos < self->length
                        ? g_strstr_len (self->text + pos, (gssize) (self->length - pos), close)
                        : NULL;

  return found != NULL ? (gsize) (found - self->text) : RNL_SCAN_MORE;
}

/* The next `$`; @closes receives whether it closes: no space before it and no digit behind it. */
static gsize
find_dollar (const RnlInline *self, gsize pos, gboolean *closes)
{
  while (pos < self->length && self->text[pos] != '$')
    pos += self->text[pos] == '\\' ? 2 : 1;
  if (pos >= self->length || (self->open && pos + 1 == self->length))
    return RNL_SCAN_MORE;
  *closes = !g_ascii_isspace (self->text[pos - 1])
            && (pos + 1 == self->length || !g_ascii_isdigit (self->text[pos + 1]));

  return pos;
}

static void
add_math (RnlInline *self, gsize start, gsize end, gsize next, RnlSpanFlags flags)
{
  while (start < end && g_ascii_isspace (self->text[start]))
    start++;
  while (end > start && g_ascii_isspace (self->text[end - 1]))
    end--;
  rnl_inline_add (self, self->text + start, end - start, RNL_SPAN_MATH | flags, FALSE);
  self->pos = next;
}

/* Marks alone are not maths: each of them may be escaped. */
static gboolean
says_something (const RnlInline *self, gsize start, gsize end)
{
  for (gsize i = start; i < end; i++)
    if (g_ascii_isalnum (self->text[i]) || (self->text[i] & 0x80) != 0)
      return TRUE;

  return FALSE;
}

static gboolean
take_between (RnlInline *self, const char *close, gboolean *none, RnlSpanFlags flags, gsize bound)
{
  gsize start = self->pos + 2;
  gsize end = *none ? RNL_SCAN_MORE : find (self, start, close);

  if (!RNL_SCAN_IS_END (end))
    {
      *none = TRUE;
      rnl_inline_hold (self, self->pos, bound);
      return FALSE;
    }
  if (!says_something (self, start, end))
    return FALSE;
  add_math (self, start, end, end + 2, flags);

  return TRUE;
}

static gboolean
take_dollar (RnlInline *self)
{
  gsize start = self->pos + 1;
  gboolean money = start < self->length && g_ascii_isdigit (self->text[start]);
  gboolean closes = FALSE;
  gsize end;

  if (start == self->length)
    {
      rnl_inline_hold (self, self->pos, RNL_HOLD_MATH);
      return FALSE;
    }
  if (g_ascii_isspace (self->text[start]))
    return FALSE;
  end = find_dollar (self, start + 1, &closes);
  if (!RNL_SCAN_IS_END (end))
    {
      rnl_inline_hold (self, self->pos, money ? RNL_HOLD_MONEY : RNL_HOLD_MATH);
      return FALSE;
    }
  if (closes)
    add_math (self, start, end, end + 1, 0);

  return closes;
}

/* `$`, `$$`, `\(` or `\[`; returns whether it was maths. */
gboolean
rnl_inline_take_math (RnlInline *self)
{
  const char *text = self->text + self->pos;
  gsize left = self->length - self->pos;

  if (left >= 2 && text[0] == '\\')
    return text[1] == '('
             ? take_between (self, "\\)", &self->no_paren, 0, RNL_HOLD_TEX)
             : take_between (self, "\\]", &self->no_square, RNL_SPAN_DISPLAY, RNL_HOLD_TEX);
  if (left >= 2 && text[1] == '$')
    return take_between (self, "$$", &self->no_dollars, RNL_SPAN_DISPLAY, RNL_HOLD_TEX);

  return take_dollar (self);
}

/* }}} */
/* {{{ Code */

static gsize
run_length (const RnlInline *self, gsize pos)
{
  gsize end = pos;

  while (end < self->length && self->text[end] == '`')
    end++;

  return end - pos;
}

/* Where the last run of each length stands: a search in vain is not made again. */
static void
learn_ticks (RnlInline *self, gsize pos)
{
  while (pos < self->length)
    {
      const char *found = memchr (self->text + pos, '`', self->length - pos);
      gsize n;

      if (found == NULL)
        break;
      pos = (gsize) (found - self->text);
      n = run_length (self, pos);
      if (n < G_N_ELEMENTS (self->ticks))
        self->ticks[n] = pos;
      pos += n;
    }
  self->ticks_known = TRUE;
}

static gsize
find_ticks (RnlInline *self, gsize pos, gsize ticks)
{
  if (!self->ticks_known)
    learn_ticks (self, pos);
  if (ticks >= G_N_ELEMENTS (self->ticks) || self->ticks[ticks] < pos)
    return RNL_SCAN_MORE;
  for (;;)
    {
      gsize n;

      pos
        = (gsize) ((const char *) memchr (self->text + pos, '`', self->length - pos) - self->text);
      n = run_length (self, pos);
      if (n == ticks)
        return pos;
      pos += n;
    }
}

static void
add_code (RnlInline *self, gsize start, gsize end)
{
  gsize length = end - start;
  gboolean blank = TRUE;
  RnlPiece *piece;

  for (gsize i = start; i < end && blank; i++)
    blank = self->text[i] == ' ' || self->text[i] == '\n';
  if (length >= 2 && !blank && strchr (" \n", self->text[start]) != NULL
      && (self->open || strchr (" \n", self->text[end - 1]) != NULL))
    {
      start++;
      length -= strchr (" \n", self->text[end - 1]) != NULL ? 2 : 1;
    }
  piece = rnl_inline_add (self, self->text + start, length, RNL_SPAN_CODE, FALSE);
  for (gsize i = piece->end - length; i < piece->end; i++)
    if (self->plain->str[i] == '\n')
      self->plain->str[i] = ' ';
}

void
rnl_inline_take_code (RnlInline *self)
{
  gsize ticks = run_length (self, self->pos);
  gsize start = self->pos + ticks;
  gsize end = find_ticks (self, start, ticks);

  if (RNL_SCAN_IS_END (end))
    {
      gboolean open = self->open;

      self->open = FALSE;
      add_code (self, start, end);
      self->open = open;
      self->pos = end + ticks;
    }
  else if (self->open && self->total - self->pos <= RNL_HOLD_EMPHASIS)
    {
      end = self->length;
      while (end > start && strchr ("` \n", self->text[end - 1]) != NULL)
        end--;
      add_code (self, start, end);
      self->pos = self->length;
    }
  else
    {
      rnl_inline_add (self, self->text + self->pos, ticks, 0, FALSE);
      self->pos = start;
    }
}

/* }}} */
