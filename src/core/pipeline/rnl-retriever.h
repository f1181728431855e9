/* rnl-retriever.h: a question becomes the documents that answer it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-index.h"
#include "rnl-runnable.h"

G_BEGIN_DECLS

/**
 * RNL_RETRIEVER_LIMIT:
 *
 * How many documents are found unless said otherwise.
 */
#define RNL_RETRIEVER_LIMIT 4

/**
 * RNL_RETRIEVER_SOURCES_EVENT:
 *
 * What a chain says when its retriever has found something: `[{id, source, title, page?, start,
 * score}]`, without the texts.
 */
#define RNL_RETRIEVER_SOURCES_EVENT "sources"

#define RNL_TYPE_RETRIEVER (rnl_retriever_get_type ())
G_DECLARE_FINAL_TYPE (RnlRetriever, rnl_retriever, RNL, RETRIEVER, RnlRunnable)

RnlRunnable *rnl_retriever_new (RnlDocumentIndex *index, guint limit);
RnlDocumentIndex *rnl_retriever_get_index (RnlRetriever *self);

G_END_DECLS
