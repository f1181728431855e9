/* rnl-run-log-reader.h: patches of a run's log in, the events of its runs out
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"
#include "rnl-trace-error.h"

G_BEGIN_DECLS

/**
 * RnlRunLogReader:
 *
 * The way back from a log: gives the runs it tells of, and lets them emit the events they emitted
 * when it was made, with the same ids, numbers, times and data. It keeps only the runs that are
 * alive.
 */
typedef struct _RnlRunLogReader RnlRunLogReader;

RnlRunLogReader *rnl_run_log_reader_new (void);
void rnl_run_log_reader_free (RnlRunLogReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRunLogReader, rnl_run_log_reader_free)

RnlRun *rnl_run_log_reader_begin (RnlRunLogReader *self, JsonNode *first, GError **error);
gboolean rnl_run_log_reader_feed (RnlRunLogReader *self, JsonNode *patch, GError **error);
gboolean rnl_run_log_reader_end (RnlRunLogReader *self);

gint64 rnl_run_log_peek_time (JsonNode *patch);

G_END_DECLS
