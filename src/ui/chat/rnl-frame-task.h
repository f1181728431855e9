/* rnl-frame-task.h: work that is done at most once a frame
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*RnlFrameFunc) (GtkWidget *widget);

/**
 * RnlFrameTask:
 *
 * Gathers any number of requests into one call before the next frame. A widget that is not on
 * screen gets its call when it comes on screen, so what nobody sees costs nothing. A member of the
 * widget's struct: set up in `init`, cleared in `dispose`.
 */
typedef struct
{
  GtkWidget *widget;
  RnlFrameFunc func;
  guint tick;
  gboolean wanted;
} RnlFrameTask;

void rnl_frame_task_init (RnlFrameTask *self, GtkWidget *widget, RnlFrameFunc func);
void rnl_frame_task_queue (RnlFrameTask *self);
void rnl_frame_task_flush (RnlFrameTask *self);
void rnl_frame_task_clear (RnlFrameTask *self);

gboolean rnl_frame_task_take_turn (GtkWidget *widget);

void rnl_frame_when_painted (GtkWidget *widget, RnlFrameFunc func);

G_END_DECLS
