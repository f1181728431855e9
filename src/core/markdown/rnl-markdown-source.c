/* rnl-markdown-source.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-source.h"

#include <string.h>

#define REPLACEMENT "\357\277\275"

/* From so far in the text on, a byte stands so much further behind. The number may be negative. */
typedef struct
{
  guint64 from;
  guint64 shift;
} Shift;

void
rnl_markdown_source_init (RnlMarkdownSource *self)
{
  *self = (RnlMarkdownSource){ 0 };
  self->text = g_string_new (NULL);
  self->partial = g_string_new (NULL);
  self->shifts = g_array_new (FALSE, FALSE, sizeof (Shift));
}

void
rnl_markdown_source_clear (RnlMarkdownSource *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->partial, TRUE);
  g_array_unref (self->shifts);
}

static void
add_shift (RnlMarkdownSource *self, gint64 by)
{
  Shift shift = { self->base + self->text->len, self->shift += (guint64) by };

  g_array_append_val (self->shifts, shift);
}

/* Appends valid text; every kind of line end becomes `\n`. */
static void
append_lines (RnlMarkdownSource *self, const char *text, gsize length)
{
  while (length > 0)
    {
      const char *cr;
      gsize n;

      if (self->after_cr && *text == '\n')
        {
          add_shift (self, 1);
          text++;
          length--;
        }
      self->after_cr = FALSE;
      cr = length > 0 ? memchr (text, '\r', length) : NULL;
      n = cr != NULL ? (gsize) (cr - text) : length;
      g_string_append_len (self->text, text, (gssize) n);
      if (cr == NULL)
        return;
      g_string_append_c (self->text, '\n');
      self->after_cr = TRUE;
      text += n + 1;
      length -= n + 1;
    }
}

static void
append_replacement (RnlMarkdownSource *self)
{
  append_lines (self, REPLACEMENT, strlen (REPLACEMENT));
  add_shift (self, 1 - (gint64) strlen (REPLACEMENT));
}

/* A zero byte inside a character is taken by GLib for the end of the text. */
static gboolean
is_unfinished (const char *bytes, gsize length)
{
  return memchr (bytes, '\0', MIN (length, 4)) == NULL
         && g_utf8_get_char_validated (bytes, (gssize) length) == (gunichar) -2;
}

static void
append_bytes (RnlMarkdownSource *self, const char *bytes, gsize length)
{
  while (length > 0)
    {
      const char *end;
      gsize valid;

      g_utf8_validate_len (bytes, length, &end);
      valid = (gsize) (end - bytes);
      append_lines (self, bytes, valid);
      bytes += valid;
      length -= valid;
      if (length == 0)
        break;
      if (is_unfinished (bytes, length))
        {
          g_string_append_len (self->partial, bytes, (gssize) length);
          break;
        }
      append_replacement (self);
      bytes++;
      length--;
    }
}

/* Appends bytes; what is not UTF-8 becomes replacement characters, an unfinished character waits.
 */
void
rnl_markdown_source_append (RnlMarkdownSource *self, const char *bytes, gsize length)
{
  g_autoptr (GString) joined = NULL;

  if (self->partial->len == 0)
    {
      append_bytes (self, bytes, length);
      return;
    }
  joined = g_steal_pointer (&self->partial);
  self->partial = g_string_new (NULL);
  g_string_append_len (joined, bytes, (gssize) length);
  append_bytes (self, joined->str, joined->len);
}

/* The character that waits is not finished any more. */
void
rnl_markdown_source_end (RnlMarkdownSource *self)
{
  for (gsize i = 0; i < self->partial->len; i++)
    append_replacement (self);
  g_string_truncate (self->partial, 0);
}

/* Forgets the beginning of the text. */
void
rnl_markdown_source_forget (RnlMarkdownSource *self, gsize length)
{
  if (length == 0)
    return;
  g_string_erase (self->text, 0, (gssize) length);
  self->base += length;
}

/* Returns where in the bytes something in the text stands. */
guint64
rnl_markdown_source_get_offset (const RnlMarkdownSource *self, gsize pos)
{
  guint64 offset = self->base + pos;
  guint first = 0;
  guint last = self->shifts->len;

  while (first < last)
    {
      guint middle = (first + last) / 2;

      if (g_array_index (self->shifts, Shift, middle).from <= offset)
        first = middle + 1;
      else
        last = middle;
    }

  return first > 0 ? offset + g_array_index (self->shifts, Shift, first - 1).shift : offset;
}
