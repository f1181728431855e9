/* rnl-cli-retry.h: a wait before the next try, told at a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

typedef struct _RnlCliRetry RnlCliRetry;

RnlCliRetry *rnl_cli_retry_new (RnlRun *run);
void rnl_cli_retry_free (RnlCliRetry *self);

G_END_DECLS
