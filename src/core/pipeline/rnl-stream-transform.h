/* rnl-stream-transform.h: a function of the input as it comes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_STREAM_TRANSFORM (rnl_stream_transform_get_type ())
G_DECLARE_FINAL_TYPE (RnlStreamTransform, rnl_stream_transform, RNL, STREAM_TRANSFORM, RnlRunnable)

/**
 * RnlStreamTransformFunc:
 * @input: (nullable): the next piece of input, `NULL` once at the end
 * @flow: where any number of outputs go: [method@Runnel.Flow.emit]
 * @user_data: the closure
 * @error: return location for an error
 *
 * An execution of its own state keeps that with the flow (`g_object_set_data_full`, or a
 * dictionary).
 *
 * Returns: `FALSE` with @error set to fail
 */
typedef gboolean (*RnlStreamTransformFunc) (JsonNode *input,
                                            RnlFlow *flow,
                                            gpointer user_data,
                                            GError **error);

RnlRunnable *
rnl_stream_transform_new (RnlStreamTransformFunc func, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
