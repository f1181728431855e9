/* rnl-question-text.h: what a person wrote, in its bubble
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_QUESTION_TEXT (rnl_question_text_get_type ())
G_DECLARE_FINAL_TYPE (RnlQuestionText, rnl_question_text, RNL, QUESTION_TEXT, GtkWidget)

GtkWidget *rnl_question_text_new (const char *text);

G_END_DECLS
