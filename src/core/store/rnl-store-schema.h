/* rnl-store-schema.h: brings a database to the newest shape
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

/* "Rnl1" in the file's header: what makes it ours. */
#define RNL_STORE_APPLICATION_ID 0x526e6c31

void rnl_store_schema_init (void);
guint rnl_store_schema_newest (void);
gboolean rnl_store_schema_check (RnlStoreDb *db, guint newest, guint *version, GError **error);
gboolean rnl_store_schema_upgrade (RnlStoreDb *db, GError **error);
gboolean
rnl_store_schema_migrate (RnlStoreDb *db, const char *const *scripts, guint newest, GError **error);

G_END_DECLS
