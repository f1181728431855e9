/* test-conversation.c: a chat that is open is written down, goes on, is answered again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "conversation-harness.h"
#include "rnl-final-answer.h"

static const Play hello[]
  = { { PLAY_TEXT, 0, "**Hello** there", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play again[] = { { PLAY_TEXT, 0, "Hello again", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play broken[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_FAIL, 0, "gone", NULL } };
static const Play hang[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_HANG, 0, NULL, NULL } };

static void
test_send (void)
{
  static const Play *const script[] = { hello };
  Talk talk;
  RnlAgentRun *run;

  talk_init (&talk, script, 1);
  g_assert_null (rnl_library_find_chat (talk.library, rnl_chat_get_id (talk.chat)));
  run = rnl_conversation_send (talk.conversation, "Say hello,\nplease");

  g_assert_true (rnl_conversation_get_run (talk.conversation) == run);
  g_assert_true (rnl_chat_get_busy (talk.chat));
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 2);
  g_assert_null (rnl_conversation_send (talk.conversation, "too early"));

  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, "Say hello,");
  g_assert_cmpstr (rnl_chat_get_snippet (talk.chat), ==, "Hello there");
  g_assert_false (rnl_chat_get_busy (talk.chat));
  g_assert_false (rnl_chat_get_attention (talk.chat));
  g_assert_true (rnl_library_find_chat (talk.library, rnl_chat_get_id (talk.chat)) == talk.chat);
  talk_clear (&talk);
}

/* What a chat holds comes back from the store, the newest first when there is much. */
static void
test_load (void)
{
  static const Play *const script[] = { hello };
  Talk talk;
  rnl_test_last RnlConversation *other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) more = NULL;

  talk_init (&talk, script, 1);
  for (guint i = 0; i < 3; i++)
    {
      rnl_conversation_send (talk.conversation, "hi");
      rnl_test_wait_for (talk_is_idle, talk.conversation);
    }
  talk_flush (&talk);

  other = rnl_conversation_new (talk.library, talk.chat,
                                rnl_conversation_get_model (talk.conversation), talk.tools);
  g_assert_null (rnl_conversation_send (other, "not loaded yet"));
  rnl_conversation_load_async (other, 2, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_conversation_load_finish (other, result, NULL));
  g_assert_cmpuint (talk_count_messages (other), ==, 2);
  g_assert_true (rnl_conversation_get_has_earlier (other));
  talk_assert_text (talk_get_message (other, 1), "**Hello** there");

  rnl_conversation_load_async (other, 50, NULL, rnl_test_result_cb, &more);
  rnl_test_wait_for (rnl_test_has_result, &more);
  g_assert_true (rnl_conversation_load_finish (other, more, NULL));
  g_assert_cmpuint (talk_count_messages (other), ==, 6);
  g_assert_false (rnl_conversation_get_has_earlier (other));
  talk_clear (&talk);
}

/* What is set for a chat holds for whoever asks in it, under what that one asks for. */
static void
test_params (void)
{
  static const Play *const script[] = { hello };
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (JsonNode) cold = json_node_init_double (json_node_alloc (), 0.25);
  g_autoptr (RnlRun) run = NULL;
  RnlChatRequest *request;
  Talk talk;

  talk_init (&talk, script, 1);
  rnl_chat_set_params (talk.chat, "{\"temperature\":1.5,\"max_tokens\":300}");
  talk_send (&talk, "by the window");
  request = test_model_get_request (talk.model, 0);
  g_assert_cmpfloat (request->temperature, ==, 1.5);
  g_assert_cmpint (request->max_tokens, ==, 300);

  rnl_run_config_set_param (config, "temperature", cold);
  run = rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "agent");
  rnl_conversation_send_observed (talk.conversation, "by a program", run);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  request = test_model_get_request (talk.model, 1);
  g_assert_cmpfloat (request->temperature, ==, 0.25);
  g_assert_cmpint (request->max_tokens, ==, 300);
  talk_clear (&talk);
}

/* An answer that failed asks for attention, is replaced by Retry, and is gone from the store then.
 */
static void
test_retry (void)
{
  static const Play *const script[] = { broken, again };
  Talk talk;

  talk_init (&talk, script, 2);
  rnl_conversation_send (talk.conversation, "hi");
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpint (rnl_message_get_state (talk_get_message (talk.conversation, 1)), ==,
                   RNL_MESSAGE_FAILED);
  talk_assert_text (talk_get_message (talk.conversation, 1), "Hel");
  g_assert_true (rnl_chat_get_attention (talk.chat));

  g_assert_nonnull (rnl_conversation_retry (talk.conversation));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 2);
  talk_assert_text (talk_get_message (talk.conversation, 1), "Hello again");
  g_assert_false (rnl_chat_get_attention (talk.chat));
  talk_clear (&talk);
}

static gboolean
has_text (gpointer user_data)
{
  RnlMessage *answer = talk_get_message (user_data, 1);

  return rnl_message_get_n_parts (answer) > 0;
}

static void
test_stop (void)
{
  static const Play *const script[] = { hang };
  Talk talk;

  talk_init (&talk, script, 1);
  rnl_conversation_stop (talk.conversation);
  rnl_conversation_send (talk.conversation, "hi");
  rnl_test_wait_for (has_text, talk.conversation);
  rnl_conversation_stop (talk.conversation);

  g_assert_false (rnl_conversation_get_busy (talk.conversation));
  g_assert_cmpint (rnl_message_get_state (talk_get_message (talk.conversation, 1)), ==,
                   RNL_MESSAGE_STOPPED);
  talk_assert_text (talk_get_message (talk.conversation, 1), "Hel");
  talk_clear (&talk);
}

static gboolean
queue_is_done (gpointer user_data)
{
  Talk *talk = user_data;

  return rnl_chat_get_queue (talk->chat)[0] == NULL
         && !rnl_conversation_get_busy (talk->conversation);
}

/* What waits is said when an answer has ended, one after the other; it is on disk meanwhile. */
static void
test_queue (void)
{
  static const char *const texts[] = { "two", "three", NULL };
  static const Play *const script[] = { hello, again, hello };
  Talk talk;

  talk_init (&talk, script, 3);
  rnl_conversation_send (talk.conversation, "one");
  rnl_chat_set_queue (talk.chat, texts);
  rnl_test_wait_for (queue_is_done, &talk);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 6);
  talk_assert_text (talk_get_message (talk.conversation, 2), "two");
  talk_assert_text (talk_get_message (talk.conversation, 4), "three");
  talk_clear (&talk);
}

/* After a stop nothing is said that nobody asks for again. */
static void
test_queue_stopped (void)
{
  static const char *const texts[] = { "later", NULL };
  static const Play *const script[] = { hang };
  Talk talk;

  talk_init (&talk, script, 1);
  rnl_conversation_send (talk.conversation, "hi");
  rnl_chat_set_queue (talk.chat, texts);
  rnl_test_wait_for (has_text, talk.conversation);
  rnl_conversation_stop (talk.conversation);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 2);
  g_assert_cmpstr (rnl_chat_get_queue (talk.chat)[0], ==, "later");
  talk_clear (&talk);
}

/* A conversation that goes away while an answer is on its way stops it and keeps what came. */
static void
test_drop (void)
{
  static const Play *const script[] = { hang };
  Talk talk;
  g_autoptr (RnlMessage) answer = NULL;

  talk_init (&talk, script, 1);
  rnl_conversation_send (talk.conversation, "hi");
  rnl_test_wait_for (has_text, talk.conversation);
  answer = g_object_ref (talk_get_message (talk.conversation, 1));
  talk_clear (&talk);

  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_STOPPED);
}

static gboolean
is_waiting (gpointer user_data)
{
  return rnl_chat_get_attention (((Talk *) user_data)->chat);
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
  Talk talk;
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_ASKS);

  talk_init (&talk, script, 2);
  rnl_tool_registry_add (talk.tools, RNL_TOOL (tool));
  rnl_conversation_send (talk.conversation, "go");
  rnl_test_wait_for (is_waiting, &talk);
  rnl_agent_run_decide (rnl_conversation_get_run (talk.conversation),
                        rnl_message_get_part (talk_get_message (talk.conversation, 1), 0),
                        RNL_DECISION_ALLOW_CHAT, NULL);
  rnl_test_wait_for (runs, tool);
  test_tool_finish (tool, "fine", NULL);
  rnl_test_wait_for (talk_is_idle, talk.conversation);

  g_assert_cmpstr (rnl_chat_get_allowed_tools (talk.chat)[0], ==, "one");
  g_assert_false (rnl_chat_get_attention (talk.chat));
  talk_clear (&talk);
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
  Talk talk;
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_SAFE);
  rnl_test_last RnlConversation *loaded = NULL;
  g_autoptr (TestModel) model = test_model_new (script, 2);
  g_autoptr (GAsyncResult) result = NULL;
  RnlMessage *answer;

  talk_init (&talk, script, 2);
  rnl_tool_registry_add (talk.tools, RNL_TOOL (tool));
  rnl_conversation_set_limits (talk.conversation, 1, 0);
  rnl_conversation_set_final_answer_tool (talk.conversation, TRUE);
  g_assert_null (rnl_conversation_continue (talk.conversation));
  rnl_conversation_send (talk.conversation, "go");
  rnl_test_wait_for (has_one_call, tool);
  test_tool_finish (tool, "fine", NULL);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  answer = talk_get_message (talk.conversation, 1);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_LIMIT);

  g_assert_nonnull (rnl_conversation_continue (talk.conversation));
  g_assert_true (rnl_conversation_get_busy (talk.conversation));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 2);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
  g_assert_null (rnl_conversation_continue (talk.conversation));

  talk_flush (&talk);
  loaded = rnl_conversation_new (talk.library, talk.chat, RNL_CHAT_MODEL (model), NULL);
  rnl_conversation_load_async (loaded, 10, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_cmpuint (talk_count_messages (loaded), ==, 2);
  talk_assert_text (talk_get_message (loaded, 1), "Hello there");
  g_assert_cmpuint (rnl_message_get_n_parts (talk_get_message (loaded, 1)), ==, 2);
  g_assert_true (rnl_final_answer_is (rnl_message_get_part (talk_get_message (loaded, 1), 1)));
  g_clear_object (&result);
  rnl_test_drop_last (&loaded);
  talk_clear (&talk);
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
  Talk one, two;
  guint n_one = 0, n_two = 0;

  talk_init (&one, script, 2);
  talk_init (&two, script, 2);
  g_signal_connect (rnl_conversation_get_scope (one.conversation), "event", G_CALLBACK (count_cb),
                    &n_one);
  g_signal_connect (rnl_conversation_get_scope (two.conversation), "event", G_CALLBACK (count_cb),
                    &n_two);
  rnl_conversation_send (one.conversation, "hi");
  rnl_test_wait_for (talk_is_idle, one.conversation);
  g_assert_cmpuint (n_one, ==, 5);
  rnl_conversation_send (one.conversation, "again");
  rnl_test_wait_for (talk_is_idle, one.conversation);
  g_assert_cmpuint (n_one, ==, 10);
  g_assert_cmpuint (n_two, ==, 0);
  talk_clear (&one);
  talk_clear (&two);
}

/* A turn that somebody observes by himself is a turn of the conversation like any other, and has
 * what stands under all of them. */
static void
test_scope_observed (void)
{
  static const Play *const script[] = { hello, again };
  static const char *const tags[] = { "mine", NULL };
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlRunScope) elsewhere = rnl_run_scope_new ("elsewhere", NULL);
  g_autoptr (RnlRunConfig) other = rnl_run_config_new ();
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, tags);
  g_autoptr (RnlRun) placed = NULL;
  Talk one;
  guint n = 0, n_own = 0;

  talk_init (&one, script, 2);
  rnl_run_config_add_tag (config, "all");
  rnl_run_config_set_metadata (config, "who", "scope");
  rnl_run_config_set_metadata (config, "place", "here");
  rnl_run_scope_set_config (rnl_conversation_get_scope (one.conversation), config);
  g_signal_connect (rnl_conversation_get_scope (one.conversation), "event", G_CALLBACK (count_cb),
                    &n);
  g_signal_connect (run, "event", G_CALLBACK (count_cb), &n_own);
  rnl_run_set_metadata (run, "who", "run");
  rnl_conversation_send_observed (one.conversation, "hi", run);
  rnl_test_wait_for (talk_is_idle, one.conversation);
  g_assert_cmpuint (n_own, ==, 5);
  g_assert_cmpuint (n, ==, 5);
  g_assert_true (rnl_run_has_tag (run, "mine"));
  g_assert_true (rnl_run_has_tag (run, "all"));
  g_assert_cmpstr (json_object_get_string_member (rnl_run_get_metadata (run), "who"), ==, "run");
  g_assert_cmpstr (json_object_get_string_member (rnl_run_get_metadata (run), "place"), ==, "here");

  /* Who says where it happens is believed. */
  rnl_run_config_set_scope (other, elsewhere);
  placed = rnl_run_new_configured (RNL_RUN_AGENT, NULL, other, "agent");
  rnl_conversation_send_observed (one.conversation, "again", placed);
  rnl_test_wait_for (talk_is_idle, one.conversation);
  g_assert_cmpuint (n, ==, 5);
  talk_clear (&one);
}

/* An answer that was cut off because it was as long as it may be goes on in place. */
static void
test_continue_cut_off (void)
{
  static const Play first[] = { { PLAY_TEXT, 0, "Once upon", NULL }, { PLAY_END, 0, NULL, NULL } };
  static const Play rest[] = { { PLAY_TEXT, 0, " a time", NULL }, { PLAY_END, 0, NULL, NULL } };
  static const Play *const script[] = { first, rest };
  Talk talk;
  RnlMessage *answer;
  g_autofree char *text = NULL;

  talk_init (&talk, script, 2);
  rnl_conversation_send (talk.conversation, "go");
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  answer = talk_get_message (talk.conversation, 1);
  g_assert_null (rnl_conversation_continue (talk.conversation));
  rnl_message_set_finish_reason (answer, RNL_FINISH_LENGTH, "max_tokens");
  g_assert_true (rnl_message_is_cut_off (answer));

  g_assert_nonnull (rnl_conversation_continue (talk.conversation));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 2);
  g_assert_false (rnl_message_is_cut_off (answer));
  text = rnl_message_dup_text (answer);
  g_assert_cmpstr (text, ==, "Once upon a time");
  talk_clear (&talk);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/conversation/send", test_send);
  g_test_add_func ("/conversation/load", test_load);
  g_test_add_func ("/conversation/params", test_params);
  g_test_add_func ("/conversation/retry", test_retry);
  g_test_add_func ("/conversation/stop", test_stop);
  g_test_add_func ("/conversation/queue", test_queue);
  g_test_add_func ("/conversation/queue/stopped", test_queue_stopped);
  g_test_add_func ("/conversation/drop", test_drop);
  g_test_add_func ("/conversation/allow-for-chat", test_allow_for_chat);
  g_test_add_func ("/conversation/continue", test_continue);
  g_test_add_func ("/conversation/continue-cut-off", test_continue_cut_off);
  g_test_add_func ("/conversation/scope", test_scope);
  g_test_add_func ("/conversation/scope-observed", test_scope_observed);

  return g_test_run ();
}
