/* rnl-thumbnail.h: a small picture of a large one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

void rnl_thumbnail_load_async (RnlPart *part,
                               int width,
                               int height,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GdkTexture *rnl_thumbnail_load_finish (RnlPart *part, GAsyncResult *result, GError **error);

G_END_DECLS
