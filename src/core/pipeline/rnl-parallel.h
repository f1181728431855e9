/* rnl-parallel.h: branches that get the same input
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_PARALLEL (rnl_parallel_get_type ())
G_DECLARE_FINAL_TYPE (RnlParallel, rnl_parallel, RNL, PARALLEL, RnlRunnable)

RnlParallel *rnl_parallel_new (void);
void rnl_parallel_add (RnlParallel *self, const char *key, RnlRunnable *branch);

G_END_DECLS
