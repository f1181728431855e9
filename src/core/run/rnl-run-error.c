/* rnl-run-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-error.h"

/**
 * rnl_run_error_quark:
 *
 * Returns: the domain of [error@Runnel.RunError]
 */
G_DEFINE_QUARK (rnl_run_error, rnl_run_error)

G_DEFINE_ENUM_TYPE (RnlRunError,
                    rnl_run_error,
                    G_DEFINE_ENUM_VALUE (RNL_RUN_ERROR_NO_CONTEXT, "no-context"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_ERROR_WOULD_BLOCK, "would-block"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_ERROR_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_ERROR_BUSY, "busy"))
