/* rnl-archive-chat.h: a chat with all that was said in it, outside the library
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"
#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlArchiveChat:
 * @chat: the chat
 * @messages: (element-type RnlMessage): all versions, each after the one it follows
 * @current_id: (nullable): the last message it shows; `NULL` for the last of @messages
 *
 * A chat on its way into or out of a file.
 */
typedef struct
{
  RnlChat *chat;
  GPtrArray *messages;
  char *current_id;
} RnlArchiveChat;

RnlArchiveChat *rnl_archive_chat_new (void);
void rnl_archive_chat_free (RnlArchiveChat *self);
RnlMessage *rnl_archive_chat_add (RnlArchiveChat *self, RnlRole role, const char *parent_id);
void rnl_archive_chat_finish (RnlArchiveChat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlArchiveChat, rnl_archive_chat_free)

G_END_DECLS
