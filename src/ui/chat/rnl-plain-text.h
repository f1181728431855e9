/* rnl-plain-text.h: text that is only read, and may grow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_PLAIN_TEXT (rnl_plain_text_get_type ())
G_DECLARE_FINAL_TYPE (RnlPlainText, rnl_plain_text, RNL, PLAIN_TEXT, GtkTextView)

GtkWidget *rnl_plain_text_new (const char *label);
void rnl_plain_text_append (RnlPlainText *self, const char *text, gsize length);
void rnl_plain_text_set_text (RnlPlainText *self, const char *text, gssize length);
void rnl_plain_text_update (RnlPlainText *self, const char *text);
char *rnl_plain_text_dup_text (RnlPlainText *self);
GtkTextBuffer *rnl_plain_text_get_buffer (RnlPlainText *self);

G_END_DECLS
