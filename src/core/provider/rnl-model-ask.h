/* rnl-model-ask.h: asking a model, from anywhere
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-run-config.h"

G_BEGIN_DECLS

void rnl_chat_model_invoke_async (RnlChatModel *self,
                                  RnlChatRequest *request,
                                  RnlRunConfig *config,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RnlMessage *rnl_chat_model_invoke_finish (RnlChatModel *self, GAsyncResult *result, GError **error);
void rnl_chat_model_ask_async (RnlChatModel *self,
                               const char *prompt,
                               RnlRunConfig *config,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
char *rnl_chat_model_ask_finish (RnlChatModel *self, GAsyncResult *result, GError **error);
char *rnl_chat_model_ask (RnlChatModel *self,
                          const char *prompt,
                          RnlRunConfig *config,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
