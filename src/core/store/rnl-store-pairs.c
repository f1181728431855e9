/* rnl-store-pairs.c
 *
 * A phrase of words that are common each by itself, but seldom stand together, would have the index
 * of words walk through all their places. So there is one of pairs of words, too, in which such a
 * phrase is rare; who finds a text by it looks whether the phrase is there, for two pairs may have
 * the same number.
 *
 * A message that is saved does not wait for it: what is there is added later, a piece at a time,
 * from the oldest text on. A text that changes after that is changed here by triggers.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-pairs.h"

#include <string.h>

#include "rnl-store-statement.h"

/* A piece ends after so many keys, or when it has so much text. */
#define PIECE_KEYS  256
#define PIECE_BYTES (64 * 1024)

/* What a piece adds becomes part of something larger about six times until there are a million
 * texts. So many pages are written for that with each, or FTS5 would do it at a time of its own,
 * and for long. */
#define MERGE "INSERT INTO pair_index (pair_index, rank) VALUES ('merge', 64)"

/* So many of the newest keys are left alone, for they may still grow; and it is not worth a piece
 * before there are as many again. */
#define NEW_KEYS 128

/* The index serves while it lacks no more than this: so many texts are looked through in a
 * millisecond. */
#define MAX_NEW_KEYS 1024

static gboolean
read_state (RnlStoreDb *db, gint64 *done, gint64 *newest, GError **error)
{
  return rnl_store_statement_get_number (db, "SELECT done FROM pair_state", done, error)
         && rnl_store_statement_get_number (db, "SELECT max (key) FROM parts", newest, error);
}

/**
 * rnl_store_pairs_get_done:
 * @db: a database
 * @done: (out): the key of the newest part the index knows; it knows all before it
 * @ready: (out): whether there are so few after it that they can be looked through
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
rnl_store_pairs_get_done (RnlStoreDb *db, gint64 *done, gboolean *ready, GError **error)
{
  gint64 newest;

  if (!read_state (db, done, &newest, error))
    return FALSE;
  *ready = newest - *done <= MAX_NEW_KEYS;

  return TRUE;
}

static gboolean
set_done (RnlStoreDb *db, gint64 done, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "UPDATE pair_state SET done = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, done);

  return rnl_store_statement_run (statement, error);
}

static gboolean
add_text (RnlStoreDb *db, gint64 key, const char *text, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "INSERT INTO pair_index (rowid, text) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, key);
  rnl_store_statement_bind_text (statement, text);

  return rnl_store_statement_run (statement, error);
}

/* Adds what comes after DONE, which it moves on, at most to END. */
static gboolean
add_piece (RnlStoreDb *db, gint64 *done, gint64 end, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "SELECT key, text FROM searchable_parts WHERE key > ? AND key <= ? ORDER BY key", error);
  g_autoptr (GError) failure = NULL;
  gsize length = 0;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, *done);
  rnl_store_statement_bind_int (statement, end);
  *done = end;
  while (rnl_store_statement_next (statement, &failure))
    {
      gint64 key = rnl_store_statement_read_int (statement);
      const char *text = rnl_store_statement_read_text (statement);

      if (!add_text (db, key, text, &failure))
        break;
      length += strlen (text);
      if (length >= PIECE_BYTES)
        {
          *done = key;
          break;
        }
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
is_worth (gint64 done, gint64 newest)
{
  return newest - done >= 2 * NEW_KEYS;
}

/* In a transaction: another process may have been first. */
static gboolean
build_piece (RnlStoreDb *db, gboolean *more, GError **error)
{
  gint64 done, newest;

  if (!read_state (db, &done, &newest, error))
    return FALSE;
  if (is_worth (done, newest)
      && !(add_piece (db, &done, MIN (done + PIECE_KEYS, newest - NEW_KEYS), error)
           && set_done (db, done, error) && rnl_store_db_run (db, MERGE, error)))
    return FALSE;
  *more = is_worth (done, newest);

  return TRUE;
}

/**
 * rnl_store_pairs_build:
 * @db: a database, outside a transaction
 * @more: (out): whether there is more to do
 * @error: return location
 *
 * Adds some hundred texts to the index, in a transaction of their own; writes nothing when it has
 * all but the newest.
 *
 * Returns: whether it succeeded; otherwise nothing has changed
 */
gboolean
rnl_store_pairs_build (RnlStoreDb *db, gboolean *more, GError **error)
{
  gint64 done, newest;

  if (!read_state (db, &done, &newest, error))
    return FALSE;
  *more = is_worth (done, newest);
  if (!*more)
    return TRUE;
  if (!rnl_store_db_begin (db, error))
    return FALSE;
  if (build_piece (db, more, error))
    return rnl_store_db_commit (db, error);

  rnl_store_db_rollback (db);

  return FALSE;
}
