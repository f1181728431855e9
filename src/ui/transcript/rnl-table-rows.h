/* rnl-table-rows.h: the cells of a table
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-answer-column.h"

G_BEGIN_DECLS

#define RNL_TYPE_TABLE_ROWS (rnl_table_rows_get_type ())
G_DECLARE_FINAL_TYPE (RnlTableRows, rnl_table_rows, RNL, TABLE_ROWS, RnlAnswerColumn)

GtkWidget *rnl_table_rows_new (void);
void rnl_table_rows_reset (RnlTableRows *self, guint n_columns);
void rnl_table_rows_reserve (RnlTableRows *self, guint n_labels);
void rnl_table_rows_append (RnlTableRows *self, GtkWidget *label);
void rnl_table_rows_truncate (RnlTableRows *self, guint n_labels);
GtkWidget *rnl_table_rows_get_label (RnlTableRows *self, guint position);

G_END_DECLS
