/* rnl-argument-editor.h: a call's arguments, to be changed before it runs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_ARGUMENT_EDITOR (rnl_argument_editor_get_type ())
G_DECLARE_FINAL_TYPE (RnlArgumentEditor, rnl_argument_editor, RNL, ARGUMENT_EDITOR, GtkWidget)

GtkWidget *rnl_argument_editor_new (RnlPart *call);

void rnl_argument_editor_set_text (RnlArgumentEditor *self, const char *text);
const char *rnl_argument_editor_get_problem (RnlArgumentEditor *self);
GtkWidget *rnl_argument_editor_get_run_button (RnlArgumentEditor *self);
void rnl_argument_editor_focus (RnlArgumentEditor *self);

G_END_DECLS
