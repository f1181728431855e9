/* rnl-table-group.h: a few rows of a table
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_TABLE_GROUP (rnl_table_group_get_type ())
G_DECLARE_FINAL_TYPE (RnlTableGroup, rnl_table_group, RNL, TABLE_GROUP, GtkWidget)

GtkWidget *rnl_table_group_new (GArray *widths);
void rnl_table_group_widen (RnlTableGroup *self, GArray *widths);

G_END_DECLS
