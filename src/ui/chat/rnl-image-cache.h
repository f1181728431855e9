/* rnl-image-cache.h: images that servers gave, while the program runs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-part.h"

G_BEGIN_DECLS

void rnl_image_cache_add (const char *address, RnlPart *image);
RnlPart *rnl_image_cache_get (const char *address);
void rnl_image_cache_clear (void);

G_END_DECLS
