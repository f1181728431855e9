/* rnl-table-cell.h: what stands in a cell of a table
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"

G_BEGIN_DECLS

void rnl_table_cell_set (GtkLabel *label, RnlBlock *cell);
gboolean rnl_table_cell_has_formulas (GtkLabel *label);
void rnl_table_cell_snapshot (GtkLabel *label, GtkSnapshot *snapshot);

G_END_DECLS
