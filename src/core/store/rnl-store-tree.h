/* rnl-store-tree.h: which messages follow which; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

/**
 * RnlStorePlace:
 * @chat_id: a chat
 * @message_id: (nullable): one of its messages
 * @version: which version at the place of that message, from 1; 0 for itself
 * @limit: how many messages at most
 * @copy_id: (nullable): the chat that a copy goes to
 *
 * A place in the tree of a chat.
 */
typedef struct
{
  char *chat_id;
  char *message_id;
  guint version;
  guint limit;
  char *copy_id;
} RnlStorePlace;

/* Which of those with its parent a message of the table `way` is, and how many they are. The roots
 * of a chat have its key in common, and no parent. Nearly all messages are the only ones of their
 * parent, and cost one look into the index. */
#define RNL_STORE_SIBLINGS "FROM messages s WHERE s.parent IS way.parent AND s.chat = way.chat"
#define RNL_STORE_VERSION_COLUMNS                                                                  \
  " CASE WHEN EXISTS (SELECT 1 " RNL_STORE_SIBLINGS " AND s.key < way.key)"                        \
  "   THEN (SELECT count (*) " RNL_STORE_SIBLINGS " AND s.key <= way.key) ELSE 1 END,"             \
  " CASE WHEN EXISTS (SELECT 1 " RNL_STORE_SIBLINGS " LIMIT 1 OFFSET 1)"                           \
  "   THEN (SELECT count (*) " RNL_STORE_SIBLINGS ") ELSE 1 END"

RnlStorePlace *rnl_store_place_new (const char *chat_id, const char *message_id);
void rnl_store_place_free (RnlStorePlace *self);
gboolean
rnl_store_find_end (RnlStoreDb *db, const RnlStorePlace *place, gint64 *end, GError **error);

gpointer rnl_store_load_messages (RnlStoreDb *db, gpointer place, GError **error);
gpointer rnl_store_load_version (RnlStoreDb *db, gpointer place, GError **error);
gpointer rnl_store_load_all (RnlStoreDb *db, gpointer place, GError **error);
gboolean rnl_store_set_leaf (RnlStoreDb *db, gpointer place, GError **error);
gboolean rnl_store_delete_message (RnlStoreDb *db, gpointer place, GError **error);
gboolean rnl_store_copy_path (RnlStoreDb *db, gpointer place, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStorePlace, rnl_store_place_free)

G_END_DECLS
