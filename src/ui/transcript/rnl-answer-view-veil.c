/* rnl-answer-view-veil.c: a text that opens is painted when there is a page of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* What comes slower than that is seen while it comes, in microseconds by the clock. */
#define LONGEST 300000

/* Keeps what is shown from being painted until it fills a page, or is all there is: who opens a
 * text would see pages of it pass by, and a frame that paints none has time for more of it. */
void
rnl_answer_view_veil (RnlAnswerView *self)
{
  if (rnl_answer_view_is_settled (self))
    return;
  self->veiled = g_get_monotonic_time () + LONGEST;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A chat is opened at its end. Who is elsewhere scrolls through it, and wants to see what there is
 * of the texts that come into view. */
gboolean
rnl_answer_view_is_veiled (RnlAnswerView *self)
{
  return self->veiled != 0 && g_get_monotonic_time () < self->veiled
         && !rnl_answer_view_is_settled (self) && !rnl_answer_view_has_room (self)
         && rnl_answer_column_is_at_end (RNL_ANSWER_COLUMN (self));
}

/* Paints it again, where it is time to. */
void
rnl_answer_view_lift_veil (RnlAnswerView *self)
{
  if (self->veiled == 0 || rnl_answer_view_is_veiled (self))
    return;
  self->veiled = 0;
  self->revealed = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Draws what there is, and throws it away: GTK keeps what does not change of it. */
static void
snapshot_unseen (RnlAnswerView *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  GTK_WIDGET_CLASS (g_type_class_peek (RNL_TYPE_ANSWER_COLUMN))
    ->snapshot (GTK_WIDGET (self), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_clear_pointer (&node, gsk_render_node_unref);
}

/* The snapshot of an answer's class. */
void
rnl_answer_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);

  if (rnl_answer_view_is_veiled (self))
    snapshot_unseen (self);
  else
    GTK_WIDGET_CLASS (g_type_class_peek (RNL_TYPE_ANSWER_COLUMN))->snapshot (widget, snapshot);
}
