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

/* Paints it again, where it is time to. */
void
rnl_answer_view_lift_veil (RnlAnswerView *self)
{
  if (self->veiled == 0
      || (!rnl_answer_view_is_settled (self) && !rnl_answer_view_has_room (self)
          && g_get_monotonic_time () < self->veiled))
    return;
  self->veiled = 0;
  self->revealed = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
