/* rnl-store-deltas.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-deltas.h"

#include "rnl-store-messages.h"
#include "rnl-store-statement.h"

void
rnl_store_delta_free (RnlStoreDelta *self)
{
  g_free (self->part_id);
  g_free (self->text);
  g_free (self);
}

/**
 * rnl_store_batch_new:
 * @message_id: the growing message
 *
 * Returns: (transfer full): an empty batch
 */
RnlStoreBatch *
rnl_store_batch_new (const char *message_id)
{
  RnlStoreBatch *self = g_new0 (RnlStoreBatch, 1);

  self->message_id = g_strdup (message_id);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_store_part_row_free);
  self->deltas = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_store_delta_free);

  return self;
}

void
rnl_store_batch_free (RnlStoreBatch *self)
{
  g_free (self->message_id);
  g_clear_pointer (&self->message, rnl_store_message_row_free);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->deltas);
  g_free (self);
}

static gboolean
write_delta (RnlStoreDb *db, gint64 message, const RnlStoreDelta *delta, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db,
                               "INSERT INTO journal (message, part, stream, start, text)"
                               " VALUES (?, (SELECT key FROM parts WHERE id = ?), ?, ?, ?)",
                               error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, message);
  rnl_store_statement_bind_text (statement, delta->part_id);
  rnl_store_statement_bind_int (statement, delta->output ? 1 : 0);
  rnl_store_statement_bind_int (statement, (gint64) delta->start);
  rnl_store_statement_bind_bytes (statement, delta->text, delta->length);

  return rnl_store_statement_run (statement, error);
}

/**
 * rnl_store_write_batch:
 * @db: a database, in a transaction
 * @batch: a [struct@Runnel.StoreBatch]
 * @error: return location
 *
 * Its cost depends on what is new, not on how long the message is. A message that has been deleted
 * meanwhile needs no journal: that is no error.
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_write_batch (RnlStoreDb *db, gpointer batch, GError **error)
{
  RnlStoreBatch *self = batch;
  g_autoptr (GError) failure = NULL;
  gint64 message = rnl_store_find_message (db, self->message_id, &failure);

  if (g_error_matches (failure, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (message == 0)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->message != NULL && !rnl_store_write_message (db, self->message, error))
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    if (!rnl_store_write_part (db, message, g_ptr_array_index (self->parts, i), error))
      return FALSE;
  for (guint i = 0; i < self->deltas->len; i++)
    if (!write_delta (db, message, g_ptr_array_index (self->deltas, i), error))
      return FALSE;

  return TRUE;
}

/**
 * rnl_store_replay_deltas:
 * @db: a database
 * @message: a message's key
 * @parts: (element-type RnlStorePartRow): its parts as they stand in their rows; what the journal
 * holds is appended
 * @error: return location
 *
 * A delta that does not begin where the text ends so far was written before a fold; it is in the
 * text already.
 *
 * Returns: whether the journal could be read
 */
gboolean
rnl_store_replay_deltas (RnlStoreDb *db, gint64 message, GPtrArray *parts, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT p.id, j.stream, j.start, j.text FROM journal j JOIN parts p ON p.key = j.part"
    " WHERE j.message = ? ORDER BY j.key",
    error);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      RnlStorePartRow *row = g_ptr_array_index (parts, i);

      g_hash_table_insert (rows, row->id, row);
    }

  rnl_store_statement_bind_int (statement, message);
  while (rnl_store_statement_next (statement, &failure))
    {
      RnlStorePartRow *row = g_hash_table_lookup (rows, rnl_store_statement_read_text (statement));
      gboolean output = rnl_store_statement_read_int (statement) != 0;
      gsize start = (gsize) rnl_store_statement_read_int (statement);
      gsize length;
      g_autofree char *text = rnl_store_statement_dup_bytes (statement, &length);

      if (row != NULL && start == (output ? row->output_length : row->length))
        rnl_store_part_row_append (row, output, text, length);
    }
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
