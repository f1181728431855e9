/* rnl-spelling-marks.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-marks-private.h"

#include <adwaita.h>

/**
 * RnlSpellingMarks:
 *
 * Marks what is misspelled in a text view. Only lines that changed are looked at, after a pause, a
 * few thousand characters at a time, and never the word that is being written. Nothing is looked
 * at, and no dictionary opened, before the person has written something.
 */
enum
{
  PROP_ENABLED = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlSpellingMarks, rnl_spelling_marks, G_TYPE_OBJECT)

void
rnl_spelling_marks_get_at (RnlSpellingMarks *self, GtkTextMark *mark, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, iter, mark);
}

/* Each has at least three times the contrast of the field's background. */
static void
update_colour (RnlSpellingMarks *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA colour;

  gdk_rgba_parse (&colour, dark ? "#ff7b63" : "#c01c28");
  g_object_set (self->wrong, "underline-rgba", &colour, NULL);
}

static void
remove_tags (RnlSpellingMarks *self)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);

  g_signal_handlers_disconnect_by_data (self->buffer, self);
  gtk_text_tag_table_remove (table, self->wrong);
  for (guint i = 0; i < G_N_ELEMENTS (self->code); i++)
    gtk_text_tag_table_remove (table, self->code[i]);
}

static void
rnl_spelling_marks_dispose (GObject *object)
{
  RnlSpellingMarks *self = RNL_SPELLING_MARKS (object);

  rnl_spelling_marks_stop (self);
  if (self->buffer != NULL)
    {
      remove_tags (self);
      gtk_text_buffer_delete_mark (self->buffer, self->changed_start);
      gtk_text_buffer_delete_mark (self->buffer, self->changed_end);
      gtk_text_buffer_delete_mark (self->buffer, self->asked_start);
      gtk_text_buffer_delete_mark (self->buffer, self->asked_end);
      gtk_text_buffer_delete_mark (self->buffer, self->written);
    }
  g_clear_object (&self->buffer);
  g_clear_object (&self->speller);
  g_clear_weak_pointer (&self->view);
  g_clear_pointer (&self->words, g_array_unref);

  G_OBJECT_CLASS (rnl_spelling_marks_parent_class)->dispose (object);
}

static void
rnl_spelling_marks_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, RNL_SPELLING_MARKS (object)->enabled);
}

static void
rnl_spelling_marks_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  rnl_spelling_marks_set_enabled (RNL_SPELLING_MARKS (object), g_value_get_boolean (value));
}

static void
rnl_spelling_marks_class_init (RnlSpellingMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_spelling_marks_dispose;
  object_class->get_property = rnl_spelling_marks_get_property;
  object_class->set_property = rnl_spelling_marks_set_property;

  props[PROP_ENABLED]
    = g_param_spec_boolean ("enabled", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_spelling_marks_init (RnlSpellingMarks *self)
{
  self->words = g_array_new (FALSE, FALSE, sizeof (RnlProseWord));
}

/**
 * rnl_spelling_marks_new:
 * @view: where a person writes; its buffer has to stay the same
 * @speller: who knows what is right
 *
 * Returns: (transfer full): the marks of @view, not enabled; to be given up before @view is
 */
RnlSpellingMarks *
rnl_spelling_marks_new (GtkTextView *view, RnlSpeller *speller)
{
  RnlSpellingMarks *self = g_object_new (RNL_TYPE_SPELLING_MARKS, NULL);
  GtkTextIter start;

  g_set_weak_pointer (&self->view, view);
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  self->speller = g_object_ref (speller);
  self->wrong
    = gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->code); i++)
    self->code[i] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  self->changed_start = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->changed_end = gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE);
  self->asked_start = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->asked_end = gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE);
  self->written = gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE);
  update_colour (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colour), self, G_CONNECT_SWAPPED);
  rnl_spelling_marks_watch (self);

  return self;
}

/**
 * rnl_spelling_marks_get_view:
 * @self: marks
 *
 * Returns: (transfer none) (nullable): what they are in
 */
GtkTextView *
rnl_spelling_marks_get_view (RnlSpellingMarks *self)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), NULL);

  return self->view;
}

/**
 * rnl_spelling_marks_get_speller:
 * @self: marks
 *
 * Returns: (transfer none): who knows what is right
 */
RnlSpeller *
rnl_spelling_marks_get_speller (RnlSpellingMarks *self)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), NULL);

  return self->speller;
}

/**
 * rnl_spelling_marks_get_enabled:
 * @self: marks
 *
 * Returns: whether anything is marked
 */
gboolean
rnl_spelling_marks_get_enabled (RnlSpellingMarks *self)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), FALSE);

  return self->enabled;
}

/**
 * rnl_spelling_marks_set_enabled:
 * @self: marks
 * @enabled: whether anything is to be marked
 *
 * Without, nothing is, and nothing is asked.
 */
void
rnl_spelling_marks_set_enabled (RnlSpellingMarks *self, gboolean enabled)
{
  GtkTextIter start, end;

  g_return_if_fail (RNL_IS_SPELLING_MARKS (self));

  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  if (!enabled)
    {
      rnl_spelling_marks_stop (self);
      gtk_text_buffer_remove_tag (self->buffer, self->wrong, &start, &end);
    }
  else if (!gtk_text_iter_is_end (&start))
    {
      self->awake = TRUE;
      rnl_spelling_marks_read_all (self, 0);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ENABLED]);
}

/**
 * rnl_spelling_marks_get_pending:
 * @self: marks
 *
 * Returns: whether something has still to be looked at
 */
gboolean
rnl_spelling_marks_get_pending (RnlSpellingMarks *self)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), FALSE);

  return self->turn != 0 || self->asking != NULL;
}

/**
 * rnl_spelling_marks_get_n_words:
 * @self: marks
 *
 * Returns: how many words were looked at so far, each as often as it was
 */
guint64
rnl_spelling_marks_get_n_words (RnlSpellingMarks *self)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), 0);

  return self->n_words;
}

/**
 * rnl_spelling_marks_find:
 * @self: marks
 * @at: a place in the text
 * @start: (out): where the word begins
 * @end: (out): where it ends
 *
 * Returns: whether a word that is marked is at @at, or ends there
 */
gboolean
rnl_spelling_marks_find (RnlSpellingMarks *self,
                         const GtkTextIter *at,
                         GtkTextIter *start,
                         GtkTextIter *end)
{
  g_return_val_if_fail (RNL_IS_SPELLING_MARKS (self), FALSE);

  if (!gtk_text_iter_has_tag (at, self->wrong) && !gtk_text_iter_ends_tag (at, self->wrong))
    return FALSE;
  *start = *end = *at;
  if (!gtk_text_iter_starts_tag (start, self->wrong))
    gtk_text_iter_backward_to_tag_toggle (start, self->wrong);
  if (!gtk_text_iter_ends_tag (end, self->wrong))
    gtk_text_iter_forward_to_tag_toggle (end, self->wrong);

  return TRUE;
}

/**
 * rnl_spelling_marks_replace:
 * @self: marks
 * @start: where a word begins
 * @end: where it ends
 * @text: what to write instead
 *
 * Writes @text there, in one step that can be undone. It has the tags that the word had.
 */
void
rnl_spelling_marks_replace (RnlSpellingMarks *self,
                            const GtkTextIter *start,
                            const GtkTextIter *end,
                            const char *text)
{
  GtkTextIter from = *start, to = *end;
  g_autoptr (GSList) tags = NULL;
  int offset;

  g_return_if_fail (RNL_IS_SPELLING_MARKS (self));

  tags = g_slist_remove (gtk_text_iter_get_tags (start), self->wrong);
  offset = gtk_text_iter_get_offset (start);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, text, -1);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, offset);
  for (GSList *link = tags; link != NULL; link = link->next)
    gtk_text_buffer_apply_tag (self->buffer, link->data, &to, &from);
  gtk_text_buffer_place_cursor (self->buffer, &from);
  gtk_text_buffer_end_user_action (self->buffer);
}
