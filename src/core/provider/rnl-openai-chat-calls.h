/* rnl-openai-chat-calls.h: which tool call a piece on the wire belongs to
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-json-reader.h"

G_BEGIN_DECLS

typedef struct _RnlOpenaiChatCalls RnlOpenaiChatCalls;

RnlOpenaiChatCalls *rnl_openai_chat_calls_new (void);
void rnl_openai_chat_calls_free (RnlOpenaiChatCalls *self);

void rnl_openai_chat_calls_read (RnlOpenaiChatCalls *self,
                                 RnlJsonReader *reader,
                                 RnlChunkFunc on_chunk,
                                 gpointer user_data);
void rnl_openai_chat_calls_read_remote (RnlOpenaiChatCalls *self,
                                        RnlJsonReader *reader,
                                        RnlChunkFunc on_chunk,
                                        gpointer user_data);
void
rnl_openai_chat_calls_end (RnlOpenaiChatCalls *self, RnlChunkFunc on_chunk, gpointer user_data);

G_END_DECLS
