/* rnl-trace-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-error.h"

G_DEFINE_QUARK (rnl_trace_error, rnl_trace_error)
