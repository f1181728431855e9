/* rnl-output-view-select.c: the lines of an output as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-output-view-private.h"
#include "rnl-plain-text.h"
#include "rnl-text-realize.h"

static GtkTextView *
get_view (RnlOutputView *self, RnlOutputPlace place)
{
  GtkWidget *view = self->views[place];

  return view != NULL && gtk_widget_get_visible (view) ? GTK_TEXT_VIEW (view) : NULL;
}

static guint
clamp (RnlOutputView *self, const RnlBlockPoint *point, RnlOutputPlace place)
{
  return rnl_output_excerpt_clamp (&self->excerpt, self->text->str, &self->lines, point, place);
}

static double
distance_to (const graphene_rect_t *bounds, double y)
{
  double bottom = bounds->origin.y + bounds->size.height;

  return y < bounds->origin.y ? bounds->origin.y - y : y > bottom ? y - bottom : 0;
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *point)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);
  double best = G_MAXDOUBLE;

  for (RnlOutputPlace place = RNL_OUTPUT_HEAD; place < RNL_OUTPUT_N_PLACES; place++)
    {
      GtkTextView *view = get_view (self, place);
      graphene_rect_t bounds;
      guint offset;

      if (view == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (view), GTK_WIDGET (self), &bounds)
          || distance_to (&bounds, y) >= best)
        continue;
      best = distance_to (&bounds, y);
      offset = (guint) rnl_text_marks_offset_at (view, x - bounds.origin.x, y - bounds.origin.y);
      rnl_output_excerpt_get_point (&self->excerpt, self->text->str, place, offset, point);
    }

  return best < G_MAXDOUBLE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *point, graphene_rect_t *area)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);
  RnlOutputPlace place;
  GdkRectangle rectangle;
  graphene_point_t origin;
  GtkTextView *view;
  GtkTextIter iter;
  guint offset;
  int x, y;

  if (!rnl_output_excerpt_find (&self->excerpt, self->text->str, &self->lines, point, &place,
                                &offset)
      || (view = get_view (self, place)) == NULL
      || !rnl_text_is_attached (view, rnl_plain_text_get_buffer (RNL_PLAIN_TEXT (view))))
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (view), &iter, (int) offset);
  gtk_text_view_get_iter_location (view, &iter, &rectangle);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, rectangle.x, rectangle.y, &x,
                                         &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &origin))
    return FALSE;
  *area
    = GRAPHENE_RECT_INIT (origin.x, origin.y, (float) rectangle.width, (float) rectangle.height);

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);

  rnl_frame_task_flush (&self->update);

  return (guint) self->lines.newlines + 1;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);

  return rnl_output_excerpt_dup_line (self->text->str, &self->lines, block);
}

static void
show_found (RnlOutputView *self, RnlOutputPlace place)
{
  GtkTextBuffer *buffer = rnl_plain_text_get_buffer (RNL_PLAIN_TEXT (self->views[place]));

  rnl_text_marks_hide_found (buffer);
  for (guint i = 0; self->marks.found != NULL && i < self->marks.found->len; i++)
    {
      const RnlBlockRange *range = &g_array_index (self->marks.found, RnlBlockRange, i);
      guint from, to;

      if (!rnl_output_excerpt_has_line (&self->excerpt, place, range->from.block))
        continue;
      from = clamp (self, &range->from, place);
      to = clamp (self, &range->to, place);
      if (from < to)
        rnl_text_marks_show_found (buffer, (int) from, (int) to, self->marks.current == (int) i);
    }
}

/* Shows again what is selected and found; the text is another one, or another part of it is shown.
 */
void
rnl_output_view_show_marks (RnlOutputView *self)
{
  const RnlBlockRange *selected = &self->marks.selected;
  if (!self->given)
    return;
  for (RnlOutputPlace place = RNL_OUTPUT_HEAD; place < RNL_OUTPUT_N_PLACES; place++)
    if (self->views[place] != NULL)
      {
        rnl_text_marks_show_selection (
          rnl_plain_text_get_buffer (RNL_PLAIN_TEXT (self->views[place])),
          (int) clamp (self, &selected->from, place), (int) clamp (self, &selected->to, place));
        show_found (self, place);
      }
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);

  if (rnl_text_marks_select (&self->marks, range))
    rnl_output_view_show_marks (self);
}

/* The place that stands out, if there is one. */
const RnlBlockPoint *
rnl_output_view_get_wanted (RnlOutputView *self)
{
  if (self->marks.found == NULL || self->marks.current < 0)
    return NULL;

  return &g_array_index (self->marks.found, RnlBlockRange, self->marks.current).from;
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlOutputView *self = RNL_OUTPUT_VIEW (selectable);

  if (!rnl_text_marks_find (&self->marks, ranges, n_ranges, current))
    return;
  rnl_frame_task_queue (&self->update);
  rnl_frame_task_flush (&self->update);
}

/* Called by the class's own definition. */
void
rnl_output_view_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
}
