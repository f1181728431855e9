/* rnl-frame-task.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-frame-task.h"

/* Of widgets that change their looks in one frame. */
#define TURNS 4

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlFrameTask *self = user_data;

  self->tick = 0;
  rnl_frame_task_flush (self);

  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *widget, gpointer user_data)
{
  rnl_frame_task_flush (user_data);
}

/**
 * rnl_frame_task_init:
 * @self: a member of @widget's struct
 * @widget: whose frames
 * @func: what to do
 */
void
rnl_frame_task_init (RnlFrameTask *self, GtkWidget *widget, RnlFrameFunc func)
{
  self->widget = widget;
  self->func = func;
  self->tick = 0;
  self->wanted = FALSE;
  g_signal_connect (widget, "map", G_CALLBACK (map_cb), self);
}

/**
 * rnl_frame_task_queue:
 * @self: a task
 *
 * Asks for a call before the next frame.
 */
void
rnl_frame_task_queue (RnlFrameTask *self)
{
  if (self->widget == NULL)
    return;

  self->wanted = TRUE;
  if (self->tick == 0 && gtk_widget_get_mapped (self->widget))
    self->tick = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

/**
 * rnl_frame_task_flush:
 * @self: a task
 *
 * Does now what was asked for, if anything was.
 */
void
rnl_frame_task_flush (RnlFrameTask *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);
  self->tick = 0;
  if (!self->wanted)
    return;

  self->wanted = FALSE;
  self->func (self->widget);
}

/**
 * rnl_frame_task_clear:
 * @self: a task
 *
 * Forgets what was asked for; may be called again.
 */
void
rnl_frame_task_clear (RnlFrameTask *self)
{
  if (self->widget == NULL)
    return;
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);

  g_signal_handlers_disconnect_by_func (self->widget, map_cb, self);
  self->tick = 0;
  self->wanted = FALSE;
  self->widget = NULL;
}

/**
 * rnl_frame_task_take_turn:
 * @widget: a widget
 *
 * For changes that cost a new style and a new layout and may come to very many widgets at once.
 *
 * Returns: whether @widget may change now; if not, so many others did since the last frame that it
 *   asks again in the next one
 */
gboolean
rnl_frame_task_take_turn (GtkWidget *widget)
{
  static gsize last_clock;
  static gint64 last_frame;
  static guint taken;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 frame;

  if (clock == NULL || !gtk_widget_get_mapped (widget))
    return TRUE;

  frame = gdk_frame_clock_get_frame_counter (clock);
  if (last_clock != (gsize) clock || last_frame != frame)
    taken = 0;
  last_clock = (gsize) clock;
  last_frame = frame;

  return ++taken <= TURNS;
}

/* When it is painted. */

typedef struct
{
  GtkWidget *widget;
  RnlFrameFunc func;
} Painted;

static void
painted_free (gpointer data)
{
  Painted *painted = data;

  g_object_unref (painted->widget);
  g_free (painted);
}

static gboolean
painted_idle_cb (gpointer user_data)
{
  Painted *painted = user_data;

  painted->func (painted->widget);

  return G_SOURCE_REMOVE;
}

/* The frame is still on its way to the screen: what is done now would hold it up. */
static void
after_paint_cb (GdkFrameClock *clock, Painted *painted)
{
  Painted *later = g_memdup2 (painted, sizeof *painted);

  g_object_ref (later->widget);
  g_idle_add_full (G_PRIORITY_LOW, painted_idle_cb, later, painted_free);
  g_signal_handlers_disconnect_by_data (clock, painted);
}

/**
 * rnl_frame_when_painted:
 * @widget: a widget that is mapped
 * @func: what can wait
 *
 * Calls @func once, after the next frame is on the screen. @widget lives until then, and may be off
 * the screen again.
 */
void
rnl_frame_when_painted (GtkWidget *widget, RnlFrameFunc func)
{
  Painted *painted = g_new0 (Painted, 1);

  painted->widget = g_object_ref (widget);
  painted->func = func;
  g_signal_connect_data (gtk_widget_get_frame_clock (widget), "after-paint",
                         G_CALLBACK (after_paint_cb), painted, (GClosureNotify) painted_free, 0);
}
