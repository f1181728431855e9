/* rnl-answer-parts.h: the parts of an answer, in the order they happened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_ANSWER_PARTS (rnl_answer_parts_get_type ())
G_DECLARE_FINAL_TYPE (RnlAnswerParts, rnl_answer_parts, RNL, ANSWER_PARTS, GtkWidget)

GtkWidget *rnl_answer_parts_new (RnlMessage *message);
gboolean rnl_answer_parts_get_active (RnlAnswerParts *self);
GtkWidget *rnl_answer_parts_reveal (RnlAnswerParts *self, RnlPart *part);
gint64 rnl_answer_parts_get_drawing_time (RnlAnswerParts *self);
GtkWidget *rnl_answer_parts_find (RnlAnswerParts *self, double y);

G_END_DECLS
