/* test-conversation-title.c: a chat gets its name from a model, once, and not over a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "conversation-harness.h"
#include "rnl-conversation-title.h"
#include "rnl-inner-prompts.h"
#include "rnl-offline-script.h"

static const Play hello[]
  = { { PLAY_TEXT, 0, "**Hello** there", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play broken[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_FAIL, 0, "gone", NULL } };
static const Play hang[] = { { PLAY_TEXT, 0, "A", NULL }, { PLAY_HANG, 0, NULL, NULL } };
static const Play title[]
  = { { PLAY_TEXT, 0, "Title: \"A warm welcome.\"\n\nI hope", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play blank[] = { { PLAY_TEXT, 0, " \n", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play thinking[] = { { PLAY_REASONING, 0, "Hm.", NULL },
                                 { PLAY_TEXT, 0, "Hello", NULL },
                                 { PLAY_END, 0, NULL, NULL } };

static char *
make_title (RnlConversation *conversation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_conversation_make_title_async (conversation, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_conversation_make_title_finish (conversation, result, error);
}

/* Everything that is started in the chat, and whether it is marked as nobody's answer. */
static void
event_cb (RnlRunScope *scope, const RnlEvent *event, GString *log)
{
  if (event->kind == RNL_EVENT_START && rnl_run_get_parent (event->run) == NULL)
    g_string_append_printf (log, "%s%s;", rnl_run_get_name (event->run),
                            rnl_run_has_tag (event->run, RNL_RUN_TAG_INTERNAL) ? " internal" : "");
}

static void
test_title (void)
{
  static const Play *const script[] = { hello, title, hello };
  Talk talk;
  RnlChatRequest *request;
  g_autofree char *made = NULL, *prompt = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  talk_init (&talk, script, G_N_ELEMENTS (script));
  g_signal_connect (rnl_conversation_get_scope (talk.conversation), "event", G_CALLBACK (event_cb),
                    log);
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  rnl_conversation_send (talk.conversation, "Say hello,\nplease");
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, "Say hello,");
  g_assert_true (rnl_conversation_needs_title (talk.conversation));

  made = make_title (talk.conversation, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made, ==, "A warm welcome");
  g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, made);
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  talk_assert_path (talk.conversation, "Say hello,\nplease | **Hello** there");
  g_assert_cmpstr (log->str, ==, "agent;name_chat internal;");

  /* The first question and answer, a short request without tools. */
  request = test_model_get_request (talk.model, 1);
  g_assert_cmpuint (request->messages->len, ==, 1);
  g_assert_cmpuint (request->tools->len, ==, 0);
  g_assert_cmpuint (request->max_tokens, >, 0);
  g_assert_cmpuint (request->max_tokens, <, 100);
  prompt = rnl_message_dup_text (request->messages->pdata[0]);
  g_assert_nonnull (strstr (prompt, "user: Say hello,\nplease\nassistant: **Hello** there\n"));

  /* Nothing of it is sent with the next question. */
  talk_send (&talk, "Again");
  g_assert_cmpuint (test_model_get_request (talk.model, 2)->messages->len, ==, 3);
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  talk_clear (&talk);
}

/* What a person called it stays, whether it was before or while the model was asked. */
static void
test_named_by_person (void)
{
  static const Play *const script[] = { hello, title };
  Talk talk;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *made = NULL;

  talk_init (&talk, script, G_N_ELEMENTS (script));
  talk_send (&talk, "Say hello");
  rnl_conversation_make_title_async (talk.conversation, NULL, rnl_test_result_cb, &result);
  rnl_chat_set_title (talk.chat, "Mine");
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  rnl_test_wait_for (rnl_test_has_result, &result);
  made = rnl_conversation_make_title_finish (talk.conversation, result, NULL);
  g_assert_cmpstr (made, ==, "A warm welcome");
  g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, "Mine");
  g_clear_object (&result);
  talk_clear (&talk);

  talk_init (&talk, script, G_N_ELEMENTS (script));
  rnl_chat_set_title (talk.chat, "Mine");
  talk_send (&talk, "Say hello");
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  talk_clear (&talk);
}

/* Nothing comes of it: the name by rule stays, and nobody is asked again. */
static void
test_nothing (void)
{
  static const Play *const failing[] = { hello, broken };
  static const Play *const empty[] = { hello, blank };
  static const Play *const *const scripts[] = { failing, empty };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      Talk talk;
      g_autoptr (GError) error = NULL;

      talk_init (&talk, scripts[i], 2);
      talk_send (&talk, "Say hello");
      g_assert_null (make_title (talk.conversation, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, "Say hello");
      g_assert_false (rnl_conversation_needs_title (talk.conversation));
      talk_clear (&talk);
    }
}

/* An answer that failed says nothing about the chat; the next one may. */
static void
test_failed_answer (void)
{
  static const Play *const script[] = { broken, hello };
  Talk talk;

  talk_init (&talk, script, G_N_ELEMENTS (script));
  talk_send (&talk, "Say hello");
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  g_assert_nonnull (rnl_conversation_retry (talk.conversation));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_true (rnl_conversation_needs_title (talk.conversation));
  talk_clear (&talk);
}

/* Deleting a chat stops it. */
static void
test_stop (void)
{
  static const Play *const script[] = { hello, hang };
  Talk talk;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  talk_init (&talk, script, G_N_ELEMENTS (script));
  talk_send (&talk, "Say hello");
  rnl_conversation_make_title_async (talk.conversation, NULL, rnl_test_result_cb, &result);
  g_assert_false (rnl_conversation_get_busy (talk.conversation));
  rnl_conversation_stop (talk.conversation);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_null (rnl_conversation_make_title_finish (talk.conversation, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (rnl_chat_get_title (talk.chat), ==, "Say hello");
  g_clear_object (&result);
  talk_clear (&talk);
}

/* A model that thinks before it answers does so before a title, too. */
static void
test_thinking (void)
{
  static const Play *const script[] = { thinking, title };
  Talk talk;
  g_autofree char *made = NULL;

  talk_init (&talk, script, G_N_ELEMENTS (script));
  talk_send (&talk, "Say hello");
  made = make_title (talk.conversation, NULL);
  g_assert_nonnull (made);
  g_assert_cmpuint (test_model_get_request (talk.model, 1)->max_tokens, >, 1000);
  talk_clear (&talk);
}

/* The same with a script as a person writes it; another model may be asked than the one that
 * answers. */
static void
test_script (void)
{
  static const char answers[] = "{\"turns\": [{\"chunks\": [{\"text\": \"Rain, then sun.\"}]}]}";
  static const char titles[] = "{\"turns\": [{\"match\": \"" RNL_TITLE_ASKED
                               "\", \"chunks\": [{\"text\": \"Weather tomorrow\"}]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) answerer = rnl_offline_script_new_from_data (answers, -1, &error);
  g_autoptr (RnlChatModel) namer = rnl_offline_script_new_from_data (titles, -1, &error);
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  rnl_test_last RnlConversation *conversation = rnl_conversation_new (NULL, chat, answerer, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *made = NULL;

  g_assert_no_error (error);
  rnl_conversation_send (conversation, "What will the weather be?");
  rnl_test_wait_for (talk_is_idle, conversation);
  rnl_conversation_make_title_async (conversation, namer, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  made = rnl_conversation_make_title_finish (conversation, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, "Weather tomorrow");
}

int
main (int argc, char *argv[])
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/conversation-title/title", test_title);
  g_test_add_func ("/conversation-title/named-by-person", test_named_by_person);
  g_test_add_func ("/conversation-title/nothing", test_nothing);
  g_test_add_func ("/conversation-title/failed-answer", test_failed_answer);
  g_test_add_func ("/conversation-title/stop", test_stop);
  g_test_add_func ("/conversation-title/thinking", test_thinking);
  g_test_add_func ("/conversation-title/script", test_script);

  return g_test_run ();
}
