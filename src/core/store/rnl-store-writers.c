/* rnl-store-writers.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-writers.h"

#include <errno.h>
#include <fcntl.h>

#include "rnl-store-messages.h"
#include "rnl-store-statement.h"

/* How many chats are deleted for good at a time. */
#define PURGED "16"

/* A lock of the open file description ends with its last descriptor, however the process ends, and
 * means the same in every process-id namespace (a sandbox has its own): see fcntl(2), F_OFD_SETLK.
 */
static gboolean
lock_byte (int fd, gint64 key, int command, gboolean *taken)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = key, .l_len = 1 };

  if (fcntl (fd, command, &lock) != 0)
    return FALSE;
  if (taken != NULL)
    *taken = lock.l_type != F_UNLCK;

  return TRUE;
}

static gint64
add_writer (RnlStoreDb *db, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "INSERT INTO writers (started) VALUES (?)", error);

  if (statement == NULL)
    return 0;
  rnl_store_statement_bind_int (statement, g_get_real_time ());

  return rnl_store_statement_run (statement, error) ? rnl_store_db_last_key (db) : 0;
}

static GArray *
read_keys (RnlStoreDb *db, const char *sql, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  while (rnl_store_statement_next (statement, &failure))
    {
      gint64 key = rnl_store_statement_read_int (statement);

      g_array_append_val (keys, key);
    }
  if (failure == NULL)
    return g_steal_pointer (&keys);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* Removes the rows of writers whose lock is gone. Where locks do not work nobody can be seen, so
 * everybody else counts as gone: that is wrong only for two programs at once on such a disk. */
static gboolean
forget_dead_writers (RnlStoreDb *db, gint64 own, GError **error)
{
  int fd = rnl_store_db_get_lock_fd (db);
  g_autoptr (GArray) keys = read_keys (db, "SELECT key FROM writers", error);
  g_autoptr (RnlStoreStatement) forget
    = rnl_store_statement_get (db, "DELETE FROM writers WHERE key = ?", error);

  if (keys == NULL || forget == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      gboolean alive = FALSE;

      if (key == own || (fd >= 0 && lock_byte (fd, key, F_OFD_GETLK, &alive) && alive))
        continue;
      rnl_store_statement_bind_int (forget, key);
      if (!rnl_store_statement_run (forget, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
repair_message (RnlStoreDb *db, gint64 key, GError **error)
{
  g_autoptr (RnlStoreMessageRow) row = rnl_store_load_message (db, key, error);

  if (row == NULL)
    return FALSE;

  rnl_store_message_row_end (row, RNL_MESSAGE_INTERRUPTED, RNL_FINISH_INTERRUPTED);

  return rnl_store_write_whole_message (db, row, error);
}

/* What a dead process was writing is over: what arrived is kept, and marked. */
static gboolean
repair_messages (RnlStoreDb *db, GError **error)
{
  g_autoptr (GArray) keys
    = read_keys (db,
                 "SELECT key FROM messages"
                 " WHERE state = 0 AND (writer IS NULL OR writer NOT IN (SELECT key FROM writers))",
                 error);

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (!repair_message (db, g_array_index (keys, gint64, i), error))
      return FALSE;

  return TRUE;
}

/* Chats of an import that nobody will finish: from now on they are deleted ones like others, so
 * that they are told of once. */
static gboolean
take_unfinished (RnlStoreDb *db, guint *n, GError **error)
{
  if (!rnl_store_db_exec (
        db,
        "UPDATE chats SET importer = NULL, deleter = NULL"
        " WHERE deleted IS NOT NULL AND importer NOT IN (SELECT key FROM writers)",
        error))
    return FALSE;
  *n = (guint) sqlite3_changes (rnl_store_db_get_handle (db));

  return TRUE;
}

/**
 * rnl_store_purge_left:
 * @db: a database this process has entered
 * @unused: nothing
 * @error: return location
 *
 * Deletes some of the chats that nobody living has deleted or imports. An import may have left
 * thousands, and others want to read and write meanwhile.
 *
 * Returns: (transfer full) (nullable): how many chats, 0 when nothing is left; or `NULL` with
 * @error set
 */
gpointer
rnl_store_purge_left (RnlStoreDb *db, gpointer unused, GError **error)
{
  int *n;

  if (!rnl_store_db_exec (db,
                          "DELETE FROM chats WHERE key IN (SELECT key FROM chats"
                          " WHERE deleted IS NOT NULL AND coalesce (importer, deleter, 0) NOT IN"
                          " (SELECT key FROM writers) LIMIT " PURGED ")",
                          error))
    return NULL;
  n = g_new (int, 1);
  *n = sqlite3_changes (rnl_store_db_get_handle (db));

  return n;
}

static gboolean
enter (RnlStoreDb *db, guint *n_unfinished, GError **error)
{
  int fd = rnl_store_db_get_lock_fd (db);
  gint64 own = add_writer (db, error);

  if (own == 0)
    return FALSE;
  /* Before the row can be seen by anybody, so nobody finds it without its lock. */
  if (fd >= 0 && !lock_byte (fd, own, F_OFD_SETLK, NULL))
    g_debug ("No locks beside “%s”: %s", rnl_store_db_get_path (db), g_strerror (errno));
  rnl_store_db_set_writer (db, own);

  return forget_dead_writers (db, own, error) && repair_messages (db, error)
         && take_unfinished (db, n_unfinished, error);
}

/**
 * rnl_store_writers_enter:
 * @db: a database of the newest version
 * @n_unfinished: (out): how many chats of imports that did not come to their end were taken out
 * @error: return location
 *
 * Enters this process among those that write, and tidies up after those that are gone: their
 * streaming messages become interrupted, and what they were importing counts as deleted, which
 * [func@Runnel.store_purge_left] deletes for good. What living processes write is left alone.
 *
 * Returns: whether it succeeded; otherwise nothing has changed
 */
gboolean
rnl_store_writers_enter (RnlStoreDb *db, guint *n_unfinished, GError **error)
{
  *n_unfinished = 0;
  if (rnl_store_db_get_writer (db) != 0)
    return TRUE;
  if (!rnl_store_db_begin (db, error))
    return FALSE;

  if (!enter (db, n_unfinished, error))
    {
      rnl_store_db_rollback (db);
      rnl_store_db_set_writer (db, 0);
      return FALSE;
    }

  return rnl_store_db_commit (db, error);
}
