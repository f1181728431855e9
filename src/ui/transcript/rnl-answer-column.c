/* rnl-answer-column.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-column.h"

#include "rnl-late-release.h"

/* For shadows and the like, in pixels. */
#define MARGIN 16

/* Less than that is not seen as a part of something, in pixels. */
#define SLIVER 48

/* What has been laid out is not looked at again while more comes: it stands in columns of so many
 * widgets. */
#define MAX_CHILDREN 16

/**
 * RnlAnswerColumn:
 *
 * Widgets below each other, of which only those are painted that are seen.
 *
 * What is to come between others goes into a column of its own there: GTK gives a widget that comes
 * and all its siblings behind it a new style, with all they contain.
 */
typedef struct
{
  /* what the column is scrolled by, while it is rooted */
  GtkWidget *viewport;       /* borrowed */
  GtkAdjustment *adjustment; /* owned */
} RnlAnswerColumnPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (RnlAnswerColumn, rnl_answer_column, GTK_TYPE_WIDGET)

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
rnl_answer_column_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlAnswerColumnPrivate *priv
    = rnl_answer_column_get_instance_private (RNL_ANSWER_COLUMN (widget));
  graphene_rect_t seen, whole;
  GtkWidget *child;

  if (priv->viewport == NULL || !gtk_widget_compute_bounds (priv->viewport, widget, &seen))
    {
      GTK_WIDGET_CLASS (rnl_answer_column_parent_class)->snapshot (widget, snapshot);
      return;
    }

  /* What is scrolled to the side is not painted again for that. */
  graphene_rect_inset (&seen, 0, -MARGIN);
  whole = GRAPHENE_RECT_INIT (0, seen.origin.y, (float) gtk_widget_get_width (widget),
                              seen.size.height);
  graphene_rect_union (&seen, &whole, &seen);
  for (child = find_first_seen (widget, &seen); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (child, widget, &bounds) || RNL_IS_ANSWER_COLUMN (child)
          || graphene_rect_contains_rect (&seen, &bounds))
        gtk_widget_snapshot_child (widget, child, snapshot);
      else if (bounds.origin.y > seen.origin.y + seen.size.height)
        break;
      else
        snapshot_part (widget, child, &seen, snapshot);
    }
}

static gboolean
scrolls_sideways (GtkWidget *scrollable)
{
  GtkWidget *parent = gtk_widget_get_parent (scrollable);
  GtkPolicyType policy = GTK_POLICY_AUTOMATIC;

  if (GTK_IS_SCROLLED_WINDOW (parent))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (parent), NULL, &policy);

  return policy == GTK_POLICY_NEVER;
}

/* What scrolls a table to the side is as high as all of it. */
static GtkWidget *
find_viewport (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLABLE);

  while (viewport != NULL && scrolls_sideways (viewport))
    viewport = gtk_widget_get_ancestor (gtk_widget_get_parent (viewport), GTK_TYPE_SCROLLABLE);

  return viewport;
}

static void
rnl_answer_column_root (GtkWidget *widget)
{
  RnlAnswerColumnPrivate *priv
    = rnl_answer_column_get_instance_private (RNL_ANSWER_COLUMN (widget));

  GTK_WIDGET_CLASS (rnl_answer_column_parent_class)->root (widget);
  priv->viewport = find_viewport (widget);
  if (priv->viewport == NULL)
    return;
  priv->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (priv->viewport));
  if (priv->adjustment == NULL)
    return;
  g_object_ref (priv->adjustment);
  g_signal_connect_object (priv->adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                           widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->adjustment, "changed", G_CALLBACK (gtk_widget_queue_draw), widget,
                           G_CONNECT_SWAPPED);
}

static void
rnl_answer_column_unroot (GtkWidget *widget)
{
  RnlAnswerColumnPrivate *priv
    = rnl_answer_column_get_instance_private (RNL_ANSWER_COLUMN (widget));

  if (priv->adjustment != NULL)
    g_signal_handlers_disconnect_by_func (priv->adjustment, gtk_widget_queue_draw, widget);
  g_clear_object (&priv->adjustment);
  priv->viewport = NULL;
  GTK_WIDGET_CLASS (rnl_answer_column_parent_class)->unroot (widget);
}

static void
rnl_answer_column_dispose (GObject *object)
{
  rnl_answer_column_release (RNL_ANSWER_COLUMN (object));

  G_OBJECT_CLASS (rnl_answer_column_parent_class)->dispose (object);
}

static void
rnl_answer_column_class_init (RnlAnswerColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_answer_column_dispose;
  widget_class->root = rnl_answer_column_root;
  widget_class->unroot = rnl_answer_column_unroot;
  widget_class->snapshot = rnl_answer_column_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_answer_column_init (RnlAnswerColumn *self)
{
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/**
 * rnl_answer_column_new:
 *
 * Returns: (transfer floating): an empty column
 */
GtkWidget *
rnl_answer_column_new (void)
{
  return g_object_new (RNL_TYPE_ANSWER_COLUMN, NULL);
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

/**
 * rnl_answer_column_grow:
 * @self: a column
 * @sibling: (nullable): a widget in it; `NULL` for its end
 *
 * Returns: (transfer none): a column that ends before @sibling, for more
 */
GtkWidget *
rnl_answer_column_grow (RnlAnswerColumn *self, GtkWidget *sibling)
{
  GtkWidget *column;

  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), NULL);

  column = sibling != NULL ? gtk_widget_get_prev_sibling (sibling)
                           : gtk_widget_get_last_child (GTK_WIDGET (self));
  if (column == NULL || !RNL_IS_ANSWER_COLUMN (column) || count_children (column) >= MAX_CHILDREN)
    {
      column = rnl_answer_column_new ();
      gtk_widget_insert_before (column, GTK_WIDGET (self), sibling);
    }

  return column;
}

/**
 * rnl_answer_column_release:
 * @self: a column
 *
 * Takes all widgets away, also those of the columns inside, and has them destroyed a few at a time.
 */
void
rnl_answer_column_release (RnlAnswerColumn *self)
{
  GtkWidget *child;

  g_return_if_fail (RNL_IS_ANSWER_COLUMN (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    {
      if (RNL_IS_ANSWER_COLUMN (child))
        rnl_answer_column_release (RNL_ANSWER_COLUMN (child));
      rnl_late_release_child (child);
    }
}

/**
 * rnl_answer_column_get_page_size:
 * @self: a column
 *
 * Returns: how high the part is that can be seen at once, in pixels; 0 when it is not known
 */
double
rnl_answer_column_get_page_size (RnlAnswerColumn *self)
{
  RnlAnswerColumnPrivate *priv = rnl_answer_column_get_instance_private (self);

  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), 0);

  return priv->adjustment != NULL ? gtk_adjustment_get_page_size (priv->adjustment) : 0;
}

/**
 * rnl_answer_column_is_at_end:
 * @self: a column
 *
 * Returns: whether the end of what it is scrolled with is in view, as far as that is known
 */
gboolean
rnl_answer_column_is_at_end (RnlAnswerColumn *self)
{
  RnlAnswerColumnPrivate *priv = rnl_answer_column_get_instance_private (self);
  GtkAdjustment *adjustment = priv->adjustment;

  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), FALSE);

  return adjustment == NULL
         || gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
              >= gtk_adjustment_get_upper (adjustment) - 1;
}

/**
 * rnl_answer_column_is_seen:
 * @self: a column
 *
 * Returns: whether it takes up some of what can be seen, more than a line or two, as far as that is
 *   known
 */
gboolean
rnl_answer_column_is_seen (RnlAnswerColumn *self)
{
  RnlAnswerColumnPrivate *priv = rnl_answer_column_get_instance_private (self);
  graphene_rect_t bounds, seen;

  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), FALSE);

  if (priv->viewport == NULL)
    return TRUE;
  graphene_rect_init (&seen, 0, 0, (float) gtk_widget_get_width (priv->viewport),
                      (float) gtk_widget_get_height (priv->viewport));

  return gtk_widget_compute_bounds (GTK_WIDGET (self), priv->viewport, &bounds)
         && graphene_rect_intersection (&bounds, &seen, &seen) && seen.size.height > SLIVER;
}

/**
 * rnl_answer_column_scroll_to:
 * @self: a column
 * @area: a part of it
 * @distance: how far from the top it is to stand, as a part of what can be seen
 *
 * Scrolls to @area, unless it is seen.
 */
void
rnl_answer_column_scroll_to (RnlAnswerColumn *self, const graphene_rect_t *area, double distance)
{
  RnlAnswerColumnPrivate *priv = rnl_answer_column_get_instance_private (self);
  graphene_point_t point;
  double page;

  g_return_if_fail (RNL_IS_ANSWER_COLUMN (self));

  if (priv->adjustment == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (self), priv->viewport, &area->origin, &point))
    return;

  page = gtk_adjustment_get_page_size (priv->adjustment);
  if (point.y < 0 || point.y + area->size.height > page)
    gtk_adjustment_set_value (priv->adjustment, gtk_adjustment_get_value (priv->adjustment)
                                                  + point.y - page * distance);
}

/* @child, or the first one in it; what comes behind it where there is none. */
static GtkWidget *
enter (RnlAnswerColumn *self, GtkWidget *child)
{
  while (child != NULL && RNL_IS_ANSWER_COLUMN (child))
    {
      GtkWidget *inner = gtk_widget_get_first_child (child);

      if (inner == NULL)
        return rnl_answer_column_get_next (self, child);
      child = inner;
    }

  return child;
}

/**
 * rnl_answer_column_get_first:
 * @self: a column
 *
 * Returns: (transfer none) (nullable): the first widget that is not a column itself
 */
GtkWidget *
rnl_answer_column_get_first (RnlAnswerColumn *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), NULL);

  return enter (self, gtk_widget_get_first_child (GTK_WIDGET (self)));
}

/**
 * rnl_answer_column_get_next:
 * @self: a column
 * @child: a widget in it, or in a column in it
 *
 * Returns: (transfer none) (nullable): the next one that is not a column itself
 */
GtkWidget *
rnl_answer_column_get_next (RnlAnswerColumn *self, GtkWidget *child)
{
  g_return_val_if_fail (RNL_IS_ANSWER_COLUMN (self), NULL);

  while (child != GTK_WIDGET (self) && gtk_widget_get_next_sibling (child) == NULL)
    child = gtk_widget_get_parent (child);

  return child != GTK_WIDGET (self) ? enter (self, gtk_widget_get_next_sibling (child)) : NULL;
}
