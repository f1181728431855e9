/* rnl-store-messages.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-messages.h"

#include "rnl-provider-error.h"
#include "rnl-store-attachments.h"
#include "rnl-store-chats.h"
#include "rnl-store-deltas.h"
#include "rnl-store-statement.h"

#define PART_FIELDS                                                                                \
  "message, parent, position, type, step, complete, title, started, duration, call_id, name,"      \
  " state, result, extra"
#define PART_VALUES "?, ?, (SELECT key FROM parts WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
#define PART_UPDATES                                                                               \
  " ON CONFLICT (id) DO UPDATE SET position = excluded.position, complete = excluded.complete,"    \
  " title = excluded.title, started = excluded.started, duration = excluded.duration,"             \
  " call_id = excluded.call_id, name = excluded.name, state = excluded.state,"                     \
  " result = excluded.result, extra = excluded.extra"

/* A version of a message follows what that one follows; what is new follows the end of the chat. */
#define PARENT                                                                                     \
  "CASE WHEN EXISTS (SELECT 1 FROM messages WHERE id = ?)"                                         \
  " THEN (SELECT parent FROM messages WHERE id = ?)"                                               \
  " ELSE (SELECT leaf FROM chats WHERE key = ?) END"

/* Returns: the key of the message, or 0 with ERROR set */
gint64
rnl_store_find_message (RnlStoreDb *db, const char *id, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT key FROM messages WHERE id = ?", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return 0;
  rnl_store_statement_bind_text (statement, id);
  if (rnl_store_statement_next (statement, &failure))
    return rnl_store_statement_read_int (statement);

  if (failure == NULL)
    failure
      = g_error_new (RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND, "There is no message %s", id);
  g_propagate_error (error, g_steal_pointer (&failure));

  return 0;
}

static void
bind_error (RnlStoreStatement *statement, const GError *error)
{
  const RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);

  rnl_store_statement_bind_text (statement,
                                 error != NULL ? g_quark_to_string (error->domain) : NULL);
  rnl_store_statement_bind_int (statement, error != NULL ? error->code : 0);
  rnl_store_statement_bind_text (statement, rnl_provider_error_nick (error));
  rnl_store_statement_bind_text (statement, error != NULL ? error->message : NULL);
  rnl_store_statement_bind_int (statement, details != NULL ? details->status : 0);
  rnl_store_statement_bind_int (statement, details != NULL ? details->retry_after_ms : -1);
  rnl_store_statement_bind_text (statement, details != NULL ? details->request_id : NULL);
  rnl_store_statement_bind_text (statement, details != NULL ? details->code : NULL);
  rnl_store_statement_bind_text (statement, details != NULL ? details->body : NULL);
}

static GError *
read_error (RnlStoreStatement *statement)
{
  GQuark provider = RNL_PROVIDER_ERROR;
  g_autofree char *domain = rnl_store_statement_dup_text (statement);
  gint code = (gint) rnl_store_statement_read_int (statement);
  g_autofree char *nick = rnl_store_statement_dup_text (statement);
  g_autofree char *message = rnl_store_statement_dup_text (statement);
  RnlProviderErrorDetails *details;
  GError *error;

  if (domain == NULL || domain[0] == '\0')
    return NULL;

  /* The word outlives a renumbering. */
  if (nick != NULL && g_str_equal (domain, g_quark_to_string (provider))
      && !rnl_enum_from_nick (RNL_TYPE_PROVIDER_ERROR, nick, &code))
    code = RNL_PROVIDER_ERROR_FAILED;
  error = g_error_new_literal (g_quark_from_string (domain), code, message != NULL ? message : "");
  details = rnl_provider_error_get_details (error);
  if (details != NULL)
    {
      details->status = (guint) rnl_store_statement_read_int (statement);
      details->retry_after_ms = rnl_store_statement_read_int (statement);
      details->request_id = rnl_store_statement_dup_text (statement);
      details->code = rnl_store_statement_dup_text (statement);
      details->body = rnl_store_statement_dup_text (statement);
    }

  return error;
}

static void
bind_message (RnlStoreStatement *statement, const RnlStoreMessageRow *row)
{
  rnl_store_statement_bind_int (statement, row->role);
  rnl_store_statement_bind_int (statement, row->state);
  rnl_store_statement_bind_int (statement, row->finish_reason);
  rnl_store_statement_bind_text (statement, row->raw_finish_reason);
  rnl_store_statement_bind_text (statement, row->model);
  rnl_store_statement_bind_int (statement, row->created);
  rnl_store_statement_bind_int (statement, row->first_token);
  rnl_store_statement_bind_int (statement, row->duration);
  rnl_store_statement_bind_int (statement, row->usage.input);
  rnl_store_statement_bind_int (statement, row->usage.output);
  rnl_store_statement_bind_int (statement, row->usage.total);
  rnl_store_statement_bind_int (statement, row->usage.cached_input);
  rnl_store_statement_bind_int (statement, row->usage.cache_write);
  rnl_store_statement_bind_int (statement, row->usage.reasoning);
  bind_error (statement, row->error);
}

/**
 * rnl_store_write_message:
 * @db: a database
 * @row: a message
 * @error: return location
 *
 * Adds the message's own row or changes it; its parts are left alone. A new one is the end of what
 * the chat shows.
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_write_message (RnlStoreDb *db, const RnlStoreMessageRow *row, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "INSERT INTO messages (id, chat, role, state, finish_reason, raw_finish_reason, model, created,"
    " first_token, duration, usage_input, usage_output, usage_total, usage_cached_input,"
    " usage_cache_write, usage_reasoning, error_domain, error_code, error_nick, error_message,"
    " error_status, error_retry_after, error_request_id, error_server_code, error_body, writer,"
    " parent)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " PARENT
    ")"
    " ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
    " finish_reason = excluded.finish_reason, raw_finish_reason = excluded.raw_finish_reason,"
    " model = excluded.model, created = excluded.created, first_token = excluded.first_token,"
    " duration = excluded.duration, usage_input = excluded.usage_input,"
    " usage_output = excluded.usage_output, usage_total = excluded.usage_total,"
    " usage_cached_input = excluded.usage_cached_input,"
    " usage_cache_write = excluded.usage_cache_write, usage_reasoning = excluded.usage_reasoning,"
    " error_domain = excluded.error_domain, error_code = excluded.error_code,"
    " error_nick = excluded.error_nick, error_message = excluded.error_message,"
    " error_status = excluded.error_status, error_retry_after = excluded.error_retry_after,"
    " error_request_id = excluded.error_request_id,"
    " error_server_code = excluded.error_server_code, error_body = excluded.error_body,"
    " writer = excluded.writer",
    error);
  gint64 chat;

  if (statement == NULL || (chat = rnl_store_find_chat (db, row->chat_id, error)) == 0)
    return FALSE;
  rnl_store_statement_bind_text (statement, row->id);
  rnl_store_statement_bind_int (statement, chat);
  bind_message (statement, row);
  rnl_store_statement_bind_key (
    statement, row->state == RNL_MESSAGE_STREAMING ? rnl_store_db_get_writer (db) : 0);
  rnl_store_statement_bind_text (statement, row->replaced_id);
  rnl_store_statement_bind_text (statement, row->replaced_id);
  rnl_store_statement_bind_int (statement, chat);

  return rnl_store_statement_run (statement, error);
}

/**
 * rnl_store_write_part:
 * @db: a database
 * @message: its message's key
 * @row: a part
 * @error: return location
 *
 * Adds the part or changes it. A row without text leaves the text and the output alone.
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_write_part (RnlStoreDb *db, gint64 message, const RnlStorePartRow *row, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    row->has_text ? "INSERT INTO parts (id, " PART_FIELDS ", text, output) VALUES (" PART_VALUES
                    ", ?, ?)" PART_UPDATES ", text = excluded.text, output = excluded.output"
                  : "INSERT INTO parts (id, " PART_FIELDS ") VALUES (" PART_VALUES ")" PART_UPDATES,
    error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_text (statement, row->id);
  rnl_store_statement_bind_int (statement, message);
  rnl_store_statement_bind_text (statement, row->parent_id);
  rnl_store_statement_bind_int (statement, row->position);
  rnl_store_statement_bind_int (statement, row->type);
  rnl_store_statement_bind_int (statement, row->step);
  rnl_store_statement_bind_int (statement, row->complete);
  rnl_store_statement_bind_text (statement, row->title);
  rnl_store_statement_bind_int (statement, row->started);
  rnl_store_statement_bind_int (statement, row->duration);
  rnl_store_statement_bind_text (statement, row->call_id);
  rnl_store_statement_bind_text (statement, row->name);
  rnl_store_statement_bind_int (statement, row->state);
  rnl_store_statement_bind_text (statement, row->result);
  rnl_store_statement_bind_text (statement, row->extra);
  if (row->has_text)
    {
      gboolean aside = rnl_store_attachment_put (db, row);

      rnl_store_statement_bind_bytes (statement, row->text, aside ? 0 : row->length);
      rnl_store_statement_bind_bytes (statement, row->output, row->output_length);
    }

  return rnl_store_statement_run (statement, error);
}

/* Runs SQL, which has one parameter, a key. */
static gboolean
run_with_key (RnlStoreDb *db, const char *sql, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, key);

  return rnl_store_statement_run (statement, error);
}

/* Drops the parts that are on disk and not in ROW. */
static gboolean
delete_other_parts (RnlStoreDb *db, gint64 message, const RnlStoreMessageRow *row, GError **error)
{
  g_autoptr (RnlStoreStatement) statement
    = rnl_store_statement_get (db, "SELECT key, id FROM parts WHERE message = ?", error);
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < row->parts->len; i++)
    g_hash_table_add (kept, ((RnlStorePartRow *) g_ptr_array_index (row->parts, i))->id);

  rnl_store_statement_bind_int (statement, message);
  while (rnl_store_statement_next (statement, &failure))
    {
      gint64 key = rnl_store_statement_read_int (statement);

      if (!g_hash_table_contains (kept, rnl_store_statement_read_text (statement)))
        g_array_append_val (gone, key);
    }
  for (guint i = 0; failure == NULL && i < gone->len; i++)
    run_with_key (db, "DELETE FROM parts WHERE key = ?", g_array_index (gone, gint64, i), &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * rnl_store_write_whole_message:
 * @db: a database, in a transaction
 * @message_row: a [struct@Runnel.MessageRow] with all its parts
 * @error: return location
 *
 * Makes what is on disk equal to the row; what the journal holds of the message goes.
 *
 * Returns: whether it was written
 */
gboolean
rnl_store_write_whole_message (RnlStoreDb *db, gpointer message_row, GError **error)
{
  const RnlStoreMessageRow *row = message_row;
  gint64 message;

  if (!rnl_store_write_message (db, row, error))
    return FALSE;
  message = rnl_store_find_message (db, row->id, error);
  if (message == 0 || !delete_other_parts (db, message, row, error))
    return FALSE;
  for (guint i = 0; i < row->parts->len; i++)
    if (!rnl_store_write_part (db, message, g_ptr_array_index (row->parts, i), error))
      return FALSE;

  return run_with_key (db, "DELETE FROM journal WHERE message = ?", message, error);
}

static RnlStorePartRow *
read_part (RnlStoreStatement *statement)
{
  RnlStorePartRow *row = g_new0 (RnlStorePartRow, 1);

  row->id = rnl_store_statement_dup_text (statement);
  row->parent_id = rnl_store_statement_dup_text (statement);
  row->position = (guint) rnl_store_statement_read_int (statement);
  row->type = (RnlPartType) rnl_store_statement_read_int (statement);
  row->step = (guint) rnl_store_statement_read_int (statement);
  row->complete = rnl_store_statement_read_int (statement) != 0;
  row->title = rnl_store_statement_dup_text (statement);
  row->started = rnl_store_statement_read_int (statement);
  row->duration = rnl_store_statement_read_int (statement);
  row->call_id = rnl_store_statement_dup_text (statement);
  row->name = rnl_store_statement_dup_text (statement);
  row->state = (RnlToolState) rnl_store_statement_read_int (statement);
  row->result = rnl_store_statement_dup_text (statement);
  row->extra = rnl_store_statement_dup_text (statement);
  row->has_text = TRUE;
  row->text = rnl_store_statement_dup_bytes (statement, &row->length);
  row->output = rnl_store_statement_dup_bytes (statement, &row->output_length);

  return row;
}

static gboolean
read_parts (RnlStoreDb *db, gint64 message, GPtrArray *rows, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT p.id, (SELECT id FROM parts WHERE key = p.parent), p.position, p.type, p.step,"
    " p.complete, p.title, p.started, p.duration, p.call_id, p.name, p.state, p.result, p.extra, "
    "p.text,"
    " p.output FROM parts p WHERE p.message = ? ORDER BY p.position, p.key",
    error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  rnl_store_statement_bind_int (statement, message);
  while (rnl_store_statement_next (statement, &failure))
    g_ptr_array_add (rows, read_part (statement));
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static RnlStoreMessageRow *
read_message (RnlStoreStatement *statement)
{
  RnlStoreMessageRow *row = g_new0 (RnlStoreMessageRow, 1);

  row->id = rnl_store_statement_dup_text (statement);
  row->chat_id = rnl_store_statement_dup_text (statement);
  row->role = (RnlRole) rnl_store_statement_read_int (statement);
  row->state = (RnlMessageState) rnl_store_statement_read_int (statement);
  row->finish_reason = (RnlFinishReason) rnl_store_statement_read_int (statement);
  row->raw_finish_reason = rnl_store_statement_dup_text (statement);
  row->model = rnl_store_statement_dup_text (statement);
  row->created = rnl_store_statement_read_int (statement);
  row->first_token = rnl_store_statement_read_int (statement);
  row->duration = rnl_store_statement_read_int (statement);
  row->usage.input = rnl_store_statement_read_int (statement);
  row->usage.output = rnl_store_statement_read_int (statement);
  row->usage.total = rnl_store_statement_read_int (statement);
  row->usage.cached_input = rnl_store_statement_read_int (statement);
  row->usage.cache_write = rnl_store_statement_read_int (statement);
  row->usage.reasoning = rnl_store_statement_read_int (statement);
  row->error = read_error (statement);
  row->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_store_part_row_free);

  return row;
}

/**
 * rnl_store_load_message:
 * @db: a database
 * @key: a message's key
 * @error: return location
 *
 * Reads a message with all its parts, what the journal holds of it included.
 *
 * Returns: (transfer full) (nullable): the message, or `NULL` with @error set
 */
RnlStoreMessageRow *
rnl_store_load_message (RnlStoreDb *db, gint64 key, GError **error)
{
  g_autoptr (RnlStoreStatement) statement = rnl_store_statement_get (
    db,
    "SELECT m.id, c.id, m.role, m.state, "
    "m.finish_reason, m.raw_finish_reason, m.model, m.created,"
    " m.first_token, m.duration, m.usage_input, m.usage_output, m.usage_total,"
    " m.usage_cached_input, m.usage_cache_write, m.usage_reasoning, m.error_domain, m.error_code,"
    " m.error_nick, m.error_message, m.error_status, m.error_retry_after, m.error_request_id,"
    " m.error_server_code, m.error_body"
    " FROM messages m JOIN chats c ON c.key = m.chat WHERE m.key = ?",
    error);
  g_autoptr (RnlStoreMessageRow) row = NULL;

  if (statement == NULL)
    return NULL;
  rnl_store_statement_bind_int (statement, key);
  if (!rnl_store_statement_next (statement, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND, "There is no such message");
      return NULL;
    }

  row = read_message (statement);
  if (!read_parts (db, key, row->parts, error)
      || (row->state == RNL_MESSAGE_STREAMING
          && !rnl_store_replay_deltas (db, key, row->parts, error)))
    return NULL;
  for (guint i = 0; i < row->parts->len; i++)
    rnl_store_attachment_get (db, g_ptr_array_index (row->parts, i));

  return g_steal_pointer (&row);
}
