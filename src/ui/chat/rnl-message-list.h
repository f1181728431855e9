/* rnl-message-list.h: the messages of a conversation, one below the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message-row.h"
#include "rnl-scroll-follower.h"

G_BEGIN_DECLS

#define RNL_TYPE_MESSAGE_LIST (rnl_message_list_get_type ())
G_DECLARE_FINAL_TYPE (RnlMessageList, rnl_message_list, RNL, MESSAGE_LIST, GtkWidget)

GtkWidget *rnl_message_list_new (void);

void rnl_message_list_set_model (RnlMessageList *self, GListModel *messages);
GListModel *rnl_message_list_get_model (RnlMessageList *self);
void rnl_message_list_filled (RnlMessageList *self);
RnlScrollFollower *rnl_message_list_get_follower (RnlMessageList *self);
RnlMessageRow *rnl_message_list_get_row (RnlMessageList *self, guint position);
guint rnl_message_list_count_rows (RnlMessageList *self);
gboolean rnl_message_list_is_whole (RnlMessageList *self);
void rnl_message_list_hold (RnlMessageList *self);
void rnl_message_list_scroll_to_end (RnlMessageList *self);
void rnl_message_list_go_to (RnlMessageList *self, guint position);
gboolean rnl_message_list_get_place (RnlMessageList *self, guint *position, int *y);
void rnl_message_list_set_place (RnlMessageList *self, guint position, int y);
void rnl_message_list_show_message (RnlMessageList *self, guint position);
void rnl_message_list_move_focus (RnlMessageList *self, int by);
void rnl_message_list_focus_end (RnlMessageList *self);

G_END_DECLS
