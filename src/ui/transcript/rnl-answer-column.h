/* rnl-answer-column.h: widgets below each other, painted where they are seen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_ANSWER_COLUMN (rnl_answer_column_get_type ())
G_DECLARE_DERIVABLE_TYPE (RnlAnswerColumn, rnl_answer_column, RNL, ANSWER_COLUMN, GtkWidget)

struct _RnlAnswerColumnClass
{
  GtkWidgetClass parent_class;
};

GtkWidget *rnl_answer_column_new (void);
GtkWidget *rnl_answer_column_grow (RnlAnswerColumn *self, GtkWidget *sibling);
void rnl_answer_column_release (RnlAnswerColumn *self);
gboolean rnl_answer_column_is_at_end (RnlAnswerColumn *self);
gboolean rnl_answer_column_is_seen (RnlAnswerColumn *self);
double rnl_answer_column_get_page_size (RnlAnswerColumn *self);
void
rnl_answer_column_scroll_to (RnlAnswerColumn *self, const graphene_rect_t *area, double distance);
GtkWidget *rnl_answer_column_get_first (RnlAnswerColumn *self);
GtkWidget *rnl_answer_column_get_next (RnlAnswerColumn *self, GtkWidget *child);

G_END_DECLS
