/* rnl-answer-view-select.c: the blocks of an answer as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-code-block.h"
#include "rnl-table-view.h"
#include "rnl-text-segment.h"

static GtkWidget *
child_at (RnlAnswerView *self, guint block)
{
  return g_array_index (self->places, Place, block).child;
}

/* The first of the blocks that share a widget with this one. */
static guint
first_of (RnlAnswerView *self, guint block)
{
  return block - g_array_index (self->places, Place, block).index;
}

/* The block behind those of a widget. */
static guint
next_of (RnlAnswerView *self, guint block)
{
  GtkWidget *child = child_at (self, block);

  do
    block++;
  while (block < self->places->len && child_at (self, block) == child);

  return block;
}

static double
distance_to (const graphene_rect_t *bounds, double y)
{
  double bottom = bounds->origin.y + bounds->size.height;

  return y < bounds->origin.y ? bounds->origin.y - y : y > bottom ? y - bottom : 0;
}

/* The first block of the widget nearest to a height. */
static gboolean
find_nearest (RnlAnswerView *self, double y, guint *nearest)
{
  double best = G_MAXDOUBLE;

  for (guint block = 0; block < self->places->len; block = next_of (self, block))
    {
      GtkWidget *child = child_at (self, block);
      graphene_rect_t bounds;
      double distance;

      if (child == self->gap || !gtk_widget_compute_bounds (child, GTK_WIDGET (self), &bounds))
        continue;
      distance = distance_to (&bounds, y);
      if (distance >= best)
        break; /* They stand below each other. */
      best = distance;
      *nearest = block;
    }

  return best < G_MAXDOUBLE;
}

static gboolean
translate (GtkWidget *from, GtkWidget *to, double x, double y, graphene_point_t *point)
{
  return gtk_widget_compute_point (from, to, &GRAPHENE_POINT_INIT ((float) x, (float) y), point);
}

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (selectable);
  graphene_point_t point;
  RnlBlockPoint inside;
  guint block;

  if (!find_nearest (self, y, &block))
    return FALSE;
  *place = (RnlBlockPoint){ block, 0 };
  if (RNL_IS_SELECTABLE (child_at (self, block))
      && translate (GTK_WIDGET (self), child_at (self, block), x, y, &point)
      && rnl_selectable_hit (RNL_SELECTABLE (child_at (self, block)), point.x, point.y, &inside))
    *place = (RnlBlockPoint){ block + inside.block, inside.offset };

  return TRUE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (selectable);
  RnlBlockPoint inside;
  GtkWidget *child;
  graphene_point_t origin;

  if (place->block >= self->places->len)
    return FALSE;
  child = child_at (self, place->block);
  if (RNL_IS_ANSWER_FOLD (child) || child == self->gap)
    return FALSE;
  if (!RNL_IS_SELECTABLE (child))
    return gtk_widget_compute_bounds (child, GTK_WIDGET (self), area);
  inside = (RnlBlockPoint){ place->block - first_of (self, place->block), place->offset };
  if (!rnl_selectable_locate (RNL_SELECTABLE (child), &inside, area)
      || !gtk_widget_compute_point (child, GTK_WIDGET (self), &area->origin, &origin))
    return FALSE;
  area->origin = origin;

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return RNL_ANSWER_VIEW (selectable)->places->len;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return rnl_block_dup_flat_text (
    rnl_markdown_stream_get_block (RNL_ANSWER_VIEW (selectable)->stream, block));
}

static void
select_child (RnlAnswerView *self, guint first, guint end)
{
  RnlBlockRange part;
  gboolean any = rnl_block_range_clip (&self->marks.selected, first, end - first, &part);

  if (RNL_IS_SELECTABLE (child_at (self, first)))
    rnl_selectable_select (RNL_SELECTABLE (child_at (self, first)), any ? &part : NULL);
}

static void
mark_child (RnlAnswerView *self, guint first, guint end)
{
  int current;
  g_autoptr (GArray) part = rnl_text_marks_clip (&self->marks, first, end - first, &current);

  if (RNL_IS_SELECTABLE (child_at (self, first)))
    rnl_selectable_mark (RNL_SELECTABLE (child_at (self, first)),
                         (const RnlBlockRange *) part->data, part->len, current);
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (selectable);

  if (!rnl_text_marks_select (&self->marks, range))
    return;
  for (guint block = 0, next; block < self->places->len; block = next)
    {
      next = next_of (self, block);
      select_child (self, block, next);
    }
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (selectable);

  if (!rnl_text_marks_find (&self->marks, ranges, n_ranges, current))
    return;
  for (guint block = 0, next; block < self->places->len; block = next)
    {
      next = next_of (self, block);
      mark_child (self, block, next);
    }
}

/* The widget at a point, and the point in its coordinates. */
static RnlSelectable *
find_child (RnlAnswerView *self, double x, double y, graphene_point_t *point)
{
  guint block;

  if (!find_nearest (self, y, &block) || !RNL_IS_SELECTABLE (child_at (self, block))
      || !translate (GTK_WIDGET (self), child_at (self, block), x, y, point))
    return NULL;

  return RNL_SELECTABLE (child_at (self, block));
}

static gboolean
activate (RnlSelectable *selectable, double x, double y)
{
  graphene_point_t point;
  RnlSelectable *child = find_child (RNL_ANSWER_VIEW (selectable), x, y, &point);

  return child != NULL && rnl_selectable_activate (child, point.x, point.y);
}

static char *
dup_link (RnlSelectable *selectable, double x, double y)
{
  graphene_point_t point;
  RnlSelectable *child = find_child (RNL_ANSWER_VIEW (selectable), x, y, &point);

  return child != NULL ? rnl_selectable_dup_link (child, point.x, point.y) : NULL;
}

static void
reveal (RnlSelectable *selectable, const RnlBlockPoint *place)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (selectable);
  GtkWidget *child = place->block < self->places->len ? child_at (self, place->block) : NULL;
  RnlBlockPoint inside;

  if (child == NULL)
    return;
  inside = (RnlBlockPoint){ place->block - first_of (self, place->block), place->offset };
  if (RNL_IS_ANSWER_FOLD (child))
    rnl_answer_fold_open (RNL_ANSWER_FOLD (child));
  else if (RNL_IS_SELECTABLE (child))
    rnl_selectable_reveal (RNL_SELECTABLE (child), &inside);
}

/* Shows again what is selected and found in the widget of a block and in those behind it; it has
 * other text, or is another widget. */
void
rnl_answer_view_show_marks (RnlAnswerView *self, guint first)
{
  if (!rnl_text_marks_any (&self->marks) || first >= self->places->len)
    return;
  for (guint block = first_of (self, first), next; block < self->places->len; block = next)
    {
      next = next_of (self, block);
      select_child (self, block, next);
      mark_child (self, block, next);
      rnl_answer_view_show_child_marks (self, child_at (self, block));
    }
}

/* The same for a widget that shows more of what it has. */
void
rnl_answer_view_show_child_marks (RnlAnswerView *self, GtkWidget *child)
{
  if (!rnl_text_marks_any (&self->marks))
    return;
  if (RNL_IS_TEXT_SEGMENT (child))
    rnl_text_segment_show_marks (RNL_TEXT_SEGMENT (child));
  else if (RNL_IS_CODE_BLOCK (child))
    rnl_code_block_show_marks (RNL_CODE_BLOCK (child));
  else if (RNL_IS_TABLE_VIEW (child))
    rnl_table_view_show_marks (RNL_TABLE_VIEW (child));
}

/* Called by the class's own definition. */
void
rnl_answer_view_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
  iface->activate = activate;
  iface->dup_link = dup_link;
  iface->reveal = reveal;
}
