/* rnl-store-messages.h: rows of messages and parts; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"
#include "rnl-store-rows.h"

G_BEGIN_DECLS

gint64 rnl_store_find_message (RnlStoreDb *db, const char *id, GError **error);
gboolean rnl_store_write_message (RnlStoreDb *db, const RnlStoreMessageRow *row, GError **error);
gboolean
rnl_store_write_part (RnlStoreDb *db, gint64 message, const RnlStorePartRow *row, GError **error);
gboolean rnl_store_write_whole_message (RnlStoreDb *db, gpointer message_row, GError **error);
RnlStoreMessageRow *rnl_store_load_message (RnlStoreDb *db, gint64 key, GError **error);

G_END_DECLS
