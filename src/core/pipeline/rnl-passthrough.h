/* rnl-passthrough.h: a step that changes nothing
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_PASSTHROUGH (rnl_passthrough_get_type ())
G_DECLARE_FINAL_TYPE (RnlPassthrough, rnl_passthrough, RNL, PASSTHROUGH, RnlRunnable)

RnlRunnable *rnl_passthrough_new (void);

G_END_DECLS
