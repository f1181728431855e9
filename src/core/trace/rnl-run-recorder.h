/* rnl-run-recorder.h: runs, written down while they happen
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-run-scope.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RNL_RUN_TAG_UNRECORDED:
 *
 * The tag of a root run that no recorder writes down, with all that happens inside it.
 */
#define RNL_RUN_TAG_UNRECORDED "unrecorded"

#define RNL_TYPE_RUN_RECORDER (rnl_run_recorder_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunRecorder, rnl_run_recorder, RNL, RUN_RECORDER, GObject)

RnlRunRecorder *rnl_run_recorder_new (const char *folder);
void rnl_run_recorder_set_limits (RnlRunRecorder *self, guint files, guint64 bytes);
void rnl_run_recorder_record (RnlRunRecorder *self, RnlRun *run);
void rnl_run_recorder_observe (RnlRunRecorder *self, RnlRunScope *scope);
void rnl_run_recorder_flush_async (RnlRunRecorder *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean rnl_run_recorder_flush_finish (RnlRunRecorder *self, GAsyncResult *result, GError **error);

G_END_DECLS
