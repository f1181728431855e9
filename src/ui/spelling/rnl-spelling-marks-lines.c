/* rnl-spelling-marks-lines.c: what is wrong in a line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-marks-private.h"

#include <string.h>

/* How much of the text is looked at in one turn of the main loop, in characters. */
#define TURN_CHARS 4096
/* A line of at least so many words of which three quarters are wrong is in a language that is not
 * among the person's, or in none. */
#define FOREIGN_WORDS 5

/* What comes after the line before ITER, which is at the beginning of one. */
static RnlProseState
get_state (RnlSpellingMarks *self, const GtkTextIter *iter)
{
  GtkTextIter before = *iter;

  if (!gtk_text_iter_backward_char (&before))
    return RNL_PROSE_TEXT;
  for (guint i = 0; i < G_N_ELEMENTS (self->code); i++)
    if (gtk_text_iter_has_tag (&before, self->code[i]))
      return RNL_PROSE_BACKTICKS + i;

  return RNL_PROSE_TEXT;
}

/* Writes down what comes after the line from START to NEXT, the beginning of the next; only what
 * ends the line is ever asked for it.
 *
 * Returns: whether it was something else before */
static gboolean
set_state (RnlSpellingMarks *self,
           const GtkTextIter *start,
           const GtkTextIter *next,
           RnlProseState state)
{
  if (get_state (self, next) == state)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->code); i++)
    if (state == RNL_PROSE_BACKTICKS + i)
      gtk_text_buffer_apply_tag (self->buffer, self->code[i], start, next);
    else
      gtk_text_buffer_remove_tag (self->buffer, self->code[i], start, next);

  return TRUE;
}

/* Whether another kind of text than prose: what a tag stands on is not the person's own writing. */
static gboolean
is_tagged (RnlSpellingMarks *self, const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *link = tags; link != NULL; link = link->next)
    if (link->data != self->wrong && link->data != self->code[0] && link->data != self->code[1])
      return TRUE;

  return FALSE;
}

static gboolean
is_being_written (RnlSpellingMarks *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter cursor;

  if (!self->writing)
    return FALSE;
  rnl_spelling_marks_get_at (self, gtk_text_buffer_get_insert (self->buffer), &cursor);

  return gtk_text_iter_compare (start, &cursor) <= 0 && gtk_text_iter_compare (&cursor, end) <= 0;
}

/* Keeps of the words of a line those that are wrong, and collects those nobody knows yet. */
static void
keep_wrong (RnlSpellingMarks *self,
            const GtkTextIter *line,
            const char *text,
            GArray *words,
            GHashTable *unknown)
{
  guint n_words = words->len;
  guint n_wrong = 0;

  for (guint i = 0; i < n_words; i++)
    {
      RnlProseWord word = g_array_index (words, RnlProseWord, i);
      g_autofree char *string = g_strndup (text + word.start, word.end - word.start);
      GtkTextIter start = *line, end = *line;
      RnlSpelling spelling;

      gtk_text_iter_set_line_index (&start, word.start);
      gtk_text_iter_set_line_index (&end, word.end);
      if (is_being_written (self, &start, &end) || is_tagged (self, &start))
        continue;
      spelling = rnl_speller_look_up (self->speller, string);
      if (spelling == RNL_SPELLING_WRONG)
        g_array_index (words, RnlProseWord, n_wrong++) = word;
      else if (spelling == RNL_SPELLING_UNKNOWN)
        g_hash_table_add (unknown, g_steal_pointer (&string));
    }
  self->n_words += n_words;
  g_array_set_size (words, n_words >= FOREIGN_WORDS && n_wrong * 4 >= n_words * 3 ? 0 : n_wrong);
}

/* Whether exactly WORDS are marked between START and END. */
static gboolean
is_marked (RnlSpellingMarks *self, const GtkTextIter *start, const GtkTextIter *end, GArray *words)
{
  GtkTextIter at = *start;

  for (guint i = 0; i < words->len; i++)
    {
      RnlProseWord word = g_array_index (words, RnlProseWord, i);

      if (!gtk_text_iter_starts_tag (&at, self->wrong)
          && !gtk_text_iter_forward_to_tag_toggle (&at, self->wrong))
        return FALSE;
      if (gtk_text_iter_compare (&at, end) >= 0
          || gtk_text_iter_get_line_index (&at) != (int) word.start
          || !gtk_text_iter_forward_to_tag_toggle (&at, self->wrong)
          || gtk_text_iter_get_line_index (&at) != (int) word.end)
        return FALSE;
    }

  return !gtk_text_iter_has_tag (&at, self->wrong)
         && (!gtk_text_iter_forward_to_tag_toggle (&at, self->wrong)
             || gtk_text_iter_compare (&at, end) >= 0);
}

static void
mark_words (RnlSpellingMarks *self, const GtkTextIter *line, const GtkTextIter *end, GArray *words)
{
  if (is_marked (self, line, end, words))
    return;
  gtk_text_buffer_remove_tag (self->buffer, self->wrong, line, end);
  for (guint i = 0; i < words->len; i++)
    {
      RnlProseWord word = g_array_index (words, RnlProseWord, i);
      GtkTextIter from = *line, to = *line;

      gtk_text_iter_set_line_index (&from, word.start);
      gtk_text_iter_set_line_index (&to, word.end);
      gtk_text_buffer_apply_tag (self->buffer, self->wrong, &from, &to);
    }
}

/* Looks at the line that begins at LINE.
 *
 * Returns: whether the next one is to be looked at because of it */
static gboolean
read_line (RnlSpellingMarks *self, GtkTextIter *line, GHashTable *unknown)
{
  GtkTextIter end = *line;
  RnlProseState state = get_state (self, line);
  GtkTextIter next;

  g_array_set_size (self->words, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  if (gtk_text_iter_get_bytes_in_line (line) <= RNL_PROSE_MAX_LINE)
    {
      g_autofree char *text = gtk_text_iter_get_slice (line, &end);

      state = rnl_prose_read_line (text, strlen (text), state, self->words);
      keep_wrong (self, line, text, self->words, unknown);
    }
  mark_words (self, line, &end, self->words);
  next = end;
  if (!gtk_text_iter_is_end (&end))
    gtk_text_iter_forward_line (&next);

  return !gtk_text_iter_equal (&next, &end) && set_state (self, line, &next, state)
         && !gtk_text_iter_is_end (&next);
}

/* Reads the lines from AT to END, or as many of them as fit into a turn, and goes to the first one
 * that is left.
 *
 * Returns: whether none is left */
gboolean
rnl_spelling_marks_read_lines (RnlSpellingMarks *self,
                               GtkTextIter *at,
                               const GtkTextIter *end,
                               GHashTable *unknown)
{
  int n_chars = 0;
  gboolean more;

  gtk_text_iter_set_line_offset (at, 0);
  do
    {
      n_chars += gtk_text_iter_get_chars_in_line (at);
      more = read_line (self, at, unknown);
      if (!gtk_text_iter_forward_line (at) || (!more && gtk_text_iter_compare (at, end) > 0))
        return TRUE;
    }
  while (n_chars < TURN_CHARS);

  return FALSE;
}
