/* rnl-store-outline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-outline.h"

#include "rnl-message-outline.h"
#include "rnl-store-messages.h"
#include "rnl-store-statement.h"
#include "rnl-store-tree.h"

/* Messages that grow, and those with notes on what is sent to a model, are read as a whole: what
 * is asked of them is asked without waiting. */
#define SELECT_OUTLINE                                                                             \
  "WITH RECURSIVE way (key, parent, chat) AS ("                                                    \
  " SELECT key, parent, chat FROM messages WHERE key = ?"                                          \
  " UNION ALL SELECT m.key, m.parent, m.chat FROM way JOIN messages m ON m.key = way.parent)"      \
  " SELECT way.key, m.id, m.role, m.created," RNL_STORE_VERSION_COLUMNS ","                        \
  " (SELECT total (length (CAST (p.text AS BLOB))) FROM parts p"                                   \
  "   WHERE p.message = way.key AND p.type = ?),"                                                  \
  " m.state = ? OR EXISTS (SELECT 1 FROM parts p WHERE p.message = way.key AND p.type = ?)"        \
  " FROM way JOIN messages m ON m.key = way.key ORDER BY way.key"

static RnlMessage *
load_whole (RnlStoreDb *db, gint64 key, GError **error)
{
  g_autoptr (RnlStoreMessageRow) row = rnl_store_load_message (db, key, error);

  return row != NULL ? rnl_store_message_row_to_message (row) : NULL;
}

/* The message of the row STATEMENT stands at: it follows BEFORE. */
static RnlMessage *
read_outline (RnlStoreDb *db, RnlStoreStatement *statement, RnlMessage *before, GError **error)
{
  gint64 key = rnl_store_statement_read_int (statement);
  g_autofree char *id = rnl_store_statement_dup_text (statement);
  RnlRole role = (RnlRole) rnl_store_statement_read_int (statement);
  gint64 created = rnl_store_statement_read_int (statement);
  guint version = (guint) rnl_store_statement_read_int (statement);
  guint n_versions = (guint) rnl_store_statement_read_int (statement);
  gsize length = (gsize) rnl_store_statement_read_int (statement);
  gboolean whole = rnl_store_statement_read_int (statement) != 0;
  RnlMessage *message
    = whole ? load_whole (db, key, error) : rnl_message_new_outline (role, id, length);

  if (message == NULL)
    return NULL;
  rnl_message_set_created (message, created);
  rnl_message_set_versions (message, version, n_versions);
  if (before != NULL)
    rnl_message_set_parent_id (message, rnl_message_get_id (before));

  return message;
}

/**
 * rnl_store_load_outline:
 * @db: a database
 * @place: a [struct@Runnel.StorePlace]: a message, or the end of what the chat shows
 * @error: return location
 *
 * Reads what leads there, without the content.
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): new objects that nobody shares,
 *   most of them outlines, oldest first, or `NULL` with @error set
 */
gpointer
rnl_store_load_outline (RnlStoreDb *db, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RnlStoreStatement) statement = NULL;
  g_autoptr (GError) failure = NULL;
  RnlMessage *before = NULL;
  gint64 end;

  if (!rnl_store_find_end (db, place, &end, error)
      || (statement = rnl_store_statement_get (db, SELECT_OUTLINE, error)) == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, end);
  rnl_store_statement_bind_int (statement, RNL_PART_TEXT);
  rnl_store_statement_bind_int (statement, RNL_MESSAGE_STREAMING);
  rnl_store_statement_bind_int (statement, RNL_PART_OPAQUE);
  while (failure == NULL && rnl_store_statement_next (statement, &failure))
    {
      before = read_outline (db, statement, before, &failure);
      if (before != NULL)
        g_ptr_array_add (messages, before);
    }
  if (failure == NULL)
    return g_steal_pointer (&messages);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/**
 * rnl_store_load_some:
 * @db: a database
 * @ids: (element-type utf8): a `GPtrArray` of ids of messages
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): those messages, new objects that
 *   nobody shares, or `NULL` with @error set
 */
gpointer
rnl_store_load_some (RnlStoreDb *db, gpointer ids, GError **error)
{
  GPtrArray *wanted = ids;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < wanted->len; i++)
    {
      gint64 key = rnl_store_find_message (db, g_ptr_array_index (wanted, i), error);
      RnlMessage *message = key != 0 ? load_whole (db, key, error) : NULL;

      if (message == NULL)
        return NULL;
      g_ptr_array_add (messages, message);
    }

  return g_steal_pointer (&messages);
}
