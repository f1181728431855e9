/* rnl-store-chats.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-chats.h"

#include <json-glib/json-glib.h>

#include "rnl-store-statement.h"

/**
 * rnl_store_chat_snapshot:
 * @chat: a chat
 *
 * Returns: (transfer full): what is stored of it, as it is now
 */
RnlChat *
rnl_store_chat_snapshot (RnlChat *chat)
{
  RnlChat *copy = rnl_chat_new ();

  rnl_chat_set_id (copy, rnl_chat_get_id (chat));
  rnl_chat_set_title (copy, rnl_chat_get_title (chat));
  rnl_chat_set_snippet (copy, rnl_chat_get_snippet (chat));
  rnl_chat_set_model (copy, rnl_chat_get_model (chat));
  rnl_chat_set_draft (copy, rnl_chat_get_draft (chat));
  rnl_chat_set_params (copy, rnl_chat_get_params (chat));
  rnl_chat_set_place (copy, rnl_chat_get_place (chat));
  rnl_chat_set_allowed_tools (copy, rnl_chat_get_allowed_tools (chat));
  rnl_chat_set_labels (copy, rnl_chat_get_labels (chat));
  rnl_chat_set_queue (copy, rnl_chat_get_queue (chat));
  rnl_chat_set_pinned (copy, rnl_chat_get_pinned (chat));
  rnl_chat_set_created (copy, rnl_chat_get_created (chat));
  rnl_chat_set_updated (copy, rnl_chat_get_updated (chat));

  return copy;
}

/* Returns: the key of the chat, or 0 with ERROR set */
gint64
rnl_store_find_chat (RnlStoreDb *db, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT key FROM chats WHERE id = ?", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return 0;
  rnl_store_statement_bind_text (statement, id);
  if (rnl_store_statement_next (statement, &failure))
    return rnl_store_statement_read_int (statement);

  if (failure == NULL)
    failure = g_error_new (RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND, "There is no chat %s", id);
  g_propagate_error (error, g_steal_pointer (&failure));

  return 0;
}

/* The names of one kind that belong to a chat: SQL to take all of them away, to add one, to read
 * them. */
typedef struct
{
  const char *clear;
  const char *insert;
  const char *read;
} NameTable;

#define NAME_TABLE(table)                                                                          \
  {                                                                                                \
    "DELETE FROM " table " WHERE chat = ?",                                                        \
      "INSERT OR IGNORE INTO " table " (chat, name) VALUES (?, ?)",                                \
      "SELECT name FROM " table " WHERE chat = ? ORDER BY name"                                    \
  }

static const NameTable tools_table = NAME_TABLE ("chat_tools");
static const NameTable labels_table = NAME_TABLE ("chat_labels");

static gboolean
write_names (
  RnlStoreDb *db, const NameTable *table, gint64 chat, const char *const *names, GError **error)
{
  g_autoptr (RnlStoreStatement) clear = rnl_store_statement_get (db, table->clear, error);
  g_autoptr (RnlStoreStatement) insert = rnl_store_statement_get (db, table->insert, error);

  if (clear == NULL || insert == NULL)
    return FALSE;
  rnl_store_statement_bind_int (clear, chat);
  if (!rnl_store_statement_run (clear, error))
    return FALSE;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      rnl_store_statement_bind_int (insert, chat);
      rnl_store_statement_bind_text (insert, names[i]);
      if (!rnl_store_statement_run (insert, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): the texts as a JSON array, NULL for none */
static char *
queue_to_json (const char *const *texts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (texts[0] == NULL)
    return NULL;
  json_builder_begin_array (builder);
  for (; *texts != NULL; texts++)
    json_builder_add_string_value (builder, *texts);
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return json_to_string (node, FALSE);
}

static void
read_queue (RnlChat *chat, const char *json)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *text = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (text) && json_node_get_value_type (text) == G_TYPE_STRING)
        g_strv_builder_add (texts, json_node_get_string (text));
    }
  strv = g_strv_builder_end (texts);
  rnl_chat_set_queue (chat, (const char *const *) strv);
}

/**
 * rnl_store_write_chat:
 * @db: a database, in a transaction
 * @chat: a [class@Runnel.Chat] that nobody else holds
 * @error: return location
 *
 * Adds the chat or changes it.
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_write_chat (RnlStoreDb *db, gpointer chat, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "INSERT INTO chats (id, title, snippet, model, draft, params, place, pinned, queue, created,"
    " updated) VALUES (?, coalesce (?, ''), coalesce (?, ''), ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET title = excluded.title, snippet = excluded.snippet,"
    " model = excluded.model, draft = excluded.draft, params = excluded.params,"
    " place = excluded.place, pinned = excluded.pinned, queue = excluded.queue,"
    " created = excluded.created,"
    " updated = excluded.updated",
    error);
  g_autofree char *queue = queue_to_json (rnl_chat_get_queue (chat));
  gint64 key;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, rnl_chat_get_id (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_title (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_snippet (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_model (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_draft (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_params (chat));
  rnl_store_statement_bind_text (statement, rnl_chat_get_place (chat));
  rnl_store_statement_bind_int (statement, rnl_chat_get_pinned (chat));
  rnl_store_statement_bind_text (statement, queue);
  rnl_store_statement_bind_int (statement, rnl_chat_get_created (chat));
  rnl_store_statement_bind_int (statement, rnl_chat_get_updated (chat));
  if (!rnl_store_statement_run (statement, error))
    return FALSE;

  key = rnl_store_find_chat (db, rnl_chat_get_id (chat), error);

  return key != 0 && write_names (db, &tools_table, key, rnl_chat_get_allowed_tools (chat), error)
         && write_names (db, &labels_table, key, rnl_chat_get_labels (chat), error);
}

/**
 * rnl_store_touch_new:
 * @chat: a chat
 *
 * Returns: (transfer full): what changes of it with every message, as it is now
 */
RnlStoreTouch *
rnl_store_touch_new (RnlChat *chat)
{
  RnlStoreTouch *self = g_new0 (RnlStoreTouch, 1);

  self->chat_id = g_strdup (rnl_chat_get_id (chat));
  self->snippet = g_strdup (rnl_chat_get_snippet (chat));
  self->updated = rnl_chat_get_updated (chat);

  return self;
}

void
rnl_store_touch_free (RnlStoreTouch *self)
{
  g_free (self->chat_id);
  g_free (self->snippet);
  g_free (self);
}

/**
 * rnl_store_touch_chat:
 * @db: a database, in a transaction
 * @touch: a [struct@Runnel.StoreTouch]
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_touch_chat (RnlStoreDb *db, gpointer touch, GError **error)
{
  const RnlStoreTouch *self = touch;
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "UPDATE chats SET snippet = ?, updated = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, self->snippet);
  rnl_store_statement_bind_int (statement, self->updated);
  rnl_store_statement_bind_text (statement, self->chat_id);

  return rnl_store_statement_run (statement, error);
}

/* Deleting is a mark that can be taken back; see rnl_store_purge_own. */
gboolean
rnl_store_delete_chat (RnlStoreDb *db, gpointer chat_id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "UPDATE chats SET deleted = ?, deleter = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, g_get_real_time ());
  rnl_store_statement_bind_int (statement, rnl_store_db_get_writer (db));
  rnl_store_statement_bind_text (statement, chat_id);

  return rnl_store_statement_run (statement, error);
}

gboolean
rnl_store_undelete_chat (RnlStoreDb *db, gpointer chat_id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "UPDATE chats SET deleted = NULL, deleter = NULL WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, chat_id);

  return rnl_store_statement_run (statement, error);
}

/* Deletes for good what this process has deleted: another one may still offer to undo its own. */
gboolean
rnl_store_purge_own (RnlStoreDb *db, gpointer unused, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db, "DELETE FROM chats WHERE deleted IS NOT NULL AND deleter = ?", error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, rnl_store_db_get_writer (db));

  return rnl_store_statement_run (statement, error);
}

/* Returns: (transfer full) (nullable): names, or NULL with ERROR set */
static GStrv
read_names (RnlStoreDb *db, const NameTable *table, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, table->read, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, key);
  while (rnl_store_statement_next (statement, &failure))
    g_strv_builder_add (builder, rnl_store_statement_read_text (statement));
  if (failure == NULL)
    return g_strv_builder_end (builder);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static gboolean
read_all_names (RnlStoreDb *db, gint64 key, RnlChat *chat, GError **error)
{
  g_auto (GStrv) tools = read_names (db, &tools_table, key, error);
  g_auto (GStrv) labels = tools != NULL ? read_names (db, &labels_table, key, error) : NULL;

  if (labels == NULL)
    return FALSE;
  rnl_chat_set_allowed_tools (chat, (const char *const *) tools);
  rnl_chat_set_labels (chat, (const char *const *) labels);

  return TRUE;
}

static RnlChat *
read_chat (RnlStoreStatement *statement)
{
  RnlChat *chat = rnl_chat_new ();

  rnl_chat_set_id (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_title (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_snippet (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_model (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_draft (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_params (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_place (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_pinned (chat, rnl_store_statement_read_int (statement) != 0);
  read_queue (chat, rnl_store_statement_read_text (statement));
  rnl_chat_set_created (chat, rnl_store_statement_read_int (statement));
  rnl_chat_set_updated (chat, rnl_store_statement_read_int (statement));

  return chat;
}

/**
 * rnl_store_load_chats:
 * @db: a database
 * @unused: nothing
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlChat): new objects that nobody shares,
 *   newest first, or `NULL` with @error set
 */
gpointer
rnl_store_load_chats (RnlStoreDb *db, gpointer unused, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT key, id, title, snippet, model, draft, params, place, pinned, queue, created, updated"
    " FROM chats WHERE deleted IS NULL ORDER BY updated DESC, key DESC",
    error);
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  while (failure == NULL && rnl_store_statement_next (statement, &failure))
    {
      gint64 key = rnl_store_statement_read_int (statement);
      RnlChat *chat = read_chat (statement);

      g_ptr_array_add (chats, chat);
      read_all_names (db, key, chat, &failure);
    }
  if (failure == NULL)
    return g_steal_pointer (&chats);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}
