/* test-conversation-keep.c: nothing of a temporary chat is written, until it is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "conversation-harness.h"
#include "rnl-conversation-title.h"
#include "rnl-run-recorder.h"

static const Play hello[] = { { PLAY_TEXT, 0, "Hello", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play hang[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_HANG, 0, NULL, NULL } };

static guint
count_chats (Talk *talk)
{
  return g_list_model_get_n_items (rnl_library_list_chats (talk->library));
}

static void
talk_init_temporary (Talk *talk, const Play *const *script, guint n_turns)
{
  RnlChat *chat = rnl_chat_new ();

  talk_init (talk, script, n_turns);
  rnl_chat_set_temporary (chat, TRUE);
  g_clear_object (&talk->conversation);
  g_set_object (&talk->chat, chat);
  g_object_unref (chat);
  talk->conversation
    = rnl_conversation_new (talk->library, talk->chat, RNL_CHAT_MODEL (talk->model), talk->tools);
}

static gboolean
has_text (gpointer conversation)
{
  RnlMessage *answer = talk_get_message (conversation, talk_count_messages (conversation) - 1);
  g_autofree char *text = rnl_message_dup_text (answer);

  return *text != '\0';
}

static void
test_temporary (void)
{
  static const Play *const script[] = { hello };
  Talk talk;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  talk_init_temporary (&talk, script, 1);
  talk_send (&talk, "Secret");
  talk_send (&talk, "Again");
  talk_assert_path (talk.conversation, "Secret | Hello | Again | Hello");
  /* Whoever saves it without looking saves nothing. */
  rnl_library_save_chat (talk.library, talk.chat);
  rnl_library_add_chat (talk.library, talk.chat);
  talk_flush (&talk);
  g_assert_cmpuint (count_chats (&talk), ==, 0);
  rnl_library_search_async (talk.library, "Secret", 10, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  found = rnl_library_search_finish (talk.library, result, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_false (rnl_conversation_needs_title (talk.conversation));
  talk_clear (&talk);
}

static void
test_keep (void)
{
  static const Play *const script[] = { hello };
  Talk talk;
  rnl_test_last RnlConversation *again = NULL;

  talk_init_temporary (&talk, script, 1);
  talk_send (&talk, "Secret");
  rnl_conversation_keep (talk.conversation);
  g_assert_false (rnl_chat_get_temporary (talk.chat));
  g_assert_cmpuint (count_chats (&talk), ==, 1);
  talk_send (&talk, "Again");
  talk_flush (&talk);
  again = talk_reload (&talk, 10);
  talk_assert_path (again, "Secret | Hello | Again | Hello");
  rnl_test_drop_last (&again);
  talk_clear (&talk);
}

/* An answer that is on its way when the chat is kept is kept to its end. */
static void
test_keep_growing (void)
{
  static const Play *const script[] = { hang };
  Talk talk;
  rnl_test_last RnlConversation *again = NULL;

  talk_init_temporary (&talk, script, 1);
  rnl_conversation_send (talk.conversation, "Secret");
  rnl_test_wait_for (has_text, talk.conversation);
  rnl_conversation_keep (talk.conversation);
  rnl_conversation_stop (talk.conversation);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  talk_flush (&talk);
  again = talk_reload (&talk, 10);
  talk_assert_path (again, "Secret | Hel");
  g_assert_cmpint (rnl_message_get_state (talk_get_message (again, 1)), ==, RNL_MESSAGE_STOPPED);
  rnl_test_drop_last (&again);
  talk_clear (&talk);
}

/* Keeping an empty one makes an ordinary new chat of it. */
static void
test_keep_empty (void)
{
  static const Play *const script[] = { hello };
  Talk talk;

  talk_init_temporary (&talk, script, 1);
  rnl_conversation_keep (talk.conversation);
  g_assert_cmpuint (count_chats (&talk), ==, 0);
  talk_send (&talk, "Not secret");
  g_assert_cmpuint (count_chats (&talk), ==, 1);
  talk_clear (&talk);
}

static void
event_cb (RnlRunScope *scope, const RnlEvent *event, guint *n)
{
  if (event->kind == RNL_EVENT_START && rnl_run_has_tag (event->run, RNL_RUN_TAG_UNRECORDED))
    (*n)++;
}

/* Observers see its runs; those that write them down are told not to. */
static void
test_unrecorded (void)
{
  static const Play *const script[] = { hello };
  Talk talk;
  guint n = 0;

  talk_init_temporary (&talk, script, 1);
  g_signal_connect (rnl_conversation_get_scope (talk.conversation), "event", G_CALLBACK (event_cb),
                    &n);
  talk_send (&talk, "Secret");
  g_assert_cmpuint (n, >, 0);
  n = 0;
  rnl_conversation_keep (talk.conversation);
  talk_send (&talk, "Again");
  g_assert_cmpuint (n, ==, 0);
  talk_clear (&talk);
}

int
main (int argc, char *argv[])
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/conversation-keep/temporary", test_temporary);
  g_test_add_func ("/conversation-keep/keep", test_keep);
  g_test_add_func ("/conversation-keep/keep-growing", test_keep_growing);
  g_test_add_func ("/conversation-keep/keep-empty", test_keep_empty);
  g_test_add_func ("/conversation-keep/unrecorded", test_unrecorded);

  return g_test_run ();
}
