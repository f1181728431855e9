/* test-conversation-versions.c: what is said is said again in other words, and nothing is lost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "conversation-harness.h"

static const Play one[] = { { PLAY_TEXT, 0, "One", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play two[] = { { PLAY_TEXT, 0, "Two", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play three[] = { { PLAY_TEXT, 0, "Three", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play four[] = { { PLAY_TEXT, 0, "Four", NULL }, { PLAY_END, 0, NULL, NULL } };
static const Play hang[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_HANG, 0, NULL, NULL } };
static const Play mute[] = { { PLAY_FAIL, 0, "busy", NULL } };
static const Play *const numbers[] = { one, two, three, four };

/* Every question and answer that the model was asked with last. */
static char *
dup_last_request (Talk *talk)
{
  RnlChatRequest *request
    = test_model_get_request (talk->model, test_model_get_n_requests (talk->model) - 1);
  GPtrArray *messages = request->messages;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      g_autofree char *line = rnl_message_dup_text (messages->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " | " : "", line);
    }

  return g_string_free (text, FALSE);
}

static void
assert_last_request (Talk *talk, const char *expected)
{
  g_autofree char *asked = dup_last_request (talk);

  g_assert_cmpstr (asked, ==, expected);
}

static void
edit (Talk *talk, guint position, const char *text)
{
  g_autoptr (RnlMessage) edited = rnl_message_new_text (RNL_ROLE_USER, text);

  g_assert_nonnull (rnl_conversation_edit (
    talk->conversation, talk_get_message (talk->conversation, position), edited));
  rnl_test_wait_for (talk_is_idle, talk->conversation);
}

static void
regenerate (Talk *talk, guint position)
{
  g_assert_nonnull (rnl_conversation_regenerate (talk->conversation,
                                                 talk_get_message (talk->conversation, position)));
  rnl_test_wait_for (talk_is_idle, talk->conversation);
}

static gboolean
try_switch (RnlConversation *conversation, RnlMessage *message, guint version, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_conversation_switch_version_async (conversation, message, version, NULL, rnl_test_result_cb,
                                         &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_conversation_switch_version_finish (conversation, result, error);
}

static void
switch_version (RnlConversation *conversation, guint position, guint version)
{
  g_autoptr (GError) error = NULL;

  try_switch (conversation, talk_get_message (conversation, position), version, &error);
  g_assert_no_error (error);
}

/* What another start of the program would show. */
static void
assert_stored (Talk *talk, const char *expected)
{
  rnl_test_last RnlConversation *other = talk_reload (talk, 100);

  talk_assert_path (other, expected);
}

static void
test_memory (void)
{
  Talk talk;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  talk_send (&talk, "b");
  assert_last_request (&talk, "a | One | b");
  talk_assert_path (talk.conversation, "a | One | b | Two");
  assert_stored (&talk, "a | One | b | Two");
  talk_clear (&talk);
}

/* An edited question is asked at its place; the model hears nothing of what it replaced. */
static void
test_edit (void)
{
  Talk talk;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  talk_send (&talk, "b");
  edit (&talk, 2, "c");
  assert_last_request (&talk, "a | One | c");
  talk_assert_path (talk.conversation, "a | One | c (2/2) | Three");
  edit (&talk, 0, "d");
  assert_last_request (&talk, "d");
  talk_assert_path (talk.conversation, "d (2/2) | Four");
  assert_stored (&talk, "d (2/2) | Four");
  talk_clear (&talk);
}

/* All parts of the edited message are kept and sent. */
static void
test_edit_parts (void)
{
  Talk talk;
  g_autoptr (RnlMessage) edited = rnl_message_new_text (RNL_ROLE_USER, "look");
  g_autoptr (RnlPart) file = rnl_part_new (RNL_PART_FILE, 0);
  rnl_test_last RnlConversation *other = NULL;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  rnl_part_set_title (file, "notes.txt");
  rnl_part_append (file, "milk", 4);
  rnl_part_set_complete (file, TRUE);
  rnl_message_add_part (edited, file);
  g_assert_nonnull (
    rnl_conversation_edit (talk.conversation, talk_get_message (talk.conversation, 0), edited));
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_true (talk_get_message (talk.conversation, 0) == edited);

  other = talk_reload (&talk, 100);
  g_assert_cmpuint (rnl_message_get_n_parts (talk_get_message (other, 0)), ==, 2);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (talk_get_message (other, 0), 1)), ==,
                   "milk");
  rnl_test_drop_last (&other);
  talk_clear (&talk);
}

/* The last answer or an earlier one: what follows it belongs to the other version. */
static void
test_regenerate (void)
{
  Talk talk;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  regenerate (&talk, 1);
  assert_last_request (&talk, "a");
  talk_assert_path (talk.conversation, "a | Two (2/2)");
  talk_send (&talk, "b");
  regenerate (&talk, 1);
  talk_assert_path (talk.conversation, "a | Four (3/3)");
  assert_stored (&talk, "a | Four (3/3)");

  g_assert_null (
    rnl_conversation_regenerate (talk.conversation, talk_get_message (talk.conversation, 0)));
  talk_clear (&talk);
}

/* Back and forth: each version comes back with all that followed it, and is what is asked with. */
static void
test_switch (void)
{
  Talk talk;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  talk_send (&talk, "b");
  edit (&talk, 2, "c");
  edit (&talk, 0, "d");
  talk_assert_path (talk.conversation, "d (2/2) | Four");

  switch_version (talk.conversation, 0, 1);
  talk_assert_path (talk.conversation, "a (1/2) | One | c (2/2) | Three");
  switch_version (talk.conversation, 2, 1);
  talk_assert_path (talk.conversation, "a (1/2) | One | b (1/2) | Two");
  assert_stored (&talk, "a (1/2) | One | b (1/2) | Two");
  switch_version (talk.conversation, 0, 2);
  talk_assert_path (talk.conversation, "d (2/2) | Four");
  /* It remembers which of the versions inside was the last one. */
  switch_version (talk.conversation, 0, 1);
  talk_assert_path (talk.conversation, "a (1/2) | One | b (1/2) | Two");

  talk_send (&talk, "e");
  assert_last_request (&talk, "a | One | b | Two | e");
  talk_assert_path (talk.conversation, "a (1/2) | One | b (1/2) | Two | e | Four");
  assert_stored (&talk, "a (1/2) | One | b (1/2) | Two | e | Four");
  talk_clear (&talk);
}

/* A switch is one change of the list, from the place of the version on. */
static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
test_one_change (void)
{
  Talk talk;
  g_autoptr (GString) changes = g_string_new (NULL);
  RnlMessage *first;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  talk_send (&talk, "b");
  edit (&talk, 2, "c");
  first = talk_get_message (talk.conversation, 0);
  g_signal_connect (rnl_conversation_list_messages (talk.conversation), "items-changed",
                    G_CALLBACK (changed_cb), changes);
  switch_version (talk.conversation, 2, 1);
  g_assert_cmpstr (changes->str, ==, "2-2+2 ");
  g_assert_true (talk_get_message (talk.conversation, 0) == first);

  g_string_truncate (changes, 0);
  regenerate (&talk, 3);
  g_assert_cmpstr (changes->str, ==, "3-1+1 ");
  talk_clear (&talk);
}

/* While an answer is on its way nothing is cut off under it. */
static void
test_busy (void)
{
  static const Play *const script[] = { one, two, hang };
  Talk talk;
  RnlMessage *question, *answer;
  g_autoptr (RnlMessage) edited = rnl_message_new_text (RNL_ROLE_USER, "c");
  g_autoptr (GError) error = NULL;

  talk_init (&talk, script, 3);
  talk_send (&talk, "a");
  edit (&talk, 0, "b");
  rnl_conversation_send (talk.conversation, "more");
  question = talk_get_message (talk.conversation, 0);
  answer = talk_get_message (talk.conversation, 1);
  g_assert_null (rnl_conversation_edit (talk.conversation, question, edited));
  g_assert_null (rnl_conversation_regenerate (talk.conversation, answer));
  g_assert_false (try_switch (talk.conversation, question, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpuint (talk_count_messages (talk.conversation), ==, 4);

  rnl_conversation_stop (talk.conversation);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_clear_error (&error);
  g_assert_false (try_switch (talk.conversation, question, 3, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  switch_version (talk.conversation, 0, 1);
  talk_assert_path (talk.conversation, "a (1/2) | One");
  talk_clear (&talk);
}

/* A turn that begins while another version is on its way from the disk is not cut off by it. */
static void
test_overtaken (void)
{
  Talk talk;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  regenerate (&talk, 1);
  rnl_conversation_switch_version_async (talk.conversation, talk_get_message (talk.conversation, 1),
                                         1, NULL, rnl_test_result_cb, &result);
  g_assert_nonnull (
    rnl_conversation_regenerate (talk.conversation, talk_get_message (talk.conversation, 1)));
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_test_wait_for (talk_is_idle, talk.conversation);
  g_assert_false (rnl_conversation_switch_version_finish (talk.conversation, result, &error));
  g_assert_nonnull (error);
  g_clear_object (&result);
  talk_assert_path (talk.conversation, "a | Three (3/3)");
  assert_stored (&talk, "a | Three (3/3)");
  talk_clear (&talk);
}

/* An answer that failed before its first word is no version; one with words is. */
static void
test_failed (void)
{
  static const Play broken[] = { { PLAY_TEXT, 0, "Hel", NULL }, { PLAY_FAIL, 0, "gone", NULL } };
  static const Play *const script[] = { mute, mute, broken, one };
  Talk talk;

  talk_init (&talk, script, 4);
  talk_send (&talk, "a");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_nonnull (rnl_conversation_retry (talk.conversation));
      rnl_test_wait_for (talk_is_idle, talk.conversation);
    }
  talk_assert_path (talk.conversation, "a | One (2/2)");
  assert_stored (&talk, "a | One (2/2)");
  switch_version (talk.conversation, 1, 1);
  talk_assert_path (talk.conversation, "a | Hel (1/2)");
  talk_clear (&talk);
}

static RnlMessage *
show_message (RnlConversation *conversation, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_conversation_show_message_async (conversation, id, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_conversation_show_message_finish (conversation, result, error);
}

/* A search finds what is in no current version; opening it makes it current. */
static void
test_show (void)
{
  Talk talk;
  g_autofree char *id = NULL;
  rnl_test_last RnlConversation *other = NULL;
  g_autoptr (RnlMessage) shown = NULL;
  g_autoptr (RnlMessage) first = NULL;
  g_autoptr (GError) error = NULL;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  talk_send (&talk, "b");
  talk_send (&talk, "needle");
  id = g_strdup (rnl_message_get_id (talk_get_message (talk.conversation, 4)));
  edit (&talk, 2, "c");
  talk_assert_path (talk.conversation, "a | One | c (2/2) | Four");

  first = g_object_ref (talk_get_message (talk.conversation, 0));
  shown = show_message (talk.conversation, id, &error);
  g_assert_no_error (error);
  talk_assert_text (shown, "needle");
  g_assert_true (shown == talk_get_message (talk.conversation, 4));
  g_assert_true (first == talk_get_message (talk.conversation, 0));
  talk_assert_path (talk.conversation, "a | One | b (1/2) | Two | needle | Three");
  assert_stored (&talk, "a | One | b (1/2) | Two | needle | Three");

  /* One that is only not shown yet is loaded. */
  other = talk_reload (&talk, 1);
  g_clear_object (&shown);
  shown = show_message (other, id, &error);
  g_assert_no_error (error);
  talk_assert_path (other, "a | One | b (1/2) | Two | needle | Three");
  g_clear_object (&shown);
  g_assert_null (show_message (other, "nowhere", &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  rnl_test_drop_last (&other);
  talk_clear (&talk);
}

/* A branch is a chat of its own with what led there; neither knows of the other. */
static void
test_branch (void)
{
  Talk talk;
  g_autoptr (RnlChat) copy = NULL;
  rnl_test_last RnlConversation *branch = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  talk_init (&talk, numbers, 4);
  talk_send (&talk, "a");
  regenerate (&talk, 1);
  talk_send (&talk, "b");
  copy = rnl_conversation_branch (talk.conversation, talk_get_message (talk.conversation, 1),
                                  "another");
  g_assert_true (rnl_library_find_chat (talk.library, rnl_chat_get_id (copy)) == copy);
  g_assert_cmpstr (rnl_chat_get_title (copy), ==, "another");
  g_assert_cmpstr (rnl_chat_get_snippet (copy), ==, "Two");

  branch = rnl_conversation_new (talk.library, copy, RNL_CHAT_MODEL (talk.model), talk.tools);
  rnl_conversation_load_async (branch, 100, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  talk_assert_path (branch, "a | Two");
  g_assert_cmpstr (rnl_message_get_id (talk_get_message (branch, 0)), !=,
                   rnl_message_get_id (talk_get_message (talk.conversation, 0)));
  g_assert_nonnull (rnl_conversation_send (branch, "c"));
  rnl_test_wait_for (talk_is_idle, branch);
  assert_last_request (&talk, "a | Two | c");
  talk_assert_path (branch, "a | Two | c | Four");
  talk_assert_path (talk.conversation, "a | Two (2/2) | b | Three");
  assert_stored (&talk, "a | Two (2/2) | b | Three");
  g_clear_object (&result);
  rnl_test_drop_last (&branch);
  talk_clear (&talk);
}

/* A conversation that is kept nowhere can be edited, too; it has no other versions. */
static void
test_not_kept (void)
{
  g_autoptr (TestModel) model = test_model_new (numbers, 4);
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  rnl_test_last RnlConversation *conversation
    = rnl_conversation_new (NULL, chat, RNL_CHAT_MODEL (model), NULL);
  g_autoptr (RnlMessage) edited = rnl_message_new_text (RNL_ROLE_USER, "b");
  g_autoptr (GError) error = NULL;

  rnl_conversation_send (conversation, "a");
  rnl_test_wait_for (talk_is_idle, conversation);
  g_assert_nonnull (
    rnl_conversation_edit (conversation, talk_get_message (conversation, 0), edited));
  rnl_test_wait_for (talk_is_idle, conversation);
  talk_assert_path (conversation, "b | Two");
  g_assert_false (try_switch (conversation, edited, 1, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND);
  g_assert_null (rnl_conversation_branch (conversation, edited, "x"));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/conversation-versions/memory", test_memory);
  g_test_add_func ("/conversation-versions/edit", test_edit);
  g_test_add_func ("/conversation-versions/edit-parts", test_edit_parts);
  g_test_add_func ("/conversation-versions/regenerate", test_regenerate);
  g_test_add_func ("/conversation-versions/switch", test_switch);
  g_test_add_func ("/conversation-versions/one-change", test_one_change);
  g_test_add_func ("/conversation-versions/busy", test_busy);
  g_test_add_func ("/conversation-versions/overtaken", test_overtaken);
  g_test_add_func ("/conversation-versions/failed", test_failed);
  g_test_add_func ("/conversation-versions/show", test_show);
  g_test_add_func ("/conversation-versions/branch", test_branch);
  g_test_add_func ("/conversation-versions/not-kept", test_not_kept);

  return g_test_run ();
}
