/* rnl-side-pane.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-side-pane.h"

#include <glib/gi18n.h>

/* What is beside the pane is at least so wide; where there is no room for both the pane lies over
 * it. */
#define CONTENT_WIDTH 340

/* Of a pane that lies over the rest: less than this beside it is of no use. */
#define LEAST_BESIDE 120

/* One press of a key on the handle. */
#define STEP 24

#define HANDLE_WIDTH 7

/**
 * RnlSidePane:
 *
 * Its child, and at the end of the line, while there is one, a pane with a handle at its edge that
 * is dragged or moved with the arrow keys. As long as there is no pane it is nothing but its child.
 * Signals: `resized`, the person chose a width; `leave`, the pane lies over all of the rest, and
 * the focus went there.
 */
struct _RnlSidePane
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *content;
  GtkWidget *pane;
  GtkWidget *handle;

  int pane_width; /* that is wanted */
  int shown_width;
  int drag_width;
  gboolean folded;
};

enum
{
  RESIZED,
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void rnl_side_pane_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlSidePane,
                               rnl_side_pane,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      rnl_side_pane_buildable_init))

static GtkBuildableIface *parent_buildable;

/* Layout. */

static void
rnl_side_pane_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  RnlSidePane *self = RNL_SIDE_PANE (widget);
  int pane_minimum = 0, pane_natural = 0;

  *minimum = *natural = 0;
  if (self->content != NULL)
    gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
  if (self->pane == NULL)
    return;

  gtk_widget_measure (self->pane, orientation, -1, &pane_minimum, &pane_natural, NULL, NULL);
  *minimum = MAX (*minimum, pane_minimum);
  *natural = MAX (*natural, pane_minimum);
}

static int
choose_width (RnlSidePane *self, int width)
{
  int minimum = 0, beside = 0;
  int wanted = CLAMP (self->pane_width, RNL_SIDE_PANE_MIN_WIDTH, RNL_SIDE_PANE_MAX_WIDTH);

  gtk_widget_measure (self->pane, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &beside, NULL, NULL, NULL);
  beside = MAX (beside, CONTENT_WIDTH);
  minimum = MAX (minimum, RNL_SIDE_PANE_MIN_WIDTH);
  wanted = MAX (wanted, minimum);
  self->folded = width < minimum + beside;
  if (!self->folded)
    return MIN (wanted, width - beside);

  return width - wanted < LEAST_BESIDE ? width : wanted;
}

static void
allocate (RnlSidePane *self, GtkWidget *child, int x, int child_width, int width, int height)
{
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation allocation = { reversed ? width - x - child_width : x, 0, child_width, height };

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
allocate_pane (RnlSidePane *self, int width, int height)
{
  int x = width - self->shown_width;
  gboolean movable = x > 0;

  if (self->folded)
    gtk_widget_add_css_class (self->pane, "over");
  else
    gtk_widget_remove_css_class (self->pane, "over");
  allocate (self, self->pane, x, self->shown_width, width, height);
  gtk_widget_set_child_visible (self->handle, movable);
  if (movable)
    allocate (self, self->handle, x - HANDLE_WIDTH / 2, HANDLE_WIDTH, width, height);
}

static void
rnl_side_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlSidePane *self = RNL_SIDE_PANE (widget);
  int beside = 0;

  self->folded = FALSE;
  self->shown_width = self->pane != NULL ? choose_width (self, width) : 0;
  if (!self->folded)
    beside = self->shown_width;
  if (self->content != NULL)
    allocate (self, self->content, 0, width - beside, width, height);
  if (self->pane != NULL)
    allocate_pane (self, width, height);
}

/* The handle. */

static void
resize (RnlSidePane *self, int width)
{
  rnl_side_pane_set_pane_width (
    self, MIN (width, gtk_widget_get_width (GTK_WIDGET (self)) - CONTENT_WIDTH));
}

static void
drag_begin_cb (RnlSidePane *self, double x, double y, GtkGesture *gesture)
{
  self->drag_width = self->shown_width;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static double
get_direction (RnlSidePane *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
}

/* Where the pointer is in the handle, which moves with it, says nothing: it is looked at from here.
 */
static void
drag_update_cb (RnlSidePane *self, double dx, double dy, GtkGesture *gesture)
{
  double begin, y, x, at;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &begin, &y);
  gtk_widget_translate_coordinates (self->handle, GTK_WIDGET (self), begin + dx, y, &x, &at);
  if (get_direction (self) > 0)
    resize (self, (int) (gtk_widget_get_width (GTK_WIDGET (self)) - x));
  else
    resize (self, (int) x);
}

static void
resized (RnlSidePane *self)
{
  g_signal_emit (self, signals[RESIZED], 0);
}

static gboolean
key_pressed_cb (RnlSidePane *self, guint keyval)
{
  int step = (int) get_direction (self) * STEP;

  if (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right)
    return GDK_EVENT_PROPAGATE;

  resize (self, self->shown_width + (keyval == GDK_KEY_Left ? step : -step));
  resized (self);

  return GDK_EVENT_STOP;
}

static GtkWidget *
make_handle (RnlSidePane *self)
{
  GtkWidget *handle = g_object_new (GTK_TYPE_SEPARATOR, "orientation", GTK_ORIENTATION_VERTICAL,
                                    "focusable", TRUE, "cursor", NULL, NULL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_cursor_from_name (handle, "col-resize");
  gtk_widget_add_css_class (handle, "pane-handle");
  gtk_widget_set_tooltip_text (handle, _ ("Drag, or use the arrow keys, to change the width"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Width of the pane"), -1);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (resized), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (handle, keys);

  return handle;
}

/* The widget. */

/* The focus is never where nobody sees it. */
static void
content_entered_cb (RnlSidePane *self)
{
  if (self->folded && self->shown_width == gtk_widget_get_width (GTK_WIDGET (self)))
    g_signal_emit (self, signals[LEAVE], 0);
}

static void
rnl_side_pane_dispose (GObject *object)
{
  RnlSidePane *self = RNL_SIDE_PANE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->pane, gtk_widget_unparent);
  g_clear_pointer (&self->handle, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_side_pane_parent_class)->dispose (object);
}

static void
rnl_side_pane_class_init (RnlSidePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_side_pane_dispose;
  widget_class->measure = rnl_side_pane_measure;
  widget_class->size_allocate = rnl_side_pane_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "sidepane");

  signals[RESIZED] = g_signal_new ("resized", RNL_TYPE_SIDE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", RNL_TYPE_SIDE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rnl_side_pane_init (RnlSidePane *self)
{
  self->pane_width = RNL_SIDE_PANE_MIN_WIDTH;
}

static void
rnl_side_pane_add_child (GtkBuildable *buildable,
                         GtkBuilder *builder,
                         GObject *child,
                         const char *type)
{
  RnlSidePane *self = RNL_SIDE_PANE (buildable);

  if (!GTK_IS_WIDGET (child) || self->content != NULL)
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  self->content = GTK_WIDGET (child);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

static void
rnl_side_pane_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = rnl_side_pane_add_child;
}

GtkWidget *
rnl_side_pane_get_content (RnlSidePane *self)
{
  g_return_val_if_fail (RNL_IS_SIDE_PANE (self), NULL);

  return self->content;
}

GtkWidget *
rnl_side_pane_get_pane (RnlSidePane *self)
{
  g_return_val_if_fail (RNL_IS_SIDE_PANE (self), NULL);

  return self->pane;
}

/* The first time there is something beside it. */
static void
prepare (RnlSidePane *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->handle = make_handle (self);
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  g_signal_connect_object (focus, "enter", G_CALLBACK (content_entered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->content, focus);
}

/**
 * rnl_side_pane_set_pane:
 * @self: a widget with a child
 * @pane: (nullable): what is to stand beside it
 */
void
rnl_side_pane_set_pane (RnlSidePane *self, GtkWidget *pane)
{
  g_return_if_fail (RNL_IS_SIDE_PANE (self));

  if (self->pane == pane)
    return;

  if (self->handle == NULL)
    prepare (self);
  g_clear_pointer (&self->pane, gtk_widget_unparent);
  self->pane = pane;
  gtk_widget_set_visible (self->handle, pane != NULL);
  /* The handle is above both. */
  if (pane != NULL)
    gtk_widget_insert_before (pane, GTK_WIDGET (self), self->handle);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rnl_side_pane_get_pane_width:
 * @self: a widget
 *
 * Returns: how wide the pane is to be where there is room, in logical pixels
 */
int
rnl_side_pane_get_pane_width (RnlSidePane *self)
{
  g_return_val_if_fail (RNL_IS_SIDE_PANE (self), 0);

  return self->pane_width;
}

void
rnl_side_pane_set_pane_width (RnlSidePane *self, int width)
{
  g_return_if_fail (RNL_IS_SIDE_PANE (self));

  width = CLAMP (width, RNL_SIDE_PANE_MIN_WIDTH, RNL_SIDE_PANE_MAX_WIDTH);
  if (width == self->pane_width)
    return;

  self->pane_width = width;
  if (self->pane != NULL)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rnl_side_pane_get_folded:
 * @self: a widget
 *
 * Returns: whether the pane lies over the rest, as of the last layout
 */
gboolean
rnl_side_pane_get_folded (RnlSidePane *self)
{
  g_return_val_if_fail (RNL_IS_SIDE_PANE (self), FALSE);

  return self->folded;
}
