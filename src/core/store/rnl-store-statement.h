/* rnl-store-statement.h: one SQL statement, prepared once, bound and read in order
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

/* Values are bound and columns are read from left to right, so both sides read like the SQL.
 * Kept by its database; going out of scope (g_autoptr) only resets it for the next use. A wrong
 * binding is told by next and run. */
typedef struct _RnlStoreStatement RnlStoreStatement;

RnlStoreStatement *rnl_store_statement_get (RnlStoreDb *db, const char *sql, GError **error);
void rnl_store_statement_reset (RnlStoreStatement *self);
void rnl_store_statement_free (RnlStoreStatement *self);

void rnl_store_statement_bind_int (RnlStoreStatement *self, gint64 value);
void rnl_store_statement_bind_key (RnlStoreStatement *self, gint64 key);
void rnl_store_statement_bind_text (RnlStoreStatement *self, const char *text);
void rnl_store_statement_bind_bytes (RnlStoreStatement *self, const char *text, gsize length);
void rnl_store_statement_bind_blob (RnlStoreStatement *self, gconstpointer data, gsize length);

gboolean rnl_store_statement_next (RnlStoreStatement *self, GError **error);
gboolean rnl_store_statement_run (RnlStoreStatement *self, GError **error);
gboolean
rnl_store_statement_get_number (RnlStoreDb *db, const char *sql, gint64 *number, GError **error);

gint64 rnl_store_statement_read_int (RnlStoreStatement *self);
const char *rnl_store_statement_read_text (RnlStoreStatement *self);
char *rnl_store_statement_dup_text (RnlStoreStatement *self);
char *rnl_store_statement_dup_bytes (RnlStoreStatement *self, gsize *length);
gconstpointer rnl_store_statement_read_blob (RnlStoreStatement *self, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStoreStatement, rnl_store_statement_reset)

G_END_DECLS
