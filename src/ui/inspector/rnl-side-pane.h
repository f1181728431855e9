/* rnl-side-pane.h: what stands beside something, or over it where there is no room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_SIDE_PANE_MIN_WIDTH 300
#define RNL_SIDE_PANE_MAX_WIDTH 900

#define RNL_TYPE_SIDE_PANE (rnl_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (RnlSidePane, rnl_side_pane, RNL, SIDE_PANE, GtkWidget)

GtkWidget *rnl_side_pane_get_content (RnlSidePane *self);
GtkWidget *rnl_side_pane_get_pane (RnlSidePane *self);
void rnl_side_pane_set_pane (RnlSidePane *self, GtkWidget *pane);
int rnl_side_pane_get_pane_width (RnlSidePane *self);
void rnl_side_pane_set_pane_width (RnlSidePane *self, int width);
gboolean rnl_side_pane_get_folded (RnlSidePane *self);

G_END_DECLS
