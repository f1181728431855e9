/* rnl-text-segment.h: a few blocks of running text in one text view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"

G_BEGIN_DECLS

#define RNL_TYPE_TEXT_SEGMENT (rnl_text_segment_get_type ())
G_DECLARE_FINAL_TYPE (RnlTextSegment, rnl_text_segment, RNL, TEXT_SEGMENT, GtkTextView)

GtkWidget *rnl_text_segment_new (RnlBlock *block, gboolean images);
gboolean rnl_text_segment_is_full (RnlTextSegment *self);
guint rnl_text_segment_get_n_blocks (RnlTextSegment *self);
void rnl_text_segment_append (RnlTextSegment *self, RnlBlock *block);
void rnl_text_segment_truncate (RnlTextSegment *self, guint n_blocks);
void rnl_text_segment_replace_last (RnlTextSegment *self, RnlBlock *block);
char *rnl_text_segment_dup_text (RnlTextSegment *self);
void rnl_text_segment_show_marks (RnlTextSegment *self);
guint rnl_text_segment_get_n_links (RnlTextSegment *self);
const char *rnl_text_segment_get_link_address (RnlTextSegment *self, guint position);

G_END_DECLS
