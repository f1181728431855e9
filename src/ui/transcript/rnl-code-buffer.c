/* rnl-code-buffer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-buffer.h"
#include "rnl-code-tags.h"

#include <string.h>

/**
 * RnlCodeBuffer:
 *
 * A text buffer for code that only grows. New text is coloured at once, and only the line it
 * continues is looked at again: what one more piece costs depends on that piece alone.
 *
 * Very long lines are broken by `RNL_CODE_LINE_BREAK`; only their first part is coloured.
 */
struct _RnlCodeBuffer
{
  GtkTextBuffer parent_instance;

  const RnlCodeLanguage *language; /* `NULL` for one that is not known */

  /* owned */
  GString *line;   /* the first part of the last line */
  GArray *applied; /* of RnlCodeToken: how it is coloured */
  GArray *tokens;  /* of RnlCodeToken: how it is to be */

  GArray *breaks; /* of guint: the characters of the code before each break of a line */

  guint state;     /* of the lexer, before the last line */
  int line_number; /* of the last line, in the buffer */
  guint column;    /* bytes of it, since a break */
  guint n_breaks;  /* in it */
};

G_DEFINE_FINAL_TYPE (RnlCodeBuffer, rnl_code_buffer, GTK_TYPE_TEXT_BUFFER)

static void
rnl_code_buffer_finalize (GObject *object)
{
  RnlCodeBuffer *self = RNL_CODE_BUFFER (object);

  g_string_free (self->line, TRUE);
  g_array_unref (self->applied);
  g_array_unref (self->tokens);
  g_array_unref (self->breaks);

  G_OBJECT_CLASS (rnl_code_buffer_parent_class)->finalize (object);
}

static void
rnl_code_buffer_class_init (RnlCodeBufferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_code_buffer_finalize;
}

static void
rnl_code_buffer_init (RnlCodeBuffer *self)
{
  self->line = g_string_new (NULL);
  self->applied = g_array_new (FALSE, FALSE, sizeof (RnlCodeToken));
  self->tokens = g_array_new (FALSE, FALSE, sizeof (RnlCodeToken));
  self->breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self), FALSE);
}

/**
 * rnl_code_buffer_new:
 *
 * Returns: (transfer full): a buffer without text
 */
RnlCodeBuffer *
rnl_code_buffer_new (void)
{
  return g_object_new (RNL_TYPE_CODE_BUFFER, "tag-table", rnl_code_tags_get_table (), NULL);
}

/**
 * rnl_code_buffer_reset:
 * @self: a buffer
 * @language: (nullable): the first word after a fence
 *
 * Takes all text away; what comes next is in @language.
 */
void
rnl_code_buffer_reset (RnlCodeBuffer *self, const char *language)
{
  g_return_if_fail (RNL_IS_CODE_BUFFER (self));

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self), "", 0);
  self->language = rnl_code_language_find (language);
  g_string_truncate (self->line, 0);
  g_array_set_size (self->applied, 0);
  g_array_set_size (self->breaks, 0);
  self->state = 0;
  self->line_number = 0;
  self->column = 0;
  self->n_breaks = 0;
}

/* {{{ Colours */

static void
get_iter (RnlCodeBuffer *self, GtkTextIter *iter, guint byte)
{
  gtk_text_buffer_get_iter_at_line_index (GTK_TEXT_BUFFER (self), iter, self->line_number,
                                          (int) byte);
}

static void
apply (RnlCodeBuffer *self, RnlCodeStyle style, guint from, guint to)
{
  GtkTextIter start, end;

  get_iter (self, &start, from);
  end = start;
  gtk_text_iter_set_line_index (&end, (int) to);
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self), rnl_code_tags_get (style), &start, &end);
}

static const RnlCodeToken *
token_at (const GArray *tokens, guint position)
{
  return position < tokens->len ? &g_array_index (tokens, RnlCodeToken, position) : NULL;
}

/* Colours the last line, touching only what differs from how it is. */
static void
colour_line (RnlCodeBuffer *self)
{
  const RnlCodeToken *is, *wanted;
  guint same = 0;

  while ((is = token_at (self->applied, same)) != NULL
         && (wanted = token_at (self->tokens, same)) != NULL && is->start == wanted->start
         && is->end == wanted->end && is->style == wanted->style)
    same++;
  wanted = token_at (self->tokens, same);
  if (is != NULL && wanted != NULL && same + 1 == self->applied->len && is->start == wanted->start
      && is->style == wanted->style && is->end < wanted->end)
    {
      apply (self, wanted->style, is->end, wanted->end);
      same++;
    }
  else if (is != NULL)
    {
      GtkTextIter start, end;

      get_iter (self, &start, is->start);
      get_iter (self, &end, token_at (self->applied, self->applied->len - 1)->end);
      gtk_text_buffer_remove_all_tags (GTK_TEXT_BUFFER (self), &start, &end);
    }
  for (; (wanted = token_at (self->tokens, same)) != NULL; same++)
    apply (self, wanted->style, wanted->start, wanted->end);
}

/* }}} */

/* How many bytes stay on the line before it is broken or ends. */
static gsize
get_stretch (guint column, const char *text, gsize length)
{
  gsize room = RNL_CODE_MAX_LINE - column;
  const char *end;

  if (length > room)
    {
      length = room;
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
    }
  end = memchr (text, '\n', length);

  return end != NULL ? (gsize) (end - text) : length;
}

/* The text with its long lines broken. */
static void
insert (RnlCodeBuffer *self, const char *text, gsize length)
{
  g_autoptr (GString) broken = g_string_sized_new (length + 16);
  guint column = self->column;
  guint offset
    = (guint) gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)) - self->breaks->len;
  GtkTextIter at;

  while (length > 0)
    {
      gsize n = get_stretch (column, text, length);

      g_string_append_len (broken, text, (gssize) n);
      offset += (guint) g_utf8_strlen (text, (gssize) n);
      column += (guint) n;
      text += n;
      length -= n;
      if (length == 0)
        break;
      column = 0;
      if (*text != '\n')
        {
          g_string_append (broken, RNL_CODE_LINE_BREAK);
          g_array_append_val (self->breaks, offset);
        }
      else
        {
          g_string_append_c (broken, '\n');
          offset++;
          text++;
          length--;
        }
    }
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self), &at);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &at, broken->str, (int) broken->len);
}

/* Follows the text that was inserted, line by line. */
static void
colour (RnlCodeBuffer *self, const char *text, gsize length)
{
  while (length > 0)
    {
      gsize n = get_stretch (self->column, text, length);

      if (self->n_breaks == 0 && self->language != NULL)
        {
          guint state;

          g_string_append_len (self->line, text, (gssize) n);
          g_array_set_size (self->tokens, 0);
          state = rnl_code_lexer_scan (self->language, self->state, self->line->str,
                                       self->line->len, self->tokens);
          colour_line (self);
          if (n < length && text[n] == '\n')
            self->state = state;
          else
            {
              GArray *applied = g_steal_pointer (&self->applied);

              self->applied = self->tokens;
              self->tokens = applied;
            }
        }
      self->column += (guint) n;
      text += n;
      length -= n;
      if (length == 0)
        break;
      self->column = 0;
      if (*text != '\n')
        {
          self->n_breaks++;
          continue;
        }
      text++;
      length--;
      self->line_number += 1 + (int) self->n_breaks;
      self->n_breaks = 0;
      g_string_truncate (self->line, 0);
      g_array_set_size (self->applied, 0);
    }
}

/**
 * rnl_code_buffer_append:
 * @self: a buffer
 * @text: more code
 * @length: its length in bytes; does not end within a character
 *
 * Adds text at the end, with its colours.
 */
void
rnl_code_buffer_append (RnlCodeBuffer *self, const char *text, gsize length)
{
  GtkTextBuffer *buffer;
  gboolean first;

  g_return_if_fail (RNL_IS_CODE_BUFFER (self));

  buffer = GTK_TEXT_BUFFER (self);
  first = gtk_text_buffer_get_char_count (buffer) == 0;
  insert (self, text, length);
  colour (self, text, length);
  if (first)
    {
      GtkTextIter start;

      /* A view lays out text to follow its cursor, and the cursor went along. */
      gtk_text_buffer_get_start_iter (buffer, &start);
      gtk_text_buffer_place_cursor (buffer, &start);
    }
}

/**
 * rnl_code_buffer_to_shown:
 * @self: a buffer
 * @offset: a number of characters of the code
 *
 * Returns: how many characters of the buffer they are, which has broken lines
 */
guint
rnl_code_buffer_to_shown (RnlCodeBuffer *self, guint offset)
{
  guint n = 0;

  g_return_val_if_fail (RNL_IS_CODE_BUFFER (self), 0);

  while (n < self->breaks->len && g_array_index (self->breaks, guint, n) <= offset)
    n++;

  return MIN (offset + n, (guint) gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)));
}

/**
 * rnl_code_buffer_from_shown:
 * @self: a buffer
 * @offset: a number of characters of the buffer
 *
 * Returns: how many characters of the code they are
 */
guint
rnl_code_buffer_from_shown (RnlCodeBuffer *self, guint offset)
{
  guint n = 0;

  g_return_val_if_fail (RNL_IS_CODE_BUFFER (self), 0);

  while (n < self->breaks->len && g_array_index (self->breaks, guint, n) + n < offset)
    n++;

  return offset - n;
}

/**
 * rnl_code_buffer_dup_text:
 * @self: a buffer
 *
 * Returns: (transfer full): the code that was appended
 */
char *
rnl_code_buffer_dup_text (RnlCodeBuffer *self)
{
  GtkTextIter start, end;
  g_autofree char *broken = NULL;
  GString *text;

  g_return_val_if_fail (RNL_IS_CODE_BUFFER (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  broken = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self), &start, &end, TRUE);
  text = g_string_new (broken);
  g_string_replace (text, RNL_CODE_LINE_BREAK, "", 0);

  return g_string_free (text, FALSE);
}
