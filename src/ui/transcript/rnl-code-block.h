/* rnl-code-block.h: code with its language, highlighting and a copy button
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"

G_BEGIN_DECLS

#define RNL_TYPE_CODE_BLOCK (rnl_code_block_get_type ())
G_DECLARE_FINAL_TYPE (RnlCodeBlock, rnl_code_block, RNL, CODE_BLOCK, GtkWidget)

GtkWidget *rnl_code_block_new (RnlBlock *block);
void rnl_code_block_update (RnlCodeBlock *self, RnlBlock *block);
gboolean rnl_code_block_is_bounded (RnlCodeBlock *self);
gboolean rnl_code_block_catch_up (RnlCodeBlock *self);
const char *rnl_code_block_get_text (RnlCodeBlock *self);
char *rnl_code_block_dup_shown (RnlCodeBlock *self);
void rnl_code_block_show_marks (RnlCodeBlock *self);
gboolean rnl_code_block_get_wrap (RnlCodeBlock *self);
void rnl_code_block_set_wrap (RnlCodeBlock *self, gboolean wrap);

G_END_DECLS
