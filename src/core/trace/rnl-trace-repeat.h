/* rnl-trace-repeat.h: whether a recorded model call can be made again
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlTraceRepeat:
 * @RNL_TRACE_REPEAT_YES: everything that went in is recorded
 * @RNL_TRACE_REPEAT_NO_MODEL: this is no call of a model
 * @RNL_TRACE_REPEAT_NO_INPUT: what went in was not recorded
 * @RNL_TRACE_REPEAT_NO_TOOLS: it called tools, and what it was told of them was not recorded
 * @RNL_TRACE_REPEAT_NO_FILES: files went in, and are not in the recording
 */
typedef enum
{
  RNL_TRACE_REPEAT_YES,
  RNL_TRACE_REPEAT_NO_MODEL,
  RNL_TRACE_REPEAT_NO_INPUT,
  RNL_TRACE_REPEAT_NO_TOOLS,
  RNL_TRACE_REPEAT_NO_FILES,
} RnlTraceRepeat;

RnlTraceRepeat rnl_trace_get_repeat (JsonObject *entry);
const char *rnl_trace_repeat_get_reason (RnlTraceRepeat repeat);

G_END_DECLS
