/* rnl-store-chats.h: rows of chats; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"
#include "rnl-store-db.h"

G_BEGIN_DECLS

/* A copy that is handed to the worker and read by nobody else. */
RnlChat *rnl_store_chat_snapshot (RnlChat *chat);

/**
 * RnlStoreTouch:
 * @chat_id: a chat
 * @snippet: its newest text
 * @updated: when that was said
 *
 * What changes of a chat with every message.
 */
typedef struct
{
  char *chat_id;
  char *snippet;
  gint64 updated;
} RnlStoreTouch;

RnlStoreTouch *rnl_store_touch_new (RnlChat *chat);
void rnl_store_touch_free (RnlStoreTouch *self);
gboolean rnl_store_touch_chat (RnlStoreDb *db, gpointer touch, GError **error);

gint64 rnl_store_find_chat (RnlStoreDb *db, const char *id, GError **error);
gboolean rnl_store_write_chat (RnlStoreDb *db, gpointer chat, GError **error);
gboolean rnl_store_delete_chat (RnlStoreDb *db, gpointer chat_id, GError **error);
gboolean rnl_store_undelete_chat (RnlStoreDb *db, gpointer chat_id, GError **error);
gboolean rnl_store_purge_own (RnlStoreDb *db, gpointer unused, GError **error);
gpointer rnl_store_load_chats (RnlStoreDb *db, gpointer unused, GError **error);

G_END_DECLS
