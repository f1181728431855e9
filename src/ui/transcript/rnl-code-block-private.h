/* rnl-code-block-private.h: shared by the parts of a code block
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-code-block.h"
#include "rnl-selectable.h"
#include "rnl-text-marks.h"

G_BEGIN_DECLS

GtkTextView *rnl_code_block_get_view (RnlCodeBlock *self);
RnlTextMarks *rnl_code_block_get_marks (RnlCodeBlock *self);
gboolean rnl_code_block_is_cut (RnlCodeBlock *self);

/* rnl-code-block-select.c */
void rnl_code_block_init_selectable (RnlSelectableInterface *iface);

G_END_DECLS
