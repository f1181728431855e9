/* rnl-label-select.h: a label as part of a larger selection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-text-marks.h"

G_BEGIN_DECLS

guint rnl_label_select_offset_at (GtkLabel *label, double x, double y);
void rnl_label_select_locate (GtkLabel *label, guint offset, graphene_rect_t *area);
void rnl_label_select_set_attributes (GtkLabel *label, PangoAttrList *attributes);
void rnl_label_select_show (GtkLabel *label, guint start, guint end, GArray *offsets, int current);

G_END_DECLS
