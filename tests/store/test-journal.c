/* test-journal.c: a growing message is on disk soon, in pieces, and whole at its end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-journal.h"
#include "rnl-store-test.h"

typedef struct
{
  char *path;
  RnlLibrary *library;
  char *chat_id;
  RnlMessage *message;
  RnlPart *text;
  RnlJournal *journal;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = rnl_store_test_path ();
  fixture->library = rnl_store_test_open (fixture->path);
  fixture->chat_id
    = g_strdup (rnl_chat_get_id (rnl_store_test_add_chat (fixture->library, "growing")));
  fixture->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  fixture->text = rnl_part_new (RNL_PART_TEXT, 0);
  fixture->journal = rnl_journal_new (fixture->library, fixture->chat_id, fixture->message);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->journal != NULL)
    g_assert_finalize_object (fixture->journal);
  g_object_unref (fixture->text);
  g_assert_finalize_object (fixture->message);
  rnl_store_test_close (fixture->library);
  g_free (fixture->chat_id);
  g_free (fixture->path);
}

static void
append (RnlPart *part, const char *text)
{
  rnl_part_append (part, text, strlen (text));
}

/* Whether the loop would wait for ever: no timer, nothing ready. */
static gboolean
is_idle (gpointer unused)
{
  GMainContext *context = g_main_context_default ();
  gint priority, timeout = 0;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_MAXINT, &timeout, NULL, 0);
  g_main_context_release (context);

  return timeout == -1;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_no_timer (Fixture *fixture, gconstpointer data)
{
  rnl_store_test_flush (fixture->library);
  settle ();
  g_assert_true (is_idle (NULL));

  rnl_message_add_part (fixture->message, fixture->text);
  append (fixture->text, "a");
  g_assert_false (is_idle (NULL));
  rnl_journal_flush (fixture->journal);
  settle ();
  g_assert_true (is_idle (NULL));

  append (fixture->text, "b");
  g_assert_false (is_idle (NULL));
  rnl_message_set_state (fixture->message, RNL_MESSAGE_COMPLETE);
  settle ();
  g_assert_true (is_idle (NULL));
}

static gboolean
has_rows (gpointer user_data)
{
  Fixture *fixture = user_data;

  return rnl_store_test_number (fixture->path,
                                "SELECT coalesce (sum (length (text)), 0) FROM journal")
         == 11;
}

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Nobody asks for it: the journal's own timer writes. */
static void
test_soon (Fixture *fixture, gconstpointer data)
{
  guint tick = g_timeout_add (5, tick_cb, NULL);

  rnl_message_add_part (fixture->message, fixture->text);
  append (fixture->text, "hello ");
  append (fixture->text, "world");
  rnl_test_wait_for (has_rows, fixture);
  g_source_remove (tick);
  /* Gathered into one row. */
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM journal"), ==, 1);
  g_assert_cmpint (
    rnl_store_test_number (fixture->path, "SELECT length (text) FROM parts WHERE type = 0"), ==, 0);
}

/* A loop that never comes to its timers: the deltas themselves keep the deadline. */
static void
test_busy_loop (Fixture *fixture, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 2 * RNL_JOURNAL_INTERVAL_MS * 1000;

  rnl_message_add_part (fixture->message, fixture->text);
  while (g_get_monotonic_time () < end)
    append (fixture->text, "x");
  rnl_store_test_flush (fixture->library);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM journal"), >=, 1);
}

static void
test_fold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, NULL, NULL);
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (GPtrArray) live = NULL, whole = NULL;
  RnlPart *read;
  g_autoptr (RnlPart) read_child = NULL;

  rnl_message_add_part (fixture->message, fixture->text);
  append (fixture->text, "one");
  rnl_message_add_part (fixture->message, call);
  append (call, "{\"a\":");
  rnl_journal_flush (fixture->journal);
  rnl_part_set_name (call, "add");
  rnl_part_set_call_id (call, "call_1");
  append (call, "1}");
  rnl_part_set_state (call, RNL_TOOL_RUNNING);
  rnl_part_append_output (call, "out", 3);
  rnl_part_add_child (call, child);
  append (child, "inner");
  rnl_journal_flush (fixture->journal);
  rnl_part_append_output (call, "put", 3);
  append (child, " text");
  rnl_message_set_model (fixture->message, "offline/helper");
  rnl_journal_flush (fixture->journal);

  /* Read while it grows: rows and journal together. */
  live = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpuint (live->len, ==, 1);
  g_assert_cmpint (rnl_message_get_state (live->pdata[0]), ==, RNL_MESSAGE_STREAMING);
  g_assert_cmpstr (rnl_message_get_model (live->pdata[0]), ==, "offline/helper");
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (live->pdata[0], 0)), ==, "one");
  read = rnl_message_get_part (live->pdata[0], 1);
  g_assert_cmpstr (rnl_part_get_text (read), ==, "{\"a\":1}");
  g_assert_cmpstr (rnl_part_get_output (read), ==, "output");
  g_assert_cmpstr (rnl_part_get_name (read), ==, "add");
  g_assert_cmpstr (rnl_part_get_call_id (read), ==, "call_1");
  g_assert_cmpint (rnl_part_get_state (read), ==, RNL_TOOL_RUNNING);
  read_child = g_list_model_get_item (rnl_part_list_children (read), 0);
  g_assert_cmpstr (rnl_part_get_text (read_child), ==, "inner text");

  rnl_part_set_result (call, "2");
  rnl_part_set_state (call, RNL_TOOL_DONE);
  append (fixture->text, " two");
  rnl_message_set_duration (fixture->message, 77);
  rnl_message_set_state (fixture->message, RNL_MESSAGE_COMPLETE);
  whole = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpint (rnl_message_get_state (whole->pdata[0]), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpint (rnl_message_get_duration (whole->pdata[0]), ==, 77);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (whole->pdata[0], 0)), ==, "one two");
  g_assert_cmpstr (rnl_part_get_result (rnl_message_get_part (whole->pdata[0], 1)), ==, "2");
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM journal"), ==, 0);
  g_assert_cmpstr (
    rnl_chat_get_snippet (rnl_library_find_chat (fixture->library, fixture->chat_id)), ==,
    "one two");

  /* It is over: what happens now is nobody's business. */
  append (fixture->text, " three");
  rnl_journal_flush (fixture->journal);
  rnl_store_test_flush (fixture->library);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM journal"), ==, 0);
}

/* Parts that are there from the start are written once. */
static void
test_not_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (GPtrArray) messages = NULL;
  RnlJournal *journal;

  append (part, "begun");
  rnl_message_add_part (message, part);
  journal = rnl_journal_new (fixture->library, fixture->chat_id, message);
  append (part, " and more");
  /* Dropped before its end: what it has is written. */
  g_assert_finalize_object (journal);
  messages = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (messages->pdata[1], 0)), ==,
                   "begun and more");
}

/* An answer that had ended goes on in the same text; a program that is killed then has both when it
 * comes back. */
static void
test_resumed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) live = NULL, whole = NULL;

  rnl_message_add_part (fixture->message, fixture->text);
  append (fixture->text, "Hal");
  rnl_part_set_complete (fixture->text, TRUE);
  rnl_message_set_state (fixture->message, RNL_MESSAGE_STOPPED);
  g_assert_finalize_object (g_steal_pointer (&fixture->journal));

  rnl_message_set_state (fixture->message, RNL_MESSAGE_STREAMING);
  fixture->journal = rnl_journal_new (fixture->library, fixture->chat_id, fixture->message);
  rnl_part_set_complete (fixture->text, FALSE);
  append (fixture->text, "f do");
  rnl_journal_flush (fixture->journal);
  append (fixture->text, "n");
  rnl_journal_flush (fixture->journal);
  live = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpuint (live->len, ==, 1);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (live->pdata[0], 0)), ==, "Half don");

  g_assert_finalize_object (g_steal_pointer (&fixture->journal));
  rnl_store_test_close (fixture->library);
  fixture->library = rnl_store_test_open (fixture->path);
  whole = rnl_store_test_load (fixture->library, fixture->chat_id);
  g_assert_cmpuint (whole->len, ==, 1);
  g_assert_cmpint (rnl_message_get_state (whole->pdata[0]), ==, RNL_MESSAGE_INTERRUPTED);
  g_assert_cmpuint (rnl_message_get_n_parts (whole->pdata[0]), ==, 1);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (whole->pdata[0], 0)), ==, "Half don");
}

/* A chat that is deleted under a growing message. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  rnl_library_delete_chat (fixture->library, fixture->chat_id);
  rnl_library_purge_deleted (fixture->library);
  rnl_message_add_part (fixture->message, fixture->text);
  append (fixture->text, "to nobody");
  rnl_journal_flush (fixture->journal);
  rnl_store_test_flush (fixture->library);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM parts"), ==, 0);
}

/* One more token in a long message costs what the token costs. */
static void
test_cost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *chunk = g_strnfill (1000, 'x');

  rnl_message_add_part (fixture->message, fixture->text);
  for (guint i = 0; i < 200; i++)
    {
      append (fixture->text, chunk);
      rnl_journal_flush (fixture->journal);
    }
  rnl_store_test_flush (fixture->library);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT sum (length (text)) FROM journal"),
                   ==, 200000);
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT max (length (text)) FROM journal"),
                   ==, 1000);
}

#define ADD(name, func) g_test_add ("/journal/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  ADD ("no-timer", test_no_timer);
  ADD ("soon", test_soon);
  ADD ("busy-loop", test_busy_loop);
  ADD ("fold", test_fold);
  ADD ("not-empty", test_not_empty);
  ADD ("resumed", test_resumed);
  ADD ("deleted", test_deleted);
  ADD ("cost", test_cost);

  return g_test_run ();
}
