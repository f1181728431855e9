/* rnl-run-log.h: a run as a document that grows
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-event-filter.h"
#include "rnl-run.h"

G_BEGIN_DECLS

#define RNL_TYPE_RUN_LOG (rnl_run_log_get_type ())
G_DECLARE_FINAL_TYPE (RnlRunLog, rnl_run_log, RNL, RUN_LOG, GObject)

RnlRunLog *rnl_run_log_new (RnlRun *run, const RnlEventFilter *filter);
RnlRun *rnl_run_log_get_run (RnlRunLog *self);
JsonNode *rnl_run_log_get_state (RnlRunLog *self);

gboolean rnl_run_log_apply (JsonNode **state, JsonNode *patch, GError **error);

G_END_DECLS
