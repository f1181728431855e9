/* rnl-document-embed.h: vectors for the pieces that have none
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-thread.h"
#include "rnl-embedder.h"

G_BEGIN_DECLS

void rnl_document_embed_async (RnlDocumentThread *thread,
                               RnlEmbedder *embedder,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_document_embed_finish (GAsyncResult *result, GError **error);

G_END_DECLS
