/* rnl-store-db.h: the one handle on the database, bound to the thread that opened it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "rnl-store-error.h"

G_BEGIN_DECLS

/* Only the thread that opened it may touch it: every way to the handle asserts that. */
typedef struct _RnlStoreDb RnlStoreDb;

RnlStoreDb *rnl_store_db_open (const char *path, GError **error);
void rnl_store_db_close (RnlStoreDb *self);
const char *rnl_store_db_get_path (RnlStoreDb *self);
gboolean rnl_store_db_is_memory (RnlStoreDb *self);
sqlite3 *rnl_store_db_get_handle (RnlStoreDb *self);

gboolean rnl_store_db_configure (RnlStoreDb *self, GError **error);
gboolean rnl_store_db_exec (RnlStoreDb *self, const char *sql, GError **error);
gboolean rnl_store_db_run (RnlStoreDb *self, const char *sql, GError **error);
gboolean rnl_store_db_begin (RnlStoreDb *self, GError **error);
gboolean rnl_store_db_commit (RnlStoreDb *self, GError **error);
void rnl_store_db_rollback (RnlStoreDb *self);
gint64 rnl_store_db_last_key (RnlStoreDb *self);
void rnl_store_db_set_cancellable (RnlStoreDb *self, GCancellable *cancellable);

/* Which writer of the table `writers` this process is; 0 before it has registered. */
gint64 rnl_store_db_get_writer (RnlStoreDb *self);
void rnl_store_db_set_writer (RnlStoreDb *self, gint64 writer);
int rnl_store_db_get_lock_fd (RnlStoreDb *self);

GHashTable *rnl_store_db_peek_statements (RnlStoreDb *self);
void rnl_store_db_take_error (RnlStoreDb *self, int code, const char *doing, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStoreDb, rnl_store_db_close)

G_END_DECLS
