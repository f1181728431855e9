/* rnl-conversation-outline.h: a long conversation of which only what is looked at is in memory
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-conversation.h"
#include "rnl-message-outline.h"

G_BEGIN_DECLS

void rnl_conversation_open_async (RnlConversation *self,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rnl_conversation_open_finish (RnlConversation *self, GAsyncResult *result, GError **error);

void rnl_conversation_fill_async (RnlConversation *self,
                                  GPtrArray *messages,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rnl_conversation_fill_finish (RnlConversation *self, GAsyncResult *result, GError **error);
void rnl_conversation_empty (RnlConversation *self, RnlMessage *message);

G_END_DECLS
