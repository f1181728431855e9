/* rnl-openai-chat-details.h: thinking that has to go back as it came
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-json-reader.h"

G_BEGIN_DECLS

typedef struct _RnlOpenaiChatDetails RnlOpenaiChatDetails;

RnlOpenaiChatDetails *rnl_openai_chat_details_new (void);
void rnl_openai_chat_details_free (RnlOpenaiChatDetails *self);

char *rnl_openai_chat_details_read (RnlOpenaiChatDetails *self, RnlJsonReader *reader);
void
rnl_openai_chat_details_end (RnlOpenaiChatDetails *self, RnlChunkFunc on_chunk, gpointer user_data);

G_END_DECLS
