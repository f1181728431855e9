/* rnl-run-error.h: what can go wrong around a run
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlRunError:
 * @RNL_RUN_ERROR_NO_CONTEXT: the calling thread belongs to no run: nobody could say under which one
 *   the call is to appear
 * @RNL_RUN_ERROR_WOULD_BLOCK: a blocking call on a thread whose main loop has to go on for the
 *   answer to come
 * @RNL_RUN_ERROR_ENDED: the run is over; there is nothing more to wait for
 * @RNL_RUN_ERROR_BUSY: the reader waits for an event already
 */
typedef enum
{
  RNL_RUN_ERROR_NO_CONTEXT,
  RNL_RUN_ERROR_WOULD_BLOCK,
  RNL_RUN_ERROR_ENDED,
  RNL_RUN_ERROR_BUSY,
} RnlRunError;

#define RNL_TYPE_RUN_ERROR (rnl_run_error_get_type ())
GType rnl_run_error_get_type (void);

#define RNL_RUN_ERROR (rnl_run_error_quark ())
GQuark rnl_run_error_quark (void);

G_END_DECLS
