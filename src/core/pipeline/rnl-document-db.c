/* rnl-document-db.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-db.h"

#include "rnl-document-db-private.h"
#include "rnl-document-words.h"
#include "rnl-store-statement.h"
#include "rnl-text-splitter.h"

/* "rnDi" in the header says that the file is an index of ours. */
#define APPLICATION_ID "1919829097"

/* The words are kept without the text (content=''), so a piece is stored once; to forget a piece
 * its words have to be said again. */
#define SCHEMA                                                                                     \
  "PRAGMA application_id = " APPLICATION_ID ";"                                                    \
  "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"            \
  "CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, source TEXT UNIQUE NOT NULL,"         \
  " title TEXT NOT NULL, mtime INTEGER NOT NULL, size INTEGER NOT NULL, hash TEXT NOT NULL);"      \
  "CREATE TABLE IF NOT EXISTS pieces (id INTEGER PRIMARY KEY AUTOINCREMENT,"                       \
  " file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,"                                \
  " page INTEGER NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL, vector BLOB);"              \
  "CREATE INDEX IF NOT EXISTS pieces_of_file ON pieces (file);"                                    \
  "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text, content='',"                         \
  " tokenize=\"porter unicode61 remove_diacritics 2\");"

/**
 * rnl_document_known_free:
 * @known: (transfer full): what is remembered of a file
 */
void
rnl_document_known_free (RnlDocumentKnown *known)
{
  g_free (known->hash);
  g_free (known);
}

/**
 * rnl_document_db_open:
 * @path: (type filename): its file, or ":memory:"
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`.
 *
 * Returns: (transfer full) (nullable): the index, for this thread only
 */
RnlStoreDb *
rnl_document_db_open (const char *path, GError **error)
{
  g_autoptr (RnlStoreDb) db = rnl_store_db_open (path, error);

  if (db == NULL || !rnl_store_db_configure (db, error) || !rnl_store_db_exec (db, SCHEMA, error))
    return NULL;

  return g_steal_pointer (&db);
}

/**
 * rnl_document_db_list_files:
 * @db: an index
 * @folder: a path that ends in a slash
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type utf8 RnlDocumentKnown): what is known of the
 *   files below @folder, by path
 */
GHashTable *
rnl_document_db_list_files (RnlStoreDb *db, const char *folder, GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) rnl_document_known_free);
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT source, id, mtime, size, hash FROM files WHERE substr (source, 1, length (?1)) = ?1",
    error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_text (statement, folder);
  while (rnl_store_statement_next (statement, &failure))
    {
      char *source = rnl_store_statement_dup_text (statement);
      RnlDocumentKnown *known = g_new0 (RnlDocumentKnown, 1);

      known->key = rnl_store_statement_read_int (statement);
      known->mtime = rnl_store_statement_read_int (statement);
      known->size = rnl_store_statement_read_int (statement);
      known->hash = rnl_store_statement_dup_text (statement);
      g_hash_table_insert (files, source, known);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&files);
}

/* The file is as it was, only saved again. */
gboolean
rnl_document_db_touch (RnlStoreDb *db, gint64 key, gint64 mtime, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "UPDATE files SET mtime = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, mtime);
  rnl_store_statement_bind_int (statement, key);

  return rnl_store_statement_run (statement, error);
}

static gboolean
say_words (RnlStoreDb *db, const char *sql, gint64 piece, const char *text, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, error);
  g_autofree char *segmented = rnl_document_words_segment (text);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, piece);
  rnl_store_statement_bind_text (statement, segmented);

  return rnl_store_statement_run (statement, error);
}

static gboolean
forget_words (RnlStoreDb *db, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT id, text FROM pieces WHERE file = ?", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, key);
  while (rnl_store_statement_next (statement, &failure))
    {
      gint64 piece = rnl_store_statement_read_int (statement);

      if (!say_words (db, "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", piece,
                      rnl_store_statement_read_text (statement), error))
        return FALSE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return failure == NULL;
}

static gboolean
remove_rows (RnlStoreDb *db, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = NULL;

  if (!forget_words (db, key, error))
    return FALSE;
  statement = rnl_store_statement_get (db, "DELETE FROM files WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, key);

  return rnl_store_statement_run (statement, error);
}

/**
 * rnl_document_db_remove:
 * @db: an index
 * @key: of a file
 * @error: return location for an error
 *
 * Returns: whether the file and its pieces are gone
 */
gboolean
rnl_document_db_remove (RnlStoreDb *db, gint64 key, GError **error)
{
  if (!rnl_store_db_begin (db, error))
    return FALSE;
  if (remove_rows (db, key, error) && rnl_store_db_commit (db, error))
    return TRUE;

  rnl_store_db_rollback (db);

  return FALSE;
}

static gboolean
add_piece (RnlStoreDb *db, gint64 key, guint page, const RnlTextPiece *piece, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "INSERT INTO pieces (file, page, start, text) VALUES (?, ?, ?, ?)", error);
  g_autofree char *text = g_strndup (piece->text, piece->length);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, key);
  rnl_store_statement_bind_int (statement, page);
  rnl_store_statement_bind_int (statement, (gint64) piece->start);
  rnl_store_statement_bind_text (statement, text);

  return rnl_store_statement_run (statement, error)
         && say_words (db, "INSERT INTO words (rowid, text) VALUES (?, ?)",
                       rnl_store_db_last_key (db), text, error);
}

static gboolean
add_file_row (RnlStoreDb *db,
              const char *source,
              const RnlDocumentFile *file,
              gint64 mtime,
              gint64 size,
              GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "INSERT INTO files (source, title, mtime, size, hash) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, source);
  rnl_store_statement_bind_text (statement, file->title);
  rnl_store_statement_bind_int (statement, mtime);
  rnl_store_statement_bind_int (statement, size);
  rnl_store_statement_bind_text (statement, file->hash);

  return rnl_store_statement_run (statement, error);
}

static gboolean
find_source (RnlStoreDb *db, const char *source, gint64 *key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT id FROM files WHERE source = ?", error);
  g_autoptr (GError) failure = NULL;

  *key = 0;
  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, source);
  if (rnl_store_statement_next (statement, &failure))
    *key = rnl_store_statement_read_int (statement);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return failure == NULL;
}

/* The number of pieces, -1 with an error. */
static gint64
add_rows (RnlStoreDb *db,
          const char *source,
          const RnlDocumentFile *file,
          gint64 mtime,
          gint64 size,
          guint chunk_size,
          guint overlap,
          GError **error)
{
  gint64 key, n = 0;

  if (!find_source (db, source, &key, error) || (key != 0 && !remove_rows (db, key, error))
      || !add_file_row (db, source, file, mtime, size, error))
    return -1;

  key = rnl_store_db_last_key (db);
  for (guint i = 0; i < file->pages->len; i++)
    {
      RnlDocumentPage *page = g_ptr_array_index (file->pages, i);
      g_autoptr (GArray) pieces = rnl_text_splitter_split (page->text, chunk_size, overlap);

      for (guint j = 0; j < pieces->len; j++, n++)
        if (!add_piece (db, key, page->number, &g_array_index (pieces, RnlTextPiece, j), error))
          return -1;
    }

  return n;
}

/**
 * rnl_document_db_add:
 * @db: an index
 * @source: where the text is from; replaces what is there from it
 * @file: the text
 * @mtime: of the file, in microseconds since 1970
 * @size: of the file, in bytes
 * @chunk_size: the most characters of a piece
 * @overlap: how many of them the next one may repeat
 * @error: return location for an error
 *
 * All of it or nothing.
 *
 * Returns: how many pieces there are, -1 with @error set
 */
gint64
rnl_document_db_add (RnlStoreDb *db,
                     const char *source,
                     const RnlDocumentFile *file,
                     gint64 mtime,
                     gint64 size,
                     guint chunk_size,
                     guint overlap,
                     GError **error)
{
  gint64 n;

  if (!rnl_store_db_begin (db, error))
    return -1;
  n = add_rows (db, source, file, mtime, size, chunk_size, overlap, error);
  if (n >= 0 && rnl_store_db_commit (db, error))
    return n;

  rnl_store_db_rollback (db);

  return -1;
}

/**
 * rnl_document_db_read_document:
 * @statement: a row of `RNL_DOCUMENT_DB_COLUMNS`
 * @score: how well it answers
 *
 * Returns: (transfer full): the document
 */
RnlDocument *
rnl_document_db_read_document (RnlStoreStatement *statement, double score)
{
  g_autofree char *id = rnl_store_statement_dup_text (statement);
  g_autofree char *source = rnl_store_statement_dup_text (statement);
  g_autofree char *title = rnl_store_statement_dup_text (statement);
  guint page = (guint) rnl_store_statement_read_int (statement);
  gsize start = (gsize) rnl_store_statement_read_int (statement);
  const RnlDocumentPlace place = { source, title, page, start };

  return rnl_document_new (id, rnl_store_statement_read_text (statement), &place, score);
}

/* Scores come as whole numbers of millionths: a statement reads integers and text. */
#define SEARCH                                                                                     \
  "SELECT " RNL_DOCUMENT_DB_COLUMNS ", CAST (-1e6 * m.score AS INTEGER) FROM"                      \
  " (SELECT rowid AS piece, bm25 (words) AS score FROM words WHERE words MATCH ?"                  \
  "  ORDER BY bm25 (words), rowid LIMIT ?) AS m"                                                   \
  " JOIN pieces AS p ON p.id = m.piece JOIN files AS f ON f.id = p.file ORDER BY m.score, p.id"

/**
 * rnl_document_db_search_words:
 * @db: an index
 * @question: anything a person types
 * @limit: how many at most
 * @error: return location for an error
 *
 * Ranked by BM25: a rare word says more than a common one, and a short piece more than a long one.
 *
 * Returns: (transfer full) (nullable) (element-type RnlDocument): the best first
 */
GPtrArray *
rnl_document_db_search_words (RnlStoreDb *db, const char *question, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *match = rnl_document_words_match (question);
  g_autoptr (RnlStoreStatement) statement = NULL;
  g_autoptr (GError) failure = NULL;

  if (match == NULL)
    return g_steal_pointer (&found);

  statement = rnl_store_statement_get (db, SEARCH, error);
  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_text (statement, match);
  rnl_store_statement_bind_int (statement, limit);
  while (rnl_store_statement_next (statement, &failure))
    {
      RnlDocument *document = rnl_document_db_read_document (statement, 0);

      rnl_document_set_score (document, (double) rnl_store_statement_read_int (statement) / 1e6);
      g_ptr_array_add (found, document);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&found);
}
