/* test-conversation.c: a chat that is open is written down, goes on, is answered again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent-harness.h"
#include "rnl-conversation.h"
#include "rnl-final-answer.h"

typedef struct
{
  RnlLibrary *library;
  RnlToolRegistry *tools;
  RnlChat *chat;
  RnlConversation *conversation;
} Fixture;

static const Play hello[]
  = { { PLAY_TEXT, 0, "**Hello** there", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play again[] = { { PLAY_TEXT, 0, "Hello again", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play broken[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_FAIL, 0, "gone", NULL } };
static const Play hang[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_HANG, 0, NULL, NULL } };

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static RnlLibrary *
open_library (const char *path)
{
  RnlLibrary *library = rnl_library_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_library_open_async (library, NULL, store_result_cb, &result);
  rnl_test_wait_for (has_result, &result);
  rnl_library_open_finish (library, result, &error);
  g_assert_no_error (error);

  return library;
}

static void
flush_library (RnlLibrary *library)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_library_flush_async (library, NULL, store_result_cb, &result);
  rnl_test_wait_for (has_result, &result);
  rnl_library_flush_finish (library, result, &error);
  g_assert_no_error (error);
}

static void
fixture_init (Fixture *fixture, const Play *const *script, guint n_turns)
{
  g_autoptr (TestModel) model = test_model_new (script, n_turns);

  fixture->library = open_library (":memory:");
  fixture->tools = rnl_tool_registry_new ();
  fixture->chat = rnl_chat_new ();
  fixture->conversation = rnl_conversation_new (fixture->library, fixture->chat,
                                                RNL_CHAT_MODEL (model), fixture->tools);
}

static void
fixture_clear (Fixture *fixture)
{
  flush_library (fixture->library);
  g_assert_finalize_object (fixture->conversation);
  g_object_unref (fixture->chat);
  g_object_unref (fixture->tools);
  g_object_unref (fixture->library);
}

static gboolean
is_idle (gpointer user_data)
{
  return !rnl_conversation_get_busy (user_data);
}

static RnlMessage *
get_message (RnlConversation *conversation, guint position)
{
  g_autoptr (RnlMessage) message
    = g_list_model_get_item (rnl_conversation_list_messages (conversation), position);

  g_assert_nonnull (message);

  return message;
}

static guint
count_messages (RnlConversation *conversation)
{
  return g_list_model_get_n_items (rnl_conversation_list_messages (conversation));
}

static void
assert_text (RnlMessage *message, const char *expected)
{
  g_autofree char *text = rnl_message_dup_text (message);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_send (void)
{
  static const Play *const script[] = { hello };
  Fixture fixture;
  RnlAgentRun *run;

  fixture_init (&fixture, script, 1);
  g_assert_null (rnl_library_find_chat (fixture.library, rnl_chat_get_id (fixture.chat)));
  run = rnl_conversation_send (fixture.conversation, "Say hello,\nplease");

  g_assert_true (rnl_conversation_get_run (fixture.conversation) == run);
  g_assert_true (rnl_chat_get_busy (fixture.chat));
  g_assert_cmpuint (count_messages (fixture.conversation), ==, 2);
  g_assert_null (rnl_conversation_send (fixture.conversation, "too early"));

  rnl_test_wait_for (is_idle, fixture.conversation);
  g_assert_cmpstr (rnl_chat_get_title (fixture.chat), ==, "Say hello,");
  g_assert_cmpstr (rnl_chat_get_snippet (fixture.chat), ==, "Hello there");
  g_assert_false (rnl_chat_get_busy (fixture.chat));
  g_assert_false (rnl_chat_get_attention (fixture.chat));
  g_assert_true (rnl_library_find_chat (fixture.library, rnl_chat_get_id (fixture.chat))
                 == fixture.chat);
  fixture_clear (&fixture);
}

/* What a chat holds comes back from the store, the newest first when there is much. */
static void
test_load (void)
{
  static const Play *const script[] = { hello };
  Fixture fixture;
  g_autoptr (RnlConversation) other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) more = NULL;

  fixture_init (&fixture, script, 1);
  for (guint i = 0; i < 3; i++)
    {
      rnl_conversation_send (fixture.conversation, "hi");
      rnl_test_wait_for (is_idle, fixture.conversation);
    }
  flush_library (fixture.library);

  other = rnl_conversation_new (fixture.library, fixture.chat,
                                rnl_conversation_get_model (fixture.conversation), fixture.tools);
  g_assert_null (rnl_conversation_send (other, "not loaded yet"));
  rnl_conversation_load_async (other, 2, NULL, store_result_cb, &result);
  rnl_test_wait_for (has_result, &result);
  g_assert_true (rnl_conversation_load_finish (other, result, NULL));
  g_assert_cmpuint (count_messages (other), ==, 2);
  g_assert_true (rnl_conversation_get_has_earlier (other));
  assert_text (get_message (other, 1), "**Hello** there");

  rnl_conversation_load_async (other, 50, NULL, store_result_cb, &more);
  rnl_test_wait_for (has_result, &more);
  g_assert_true (rnl_conversation_load_finish (other, more, NULL));
  g_assert_cmpuint (count_messages (other), ==, 6);
  g_assert_false (rnl_conversation_get_has_earlier (other));
  fixture_clear (&fixture);
}

/* An answer that failed asks for attention, is replaced by Retry, and is gone from the store then.
 */
static void
test_retry (void)
{
  static const Play *const script[] = { broken, again };
  Fixture fixture;

  fixture_init (&fixture, script, 2);
  rnl_conversation_send (fixture.conversation, "hi");
  rnl_test_wait_for (is_idle, fixture.conversation);
  g_assert_cmpint (rnl_message_get_state (get_message (fixture.conversation, 1)), ==,
                   RNL_MESSAGE_FAILED);
  assert_text (get_message (fixture.conversation, 1), "Hel");
  g_assert_true (rnl_chat_get_attention (fixture.chat));

  g_assert_nonnull (rnl_conversation_retry (fixture.conversation));
  rnl_test_wait_for (is_idle, fixture.conversation);
  g_assert_cmpuint (count_messages (fixture.conversation), ==, 2);
  assert_text (get_message (fixture.conversation, 1), "Hello again");
  g_assert_false (rnl_chat_get_attention (fixture.chat));
  fixture_clear (&fixture);
}

static gboolean
has_text (gpointer user_data)
{
  RnlMessage *answer = get_message (user_data, 1);

  return rnl_message_get_n_parts (answer) > 0;
}

static void
test_stop (void)
{
  static const Play *const script[] = { hang };
  Fixture fixture;

  fixture_init (&fixture, script, 1);
  rnl_conversation_stop (fixture.conversation);
  rnl_conversation_send (fixture.conversation, "hi");
  rnl_test_wait_for (has_text, fixture.conversation);
  rnl_conversation_stop (fixture.conversation);

  g_assert_false (rnl_conversation_get_busy (fixture.conversation));
  g_assert_cmpint (rnl_message_get_state (get_message (fixture.conversation, 1)), ==,
                   RNL_MESSAGE_STOPPED);
  assert_text (get_message (fixture.conversation, 1), "Hel");
  fixture_clear (&fixture);
}

/* A conversation that goes away while an answer is on its way stops it and keeps what came. */
static void
test_drop (void)
{
  static const Play *const script[] = { hang };
  Fixture fixture;
  g_autoptr (RnlMessage) answer = NULL;

  fixture_init (&fixture, script, 1);
  rnl_conversation_send (fixture.conversation, "hi");
  rnl_test_wait_for (has_text, fixture.conversation);
  answer = g_object_ref (get_message (fixture.conversation, 1));
  fixture_clear (&fixture);

  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_STOPPED);
}

static gboolean
is_waiting (gpointer user_data)
{
  return rnl_chat_get_attention (((Fixture *) user_data)->chat);
}

static gboolean
runs (gpointer user_data)
{
  return test_tool_get_n_running (user_data) == 1;
}

/* "Allow for this chat" is kept with the chat. */
static void
test_allow_for_chat (void)
{
  static const Play call[]
    = { { PLAY_CALL, 0, "{\"v\": \"a\"}", "one" }, { PLAY_END, 0, NULL, NULL } };
  static const Play *const script[] = { call, hello };
  Fixture fixture;
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_ASKS);

  fixture_init (&fixture, script, 2);
  rnl_tool_registry_add (fixture.tools, RNL_TOOL (tool));
  rnl_conversation_send (fixture.conversation, "go");
  rnl_test_wait_for (is_waiting, &fixture);
  rnl_agent_run_decide (rnl_conversation_get_run (fixture.conversation),
                        rnl_message_get_part (get_message (fixture.conversation, 1), 0),
                        RNL_DECISION_ALLOW_CHAT, NULL);
  rnl_test_wait_for (runs, tool);
  test_tool_finish (tool, "fine", NULL);
  rnl_test_wait_for (is_idle, fixture.conversation);

  g_assert_cmpstr (rnl_chat_get_allowed_tools (fixture.chat)[0], ==, "one");
  g_assert_false (rnl_chat_get_attention (fixture.chat));
  fixture_clear (&fixture);
}

static gboolean
has_one_call (gpointer user_data)
{
  return test_tool_get_n_running (user_data) == 1;
}

/* An answer that stopped at a limit goes on in place, and is written down as one. */
static void
test_continue (void)
{
  static const Play call[]
    = { { PLAY_CALL, 0, "{\"v\": \"a\"}", "one" }, { PLAY_END, 0, NULL, NULL } };
  static const Play final[] = { { PLAY_CALL, 0, "{\"answer\": \"Hello there\"}", "final_answer" },
                                { PLAY_END, 0, NULL, NULL } };
  static const Play *const script[] = { call, final };
  Fixture fixture;
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_SAFE);
  g_autoptr (RnlConversation) loaded = NULL;
  g_autoptr (TestModel) model = test_model_new (script, 2);
  g_autoptr (GAsyncResult) result = NULL;
  RnlMessage *answer;

  fixture_init (&fixture, script, 2);
  rnl_tool_registry_add (fixture.tools, RNL_TOOL (tool));
  rnl_conversation_set_limits (fixture.conversation, 1, 0);
  rnl_conversation_set_final_answer_tool (fixture.conversation, TRUE);
  g_assert_null (rnl_conversation_continue (fixture.conversation));
  rnl_conversation_send (fixture.conversation, "go");
  rnl_test_wait_for (has_one_call, tool);
  test_tool_finish (tool, "fine", NULL);
  rnl_test_wait_for (is_idle, fixture.conversation);
  answer = get_message (fixture.conversation, 1);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_LIMIT);

  g_assert_nonnull (rnl_conversation_continue (fixture.conversation));
  g_assert_true (rnl_conversation_get_busy (fixture.conversation));
  rnl_test_wait_for (is_idle, fixture.conversation);
  g_assert_cmpuint (count_messages (fixture.conversation), ==, 2);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
  g_assert_null (rnl_conversation_continue (fixture.conversation));

  flush_library (fixture.library);
  loaded = rnl_conversation_new (fixture.library, fixture.chat, RNL_CHAT_MODEL (model), NULL);
  rnl_conversation_load_async (loaded, 10, NULL, store_result_cb, &result);
  rnl_test_wait_for (has_result, &result);
  g_assert_cmpuint (count_messages (loaded), ==, 2);
  assert_text (get_message (loaded, 1), "Hello there");
  g_assert_cmpuint (rnl_message_get_n_parts (get_message (loaded, 1)), ==, 2);
  g_assert_true (rnl_final_answer_is (rnl_message_get_part (get_message (loaded, 1), 1)));
  g_clear_object (&loaded);
  fixture_clear (&fixture);
}

static void
count_cb (RnlRunScope *scope, const RnlEvent *event, guint *count)
{
  (*count)++;
}

/* Who observes a conversation sees each of its runs, and none of another one. */
static void
test_scope (void)
{
  static const Play *const script[] = { hello, again };
  Fixture one, two;
  guint n_one = 0, n_two = 0;

  fixture_init (&one, script, 2);
  fixture_init (&two, script, 2);
  g_signal_connect (rnl_conversation_get_scope (one.conversation), "event", G_CALLBACK (count_cb),
                    &n_one);
  g_signal_connect (rnl_conversation_get_scope (two.conversation), "event", G_CALLBACK (count_cb),
                    &n_two);
  rnl_conversation_send (one.conversation, "hi");
  rnl_test_wait_for (is_idle, one.conversation);
  g_assert_cmpuint (n_one, ==, 5);
  rnl_conversation_send (one.conversation, "again");
  rnl_test_wait_for (is_idle, one.conversation);
  g_assert_cmpuint (n_one, ==, 10);
  g_assert_cmpuint (n_two, ==, 0);
  fixture_clear (&one);
  fixture_clear (&two);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/conversation/send", test_send);
  g_test_add_func ("/conversation/load", test_load);
  g_test_add_func ("/conversation/retry", test_retry);
  g_test_add_func ("/conversation/stop", test_stop);
  g_test_add_func ("/conversation/drop", test_drop);
  g_test_add_func ("/conversation/allow-for-chat", test_allow_for_chat);
  g_test_add_func ("/conversation/continue", test_continue);
  g_test_add_func ("/conversation/scope", test_scope);

  return g_test_run ();
}
