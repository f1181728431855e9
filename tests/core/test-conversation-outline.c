/* test-conversation-outline.c: a conversation of which only the end is in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "conversation-harness.h"
#include "rnl-conversation-context.h"
#include "rnl-conversation-outline.h"
#include "rnl-part-extra.h"

static const Play hello[]
  = { { PLAY_TEXT, 0, "**Hello** there", NULL }, { PLAY_END, 0, NULL, NULL } };

#define N_TURNS 4

static void
start_over (Talk *talk)
{
  static const Play *const script[] = { hello };

  talk_init (talk, script, 1);
  for (guint i = 0; i < N_TURNS; i++)
    {
      g_autofree char *question = g_strdup_printf ("question %u", i);

      rnl_conversation_send (talk->conversation, question);
      rnl_test_wait_for (talk_is_idle, talk->conversation);
    }
  talk_flush (talk);
}

/* A second conversation with the same chat, opened with its last two messages. */
static RnlConversation *
open_again (Talk *talk)
{
  RnlConversation *other = rnl_conversation_new (
    talk->library, talk->chat, rnl_conversation_get_model (talk->conversation), talk->tools);
  g_autoptr (GAsyncResult) result = NULL;

  rnl_conversation_open_async (other, 2, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_conversation_open_finish (other, result, NULL));

  return other;
}

static void
test_open (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = NULL;

  start_over (&talk);
  other = open_again (&talk);
  g_assert_cmpuint (talk_count_messages (other), ==, 2 * N_TURNS);
  g_assert_false (rnl_conversation_get_has_earlier (other));
  for (guint i = 0; i < 2 * N_TURNS; i++)
    {
      RnlMessage *message = talk_get_message (other, i);
      RnlMessage *original = talk_get_message (talk.conversation, i);

      g_assert_cmpstr (rnl_message_get_id (message), ==, rnl_message_get_id (original));
      g_assert_cmpint (rnl_message_get_role (message), ==, rnl_message_get_role (original));
      g_assert_cmpint (rnl_message_get_created (message), ==, rnl_message_get_created (original));
      g_assert_cmpuint (rnl_message_get_n_versions (message), ==, 1);
      g_assert_cmpint (rnl_message_is_outline (message), ==, i < 2 * N_TURNS - 2);
      if (i > 0)
        g_assert_cmpstr (rnl_message_get_parent_id (message), ==,
                         rnl_message_get_id (talk_get_message (other, i - 1)));
      if (rnl_message_is_outline (message))
        {
          g_autofree char *text = rnl_message_dup_text (original);

          g_assert_cmpuint (rnl_message_get_outline_length (message), ==, strlen (text));
          g_assert_cmpuint (rnl_message_get_n_parts (message), ==, 0);
        }
    }
  talk_clear (&talk);
}

static void
test_fill (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  RnlMessage *message;

  start_over (&talk);
  other = open_again (&talk);
  message = talk_get_message (other, 1);
  g_ptr_array_add (messages, message);
  g_ptr_array_add (messages, talk_get_message (other, 2 * N_TURNS - 1));
  rnl_conversation_fill_async (other, messages, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_conversation_fill_finish (other, result, NULL));
  g_assert_false (rnl_message_is_outline (message));
  talk_assert_text (message, "**Hello** there");
  g_assert_true (rnl_message_is_outline (talk_get_message (other, 0)));

  rnl_conversation_empty (other, message);
  g_assert_true (rnl_message_is_outline (message));
  g_assert_cmpuint (rnl_message_get_outline_length (message), ==, strlen ("**Hello** there"));
  /* What was read whole stays: what was said of the size of requests is in it. */
  rnl_conversation_empty (other, talk_get_message (other, 2 * N_TURNS - 1));
  g_assert_false (rnl_message_is_outline (talk_get_message (other, 2 * N_TURNS - 1)));
  talk_clear (&talk);
}

/* The model is sent everything, whatever of it was in memory. */
static void
test_send (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = NULL;
  RnlChatRequest *request;

  start_over (&talk);
  other = open_again (&talk);
  g_assert_nonnull (rnl_conversation_send (other, "the last one"));
  rnl_test_wait_for (talk_is_idle, other);
  request = test_model_get_request (talk.model, test_model_get_n_requests (talk.model) - 1);
  g_assert_cmpuint (request->messages->len, ==, 2 * N_TURNS + 1);
  for (guint i = 0; i < N_TURNS; i++)
    {
      g_autofree char *question = g_strdup_printf ("question %u", i);

      talk_assert_text (g_ptr_array_index (request->messages, 2 * i), question);
      talk_assert_text (g_ptr_array_index (request->messages, 2 * i + 1), "**Hello** there");
    }
  talk_assert_text (g_ptr_array_index (request->messages, 2 * N_TURNS), "the last one");
  talk_clear (&talk);
}

/* Who stops before the content has come, stops. */
static void
test_stop_at_once (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = NULL;
  RnlMessage *answer;
  guint n;

  start_over (&talk);
  other = open_again (&talk);
  n = test_model_get_n_requests (talk.model);
  g_assert_nonnull (rnl_conversation_send (other, "never mind"));
  answer = talk_get_message (other, 2 * N_TURNS + 1);
  rnl_conversation_stop (other);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_STOPPED);
  talk_flush (&talk);
  g_assert_cmpuint (test_model_get_n_requests (talk.model), ==, n);
  talk_clear (&talk);
}

/* A long chat as a window opens it. */

#define N_LONG     500
#define N_AT_FIRST 24

static char *
make_text (guint i)
{
  return g_strdup_printf ("This is message %u, and nobody says %u but it.", i, i * 7);
}

static RnlConversation *
open_long (Talk *talk)
{
  static const Play *const script[] = { hello };
  RnlConversation *other;
  g_autoptr (GAsyncResult) result = NULL;

  talk_init (talk, script, 1);
  rnl_library_add_chat (talk->library, talk->chat);
  for (guint i = 0; i < N_LONG; i++)
    {
      g_autofree char *text = make_text (i);
      g_autoptr (RnlMessage) message
        = rnl_message_new_text (i % 2 == 0 ? RNL_ROLE_USER : RNL_ROLE_ASSISTANT, text);

      rnl_library_add_message (talk->library, rnl_chat_get_id (talk->chat), message);
    }
  talk_flush (talk);
  other
    = rnl_conversation_new (talk->library, talk->chat, RNL_CHAT_MODEL (talk->model), talk->tools);
  rnl_conversation_open_async (other, N_AT_FIRST, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_conversation_open_finish (other, result, NULL));
  g_assert_cmpuint (talk_count_messages (other), ==, N_LONG);
  g_assert_true (rnl_message_is_outline (talk_get_message (other, N_LONG - N_AT_FIRST - 1)));

  return other;
}

/* What the model was sent last begins with the first N messages of the chat. */
static void
assert_sent (Talk *talk, guint n, guint expected)
{
  RnlChatRequest *request
    = test_model_get_request (talk->model, test_model_get_n_requests (talk->model) - 1);

  g_assert_cmpuint (request->messages->len, ==, expected);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = make_text (i);

      talk_assert_text (g_ptr_array_index (request->messages, i), text);
    }
}

static void
test_long_edit (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = open_long (&talk);
  g_autoptr (RnlMessage) edited = rnl_message_new_text (RNL_ROLE_USER, "In other words");
  RnlChatRequest *request;

  g_assert_nonnull (rnl_conversation_edit (other, talk_get_message (other, 40), edited));
  rnl_test_wait_for (talk_is_idle, other);
  assert_sent (&talk, 40, 41);
  request = test_model_get_request (talk.model, 0);
  talk_assert_text (g_ptr_array_index (request->messages, 40), "In other words");
  g_assert_cmpuint (talk_count_messages (other), ==, 42);
  g_assert_cmpuint (rnl_message_get_n_versions (talk_get_message (other, 40)), ==, 2);
  talk_clear (&talk);
}

static void
test_long_regenerate (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = open_long (&talk);

  g_assert_nonnull (rnl_conversation_regenerate (other, talk_get_message (other, 251)));
  rnl_test_wait_for (talk_is_idle, other);
  assert_sent (&talk, 251, 251);
  g_assert_cmpuint (talk_count_messages (other), ==, 252);
  talk_clear (&talk);
}

/* A summary stands in a message that had no content before: it stays, whoever looks away. */
static void
test_long_summary (void)
{
  Talk talk;
  rnl_test_last RnlConversation *other = open_long (&talk);
  RnlMessage *first = talk_get_message (other, 0);
  RnlMessage *middle = talk_get_message (other, 99);
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RnlPart) note = rnl_part_new (RNL_PART_OPAQUE, 0);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  RnlContextFacts facts;

  g_ptr_array_add (messages, first);
  g_ptr_array_add (messages, middle);
  rnl_conversation_fill_async (other, messages, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_conversation_fill_finish (other, result, NULL));
  json_object_set_int_member (object, "messages", 100);
  json_node_take_object (node, object);
  rnl_part_set_text (note, "There were a hundred.");
  rnl_part_set_extra (note, RNL_PART_EXTRA_SUMMARY, node);
  rnl_message_add_part (middle, note);

  rnl_conversation_empty (other, first);
  rnl_conversation_empty (other, middle);
  g_assert_true (rnl_message_is_outline (first));
  g_assert_false (rnl_message_is_outline (middle));
  rnl_conversation_measure (other, NULL, &facts);
  g_assert_cmpuint (facts.summarised, ==, 100);
  talk_clear (&talk);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/conversation-outline/open", test_open);
  g_test_add_func ("/conversation-outline/fill", test_fill);
  g_test_add_func ("/conversation-outline/send", test_send);
  g_test_add_func ("/conversation-outline/stop-at-once", test_stop_at_once);
  g_test_add_func ("/conversation-outline/long/edit", test_long_edit);
  g_test_add_func ("/conversation-outline/long/regenerate", test_long_regenerate);
  g_test_add_func ("/conversation-outline/long/summary", test_long_summary);

  return g_test_run ();
}
