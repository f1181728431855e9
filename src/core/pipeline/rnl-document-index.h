/* rnl-document-index.h: texts and folders that can be asked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document.h"
#include "rnl-embedder.h"
#include "rnl-index-report.h"

G_BEGIN_DECLS

#define RNL_TYPE_DOCUMENT_INDEX (rnl_document_index_get_type ())
G_DECLARE_FINAL_TYPE (RnlDocumentIndex, rnl_document_index, RNL, DOCUMENT_INDEX, GObject)

RnlDocumentIndex *rnl_document_index_new (const char *path);
void rnl_document_index_set_pieces (RnlDocumentIndex *self, guint size, guint overlap);
void rnl_document_index_set_embedder (RnlDocumentIndex *self, RnlEmbedder *embedder);
RnlEmbedder *rnl_document_index_get_embedder (RnlDocumentIndex *self);

void rnl_document_index_add_text_async (RnlDocumentIndex *self,
                                        const char *source,
                                        const char *text,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
rnl_document_index_add_text_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error);
void rnl_document_index_add_folder_async (RnlDocumentIndex *self,
                                          const char *folder,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
RnlIndexReport *
rnl_document_index_add_folder_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error);

void rnl_document_index_search_async (RnlDocumentIndex *self,
                                      const char *question,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
rnl_document_index_search_finish (RnlDocumentIndex *self, GAsyncResult *result, GError **error);

G_END_DECLS
