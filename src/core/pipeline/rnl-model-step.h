/* rnl-model-step.h: a model as a step of a pipeline
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_STEP (rnl_model_step_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelStep, rnl_model_step, RNL, MODEL_STEP, RnlRunnable)

RnlRunnable *rnl_model_step_new (RnlChatModel *model);
RnlChatModel *rnl_model_step_get_model (RnlModelStep *self);

G_END_DECLS
