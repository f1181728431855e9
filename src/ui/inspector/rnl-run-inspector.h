/* rnl-run-inspector.h: what happens in a conversation, run by run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-conversation.h"
#include "rnl-run-recorder.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_INSPECTOR (rnl_run_inspector_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunInspector, rnl_run_inspector, RNL, RUN_INSPECTOR, GtkWidget)

GtkWidget *rnl_run_inspector_new (GSettings *settings);
void rnl_run_inspector_set_recorder (RnlRunInspector *self, RnlRunRecorder *recorder);
void rnl_run_inspector_set_conversation (RnlRunInspector *self, RnlConversation *conversation);
void rnl_run_inspector_show_answer (RnlRunInspector *self, gint64 created);
guint rnl_run_inspector_get_n_updates (RnlRunInspector *self);

G_END_DECLS
