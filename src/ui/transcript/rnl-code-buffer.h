/* rnl-code-buffer.h: the text of code that grows, coloured as it comes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_CODE_BUFFER (rnl_code_buffer_get_type ())
G_DECLARE_FINAL_TYPE (RnlCodeBuffer, rnl_code_buffer, RNL, CODE_BUFFER, GtkTextBuffer)

/* A longer line is broken: it would be one layout. In bytes. */
#define RNL_CODE_MAX_LINE 1024

/* What it is broken with; no code has it. */
#define RNL_CODE_LINE_BREAK "\342\200\251"

RnlCodeBuffer *rnl_code_buffer_new (void);
void rnl_code_buffer_reset (RnlCodeBuffer *self, const char *language);
void rnl_code_buffer_append (RnlCodeBuffer *self, const char *text, gsize length);
guint rnl_code_buffer_to_shown (RnlCodeBuffer *self, guint offset);
guint rnl_code_buffer_from_shown (RnlCodeBuffer *self, guint offset);
char *rnl_code_buffer_dup_text (RnlCodeBuffer *self);

G_END_DECLS
