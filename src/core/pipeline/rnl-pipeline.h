/* rnl-pipeline.h: steps, each fed by the one before
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_PIPELINE (rnl_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (RnlPipeline, rnl_pipeline, RNL, PIPELINE, RnlRunnable)

RnlPipeline *rnl_pipeline_new (void);
void rnl_pipeline_add (RnlPipeline *self, RnlRunnable *step);
RnlPipeline *rnl_pipeline_new_steps (RnlRunnable *first, ...) G_GNUC_NULL_TERMINATED;
guint rnl_pipeline_get_n_steps (RnlPipeline *self);
RnlRunnable *rnl_pipeline_get_step (RnlPipeline *self, guint position);

G_END_DECLS
