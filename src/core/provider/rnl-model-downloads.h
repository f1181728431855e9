/* rnl-model-downloads.h: the models that are on their way
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-accounts.h"
#include "rnl-model-download.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_DOWNLOADS (rnl_model_downloads_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelDownloads, rnl_model_downloads, RNL, MODEL_DOWNLOADS, GObject)

RnlModelDownloads *rnl_model_downloads_new (RnlAccounts *accounts);

RnlModelDownload *rnl_model_downloads_start (RnlModelDownloads *self,
                                             RnlAccount *account,
                                             const char *name,
                                             GError **error);
void rnl_model_downloads_forget (RnlModelDownloads *self, RnlModelDownload *download);
guint rnl_model_downloads_get_n_active (RnlModelDownloads *self);

G_END_DECLS
