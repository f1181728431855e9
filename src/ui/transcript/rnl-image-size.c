/* rnl-image-size.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-size.h"

#define MIN_WIDTH 48

/**
 * rnl_image_size_measure:
 * @width: of the image
 * @height: of the image
 * @orientation: what is measured
 * @for_size: the other one, or -1
 * @minimum: (out): the least
 * @natural: (out): the best
 *
 * Measures an image that never grows beyond its size, and keeps its shape when it must shrink.
 */
void
rnl_image_size_measure (
  int width, int height, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  int shown = for_size < 0 ? width : MIN (for_size, width);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (width, MIN_WIDTH);
      *natural = width;
    }
  else
    *minimum = *natural = MAX (1, shown * height / width);
}
