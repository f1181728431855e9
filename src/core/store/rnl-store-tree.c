/* rnl-store-tree.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-tree.h"

#include "rnl-store-chats.h"
#include "rnl-store-messages.h"
#include "rnl-store-statement.h"
#include "rnl-text.h"

/* A message at its place: what it follows (0: nothing), which of those with its parent it is, and
 * how many they are. */
typedef struct
{
  gint64 key;
  gint64 parent;
  guint version;
  guint n_versions;
} Step;

#define SELECT_STEPS " SELECT key, parent," RNL_STORE_VERSION_COLUMNS " FROM way ORDER BY key DESC"

/**
 * rnl_store_place_new:
 * @chat_id: a chat
 * @message_id: (nullable): one of its messages
 *
 * Returns: (transfer full): a place
 */
RnlStorePlace *
rnl_store_place_new (const char *chat_id, const char *message_id)
{
  RnlStorePlace *self = g_new0 (RnlStorePlace, 1);

  self->chat_id = g_strdup (chat_id);
  self->message_id = g_strdup (message_id);

  return self;
}

void
rnl_store_place_free (RnlStorePlace *self)
{
  g_free (self->chat_id);
  g_free (self->message_id);
  g_free (self->copy_id);
  g_free (self);
}

/* The first number STATEMENT answers with, 0 when there is none. */
static gboolean
read_key (RnlStoreStatement *statement, gint64 *key, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *key = 0;
  if (rnl_store_statement_next (statement, &failure))
    *key = rnl_store_statement_read_int (statement);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* As read_key, of SQL with one parameter. */
static gboolean
find_key (RnlStoreDb *db, const char *sql, gint64 parameter, gint64 *key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, parameter);

  return read_key (statement, key, error);
}

static GArray *
read_steps (RnlStoreStatement *statement, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr (GError) failure = NULL;

  while (rnl_store_statement_next (statement, &failure))
    {
      Step step = { 0 };

      step.key = rnl_store_statement_read_int (statement);
      step.parent = rnl_store_statement_read_int (statement);
      step.version = (guint) rnl_store_statement_read_int (statement);
      step.n_versions = (guint) rnl_store_statement_read_int (statement);
      g_array_append_val (steps, step);
    }
  if (failure == NULL)
    return g_steal_pointer (&steps);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* From the message END back to START, or to the first one when START is 0: at most LIMIT.
 *
 * Returns: (transfer full) (nullable) (element-type Step): newest first */
static GArray *
list_path (RnlStoreDb *db, gint64 start, gint64 end, guint limit, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "WITH RECURSIVE way (key, parent, chat) AS ("
    " SELECT key, parent, chat FROM messages WHERE key = ?"
    " UNION ALL SELECT m.key, m.parent, m.chat FROM way JOIN messages m ON m.key = way.parent"
    " WHERE m.key >= ? LIMIT ?)" SELECT_STEPS,
    error);

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, end);
  rnl_store_statement_bind_int (statement, start);
  rnl_store_statement_bind_int (statement, limit);

  return read_steps (statement, error);
}

/* Says what MESSAGE follows: most often what was read just before it. */
static gboolean
set_parent (RnlStoreDb *db,
            const Step *step,
            const Step *before,
            RnlMessage *message,
            RnlMessage *message_before,
            GError **error)
{
  g_autoptr (RnlStoreStatement) statement = NULL;

  if (step->parent == 0)
    return TRUE;
  if (before != NULL && before->key == step->parent)
    {
      rnl_message_set_parent_id (message, rnl_message_get_id (message_before));
      return TRUE;
    }

  statement = rnl_store_statement_get (db, "SELECT id FROM messages WHERE key = ?", error);
  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, step->parent);
  if (!rnl_store_statement_next (statement, error))
    return FALSE;
  rnl_message_set_parent_id (message, rnl_store_statement_read_text (statement));

  return TRUE;
}

/* Returns: (transfer full) (nullable) (element-type RnlMessage): oldest first */
static GPtrArray *
load_steps (RnlStoreDb *db, GArray *steps, GError **error)
{
  const Step *before = NULL;
  RnlMessage *message_before = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = steps->len; i > 0; i--)
    {
      const Step *step = &g_array_index (steps, Step, i - 1);
      g_autoptr (RnlStoreMessageRow) row = rnl_store_load_message (db, step->key, error);
      RnlMessage *message;

      if (row == NULL)
        return NULL;
      message = rnl_store_message_row_to_message (row);
      g_ptr_array_add (messages, message);
      rnl_message_set_versions (message, step->version, step->n_versions);
      if (!set_parent (db, step, before, message, message_before, error))
        return NULL;
      before = step;
      message_before = message;
    }

  return g_steal_pointer (&messages);
}

/**
 * rnl_store_find_end:
 * @db: a database
 * @place: a message, or the end of what the chat shows
 * @end: (out): the key of what stands before it, 0 when nothing does
 * @error: return location
 *
 * Returns: whether there is such a place
 */
gboolean
rnl_store_find_end (RnlStoreDb *db, const RnlStorePlace *place, gint64 *end, GError **error)
{
  gint64 key;

  if (place->message_id == NULL)
    return (key = rnl_store_find_chat (db, place->chat_id, error)) != 0
           && find_key (db, "SELECT leaf FROM chats WHERE key = ?", key, end, error);

  return (key = rnl_store_find_message (db, place->message_id, error)) != 0
         && find_key (db, "SELECT parent FROM messages WHERE key = ?", key, end, error);
}

/**
 * rnl_store_load_messages:
 * @db: a database
 * @place: a [struct@Runnel.StorePlace]: a message, or the end of what the chat shows
 * @error: return location
 *
 * Reads what leads there, `limit` messages at most, the newest of them.
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): new objects that nobody shares,
 *   oldest first, or `NULL` with @error set
 */
gpointer
rnl_store_load_messages (RnlStoreDb *db, gpointer place, GError **error)
{
  const RnlStorePlace *self = place;
  g_autoptr (GArray) steps = NULL;
  gint64 end;

  if (!rnl_store_find_end (db, self, &end, error))
    return NULL;
  steps = list_path (db, 0, end, self->limit, error);

  return steps != NULL ? load_steps (db, steps, error) : NULL;
}

/* Returns: the key of the place, or 0 with ERROR set */
static gint64
find_version (RnlStoreDb *db, const RnlStorePlace *place, GError **error)
{
  gint64 key = rnl_store_find_message (db, place->message_id, error);
  g_autoptr (RnlStoreStatement) statement = NULL;

  if (key == 0 || place->version == 0)
    return key;

  statement = rnl_store_statement_get (db,
                                       "SELECT s.key FROM messages m, messages s WHERE m.key = ?"
                                       " AND s.parent IS m.parent AND s.chat = m.chat"
                                       " ORDER BY s.key LIMIT 1 OFFSET ?",
                                       error);
  if (statement == NULL)
    return 0;
  rnl_store_statement_bind_int (statement, key);
  rnl_store_statement_bind_int (statement, (gint64) place->version - 1);
  if (!read_key (statement, &key, error))
    return 0;
  if (key == 0)
    g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND,
                 "There is no version %u of the message %s", place->version, place->message_id);

  return key;
}

/**
 * rnl_store_load_version:
 * @db: a database
 * @place: a [struct@Runnel.StorePlace]
 * @error: return location
 *
 * Reads a version and what followed it when it was shown last.
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): that version, and on to its leaf
 */
gpointer
rnl_store_load_version (RnlStoreDb *db, gpointer place, GError **error)
{
  g_autoptr (GArray) steps = NULL;
  gint64 start = find_version (db, place, error);
  gint64 leaf;

  if (start == 0
      || !find_key (db,
                    "WITH RECURSIVE down (key) AS (SELECT ? UNION ALL"
                    " SELECT coalesce (m.chosen,"
                    "   (SELECT max (c.key) FROM messages c WHERE c.parent = m.key))"
                    " FROM down JOIN messages m ON m.key = down.key)"
                    " SELECT max (key) FROM down",
                    start, &leaf, error))
    return NULL;
  steps = list_path (db, start, leaf, G_MAXUINT, error);

  return steps != NULL ? load_steps (db, steps, error) : NULL;
}

/**
 * rnl_store_load_all:
 * @db: a database
 * @place: a [struct@Runnel.StorePlace]: only its chat counts
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): every message of the chat in all
 *   versions, in the order they were made
 */
gpointer
rnl_store_load_all (RnlStoreDb *db, gpointer place, GError **error)
{
  const RnlStorePlace *self = place;
  gint64 chat = rnl_store_find_chat (db, self->chat_id, error);
  g_autoptr (GArray) steps = NULL;
  g_autoptr (RnlStoreStatement) statement = NULL;

  if (chat == 0)
    return NULL;
  statement = rnl_store_statement_get (
    db,
    "WITH way (key, parent, chat) AS (SELECT key, parent, chat FROM messages"
    " WHERE chat = ?)" SELECT_STEPS,
    error);
  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, chat);
  steps = read_steps (statement, error);

  return steps != NULL ? load_steps (db, steps, error) : NULL;
}

/* On the way to LEAF each message says where it goes on, unless it goes on with the newest. */
static gboolean
choose_path (RnlStoreDb *db, gint64 leaf, GError **error)
{
  g_autoptr (GArray) steps = list_path (db, 0, leaf, G_MAXUINT, error);
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "UPDATE messages SET chosen = ?1 WHERE key = (SELECT parent FROM messages WHERE key = ?1)"
    " AND chosen IS NOT ?1 AND (chosen IS NOT NULL"
    "   OR ?1 <> (SELECT max (c.key) FROM messages c WHERE c.parent = messages.key))",
    error);

  if (steps == NULL || statement == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (step->n_versions == 1)
        continue;
      rnl_store_statement_bind_int (statement, step->key);
      if (!rnl_store_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * rnl_store_set_leaf:
 * @db: a database, in a transaction
 * @place: a [struct@Runnel.StorePlace]: the last message the chat shows from now on
 * @error: return location
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_store_set_leaf (RnlStoreDb *db, gpointer place, GError **error)
{
  const RnlStorePlace *self = place;
  gint64 leaf = rnl_store_find_message (db, self->message_id, error);
  g_autoptr (RnlStoreStatement) statement
    = leaf != 0 ? rnl_store_statement_get (db, "UPDATE chats SET leaf = ? WHERE id = ?", error)
                : NULL;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, leaf);
  rnl_store_statement_bind_text (statement, self->chat_id);

  return rnl_store_statement_run (statement, error) && choose_path (db, leaf, error);
}

/**
 * rnl_store_delete_message:
 * @db: a database, in a transaction
 * @place: a [struct@Runnel.StorePlace]: a message
 * @error: return location
 *
 * Deletes the message when nothing follows it.
 *
 * Returns: whether it succeeded; also when there is nothing to delete
 */
gboolean
rnl_store_delete_message (RnlStoreDb *db, gpointer place, GError **error)
{
  const RnlStorePlace *self = place;
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "DELETE FROM messages WHERE id = ?"
    " AND NOT EXISTS (SELECT 1 FROM messages c WHERE c.parent = messages.key)",
    error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, self->message_id);

  return rnl_store_statement_run (statement, error);
}

/* The same words under ids of their own. What still grows is copied as it is, and ends there. */
static void
make_copy (RnlStoreMessageRow *row, const char *chat_id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  rnl_set_str (&row->chat_id, chat_id);
  g_free (row->id);
  row->id = rnl_uuid_new ();
  if (row->state == RNL_MESSAGE_STREAMING)
    rnl_store_message_row_end (row, RNL_MESSAGE_STOPPED, RNL_FINISH_CANCELLED);
  for (guint i = 0; i < row->parts->len; i++)
    {
      RnlStorePartRow *part = g_ptr_array_index (row->parts, i);
      char *id = rnl_uuid_new ();

      g_hash_table_insert (ids, part->id, id);
      part->id = id;
    }
  for (guint i = 0; i < row->parts->len; i++)
    {
      RnlStorePartRow *part = g_ptr_array_index (row->parts, i);

      if (part->parent_id != NULL)
        rnl_set_str (&part->parent_id, g_hash_table_lookup (ids, part->parent_id));
    }
}

/**
 * rnl_store_copy_path:
 * @db: a database, in a transaction
 * @place: a [struct@Runnel.StorePlace]: the last message to copy, and the chat to copy to
 * @error: return location
 *
 * Copies a message and all that leads to it to the end of another chat.
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_store_copy_path (RnlStoreDb *db, gpointer place, GError **error)
{
  const RnlStorePlace *self = place;
  gint64 end = rnl_store_find_message (db, self->message_id, error);
  g_autoptr (GArray) steps = end != 0 ? list_path (db, 0, end, G_MAXUINT, error) : NULL;

  if (steps == NULL)
    return FALSE;
  for (guint i = steps->len; i > 0; i--)
    {
      g_autoptr (RnlStoreMessageRow) row
        = rnl_store_load_message (db, g_array_index (steps, Step, i - 1).key, error);

      if (row == NULL)
        return FALSE;
      make_copy (row, self->copy_id);
      if (!rnl_store_write_whole_message (db, row, error))
        return FALSE;
    }

  return TRUE;
}
