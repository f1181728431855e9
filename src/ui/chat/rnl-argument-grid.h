/* rnl-argument-grid.h: a call's arguments as a table that grows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-call-arguments.h"

G_BEGIN_DECLS

#define RNL_TYPE_ARGUMENT_GRID (rnl_argument_grid_get_type ())
G_DECLARE_FINAL_TYPE (RnlArgumentGrid, rnl_argument_grid, RNL, ARGUMENT_GRID, GtkWidget)

GtkWidget *rnl_argument_grid_new (void);
void rnl_argument_grid_set_part (RnlArgumentGrid *self, GObject *part, guint field);
char *rnl_argument_grid_dup_lines (RnlCallArguments *arguments);
void rnl_argument_grid_update (RnlArgumentGrid *self, RnlCallArguments *arguments);
const char *rnl_argument_grid_get_value (RnlArgumentGrid *self, const char *key);

G_END_DECLS
