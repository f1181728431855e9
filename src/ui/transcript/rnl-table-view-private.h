/* rnl-table-view-private.h: shared by the parts of a table
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-selectable.h"
#include "rnl-table-rows.h"
#include "rnl-table-view.h"
#include "rnl-text-marks.h"

G_BEGIN_DECLS

RnlBlock *rnl_table_view_get_block (RnlTableView *self);
RnlTableRows *rnl_table_view_get_rows (RnlTableView *self);
RnlTextMarks *rnl_table_view_get_marks (RnlTableView *self);
GtkAdjustment *rnl_table_view_get_hadjustment (RnlTableView *self);

/* rnl-table-view-select.c */
void rnl_table_view_init_selectable (RnlSelectableInterface *iface);

/* rnl-table-view-copy.c */
char *rnl_table_view_dup_tsv (RnlTableView *self);
GtkWidget *rnl_table_view_make_copy_button (void);
void rnl_table_view_class_init_copy (GtkWidgetClass *widget_class);

G_END_DECLS
