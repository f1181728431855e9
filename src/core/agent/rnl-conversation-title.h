/* rnl-conversation-title.h: a chat gets its name from a model
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-conversation.h"

G_BEGIN_DECLS

gboolean rnl_conversation_needs_title (RnlConversation *self);
void rnl_conversation_make_title_async (RnlConversation *self,
                                        RnlChatModel *model,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *
rnl_conversation_make_title_finish (RnlConversation *self, GAsyncResult *result, GError **error);

G_END_DECLS
