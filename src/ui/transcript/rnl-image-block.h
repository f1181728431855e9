/* rnl-image-block.h: a paragraph of images
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-image-source.h"

G_BEGIN_DECLS

#define RNL_TYPE_IMAGE_BLOCK (rnl_image_block_get_type ())
G_DECLARE_FINAL_TYPE (RnlImageBlock, rnl_image_block, RNL, IMAGE_BLOCK, GtkWidget)

gboolean rnl_image_block_takes (RnlBlock *block);
GtkWidget *rnl_image_block_new (RnlImageSource *source, RnlBlock *block);
void rnl_image_block_update (RnlImageBlock *self, RnlBlock *block);
char *rnl_image_block_dup_text (RnlImageBlock *self);

G_END_DECLS
