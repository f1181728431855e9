/* rnl-answer-tags.h: how the text of an answer looks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block.h"
#include "rnl-tex-node.h"

G_BEGIN_DECLS

GtkTextTagTable *rnl_answer_tags_get_table (void);
GtkTextTag *rnl_answer_tags_get_paragraph (RnlBlock *block, gboolean marker);
GtkTextTag *rnl_answer_tags_get_gap (RnlBlock *previous, RnlBlock *block);
GtkTextTag *rnl_answer_tags_get_heading (guint level);
GtkTextTag *rnl_answer_tags_get_span (RnlSpanFlags flag);
GtkTextTag *rnl_answer_tags_get_quote (void);
GtkTextTag *rnl_answer_tags_get_marker (void);
GtkTextTag *rnl_answer_tags_get_reference (void);
GtkTextTag *rnl_answer_tags_get_note (void);
GtkTextTag *rnl_answer_tags_get_math (RnlTexVariant variant);
GtkTextTag *rnl_answer_tags_get_depth (double depth);
int rnl_answer_gap (RnlBlock *previous, RnlBlock *block);
int rnl_answer_indent (RnlBlock *block);
int rnl_answer_quote_indent (guint depth);

G_END_DECLS
