/* rnl-model-rows.h: the models of all accounts, as the list shows them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-model-entry.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_ROWS (rnl_model_rows_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelRows, rnl_model_rows, RNL, MODEL_ROWS, GObject)

RnlModelRows *rnl_model_rows_new (void);

GListModel *rnl_model_rows_get_list (RnlModelRows *self);
void rnl_model_rows_keep_groups (RnlModelRows *self, const char *const *ids);
void rnl_model_rows_set_group (RnlModelRows *self,
                               const char *id,
                               const char *title,
                               GPtrArray *entries);
void rnl_model_rows_set_search (RnlModelRows *self, const char *text);
void rnl_model_rows_set_favourites (RnlModelRows *self, const char *const *ids);
void rnl_model_rows_set_current (RnlModelRows *self, const char *id);
RnlModelEntry *rnl_model_rows_find (RnlModelRows *self, const char *id);
RnlModelEntry *rnl_model_rows_get_first (RnlModelRows *self);

G_END_DECLS
