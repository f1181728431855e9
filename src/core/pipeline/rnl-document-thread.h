/* rnl-document-thread.h: the thread that owns a document index's database
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-document-db.h"

G_BEGIN_DECLS

typedef struct _RnlDocumentThread RnlDocumentThread;

/**
 * RnlDocumentFunc:
 * @db: the index
 * @data: the task's data
 * @cancellable: (nullable): the task's
 * @error: return location for an error
 *
 * Runs on the index's thread.
 *
 * Returns: (transfer full) (nullable): the task's result, or `NULL` with @error set
 */
typedef gpointer (*RnlDocumentFunc) (RnlStoreDb *db,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

RnlDocumentThread *rnl_document_thread_new (const char *path);
void rnl_document_thread_stop (RnlDocumentThread *self);
void rnl_document_thread_run (RnlDocumentThread *self,
                              RnlDocumentFunc func,
                              GTask *task,
                              GDestroyNotify free_result);

G_END_DECLS
