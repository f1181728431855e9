/* rnl-answer-style.h: the style sheet of answers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_answer_style_ensure (void);
GtkWidget *rnl_answer_style_new_more (const char *action);

G_END_DECLS
