/* test-migrations.c: old files become new ones, strange files are left alone
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-store-schema.h"
#include "rnl-store-statement.h"
#include "rnl-store-test.h"

static char *
load_dump (const char *name)
{
  g_autofree char *path
    = g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "tests", "data", "store", name, NULL);
  g_autofree char *sql = NULL;
  g_autofree char *database = rnl_store_test_path ();
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  rnl_store_test_script (database, sql);

  return g_steal_pointer (&database);
}

/* Returns: (transfer full): all that the database consists of, spaces aside */
static char *
describe_schema (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  GString *text = g_string_new (NULL);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT type || ' ' || name || ' ' || coalesce (sql, '')"
                                       " FROM sqlite_schema ORDER BY type, name",
                                       -1, &stmt, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (const char *p = (const char *) sqlite3_column_text (stmt, 0); *p != '\0'; p++)
        if (!g_ascii_isspace (*p))
          g_string_append_c (text, *p);
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);

  return g_string_free (text, FALSE);
}

static gboolean
is_caught_up (gpointer user_data)
{
  return rnl_store_test_number (user_data, "SELECT done > 3000 - 256 FROM pair_state") != 0;
}

static void
assert_hits (RnlLibrary *library, const char *query, guint n)
{
  g_autoptr (GPtrArray) hits = rnl_store_test_search (library, query, 10);

  g_assert_cmpuint (hits->len, ==, n);
}

static void
test_from_1 (void)
{
  g_autofree char *path = load_dump ("schema-1.sql");
  g_autofree char *fresh = rnl_store_test_path ();
  g_autofree char *migrated_schema = NULL, *fresh_schema = NULL;
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (GPtrArray) messages = rnl_store_test_load (library, "chat-1");
  g_autoptr (GPtrArray) half = rnl_store_test_load (library, "chat-2");
  RnlChat *chat = rnl_library_find_chat (library, "chat-1");

  g_assert_cmpuint (g_list_model_get_n_items (rnl_library_list_chats (library)), ==, 2);
  g_assert_cmpstr (rnl_chat_get_allowed_tools (chat)[0], ==, "read_file");
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (messages->pdata[1], 1)), ==,
                   "Under the bed.");
  g_assert_cmpint (rnl_message_get_state (half->pdata[0]), ==, RNL_MESSAGE_INTERRUPTED);
  /* The index was made from what was there, and only from what can be found. */
  assert_hits (library, "cafe cat", 1);
  assert_hits (library, "hiding", 1);
  assert_hits (library, "nested", 0);
  assert_hits (library, "arguments", 0);
  rnl_store_test_close (library);

  rnl_store_test_close (rnl_store_test_open (fresh));
  migrated_schema = describe_schema (path);
  fresh_schema = describe_schema (fresh);
  g_assert_cmpstr (migrated_schema, ==, fresh_schema);
  g_assert_cmpint (rnl_store_test_number (path, "PRAGMA user_version"), ==,
                   rnl_store_schema_newest ());
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM pragma_integrity_check"), ==,
                   1);
}

/* Opens it, which must fail with CODE and leave every byte as it was. */
static void
assert_refused (const char *path, RnlStoreError code)
{
  RnlLibrary *library = rnl_library_new (path);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize before_length, after_length;

  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  g_assert_false (rnl_store_test_try_open (library, &error));
  g_assert_error (error, RNL_STORE_ERROR, (gint) code);
  rnl_store_test_close (library);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

/* A chat of before is a chain, whatever was written between its messages, and it grows on. */
static void
test_from_4 (void)
{
  g_autofree char *path = load_dump ("schema-4.sql");
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_USER, "Five?");
  g_autoptr (RnlMessage) first = rnl_message_new_text (RNL_ROLE_USER, "Zero?");
  g_autofree char *newer = NULL;

  rnl_store_test_assert_path (library, "chat-1", "One? | Two. | Three? | Four.");
  rnl_store_test_assert_path (library, "chat-2", "A? | B. | C?");
  rnl_store_test_assert_path (library, "chat-3", "");
  assert_hits (library, "four", 1);

  rnl_library_add_message (library, "chat-1", more);
  rnl_library_add_message (library, "chat-3", first);
  rnl_store_test_assert_path (library, "chat-1", "One? | Two. | Three? | Four. | Five?");
  rnl_store_test_assert_path (library, "chat-3", "Zero?");
  rnl_store_test_close (library);

  newer = g_strdup_printf ("PRAGMA user_version = %u", rnl_store_schema_newest () + 1);
  rnl_store_test_script (path, newer);
  assert_refused (path, RNL_STORE_ERROR_NEWER);
}

/* Returns: (transfer full): the path of a database of VERSION, empty */
static char *
make_version (guint version)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "src", "core",
                                              "store", "migrations", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_auto (GStrv) scripts = g_new0 (char *, version + 1);
  g_autofree char *path = rnl_store_test_path ();
  g_autoptr (RnlStoreDb) db = rnl_store_db_open (path, NULL);
  g_autoptr (GError) error = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      guint64 number = g_ascii_strtoull (name, NULL, 10);

      if (number >= 1 && number <= version)
        g_assert_true (g_file_get_contents (file, &scripts[number - 1], NULL, NULL));
    }
  rnl_store_schema_migrate (db, (const char *const *) scripts, version, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

/* Phrases of many texts are found at once, and as well when their index is there. */
static void
test_from_10 (void)
{
  g_autofree char *path = make_version (10);
  RnlLibrary *library;

  rnl_store_test_script (
    path,
    "INSERT INTO chats (id, created, updated) VALUES ('chat-1', 1, 1);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    " INSERT INTO messages (id, chat, role, state, created) SELECT 'm' || i, 1, 0, 1, i FROM n;"
    "INSERT INTO parts (id, message, position, type, started, text) SELECT 'p' || key, key, 0, 0, "
    "1,"
    " iif (key % 1000 = 7, 'a brown, Élan vital', 'vital brown a, elan') FROM messages;");
  library = rnl_store_test_open (path);
  assert_hits (library, "\"brown elan\"", 3);
  assert_hits (library, "\"elan brown\"", 0);

  rnl_test_wait_for (is_caught_up, path);
  assert_hits (library, "\"brown elan\"", 3);
  assert_hits (library, "\"elan brown\"", 0);
  rnl_store_test_close (library);
}

static void
test_failing (void)
{
  static const char *const scripts[] = {
    "CREATE TABLE one (a INTEGER PRIMARY KEY)",
    "INSERT INTO one VALUES (1); CREATE TABLE two (b INTEGER); INSERT INTO nowhere VALUES (1);",
    "CREATE TABLE two (b INTEGER REFERENCES one (a)); INSERT INTO two VALUES (7);",
  };
  const char *const broken_sql[] = { scripts[0], scripts[1] };
  const char *const broken_reference[] = { scripts[0], scripts[2] };
  g_autofree char *path = rnl_store_test_path ();
  g_autoptr (RnlStoreDb) db = NULL;
  g_autoptr (GError) error = NULL;

  db = rnl_store_db_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (rnl_store_schema_migrate (db, scripts, 1, &error));
  g_assert_no_error (error);

  g_assert_false (rnl_store_schema_migrate (db, broken_sql, 2, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Migration 2"));
  g_clear_error (&error);
  g_assert_false (rnl_store_schema_migrate (db, broken_reference, 2, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FAILED);

  g_assert_true (sqlite3_get_autocommit (rnl_store_db_get_handle (db)));
  g_assert_cmpint (rnl_store_test_number (path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM one"), ==, 0);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM sqlite_schema"), ==, 1);
}

static void
test_newer (void)
{
  g_autofree char *path = rnl_store_test_path ();

  rnl_store_test_close (rnl_store_test_open (path));
  rnl_store_test_script (path, "PRAGMA user_version = 1000; CREATE TABLE tomorrow (a)");
  assert_refused (path, RNL_STORE_ERROR_NEWER);
}

static void
test_foreign (void)
{
  g_autofree char *path = rnl_store_test_path ();

  rnl_store_test_script (path, "CREATE TABLE recipes (a)");
  assert_refused (path, RNL_STORE_ERROR_CORRUPT);
}

static void
test_garbage (void)
{
  g_autofree char *path = rnl_store_test_path ();
  g_autofree char *garbage = g_strnfill (10000, 'g');

  g_assert_true (g_file_set_contents (path, garbage, -1, NULL));
  assert_refused (path, RNL_STORE_ERROR_CORRUPT);
}

static gpointer
touch_handle (gpointer db)
{
  rnl_store_db_get_handle (db);

  return NULL;
}

/* Another thread at the handle is a bug, and ends the program. */
static void
test_thread (void)
{
  if (g_test_subprocess ())
    {
      RnlStoreDb *db = rnl_store_db_open (":memory:", NULL);

      rnl_store_db_get_handle (db);
      g_thread_join (g_thread_new ("intruder", touch_handle, db));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*owner == g_thread_self*");
}

static void
test_connection (void)
{
  g_autofree char *path = rnl_store_test_path ();
  g_autoptr (RnlStoreDb) db = rnl_store_db_open (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlStoreStatement) statement = NULL;

  g_assert_true (rnl_store_schema_upgrade (db, &error));
  g_assert_no_error (error);
  statement = rnl_store_statement_get (db,
                                       "SELECT (SELECT foreign_keys FROM pragma_foreign_keys),"
                                       " (SELECT synchronous FROM pragma_synchronous),"
                                       " (SELECT journal_mode FROM pragma_journal_mode)",
                                       &error);
  g_assert_no_error (error);
  g_assert_true (rnl_store_statement_next (statement, &error));
  g_assert_cmpint (rnl_store_statement_read_int (statement), ==, 1);
  g_assert_cmpint (rnl_store_statement_read_int (statement), ==, 1);
  g_assert_cmpstr (rnl_store_statement_read_text (statement), ==, "wal");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/migrations/from-1", test_from_1);
  g_test_add_func ("/migrations/from-4", test_from_4);
  g_test_add_func ("/migrations/from-10", test_from_10);
  g_test_add_func ("/migrations/failing", test_failing);
  g_test_add_func ("/migrations/newer", test_newer);
  g_test_add_func ("/migrations/foreign", test_foreign);
  g_test_add_func ("/migrations/garbage", test_garbage);
  g_test_add_func ("/migrations/connection", test_connection);
  g_test_add_func ("/migrations/thread", test_thread);

  return g_test_run ();
}
