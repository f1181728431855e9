/* rnl-context-note.h: a word about what the model was not given, or given in short
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_CONTEXT_NOTE (rnl_context_note_get_type ())
G_DECLARE_FINAL_TYPE (RnlContextNote, rnl_context_note, RNL, CONTEXT_NOTE, GtkWidget)

GtkWidget *rnl_context_note_new (RnlPart *part);
const char *rnl_context_note_get_title (RnlContextNote *self);

G_END_DECLS
