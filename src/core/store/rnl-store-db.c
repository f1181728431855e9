/* rnl-store-db.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "rnl-store-statement.h"
#include "rnl-store-tokenizer.h"

#define BUSY_TIMEOUT_MS 5000
#define PROGRESS_STEPS  2000

struct _RnlStoreDb
{
  /* owned */
  char *path;
  sqlite3 *handle;
  GHashTable *statements;

  /* borrowed */
  GThread *owner;

  gint64 writer;
  int lock_fd;
};

/**
 * rnl_store_error_quark:
 *
 * Returns: the domain of [error@Runnel.StoreError]
 */
G_DEFINE_QUARK (rnl_store_error, rnl_store_error)

G_DEFINE_ENUM_TYPE (RnlStoreError,
                    rnl_store_error,
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_NEWER, "newer"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_READ_ONLY, "read-only"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_CORRUPT, "corrupt"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_NOT_FOUND, "not-found"),
                    G_DEFINE_ENUM_VALUE (RNL_STORE_ERROR_IO, "io"))

static RnlStoreError
error_from_errno (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return RNL_STORE_ERROR_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case EISDIR:
      return RNL_STORE_ERROR_READ_ONLY;
    default:
      return RNL_STORE_ERROR_IO;
    }
}

/* SQLite knows "full" by ENOSPC alone; a quota and a limit of file sizes end in an I/O error, whose
 * reason is kept by the file it happened on: the log, or else the database. */
static int
find_io_errno (sqlite3 *handle)
{
  sqlite3_file *file = NULL;
  int code = 0;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (file != NULL && file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &code);
  if (code == 0)
    sqlite3_file_control (handle, "main", SQLITE_FCNTL_LAST_ERRNO, &code);

  return code != 0 ? code : sqlite3_system_errno (handle);
}

static RnlStoreError
error_from_sqlite (sqlite3 *handle, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return RNL_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return RNL_STORE_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN:
      return sqlite3_system_errno (handle) == ENOSPC ? RNL_STORE_ERROR_FULL
                                                     : RNL_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RNL_STORE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return RNL_STORE_ERROR_BUSY;
    case SQLITE_IOERR:
      return code == SQLITE_IOERR_SHMSIZE ? RNL_STORE_ERROR_FULL
                                          : error_from_errno (find_io_errno (handle));
    default:
      return RNL_STORE_ERROR_FAILED;
    }
}

/**
 * rnl_store_db_take_error:
 * @self: a database
 * @code: what SQLite returned just now
 * @doing: what was tried, to go on from "Cannot "
 * @error: return location
 *
 * Says by the caller's error what SQLite said. An interrupted statement is `G_IO_ERROR_CANCELLED`.
 */
void
rnl_store_db_take_error (RnlStoreDb *self, int code, const char *doing, GError **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
      return;
    }

  if (error_from_sqlite (self->handle, code) == RNL_STORE_ERROR_CORRUPT)
    {
      g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_CORRUPT,
                   "“%s” is damaged, or not a file of Runnel's (%s). It was not changed; move it "
                   "away to begin with an empty one.",
                   self->path, sqlite3_errmsg (self->handle));
      return;
    }

  g_set_error (error, RNL_STORE_ERROR, (gint) error_from_sqlite (self->handle, code),
               "Cannot %s in “%s”: %s", doing, self->path, sqlite3_errmsg (self->handle));
}

/* Makes the folder and an empty file only its owner may read; an existing file is left alone, and
 * not even opened, for closing it would drop the locks another handle of this process holds. */
static gboolean
create_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, RNL_STORE_ERROR, (gint) error_from_errno (code),
                   "Cannot create the folder “%s”: %s", folder, g_strerror (code));
      return FALSE;
    }

  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno != EEXIST)
    {
      int code = errno;

      g_set_error (error, RNL_STORE_ERROR, (gint) error_from_errno (code), "Cannot create “%s”: %s",
                   path, g_strerror (code));
      return FALSE;
    }

  return fd < 0 || g_close (fd, error);
}

/**
 * rnl_store_db_open:
 * @path: a file, made when it is missing, or ":memory:"
 * @error: return location
 *
 * Opens and changes nothing in a file that exists. The calling thread becomes the only one that
 * may use it.
 *
 * Returns: (transfer full) (nullable): the database, or `NULL` with @error set
 */
RnlStoreDb *
rnl_store_db_open (const char *path, GError **error)
{
  g_autoptr (RnlStoreDb) self = g_new0 (RnlStoreDb, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int result;

  self->owner = g_thread_self ();
  self->lock_fd = -1;
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) rnl_store_statement_free);
  if (!rnl_store_db_is_memory (self) && !create_file (path, error))
    return NULL;

  result = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (result != SQLITE_OK)
    {
      rnl_store_db_take_error (self, result, "open the database", error);
      return NULL;
    }
  result = rnl_store_tokenizer_register (self->handle);
  if (result != SQLITE_OK)
    {
      rnl_store_db_take_error (self, result, "index words", error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  /* Until the file is known to be ours, closing it must not fold its log into it. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return g_steal_pointer (&self);
}

/**
 * rnl_store_db_configure:
 * @self: a database
 * @error: return location
 *
 * Sets what every connection needs, outside a transaction (where `foreign_keys` would silently do
 * nothing), and makes sure that it took effect.
 *
 * Returns: whether it did
 */
gboolean
rnl_store_db_configure (RnlStoreDb *self, GError **error)
{
  int enabled = 0;

  g_assert (sqlite3_get_autocommit (rnl_store_db_get_handle (self)));

  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_READ_ONLY, "“%s” cannot be written",
                   self->path);
      return FALSE;
    }
  if (!rnl_store_db_exec (self,
                          "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = NORMAL;"
                          "PRAGMA foreign_keys = ON;"
                          "PRAGMA journal_size_limit = 8388608;"
                          "PRAGMA mmap_size = 1073741824;",
                          error))
    return FALSE;

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &enabled);
  g_assert (enabled);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);

  return TRUE;
}

void
rnl_store_db_close (RnlStoreDb *self)
{
  g_assert (self->owner == g_thread_self ());

  g_hash_table_unref (self->statements);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement of “%s” was left open", self->path);
  if (self->lock_fd >= 0)
    g_close (self->lock_fd, NULL);
  g_free (self->path);
  g_free (self);
}

const char *
rnl_store_db_get_path (RnlStoreDb *self)
{
  return self->path;
}

gboolean
rnl_store_db_is_memory (RnlStoreDb *self)
{
  return g_str_equal (self->path, ":memory:");
}

/**
 * rnl_store_db_get_handle:
 * @self: a database
 *
 * Aborts on any thread but the one that opened it.
 *
 * Returns: (transfer none): the handle
 */
sqlite3 *
rnl_store_db_get_handle (RnlStoreDb *self)
{
  g_assert (self->owner == g_thread_self ());

  return self->handle;
}

/**
 * rnl_store_db_exec:
 * @self: a database
 * @sql: one or more statements; what they return is dropped
 * @error: return location
 *
 * Returns: whether all of them ran
 */
gboolean
rnl_store_db_exec (RnlStoreDb *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (rnl_store_db_get_handle (self), sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    rnl_store_db_take_error (self, result, "write", error);

  return result == SQLITE_OK;
}

/**
 * rnl_store_db_run:
 * @self: a database
 * @sql: one statement without parameters, a string that lives as long as the program
 * @error: return location
 *
 * Returns: whether it ran
 */
gboolean
rnl_store_db_run (RnlStoreDb *self, const char *sql, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (self, sql, error);

  return statement != NULL && rnl_store_statement_run (statement, error);
}

/* Takes the write lock at once: a transaction that reads first and is then refused it cannot wait.
 */
gboolean
rnl_store_db_begin (RnlStoreDb *self, GError **error)
{
  return rnl_store_db_run (self, "BEGIN IMMEDIATE", error);
}

gboolean
rnl_store_db_commit (RnlStoreDb *self, GError **error)
{
  if (rnl_store_db_run (self, "COMMIT", error))
    return TRUE;

  rnl_store_db_rollback (self);

  return FALSE;
}

void
rnl_store_db_rollback (RnlStoreDb *self)
{
  /* Some errors (a full disk) have rolled back already. */
  if (!sqlite3_get_autocommit (rnl_store_db_get_handle (self)))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gint64
rnl_store_db_last_key (RnlStoreDb *self)
{
  return sqlite3_last_insert_rowid (rnl_store_db_get_handle (self));
}

static int
progress_cb (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

/**
 * rnl_store_db_set_cancellable:
 * @self: a database
 * @cancellable: (nullable): ends running statements when it is cancelled, from any thread
 */
void
rnl_store_db_set_cancellable (RnlStoreDb *self, GCancellable *cancellable)
{
  sqlite3_progress_handler (rnl_store_db_get_handle (self), PROGRESS_STEPS,
                            cancellable != NULL ? progress_cb : NULL, cancellable);
}

gint64
rnl_store_db_get_writer (RnlStoreDb *self)
{
  return self->writer;
}

void
rnl_store_db_set_writer (RnlStoreDb *self, gint64 writer)
{
  self->writer = writer;
}

/**
 * rnl_store_db_get_lock_fd:
 * @self: a database
 *
 * Returns: the file beside the database whose locked bytes tell which writers live, open until the
 *   database is closed; -1 where there is none
 */
int
rnl_store_db_get_lock_fd (RnlStoreDb *self)
{
  g_assert (self->owner == g_thread_self ());

  if (self->lock_fd < 0 && !rnl_store_db_is_memory (self))
    {
      g_autofree char *path = g_strconcat (self->path, "-lock", NULL);

      self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    }

  return self->lock_fd;
}

GHashTable *
rnl_store_db_peek_statements (RnlStoreDb *self)
{
  g_assert (self->owner == g_thread_self ());

  return self->statements;
}
