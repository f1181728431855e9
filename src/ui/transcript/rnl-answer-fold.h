/* rnl-answer-fold.h: stands for blocks of an answer that are not laid out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_ANSWER_FOLD (rnl_answer_fold_get_type ())
G_DECLARE_FINAL_TYPE (RnlAnswerFold, rnl_answer_fold, RNL, ANSWER_FOLD, GtkWidget)

GtkWidget *rnl_answer_fold_new (void);
void rnl_answer_fold_set_items (RnlAnswerFold *self, guint n_items);
gboolean rnl_answer_fold_is_open (RnlAnswerFold *self);
void rnl_answer_fold_open (RnlAnswerFold *self);

G_END_DECLS
