/* rnl-model-catalog.h: what is known of models whose servers do not say it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-model-info.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_CATALOG (rnl_model_catalog_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelCatalog, rnl_model_catalog, RNL, MODEL_CATALOG, GObject)

RnlModelCatalog *rnl_model_catalog_new (GFile *file);
RnlModelCatalog *rnl_model_catalog_get_default (void);

GFile *rnl_model_catalog_get_file (RnlModelCatalog *self);
const GError *rnl_model_catalog_get_error (RnlModelCatalog *self);
void rnl_model_catalog_complete (RnlModelCatalog *self, RnlModelInfo *info);

G_END_DECLS
