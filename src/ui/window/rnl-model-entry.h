/* rnl-model-entry.h: a line in the list of models
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-model-info.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_ENTRY (rnl_model_entry_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelEntry, rnl_model_entry, RNL, MODEL_ENTRY, GObject)

RnlModelEntry *rnl_model_entry_new (const char *account, RnlModelInfo *info);
RnlModelEntry *rnl_model_entry_new_noted (const char *id, const char *title, const char *note);
RnlModelEntry *rnl_model_entry_new_heading (const char *title);

const char *rnl_model_entry_get_id (RnlModelEntry *self);
const char *rnl_model_entry_get_title (RnlModelEntry *self);
const char *rnl_model_entry_get_note (RnlModelEntry *self);
RnlModelInfo *rnl_model_entry_get_info (RnlModelEntry *self);
gboolean rnl_model_entry_get_favourite (RnlModelEntry *self);
void rnl_model_entry_set_favourite (RnlModelEntry *self, gboolean favourite);
gboolean rnl_model_entry_get_current (RnlModelEntry *self);
void rnl_model_entry_set_current (RnlModelEntry *self, gboolean current);
gboolean rnl_model_entry_matches (RnlModelEntry *self, const char *const *words);

G_END_DECLS
