/* rnl-chat-page.h: one conversation: transcript and composer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-announcer.h"
#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_CHAT_PAGE (rnl_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatPage, rnl_chat_page, RNL, CHAT_PAGE, GtkWidget)

RnlConversation *rnl_chat_page_get_conversation (RnlChatPage *self);
void rnl_chat_page_set_conversation (RnlChatPage *self,
                                     RnlConversation *conversation,
                                     RnlLibrary *library);
void rnl_chat_page_show_message (RnlChatPage *self, const char *message_id, const char *words);
gboolean rnl_chat_page_find (RnlChatPage *self);
void rnl_chat_page_find_next (RnlChatPage *self, int by);
void rnl_chat_page_compose (RnlChatPage *self, const char *text);
char *rnl_chat_page_dup_composed (RnlChatPage *self);
void rnl_chat_page_attach (RnlChatPage *self, GFile *file);
void rnl_chat_page_focus_composer (RnlChatPage *self);
void rnl_chat_page_focus_content (RnlChatPage *self);
gboolean rnl_chat_page_is_composing (RnlChatPage *self);
void rnl_chat_page_set_accounts (RnlChatPage *self, RnlAccounts *accounts);
void rnl_chat_page_set_workspace (RnlChatPage *self, RnlWorkspace *workspace);
void rnl_chat_page_set_enter_sends (RnlChatPage *self, gboolean enter_sends);
void rnl_chat_page_set_announce_words (RnlChatPage *self, RnlAnnounceWords words);
void rnl_chat_page_save_draft (RnlChatPage *self);
void rnl_chat_page_save_place (RnlChatPage *self);

G_END_DECLS
