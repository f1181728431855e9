/* rnl-completion-prompt.h: a conversation as one text, for models that go on with it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

/* How a person's next line would begin: where a model is to stop. */
#define RNL_COMPLETION_PROMPT_STOP "\nUser:"

gboolean rnl_completion_prompt_is_plain (const RnlChatRequest *request);
char *rnl_completion_prompt_new (const RnlChatRequest *request);
JsonNode *rnl_chat_request_to_prompt_json (RnlChatRequest *self);

G_END_DECLS
