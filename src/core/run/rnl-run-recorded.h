/* rnl-run-recorded.h: runs that happen again; for the room that records them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlRecordedRun:
 * @type: what executed
 * @id: its id
 * @name: its name
 * @tags: (array zero-terminated=1): all its tags, inherited ones too
 * @metadata: (nullable): all of it, inherited too
 * @tool_call_id: (nullable): the call it answered
 * @started: when, in microseconds since 1970
 */
typedef struct
{
  RnlRunType type;
  const char *id;
  const char *name;
  const char *const *tags;
  JsonObject *metadata;
  const char *tool_call_id;
  gint64 started;
} RnlRecordedRun;

RnlRun *rnl_run_new_recorded (const RnlRecordedRun *recorded, RnlRun *parent);
gboolean rnl_run_emit_recorded (RnlRun *self, RnlEvent *event, gint64 duration);

G_END_DECLS
