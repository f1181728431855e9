/* rnl-time-bar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-time-bar.h"

#include <adwaita.h>

/* Of what took no time. */
#define MIN_WIDTH 3

/**
 * RnlTimeBar:
 *
 * A thin line as long as the whole; on it, from its begin to its end, the part: paler as long as it
 * waited for its first output. What it shows is said in words beside it.
 */
struct _RnlTimeBar
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *wait;
  GtkWidget *work;

  double begin, output, end; /* of the whole, 0 to 1 */
};

G_DEFINE_FINAL_TYPE (RnlTimeBar, rnl_time_bar, GTK_TYPE_WIDGET)

static void
rnl_time_bar_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  RnlTimeBar *self = RNL_TIME_BAR (widget);

  *minimum = *natural = 0;
  gtk_widget_measure (self->work, orientation, -1, minimum, natural, NULL, NULL);
}

static void
place (GtkWidget *child, int width, int height, double from, double to, int least)
{
  gboolean reversed = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL;
  int length = CLAMP ((int) ((to - from) * width + 0.5), MIN (least, width), width);
  int x = CLAMP ((int) (from * width + 0.5), 0, width - length);
  GtkAllocation allocation = { reversed ? width - x - length : x, 0, length, height };

  gtk_widget_set_child_visible (child, length > 0);
  if (length > 0)
    gtk_widget_size_allocate (child, &allocation, -1);
}

static void
rnl_time_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlTimeBar *self = RNL_TIME_BAR (widget);

  place (self->wait, width, height, self->begin, self->output, 0);
  place (self->work, width, height, self->output, self->end, MIN_WIDTH);
}

static void
rnl_time_bar_dispose (GObject *object)
{
  RnlTimeBar *self = RNL_TIME_BAR (object);

  g_clear_pointer (&self->wait, gtk_widget_unparent);
  g_clear_pointer (&self->work, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_time_bar_parent_class)->dispose (object);
}

static void
rnl_time_bar_class_init (RnlTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_time_bar_dispose;
  widget_class->measure = rnl_time_bar_measure;
  widget_class->size_allocate = rnl_time_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "timebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkWidget *
make_part (RnlTimeBar *self, const char *css_name)
{
  GtkWidget *part = g_object_new (ADW_TYPE_BIN, "css-name", css_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_parent (part, GTK_WIDGET (self));

  return part;
}

static void
rnl_time_bar_init (RnlTimeBar *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->wait = make_part (self, "wait");
  self->work = make_part (self, "work");
}

/**
 * rnl_time_bar_new:
 *
 * Returns: (transfer floating): a bar of nothing
 */
GtkWidget *
rnl_time_bar_new (void)
{
  return g_object_new (RNL_TYPE_TIME_BAR, NULL);
}

/**
 * rnl_time_bar_set:
 * @self: a bar
 * @begin: where the part begins, 0 is the begin of the whole and 1 its end
 * @output: where its first output came
 * @end: where it ends
 */
void
rnl_time_bar_set (RnlTimeBar *self, double begin, double output, double end)
{
  g_return_if_fail (RNL_IS_TIME_BAR (self));

  begin = CLAMP (begin, 0, 1);
  end = CLAMP (end, begin, 1);
  output = CLAMP (output, begin, end);
  if (begin == self->begin && output == self->output && end == self->end)
    return;

  self->begin = begin;
  self->output = output;
  self->end = end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
