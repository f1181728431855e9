/* rnl-chat-find.h: where words are in a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-chat-point.h"

G_BEGIN_DECLS

#define RNL_TYPE_CHAT_FIND (rnl_chat_find_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatFind, rnl_chat_find, RNL, CHAT_FIND, GObject)

RnlChatFind *rnl_chat_find_new (void);
void rnl_chat_find_set_model (RnlChatFind *self, GListModel *messages);
void rnl_chat_find_set_query (RnlChatFind *self, const char *query, gboolean words);
void rnl_chat_find_set_start (RnlChatFind *self, guint message);
void rnl_chat_find_filled (RnlChatFind *self, GPtrArray *messages);
gboolean rnl_chat_find_is_busy (RnlChatFind *self);
gboolean rnl_chat_find_is_empty (RnlChatFind *self);
guint rnl_chat_find_count (RnlChatFind *self);
guint rnl_chat_find_get_number (RnlChatFind *self);
gboolean rnl_chat_find_get_current (RnlChatFind *self, RnlChatRange *range);
gboolean rnl_chat_find_step (RnlChatFind *self, int by);
GArray *rnl_chat_find_list (RnlChatFind *self, const RnlChatPoint *text, int *current);

G_END_DECLS
