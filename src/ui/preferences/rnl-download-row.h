/* rnl-download-row.h: one model on its way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-model-downloads.h"

G_BEGIN_DECLS

#define RNL_TYPE_DOWNLOAD_ROW (rnl_download_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlDownloadRow, rnl_download_row, RNL, DOWNLOAD_ROW, GtkListBoxRow)

GtkWidget *rnl_download_row_new (RnlModelDownloads *downloads, RnlModelDownload *download);

G_END_DECLS
