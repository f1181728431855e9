/* rnl-answer-view-notes.c: from a reference to its footnote and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-note-link.h"

/* How far from the upper edge a place is put that was out of sight, as a part of the page. */
#define DISTANCE 0.2

static gboolean
find_note (RnlAnswerView *self, guint number, RnlBlockPoint *place)
{
  for (guint i = self->places->len; i > 0; i--)
    {
      RnlBlock *block = rnl_markdown_stream_get_block (self->stream, i - 1);

      if (rnl_block_get_marker (block) == RNL_MARKER_FOOTNOTE
          && rnl_block_get_number (block) == number)
        {
          *place = (RnlBlockPoint){ i - 1, 0 };
          return TRUE;
        }
    }

  return FALSE;
}

/* Behind how many characters of a text its footnote is mentioned. */
static gboolean
find_span (RnlBlock *block, guint number, guint *offset)
{
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    if (spans[i].flags & RNL_SPAN_FOOTNOTE && spans[i].number == number)
      {
        *offset = (guint) g_utf8_strlen (rnl_block_get_text (block), (gssize) spans[i].start);
        return TRUE;
      }

  return FALSE;
}

/* The cells follow each other with one character between. */
static gboolean
find_in_cells (RnlBlock *table, guint number, guint *offset)
{
  guint columns = rnl_block_get_n_columns (table);
  guint start = 0;

  for (guint i = 0; i < columns * rnl_block_get_n_rows (table); i++)
    {
      RnlBlock *cell = rnl_block_get_cell (table, i / columns, i % columns);

      if (find_span (cell, number, offset))
        {
          *offset += start;
          return TRUE;
        }
      start += (guint) g_utf8_strlen (rnl_block_get_text (cell), -1) + 1;
    }

  return FALSE;
}

static gboolean
find_reference (RnlAnswerView *self, guint number, RnlBlockPoint *place)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      RnlBlock *block = rnl_markdown_stream_get_block (self->stream, i);
      gboolean found = rnl_block_get_kind (block) == RNL_BLOCK_TABLE
                         ? find_in_cells (block, number, &place->offset)
                         : find_span (block, number, &place->offset);

      place->block = i;
      if (found)
        return TRUE;
    }

  return FALSE;
}

static void
show_place (RnlAnswerView *self, const RnlBlockPoint *place)
{
  GtkWidget *child = g_array_index (self->places, Place, place->block).child;
  graphene_rect_t area;

  /* For the keyboard and for what reads aloud. */
  gtk_widget_grab_focus (child);
  if (rnl_selectable_locate (RNL_SELECTABLE (self), place, &area))
    rnl_answer_column_scroll_to (RNL_ANSWER_COLUMN (self), &area, DISTANCE);
}

/* Goes to what @address means inside of the answer. Returns whether it means anything there. */
gboolean
rnl_answer_view_follow_note (RnlAnswerView *self, const char *address)
{
  RnlBlockPoint place;
  RnlNoteLink kind;
  guint number;

  if (!rnl_note_link_parse (address, &kind, &number))
    return FALSE;
  if (kind == RNL_NOTE_LINK_TO ? find_note (self, number, &place)
                               : find_reference (self, number, &place))
    show_place (self, &place);

  return TRUE;
}
