/* rnl-image-layout.h: how much room an image takes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_IMAGE_LAYOUT (rnl_image_layout_get_type ())
G_DECLARE_FINAL_TYPE (RnlImageLayout, rnl_image_layout, RNL, IMAGE_LAYOUT, GtkLayoutManager)

void rnl_image_layout_set_texture (GtkWidget *widget,
                                   GdkTexture *texture,
                                   int max_width,
                                   int max_height);

G_END_DECLS
