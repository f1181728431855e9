/* rnl-chat-model.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-model.h"

/**
 * RnlChatModel:
 *
 * Something that answers: a server behind a wire protocol, the offline helper, a script. One that
 * is known by its name comes from [func@Runnel.ChatModel.new_for_id].
 */
G_DEFINE_INTERFACE (RnlChatModel, rnl_chat_model, G_TYPE_OBJECT)

G_DEFINE_FLAGS_TYPE (RnlModelParams,
                     rnl_model_params,
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_PARAM_TEMPERATURE, "temperature"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_PARAM_TOP_P, "top-p"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_PARAM_MAX_TOKENS, "max-tokens"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_PARAM_STOP, "stop"),
                     G_DEFINE_ENUM_VALUE (RNL_MODEL_PARAM_REASONING_EFFORT, "reasoning-effort"))

static void
rnl_chat_model_default_init (RnlChatModelInterface *iface)
{
}

/**
 * rnl_chat_model_get_id:
 * @self: a model
 *
 * Returns: (transfer none): `PROVIDER/MODEL`
 */
const char *
rnl_chat_model_get_id (RnlChatModel *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), NULL);

  return RNL_CHAT_MODEL_GET_IFACE (self)->get_id (self);
}

/**
 * rnl_chat_model_get_title:
 * @self: a model
 *
 * Returns: (transfer none): its name for a person
 */
const char *
rnl_chat_model_get_title (RnlChatModel *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), NULL);

  return RNL_CHAT_MODEL_GET_IFACE (self)->get_title (self);
}

/**
 * rnl_chat_model_get_note:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what a person should know beside the title
 */
const char *
rnl_chat_model_get_note (RnlChatModel *self)
{
  RnlChatModelInterface *iface;

  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), NULL);

  iface = RNL_CHAT_MODEL_GET_IFACE (self);

  return iface->get_note != NULL ? iface->get_note (self) : NULL;
}

/**
 * rnl_chat_model_get_run_type:
 * @self: a model
 *
 * What its calls are called in events and recordings.
 *
 * Returns: `RNL_RUN_CHAT_MODEL`, or `RNL_RUN_LLM` for a model that goes on with a text
 */
RnlRunType
rnl_chat_model_get_run_type (RnlChatModel *self)
{
  RnlChatModelInterface *iface;

  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), RNL_RUN_CHAT_MODEL);

  iface = RNL_CHAT_MODEL_GET_IFACE (self);

  return iface->get_run_type != NULL ? iface->get_run_type (self) : RNL_RUN_CHAT_MODEL;
}

/**
 * rnl_chat_model_get_params:
 * @self: a model
 *
 * Returns: which of the parameters reach it; the others are not sent
 */
RnlModelParams
rnl_chat_model_get_params (RnlChatModel *self)
{
  RnlChatModelInterface *iface;

  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), 0);

  iface = RNL_CHAT_MODEL_GET_IFACE (self);

  return iface->get_params != NULL ? iface->get_params (self) : 0;
}

/**
 * rnl_chat_model_generate_async:
 * @self: a model
 * @request: what it is asked; not to be changed until the callback
 * @on_chunk: (scope notified) (closure chunk_data): called for each chunk until the callback
 * @chunk_data: for @on_chunk
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once, when the answer is over
 * @user_data: for @callback
 *
 * Asks a model without a run: `rnl_model_call_async()` is what everyone but a test wants.
 */
void
rnl_chat_model_generate_async (RnlChatModel *self,
                               RnlChatRequest *request,
                               RnlChunkFunc on_chunk,
                               gpointer chunk_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (RNL_IS_CHAT_MODEL (self));
  g_return_if_fail (request != NULL && on_chunk != NULL);

  RNL_CHAT_MODEL_GET_IFACE (self)->generate_async (self, request, on_chunk, chunk_data, cancellable,
                                                   callback, user_data);
}

/**
 * rnl_chat_model_generate_finish:
 * @self: a model
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`. What came before stays with who kept it.
 *
 * Returns: whether the answer is whole
 */
gboolean
rnl_chat_model_generate_finish (RnlChatModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), FALSE);

  return RNL_CHAT_MODEL_GET_IFACE (self)->generate_finish (self, result, error);
}

/* What is known of a model that does not say anything: what it is called. */
static void
return_plain_info (RnlChatModel *self, GTask *task)
{
  const char *id = rnl_chat_model_get_id (self);
  const char *slash = strchr (id, '/');

  g_task_return_pointer (
    task, rnl_model_info_new (slash != NULL ? slash + 1 : id, rnl_chat_model_get_title (self), 0),
    g_object_unref);
}

/**
 * rnl_chat_model_describe_async:
 * @self: a model
 * @cancellable: (nullable): stops waiting
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds out what is known of a model: how much it reads, what it can do, what it costs. A server is
 * asked once; what it said is kept. A server that does not answer is no error: what is known
 * without it comes after two seconds at the latest.
 */
void
rnl_chat_model_describe_async (RnlChatModel *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  RnlChatModelInterface *iface;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_CHAT_MODEL (self));

  iface = RNL_CHAT_MODEL_GET_IFACE (self);
  if (iface->describe_async != NULL)
    {
      iface->describe_async (self, cancellable, callback, user_data);
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_chat_model_describe_async);
  return_plain_info (self, task);
}

/**
 * rnl_chat_model_describe_finish:
 * @self: a model
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): what is known of it; the caller's own
 */
RnlModelInfo *
rnl_chat_model_describe_finish (RnlChatModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), NULL);

  if (g_async_result_is_tagged (result, rnl_chat_model_describe_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return RNL_CHAT_MODEL_GET_IFACE (self)->describe_finish (self, result, error);
}
