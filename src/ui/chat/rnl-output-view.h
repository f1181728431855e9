/* rnl-output-view.h: the first and last lines of a text of any length
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-output-excerpt.h"

G_BEGIN_DECLS

/* What is shown of a long text at each end. */
#define RNL_OUTPUT_VIEW_LINES    RNL_OUTPUT_EXCERPT_LINES
#define RNL_OUTPUT_VIEW_MAX_LINE RNL_OUTPUT_EXCERPT_MAX_LINE

#define RNL_TYPE_OUTPUT_VIEW (rnl_output_view_get_type ())
G_DECLARE_FINAL_TYPE (RnlOutputView, rnl_output_view, RNL, OUTPUT_VIEW, GtkWidget)

GtkWidget *rnl_output_view_new (const char *title);
void rnl_output_view_append (RnlOutputView *self, const char *text, gsize length);
void rnl_output_view_set_text (RnlOutputView *self, const char *text);
void rnl_output_view_set_monospace (RnlOutputView *self, gboolean monospace);
void rnl_output_view_give_selection (RnlOutputView *self);
gsize rnl_output_view_get_length (RnlOutputView *self);
const char *rnl_output_view_get_text (RnlOutputView *self);
GtkWidget *rnl_output_view_get_viewer (RnlOutputView *self);
gsize rnl_output_view_get_hidden_lines (RnlOutputView *self);

G_END_DECLS
