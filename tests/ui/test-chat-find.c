/* test-chat-find.c: words are found in all of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <time.h>

#include "chat-fixture.h"
#include "rnl-find-bar.h"
#include "rnl-reasoning-block.h"

static RnlMessage *
add (GListStore *messages, RnlRole role, const char *text)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (role, text);

  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_list_store_append (messages, message);

  return message;
}

static gboolean
is_done (gpointer find)
{
  return !rnl_chat_find_is_busy (find);
}

static void
search (RnlChatFind *find, const char *query)
{
  rnl_chat_find_set_query (find, query, FALSE);
  rnl_test_wait_for (is_done, find);
}

static void
test_count (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  g_autoptr (RnlChatFind) find = rnl_chat_find_new ();
  RnlChatRange range;

  add (messages, RNL_ROLE_USER, "Flow, *flow*?");
  add (messages, RNL_ROLE_ASSISTANT,
       "It **fl**ows.\n\n```\nflow ()\n```\n\n| flow |\n|---|\n| FLOW |\n");
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "flow");
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 6);
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, 1);
  g_assert_true (rnl_chat_find_step (find, -1));
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, 6);
  g_assert_true (rnl_chat_find_step (find, 1));
  g_assert_true (rnl_chat_find_step (find, 1));
  g_assert_true (rnl_chat_find_step (find, 1));
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, 3);
  g_assert_true (rnl_chat_find_get_current (find, &range));
  g_assert_cmpuint (range.from.message, ==, 1);
  g_assert_cmpuint (range.from.place.block, ==, 0);
  g_assert_cmpuint (range.from.place.offset, ==, 3);
  search (find, "nowhere");
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 0);
  g_assert_false (rnl_chat_find_step (find, 1));
  add (messages, RNL_ROLE_ASSISTANT, "now here, nowhere");
  rnl_test_wait_for (is_done, find);
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 1);
}

static gboolean
has_three (gpointer find)
{
  return rnl_chat_find_count (find) == 3;
}

static void
test_streaming (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  g_autoptr (RnlChatFind) find = rnl_chat_find_new ();
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);

  rnl_message_add_part (message, part);
  rnl_message_set_state (message, RNL_MESSAGE_STREAMING);
  g_list_store_append (messages, message);
  rnl_part_append (part, "one word", 8);
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "word");
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 1);
  rnl_part_append (part, ", a word, and a word", 20);
  rnl_test_wait_for (has_three, find);
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, 1);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
}

static gint64 longest;

static gboolean
measure_cb (gpointer data)
{
  gint64 *last = data;
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  if (*last != 0)
    longest = MAX (longest, now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 - *last);
  *last = now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;

  return G_SOURCE_CONTINUE;
}

/* No turn of the main loop is long, however many messages there are. */
static void
test_many (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  g_autoptr (RnlChatFind) find = rnl_chat_find_new ();
  g_autoptr (GString) big = g_string_new (NULL);
  gint64 last = 0;
  guint source;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (big, "Paragraph %u of **many** words.\n\n", i);
  for (guint i = 0; i < 10000; i++)
    add (messages, i % 2 ? RNL_ROLE_ASSISTANT : RNL_ROLE_USER,
         i == 5001 ? big->str : "Some text with a needle in **it**.\n\n- and\n- more");
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, measure_cb, &last, NULL);
  search (find, "needle");
  g_source_remove (source);
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 9999);
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, 1);
  g_test_message ("longest turn: %" G_GINT64_FORMAT " us", longest);
  g_assert_cmpint (longest, <, 16000);
}

typedef struct
{
  ChatFixture chat;
  GListStore *messages;
  RnlTranscriptView *view;
  RnlFindBar *bar;
} Fixture;

static gboolean
bar_has (gpointer data)
{
  gpointer *wanted = data;

  return g_str_equal (rnl_find_bar_get_status (wanted[0]), wanted[1]);
}

static void
wait_status (Fixture *fixture, const char *status)
{
  gpointer wanted[] = { fixture->bar, (gpointer) status };

  rnl_test_wait_for (bar_has, wanted);
}

static gboolean
reasoning_is_open (gpointer data)
{
  GtkWidget *block = chat_fixture_find (data, RNL_TYPE_REASONING_BLOCK, 0);

  return block != NULL && rnl_reasoning_block_get_open (RNL_REASONING_BLOCK (block));
}

/* The bar finds, counts and walks, opens what is folded, and gives the focus back. */
static void
test_bar (void)
{
  Fixture fixture = { 0 };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (RnlMessage) thought = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) reasoning = rnl_part_new (RNL_PART_REASONING, 0);
  GtkWidget *entry;

  fixture.messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_part_append (reasoning, "a hidden word", 13);
  rnl_part_set_complete (reasoning, TRUE);
  rnl_message_add_part (thought, reasoning);
  rnl_message_set_state (thought, RNL_MESSAGE_COMPLETE);
  add (fixture.messages, RNL_ROLE_USER, "What is a word?");
  g_list_store_append (fixture.messages, thought);
  for (guint i = 0; i < 60; i++)
    add (fixture.messages, RNL_ROLE_ASSISTANT, "A paragraph.\n\nAnother one.\n\nAnd so on.");
  add (fixture.messages, RNL_ROLE_ASSISTANT, "The last **word**.");
  fixture.view = RNL_TRANSCRIPT_VIEW (rnl_transcript_view_new ());
  rnl_transcript_view_set_messages (fixture.view, G_LIST_MODEL (fixture.messages));
  fixture.bar = g_object_new (RNL_TYPE_FIND_BAR, NULL);
  rnl_find_bar_set_transcript (fixture.bar, fixture.view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture.bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture.view));
  chat_fixture_show (&fixture.chat, box);
  chat_fixture_wait_frames (&fixture.chat, 5);

  rnl_find_bar_open (fixture.bar);
  entry = chat_fixture_find (GTK_WIDGET (fixture.bar), GTK_TYPE_TEXT, 0);
  g_assert_true (gtk_widget_has_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "WORD");
  wait_status (&fixture, "3 of 3");
  gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.next", NULL);
  wait_status (&fixture, "1 of 3");
  g_assert_false (reasoning_is_open (fixture.view));
  gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.next", NULL);
  wait_status (&fixture, "2 of 3");
  rnl_test_wait_for (reasoning_is_open, fixture.view);
  gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.previous", NULL);
  wait_status (&fixture, "1 of 3");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nothing like it");
  wait_status (&fixture, "Nothing found");
  rnl_find_bar_close (fixture.bar);
  g_assert_false (rnl_find_bar_is_open (fixture.bar));
  wait_status (&fixture, "");
  chat_fixture_done (&fixture.chat);
  g_object_unref (fixture.messages);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 77;
  g_test_add_func ("/chat-find/count", test_count);
  g_test_add_func ("/chat-find/streaming", test_streaming);
  g_test_add_func ("/chat-find/many", test_many);
  g_test_add_func ("/chat-find/bar", test_bar);

  return g_test_run ();
}
