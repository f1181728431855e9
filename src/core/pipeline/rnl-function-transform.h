/* rnl-function-transform.h: a function of the whole input
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_FUNCTION_TRANSFORM (rnl_function_transform_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlFunctionTransform, rnl_function_transform, RNL, FUNCTION_TRANSFORM, RnlRunnable)

/**
 * RnlTransformFunc:
 * @input: the whole input
 * @user_data: the closure
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the output, or `NULL` with @error set
 */
typedef JsonNode *(*RnlTransformFunc) (JsonNode *input, gpointer user_data, GError **error);

/**
 * RnlFlowFunc:
 * @input: the whole input
 * @flow: what the answer is given to: any number of [method@Runnel.Flow.emit], then
 *   [method@Runnel.Flow.end] or [method@Runnel.Flow.fail], now or later
 * @user_data: the closure
 */
typedef void (*RnlFlowFunc) (JsonNode *input, RnlFlow *flow, gpointer user_data);

RnlRunnable *
rnl_function_transform_new (RnlTransformFunc func, gpointer user_data, GDestroyNotify destroy);
RnlRunnable *
rnl_function_transform_new_async (RnlFlowFunc func, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
