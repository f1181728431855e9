/* rnl-image-view.h: one image of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-image-source.h"

G_BEGIN_DECLS

#define RNL_TYPE_IMAGE_VIEW (rnl_image_view_get_type ())
G_DECLARE_FINAL_TYPE (RnlImageView, rnl_image_view, RNL, IMAGE_VIEW, GtkWidget)

GtkWidget *rnl_image_view_new (RnlImageSource *source, RnlBlock *block, const RnlSpan *span);
gboolean rnl_image_view_shows (RnlImageView *self, RnlBlock *block, const RnlSpan *span);

G_END_DECLS
