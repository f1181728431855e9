/* rnl-answer-view-paint.c: painting what can be seen of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* For shadows and the like, in pixels. */
#define MARGIN 16

static GtkWidgetClass *parent_class;

/* The renderers of GTK 4.8 draw every node they are given, also far outside of the clip: what
 * scrolled away long ago would cost as much as what is seen. So only children in the visible part
 * are painted, and again when that moves; what a child paints is kept by GTK while it does not
 * change. */
static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);
  graphene_rect_t seen = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gboolean bounded = FALSE;

  if (self->viewport != NULL)
    {
      bounded = gtk_widget_compute_bounds (self->viewport, widget, &seen);
      graphene_rect_inset (&seen, 0, -MARGIN);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (bounded && gtk_widget_compute_bounds (child, widget, &bounds)
          && (bounds.origin.y > seen.origin.y + seen.size.height
              || bounds.origin.y + bounds.size.height < seen.origin.y))
        continue;
      gtk_widget_snapshot_child (widget, child, snapshot);
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
