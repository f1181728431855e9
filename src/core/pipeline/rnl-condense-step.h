/* rnl-condense-step.h: a question of a conversation, made to stand alone
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_CONDENSE_STEP (rnl_condense_step_get_type ())
G_DECLARE_FINAL_TYPE (RnlCondenseStep, rnl_condense_step, RNL, CONDENSE_STEP, RnlRunnable)

RnlRunnable *rnl_condense_step_new (RnlChatModel *model);

G_END_DECLS
