/* rnl-chat-row.h: one chat in the list
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-chat.h"

G_BEGIN_DECLS

#define RNL_TYPE_CHAT_ROW (rnl_chat_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlChatRow, rnl_chat_row, RNL, CHAT_ROW, GtkWidget)

GtkWidget *rnl_chat_row_new (void);
RnlChat *rnl_chat_row_get_chat (RnlChatRow *self);
void rnl_chat_row_set_chat (RnlChatRow *self, RnlChat *chat);
void rnl_chat_row_set_section (RnlChatRow *self, const char *section);

G_END_DECLS
