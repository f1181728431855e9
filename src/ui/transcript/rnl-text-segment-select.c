/* rnl-text-segment-select.c: running text as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-segment-private.h"
#include "rnl-text-realize.h"
#include "rnl-selectable.h"

static const RnlTextEntry *
entry_at (RnlTextSegment *self, guint index)
{
  return &g_array_index (self->entries, RnlTextEntry, index);
}

static int
entry_end (RnlTextSegment *self, guint index)
{
  return index + 1 < self->entries->len ? entry_at (self, index + 1)->start
                                        : gtk_text_buffer_get_char_count (self->buffer);
}

static int
to_buffer (RnlTextSegment *self, const RnlBlockPoint *place)
{
  guint index = MIN (place->block, self->entries->len - 1);
  const RnlTextEntry *entry = entry_at (self, index);
  int end = entry_end (self, index);

  if (place->offset >= rnl_block_get_length (entry->block))
    return end;

  return MIN (rnl_text_entry_to_buffer (entry, place->offset), end);
}

/* Where the selection begins on screen: with its marker if the block is selected as a whole, or
 * something behind it too. */
static int
selection_start (RnlTextSegment *self, const RnlBlockRange *range)
{
  guint index = MIN (range->from.block, self->entries->len - 1);
  const RnlTextEntry *entry = entry_at (self, index);

  if (range->from.offset > 0
      || (range->to.block == range->from.block
          && to_buffer (self, &range->to) < entry_end (self, index)))
    return to_buffer (self, &range->from);

  return entry->start + (index > 0 ? 1 : 0);
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (selectable);
  int offset = rnl_text_marks_offset_at (GTK_TEXT_VIEW (self), x, y);
  guint index = self->entries->len;

  if (index == 0)
    return FALSE;
  do
    index--;
  while (index > 0 && entry_at (self, index)->start >= offset);
  place->block = index;
  place->offset = rnl_text_entry_from_buffer (entry_at (self, index), offset);

  return TRUE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (selectable);
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  GdkRectangle rectangle;
  int x, y;

  if (self->entries->len == 0 || !rnl_text_is_attached (view, self->buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, to_buffer (self, place));
  gtk_text_view_get_iter_location (view, &iter, &rectangle);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, rectangle.x, rectangle.y, &x,
                                         &y);
  *area
    = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) rectangle.width, (float) rectangle.height);

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return RNL_TEXT_SEGMENT (selectable)->entries->len;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return rnl_block_dup_flat_text (entry_at (RNL_TEXT_SEGMENT (selectable), block)->block);
}

static void
show_selected (RnlTextSegment *self)
{
  const RnlBlockRange *range = &self->marks.selected;

  if (rnl_block_range_is_empty (range) || self->entries->len == 0)
    rnl_text_marks_show_selection (self->buffer, 0, 0);
  else
    rnl_text_marks_show_selection (self->buffer, selection_start (self, range),
                                   to_buffer (self, &range->to));
}

static void
show_found (RnlTextSegment *self)
{
  rnl_text_marks_hide_found (self->buffer);
  for (guint i = 0; self->marks.found != NULL && i < self->marks.found->len; i++)
    {
      const RnlBlockRange *range = &g_array_index (self->marks.found, RnlBlockRange, i);

      if (range->from.block < self->entries->len)
        rnl_text_marks_show_found (self->buffer, to_buffer (self, &range->from),
                                   to_buffer (self, &range->to), self->marks.current == (int) i);
    }
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (selectable);

  if (rnl_text_marks_select (&self->marks, range))
    show_selected (self);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (selectable);

  if (rnl_text_marks_find (&self->marks, ranges, n_ranges, current))
    show_found (self);
}

static gboolean
activate (RnlSelectable *selectable, double x, double y)
{
  return rnl_text_segment_activate_at (RNL_TEXT_SEGMENT (selectable), x, y);
}

static char *
dup_link (RnlSelectable *selectable, double x, double y)
{
  return rnl_text_segment_dup_link_at (RNL_TEXT_SEGMENT (selectable), x, y);
}

/**
 * rnl_text_segment_show_marks:
 * @self: a segment whose text has changed
 *
 * Shows again what is selected and found in it.
 */
void
rnl_text_segment_show_marks (RnlTextSegment *self)
{
  if (!rnl_block_range_is_empty (&self->marks.selected))
    show_selected (self);
  if (self->marks.found != NULL)
    show_found (self);
}

/* Called by the class's own definition. */
void
rnl_text_segment_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
  iface->activate = activate;
  iface->dup_link = dup_link;
}
