/* rnl-message-foot.h: the line below an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_MESSAGE_FOOT (rnl_message_foot_get_type ())
G_DECLARE_FINAL_TYPE (RnlMessageFoot, rnl_message_foot, RNL, MESSAGE_FOOT, GtkWidget)

GtkWidget *rnl_message_foot_new (RnlMessage *message);
void rnl_message_foot_set_working (RnlMessageFoot *self, gboolean working);
void rnl_message_foot_set_parts (RnlMessageFoot *self, GtkWidget *parts);
gboolean rnl_message_foot_get_working (RnlMessageFoot *self);
void rnl_message_foot_set_finished (RnlMessageFoot *self);
void rnl_message_foot_offer (RnlMessageFoot *self);
GtkWidget *rnl_message_foot_get_versions (RnlMessageFoot *self);

G_END_DECLS
