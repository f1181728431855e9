/* test-library.c: what goes in comes out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-store-test.h"

static RnlMessage *
make_turn (void)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) reasoning = rnl_part_new (RNL_PART_REASONING, 0);
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (1, "call_1", "look_around");
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (RnlPart) inner = rnl_part_new_tool_call (0, "call_2", "add");
  g_autoptr (RnlPart) grandchild = rnl_part_new_text ("deep down");
  g_autoptr (RnlPart) file = rnl_part_new (RNL_PART_FILE, 1);
  g_autoptr (RnlPart) answer
    = rnl_part_new_text ("It is under the bed. Ünïcode 猫 \360\237\220\210");
  RnlUsage usage = { 10, 20, 30, 4, -1, 6 };

  rnl_part_set_text (reasoning, "Where would I hide?");
  rnl_part_set_duration (reasoning, 1234);
  rnl_part_set_text (call, "{\"room\": \"all\"}");
  rnl_part_set_title (call, "Look around");
  rnl_part_append_output (call, "looking…\n", strlen ("looking…\n"));
  rnl_part_set_result (call, "under the bed");
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_part_set_extra_string (call, RNL_PART_EXTRA_PROTOCOL, "anthropic");
  rnl_part_set_complete (call, TRUE);
  rnl_part_set_text (child, "a model inside a tool");
  rnl_part_set_state (inner, RNL_TOOL_FAILED);
  rnl_part_set_text (file, "file:///tmp/cat.png");
  rnl_part_add_child (inner, grandchild);
  rnl_part_add_child (call, child);
  rnl_part_add_child (call, inner);
  rnl_message_add_part (message, reasoning);
  rnl_message_add_part (message, call);
  rnl_message_add_part (message, file);
  rnl_message_add_part (message, answer);
  rnl_message_set_model (message, "offline/helper");
  rnl_message_set_usage (message, &usage);
  rnl_message_set_first_token (message, 250000);
  rnl_message_set_duration (message, 1500000);
  rnl_message_set_finish_reason (message, RNL_FINISH_STOP, "end_turn");
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);

  return message;
}

static void assert_same_parts (GListModel *a, GListModel *b);

static void
assert_same_part (RnlPart *a, RnlPart *b)
{
  g_assert_cmpstr (rnl_part_get_id (a), ==, rnl_part_get_id (b));
  g_assert_cmpint (rnl_part_get_part_type (a), ==, rnl_part_get_part_type (b));
  g_assert_cmpuint (rnl_part_get_step (a), ==, rnl_part_get_step (b));
  g_assert_cmpstr (rnl_part_get_text (a), ==, rnl_part_get_text (b));
  g_assert_cmpstr (rnl_part_get_output (a), ==, rnl_part_get_output (b));
  g_assert_cmpstr (rnl_part_get_title (a), ==, rnl_part_get_title (b));
  g_assert_cmpstr (rnl_part_get_name (a), ==, rnl_part_get_name (b));
  g_assert_cmpstr (rnl_part_get_call_id (a), ==, rnl_part_get_call_id (b));
  g_assert_cmpstr (rnl_part_get_result (a), ==, rnl_part_get_result (b));
  g_assert_cmpint (rnl_part_get_state (a), ==, rnl_part_get_state (b));
  g_assert_cmpint (rnl_part_get_complete (a), ==, rnl_part_get_complete (b));
  g_assert_cmpint (rnl_part_get_started (a), ==, rnl_part_get_started (b));
  g_assert_cmpint (rnl_part_get_duration (a), ==, rnl_part_get_duration (b));
  g_assert_cmpstr (rnl_part_get_extra_string (a, RNL_PART_EXTRA_PROTOCOL), ==,
                   rnl_part_get_extra_string (b, RNL_PART_EXTRA_PROTOCOL));
  assert_same_parts (rnl_part_list_children (a), rnl_part_list_children (b));
}

static void
assert_same_parts (GListModel *a, GListModel *b)
{
  g_assert_cmpuint (g_list_model_get_n_items (a), ==, g_list_model_get_n_items (b));
  for (guint i = 0; i < g_list_model_get_n_items (a); i++)
    {
      g_autoptr (RnlPart) x = g_list_model_get_item (a, i);
      g_autoptr (RnlPart) y = g_list_model_get_item (b, i);

      assert_same_part (x, y);
    }
}

static void
assert_same_message (RnlMessage *a, RnlMessage *b)
{
  g_assert_cmpstr (rnl_message_get_id (a), ==, rnl_message_get_id (b));
  g_assert_cmpint (rnl_message_get_role (a), ==, rnl_message_get_role (b));
  g_assert_cmpint (rnl_message_get_state (a), ==, rnl_message_get_state (b));
  g_assert_cmpint (rnl_message_get_created (a), ==, rnl_message_get_created (b));
  g_assert_cmpint (rnl_message_get_first_token (a), ==, rnl_message_get_first_token (b));
  g_assert_cmpint (rnl_message_get_duration (a), ==, rnl_message_get_duration (b));
  g_assert_cmpint (rnl_message_get_finish_reason (a), ==, rnl_message_get_finish_reason (b));
  g_assert_cmpstr (rnl_message_get_raw_finish_reason (a), ==,
                   rnl_message_get_raw_finish_reason (b));
  g_assert_cmpstr (rnl_message_get_model (a), ==, rnl_message_get_model (b));
  g_assert_cmpmem (rnl_message_get_usage (a), sizeof (RnlUsage), rnl_message_get_usage (b),
                   sizeof (RnlUsage));
  assert_same_parts (rnl_message_list_parts (a), rnl_message_list_parts (b));
}

static void
test_round_trip (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autofree char *chat_id
    = g_strdup (rnl_chat_get_id (rnl_store_test_add_chat (library, "Where is the cat?")));
  g_autoptr (RnlMessage) question = rnl_message_new_text (RNL_ROLE_USER, "Where is it hiding?");
  g_autoptr (RnlMessage) answer = make_turn ();
  g_autoptr (GPtrArray) messages = NULL;
  GListModel *chats;
  g_autoptr (RnlChat) chat = NULL;

  rnl_library_add_message (library, chat_id, question);
  rnl_library_add_message (library, chat_id, answer);
  rnl_store_test_close (library);

  library = rnl_store_test_open (path);
  chats = rnl_library_list_chats (library);
  g_assert_cmpuint (g_list_model_get_n_items (chats), ==, 1);
  chat = g_list_model_get_item (chats, 0);
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "Where is the cat?");
  g_assert_true (g_str_has_prefix (rnl_chat_get_snippet (chat), "It is under the bed."));
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 2);
  assert_same_message (messages->pdata[0], question);
  assert_same_message (messages->pdata[1], answer);
  g_clear_object (&chat);
  rnl_store_test_close (library);
}

static void
test_update (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "x"));
  g_autoptr (RnlMessage) message = make_turn ();
  g_autoptr (RnlMessage) shorter = rnl_message_new_text (RNL_ROLE_ASSISTANT, "another");
  g_autoptr (GPtrArray) messages = NULL;

  rnl_library_add_message (library, chat_id, message);
  rnl_message_set_state (message, RNL_MESSAGE_STOPPED);
  rnl_library_update_message (library, chat_id, message);
  messages = rnl_store_test_load (library, chat_id);
  assert_same_message (messages->pdata[0], message);

  /* The same message with other parts: the old ones go. */
  rnl_message_set_id (shorter, rnl_message_get_id (message));
  rnl_message_set_created (shorter, rnl_message_get_created (message));
  rnl_library_update_message (library, chat_id, shorter);
  g_ptr_array_unref (messages);
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 1);
  assert_same_message (messages->pdata[0], shorter);
  rnl_store_test_close (library);
}

static void
test_error (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "x"));
  g_autoptr (RnlMessage) typed = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlMessage) plain = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (GError) error = rnl_provider_error_new (RNL_PROVIDER_ERROR_RATE_LIMIT, "Too fast");
  g_autoptr (GError) io_error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Too slow");
  RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);
  g_autoptr (GPtrArray) messages = NULL;
  const GError *read;

  details->status = 429;
  details->retry_after_ms = 1500;
  details->request_id = g_strdup ("req_1");
  details->code = g_strdup ("too_many");
  details->body = g_strdup ("{}");
  rnl_message_set_error (typed, error);
  rnl_message_set_state (typed, RNL_MESSAGE_FAILED);
  rnl_message_set_error (plain, io_error);
  rnl_message_set_state (plain, RNL_MESSAGE_FAILED);
  rnl_library_add_message (library, chat_id, typed);
  rnl_library_add_message (library, chat_id, plain);

  messages = rnl_store_test_load (library, chat_id);
  read = rnl_message_get_error (messages->pdata[0]);
  g_assert_error (read, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_RATE_LIMIT);
  g_assert_cmpstr (read->message, ==, "Too fast");
  details = rnl_provider_error_get_details (read);
  g_assert_cmpuint (details->status, ==, 429);
  g_assert_cmpint (details->retry_after_ms, ==, 1500);
  g_assert_cmpstr (details->request_id, ==, "req_1");
  g_assert_cmpstr (details->code, ==, "too_many");
  g_assert_cmpstr (details->body, ==, "{}");
  read = rnl_message_get_error (messages->pdata[1]);
  g_assert_error (read, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  rnl_store_test_close (library);
}

static void
test_paging (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "x"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) newest = NULL, earlier = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u", i);
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, line);

      rnl_library_add_message (library, chat_id, message);
    }

  newest = rnl_store_test_try_load (library, chat_id, NULL, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (newest->len, ==, 4);
  text = rnl_message_dup_text (newest->pdata[0]);
  g_assert_cmpstr (text, ==, "6");

  earlier
    = rnl_store_test_try_load (library, chat_id, rnl_message_get_id (newest->pdata[0]), 50, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (earlier->len, ==, 6);
  g_free (text);
  text = rnl_message_dup_text (earlier->pdata[5]);
  g_assert_cmpstr (text, ==, "5");

  g_assert_null (rnl_store_test_try_load (library, chat_id, "nobody", 5, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rnl_store_test_try_load (library, "nobody", NULL, 5, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  rnl_store_test_close (library);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
assert_order (RnlLibrary *library, const char *titles)
{
  GListModel *chats = rnl_library_list_chats (library);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (chats); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);

      g_string_append (order, rnl_chat_get_title (chat));
    }
  g_assert_cmpstr (order->str, ==, titles);
}

static void
test_order (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  g_autoptr (GString) changes = g_string_new (NULL);
  RnlChat *a = rnl_store_test_add_chat (library, "a");
  RnlChat *b = rnl_store_test_add_chat (library, "b");
  RnlChat *c = rnl_store_test_add_chat (library, "c");

  rnl_chat_set_updated (a, 100);
  rnl_chat_set_updated (b, 200);
  rnl_chat_set_updated (c, 300);
  assert_order (library, "cba");
  g_signal_connect (rnl_library_list_chats (library), "items-changed", G_CALLBACK (changed_cb),
                    changes);
  rnl_chat_set_updated (a, 400);
  assert_order (library, "acb");
  g_assert_cmpstr (changes->str, ==, "0-3+3 ");
  rnl_chat_set_updated (a, 250);
  assert_order (library, "cab");
  g_assert_cmpstr (changes->str, ==, "0-3+3 0-2+2 ");
  /* Still in its place: nothing to tell. */
  rnl_chat_set_updated (a, 260);
  g_assert_cmpstr (changes->str, ==, "0-3+3 0-2+2 ");

  g_assert_true (rnl_library_find_chat (library, rnl_chat_get_id (b)) == b);
  g_assert_null (rnl_library_find_chat (library, "nobody"));
  rnl_store_test_close (library);
}

static void
test_delete (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "hello there");
  g_autofree char *a = g_strdup (rnl_chat_get_id (rnl_store_test_add_chat (library, "a")));
  g_autofree char *b = g_strdup (rnl_chat_get_id (rnl_store_test_add_chat (library, "b")));

  rnl_library_add_message (library, a, message);
  rnl_library_delete_chat (library, a);
  rnl_library_delete_chat (library, b);
  assert_order (library, "");
  rnl_library_undelete_chat (library, a);
  rnl_library_undelete_chat (library, a);
  assert_order (library, "a");
  rnl_store_test_flush (library);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 2);
  rnl_library_purge_deleted (library);
  rnl_library_undelete_chat (library, b);
  rnl_store_test_flush (library);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 1);

  /* What was deleted and not purged goes when the file is opened again. */
  rnl_library_delete_chat (library, a);
  rnl_store_test_close (library);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM parts"), ==, 1);
  library = rnl_store_test_open (path);
  assert_order (library, "");
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM parts"), ==, 0);
  g_assert_cmpint (
    rnl_store_test_number (path, "SELECT count (*) FROM part_index WHERE part_index MATCH 'hello'"),
    ==, 0);
  rnl_store_test_close (library);
}

static void
test_chat_fields (void)
{
  static const char *const tools[] = { "add", "read_file", NULL };
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  RnlChat *chat = rnl_store_test_add_chat (library, "first");
  g_autofree char *id = g_strdup (rnl_chat_get_id (chat));

  rnl_chat_set_title (chat, "second");
  rnl_chat_set_model (chat, "home/qwen");
  rnl_chat_set_draft (chat, "unfinished th");
  rnl_chat_set_allowed_tools (chat, tools);
  rnl_chat_set_created (chat, 5);
  rnl_chat_set_updated (chat, 6);
  rnl_library_save_chat (library, chat);
  rnl_store_test_close (library);

  library = rnl_store_test_open (path);
  chat = rnl_library_find_chat (library, id);
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "second");
  g_assert_cmpstr (rnl_chat_get_model (chat), ==, "home/qwen");
  g_assert_cmpstr (rnl_chat_get_draft (chat), ==, "unfinished th");
  g_assert_cmpstr (rnl_chat_get_allowed_tools (chat)[1], ==, "read_file");
  g_assert_cmpint (rnl_chat_get_created (chat), ==, 5);
  g_assert_cmpint (rnl_chat_get_updated (chat), ==, 6);
  rnl_store_test_close (library);
}

static void
test_default_path (void)
{
  RnlLibrary *library = rnl_store_test_open (NULL);
  g_autofree char *folder = g_path_get_dirname (rnl_library_get_path (library));
  GStatBuf info;

  g_assert_true (g_str_has_prefix (folder, g_get_user_data_dir ()));
  g_assert_no_errno (g_stat (folder, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_no_errno (g_stat (rnl_library_get_path (library), &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  rnl_store_test_close (library);
}

static void
failed_cb (RnlLibrary *library, const GError *error, gpointer user_data)
{
  g_ptr_array_add (user_data, g_error_copy (error));
}

static gboolean
has_two (gpointer user_data)
{
  return ((GPtrArray *) user_data)->len >= 2;
}

static void
contents_changed_cb (RnlLibrary *library, guint *n)
{
  (*n)++;
}

static void
assert_told (guint *n, guint expected)
{
  g_assert_cmpuint (*n, ==, expected);
  *n = 0;
}

/* What a search finds may be another: that is told; what it cannot find is not. */
static void
test_contents_changed (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  RnlChat *chat = rnl_store_test_add_chat (library, "x");
  const char *id = rnl_chat_get_id (chat);
  g_autoptr (RnlChat) copy = rnl_chat_new ();
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "hello");
  g_autoptr (RnlMessage) other = rnl_message_new_text (RNL_ROLE_USER, "hello again");
  const char *labels[] = { "Work", NULL };
  guint n = 0;

  g_signal_connect (library, "contents-changed", G_CALLBACK (contents_changed_cb), &n);
  rnl_library_add_message (library, id, message);
  assert_told (&n, 1);
  rnl_library_add_version (library, id, rnl_message_get_id (message), other);
  assert_told (&n, 1);
  rnl_library_update_message (library, id, other);
  assert_told (&n, 1);

  rnl_chat_set_draft (chat, "a draft");
  rnl_chat_set_place (chat, "somewhere");
  rnl_chat_set_pinned (chat, TRUE);
  rnl_library_save_chat (library, chat);
  assert_told (&n, 0);
  rnl_chat_set_title (chat, "y");
  rnl_library_save_chat (library, chat);
  assert_told (&n, 1);
  rnl_chat_set_labels (chat, labels);
  rnl_library_save_chat (library, chat);
  rnl_library_save_chat (library, chat);
  assert_told (&n, 1);

  rnl_library_add_chat (library, copy);
  assert_told (&n, 0);
  rnl_library_copy_messages (library, id, message, copy);
  assert_told (&n, 1);
  rnl_library_delete_message (library, id, rnl_message_get_id (other));
  assert_told (&n, 1);
  rnl_library_delete_chat (library, id);
  assert_told (&n, 1);
  rnl_library_undelete_chat (library, id);
  assert_told (&n, 1);
  rnl_library_undelete_chat (library, id);
  assert_told (&n, 0);
  rnl_store_test_close (library);
}

/* A write that cannot be done is told, and takes no other with it. */
static void
test_bad_write (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "x"));
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "hello");
  g_autoptr (RnlMessage) lost = rnl_message_new_text (RNL_ROLE_USER, "lost");
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) messages = NULL;

  g_signal_connect (library, "write-failed", G_CALLBACK (failed_cb), errors);
  rnl_library_add_message (library, "nobody", lost);
  rnl_library_add_message (library, chat_id, message);
  rnl_library_add_message (library, "nobody", lost);
  rnl_test_wait_for (has_two, errors);
  g_assert_error ((GError *) errors->pdata[0], RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 1);
  rnl_store_test_close (library);
}

#define WAL_HEADER   32
#define FRAME_HEADER 24
#define PAGE         4096

/* How many transactions are in the log of a file: the last page of each says how large the database
 * is. */
static guint
count_transactions (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *contents = NULL;
  gsize length;
  guint n = 0;

  g_assert_true (g_file_get_contents (log, &contents, &length, NULL));
  for (gsize at = WAL_HEADER; at + FRAME_HEADER + PAGE <= length; at += FRAME_HEADER + PAGE)
    n += memcmp (contents + at + 4, "\0\0\0\0", 4) != 0 ? 1 : 0;

  return n;
}

static void
dawdle_cb (void)
{
  g_usleep (50000);
}

/* What belongs together is on disk together: a message and what the list of chats shows of it.
 * There is time to write the one before the other is known. */
static void
test_one_transaction (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  RnlChat *chat = rnl_store_test_add_chat (library, "x");
  guint before;

  rnl_store_test_flush (library);
  before = count_transactions (path);
  g_signal_connect (chat, "notify::snippet", G_CALLBACK (dawdle_cb), NULL);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("hello %u", i);
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, text);

      rnl_library_add_message (library, rnl_chat_get_id (chat), message);
      rnl_store_test_flush (library);
      g_assert_cmpstr (rnl_chat_get_snippet (chat), ==, text);
    }
  g_assert_cmpuint (count_transactions (path), ==, before + 4);
  rnl_store_test_close (library);
}

/* Before it is open everything fails, and what was written is saved once it is. */
static void
test_not_open (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_library_new (path);
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "early"));
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (rnl_store_test_try_load (library, chat_id, NULL, 5, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (rnl_store_test_try_flush (library, &error));
  g_clear_error (&error);
  g_assert_true (rnl_store_test_try_open (library, &error));
  g_assert_no_error (error);
  assert_order (library, "early");
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 0);
  rnl_store_test_close (library);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/library/round-trip", test_round_trip);
  g_test_add_func ("/library/update", test_update);
  g_test_add_func ("/library/error", test_error);
  g_test_add_func ("/library/paging", test_paging);
  g_test_add_func ("/library/order", test_order);
  g_test_add_func ("/library/delete", test_delete);
  g_test_add_func ("/library/chat-fields", test_chat_fields);
  g_test_add_func ("/library/default-path", test_default_path);
  g_test_add_func ("/library/contents-changed", test_contents_changed);
  g_test_add_func ("/library/bad-write", test_bad_write);
  g_test_add_func ("/library/not-open", test_not_open);
  g_test_add_func ("/library/one-transaction", test_one_transaction);

  return g_test_run ();
}
