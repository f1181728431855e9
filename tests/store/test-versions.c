/* test-versions.c: the messages of a chat are a tree, and the store knows which path is shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-store-test.h"

/* Longer than SQLite lets triggers nest. */
#define LONG_CHAT 1500

typedef struct
{
  char *path;
  RnlLibrary *library;
  const char *chat_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->path = rnl_store_test_path ();
  fixture->library = rnl_store_test_open (fixture->path);
  fixture->chat_id = rnl_chat_get_id (rnl_store_test_add_chat (fixture->library, "x"));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  rnl_store_test_close (fixture->library);
  g_assert_cmpint (
    rnl_store_test_number (fixture->path, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (rnl_store_test_number (fixture->path,
                                          "SELECT count (*) FROM chats c JOIN messages m"
                                          " ON m.key = c.leaf WHERE m.chat <> c.key"),
                   ==, 0);
  g_free (fixture->path);
}

/* Messages have their text for an id, so that a test can name them. */
static void
add (Fixture *fixture, const char *text, const char *replaced)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, text);

  rnl_message_set_id (message, text);
  rnl_library_add_version (fixture->library, fixture->chat_id, replaced, message);
}

static void
assert_path (Fixture *fixture, const char *expected)
{
  rnl_store_test_assert_path (fixture->library, fixture->chat_id, expected);
}

static GPtrArray *
load_version (Fixture *fixture, const char *id, guint version, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_load_version_async (fixture->library, fixture->chat_id, id, version, NULL,
                                  rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_library_load_version_finish (fixture->library, result, error);
}

static void
assert_version (Fixture *fixture, const char *id, guint version, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = load_version (fixture, id, version, &error);

  g_assert_no_error (error);
  rnl_store_test_assert_messages (messages, expected);
}

static void
test_tree (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) messages = NULL;

  add (fixture, "a", NULL);
  add (fixture, "b", NULL);
  add (fixture, "c", NULL);
  add (fixture, "B", "b");
  assert_path (fixture, "a | B (2/2)");
  add (fixture, "C", NULL);
  add (fixture, "A", "a");
  assert_path (fixture, "A (2/2)");
  messages = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_null (rnl_message_get_parent_id (messages->pdata[0]));

  assert_version (fixture, "A", 1, "a (1/2) | B (2/2) | C");
  assert_version (fixture, "b", 0, "b (1/2) | c");
  assert_version (fixture, "B", 1, "b (1/2) | c");
  assert_path (fixture, "A (2/2)");

  rnl_library_show_message (fixture->library, fixture->chat_id, "c");
  assert_path (fixture, "a (1/2) | b (1/2) | c");
  g_clear_pointer (&messages, g_ptr_array_unref);
  messages = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpstr (rnl_message_get_parent_id (messages->pdata[1]), ==, "a");
  add (fixture, "d", NULL);
  assert_path (fixture, "a (1/2) | b (1/2) | c | d");
  /* The way inside is remembered. */
  rnl_library_show_message (fixture->library, fixture->chat_id, "A");
  assert_version (fixture, "a", 0, "a (1/2) | b (1/2) | c | d");
}

static void
test_no_version (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add (fixture, "a", NULL);
  g_assert_null (load_version (fixture, "a", 2, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (load_version (fixture, "nobody", 0, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
}

/* Writing a message again, or folding its journal, moves nothing. */
static void
test_update (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "again");

  add (fixture, "a", NULL);
  add (fixture, "b", NULL);
  add (fixture, "A", "a");
  rnl_message_set_id (message, "b");
  rnl_library_update_message (fixture->library, fixture->chat_id, message);
  assert_path (fixture, "A (2/2)");
  assert_version (fixture, "a", 0, "a (1/2) | again");
}

/* Pages go along the path, also from a message that is in another version. */
static void
test_paging (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) page = NULL;

  add (fixture, "a", NULL);
  add (fixture, "b", NULL);
  add (fixture, "c", NULL);
  add (fixture, "d", NULL);
  add (fixture, "B", "b");
  add (fixture, "C", NULL);

  page = rnl_store_test_try_load (fixture->library, fixture->chat_id, NULL, 2, NULL);
  rnl_store_test_assert_messages (page, "B (2/2) | C");
  g_ptr_array_unref (page);
  page = rnl_store_test_try_load (fixture->library, fixture->chat_id, "B", 5, NULL);
  rnl_store_test_assert_messages (page, "a");
  g_ptr_array_unref (page);
  page = rnl_store_test_try_load (fixture->library, fixture->chat_id, "d", 2, NULL);
  rnl_store_test_assert_messages (page, "b (1/2) | c");
  g_ptr_array_unref (page);
  page = rnl_store_test_try_load (fixture->library, fixture->chat_id, "a", 2, NULL);
  g_assert_cmpuint (page->len, ==, 0);
}

/* Only what nothing follows can be deleted; the path ends before it then. */
static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  add (fixture, "a", NULL);
  add (fixture, "b", NULL);
  add (fixture, "B", "b");
  rnl_library_delete_message (fixture->library, fixture->chat_id, "a");
  assert_path (fixture, "a | B (2/2)");
  rnl_library_delete_message (fixture->library, fixture->chat_id, "B");
  assert_path (fixture, "a");
  assert_version (fixture, "a", 0, "a | b");
}

static void
test_all (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  add (fixture, "a", NULL);
  add (fixture, "b", NULL);
  add (fixture, "A", "a");
  add (fixture, "c", NULL);
  rnl_library_load_all_async (fixture->library, fixture->chat_id, NULL, rnl_test_result_cb,
                              &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  messages = rnl_library_load_all_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  rnl_store_test_assert_messages (messages, "a (1/2) | b | A (2/2) | c");
  g_assert_cmpstr (rnl_message_get_parent_id (messages->pdata[3]), ==, "A");
  g_clear_object (&result);
}

/* The copy has the same words, parts inside parts and all, and nothing in common with the chat. */
static void
test_copy (Fixture *fixture, gconstpointer unused)
{
  RnlChat *copy = rnl_store_test_add_chat (fixture->library, "copy");
  g_autoptr (RnlMessage) answer = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) call = rnl_part_new (RNL_PART_TOOL_CALL, 0);
  g_autoptr (RnlPart) inner = rnl_part_new_text ("inside");
  g_autoptr (GPtrArray) messages = NULL;
  RnlPart *part;

  add (fixture, "a", NULL);
  add (fixture, "A", "a");
  rnl_part_add_child (call, inner);
  rnl_message_add_part (answer, call);
  rnl_library_add_message (fixture->library, fixture->chat_id, answer);
  add (fixture, "b", NULL);
  rnl_library_copy_messages (fixture->library, fixture->chat_id, answer, copy);

  messages = rnl_store_test_load (fixture->library, rnl_chat_get_id (copy));
  rnl_store_test_assert_messages (messages, "A | ");
  /* Nobody goes on with a copy of what is still being made. */
  g_assert_cmpint (rnl_message_get_state (messages->pdata[1]), ==, RNL_MESSAGE_STOPPED);
  part = rnl_message_get_part (messages->pdata[1], 0);
  g_assert_cmpstr (rnl_part_get_id (part), !=, rnl_part_get_id (call));
  g_assert_cmpint (rnl_part_get_state (part), ==, RNL_TOOL_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (rnl_part_list_children (part)), ==, 1);
  assert_path (fixture, "A (2/2) |  | b");
}

/* What is in no current version is found all the same. */
static void
test_search (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) hits = NULL;

  add (fixture, "needle", NULL);
  add (fixture, "hay", "needle");
  hits = rnl_store_test_search (fixture->library, "needle", 5);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((RnlSearchHit *) hits->pdata[0])->message_id, ==, "needle");
}

/* A chat of any length can be deleted. */
static void
test_long (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) messages = NULL;

  for (guint i = 0; i < LONG_CHAT; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      add (fixture, text, NULL);
    }
  add (fixture, "other", "1");
  rnl_library_show_message (fixture->library, fixture->chat_id, "1499");
  messages = rnl_store_test_try_load (fixture->library, fixture->chat_id, NULL, G_MAXUINT, NULL);
  g_assert_cmpuint (messages->len, ==, LONG_CHAT);

  rnl_library_delete_chat (fixture->library, fixture->chat_id);
  rnl_library_purge_deleted (fixture->library);
  rnl_store_test_flush (fixture->library);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM messages"), ==, 0);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/versions/tree", test_tree);
  ADD ("/versions/no-version", test_no_version);
  ADD ("/versions/update", test_update);
  ADD ("/versions/paging", test_paging);
  ADD ("/versions/delete", test_delete);
  ADD ("/versions/all", test_all);
  ADD ("/versions/copy", test_copy);
  ADD ("/versions/search", test_search);
  ADD ("/versions/long", test_long);

  return g_test_run ();
}
