/* rnl-message-value.h: messages as values of a pipeline
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

JsonNode *rnl_message_value_new (RnlMessage *message);
RnlMessage *rnl_message_value_read (JsonNode *value, GError **error);
RnlChatRequest *rnl_message_value_read_request (JsonNode *value, GError **error);

G_END_DECLS
