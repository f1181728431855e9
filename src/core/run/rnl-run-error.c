/* rnl-run-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-error.h"

G_DEFINE_QUARK (rnl - run - error - quark, rnl_run_error)
