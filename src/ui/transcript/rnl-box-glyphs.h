/* rnl-box-glyphs.h: boxes in place of characters that no font has
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_box_glyphs_append (GtkSnapshot *snapshot, GskRenderNode *node, int scale);

G_END_DECLS
