/* rnl-openai-chat-delta.h: what a delta of Chat Completions, or a whole message, says
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-json-reader.h"

G_BEGIN_DECLS

typedef struct _RnlOpenaiChatDelta RnlOpenaiChatDelta;

RnlOpenaiChatDelta *rnl_openai_chat_delta_new (void);
void rnl_openai_chat_delta_free (RnlOpenaiChatDelta *self);

void rnl_openai_chat_delta_read (RnlOpenaiChatDelta *self,
                                 RnlJsonReader *reader,
                                 RnlChunkFunc on_chunk,
                                 gpointer user_data);
void rnl_openai_chat_delta_read_urls (RnlOpenaiChatDelta *self, RnlJsonReader *reader);
void rnl_openai_chat_delta_read_results (RnlOpenaiChatDelta *self, RnlJsonReader *reader);
void
rnl_openai_chat_delta_tell (RnlOpenaiChatDelta *self, RnlChunkFunc on_chunk, gpointer user_data);
void
rnl_openai_chat_delta_end (RnlOpenaiChatDelta *self, RnlChunkFunc on_chunk, gpointer user_data);

G_END_DECLS
