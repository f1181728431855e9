/* rnl-store-staging.c
 *
 * What comes in from outside is written chat by chat, each in a transaction of its own, so that
 * other writes get their turn and no log grows without end. Until all of it is there the chats
 * count as deleted, by nobody who could undo it; then one statement makes them seen. A program that
 * dies in between leaves what the next start deletes.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-staging.h"

#include "rnl-store-chats.h"
#include "rnl-store-messages.h"
#include "rnl-store-statement.h"
#include "rnl-store-tree.h"
#include "rnl-text.h"

/* How many chats are deleted at a time. */
#define DROPPED "16"

/**
 * rnl_store_staged_new:
 * @chat: a chat
 * @messages: (element-type RnlMessage): all its messages, each after the one it follows
 * @current_id: (nullable): the last one it shows
 *
 * Returns: (transfer full): what they are now, for the worker
 */
RnlStoreStaged *
rnl_store_staged_new (RnlChat *chat, GPtrArray *messages, const char *current_id)
{
  RnlStoreStaged *self = g_new0 (RnlStoreStaged, 1);

  self->chat = rnl_store_chat_snapshot (chat);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_store_message_row_free);
  self->parents = g_ptr_array_new_with_free_func (g_free);
  self->current_id = g_strdup (current_id);
  for (guint i = 0; i < messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (messages, i);

      g_ptr_array_add (self->rows, rnl_store_message_row_new (rnl_chat_get_id (chat), message));
      g_ptr_array_add (self->parents, g_strdup (rnl_message_get_parent_id (message)));
    }

  return self;
}

void
rnl_store_staged_free (RnlStoreStaged *self)
{
  g_object_unref (self->chat);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->parents);
  g_free (self->current_id);
  g_free (self);
}

/* Whether the query SQL about ID has an answer. */
static gboolean
exists (RnlStoreDb *db, const char *sql, const char *id)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, NULL);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, id);

  return rnl_store_statement_next (statement, NULL);
}

/* An id that is taken would change somebody else's message: it gets one of its own. */
static void
renew_ids (RnlStoreDb *db, RnlStoreMessageRow *row, GHashTable *renamed)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (exists (db, "SELECT 1 FROM messages WHERE id = ?", row->id))
    {
      char *id = rnl_uuid_new ();

      g_hash_table_insert (renamed, row->id, id);
      row->id = id;
    }
  for (guint i = 0; i < row->parts->len; i++)
    {
      RnlStorePartRow *part = g_ptr_array_index (row->parts, i);
      const char *parent
        = part->parent_id != NULL ? g_hash_table_lookup (parts, part->parent_id) : NULL;
      char *old;

      if (parent != NULL)
        rnl_set_str (&part->parent_id, parent);
      if (g_uuid_string_is_valid (part->id)
          && !exists (db, "SELECT 1 FROM parts WHERE id = ?", part->id))
        continue;
      old = g_steal_pointer (&part->id);
      part->id = rnl_uuid_new ();
      g_hash_table_insert (parts, old, part->id);
    }
}

/* Says that the next message follows ID, or nothing. */
static gboolean
set_leaf (RnlStoreDb *db, const char *chat_id, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "UPDATE chats SET leaf = (SELECT key FROM messages WHERE id = ?) WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, id);
  rnl_store_statement_bind_text (statement, chat_id);

  return rnl_store_statement_run (statement, error);
}

static const char *
new_name (GHashTable *renamed, const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (renamed, id) : NULL;

  return name != NULL ? name : id;
}

static gboolean
write_messages (RnlStoreDb *db, RnlStoreStaged *self, GError **error)
{
  g_autoptr (GHashTable) renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *chat_id = rnl_chat_get_id (self->chat);
  const char *current;

  for (guint i = 0; i < self->rows->len; i++)
    {
      RnlStoreMessageRow *row = g_ptr_array_index (self->rows, i);

      renew_ids (db, row, renamed);
      if (!set_leaf (db, chat_id, new_name (renamed, self->parents->pdata[i]), error)
          || !rnl_store_write_whole_message (db, row, error))
        return FALSE;
    }

  current = new_name (renamed, self->current_id);
  if (current != NULL)
    {
      g_autoptr (RnlStorePlace) place = rnl_store_place_new (chat_id, current);

      return rnl_store_set_leaf (db, place, error);
    }

  return TRUE;
}

static gboolean
hide_chat (RnlStoreDb *db, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "UPDATE chats SET deleted = updated, importer = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, rnl_store_db_get_writer (db));
  rnl_store_statement_bind_text (statement, id);

  return rnl_store_statement_run (statement, error);
}

/* What an import left that did not come to its end is no chat, and makes room for the same again.
 */
static gboolean
remove_left (RnlStoreDb *db, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db,
                               "DELETE FROM chats WHERE id = ? AND deleted IS NOT NULL"
                               " AND coalesce (importer, deleter, 0) NOT IN"
                               " (SELECT key FROM writers)",
                               error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, id);

  return rnl_store_statement_run (statement, error);
}

/**
 * rnl_store_stage_chat:
 * @db: a database, outside a transaction
 * @staged: a [struct@Runnel.StoreStaged]
 * @error: return location
 *
 * Writes it where nobody sees it, unless the library has a chat with its id.
 *
 * Returns: (transfer none) (nullable): @staged, or `NULL` with @error set
 */
gpointer
rnl_store_stage_chat (RnlStoreDb *db, gpointer staged, GError **error)
{
  RnlStoreStaged *self = staged;
  const char *id = rnl_chat_get_id (self->chat);

  if (!remove_left (db, id, error))
    return NULL;
  self->known = exists (db, "SELECT 1 FROM chats WHERE id = ?", id);
  if (self->known)
    return self;
  if (!rnl_store_db_begin (db, error))
    return NULL;
  if (rnl_store_write_chat (db, self->chat, error) && hide_chat (db, id, error)
      && write_messages (db, self, error))
    return rnl_store_db_commit (db, error) ? self : NULL;

  rnl_store_db_rollback (db);

  return NULL;
}

/**
 * rnl_store_publish_staged:
 * @db: a database, outside a transaction
 * @unused: nothing
 * @error: return location
 *
 * Makes all that this process has staged seen.
 *
 * Returns: (transfer full) (nullable) (element-type RnlChat): all chats, as
 *   [func@Runnel.store_load_chats] gives them
 */
gpointer
rnl_store_publish_staged (RnlStoreDb *db, gpointer unused, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "UPDATE chats SET deleted = NULL, importer = NULL WHERE importer = ?", error);

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, rnl_store_db_get_writer (db));

  return rnl_store_statement_run (statement, error) ? rnl_store_load_chats (db, NULL, error) : NULL;
}

/**
 * rnl_store_drop_staged:
 * @db: a database, outside a transaction
 * @unused: nothing
 * @error: return location
 *
 * Deletes some of what this process has staged: others want to write, too.
 *
 * Returns: (transfer full) (nullable): how many chats, 0 when nothing is left; or `NULL` with
 * @error set
 */
gpointer
rnl_store_drop_staged (RnlStoreDb *db, gpointer unused, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "DELETE FROM chats WHERE key IN (SELECT key FROM chats WHERE importer = ? LIMIT " DROPPED ")",
    error);
  int *n;

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, rnl_store_db_get_writer (db));
  if (!rnl_store_statement_run (statement, error))
    return NULL;
  n = g_new (int, 1);
  *n = sqlite3_changes (rnl_store_db_get_handle (db));

  return n;
}
