/* rnl-document-db.h: the tables of a document index, on its thread
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-file.h"
#include "rnl-document.h"
#include "rnl-store-db.h"

G_BEGIN_DECLS

/**
 * RnlDocumentKnown:
 * @key: of the row
 * @mtime: in microseconds since 1970
 * @size: in bytes
 * @hash: of the bytes
 *
 * What the index remembers of a file.
 */
typedef struct
{
  gint64 key;
  gint64 mtime;
  gint64 size;
  char *hash;
} RnlDocumentKnown;

void rnl_document_known_free (RnlDocumentKnown *known);

RnlStoreDb *rnl_document_db_open (const char *path, GError **error);

GHashTable *rnl_document_db_list_files (RnlStoreDb *db, const char *folder, GError **error);
gboolean rnl_document_db_touch (RnlStoreDb *db, gint64 key, gint64 mtime, GError **error);
gboolean rnl_document_db_remove (RnlStoreDb *db, gint64 key, GError **error);
gint64 rnl_document_db_add (RnlStoreDb *db,
                            const char *source,
                            const RnlDocumentFile *file,
                            gint64 mtime,
                            gint64 size,
                            guint chunk_size,
                            guint overlap,
                            GError **error);

/* Words. */
GPtrArray *
rnl_document_db_search_words (RnlStoreDb *db, const char *question, guint limit, GError **error);

/* Meaning. */
gboolean rnl_document_db_use_embedder (RnlStoreDb *db, const char *id, GError **error);
GPtrArray *rnl_document_db_list_without_vector (RnlStoreDb *db, guint limit, GError **error);
gboolean rnl_document_db_set_vector (
  RnlStoreDb *db, const char *id, const float *vector, gsize length, GError **error);
GPtrArray *rnl_document_db_search_vector (
  RnlStoreDb *db, const float *vector, gsize length, guint limit, GError **error);

G_END_DECLS
