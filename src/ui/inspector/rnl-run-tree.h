/* rnl-run-tree.h: the runs of a turn, each below the one it happened in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-inspected-run.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_TREE (rnl_run_tree_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunTree, rnl_run_tree, RNL, RUN_TREE, GtkWidget)

void rnl_run_tree_set_roots (RnlRunTree *self, GListModel *roots);
RnlInspectedRun *rnl_run_tree_get_selected (RnlRunTree *self);

G_END_DECLS
