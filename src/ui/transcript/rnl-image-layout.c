/* rnl-image-layout.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-layout.h"

#define MIN_WIDTH 48

/**
 * RnlImageLayout:
 *
 * Gives its widget's only child all the room. Once that is an image it never grows beyond its size,
 * and keeps its shape when it must shrink.
 */
struct _RnlImageLayout
{
  GtkLayoutManager parent_instance;

  /* of the image in pixels; 0 while there is none */
  int width;
  int height;
};

G_DEFINE_FINAL_TYPE (RnlImageLayout, rnl_image_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *layout,
         GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  RnlImageLayout *self = RNL_IMAGE_LAYOUT (layout);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (self->width == 0)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (self->width, MIN_WIDTH);
      *natural = self->width;
    }
  else
    {
      int shown = for_size < 0 ? self->width : MIN (for_size, self->width);

      *minimum = *natural = MAX (1, shown * self->height / self->width);
    }
}

static void
allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
rnl_image_layout_class_init (RnlImageLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
rnl_image_layout_init (RnlImageLayout *self)
{
}

/**
 * rnl_image_layout_set_texture:
 * @widget: a widget laid out by an #RnlImageLayout
 * @texture: what its child shows from now on
 * @max_width: how wide it may be shown, in pixels
 * @max_height: how high
 *
 * On a screen of a higher density the texture has more pixels than it may take room.
 */
void
rnl_image_layout_set_texture (GtkWidget *widget, GdkTexture *texture, int max_width, int max_height)
{
  RnlImageLayout *self = RNL_IMAGE_LAYOUT (gtk_widget_get_layout_manager (widget));
  double width = gdk_texture_get_width (texture);
  double height = gdk_texture_get_height (texture);
  double factor = MIN (1, MIN (max_width / width, max_height / height));

  self->width = MAX (1, (int) (width * factor));
  self->height = MAX (1, (int) (height * factor));
  gtk_widget_queue_resize (widget);
}
