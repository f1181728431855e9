/* rnl-store-attachments.h: what is in files, beside the database
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"
#include "rnl-store-rows.h"

G_BEGIN_DECLS

gboolean rnl_store_attachment_put (RnlStoreDb *db, const RnlStorePartRow *row);
void rnl_store_attachment_get (RnlStoreDb *db, RnlStorePartRow *row);
void rnl_store_attachments_sweep (RnlStoreDb *db);

G_END_DECLS
