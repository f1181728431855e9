/* rnl-stored-model.h: a model that a server has on its disk
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_STORED_MODEL (rnl_stored_model_get_type ())
G_DECLARE_FINAL_TYPE (RnlStoredModel, rnl_stored_model, RNL, STORED_MODEL, GObject)

RnlStoredModel *rnl_stored_model_new (const char *name, gint64 size);

const char *rnl_stored_model_get_name (RnlStoredModel *self);
gint64 rnl_stored_model_get_size (RnlStoredModel *self);

G_END_DECLS
