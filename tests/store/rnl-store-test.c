/* rnl-store-test.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-store-test.h"

#include "rnl-store-tokenizer.h"

/* Returns: (transfer full): the path of a database that does not exist yet */
char *
rnl_store_test_path (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("library-%d-%u.db", (int) getpid (), n++);

  return g_build_filename (rnl_test_tmp_dir (), name, NULL);
}

gboolean
rnl_store_test_try_open (RnlLibrary *library, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_open_async (library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_library_open_finish (library, result, error);
}

RnlLibrary *
rnl_store_test_open (const char *path)
{
  RnlLibrary *library = rnl_library_new (path);
  g_autoptr (GError) error = NULL;

  rnl_store_test_try_open (library, &error);
  g_assert_no_error (error);

  return library;
}

gboolean
rnl_store_test_try_flush (RnlLibrary *library, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_flush_async (library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_library_flush_finish (library, result, error);
}

void
rnl_store_test_flush (RnlLibrary *library)
{
  g_autoptr (GError) error = NULL;

  rnl_store_test_try_flush (library, &error);
  g_assert_no_error (error);
}

/* Takes the last reference; the file is closed afterwards. */
void
rnl_store_test_close (RnlLibrary *library)
{
  g_assert_finalize_object (library);
}

GPtrArray *
rnl_store_test_try_load (
  RnlLibrary *library, const char *chat_id, const char *before_id, guint limit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_load_messages_async (library, chat_id, before_id, limit, NULL, rnl_test_result_cb,
                                   &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_library_load_messages_finish (library, result, error);
}

GPtrArray *
rnl_store_test_load (RnlLibrary *library, const char *chat_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *messages = rnl_store_test_try_load (library, chat_id, NULL, 1000, &error);

  g_assert_no_error (error);

  return messages;
}

/* EXPECTED: their texts with bars between them, and which version one is where there are several:
 * "one | two (1/2)". */
void
rnl_store_test_assert_messages (GPtrArray *messages, const char *expected)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      RnlMessage *message = messages->pdata[i];
      g_autofree char *text = rnl_message_dup_text (message);

      g_string_append_printf (path, "%s%s", i > 0 ? " | " : "", text);
      if (rnl_message_get_n_versions (message) > 1)
        g_string_append_printf (path, " (%u/%u)", rnl_message_get_version (message),
                                rnl_message_get_n_versions (message));
    }
  g_assert_cmpstr (path->str, ==, expected);
}

void
rnl_store_test_assert_path (RnlLibrary *library, const char *chat_id, const char *expected)
{
  g_autoptr (GPtrArray) messages = rnl_store_test_load (library, chat_id);

  rnl_store_test_assert_messages (messages, expected);
}

GPtrArray *
rnl_store_test_search (RnlLibrary *library, const char *query, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  rnl_library_search_async (library, query, limit, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  hits = rnl_library_search_finish (library, result, &error);
  g_assert_no_error (error);

  return hits;
}

/* Returns: (transfer none): a chat in the library */
RnlChat *
rnl_store_test_add_chat (RnlLibrary *library, const char *title)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();

  rnl_chat_set_title (chat, title);
  rnl_library_add_chat (library, chat);

  return chat;
}

/* A second pair of eyes on the file: the first value of the first row. */
gint64
rnl_store_test_number (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (rnl_store_tokenizer_register (db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);

  return value;
}

void
rnl_store_test_script (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (rnl_store_tokenizer_register (db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}
