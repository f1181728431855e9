/* rnl-math-block.h: a displayed formula
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"

G_BEGIN_DECLS

#define RNL_TYPE_MATH_BLOCK (rnl_math_block_get_type ())
G_DECLARE_FINAL_TYPE (RnlMathBlock, rnl_math_block, RNL, MATH_BLOCK, GtkWidget)

GtkWidget *rnl_math_block_new (RnlBlock *block);
void rnl_math_block_update (RnlMathBlock *self, RnlBlock *block);
char *rnl_math_block_dup_text (RnlMathBlock *self);

G_END_DECLS
