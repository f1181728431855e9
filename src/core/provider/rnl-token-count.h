/* rnl-token-count.h: how many tokens a request has: counted where a server does it, else estimated
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

/**
 * RnlTokenSource:
 * @RNL_TOKEN_SOURCE_ESTIMATE: from the text alone, by rules of thumb
 * @RNL_TOKEN_SOURCE_REPORTED: what the server said of the last answer, and an estimate of what came
 *   since
 * @RNL_TOKEN_SOURCE_COUNTED: the server was asked to count it
 *
 * Where a number of tokens comes from. Only the last is exact.
 */
typedef enum
{
  RNL_TOKEN_SOURCE_ESTIMATE,
  RNL_TOKEN_SOURCE_REPORTED,
  RNL_TOKEN_SOURCE_COUNTED,
} RnlTokenSource;

#define RNL_TYPE_TOKEN_SOURCE (rnl_token_source_get_type ())
GType rnl_token_source_get_type (void);

gint64 rnl_text_estimate_tokens (const char *text, gssize length);
gint64 rnl_message_estimate_tokens (RnlMessage *message, guint image_tokens);
gint64 rnl_chat_request_estimate_tokens (RnlChatRequest *self, RnlChatModel *model);

guint rnl_chat_model_get_image_tokens (RnlChatModel *self);
gboolean rnl_chat_model_can_count_tokens (RnlChatModel *self);
void rnl_chat_model_count_tokens_async (RnlChatModel *self,
                                        RnlChatRequest *request,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gint64
rnl_chat_model_count_tokens_finish (RnlChatModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
