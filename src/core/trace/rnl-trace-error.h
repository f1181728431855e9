/* rnl-trace-error.h: what can be wrong with a recording
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlTraceError:
 * @RNL_TRACE_ERROR_FORMAT: it is no log of a run, or it contradicts itself
 * @RNL_TRACE_ERROR_NEWER: a newer version of the program wrote it
 * @RNL_TRACE_ERROR_INTERRUPTED: it stops before its run does: what recorded it was killed, the disk
 *   was full, or it still records
 * @RNL_TRACE_ERROR_NOT_FOUND: there is no such recording
 * @RNL_TRACE_ERROR_WRITE: it cannot be written
 */
typedef enum
{
  RNL_TRACE_ERROR_FORMAT,
  RNL_TRACE_ERROR_NEWER,
  RNL_TRACE_ERROR_INTERRUPTED,
  RNL_TRACE_ERROR_NOT_FOUND,
  RNL_TRACE_ERROR_WRITE,
} RnlTraceError;

#define RNL_TYPE_TRACE_ERROR (rnl_trace_error_get_type ())
GType rnl_trace_error_get_type (void);

#define RNL_TRACE_ERROR (rnl_trace_error_quark ())
GQuark rnl_trace_error_quark (void);

/**
 * RNL_TRACE_VERSION:
 *
 * The `version` in the `trace` member of the initial state of a recording.
 */
#define RNL_TRACE_VERSION 1

G_END_DECLS
