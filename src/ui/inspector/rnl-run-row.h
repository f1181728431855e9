/* rnl-run-row.h: a run in the tree of runs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-inspected-run.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_ROW (rnl_run_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunRow, rnl_run_row, RNL, RUN_ROW, GtkWidget)

GtkWidget *rnl_run_row_new (void);
void rnl_run_row_set_row (RnlRunRow *self, GtkTreeListRow *row);
RnlInspectedRun *rnl_run_row_get_run (RnlRunRow *self);
guint rnl_run_row_get_n_updates (RnlRunRow *self);

G_END_DECLS
