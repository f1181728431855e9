/* test-search.c: any text is a query
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-store-chats.h"
#include "rnl-store-messages.h"
#include "rnl-store-schema.h"
#include "rnl-store-search.h"
#include "rnl-store-test.h"

static const char *const texts[] = {
  "The quick brown fox",
  "Crème brûlée and a café",
  "C++ has 100% of \"quotes\" and under_scores",
  "我住在东京的郊区",
  "NEAR the fox AND the hound",
  "ความรักเป็นสิ่งสวยงาม",
};

/* The expected hits are the letters of the texts (a is the first), newest first; T is the title. */
static const struct
{
  const char *query;
  const char *hits;
} cases[] = {
  { "fox", "ea" },
  { "FOX", "ea" },
  { "fo", "ea" },
  { "quick fox", "a" },
  { "fox hound", "e" },
  { "fo hound", "e" },
  { "fox hou", "e" },
  { "fox hou ", "e" },
  { "\"brown fox\"", "a" },
  { "\"fox brown\"", "" },
  { "\"brown fo\"", "a" },
  { "\"brown fo", "a" },
  { "quick \"brown fox\"", "a" },
  { "under_sco", "c" },
  { "fox café", "" },
  { "cafe", "b" },
  { "creme BRULEE", "b" },
  { "brû", "b" },
  { "\"", "c" },
  { "\"quotes\"", "c" },
  { "quo\"", "c" },
  { "AND", "ecb" },
  { "NEAR(", "e" },
  { "fox OR", "" },
  { "fox*", "ea" },
  { "text:fox", "" },
  { "-fox", "ea" },
  { "^fox", "ea" },
  { "(fox", "ea" },
  { "++", "c" },
  { "%", "c" },
  { "_", "c" },
  { "100%", "c" },
  { "\\", "" },
  { "东京", "d" },
  { "郊区", "d" },
  { "东京 住", "d" },
  { "东京 大阪", "" },
  { "รัก", "f" },
  { "uick", "a" },
  { "holiday", "T" },
  { "holiday plans", "T" },
  { "", "" },
  { "   \t\n", "" },
  { "no such words at all", "" },
  { "'; DROP TABLE chats; --", "" },
  { "\xff\xfe", "" },
};

static char
letter_of (RnlMessage **messages, const RnlSearchHit *hit)
{
  if (hit->message_id == NULL)
    return 'T';
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (rnl_message_get_id (messages[i]), hit->message_id))
      return (char) ('a' + i);

  g_assert_not_reached ();
}

static void
test_table (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "Holiday plans"));
  RnlMessage *messages[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      messages[i] = rnl_message_new_text (RNL_ROLE_USER, texts[i]);
      rnl_message_set_created (messages[i], 1000 + i);
      rnl_library_add_message (library, chat_id, messages[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hits = rnl_store_test_search (library, cases[i].query, 10);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < hits->len; j++)
        g_string_append_c (found, letter_of (messages, hits->pdata[j]));
      if (!g_str_equal (found->str, cases[i].hits))
        {
          g_autofree char *query = g_strescape (cases[i].query, NULL);

          g_test_message ("“%s” found “%s”, not “%s”", query, found->str, cases[i].hits);
          g_test_fail ();
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_object_unref (messages[i]);
  rnl_store_test_close (library);
}

static void
test_snippet (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "My fox"));
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "a red fox, 赤い狐が走る");
  g_autoptr (GPtrArray) hits = NULL, scanned = NULL;
  RnlSearchHit *hit;

  rnl_message_set_created (message, 1000);
  rnl_library_add_message (library, chat_id, message);
  hits = rnl_store_test_search (library, "fox", 10);
  g_assert_cmpuint (hits->len, ==, 2);
  hit = hits->pdata[0];
  g_assert_null (hit->message_id);
  g_assert_cmpstr (hit->snippet, ==, "My \002fox\003");
  hit = hits->pdata[1];
  g_assert_cmpstr (hit->chat_id, ==, chat_id);
  g_assert_cmpstr (hit->message_id, ==, rnl_message_get_id (message));
  g_assert_cmpstr (hit->title, ==, "My fox");
  g_assert_cmpstr (hit->snippet, ==, "a red \002fox\003, 赤い狐が走る");
  g_assert_cmpint (hit->time, ==, 1000);

  scanned = rnl_store_test_search (library, "狐", 10);
  g_assert_cmpuint (scanned->len, ==, 1);
  hit = scanned->pdata[0];
  g_assert_cmpstr (hit->snippet, ==, "a red fox, 赤い\002狐\003が走る");
  rnl_store_test_close (library);
}

static void
test_cut (void)
{
  g_autofree char *filler = g_strnfill (100, 'x');
  g_autofree char *text = g_strdup_printf ("%s Needle %s", filler, filler);
  g_autofree char *cut = rnl_store_cut_snippet (text, "needle");
  g_autofree char *none = rnl_store_cut_snippet ("short", "needle");

  g_assert_cmpstr (none, ==, "short");
  g_assert_true (g_str_has_prefix (cut, "…x"));
  g_assert_true (g_str_has_suffix (cut, "x…"));
  g_assert_nonnull (strstr (cut, " \002Needle\003 "));
  g_assert_cmpuint (strlen (cut), <, 110);
}

static void
test_limit_and_deleted (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "x"));
  g_autoptr (RnlMessage) twice = rnl_message_new_text (RNL_ROLE_USER, "word");
  g_autoptr (RnlPart) again = rnl_part_new_text ("word");
  g_autoptr (GPtrArray) few = NULL, all = NULL, none = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "word");

      rnl_library_add_message (library, chat_id, message);
    }
  rnl_message_add_part (twice, again);
  rnl_library_add_message (library, chat_id, twice);

  few = rnl_store_test_search (library, "word", 5);
  g_assert_cmpuint (few->len, ==, 5);
  all = rnl_store_test_search (library, "word", 100);
  g_assert_cmpuint (all->len, ==, 21);
  rnl_library_delete_chat (library, chat_id);
  none = rnl_store_test_search (library, "word", 100);
  g_assert_cmpuint (none->len, ==, 0);
  rnl_store_test_close (library);
}

/* A text that changes is found by what it says now. */
static void
test_changed (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  RnlChat *chat = rnl_store_test_add_chat (library, "before");
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "old");
  g_autoptr (GPtrArray) old = NULL, new = NULL, titles = NULL;

  rnl_library_add_message (library, rnl_chat_get_id (chat), message);
  rnl_part_set_text (rnl_message_get_part (message, 0), "new");
  rnl_library_update_message (library, rnl_chat_get_id (chat), message);
  rnl_chat_set_title (chat, "after");
  rnl_library_save_chat (library, chat);
  old = rnl_store_test_search (library, "old", 5);
  g_assert_cmpuint (old->len, ==, 0);
  new = rnl_store_test_search (library, "new", 5);
  g_assert_cmpuint (new->len, ==, 1);
  titles = rnl_store_test_search (library, "before", 5);
  g_assert_cmpuint (titles->len, ==, 0);
  rnl_store_test_close (library);
  /* The indexes agree with the tables: SQLite's own check says so. */
  rnl_store_test_script (path, "INSERT INTO part_index (part_index) VALUES ('integrity-check');"
                               "INSERT INTO title_index (title_index) VALUES ('integrity-check');");
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rnl_library_search_finish (RNL_LIBRARY (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* Cancelled before it is asked, and while it is on its way. */
static void
test_cancel (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");

  rnl_store_test_add_chat (library, "x");
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gboolean done = FALSE;

      if (round % 2 == 0)
        g_cancellable_cancel (cancellable);
      rnl_library_search_async (library, "x", 10, cancellable, cancelled_cb, &done);
      g_cancellable_cancel (cancellable);
      rnl_test_wait_for (is_true, &done);
    }
  rnl_store_test_close (library);
}

/* A database on this thread with N messages that say TEXT. */
static RnlStoreDb *
open_filled (guint n, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  RnlStoreDb *db = rnl_store_db_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (rnl_store_schema_upgrade (db, &error));
  g_assert_true (rnl_store_write_chat (db, chat, &error));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, text);
      g_autoptr (RnlStoreMessageRow) row
        = rnl_store_message_row_new (rnl_chat_get_id (chat), message);

      g_assert_true (rnl_store_write_whole_message (db, row, &error));
    }

  return db;
}

static GPtrArray *
search_db (RnlStoreDb *db, const char *text, guint limit, GError **error)
{
  RnlStoreQuery *query = rnl_store_query_new (text, limit);
  GPtrArray *hits;

  /* What is found, not how fast: a busy machine finds less in the time of a keystroke. */
  query->budget = G_MAXINT64 / 2;
  hits = rnl_store_search (db, query, error);
  rnl_store_query_free (query);

  return hits;
}

/* A search that runs ends in the middle, whichever way it looks. */
static void
test_interrupted (void)
{
  static const char *const queries[] = { "word ", "word", "wor", "w", "\"word word\"", "%", "ord" };
  g_autoptr (RnlStoreDb) db = open_filled (3000, "a word word");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  rnl_store_db_set_cancellable (db, cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (search_db (db, queries[i], 3000, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static gint64
count_scanned (RnlStoreDb *db)
{
  gint64 n = 0;

  for (sqlite3_stmt *statement = sqlite3_next_stmt (rnl_store_db_get_handle (db), NULL);
       statement != NULL; statement = sqlite3_next_stmt (rnl_store_db_get_handle (db), statement))
    n += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, TRUE);

  return n;
}

/* What the index knows is found by it: no table is gone through, and no more is read than wanted.
 */
static void
test_no_scan (void)
{
  static const char *const queries[]
    = { "word ", "word a ", "wor", "word wor", "\"a word\"", "words" };
  g_autoptr (RnlStoreDb) db = open_filled (500, "a word, and more words");

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) hits = NULL;

      count_scanned (db);
      hits = search_db (db, queries[i], 50, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (hits->len, ==, 50);
      g_assert_cmpint (count_scanned (db), ==, 0);
    }
}

/* Beginnings of all lengths, common and rare, find what the index would find. */
static void
test_beginnings (void)
{
  g_autoptr (RnlStoreDb) db = open_filled (400, "Übermut tut selten gut, über kurz oder lang");
  static const struct
  {
    const char *query;
    guint n;
  } beginnings[] = {
    { "u", 400 },      { "ub", 400 },      { "übe", 400 },       { "überm", 400 },
    { "über ü", 400 }, { "tut se", 400 },  { "\"kurz od", 400 }, { "kurz x", 0 },
    { "ubx", 0 },      { "über mutx", 0 }, { "lan", 400 },       { "tut selt", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) hits = search_db (db, beginnings[i].query, 1000, &error);

      g_assert_no_error (error);
      g_test_message ("“%s”", beginnings[i].query);
      g_assert_cmpuint (hits->len, ==, beginnings[i].n);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/search/table", test_table);
  g_test_add_func ("/search/snippet", test_snippet);
  g_test_add_func ("/search/cut", test_cut);
  g_test_add_func ("/search/limit-and-deleted", test_limit_and_deleted);
  g_test_add_func ("/search/changed", test_changed);
  g_test_add_func ("/search/cancel", test_cancel);
  g_test_add_func ("/search/interrupted", test_interrupted);
  g_test_add_func ("/search/no-scan", test_no_scan);
  g_test_add_func ("/search/beginnings", test_beginnings);

  return g_test_run ();
}
