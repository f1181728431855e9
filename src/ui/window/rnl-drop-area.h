/* rnl-drop-area.h: where files can be dropped, and that they can
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_DROP_AREA (rnl_drop_area_get_type ())
G_DECLARE_FINAL_TYPE (RnlDropArea, rnl_drop_area, RNL, DROP_AREA, GtkWidget)

void rnl_drop_area_watch (RnlDropArea *self, GtkWidget *widget);

G_END_DECLS
