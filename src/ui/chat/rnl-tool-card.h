/* rnl-tool-card.h: one tool call
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"
#include "rnl-tool-approval.h"
#include "rnl-tool-details.h"

G_BEGIN_DECLS

#define RNL_TYPE_TOOL_CARD (rnl_tool_card_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolCard, rnl_tool_card, RNL, TOOL_CARD, GtkWidget)

GtkWidget *rnl_tool_card_new (RnlPart *call);
GtkWidget *rnl_tool_card_new_inside (RnlPart *call, guint depth);

RnlPart *rnl_tool_card_get_call (RnlToolCard *self);
gboolean rnl_tool_card_get_open (RnlToolCard *self);
gboolean rnl_tool_card_is_kept_open (RnlToolCard *self);
GtkWidget *rnl_tool_card_reveal (RnlToolCard *self, RnlPart *part);
void rnl_tool_card_fold (RnlToolCard *self);

const char *rnl_tool_card_get_title (RnlToolCard *self);
const char *rnl_tool_card_get_summary (RnlToolCard *self);
const char *rnl_tool_card_get_state_text (RnlToolCard *self);
GtkWidget *rnl_tool_card_get_header (RnlToolCard *self);
RnlToolApproval *rnl_tool_card_get_approval (RnlToolCard *self);
RnlToolDetails *rnl_tool_card_get_details (RnlToolCard *self);

G_END_DECLS
