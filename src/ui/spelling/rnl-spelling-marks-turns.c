/* rnl-spelling-marks-turns.c: what changed, and when it is looked at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-marks-private.h"

/* How long nobody writes before what was written is looked at. */
#define PAUSE_MS 200
/* Letters of the longest word there is. */
#define MAX_WORD 64

static gboolean turn_cb (gpointer user_data);

static void
schedule (RnlSpellingMarks *self, guint ms)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  if (self->asking == NULL)
    self->turn = ms == 0 ? g_idle_add (turn_cb, self) : g_timeout_add (ms, turn_cb, self);
}

static void
add_changed (RnlSpellingMarks *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter first, last;

  rnl_spelling_marks_get_at (self, self->changed_start, &first);
  rnl_spelling_marks_get_at (self, self->changed_end, &last);
  if (!self->changed || gtk_text_iter_compare (start, &first) < 0)
    gtk_text_buffer_move_mark (self->buffer, self->changed_start, start);
  if (!self->changed || gtk_text_iter_compare (end, &last) > 0)
    gtk_text_buffer_move_mark (self->buffer, self->changed_end, end);
  self->changed = TRUE;
}

void
rnl_spelling_marks_read_all (RnlSpellingMarks *self, guint ms)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  add_changed (self, &start, &end);
  schedule (self, ms);
}

/* What was asked about is looked at again. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlSpellingMarks) self = user_data;
  GtkTextIter start, end;

  if (!rnl_speller_check_finish (RNL_SPELLER (source), result, NULL))
    return;
  g_clear_object (&self->asking);
  rnl_spelling_marks_get_at (self, self->asked_start, &start);
  rnl_spelling_marks_get_at (self, self->asked_end, &end);
  add_changed (self, &start, &end);
  schedule (self, 0);
}

static void
ask (RnlSpellingMarks *self, GHashTable *unknown, const GtkTextIter *start, const GtkTextIter *end)
{
  g_autofree char **words = (char **) g_hash_table_get_keys_as_array (unknown, NULL);

  gtk_text_buffer_move_mark (self->buffer, self->asked_start, start);
  gtk_text_buffer_move_mark (self->buffer, self->asked_end, end);
  self->asking = g_cancellable_new ();
  rnl_speller_check_async (self->speller, (const char *const *) words, self->asking, checked_cb,
                           g_object_ref (self));
}

static gboolean
turn_cb (gpointer user_data)
{
  RnlSpellingMarks *self = user_data;
  g_autoptr (GHashTable) unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkTextIter start, at, end;

  self->turn = 0;
  rnl_spelling_marks_get_at (self, self->changed_start, &start);
  rnl_spelling_marks_get_at (self, self->changed_end, &end);
  at = start;
  self->changed = !rnl_spelling_marks_read_lines (self, &at, &end, unknown);
  if (self->changed)
    {
      gtk_text_buffer_move_mark (self->buffer, self->changed_start, &at);
      if (gtk_text_iter_compare (&at, &end) > 0)
        gtk_text_buffer_move_mark (self->buffer, self->changed_end, &at);
    }
  if (g_hash_table_size (unknown) > 0)
    ask (self, unknown, &start, &at);
  else if (self->changed)
    schedule (self, 0);

  return G_SOURCE_REMOVE;
}

/* Nothing is begun by what the program writes, such as a draft of last time. */
static void
touch (RnlSpellingMarks *self, const GtkTextIter *start, const GtkTextIter *end)
{
  if (!self->enabled || (!self->awake && self->n_actions == 0))
    return;
  self->writing = self->n_actions > 0;
  gtk_text_buffer_move_mark (self->buffer, self->written, end);
  if (self->awake)
    {
      add_changed (self, start, end);
      schedule (self, PAUSE_MS);
    }
  else
    {
      self->awake = TRUE;
      rnl_spelling_marks_read_all (self, PAUSE_MS);
    }
}

static void
inserted_cb (RnlSpellingMarks *self, GtkTextIter *end, const char *text, int length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, g_utf8_strlen (text, length));
  touch (self, &start, end);
}

static void
deleted_cb (RnlSpellingMarks *self, GtkTextIter *start, GtkTextIter *end)
{
  touch (self, start, start);
}

/* A reference or a slot has come to be, or is plain text now. */
static void
tagged_cb (RnlSpellingMarks *self, GtkTextTag *tag, GtkTextIter *start, GtkTextIter *end)
{
  if (tag == self->wrong || tag == self->code[0] || tag == self->code[1] || !self->awake)
    return;
  add_changed (self, start, end);
  schedule (self, PAUSE_MS);
}

static void
action_begun_cb (RnlSpellingMarks *self)
{
  self->n_actions++;
}

static void
action_ended_cb (RnlSpellingMarks *self)
{
  /* Whoever made the marks may have done so in the middle of one. */
  if (self->n_actions > 0)
    self->n_actions--;
}

/* The word that was being written is finished. */
static void
end_word (RnlSpellingMarks *self)
{
  GtkTextIter written;

  if (!self->writing)
    return;
  self->writing = FALSE;
  rnl_spelling_marks_get_at (self, self->written, &written);
  add_changed (self, &written, &written);
  schedule (self, PAUSE_MS);
}

/* Whether only letters of one word stand between A and B. */
static gboolean
is_one_word (const GtkTextIter *a, const GtkTextIter *b)
{
  GtkTextIter from = *a, to = *b;

  gtk_text_iter_order (&from, &to);
  for (guint i = 0; i < MAX_WORD && !gtk_text_iter_equal (&from, &to); i++)
    {
      if (!rnl_prose_is_in_word (gtk_text_iter_get_char (&from)))
        return FALSE;
      gtk_text_iter_forward_char (&from);
    }

  return gtk_text_iter_equal (&from, &to);
}

static void
cursor_moved_cb (RnlSpellingMarks *self)
{
  GtkTextIter cursor, written;

  if (!self->writing || self->n_actions > 0)
    return;
  rnl_spelling_marks_get_at (self, gtk_text_buffer_get_insert (self->buffer), &cursor);
  rnl_spelling_marks_get_at (self, self->written, &written);
  if (!is_one_word (&cursor, &written))
    end_word (self);
}

static void
focus_cb (RnlSpellingMarks *self)
{
  if (self->view != NULL && !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    end_word (self);
}

static void
speller_changed_cb (RnlSpellingMarks *self)
{
  if (self->awake)
    rnl_spelling_marks_read_all (self, 0);
}

void
rnl_spelling_marks_watch (RnlSpellingMarks *self)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "insert-text", G_CALLBACK (inserted_cb) },
    { "delete-range", G_CALLBACK (deleted_cb) },
    { "apply-tag", G_CALLBACK (tagged_cb) },
    { "remove-tag", G_CALLBACK (tagged_cb) },
    { "begin-user-action", G_CALLBACK (action_begun_cb) },
    { "end-user-action", G_CALLBACK (action_ended_cb) },
    { "notify::cursor-position", G_CALLBACK (cursor_moved_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->buffer, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->view, "notify::has-focus", G_CALLBACK (focus_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->speller, "changed", G_CALLBACK (speller_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
rnl_spelling_marks_stop (RnlSpellingMarks *self)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->awake = self->changed = self->writing = FALSE;
}
