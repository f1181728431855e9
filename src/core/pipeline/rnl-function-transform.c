/* rnl-function-transform.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-function-transform.h"

#include "rnl-pipeline-error.h"

/**
 * RnlFunctionTransform:
 *
 * A function of the whole input. It breaks streaming, as it must: what comes after it begins when
 * its input is complete, and gets one output.
 */
struct _RnlFunctionTransform
{
  RnlRunnable parent_instance;

  /* owned */
  gpointer user_data;
  GDestroyNotify destroy;

  RnlTransformFunc func;
  RnlFlowFunc flow_func;
};

G_DEFINE_FINAL_TYPE (RnlFunctionTransform, rnl_function_transform, RNL_TYPE_RUNNABLE)

static void
rnl_function_transform_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlFunctionTransform *self = RNL_FUNCTION_TRANSFORM (runnable);
  g_autoptr (JsonNode) output = NULL;
  g_autoptr (GError) error = NULL;

  if (self->flow_func != NULL)
    {
      self->flow_func (input, flow, self->user_data);
      return;
    }

  output = self->func (input, self->user_data, &error);
  if (output == NULL && error == NULL)
    error = g_error_new (RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_FAILED, "%s gave no result.",
                         rnl_runnable_get_name (runnable));
  if (error != NULL)
    rnl_flow_fail (flow, error);
  else
    rnl_flow_end (flow, output);
}

static void
rnl_function_transform_finalize (GObject *object)
{
  RnlFunctionTransform *self = RNL_FUNCTION_TRANSFORM (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (rnl_function_transform_parent_class)->finalize (object);
}

static void
rnl_function_transform_class_init (RnlFunctionTransformClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_function_transform_finalize;
  RNL_RUNNABLE_CLASS (klass)->finish = rnl_function_transform_finish;
}

static void
rnl_function_transform_init (RnlFunctionTransform *self)
{
}

/**
 * rnl_function_transform_new:
 * @func: (scope notified) (closure user_data) (destroy destroy): gives the output
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data with the transform
 *
 * Returns: (transfer full): a step that calls @func once its input is whole
 */
RnlRunnable *
rnl_function_transform_new (RnlTransformFunc func, gpointer user_data, GDestroyNotify destroy)
{
  RnlFunctionTransform *self = g_object_new (RNL_TYPE_FUNCTION_TRANSFORM, NULL);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return RNL_RUNNABLE (self);
}

/**
 * rnl_function_transform_new_async:
 * @func: (scope notified) (closure user_data) (destroy destroy): gives its output to the flow, now
 *   or later
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data with the transform
 *
 * For a function that asks a model, or waits for anything else.
 *
 * Returns: (transfer full): a step that calls @func once its input is whole
 */
RnlRunnable *
rnl_function_transform_new_async (RnlFlowFunc func, gpointer user_data, GDestroyNotify destroy)
{
  RnlFunctionTransform *self = g_object_new (RNL_TYPE_FUNCTION_TRANSFORM, NULL);

  self->flow_func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return RNL_RUNNABLE (self);
}
