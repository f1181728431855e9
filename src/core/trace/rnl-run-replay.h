/* rnl-run-replay.h: a recorded run happens again
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-run.h"
#include "rnl-trace-error.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_REPLAY (rnl_run_replay_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunReplay, rnl_run_replay, RNL, RUN_REPLAY, GObject)

RnlRunReplay *rnl_run_replay_new (const char *path);
void rnl_run_replay_open_async (RnlRunReplay *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rnl_run_replay_open_finish (RnlRunReplay *self, GAsyncResult *result, GError **error);
RnlRun *rnl_run_replay_get_run (RnlRunReplay *self);
void rnl_run_replay_play_async (RnlRunReplay *self,
                                double speed,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rnl_run_replay_play_finish (RnlRunReplay *self, GAsyncResult *result, GError **error);

G_END_DECLS
