/* rnl-store-staging.h: chats that come in together or not at all; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"
#include "rnl-store-db.h"
#include "rnl-store-rows.h"

G_BEGIN_DECLS

/**
 * RnlStoreStaged:
 * @chat: a chat that nobody else holds
 * @rows: (element-type RnlStoreMessageRow): all its messages, each after the one it follows
 * @parents: (nullable-elements): for each of @rows, the id of the message it follows
 * @current_id: (nullable): the last message it shows
 * @known: (out): whether the library had a chat with its id, and nothing was written
 *
 * A chat on its way in.
 */
typedef struct
{
  RnlChat *chat;
  GPtrArray *rows;
  GPtrArray *parents;
  char *current_id;
  gboolean known;
} RnlStoreStaged;

RnlStoreStaged *rnl_store_staged_new (RnlChat *chat, GPtrArray *messages, const char *current_id);
void rnl_store_staged_free (RnlStoreStaged *self);

gpointer rnl_store_stage_chat (RnlStoreDb *db, gpointer staged, GError **error);
gpointer rnl_store_publish_staged (RnlStoreDb *db, gpointer unused, GError **error);
gpointer rnl_store_drop_staged (RnlStoreDb *db, gpointer unused, GError **error);

G_END_DECLS
