/* rnl-openai-chat-citations.h: what an answer refers to, in the places where servers say so
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"
#include "rnl-json-reader.h"

G_BEGIN_DECLS

typedef struct _RnlOpenaiChatCitations RnlOpenaiChatCitations;

RnlOpenaiChatCitations *rnl_openai_chat_citations_new (void);
void rnl_openai_chat_citations_free (RnlOpenaiChatCitations *self);

void rnl_openai_chat_citations_read_annotations (RnlOpenaiChatCitations *self,
                                                 RnlJsonReader *reader);
void rnl_openai_chat_citations_read_urls (RnlOpenaiChatCitations *self, RnlJsonReader *reader);
void rnl_openai_chat_citations_read_results (RnlOpenaiChatCitations *self, RnlJsonReader *reader);
void rnl_openai_chat_citations_tell (RnlOpenaiChatCitations *self,
                                     RnlChunkFunc on_chunk,
                                     gpointer user_data);

G_END_DECLS
