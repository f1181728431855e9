/* rnl-run-current.h: the run whose code is executing
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-run-error.h"
#include "rnl-run.h"

G_BEGIN_DECLS

RnlRun *rnl_run_get_current (void);
GCancellable *rnl_run_get_current_cancellable (void);
gboolean rnl_emit_custom_event (const char *name, JsonNode *data, GError **error);
void rnl_run_task_in_thread (GTask *task, GTaskThreadFunc func);

G_END_DECLS
