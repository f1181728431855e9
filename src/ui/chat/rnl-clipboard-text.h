/* rnl-clipboard-text.h: what was copied of a conversation, in every form that is wanted of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block-range.h"

G_BEGIN_DECLS

#define RNL_TYPE_CLIPBOARD_TEXT (rnl_clipboard_text_get_type ())
G_DECLARE_FINAL_TYPE (RnlClipboardText, rnl_clipboard_text, RNL, CLIPBOARD_TEXT, GdkContentProvider)

RnlClipboardText *rnl_clipboard_text_new (void);
void rnl_clipboard_text_add (RnlClipboardText *self,
                             char *source,
                             gboolean markdown,
                             gboolean complete,
                             const RnlBlockRange *range);
gboolean rnl_clipboard_text_is_empty (RnlClipboardText *self);
char *rnl_clipboard_text_dup_markdown (RnlClipboardText *self);
char *rnl_clipboard_text_dup_plain (RnlClipboardText *self);
char *rnl_clipboard_text_dup_html (RnlClipboardText *self);

G_END_DECLS
