/* rnl-table-view.h: a table in an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"

G_BEGIN_DECLS

#define RNL_TYPE_TABLE_VIEW (rnl_table_view_get_type ())
G_DECLARE_FINAL_TYPE (RnlTableView, rnl_table_view, RNL, TABLE_VIEW, GtkWidget)

GtkWidget *rnl_table_view_new (RnlBlock *block);
void rnl_table_view_update (RnlTableView *self, RnlBlock *block);
gboolean rnl_table_view_catch_up (RnlTableView *self);
char *rnl_table_view_dup_text (RnlTableView *self);
void rnl_table_view_show_marks (RnlTableView *self);

G_END_DECLS
