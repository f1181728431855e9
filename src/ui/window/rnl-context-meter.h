/* rnl-context-meter.h: how full the model's window is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-conversation.h"

G_BEGIN_DECLS

#define RNL_TYPE_CONTEXT_METER (rnl_context_meter_get_type ())
G_DECLARE_FINAL_TYPE (RnlContextMeter, rnl_context_meter, RNL, CONTEXT_METER, GtkWidget)

void rnl_context_meter_set_conversation (RnlContextMeter *self, RnlConversation *conversation);
void rnl_context_meter_set_draft (RnlContextMeter *self, const char *draft);
const char *rnl_context_meter_get_text (RnlContextMeter *self);
char *rnl_context_meter_dup_count (gint64 tokens);

G_END_DECLS
