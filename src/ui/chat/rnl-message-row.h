/* rnl-message-row.h: one message of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_MESSAGE_ROW (rnl_message_row_get_type ())
G_DECLARE_FINAL_TYPE (RnlMessageRow, rnl_message_row, RNL, MESSAGE_ROW, GtkWidget)

GtkWidget *rnl_message_row_new (RnlMessage *message);
RnlMessage *rnl_message_row_get_message (RnlMessageRow *self);
void rnl_message_row_set_last (RnlMessageRow *self, gboolean last);
void rnl_message_row_focus_versions (RnlMessageRow *self, gboolean next);
gboolean rnl_message_row_is_in_use (RnlMessageRow *self);
GtkWidget *rnl_message_row_find_part (RnlMessageRow *self, double y);
gboolean rnl_message_row_get_working (RnlMessageRow *self);
const char *rnl_message_row_get_label (RnlMessageRow *self);

G_END_DECLS
