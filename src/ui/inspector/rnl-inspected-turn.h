/* rnl-inspected-turn.h: a root run with everything inside it, alive or recorded
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-inspected-run.h"
#include "rnl-run-recorder.h"
#include "rnl-trace-info.h"

G_BEGIN_DECLS

#define RNL_TYPE_INSPECTED_TURN (rnl_inspected_turn_get_type ())
G_DECLARE_FINAL_TYPE (RnlInspectedTurn, rnl_inspected_turn, RNL, INSPECTED_TURN, GObject)

RnlInspectedTurn *rnl_inspected_turn_new_live (RnlRun *root, const char *path);
RnlInspectedTurn *rnl_inspected_turn_new_recorded (const RnlTraceInfo *info);

const char *rnl_inspected_turn_get_id (RnlInspectedTurn *self);
const char *rnl_inspected_turn_get_title (RnlInspectedTurn *self);
const char *rnl_inspected_turn_get_path (RnlInspectedTurn *self);
gint64 rnl_inspected_turn_get_started (RnlInspectedTurn *self);
gboolean rnl_inspected_turn_get_internal (RnlInspectedTurn *self);
gboolean rnl_inspected_turn_is_alive (RnlInspectedTurn *self);
gboolean rnl_inspected_turn_is_late (RnlInspectedTurn *self);
GListModel *rnl_inspected_turn_list_roots (RnlInspectedTurn *self);
RnlInspectedRun *rnl_inspected_turn_get_root (RnlInspectedTurn *self);

void rnl_inspected_turn_take_event (RnlInspectedTurn *self, const RnlEvent *event);
void rnl_inspected_turn_touch (RnlInspectedTurn *self);
gboolean rnl_inspected_turn_tell (RnlInspectedTurn *self);

gboolean rnl_inspected_turn_is_whole (RnlInspectedTurn *self);
void rnl_inspected_turn_forget (RnlInspectedTurn *self);
void rnl_inspected_turn_load_async (RnlInspectedTurn *self,
                                    RnlRunRecorder *recorder,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
rnl_inspected_turn_load_finish (RnlInspectedTurn *self, GAsyncResult *result, GError **error);

G_END_DECLS
