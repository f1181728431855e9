/* rnl-text-segment-swaps.c: formulas in running text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of a block has the source of a formula, the buffer what is shown for it. Places in the
 * one and in the other are told apart here. */
#include "config.h"
#include "rnl-text-segment-private.h"
#include "rnl-answer-tags.h"

#include "rnl-math-inline.h"
#include "rnl-math-paintable.h"

/* Longer ones are shown as they are written: in a line of text nobody could read them. */
#define MAX_SOURCE 2000

/* Keeps a formula and what makes room below it together, and shows nothing. */
#define JOINER "\u2060"

/* {{{ Places */

/**
 * rnl_text_entry_to_buffer:
 * @entry: a block in a segment
 * @offset: characters of the block's text
 *
 * Returns: the place of it in the buffer; that of a formula is before it
 */
int
rnl_text_entry_to_buffer (const RnlTextEntry *entry, guint offset)
{
  guint shown = offset;

  for (guint i = 0; entry->swaps != NULL && i < entry->swaps->len; i++)
    {
      const RnlTextSwap *swap = &g_array_index (entry->swaps, RnlTextSwap, i);

      if (offset <= swap->start)
        break;
      shown = offset < swap->end ? swap->shown_start : offset - swap->end + swap->shown_end;
    }

  return entry->text + (int) shown;
}

/**
 * rnl_text_entry_from_buffer:
 * @entry: a block in a segment
 * @offset: a place in the buffer
 *
 * Returns: the nearest place in the block's text, in characters; a formula is not divided
 */
guint
rnl_text_entry_from_buffer (const RnlTextEntry *entry, int offset)
{
  guint shown = (guint) MAX (0, offset - entry->text);
  guint place = shown;

  for (guint i = 0; entry->swaps != NULL && i < entry->swaps->len; i++)
    {
      const RnlTextSwap *swap = &g_array_index (entry->swaps, RnlTextSwap, i);

      if (shown <= swap->shown_start)
        break;
      if (shown >= swap->shown_end)
        place = shown - swap->shown_end + swap->end;
      else
        place = shown - swap->shown_start < swap->shown_end - shown ? swap->start : swap->end;
    }

  return place;
}

/* Forgets those behind that many characters of the block's text. */
void
rnl_text_entry_truncate_swaps (RnlTextEntry *entry, guint offset)
{
  while (entry->swaps != NULL && entry->swaps->len > 0
         && g_array_index (entry->swaps, RnlTextSwap, entry->swaps->len - 1).end > offset)
    g_array_set_size (entry->swaps, entry->swaps->len - 1);
}

/* }}} */

/* {{{ Formulas */

static int
get_end (RnlTextSegment *self)
{
  return gtk_text_buffer_get_char_count (self->buffer);
}

static void
insert_tagged (RnlTextSegment *self, const char *text, GtkTextTag *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags (self->buffer, &end, text, -1, tag, NULL);
}

/* Letters that a picture is as high as: a formula in a heading is as large as the heading. */
static double
get_scale (RnlBlock *block)
{
  double scale = 1;

  if (rnl_block_get_kind (block) == RNL_BLOCK_HEADING)
    g_object_get (rnl_answer_tags_get_heading (rnl_block_get_level (block)), "scale", &scale, NULL);

  return scale;
}

/* Takes the node out of @piece. */
static void
insert_drawn (RnlTextSegment *self, RnlBlock *block, RnlMathPiece *piece, gboolean display)
{
  g_autoptr (RnlMathPaintable) paintable = NULL;
  GtkTextIter end;
  GtkTextTag *tag;
  int ascent, descent;

  if (display)
    {
      RnlTexNode *style = rnl_tex_node_new (RNL_TEX_STYLE, NULL);

      style->size = RNL_TEX_SIZE_DISPLAY;
      rnl_tex_node_add (style, piece->node);
      piece->node = style;
    }
  paintable = rnl_math_paintable_new (g_steal_pointer (&piece->node), GTK_WIDGET (self),
                                      get_scale (block), FALSE);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_paintable (self->buffer, &end, GDK_PAINTABLE (paintable));
  rnl_math_paintable_measure (paintable, NULL, &ascent, &descent);
  tag = rnl_answer_tags_get_depth (descent / rnl_math_paintable_get_em (paintable));
  if (tag != NULL)
    insert_tagged (self, JOINER, tag);
}

static void
insert_pieces (RnlTextSegment *self, RnlTextEntry *entry, const char *source, gboolean display)
{
  g_autoptr (GArray) pieces = rnl_math_split (rnl_tex_parse (source, -1));

  for (guint i = 0; i < pieces->len; i++)
    {
      RnlMathPiece *piece = &g_array_index (pieces, RnlMathPiece, i);

      if (piece->node != NULL)
        insert_drawn (self, entry->block, piece, display);
      else
        insert_tagged (self, piece->text, rnl_answer_tags_get_math (piece->variant));
    }
}

/**
 * rnl_text_segment_insert_formula:
 * @self: a segment
 * @entry: its last block
 * @span: maths in it
 *
 * Shows a formula at the end: what is possible as text, the rest as pictures in it.
 */
void
rnl_text_segment_insert_formula (RnlTextSegment *self, RnlTextEntry *entry, const RnlSpan *span)
{
  const char *text = rnl_block_get_text (entry->block);
  g_autofree char *source = g_strndup (text + span->start, span->end - span->start);
  RnlTextSwap swap = { 0 };

  swap.start = (guint) g_utf8_strlen (text, (gssize) span->start);
  swap.end = swap.start + (guint) g_utf8_strlen (source, -1);
  swap.shown_start = (guint) (get_end (self) - entry->text);
  if (span->end - span->start > MAX_SOURCE)
    insert_tagged (self, source, rnl_answer_tags_get_math (RNL_TEX_MONOSPACE));
  else
    insert_pieces (self, entry, source, (span->flags & RNL_SPAN_DISPLAY) != 0);
  swap.shown_end = (guint) (get_end (self) - entry->text);
  if (entry->swaps == NULL)
    entry->swaps = g_array_new (FALSE, FALSE, sizeof (RnlTextSwap));
  g_array_append_val (entry->swaps, swap);
}

/* }}} */
