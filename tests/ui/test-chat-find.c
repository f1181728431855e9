/* test-chat-find.c: words are found in all of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <time.h>

#include "chat-fixture.h"
#include "rnl-find-bar.h"
#include "rnl-message-outline.h"
#include "rnl-reasoning-block.h"
#include "rnl-test-loop.h"

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
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
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
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
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

/* {{{ The conversation changes while words are looked for in it */

static RnlMessage *
make_text (RnlRole role, const char *text)
{
  RnlMessage *message = rnl_message_new_text (role, text);

  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);

  return message;
}

/* Another version takes the place of all from POSITION on. */
static void
replace_from (GListStore *messages, guint position, const char *text)
{
  g_autoptr (RnlMessage) message = make_text (RNL_ROLE_ASSISTANT, text);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (messages));

  g_list_store_splice (messages, position, n - position, (gpointer *) &message, 1);
}

static void
assert_place (RnlChatFind *find, guint number, guint count, guint message)
{
  RnlChatRange range;

  rnl_test_wait_for (is_done, find);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (rnl_chat_find_count (find), ==, count);
  g_assert_cmpuint (rnl_chat_find_get_number (find), ==, number);
  g_assert_true (rnl_chat_find_get_current (find, &range));
  g_assert_cmpuint (range.from.message, ==, message);
}

/* What is there is counted, and the current place stays, or the nearest one follows it. */
static void
test_replaced (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();

  add (messages, RNL_ROLE_USER, "A word?");
  add (messages, RNL_ROLE_ASSISTANT, "One word, another word");
  add (messages, RNL_ROLE_USER, "More words?");
  add (messages, RNL_ROLE_ASSISTANT, "No");
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "word");
  assert_place (find, 1, 4, 0);

  /* Below the current place. */
  replace_from (messages, 3, "The last word");
  assert_place (find, 1, 5, 0);
  for (guint i = 0; i < 3; i++)
    rnl_chat_find_step (find, 1);
  assert_place (find, 4, 5, 2);
  replace_from (messages, 3, "No");
  assert_place (find, 4, 4, 2);

  /* Above it. */
  g_list_store_remove (messages, 0);
  assert_place (find, 3, 3, 1);

  /* What it is in: the same place of the other version, the place below, the place above. */
  rnl_chat_find_step (find, -1);
  assert_place (find, 2, 3, 0);
  replace_from (messages, 0, "A word, a word, a word");
  assert_place (find, 2, 3, 0);
  add (messages, RNL_ROLE_USER, "Word");
  assert_place (find, 2, 4, 0);
  g_list_store_remove (messages, 0);
  assert_place (find, 1, 1, 0);
  add (messages, RNL_ROLE_ASSISTANT, "Word, word");
  assert_place (find, 1, 3, 0);
  rnl_chat_find_step (find, -1);
  assert_place (find, 3, 3, 1);
  replace_from (messages, 1, "Nothing");
  assert_place (find, 1, 1, 0);
}

static void
look_again_cb (RnlChatFind *find, RnlMessage *message, guint *n)
{
  (*n)++;
}

/* What stays is not looked through again. */
static void
test_replaced_cost (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    add (messages, i % 2 ? RNL_ROLE_ASSISTANT : RNL_ROLE_USER, "a word");
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "word");
  g_signal_connect (find, "done-with", G_CALLBACK (look_again_cb), &n);
  replace_from (messages, 999, "another word");
  assert_place (find, 1, 1000, 0);
  g_assert_cmpuint (n, ==, 1);
}

static void
stream (RnlMessage *message, const char *text)
{
  chat_fixture_append (rnl_message_get_part (message, 0), text);
}

static RnlMessage *
make_streaming (void)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);

  rnl_message_add_part (message, part);
  rnl_message_set_state (message, RNL_MESSAGE_STREAMING);

  return message;
}

/* An answer is made again, and goes on after its end. */
static void
test_regenerated (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
  g_autoptr (RnlMessage) answer = make_streaming ();

  add (messages, RNL_ROLE_USER, "A word?");
  add (messages, RNL_ROLE_ASSISTANT, "A word");
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "word");
  rnl_chat_find_step (find, 1);
  assert_place (find, 2, 2, 1);

  g_list_store_splice (messages, 1, 1, (gpointer *) &answer, 1);
  assert_place (find, 1, 1, 0);
  stream (answer, "A word, a word");
  rnl_test_wait_for (has_three, find);
  stream (answer, ", a word");
  rnl_message_set_state (answer, RNL_MESSAGE_COMPLETE);
  assert_place (find, 1, 4, 0);

  rnl_message_set_state (answer, RNL_MESSAGE_STREAMING);
  stream (answer, ", a word");
  rnl_message_set_state (answer, RNL_MESSAGE_FAILED);
  assert_place (find, 1, 5, 0);
}

/* The next question follows the end of an answer at once. */
static void
test_queued (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
  g_autoptr (RnlMessage) first = make_streaming ();
  g_autoptr (RnlMessage) second = make_streaming ();

  g_list_store_append (messages, first);
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "word");
  stream (first, "A word");
  rnl_message_set_state (first, RNL_MESSAGE_COMPLETE);
  add (messages, RNL_ROLE_USER, "A word?");
  g_list_store_append (messages, second);
  stream (second, "A word");
  rnl_message_set_state (second, RNL_MESSAGE_COMPLETE);
  assert_place (find, 1, 3, 0);
}

/* }}} */

/* {{{ Messages whose content is on disk */

static void
wanted_cb (RnlChatFind *find, GPtrArray *messages, GQueue *asked)
{
  g_queue_push_tail (asked, g_ptr_array_copy (messages, (GCopyFunc) g_object_ref, NULL));
}

static void
done_with_cb (RnlChatFind *find, RnlMessage *message, gpointer unused)
{
  rnl_message_empty (message);
}

static gboolean
has_asked (gpointer asked)
{
  return !g_queue_is_empty (asked);
}

static void
answer (RnlChatFind *find, GPtrArray *messages)
{
  g_autoptr (RnlMessage) whole = make_text (RNL_ROLE_ASSISTANT, "A word, a needle");

  for (guint i = 0; i < messages->len; i++)
    if (rnl_message_is_outline (messages->pdata[i]))
      rnl_message_fill (messages->pdata[i], whole);
  rnl_chat_find_filled (find, messages);
  g_ptr_array_set_free_func (messages, g_object_unref);
  g_ptr_array_unref (messages);
}

static GPtrArray *
wait_asked (GQueue *asked)
{
  rnl_test_wait_for (has_asked, asked);

  return g_queue_pop_head (asked);
}

/* The answer to what was looked for before says nothing about what is looked for now. */
static void
test_late (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
  GQueue asked = G_QUEUE_INIT;
  GPtrArray *late;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("message-%u", i);
      g_autoptr (RnlMessage) outline = rnl_message_new_outline (RNL_ROLE_ASSISTANT, id, 16);

      g_list_store_append (messages, outline);
    }
  g_signal_connect (find, "wanted", G_CALLBACK (wanted_cb), &asked);
  g_signal_connect (find, "done-with", G_CALLBACK (done_with_cb), NULL);
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  rnl_chat_find_set_query (find, "word", FALSE);
  answer (find, wait_asked (&asked));
  late = wait_asked (&asked);
  rnl_chat_find_set_query (find, "needle", FALSE);
  rnl_test_wait_for (has_asked, &asked);
  answer (find, late);
  answer (find, wait_asked (&asked));
  rnl_test_wait_for (is_done, find);
  g_assert_cmpuint (rnl_chat_find_count (find), ==, 100);
  g_assert_true (g_queue_is_empty (&asked));
}

/* }}} */

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
  gint64 longest_allowed = (gint64) (RNL_TEST_FRAME_MS * 1000 * rnl_test_get_slowdown ());
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  rnl_test_last RnlChatFind *find = rnl_chat_find_new ();
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
  g_assert_cmpint (longest, <, longest_allowed);
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

/* {{{ In cards */

static RnlPart *
add_call (RnlMessage *message, const char *arguments, const char *output, const char *result)
{
  static guint n_calls;
  g_autofree char *id = g_strdup_printf ("call-%u", n_calls++);
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, id, "search_files");

  chat_fixture_append (call, arguments);
  rnl_part_set_complete (call, TRUE);
  rnl_message_add_part (message, call);
  if (output != NULL)
    rnl_part_append_output (call, output, strlen (output));
  if (result != NULL)
    rnl_part_set_result (call, result);
  rnl_part_set_state (call, RNL_TOOL_DONE);

  return call;
}

static void
add_nested (RnlPart *call, const char *text)
{
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);

  chat_fixture_append (child, text);
  rnl_part_set_complete (child, TRUE);
  rnl_part_add_child (call, child);
}

/* Two thousand lines, three of them with a needle: one is long. */
static char *
dup_output (void)
{
  g_autofree char *filler = g_strnfill (3000, 'x');
  GString *output = g_string_new (NULL);

  for (guint i = 0; i < 2000; i++)
    if (i == 2)
      g_string_append_printf (output, "%s needle %s\n", filler, filler);
    else
      g_string_append (output, i == 700 || i == 1998 ? "a needle ä\n" : "hay, or ä\n");

  return g_string_free (output, FALSE);
}

static RnlMessage *
make_cards (void)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autofree char *output = dup_output ();
  g_autofree char *hay = g_strnfill (20000, 'h');
  g_autofree char *long_text = g_strconcat (hay, "\n\n- a **nee**dle", NULL);
  RnlPart *call = add_call (message, "{\"text\": \"needle\", \"needles\": 2}", output, "");

  add_nested (call, long_text);
  add_call (message, "{}", "needle", "needle");
  add_call (message, "{}", NULL,
            "[{\"needle\": 1}, {\"needle\": \"no needle in a long cell, or is there?\"}]");
  add_call (message, "{\"more\": \"one\\ntwo\\nneedle\"}", NULL, NULL);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);

  return message;
}

/* What a card shows is found, once, in the order in which it shows it. */
static void
test_cards_count (void)
{
  static const guint numbers[][2] = { { 0, 1 },
                                      { 0, 1 },
                                      { 0, 2 },
                                      { 0, G_MAXUINT - 2 },
                                      { 0, G_MAXUINT - 2 },
                                      { 0, G_MAXUINT - 2 },
                                      { 1, G_MAXUINT - 1 },
                                      { 2, G_MAXUINT - 1 },
                                      { 2, G_MAXUINT - 1 },
                                      { 3, 1 } };
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  g_autoptr (RnlChatFind) find = rnl_chat_find_new ();
  g_autoptr (RnlMessage) message = make_cards ();

  g_list_store_append (messages, message);
  rnl_chat_find_set_model (find, G_LIST_MODEL (messages));
  search (find, "needle");
  g_assert_cmpuint (rnl_chat_find_count (find), ==, G_N_ELEMENTS (numbers));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      RnlChatRange range;

      g_assert_true (rnl_chat_find_get_current (find, &range));
      g_assert_cmpuint (range.from.part, ==, numbers[i][0]);
      g_assert_cmpuint (range.from.text, ==, numbers[i][1]);
      rnl_chat_find_step (find, 1);
    }
}

static void
fixture_show (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->view = RNL_TRANSCRIPT_VIEW (rnl_transcript_view_new ());
  rnl_transcript_view_set_messages (fixture->view, G_LIST_MODEL (fixture->messages));
  fixture->bar = g_object_new (RNL_TYPE_FIND_BAR, NULL);
  rnl_find_bar_set_transcript (fixture->bar, fixture->view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  chat_fixture_show (&fixture->chat, box);
  chat_fixture_wait_frames (&fixture->chat, 5);
  rnl_find_bar_open (fixture->bar);
}

static void
fixture_search (Fixture *fixture, const char *query)
{
  GtkWidget *entry = chat_fixture_find (GTK_WIDGET (fixture->bar), GTK_TYPE_TEXT, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), query);
}

/* Where what stands out is drawn, in the view's coordinates. */
static gboolean
find_in_text (GtkTextView *text, const char *word, GtkWidget *view, graphene_rect_t *area)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text);
  GtkTextTag *tag
    = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "rnl-found-current");
  g_autofree char *tagged = NULL;
  GtkTextIter start, end;
  GdkRectangle place;
  graphene_point_t origin;
  int x, y;

  gtk_text_buffer_get_start_iter (buffer, &start);
  if (tag == NULL
      || (!gtk_text_iter_starts_tag (&start, tag)
          && !gtk_text_iter_forward_to_tag_toggle (&start, tag)))
    return FALSE;
  end = start;
  gtk_text_iter_forward_to_tag_toggle (&end, tag);
  tagged = gtk_text_iter_get_text (&start, &end);
  g_assert_cmpstr (tagged, ==, word);
  gtk_text_view_get_iter_location (text, &start, &place);
  gtk_text_view_buffer_to_window_coords (text, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (text), view,
                                           &GRAPHENE_POINT_INIT ((float) x, (float) y), &origin));
  *area = GRAPHENE_RECT_INIT (origin.x, origin.y, (float) place.width, (float) place.height);

  return gtk_widget_get_mapped (GTK_WIDGET (text)) && x >= 0 && y >= 0
         && x < gtk_widget_get_width (GTK_WIDGET (text));
}

static gboolean
find_in_label (GtkLabel *label, GtkWidget *view, graphene_rect_t *area)
{
  PangoAttrList *attributes = gtk_label_get_attributes (label);
  GSList *list = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;
  gboolean found = FALSE;

  for (GSList *l = list; l != NULL; l = l->next)
    found |= ((PangoAttribute *) l->data)->klass->type == PANGO_ATTR_FOREGROUND;
  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);

  return found && gtk_widget_get_mapped (GTK_WIDGET (label))
         && gtk_widget_compute_bounds (GTK_WIDGET (label), view, area);
}

typedef struct
{
  GtkWidget *view;
  const char *word;
} Sight;

static gboolean
has_current (GtkWidget *widget, const Sight *sight, graphene_rect_t *area)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return find_in_text (GTK_TEXT_VIEW (widget), sight->word, sight->view, area);
  if (GTK_IS_LABEL (widget))
    return find_in_label (GTK_LABEL (widget), sight->view, area);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_current (child, sight, area))
      return TRUE;

  return FALSE;
}

/* Whether the place that stands out is in view. */
static gboolean
is_in_sight (gpointer data)
{
  const Sight *sight = data;
  graphene_rect_t area;

  return has_current (sight->view, sight, &area) && area.origin.y >= 0
         && area.origin.y + area.size.height <= gtk_widget_get_height (sight->view)
         && area.origin.x < gtk_widget_get_width (sight->view);
}

static void
wait_in_sight (Fixture *fixture, const char *word)
{
  Sight sight = { GTK_WIDGET (fixture->view), word };

  rnl_test_wait_for (is_in_sight, &sight);
}

/* The bar and what stands out follow the conversation. */
static void
test_bar_replaced (void)
{
  Fixture fixture = { .messages = g_list_store_new (RNL_TYPE_MESSAGE) };
  g_autoptr (RnlMessage) answer = make_streaming ();

  add (fixture.messages, RNL_ROLE_USER, "A question?");
  add (fixture.messages, RNL_ROLE_ASSISTANT, "One needle.\n\nTwo needles.");
  fixture_show (&fixture);
  fixture_search (&fixture, "needle");
  wait_status (&fixture, "1 of 2");
  gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.next", NULL);
  wait_status (&fixture, "2 of 2");
  replace_from (fixture.messages, 1, "Now a needle.\n\nAnd a needle.\n\nThe third needle.");
  wait_status (&fixture, "2 of 3");
  wait_in_sight (&fixture, "needle");

  g_list_store_splice (fixture.messages, 1, 1, (gpointer *) &answer, 1);
  wait_status (&fixture, "Nothing found");
  stream (answer, "A needle");
  rnl_part_set_complete (rnl_message_get_part (answer, 0), TRUE);
  rnl_message_set_state (answer, RNL_MESSAGE_COMPLETE);
  wait_status (&fixture, "1 of 1");
  wait_in_sight (&fixture, "needle");
  rnl_find_bar_close (fixture.bar);
  chat_fixture_done (&fixture.chat);
  g_object_unref (fixture.messages);
}

/* Closed cards open, and every place in them can be seen where it is walked to. */
static void
test_cards_walk (void)
{
  Fixture fixture = { .messages = g_list_store_new (RNL_TYPE_MESSAGE) };
  g_autoptr (RnlMessage) message = make_cards ();

  g_list_store_append (fixture.messages, message);
  for (guint i = 0; i < 60; i++)
    add (fixture.messages, RNL_ROLE_ASSISTANT, "A paragraph.\n\nAnother one.\n\nAnd so on.");
  fixture_show (&fixture);
  fixture_search (&fixture, "needle");
  for (guint i = 10; i > 0; i--)
    {
      g_autofree char *status = g_strdup_printf ("%u of 10", i);

      g_test_message ("place %u", i);

      wait_status (&fixture, status);
      wait_in_sight (&fixture, "needle");
      gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.previous", NULL);
    }
  rnl_find_bar_close (fixture.bar);
  chat_fixture_done (&fixture.chat);
  g_object_unref (fixture.messages);
}

/* }}} */

static char *
dup_folded (void)
{
  GString *text = g_string_new ("Text first.\n\n```c\n");

  for (guint i = 0; i < 900; i++)
    g_string_append (text, i == 700 ? "int needle;\n" : "int hay;\n");
  g_string_append (text, "```\n\n| a | b |\n|---|---|\n");
  for (guint i = 0; i < 200; i++)
    g_string_append (text, i == 150 ? "| hay | needle |\n" : "| hay | more |\n");
  g_string_append (text, "\nThen a list:\n\n");
  for (guint i = 0; i < 600; i++)
    g_string_append (text, i == 500 ? "- needle\n" : "- hay\n");
  g_string_append (text, "\n```\nshort\n");
  for (guint i = 0; i < 400; i++)
    g_string_append (text, "wide ");
  g_string_append (text, "needle\n```\n\nAnd the end.\n");

  return g_string_free (text, FALSE);
}

/* Code, tables and lists of which a part is laid out show the place, in a message without a row. */
static void
test_folded (void)
{
  Fixture fixture = { .messages = g_list_store_new (RNL_TYPE_MESSAGE) };
  g_autofree char *text = dup_folded ();

  add (fixture.messages, RNL_ROLE_ASSISTANT, text);
  for (guint i = 0; i < 60; i++)
    add (fixture.messages, RNL_ROLE_ASSISTANT, "A paragraph.\n\nAnother one.\n\nAnd so on.");
  fixture_show (&fixture);
  fixture_search (&fixture, "needle");
  for (guint i = 4; i > 0; i--)
    {
      g_autofree char *status = g_strdup_printf ("%u of 4", i);

      wait_status (&fixture, status);
      wait_in_sight (&fixture, "needle");
      gtk_widget_activate_action (GTK_WIDGET (fixture.bar), "find.previous", NULL);
    }
  rnl_find_bar_close (fixture.bar);
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
  g_test_add_func ("/chat-find/replaced", test_replaced);
  g_test_add_func ("/chat-find/replaced/cost", test_replaced_cost);
  g_test_add_func ("/chat-find/replaced/bar", test_bar_replaced);
  g_test_add_func ("/chat-find/regenerated", test_regenerated);
  g_test_add_func ("/chat-find/queued", test_queued);
  g_test_add_func ("/chat-find/late", test_late);
  g_test_add_func ("/chat-find/many", test_many);
  g_test_add_func ("/chat-find/bar", test_bar);
  g_test_add_func ("/chat-find/cards/count", test_cards_count);
  g_test_add_func ("/chat-find/cards/walk", test_cards_walk);
  g_test_add_func ("/chat-find/folded", test_folded);

  return g_test_run ();
}
