/* rnl-nested-text.h: what a model says inside a tool
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-answer-view.h"
#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_NESTED_TEXT (rnl_nested_text_get_type ())
G_DECLARE_FINAL_TYPE (RnlNestedText, rnl_nested_text, RNL, NESTED_TEXT, GtkWidget)

GtkWidget *rnl_nested_text_new (RnlPart *part, const char *label);
RnlAnswerView *rnl_nested_text_get_view (RnlNestedText *self);
gboolean rnl_nested_text_is_cut (RnlNestedText *self);
void rnl_nested_text_show_all (RnlNestedText *self);

G_END_DECLS
