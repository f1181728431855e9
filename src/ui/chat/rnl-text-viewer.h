/* rnl-text-viewer.h: a window for a text of any length
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RNL_TYPE_TEXT_VIEWER (rnl_text_viewer_get_type ())
G_DECLARE_FINAL_TYPE (RnlTextViewer, rnl_text_viewer, RNL, TEXT_VIEWER, AdwWindow)

RnlTextViewer *rnl_text_viewer_new (const char *title, gboolean monospace);
void rnl_text_viewer_append (RnlTextViewer *self, const char *text, gsize length);
const char *rnl_text_viewer_get_text (RnlTextViewer *self);
gboolean rnl_text_viewer_is_settled (RnlTextViewer *self);

G_END_DECLS
