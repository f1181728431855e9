/* rnl-trace-export.h: a recording into a file of the person's choice
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlTraceFormat:
 * @RNL_TRACE_FORMAT_EVENTS: an event a line, as `runnel-cli trace export` writes them
 * @RNL_TRACE_FORMAT_LOG: a JSON Patch a line, as it was recorded
 * @RNL_TRACE_FORMAT_STATE: what the patches come to, one object
 *
 * What is written.
 */
typedef enum
{
  RNL_TRACE_FORMAT_EVENTS,
  RNL_TRACE_FORMAT_LOG,
  RNL_TRACE_FORMAT_STATE,
} RnlTraceFormat;

const char *rnl_trace_format_get_suffix (RnlTraceFormat format);

void rnl_trace_export_async (const char *path,
                             RnlTraceFormat format,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rnl_trace_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
