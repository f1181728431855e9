/* rnl-store-worker.h: the thread that owns the database, and the queue in front of it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"
#include "rnl-store-reporter.h"

G_BEGIN_DECLS

typedef struct _RnlStoreWorker RnlStoreWorker;

/* Both run on the worker's thread. */
typedef gboolean (*RnlStoreWriteFunc) (RnlStoreDb *db, gpointer data, GError **error);
typedef gpointer (*RnlStoreReadFunc) (RnlStoreDb *db, gpointer data, GError **error);

RnlStoreWorker *rnl_store_worker_new (const char *path, GObject *owner, RnlStoreFailedFunc failed);
void rnl_store_worker_stop (RnlStoreWorker *self);

void rnl_store_worker_hold (RnlStoreWorker *self);
void rnl_store_worker_release (RnlStoreWorker *self);

void rnl_store_worker_open (RnlStoreWorker *self,
                            RnlStoreReadFunc func,
                            GTask *task,
                            GDestroyNotify free_result);
void rnl_store_worker_write (RnlStoreWorker *self,
                             RnlStoreWriteFunc func,
                             gpointer data,
                             GDestroyNotify free_data);
void rnl_store_worker_read (RnlStoreWorker *self,
                            RnlStoreReadFunc func,
                            GTask *task,
                            GDestroyNotify free_result);
void rnl_store_worker_flush (RnlStoreWorker *self, GTask *task);

G_END_DECLS
