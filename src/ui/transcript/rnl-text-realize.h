/* rnl-text-realize.h: a text view that is realized without laying its text out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_text_realize (GtkTextView *view, GtkWidgetClass *parent_class);

G_END_DECLS
