/* rnl-answer-view-paint.c: painting what can be seen of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* For shadows and the like, in pixels. */
#define MARGIN 16

static GtkWidgetClass *parent_class;

/* {{{ Leaving out what is not seen */

static GskRenderNode *take_seen (GskRenderNode *node, const graphene_rect_t *seen);

/* Returns: (transfer full) (nullable) */
static GskRenderNode *
take_seen_children (GskRenderNode *node, const graphene_rect_t *seen)
{
  guint n = gsk_container_node_get_n_children (node);
  g_autoptr (GPtrArray) children = g_ptr_array_new_full (n, (GDestroyNotify) gsk_render_node_unref);
  gboolean same = TRUE;

  for (guint i = 0; i < n; i++)
    {
      GskRenderNode *child = gsk_container_node_get_child (node, i);
      GskRenderNode *part = take_seen (child, seen);

      if (part != NULL)
        g_ptr_array_add (children, part);
      same = same && part == child;
    }
  if (same)
    return gsk_render_node_ref (node);

  return children->len > 0
           ? gsk_container_node_new ((GskRenderNode **) children->pdata, children->len)
           : NULL;
}

static GskRenderNode *
take_seen_moved (GskRenderNode *node, const graphene_rect_t *seen)
{
  GskTransform *transform = gsk_transform_node_get_transform (node);
  GskRenderNode *child = gsk_transform_node_get_child (node);
  g_autoptr (GskRenderNode) part = NULL;
  graphene_rect_t moved = *seen;
  float x, y;

  if (gsk_transform_get_category (transform) < GSK_TRANSFORM_CATEGORY_2D_TRANSLATE)
    return gsk_render_node_ref (node);
  gsk_transform_to_translate (transform, &x, &y);
  graphene_rect_offset (&moved, -x, -y);
  part = take_seen (child, &moved);
  if (part == child)
    return gsk_render_node_ref (node);

  return part != NULL ? gsk_transform_node_new (part, transform) : NULL;
}

static GskRenderNode *
take_seen_clipped (GskRenderNode *node, const graphene_rect_t *seen)
{
  GskRenderNode *child = gsk_clip_node_get_child (node);
  g_autoptr (GskRenderNode) part = take_seen (child, seen);

  if (part == child)
    return gsk_render_node_ref (node);

  return part != NULL ? gsk_clip_node_new (part, gsk_clip_node_get_clip (node)) : NULL;
}

/* The part of a node that is painted within @seen.
 *
 * Returns: (transfer full) (nullable) */
static GskRenderNode *
take_seen (GskRenderNode *node, const graphene_rect_t *seen)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  if (!graphene_rect_intersection (&bounds, seen, NULL))
    return NULL;

  if (type == GSK_CONTAINER_NODE)
    return take_seen_children (node, seen);
  if (type == GSK_TRANSFORM_NODE)
    return take_seen_moved (node, seen);
  if (type == GSK_CLIP_NODE)
    return take_seen_clipped (node, seen);

  return gsk_render_node_ref (node);
}

/* }}} */

/* The lines of a long text stand in a node each. */
static void
snapshot_part (GtkWidget *widget,
               GtkWidget *child,
               const graphene_rect_t *seen,
               GtkSnapshot *snapshot)
{
  GtkSnapshot *whole = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderNode) part = NULL;

  gtk_widget_snapshot_child (widget, child, whole);
  node = gtk_snapshot_free_to_node (whole);
  if (node != NULL)
    part = take_seen (node, seen);
  if (part != NULL)
    gtk_snapshot_append_node (snapshot, part);
}

static gboolean
is_above (GtkWidget *child, GtkWidget *widget, const graphene_rect_t *seen)
{
  graphene_rect_t bounds;

  return gtk_widget_get_visible (child) && gtk_widget_compute_bounds (child, widget, &bounds)
         && bounds.origin.y + bounds.size.height < seen->origin.y;
}

/* From the end, where somebody reads who sees an answer grow: there it takes as long as there are
 * children to see, however long the answer is. */
static GtkWidget *
find_first_seen (GtkWidget *widget, const graphene_rect_t *seen)
{
  GtkWidget *first = NULL;

  for (GtkWidget *child = gtk_widget_get_last_child (widget);
       child != NULL && !is_above (child, widget, seen);
       child = gtk_widget_get_prev_sibling (child))
    first = child;

  return first;
}

/* The renderers of GTK 4.8 draw every node they are given, also far outside of the clip: what
 * scrolled away long ago would cost as much as what is seen. So only what is in the visible part
 * is painted, and again when that moves; what a child paints is kept by GTK while it does not
 * change. */
static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);
  graphene_rect_t seen;
  GtkWidget *child;

  if (self->viewport == NULL || !gtk_widget_compute_bounds (self->viewport, widget, &seen))
    {
      parent_class->snapshot (widget, snapshot);
      return;
    }

  graphene_rect_inset (&seen, 0, -MARGIN);
  for (child = find_first_seen (widget, &seen); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (child, widget, &bounds)
          || graphene_rect_contains_rect (&seen, &bounds))
        gtk_widget_snapshot_child (widget, child, snapshot);
      else if (bounds.origin.y > seen.origin.y + seen.size.height)
        break;
      else
        snapshot_part (widget, child, &seen, snapshot);
    }
}

static void
root (GtkWidget *widget)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);

  parent_class->root (widget);
  self->viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLABLE);
  if (self->viewport == NULL)
    return;
  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->viewport));
  if (self->adjustment == NULL)
    return;
  g_object_ref (self->adjustment);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

static void
unroot (GtkWidget *widget)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustment, gtk_widget_queue_draw, self);
  g_clear_object (&self->adjustment);
  self->viewport = NULL;
  parent_class->unroot (widget);
}

/* Called by the class's own initializer. */
void
rnl_answer_view_class_init_paint (GtkWidgetClass *widget_class)
{
  parent_class = g_type_class_peek_parent (widget_class);
  widget_class->root = root;
  widget_class->unroot = unroot;
  widget_class->snapshot = snapshot;
}
