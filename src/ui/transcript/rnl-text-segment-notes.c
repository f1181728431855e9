/* rnl-text-segment-notes.c: footnotes and the way to them and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-segment-private.h"
#include "rnl-answer-tags.h"
#include "rnl-note-link.h"

static void
add_link (RnlTextSegment *self, int start, RnlNoteLink kind, guint number)
{
  g_autofree char *address = rnl_note_link_new (kind, number);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, start);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  gtk_text_buffer_apply_tag (self->buffer, rnl_answer_tags_get_note (), &from, &to);
  rnl_text_segment_add_link (self, start, gtk_text_iter_get_offset (&to), address);
}

/* Makes what is in the buffer from @start on a reference to a footnote. */
void
rnl_text_segment_add_reference (RnlTextSegment *self, int start, guint number)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, start);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  gtk_text_buffer_apply_tag (self->buffer, rnl_answer_tags_get_reference (), &from, &to);
  add_link (self, start, RNL_NOTE_LINK_TO, number);
}

/* The number before a footnote leads back to where it is mentioned. */
void
rnl_text_segment_insert_note_marker (RnlTextSegment *self, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u↩", number);
  int start = gtk_text_buffer_get_char_count (self->buffer);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, text, -1);
  add_link (self, start, RNL_NOTE_LINK_BACK, number);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, "\t", 1);
}
