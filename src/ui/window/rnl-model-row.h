/* rnl-model-row.h: the row of a model, or of a heading, in the list of models
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-model-entry.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_ROW (rnl_model_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelRow, rnl_model_row, RNL, MODEL_ROW, GtkWidget)

GtkWidget *rnl_model_row_new (void);
void rnl_model_row_set_entry (RnlModelRow *self, RnlModelEntry *entry);

G_END_DECLS
