/* rnl-cell-text.h: short texts in rows and columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_CELL_TEXT (rnl_cell_text_get_type ())
G_DECLARE_FINAL_TYPE (RnlCellText, rnl_cell_text, RNL, CELL_TEXT, GtkWidget)

GtkWidget *rnl_cell_text_new (void);
void rnl_cell_text_set_part (RnlCellText *self, GObject *part, guint field);
void rnl_cell_text_append (RnlCellText *self, GtkWidget *cell, int column, int row);
void rnl_cell_text_replace (RnlCellText *self, guint position, GtkWidget *cell);
void rnl_cell_text_remove_all (RnlCellText *self);
GtkWidget *rnl_cell_text_get (RnlCellText *self, guint position);
guint rnl_cell_text_get_size (RnlCellText *self);
void rnl_cell_text_show_marks (RnlCellText *self);

G_END_DECLS
