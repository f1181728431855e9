/* rnl-text-realize.h: a text view that is realized without laying its text out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_text_realize (GtkTextView *view, GtkWidgetClass *parent_class);

void rnl_text_wait_for_width (GtkTextView *view);
void rnl_text_attach (GtkTextView *view, GtkTextBuffer *buffer);
gboolean rnl_text_is_attached (GtkTextView *view, GtkTextBuffer *buffer);

G_END_DECLS
