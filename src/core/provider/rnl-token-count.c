/* rnl-token-count.c: what a model knows about counting its tokens
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-token-count.h"

/* For a model that does not say: what most take for a picture of a million pixels, or more. */
#define DEFAULT_IMAGE_TOKENS 1200

G_DEFINE_ENUM_TYPE (RnlTokenSource,
                    rnl_token_source,
                    G_DEFINE_ENUM_VALUE (RNL_TOKEN_SOURCE_ESTIMATE, "estimate"),
                    G_DEFINE_ENUM_VALUE (RNL_TOKEN_SOURCE_REPORTED, "reported"),
                    G_DEFINE_ENUM_VALUE (RNL_TOKEN_SOURCE_COUNTED, "counted"))

/**
 * rnl_chat_model_get_image_tokens:
 * @self: (nullable): a model
 *
 * Returns: how many tokens an image is taken for in an estimate: what the provider says of one of
 *   about a million pixels
 */
guint
rnl_chat_model_get_image_tokens (RnlChatModel *self)
{
  RnlChatModelInterface *iface;

  g_return_val_if_fail (self == NULL || RNL_IS_CHAT_MODEL (self), DEFAULT_IMAGE_TOKENS);

  iface = self != NULL ? RNL_CHAT_MODEL_GET_IFACE (self) : NULL;

  return iface != NULL && iface->get_image_tokens != NULL ? iface->get_image_tokens (self)
                                                          : DEFAULT_IMAGE_TOKENS;
}

/**
 * rnl_chat_model_can_count_tokens:
 * @self: a model
 *
 * Returns: whether it may be asked to count; the server may still not know how
 */
gboolean
rnl_chat_model_can_count_tokens (RnlChatModel *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), FALSE);

  return RNL_CHAT_MODEL_GET_IFACE (self)->count_tokens_async != NULL;
}

/**
 * rnl_chat_model_count_tokens_async:
 * @self: a model
 * @request: what would be asked
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the server how many tokens @request has. The whole request is sent to the server, which
 * counts it and asks no model.
 */
void
rnl_chat_model_count_tokens_async (RnlChatModel *self,
                                   RnlChatRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (RNL_IS_CHAT_MODEL (self));
  g_return_if_fail (request != NULL);

  if (!rnl_chat_model_can_count_tokens (self))
    {
      g_task_report_new_error (self, callback, user_data, rnl_chat_model_count_tokens_async,
                               G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s does not count tokens",
                               rnl_chat_model_get_id (self));
      return;
    }
  RNL_CHAT_MODEL_GET_IFACE (self)->count_tokens_async (self, request, cancellable, callback,
                                                       user_data);
}

/**
 * rnl_chat_model_count_tokens_finish:
 * @self: a model
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_NOT_SUPPORTED` where nobody counts, `RNL_PROVIDER_ERROR`,
 * `G_IO_ERROR_CANCELLED`.
 *
 * Returns: how many tokens the request has, -1 with @error set
 */
gint64
rnl_chat_model_count_tokens_finish (RnlChatModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), -1);

  if (g_async_result_is_tagged (result, rnl_chat_model_count_tokens_async))
    return g_task_propagate_int (G_TASK (result), error);

  return RNL_CHAT_MODEL_GET_IFACE (self)->count_tokens_finish (self, result, error);
}
