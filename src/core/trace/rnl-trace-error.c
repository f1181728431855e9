/* rnl-trace-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-error.h"

/**
 * rnl_trace_error_quark:
 *
 * Returns: the domain of [error@Runnel.TraceError]
 */
G_DEFINE_QUARK (rnl_trace_error, rnl_trace_error)

G_DEFINE_ENUM_TYPE (RnlTraceError,
                    rnl_trace_error,
                    G_DEFINE_ENUM_VALUE (RNL_TRACE_ERROR_FORMAT, "format"),
                    G_DEFINE_ENUM_VALUE (RNL_TRACE_ERROR_NEWER, "newer"),
                    G_DEFINE_ENUM_VALUE (RNL_TRACE_ERROR_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (RNL_TRACE_ERROR_NOT_FOUND, "not-found"),
                    G_DEFINE_ENUM_VALUE (RNL_TRACE_ERROR_WRITE, "write"))
