/* rnl-json-chars.c: escapes, UTF-8 and numbers, one step at a time
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader-private.h"

#include <string.h>

#define ONES             G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS            G_GUINT64_CONSTANT (0x8080808080808080)
#define BYTES(c)         (ONES * (guint64) (c))
#define ZERO_BYTES(v)    (((v) -ONES) & ~(v) &HIGHS)
#define CONTROL_BYTES(v) (((v) -BYTES (0x20)) & ~(v) &HIGHS)

#define REPLACEMENT     "\xef\xbf\xbd"
#define REPLACEMENT_LEN 3

/**
 * rnl_json_find_special: (skip)
 * @p: the start
 * @end: the end
 * @has_high: (out): set when a byte above 0x7f was passed over, else left alone
 *
 * Returns: the first quote, backslash or control character, or @end
 */
const char *
rnl_json_find_special (const char *p, const char *end, gboolean *has_high)
{
  guint64 high = 0;

  /* Eight bytes at a time. */
  while (end - p >= 8)
    {
      guint64 v, found;

      memcpy (&v, p, 8);
      v = GUINT64_FROM_LE (v);
      found = ZERO_BYTES (v ^ BYTES ('"')) | ZERO_BYTES (v ^ BYTES ('\\')) | CONTROL_BYTES (v);
      if (found != 0)
        {
          /* The lowest mark is right; those above it may come from a borrow. */
          if (((high | (v & (found - 1))) & HIGHS) != 0)
            *has_high = TRUE;
          return p + (__builtin_ctzll (found) >> 3);
        }
      high |= v & HIGHS;
      p += 8;
    }
  for (; p < end && *p != '"' && *p != '\\' && (guchar) *p >= 0x20; p++)
    high |= (guchar) *p & 0x80;
  if (high != 0)
    *has_high = TRUE;

  return p;
}

/* How many of the @n digits at @s are there, or -1 when one is not hexadecimal. */
static int
hex_digits (const char *s, gsize n, gunichar *value)
{
  *value = 0;
  n = MIN (n, 4);
  for (gsize i = 0; i < n; i++)
    {
      int digit = g_ascii_xdigit_value (s[i]);

      if (digit < 0)
        return -1;
      *value = *value << 4 | (gunichar) digit;
    }

  return (int) n;
}

static gssize
replaced (char out[4], gsize *out_len, gssize step)
{
  memcpy (out, REPLACEMENT, REPLACEMENT_LEN);
  *out_len = REPLACEMENT_LEN;

  return step;
}

/* `\uXXXX`, with its other half when it is the first half of a pair. */
static gssize
unicode_step (const char *s, gsize n, char out[4], gsize *out_len)
{
  gunichar c, low;
  int digits = hex_digits (s + 2, n - 2, &c);

  if (digits < 0)
    return RNL_JSON_STEP_BAD;
  if (digits < 4)
    return RNL_JSON_STEP_INCOMPLETE;
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (n == 6)
        return RNL_JSON_STEP_INCOMPLETE;
      if (s[6] != '\\')
        return replaced (out, out_len, 6);
      if (n == 7)
        return RNL_JSON_STEP_INCOMPLETE;
      if (s[7] != 'u' || (digits = hex_digits (s + 8, n - 8, &low)) < 0)
        return replaced (out, out_len, 6);
      if (digits < 4)
        return RNL_JSON_STEP_INCOMPLETE;
      if (low < 0xdc00 || low > 0xdfff)
        return replaced (out, out_len, 6);
      c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
      *out_len = (gsize) g_unichar_to_utf8 (c, out);
      return 12;
    }
  if (c == 0 || (c >= 0xdc00 && c <= 0xdfff))
    return replaced (out, out_len, 6);
  *out_len = (gsize) g_unichar_to_utf8 (c, out);

  return 6;
}

/**
 * rnl_json_escape_step: (skip)
 * @s: text at a backslash
 * @n: how much of it there is
 * @out: the character it stands for, in UTF-8
 * @out_len: (out): the length of @out
 *
 * Returns: how many bytes the escape takes, `RNL_JSON_STEP_INCOMPLETE` or `RNL_JSON_STEP_BAD`
 */
gssize
rnl_json_escape_step (const char *s, gsize n, char out[4], gsize *out_len)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *at;

  if (n < 2)
    return RNL_JSON_STEP_INCOMPLETE;
  if (s[1] == 'u')
    return unicode_step (s, n, out, out_len);
  if (s[1] == '\0' || (at = strchr (from, s[1])) == NULL)
    return RNL_JSON_STEP_BAD;
  out[0] = to[at - from];
  *out_len = 1;

  return 2;
}

/**
 * rnl_json_utf8_step: (skip)
 * @s: text at a byte above 0x7f
 * @n: how much of it there is
 * @valid: (out): whether the bytes stepped over are one character
 *
 * What is not valid is stepped over as far as it looked like a character (the "maximal subpart"
 * of the Unicode standard), so the result does not depend on where the bytes are split.
 *
 * Returns: how many bytes, or `RNL_JSON_STEP_INCOMPLETE`
 */
gssize
rnl_json_utf8_step (const char *s, gsize n, gboolean *valid)
{
  guchar c = (guchar) s[0], low = 0x80, high = 0xbf;
  gsize length;

  *valid = FALSE;
  if (c >= 0xc2 && c <= 0xdf)
    length = 2;
  else if (c >= 0xe0 && c <= 0xef)
    length = 3;
  else if (c >= 0xf0 && c <= 0xf4)
    length = 4;
  else
    return 1;
  if (c == 0xe0)
    low = 0xa0;
  else if (c == 0xed)
    high = 0x9f;
  else if (c == 0xf0)
    low = 0x90;
  else if (c == 0xf4)
    high = 0x8f;

  for (gsize i = 1; i < length; i++, low = 0x80, high = 0xbf)
    {
      if (i >= n)
        return RNL_JSON_STEP_INCOMPLETE;
      if ((guchar) s[i] < low || (guchar) s[i] > high)
        return (gssize) i;
    }
  *valid = TRUE;

  return (gssize) length;
}

static gsize
digits_at (const char *text, gsize len, gsize at)
{
  gsize i = at;

  while (i < len && g_ascii_isdigit (text[i]))
    i++;

  return i - at;
}

/**
 * rnl_json_number_prefix:
 * @text: text
 * @len: its length
 * @is_integer: (out) (optional): whether the number has neither fraction nor exponent
 *
 * Returns: the length of the longest beginning of @text that is a JSON number; 0 when none is
 */
gsize
rnl_json_number_prefix (const char *text, gsize len, gboolean *is_integer)
{
  gsize at = len > 0 && text[0] == '-' ? 1 : 0, n, end;

  if (is_integer != NULL)
    *is_integer = TRUE;
  if ((n = digits_at (text, len, at)) == 0)
    return 0;
  end = at + (text[at] == '0' ? 1 : n);
  if (end == at + n && end < len && text[end] == '.' && (n = digits_at (text, len, end + 1)) > 0)
    {
      end += 1 + n;
      if (is_integer != NULL)
        *is_integer = FALSE;
    }
  else if (end < at + n)
    {
      return end;
    }
  if (end < len && (text[end] == 'e' || text[end] == 'E'))
    {
      at = end + 1;
      if (at < len && (text[at] == '+' || text[at] == '-'))
        at++;
      if ((n = digits_at (text, len, at)) > 0)
        {
          end = at + n;
          if (is_integer != NULL)
            *is_integer = FALSE;
        }
    }

  return end;
}

/**
 * rnl_json_number_to_int:
 * @text: a JSON number
 * @len: its length
 * @value: (out): the number
 *
 * Returns: whether @text is written as an integer and fits
 */
gboolean
rnl_json_number_to_int (const char *text, gsize len, gint64 *value)
{
  gboolean negative = len > 0 && text[0] == '-';
  guint64 limit = negative ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64, n = 0;
  gsize i = negative ? 1 : 0;

  if (i == len)
    return FALSE;
  for (; i < len; i++)
    {
      guint digit = (guint) (text[i] - '0');

      if (digit > 9 || n > (limit - digit) / 10)
        return FALSE;
      n = n * 10 + digit;
    }
  *value = negative ? (gint64) (0 - n) : (gint64) n;

  return TRUE;
}

/**
 * rnl_json_number_to_double:
 * @text: a JSON number
 * @len: its length
 *
 * Returns: its value; as large as can be when it does not fit
 */
double
rnl_json_number_to_double (const char *text, gsize len)
{
  char copy[64];
  g_autofree char *heap = NULL;
  double value;

  if (len < sizeof copy)
    {
      memcpy (copy, text, len);
      copy[len] = '\0';
      value = g_ascii_strtod (copy, NULL);
    }
  else
    {
      heap = g_strndup (text, len);
      value = g_ascii_strtod (heap, NULL);
    }

  /* JSON cannot say infinity. */
  return CLAMP (value, -G_MAXDOUBLE, G_MAXDOUBLE);
}
