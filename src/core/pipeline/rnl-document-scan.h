/* rnl-document-scan.h: a folder's files into the index, only what changed
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-db.h"
#include "rnl-index-report.h"

G_BEGIN_DECLS

#define RNL_DOCUMENT_SCAN_MAX_DEPTH 16
#define RNL_DOCUMENT_SCAN_MAX_FILES 20000

RnlIndexReport *rnl_document_scan (RnlStoreDb *db,
                                   const char *folder,
                                   guint chunk_size,
                                   guint overlap,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
