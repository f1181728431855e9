/* rnl-reasoning-block.h: what a model thought before it answered
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_REASONING_BLOCK (rnl_reasoning_block_get_type ())
G_DECLARE_FINAL_TYPE (RnlReasoningBlock, rnl_reasoning_block, RNL, REASONING_BLOCK, GtkWidget)

GtkWidget *rnl_reasoning_block_new (RnlPart *part);
void rnl_reasoning_block_reveal (RnlReasoningBlock *self);
GtkWidget *rnl_reasoning_block_get_view (RnlReasoningBlock *self);
const char *rnl_reasoning_block_get_peek (RnlReasoningBlock *self);
const char *rnl_reasoning_block_get_title (RnlReasoningBlock *self);
gboolean rnl_reasoning_block_get_open (RnlReasoningBlock *self);
GtkWidget *rnl_reasoning_block_get_header (RnlReasoningBlock *self);

G_END_DECLS
