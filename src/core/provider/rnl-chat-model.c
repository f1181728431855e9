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
