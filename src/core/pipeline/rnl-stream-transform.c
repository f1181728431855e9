/* rnl-stream-transform.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-stream-transform.h"

#include "rnl-pipeline-error.h"

/**
 * RnlStreamTransform:
 *
 * A function that is called for every piece of input and gives any number of outputs for it, so
 * streaming goes on through it: what Python writes as a generator.
 */
struct _RnlStreamTransform
{
  RnlRunnable parent_instance;

  /* owned */
  gpointer user_data;
  GDestroyNotify destroy;

  RnlStreamTransformFunc func;
};

G_DEFINE_FINAL_TYPE (RnlStreamTransform, rnl_stream_transform, RNL_TYPE_RUNNABLE)

static gboolean
call (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  RnlStreamTransform *self = RNL_STREAM_TRANSFORM (runnable);
  g_autoptr (GError) error = NULL;

  if (self->func (piece, flow, self->user_data, &error))
    return TRUE;

  if (error == NULL)
    error = g_error_new (RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_FAILED, "%s failed.",
                         rnl_runnable_get_name (runnable));
  rnl_flow_fail (flow, error);

  return FALSE;
}

static void
rnl_stream_transform_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  call (runnable, flow, piece);
}

static void
rnl_stream_transform_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  if (call (runnable, flow, NULL))
    rnl_flow_end (flow, NULL);
}

static void
rnl_stream_transform_finalize (GObject *object)
{
  RnlStreamTransform *self = RNL_STREAM_TRANSFORM (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (rnl_stream_transform_parent_class)->finalize (object);
}

static void
rnl_stream_transform_class_init (RnlStreamTransformClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_stream_transform_finalize;
  runnable_class->push = rnl_stream_transform_push;
  runnable_class->finish = rnl_stream_transform_finish;
}

static void
rnl_stream_transform_init (RnlStreamTransform *self)
{
}

/**
 * rnl_stream_transform_new:
 * @func: (scope notified) (closure user_data) (destroy destroy): called for every piece of input,
 *   and once with `NULL` at the end
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data with the transform
 *
 * Returns: (transfer full): a step that streams
 */
RnlRunnable *
rnl_stream_transform_new (RnlStreamTransformFunc func, gpointer user_data, GDestroyNotify destroy)
{
  RnlStreamTransform *self = g_object_new (RNL_TYPE_STREAM_TRANSFORM, NULL);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return RNL_RUNNABLE (self);
}
