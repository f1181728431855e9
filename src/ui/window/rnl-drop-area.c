/* rnl-drop-area.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-drop-area.h"

#include <glib/gi18n.h>

/**
 * RnlDropArea:
 *
 * Lies over a widget and shows itself while files or a picture are dragged there. Signal:
 * `dropped (GValue)`, a `GdkFileList` or a `GdkTexture`.
 */
struct _RnlDropArea
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *label;
};

enum
{
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlDropArea, rnl_drop_area, GTK_TYPE_WIDGET)

static GdkDragAction
enter_cb (RnlDropArea *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return GDK_ACTION_COPY;
}

static void
leave_cb (RnlDropArea *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
drop_cb (RnlDropArea *self, const GValue *value)
{
  leave_cb (self);
  g_signal_emit (self, signals[DROPPED], 0, value);

  return TRUE;
}

static void
rnl_drop_area_dispose (GObject *object)
{
  g_clear_pointer (&RNL_DROP_AREA (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_drop_area_parent_class)->dispose (object);
}

static void
rnl_drop_area_class_init (RnlDropAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_drop_area_dispose;
  signals[DROPPED] = g_signal_new ("dropped", RNL_TYPE_DROP_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_VALUE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "droparea");
}

static void
rnl_drop_area_init (RnlDropArea *self)
{
  self->label = gtk_label_new (_ ("Drop to attach"));
  gtk_widget_add_css_class (self->label, "drop-here");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rnl_drop_area_watch:
 * @self: an area
 * @widget: what it lies over
 *
 * Takes what is dropped on @widget or anything in it: also on a text view, which would take the
 * names of files for text.
 */
void
rnl_drop_area_watch (RnlDropArea *self, GtkWidget *widget)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  g_return_if_fail (RNL_IS_DROP_AREA (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
