/* rnl-run-patcher.h: events in, patches of the run's log out
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-event-filter.h"

G_BEGIN_DECLS

/**
 * RnlRunPatcher:
 *
 * Turns the events of one run, and of the runs inside it, into JSON Patches that build its log. It
 * remembers which runs are alive and how names were counted, never what was streamed: a patch
 * costs what its event costs.
 */
typedef struct _RnlRunPatcher RnlRunPatcher;

RnlRunPatcher *rnl_run_patcher_new (RnlRun *root, const RnlEventFilter *filter);
void rnl_run_patcher_free (RnlRunPatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRunPatcher, rnl_run_patcher_free)

JsonNode *rnl_run_patcher_take_event (RnlRunPatcher *self, const RnlEvent *event);
gboolean rnl_run_patcher_append_text (RnlRunPatcher *self, const RnlEvent *event, GString *line);

G_END_DECLS
