/* rnl-trace-file.h: lines to a disk, off the main thread
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-trace-error.h"

G_BEGIN_DECLS

/* What of a recording may wait for the disk, in bytes. */
#define RNL_TRACE_MAX_PENDING (32 * 1024 * 1024)

typedef struct
{
  guint files;
  guint64 bytes;
} RnlTraceLimits;

/**
 * RnlTraceThread:
 *
 * The one thread that writes recordings, in the order it was told to. Freeing it waits until
 * everything is written.
 */
typedef struct _RnlTraceThread RnlTraceThread;

/**
 * RnlTraceFile:
 *
 * A recording that is being written. The file appears with its first line; while it is open it is
 * locked, so that who lists recordings knows that it still grows. What cannot be written as a whole
 * line is taken off again.
 */
typedef struct _RnlTraceFile RnlTraceFile;

/**
 * RnlTraceFailedFunc:
 * @error: why a recording has ended before its run
 * @user_data: the closure
 *
 * Called once for a file, on the main thread.
 */
typedef void (*RnlTraceFailedFunc) (const GError *error, gpointer user_data);

RnlTraceThread *rnl_trace_thread_new (RnlTraceFailedFunc on_failed, gpointer user_data);
void rnl_trace_thread_free (RnlTraceThread *self);
void rnl_trace_thread_flush_async (RnlTraceThread *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

RnlTraceFile *rnl_trace_file_new (RnlTraceThread *thread,
                                  const char *folder,
                                  const char *name,
                                  const RnlTraceLimits *limits);
void rnl_trace_file_write (RnlTraceFile *self, GString *lines, gboolean last);
void rnl_trace_file_unref (RnlTraceFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTraceFile, rnl_trace_file_unref)

G_END_DECLS
