/* rnl-chat-style.h: the look of a conversation, and words that several of its widgets use
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

void rnl_chat_style_ensure (void);

GtkWidget *rnl_chat_icon_button_new (const char *icon_name, const char *label);
GtkWidget *rnl_chat_caption_new (const char *text);
void rnl_chat_set_label (GtkWidget *widget, const char *label);
void rnl_chat_set_description (GtkWidget *widget, const char *description);
char *rnl_chat_duration_text (gint64 duration_us);
char *rnl_chat_cost_text (double dollars);
char *rnl_chat_time_text (gint64 unix_us);
void rnl_chat_set_message_action (GtkWidget *button, const char *action, RnlMessage *message);
void rnl_chat_copy (GtkWidget *widget, const char *text);

G_END_DECLS
