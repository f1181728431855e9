/* rnl-run-open.h: the executions whose code has not given its result yet
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run-loop.h"

G_BEGIN_DECLS

void rnl_run_open_add (RnlRunLoop *loop);
void rnl_run_open_remove (RnlRunLoop *loop);
guint rnl_run_open_dup_only (RnlRunLoop **only);

G_END_DECLS
