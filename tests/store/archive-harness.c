/* archive-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "archive-harness.h"

#include <archive.h>
#include <archive_entry.h>

#include "rnl-library-staging.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-store-tokenizer.h"
#include "rnl-test-loop.h"

#define CHAT_PARAMS "{\"temperature\":0.3,\"max_tokens\":300,\"stop\":[\"END\",\"\\n\"]}"

/* Returns: (transfer full): the path of a new file */
char *
archive_write_file (const char *name, const char *data, gsize size)
{
  g_autofree char *database = rnl_store_test_path ();
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *unique_name = g_strdup_printf ("%.8s-%s", unique, name);
  char *path = g_build_filename (folder, unique_name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);

  return path;
}

/* Returns: (transfer full): the path of a new zip */
char *
archive_write_zip (const ArchiveEntry *entries, guint n)
{
  char *path = archive_write_file ("export.zip", "", 0);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, entries[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (gint64) entries[i].size);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, entries[i].data, entries[i].size), ==,
                       (int) entries[i].size);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);

  return path;
}

gboolean
archive_import (
  RnlLibrary *library, const char *path, guint *n_added, guint *n_known, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  rnl_archive_import_async (library, file, NULL, NULL, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_archive_import_finish (library, result, n_added, n_known, error);
}

/* Returns: (transfer full): the file's text */
char *
archive_export (RnlLibrary *library, const char *const *ids, RnlArchiveFormat format)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);

  rnl_archive_export_async (library, ids, format, stream, NULL, NULL, NULL, rnl_test_result_cb,
                            &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_archive_export_finish (library, result, &error);
  g_assert_no_error (error);

  return g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
}

/* Returns: (transfer full): all that a library holds, without the keys, which are each file's own
 */
char *
archive_describe (const char *database)
{
  static const char *const queries[] = {
    "SELECT id, title, snippet, model, draft, params, pinned, created, updated, deleted, importer,"
    " (SELECT id FROM messages WHERE key = leaf),"
    " (SELECT group_concat (name, '|') FROM chat_labels WHERE chat = chats.key)"
    " FROM chats ORDER BY id",
    "SELECT id, (SELECT id FROM chats WHERE key = chat),"
    " (SELECT p.id FROM messages p WHERE p.key = m.parent), role, state, finish_reason,"
    " raw_finish_reason, model, created, first_token, duration, usage_input, usage_output,"
    " usage_total, usage_cached_input, usage_cache_write, usage_reasoning, error_domain,"
    " error_code, error_nick, error_message, error_status, error_retry_after, error_request_id,"
    " error_server_code, error_body FROM messages m ORDER BY id",
    "SELECT id, (SELECT id FROM messages WHERE key = message),"
    " (SELECT o.id FROM parts o WHERE o.key = p.parent), position, type, step, complete, title,"
    " started, duration, call_id, name, state, result, text, output, extra FROM parts p"
    " ORDER BY id",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (database, &db), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db, queries[i], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          for (int column = 0; column < sqlite3_column_count (stmt); column++)
            g_string_append_printf (text, "%s=%s ", sqlite3_column_name (stmt, column),
                                    (const char *) sqlite3_column_text (stmt, column));
          g_string_append_c (text, '\n');
        }
      sqlite3_finalize (stmt);
    }
  sqlite3_close (db);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Random chats. */

static char *
random_text (GRand *rand, gint max)
{
  static const gunichar starts[] = { 'a',     ' ', 'A',  0xe4, 0x301, 0x5d0,  0x627,  0x4e00,
                                     0x1f600, '"', '\\', '\n', 0x7f,  0x2028, 0xfffd, '<' };
  g_autoptr (GString) text = g_string_new (NULL);
  gint n = g_rand_int_range (rand, 0, max);

  for (gint i = 0; i < n; i++)
    g_string_append_unichar (
      text, starts[g_rand_int_range (rand, 0, G_N_ELEMENTS (starts))]
              + (g_rand_boolean (rand) ? (gunichar) g_rand_int_range (rand, 0, 3) : 0));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static RnlPart *
random_part (GRand *rand, guint depth)
{
  RnlPart *part = rnl_part_new ((RnlPartType) g_rand_int_range (rand, 0, 5),
                                (guint) g_rand_int_range (rand, 0, 4));
  g_autofree char *text = random_text (rand, 60);
  g_autofree char *other = random_text (rand, 12);

  rnl_part_set_started (part, g_rand_int_range (rand, 0, G_MAXINT));
  if (g_rand_boolean (rand))
    rnl_part_set_title (part, other);
  if (rnl_part_get_part_type (part) == RNL_PART_FILE)
    {
      g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
      gboolean is_text = g_rand_boolean (rand);

      rnl_part_set_text (part, is_text ? text : encoded);
      rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE,
                                 is_text ? "text/x-csrc" : "image/png");
    }
  else
    rnl_part_set_text (part, text);
  if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    {
      rnl_part_set_call_id (part, other);
      rnl_part_set_name (part, "a_tool");
      rnl_part_append_output (part, text, strlen (text));
      rnl_part_set_result (part, g_rand_boolean (rand) ? text : NULL);
      rnl_part_set_state (
        part, (RnlToolState) g_rand_int_range (rand, RNL_TOOL_DONE, RNL_TOOL_LIMIT + 1));
      for (gint i = g_rand_int_range (rand, 0, depth < 2 ? 3 : 1); i > 0; i--)
        {
          g_autoptr (RnlPart) child = random_part (rand, depth + 1);

          rnl_part_add_child (part, child);
        }
    }
  rnl_part_set_complete (part, g_rand_boolean (rand));
  rnl_part_set_duration (part, g_rand_int_range (rand, -1, 1000));

  return part;
}

static GError *
random_failure (GRand *rand)
{
  g_autofree char *text = random_text (rand, 30);
  GError *error;

  if (g_rand_boolean (rand))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, text);
  error = g_error_new_literal (RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_RATE_LIMIT, text);
  rnl_provider_error_get_details (error)->status = 429;
  rnl_provider_error_get_details (error)->retry_after_ms = 1500;
  rnl_provider_error_get_details (error)->request_id = g_strdup ("req");
  rnl_provider_error_get_details (error)->body = g_strdup ("{}");

  return error;
}

static RnlMessage *
random_message (GRand *rand, GPtrArray *before)
{
  RnlMessage *message = rnl_message_new ((RnlRole) g_rand_int_range (rand, 0, 3));
  const RnlUsage usage = { 1, g_rand_int_range (rand, -1, 99), 3, -1, 5, -1 };

  if (before->len > 0 && g_rand_int_range (rand, 0, 8) > 0)
    {
      guint from = g_rand_boolean (rand) ? before->len - 1
                                         : (guint) g_rand_int_range (rand, 0, (gint) before->len);

      rnl_message_set_parent_id (message, rnl_message_get_id (before->pdata[from]));
    }
  rnl_message_set_created (message,
                           g_rand_int_range (rand, 1, G_MAXINT) * G_GINT64_CONSTANT (1000003));
  rnl_message_set_model (message, g_rand_boolean (rand) ? "m" : NULL);
  if (g_rand_boolean (rand))
    rnl_message_set_usage (message, &usage);
  rnl_message_set_first_token (message, g_rand_int_range (rand, -1, 99));
  rnl_message_set_duration (message, g_rand_int_range (rand, -1, 99));
  rnl_message_set_finish_reason (message, (RnlFinishReason) g_rand_int_range (rand, 0, 12),
                                 g_rand_boolean (rand) ? "raw" : NULL);
  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      g_autoptr (GError) error = random_failure (rand);

      rnl_message_set_error (message, error);
    }
  for (gint i = g_rand_int_range (rand, 0, 5); i > 0; i--)
    {
      g_autoptr (RnlPart) part = random_part (rand, 0);

      rnl_message_add_part (message, part);
    }
  rnl_message_set_state (message, (RnlMessageState) g_rand_int_range (rand, RNL_MESSAGE_COMPLETE,
                                                                      RNL_MESSAGE_INTERRUPTED + 1));

  return message;
}

static void
stage (RnlLibrary *library, RnlChat *chat, GPtrArray *messages, const char *current)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean known = TRUE;

  rnl_library_stage_async (library, chat, messages, current, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_library_stage_finish (library, result, &known, NULL));
  g_assert_false (known);
}

/* Adds chats with random trees of messages with everything a message can have. */
void
archive_fill (RnlLibrary *library, GRand *rand, guint n_chats)
{
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < n_chats; i++)
    {
      g_autoptr (RnlChat) chat = rnl_chat_new ();
      g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *title = random_text (rand, 30);
      const char *labels[] = { "work", title, NULL };
      gint n = g_rand_int_range (rand, 0, 14);

      rnl_chat_set_title (chat, title);
      rnl_chat_set_snippet (chat, "what was said last");
      rnl_chat_set_draft (chat, *title != '\0' ? title : NULL);
      rnl_chat_set_params (chat, g_rand_boolean (rand) ? CHAT_PARAMS : NULL);
      rnl_chat_set_pinned (chat, g_rand_boolean (rand));
      rnl_chat_set_labels (chat, g_rand_boolean (rand) ? labels : NULL);
      for (gint j = 0; j < n; j++)
        g_ptr_array_add (messages, random_message (rand, messages));
      stage (library, chat, messages,
             n > 0 ? rnl_message_get_id (messages->pdata[g_rand_int_range (rand, 0, n)]) : NULL);
    }
  rnl_library_publish_staged_async (library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_library_publish_staged_finish (library, result, NULL));
}

/* Fails with the first line that differs. */
void
archive_assert_same (const char *was, const char *is)
{
  g_auto (GStrv) before = g_strsplit (was, "\n", -1);
  g_auto (GStrv) after = g_strsplit (is, "\n", -1);

  for (guint i = 0; before[i] != NULL && after[i] != NULL; i++)
    g_assert_cmpstr (before[i], ==, after[i]);
  g_assert_cmpuint (g_strv_length (before), ==, g_strv_length (after));
}
