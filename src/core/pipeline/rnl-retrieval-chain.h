/* rnl-retrieval-chain.h: questions answered from documents
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-document-index.h"
#include "rnl-pipeline.h"

G_BEGIN_DECLS

RnlPipeline *rnl_retrieval_chain_new (RnlDocumentIndex *index, RnlChatModel *model, guint limit);
RnlPipeline *rnl_retrieval_chain_new_conversation (RnlDocumentIndex *index,
                                                   RnlChatModel *model,
                                                   RnlChatModel *condense_model,
                                                   guint limit);

G_END_DECLS
