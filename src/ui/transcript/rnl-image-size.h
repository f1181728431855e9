/* rnl-image-size.h: how much room an image takes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_image_size_measure (
  int width, int height, GtkOrientation orientation, int for_size, int *minimum, int *natural);

G_END_DECLS
