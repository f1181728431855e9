/* rnl-answer-view.h: the growing text of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-answer-column.h"
#include "rnl-image-source.h"

G_BEGIN_DECLS

#define RNL_TYPE_ANSWER_VIEW (rnl_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (RnlAnswerView, rnl_answer_view, RNL, ANSWER_VIEW, RnlAnswerColumn)

GtkWidget *rnl_answer_view_new (void);
void rnl_answer_view_set_images (RnlAnswerView *self, RnlImageSource *images);
void rnl_answer_view_append (RnlAnswerView *self, const char *text, gssize length);
void rnl_answer_view_set_text (RnlAnswerView *self, const char *text);
gboolean rnl_answer_view_get_complete (RnlAnswerView *self);
void rnl_answer_view_set_complete (RnlAnswerView *self, gboolean complete);
GtkWidget *rnl_answer_view_find (RnlAnswerView *self, double y);
gboolean rnl_answer_view_is_settled (RnlAnswerView *self);
char *rnl_answer_view_dup_markdown (RnlAnswerView *self);
char *rnl_answer_view_dup_text (RnlAnswerView *self);

G_END_DECLS
