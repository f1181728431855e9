/* rnl-model-info.h: one model that a server offers
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_INFO (rnl_model_info_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelInfo, rnl_model_info, RNL, MODEL_INFO, GObject)

RnlModelInfo *rnl_model_info_new (const char *id, const char *title, gint64 context_length);

const char *rnl_model_info_get_id (RnlModelInfo *self);
const char *rnl_model_info_get_title (RnlModelInfo *self);
gint64 rnl_model_info_get_context_length (RnlModelInfo *self);

G_END_DECLS
