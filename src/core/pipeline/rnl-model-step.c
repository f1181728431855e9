/* rnl-model-step.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-step.h"

#include "rnl-flow-private.h"
#include "rnl-message-chunk.h"
#include "rnl-message-value.h"
#include "rnl-model-call.h"
#include "rnl-request-params.h"

/**
 * RnlModelStep:
 *
 * Asks a model. It takes text, a message, a list of messages, or what a prompt template gives; its
 * output comes as pieces of a message ("content" and what else the model says), and is the message
 * at the end. Its run is the model's own, of type `chat_model`.
 */
struct _RnlModelStep
{
  RnlRunnable parent_instance;

  /* owned */
  RnlChatModel *model;
};

G_DEFINE_FINAL_TYPE (RnlModelStep, rnl_model_step, RNL_TYPE_RUNNABLE)

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  g_autoptr (JsonNode) value = rnl_chunk_to_json (chunk);

  rnl_flow_emit (user_data, value);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlFlow) flow = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);
  g_autoptr (JsonNode) output = NULL;

  if (message == NULL)
    {
      rnl_flow_fail (flow, error);
      return;
    }

  output = rnl_message_value_new (message);
  rnl_flow_end (flow, output);
}

static gboolean
rnl_model_step_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  g_autoptr (RnlChatRequest) request = rnl_message_value_read_request (input, error);

  return request != NULL;
}

static void
rnl_model_step_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlModelStep *self = RNL_MODEL_STEP (runnable);
  g_autoptr (RnlChatRequest) request = rnl_message_value_read_request (input, NULL);

  rnl_chat_request_apply_run (request, rnl_flow_get_run (flow));
  rnl_model_call_async (self->model, request, rnl_flow_get_run (flow), NULL, 0, chunk_cb, flow,
                        rnl_flow_get_cancellable (flow), answered_cb, g_object_ref (flow));
}

static void
rnl_model_step_finalize (GObject *object)
{
  g_object_unref (RNL_MODEL_STEP (object)->model);

  G_OBJECT_CLASS (rnl_model_step_parent_class)->finalize (object);
}

static void
rnl_model_step_class_init (RnlModelStepClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_model_step_finalize;
  runnable_class->check_input = rnl_model_step_check_input;
  runnable_class->finish = rnl_model_step_finish;
}

static void
rnl_model_step_init (RnlModelStep *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self),
                           RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_LENDS_RUN | RNL_RUNNABLE_GIVES_WHOLE);
}

/**
 * rnl_model_step_new:
 * @model: who is asked
 *
 * Returns: (transfer full): a step named as the model
 */
RnlRunnable *
rnl_model_step_new (RnlChatModel *model)
{
  RnlModelStep *self;

  g_return_val_if_fail (RNL_IS_CHAT_MODEL (model), NULL);

  self = g_object_new (RNL_TYPE_MODEL_STEP, "run-type", rnl_chat_model_get_run_type (model), "name",
                       rnl_chat_model_get_id (model), NULL);
  self->model = g_object_ref (model);

  return RNL_RUNNABLE (self);
}

/**
 * rnl_model_step_get_model:
 * @self: a step
 *
 * Returns: (transfer none): who is asked
 */
RnlChatModel *
rnl_model_step_get_model (RnlModelStep *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_STEP (self), NULL);

  return self->model;
}
