/* rnl-store-statement.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-statement.h"

struct _RnlStoreStatement
{
  /* owned */
  sqlite3_stmt *stmt;

  /* borrowed */
  RnlStoreDb *db;

  int bound;
  int column;
  int bind_result;
};

/**
 * rnl_store_statement_get:
 * @db: a database
 * @sql: one statement, a string that lives as long as the program
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the statement with nothing bound, or `NULL` with @error set
 */
RnlStoreStatement *
rnl_store_statement_get (RnlStoreDb *db, const char *sql, GError **error)
{
  GHashTable *statements = rnl_store_db_peek_statements (db);
  RnlStoreStatement *self = g_hash_table_lookup (statements, sql);
  sqlite3_stmt *stmt = NULL;
  int result;

  if (self != NULL)
    return self;

  result = sqlite3_prepare_v3 (rnl_store_db_get_handle (db), sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &stmt, NULL);
  if (result != SQLITE_OK)
    {
      rnl_store_db_take_error (db, result, "prepare a statement", error);
      return NULL;
    }

  self = g_new0 (RnlStoreStatement, 1);
  self->db = db;
  self->stmt = stmt;
  g_hash_table_insert (statements, (gpointer) sql, self);

  return self;
}

void
rnl_store_statement_reset (RnlStoreStatement *self)
{
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->bound = 0;
  self->column = 0;
  self->bind_result = SQLITE_OK;
}

void
rnl_store_statement_free (RnlStoreStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

static void
note_binding (RnlStoreStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
rnl_store_statement_bind_int (RnlStoreStatement *self, gint64 value)
{
  note_binding (self, sqlite3_bind_int64 (self->stmt, ++self->bound, value));
}

/* A key of another row: 0 is none. */
void
rnl_store_statement_bind_key (RnlStoreStatement *self, gint64 key)
{
  if (key == 0)
    note_binding (self, sqlite3_bind_null (self->stmt, ++self->bound));
  else
    rnl_store_statement_bind_int (self, key);
}

/* The text must stay until the statement is reset. NULL is NULL. */
void
rnl_store_statement_bind_text (RnlStoreStatement *self, const char *text)
{
  note_binding (self, sqlite3_bind_text (self->stmt, ++self->bound, text, -1, SQLITE_STATIC));
}

void
rnl_store_statement_bind_bytes (RnlStoreStatement *self, const char *text, gsize length)
{
  note_binding (self, sqlite3_bind_text64 (self->stmt, ++self->bound, text != NULL ? text : "",
                                           length, SQLITE_STATIC, SQLITE_UTF8));
}

void
rnl_store_statement_bind_blob (RnlStoreStatement *self, gconstpointer data, gsize length)
{
  note_binding (self, sqlite3_bind_blob64 (self->stmt, ++self->bound, data, length, SQLITE_STATIC));
}

/**
 * rnl_store_statement_next:
 * @self: a statement
 * @error: return location
 *
 * Returns: whether there is a row to read; at the end `FALSE` without @error set
 */
gboolean
rnl_store_statement_next (RnlStoreStatement *self, GError **error)
{
  int result = self->bind_result;

  self->column = 0;
  if (result == SQLITE_OK)
    result = sqlite3_step (self->stmt);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    rnl_store_db_take_error (self->db, result, "read or write", error);
  rnl_store_statement_reset (self);

  return FALSE;
}

/**
 * rnl_store_statement_run:
 * @self: a statement
 * @error: return location
 *
 * Runs it to its end, and makes it ready for the next use.
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_store_statement_run (RnlStoreStatement *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (rnl_store_statement_next (self, &failure))
    ;
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * rnl_store_statement_get_number:
 * @db: a database
 * @sql: a statement without bindings that asks for one number
 * @number: (out): the number, 0 where there is none
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
rnl_store_statement_get_number (RnlStoreDb *db, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (RnlStoreStatement) self = rnl_store_statement_get (db, sql, error);
  g_autoptr (GError) failure = NULL;

  *number = 0;
  if (self == NULL)
    return FALSE;
  if (rnl_store_statement_next (self, &failure))
    *number = rnl_store_statement_read_int (self);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

gint64
rnl_store_statement_read_int (RnlStoreStatement *self)
{
  return sqlite3_column_int64 (self->stmt, self->column++);
}

/* Valid until the next step. */
const char *
rnl_store_statement_read_text (RnlStoreStatement *self)
{
  return (const char *) sqlite3_column_text (self->stmt, self->column++);
}

char *
rnl_store_statement_dup_text (RnlStoreStatement *self)
{
  return g_strdup (rnl_store_statement_read_text (self));
}

char *
rnl_store_statement_dup_bytes (RnlStoreStatement *self, gsize *length)
{
  const char *text = rnl_store_statement_read_text (self);

  *length = (gsize) sqlite3_column_bytes (self->stmt, self->column - 1);

  return g_strndup (text != NULL ? text : "", *length);
}

/* Borrowed until the next row. */
gconstpointer
rnl_store_statement_read_blob (RnlStoreStatement *self, gsize *length)
{
  gconstpointer data = sqlite3_column_blob (self->stmt, self->column++);

  *length = (gsize) sqlite3_column_bytes (self->stmt, self->column - 1);

  return data;
}
