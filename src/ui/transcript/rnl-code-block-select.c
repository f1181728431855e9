/* rnl-code-block-select.c: code as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-block-private.h"
#include "rnl-code-buffer.h"

/* Where the view scrolls to, and how near to an edge that may be, as a part of its size. */
#define REVEALED_MARK "rnl-revealed"
#define REVEAL_MARGIN 0.1

static GtkTextBuffer *
buffer_of (RnlCodeBlock *self)
{
  return gtk_text_view_get_buffer (rnl_code_block_get_view (self));
}

static int
to_buffer (RnlCodeBlock *self, const RnlBlockPoint *place)
{
  GtkTextBuffer *buffer = buffer_of (self);

  return place->block > 0
           ? gtk_text_buffer_get_char_count (buffer)
           : (int) rnl_code_buffer_to_shown (RNL_CODE_BUFFER (buffer), place->offset);
}

/* Between the coordinates of the block and those of the view inside, which scrolls sideways. */
static gboolean
translate (GtkWidget *from, GtkWidget *to, float x, float y, graphene_point_t *point)
{
  return gtk_widget_compute_point (from, to, &GRAPHENE_POINT_INIT (x, y), point);
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  GtkTextView *view = rnl_code_block_get_view (RNL_CODE_BLOCK (selectable));
  graphene_point_t point;

  if (!translate (GTK_WIDGET (selectable), GTK_WIDGET (view), (float) x, (float) y, &point))
    return FALSE;
  *place = (RnlBlockPoint){ 0, 0 };
  if (point.y >= 0)
    place->offset
      = rnl_code_buffer_from_shown (RNL_CODE_BUFFER (gtk_text_view_get_buffer (view)),
                                    (guint) rnl_text_marks_offset_at (view, point.x, point.y));

  return TRUE;
}

/* What waits behind the button has no place. */
static gboolean
is_shown (RnlCodeBlock *self, const RnlBlockPoint *place)
{
  RnlCodeBuffer *buffer = RNL_CODE_BUFFER (buffer_of (self));
  guint count = (guint) gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (buffer));

  return place->block > 0 || place->offset <= rnl_code_buffer_from_shown (buffer, count)
         || !rnl_code_block_is_cut (self);
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (selectable);
  GtkTextView *view = rnl_code_block_get_view (self);
  graphene_point_t point;
  GtkTextIter iter;
  GdkRectangle rectangle;
  int x, y;

  if (!is_shown (self, place))
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &iter, to_buffer (self, place));
  gtk_text_view_get_iter_location (view, &iter, &rectangle);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, rectangle.x, rectangle.y, &x,
                                         &y);
  if (!translate (GTK_WIDGET (view), GTK_WIDGET (self), (float) x, (float) y, &point))
    return FALSE;
  *area = GRAPHENE_RECT_INIT (point.x, point.y, (float) rectangle.width, (float) rectangle.height);

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return 1;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return g_strdup (rnl_code_block_get_text (RNL_CODE_BLOCK (selectable)));
}

static void
show_selected (RnlCodeBlock *self)
{
  const RnlBlockRange *range = &rnl_code_block_get_marks (self)->selected;

  if (rnl_block_range_is_empty (range))
    rnl_text_marks_show_selection (buffer_of (self), 0, 0);
  else
    rnl_text_marks_show_selection (buffer_of (self), to_buffer (self, &range->from),
                                   to_buffer (self, &range->to));
}

static void
show_found (RnlCodeBlock *self)
{
  const RnlTextMarks *marks = rnl_code_block_get_marks (self);

  rnl_text_marks_hide_found (buffer_of (self));
  for (guint i = 0; marks->found != NULL && i < marks->found->len; i++)
    {
      const RnlBlockRange *range = &g_array_index (marks->found, RnlBlockRange, i);

      rnl_text_marks_show_found (buffer_of (self), to_buffer (self, &range->from),
                                 to_buffer (self, &range->to), marks->current == (int) i);
    }
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (selectable);

  if (rnl_text_marks_select (rnl_code_block_get_marks (self), range))
    show_selected (self);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (selectable);

  if (rnl_text_marks_find (rnl_code_block_get_marks (self), ranges, n_ranges, current))
    show_found (self);
}

/* The view scrolls sideways, and a long one up and down. */
static void
reveal (RnlSelectable *selectable, const RnlBlockPoint *place)
{
  RnlCodeBlock *self = RNL_CODE_BLOCK (selectable);
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, REVEALED_MARK);
  GtkTextIter iter;

  if (!is_shown (self, place))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "code.show-all", NULL);
      return;
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, to_buffer (self, place));
  if (mark == NULL)
    mark = gtk_text_buffer_create_mark (buffer, REVEALED_MARK, &iter, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &iter);
  gtk_text_view_scroll_to_mark (rnl_code_block_get_view (self), mark, REVEAL_MARGIN, FALSE, 0, 0);
}

/**
 * rnl_code_block_show_marks:
 * @self: a code block whose text has changed
 *
 * Shows again what is selected and found in it.
 */
void
rnl_code_block_show_marks (RnlCodeBlock *self)
{
  const RnlTextMarks *marks = rnl_code_block_get_marks (self);

  if (!rnl_block_range_is_empty (&marks->selected))
    show_selected (self);
  if (marks->found != NULL)
    show_found (self);
}

/* Called by the class's own definition. */
void
rnl_code_block_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
  iface->reveal = reveal;
}
