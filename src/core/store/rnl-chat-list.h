/* rnl-chat-list.h: chats in a list model that stays sorted
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"

G_BEGIN_DECLS

/* A list model of RnlChat, newest `updated` first. It follows that property by itself; a move is
 * one items-changed over the range it crosses, so a selection can follow its item. */
#define RNL_TYPE_CHAT_LIST (rnl_chat_list_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatList, rnl_chat_list, RNL, CHAT_LIST, GObject)

RnlChatList *rnl_chat_list_new (void);
RnlChat *rnl_chat_list_find (RnlChatList *self, const char *id);
void rnl_chat_list_add (RnlChatList *self, RnlChat *chat);
void rnl_chat_list_add_many (RnlChatList *self, GPtrArray *chats);
RnlChat *rnl_chat_list_remove (RnlChatList *self, const char *id);

G_END_DECLS
