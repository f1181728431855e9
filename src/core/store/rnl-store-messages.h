/* rnl-store-messages.h: rows of messages and parts; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"
#include "rnl-store-rows.h"

G_BEGIN_DECLS

/**
 * RnlStorePage:
 * @chat_id: whose messages
 * @before_id: (nullable): the message after the newest wanted one
 * @limit: how many at most
 */
typedef struct
{
  char *chat_id;
  char *before_id;
  guint limit;
} RnlStorePage;

void rnl_store_page_free (RnlStorePage *self);

gint64 rnl_store_find_message (RnlStoreDb *db, const char *id, GError **error);
gboolean rnl_store_write_message (RnlStoreDb *db, const RnlStoreMessageRow *row, GError **error);
gboolean
rnl_store_write_part (RnlStoreDb *db, gint64 message, const RnlStorePartRow *row, GError **error);
gboolean rnl_store_write_whole_message (RnlStoreDb *db, gpointer message_row, GError **error);
gboolean rnl_store_delete_messages_from (RnlStoreDb *db, gpointer page, GError **error);
gpointer rnl_store_load_messages (RnlStoreDb *db, gpointer page, GError **error);
RnlStoreMessageRow *rnl_store_load_message (RnlStoreDb *db, gint64 key, GError **error);

G_END_DECLS
