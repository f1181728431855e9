/* test-transcript-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "chat-fixture.h"
#include "rnl-answer-view.h"
#include "rnl-error-row.h"
#include "rnl-fold-header.h"
#include "rnl-message-list.h"
#include "rnl-provider-error.h"
#include "rnl-step-group.h"
#include "rnl-tool-card.h"
#include "rnl-transcript-view.h"

/* The list. */

typedef struct
{
  ChatFixture fixture;
  GListStore *messages;
  RnlMessageList *list;
  GtkAdjustment *vadjustment;
} ListTest;

static RnlMessage *
add_message (ListTest *test, RnlRole role, const char *text)
{
  g_autoptr (RnlMessage) message
    = text != NULL ? rnl_message_new_text (role, text) : rnl_message_new (role);

  if (text != NULL)
    rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_list_store_append (test->messages, message);

  return message;
}

static RnlPart *
add_part (RnlMessage *message, RnlPart *part)
{
  rnl_message_add_part (message, part);
  g_object_unref (part);

  return part;
}

static RnlPart *
add_call (RnlMessage *message, RnlToolState state)
{
  RnlPart *call = rnl_part_new_tool_call (0, "id", "add");

  rnl_part_set_state (call, state);

  return add_part (message, call);
}

static void
list_test_init (ListTest *test, guint pairs)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  test->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  test->list = RNL_MESSAGE_LIST (rnl_message_list_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (test->list));
  test->vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  rnl_message_list_set_model (test->list, G_LIST_MODEL (test->messages));
  for (guint i = 0; i < pairs; i++)
    {
      add_message (test, RNL_ROLE_USER, "A question");
      add_message (test, RNL_ROLE_ASSISTANT, "One line\nand another\nand the last");
    }
  chat_fixture_show (&test->fixture, scrolled);
  chat_fixture_wait_frames (&test->fixture, 3);
}

static void
list_test_done (ListTest *test)
{
  g_object_add_weak_pointer (G_OBJECT (test->list), (gpointer *) &test->list);
  chat_fixture_done (&test->fixture);
  g_assert_null (test->list);
  g_assert_finalize_object (test->messages);
}

/* Rows are made and measured in slices: waits until none of them changes the column any more. */
static void
wait_still (ListTest *test)
{
  double upper, value;

  do
    {
      upper = gtk_adjustment_get_upper (test->vadjustment);
      value = gtk_adjustment_get_value (test->vadjustment);
      chat_fixture_wait_frames (&test->fixture, 8);
    }
  while (gtk_adjustment_get_upper (test->vadjustment) != upper
         || gtk_adjustment_get_value (test->vadjustment) != value);
}

static double
below (ListTest *test)
{
  return gtk_adjustment_get_upper (test->vadjustment)
         - gtk_adjustment_get_page_size (test->vadjustment)
         - gtk_adjustment_get_value (test->vadjustment);
}

static double
row_y (ListTest *test, guint position)
{
  graphene_point_t point;

  g_assert_true (
    gtk_widget_compute_point (GTK_WIDGET (rnl_message_list_get_row (test->list, position)),
                              GTK_WIDGET (test->list), graphene_point_zero (), &point));

  return point.y;
}

/* Every answer that has a row has taken in what its message has. */
static gboolean
is_settled (gpointer user_data)
{
  ListTest *test = user_data;
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (test->messages));

  for (guint i = 0; i < n_messages; i++)
    {
      RnlMessageRow *row = rnl_message_list_get_row (test->list, i);
      GtkWidget *view
        = row != NULL ? chat_fixture_find (GTK_WIDGET (row), RNL_TYPE_ANSWER_VIEW, 0) : NULL;

      if (view != NULL && !rnl_answer_view_is_settled (RNL_ANSWER_VIEW (view)))
        return FALSE;
    }

  return TRUE;
}

static void
stream_lines (ListTest *test, RnlPart *part, guint lines)
{
  for (guint i = 0; i < lines; i++)
    chat_fixture_append (part, "another line\n\n");
  chat_fixture_wait_frames (&test->fixture, 2);
  rnl_test_wait_for (is_settled, test);
  wait_still (test);
}

static void
test_list_follows (void)
{
  RnlScrollFollower *follower;
  ListTest test;
  RnlPart *part;
  double y;

  list_test_init (&test, 10);
  follower = rnl_message_list_get_follower (test.list);
  g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), >, 0);
  g_assert_cmpfloat (below (&test), <, 1);

  add_message (&test, RNL_ROLE_USER, "More");
  part = add_part (add_message (&test, RNL_ROLE_ASSISTANT, NULL), rnl_part_new (RNL_PART_TEXT, 0));
  stream_lines (&test, part, 30);
  g_assert_cmpfloat (below (&test), <, 1);

  gtk_adjustment_set_value (test.vadjustment, gtk_adjustment_get_value (test.vadjustment) - 20);
  chat_fixture_wait_frames (&test.fixture, 2);
  y = row_y (&test, 21);
  stream_lines (&test, part, 30);
  g_assert_cmpfloat (row_y (&test, 21), ==, y);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), >, 100);

  rnl_message_list_scroll_to_end (test.list);
  chat_fixture_wait_frames (&test.fixture, 2);
  g_assert_cmpfloat (below (&test), <, 1);
  stream_lines (&test, part, 5);
  g_assert_cmpfloat (below (&test), <, 1);
  list_test_done (&test);
}

static void
test_list_keeps_position (void)
{
  ListTest test;
  double y;

  list_test_init (&test, 10);
  gtk_adjustment_set_value (test.vadjustment, 120);
  wait_still (&test);
  y = row_y (&test, 4);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (RnlMessage) earlier
        = rnl_message_new_text (RNL_ROLE_USER, "Something that was said before that");

      g_list_store_insert (test.messages, 0, earlier);
    }
  wait_still (&test);
  g_assert_cmpfloat (row_y (&test, 10), ==, y);
  g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), >, 120);

  /* What the person sends is seen wherever they were. */
  add_message (&test, RNL_ROLE_USER, "And now this");
  chat_fixture_wait_frames (&test.fixture, 3);
  g_assert_cmpfloat (below (&test), <, 1);
  list_test_done (&test);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
is_inactive (gpointer window)
{
  return !gtk_window_is_active (window);
}

/* A window that goes and comes back is as it was, wherever its keyboard focus is. */
static void
test_list_stays_when_window_returns (void)
{
  for (guint focused = 0; focused < 2; focused++)
    {
      GtkWidget *other = gtk_window_new ();
      ListTest test;
      double value;

      list_test_init (&test, 40);
      gtk_window_present (GTK_WINDOW (test.fixture.window));
      rnl_test_wait_for (is_active, test.fixture.window);
      gtk_adjustment_set_value (test.vadjustment, 0);
      wait_still (&test);
      if (focused)
        gtk_widget_grab_focus (GTK_WIDGET (rnl_message_list_get_row (test.list, 1)));
      else
        gtk_window_set_focus (GTK_WINDOW (test.fixture.window), NULL);
      wait_still (&test);
      gtk_adjustment_set_value (test.vadjustment, 900);
      wait_still (&test);
      value = gtk_adjustment_get_value (test.vadjustment);
      gtk_window_present (GTK_WINDOW (other));
      rnl_test_wait_for (is_inactive, test.fixture.window);
      gtk_window_present (GTK_WINDOW (test.fixture.window));
      rnl_test_wait_for (is_active, test.fixture.window);
      chat_fixture_wait_frames (&test.fixture, 4);
      g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), ==, value);
      gtk_window_destroy (GTK_WINDOW (other));
      list_test_done (&test);
    }
}

static GtkWidget *
get_focus (ListTest *test)
{
  return gtk_window_get_focus (GTK_WINDOW (test->fixture.window));
}

/* A chat of any length is one stop for Tab; arrows go from message to message. */
static void
test_list_keys (void)
{
  guint tabs = 0;
  GtkWidget *row;
  ListTest test;
  double value;

  list_test_init (&test, 500);
  gtk_adjustment_set_value (test.vadjustment, 2000);
  wait_still (&test);
  value = gtk_adjustment_get_value (test.vadjustment);
  gtk_window_set_focus (GTK_WINDOW (test.fixture.window), NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_TAB_FORWARD));
  row = get_focus (&test);
  g_assert_true (RNL_IS_MESSAGE_ROW (row));
  wait_still (&test);
  g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), ==, value);

  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_DOWN));
  g_assert_true (get_focus (&test) == gtk_widget_get_next_sibling (row));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_UP));
  g_assert_true (get_focus (&test) == row);
  while (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_TAB_FORWARD))
    {
      g_assert_true (gtk_widget_is_ancestor (get_focus (&test), row));
      g_assert_cmpuint (++tabs, <, 12);
    }
  g_assert_cmpuint (tabs, >, 0);
  list_test_done (&test);
}

static char *
dup_long_answer (void)
{
  GString *text = g_string_new ("With [a link](https://example.org/one).\n\n");

  for (guint i = 0; i < 800; i++)
    g_string_append_printf (text, "Paragraph %u of many words.\n\n", i);
  g_string_append (text, "And [another](https://example.org/two).\n");

  return g_string_free (text, FALSE);
}

/* Of a long answer Tab comes to its links, not to each piece of its text; arrows go through it. */
static void
test_list_keys_in_long_message (void)
{
  g_autofree char *text = dup_long_answer ();
  guint tabs = 0;
  ListTest test;
  GtkWidget *row;
  double value;

  list_test_init (&test, 1);
  add_part (add_message (&test, RNL_ROLE_ASSISTANT, NULL), rnl_part_new_text (text));
  chat_fixture_wait_frames (&test.fixture, 4);
  rnl_test_wait_for (is_settled, &test);
  gtk_adjustment_set_value (test.vadjustment, 0);
  wait_still (&test);
  row = GTK_WIDGET (rnl_message_list_get_row (test.list, 2));
  gtk_widget_grab_focus (row);
  wait_still (&test);
  value = gtk_adjustment_get_value (test.vadjustment);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_DOWN));
  g_assert_true (get_focus (&test) == row);
  g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), >, value);
  g_assert_cmpfloat (gtk_adjustment_get_value (test.vadjustment), <, value + 200);
  while (gtk_widget_child_focus (GTK_WIDGET (test.list), GTK_DIR_TAB_FORWARD))
    g_assert_cmpuint (++tabs, <, 12);
  g_assert_cmpuint (tabs, >=, 2);
  list_test_done (&test);
}

static void
test_list_makes_rows_lazily (void)
{
  ListTest test;
  guint rows = 0;

  list_test_init (&test, 200);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (test.list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rows++;
  g_assert_cmpuint (rows, >, 4);
  g_assert_cmpuint (rows, <, 100);

  gtk_adjustment_set_value (test.vadjustment, 0);
  chat_fixture_wait_frames (&test.fixture, 8);
  g_assert_nonnull (gtk_widget_get_first_child (GTK_WIDGET (test.list)));
  g_assert_true (rnl_message_row_get_message (
                   RNL_MESSAGE_ROW (gtk_widget_get_first_child (GTK_WIDGET (test.list))))
                 == rnl_message_row_get_message (rnl_message_list_get_row (test.list, 0)));
  list_test_done (&test);
}

static gboolean
is_laid_out (gpointer user_data)
{
  ListTest *test = user_data;

  return gtk_adjustment_get_upper (test->vadjustment)
         > gtk_adjustment_get_page_size (test->vadjustment);
}

/* The first heights that are measured are the last. */
static void
test_list_settles_at_once (void)
{
  static const char text[] = "# A heading\n\nA paragraph that is long enough to be wrapped at the "
                             "width of the test's window, and then some.\n\n- one\n- two\n- "
                             "three\n\nAnd a last paragraph, in two\nlines.";
  ListTest test;
  double upper;

  list_test_init (&test, 0);
  for (guint i = 0; i < 4; i++)
    add_message (&test, RNL_ROLE_ASSISTANT, text);
  rnl_test_wait_for (is_laid_out, &test);
  chat_fixture_wait_frames (&test.fixture, 2);
  upper = gtk_adjustment_get_upper (test.vadjustment);
  chat_fixture_wait_frames (&test.fixture, 8);
  g_assert_cmpfloat (gtk_adjustment_get_upper (test.vadjustment), ==, upper);
  list_test_done (&test);
}

static void
test_list_keyboard (void)
{
  ListTest test;
  GtkRoot *root;

  list_test_init (&test, 3);
  root = GTK_ROOT (test.fixture.window);
  gtk_root_set_focus (root, NULL);
  rnl_message_list_move_focus (test.list, -1);
  g_assert_true (gtk_root_get_focus (root) == GTK_WIDGET (rnl_message_list_get_row (test.list, 5)));
  rnl_message_list_move_focus (test.list, -1);
  rnl_message_list_move_focus (test.list, -1);
  g_assert_true (gtk_root_get_focus (root) == GTK_WIDGET (rnl_message_list_get_row (test.list, 3)));
  rnl_message_list_move_focus (test.list, 1);
  g_assert_true (gtk_root_get_focus (root) == GTK_WIDGET (rnl_message_list_get_row (test.list, 4)));
  g_assert_false (rnl_scroll_follower_get_following (rnl_message_list_get_follower (test.list)));
  list_test_done (&test);
}

/* Messages. */

static void
test_row_life (void)
{
  ListTest test;
  RnlMessage *message;
  RnlMessageRow *row;
  RnlPart *part;

  list_test_init (&test, 0);
  add_message (&test, RNL_ROLE_USER, "Hello");
  message = add_message (&test, RNL_ROLE_ASSISTANT, NULL);
  row = rnl_message_list_get_row (test.list, 1);
  g_assert_true (g_str_has_prefix (
    rnl_message_row_get_label (rnl_message_list_get_row (test.list, 0)), "You, "));
  g_assert_true (g_str_has_prefix (rnl_message_row_get_label (row), "Runnel, "));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test.list), GTK_ACCESSIBLE_ROLE_LOG);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_BUSY, TRUE);
  g_assert_true (rnl_message_row_get_working (row));

  part = add_part (message, rnl_part_new (RNL_PART_TEXT, 0));
  g_assert_true (rnl_message_row_get_working (row));
  chat_fixture_append (part, "Hi");
  g_assert_false (rnl_message_row_get_working (row));
  rnl_part_set_complete (part, TRUE);
  g_assert_false (rnl_message_row_get_working (row));
  part = add_call (message, RNL_TOOL_RUNNING);
  g_assert_false (rnl_message_row_get_working (row));
  rnl_part_set_state (part, RNL_TOOL_DONE);
  g_assert_true (rnl_message_row_get_working (row));
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_assert_false (rnl_message_row_get_working (row));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_BUSY, FALSE);
  chat_fixture_wait_frames (&test.fixture, 2);
  g_assert_null (chat_fixture_find_button (GTK_WIDGET (row), "Copy as Markdown"));
  gtk_widget_set_state_flags (GTK_WIDGET (row), GTK_STATE_FLAG_PRELIGHT, FALSE);
  g_assert_nonnull (chat_fixture_find_button (GTK_WIDGET (row), "Copy as Markdown"));
  list_test_done (&test);
}

static void
test_row_ends (void)
{
  static const struct
  {
    RnlMessageState state;
    const char *text;
    const char *said;
  } cases[] = {
    { RNL_MESSAGE_STOPPED, "Stopped", NULL },
    { RNL_MESSAGE_STOPPED, "Stopped", "Half" },
    { RNL_MESSAGE_LIMIT, "Stopped: the limit for steps or time was reached", NULL },
    { RNL_MESSAGE_INTERRUPTED, "Interrupted: the program ended while this was being written",
      NULL },
    { RNL_MESSAGE_COMPLETE, "Cut off: the answer is as long as it may be", NULL },
  };
  ListTest test;

  list_test_init (&test, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnlMessage *message = add_message (&test, RNL_ROLE_ASSISTANT, NULL);
      GtkWidget *row = GTK_WIDGET (rnl_message_list_get_row (test.list, i));
      GtkWidget *label, *retry;
      guint n = 0;

      if (cases[i].said != NULL)
        chat_fixture_append (add_part (message, rnl_part_new (RNL_PART_TEXT, 0)), cases[i].said);
      if (cases[i].state == RNL_MESSAGE_COMPLETE)
        rnl_message_set_finish_reason (message, RNL_FINISH_LENGTH, "max_tokens");
      rnl_message_set_state (message, cases[i].state);
      while ((label = chat_fixture_find (row, GTK_TYPE_LABEL, n++)) != NULL
             && strcmp (gtk_label_get_text (GTK_LABEL (label)), cases[i].text) != 0)
        ;
      g_assert_nonnull (label);

      retry = chat_fixture_find_button (row, "Retry");
      g_assert_true (gtk_widget_is_visible (retry));
      g_assert_cmpint (chat_fixture_find_button (row, "Continue") != NULL, ==,
                       cases[i].state != RNL_MESSAGE_STOPPED || cases[i].said != NULL);
      gtk_widget_activate (retry);
      g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (retry)), ==,
                       "transcript.retry");
      add_message (&test, RNL_ROLE_USER, "Next");
      g_assert_false (gtk_widget_is_visible (retry));
      g_list_store_remove (test.messages, i + 1);
    }
  list_test_done (&test);
}

static GtkWidget *
find_group (RnlMessageRow *row)
{
  return chat_fixture_find (GTK_WIDGET (row), RNL_TYPE_STEP_GROUP, 0);
}

static gboolean
has_group (gpointer user_data)
{
  return find_group (user_data) != NULL;
}

static void
test_folding (void)
{
  ListTest test;
  RnlMessage *message;
  RnlMessageRow *row;
  RnlFoldHeader *header;
  RnlPart *second, *text;

  list_test_init (&test, 0);
  message = add_message (&test, RNL_ROLE_ASSISTANT, NULL);
  row = rnl_message_list_get_row (test.list, 0);
  add_call (message, RNL_TOOL_DONE);
  second = add_call (message, RNL_TOOL_RUNNING);
  add_call (message, RNL_TOOL_FAILED);
  g_assert_null (find_group (row));

  text = add_part (message, rnl_part_new (RNL_PART_TEXT, 1));
  chat_fixture_append (text, "So");
  g_assert_null (find_group (row));
  rnl_part_set_state (second, RNL_TOOL_DONE);
  rnl_test_wait_for (has_group, row);
  g_assert_cmpuint (rnl_step_group_get_size (RNL_STEP_GROUP (find_group (row))), ==, 3);
  g_assert_cmpstr (rnl_step_group_get_title (RNL_STEP_GROUP (find_group (row))), ==, "3 steps");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (rnl_step_group_get_header (RNL_STEP_GROUP (find_group (row)))),
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "1 failed · Add, Add, Add");

  /* Folded, and there again for who opens it. */
  header = RNL_FOLD_HEADER (rnl_step_group_get_header (RNL_STEP_GROUP (find_group (row))));
  g_assert_false (rnl_fold_header_get_open (header));
  g_signal_emit_by_name (header, "clicked");
  g_assert_true (rnl_fold_header_get_open (header));
  g_assert_nonnull (chat_fixture_find (find_group (row), RNL_TYPE_TOOL_CARD, 2));

  /* One alone stays a card. */
  add_call (message, RNL_TOOL_DONE);
  text = add_part (message, rnl_part_new (RNL_PART_TEXT, 2));
  chat_fixture_append (text, "And");
  g_assert_null (chat_fixture_find (GTK_WIDGET (row), RNL_TYPE_STEP_GROUP, 1));
  list_test_done (&test);
}

static void
test_folding_respects_person (void)
{
  ListTest test;
  RnlMessage *message;
  RnlMessageRow *row;
  RnlToolCard *card;
  RnlPart *text;

  list_test_init (&test, 0);
  message = add_message (&test, RNL_ROLE_ASSISTANT, NULL);
  row = rnl_message_list_get_row (test.list, 0);
  add_call (message, RNL_TOOL_DONE);
  add_call (message, RNL_TOOL_DONE);
  card = RNL_TOOL_CARD (chat_fixture_find (GTK_WIDGET (row), RNL_TYPE_TOOL_CARD, 1));
  g_signal_emit_by_name (rnl_tool_card_get_header (card), "clicked");
  text = add_part (message, rnl_part_new (RNL_PART_TEXT, 1));
  chat_fixture_append (text, "So");
  g_assert_null (find_group (row));
  g_assert_true (rnl_tool_card_get_open (card));
  list_test_done (&test);
}

static gboolean
has_retried (gpointer user_data)
{
  ChatFixture *fixture = user_data;

  return strstr (fixture->actions->str, "retry;") != NULL;
}

static void
test_error_in_message (void)
{
  g_autoptr (GError) error
    = rnl_provider_error_new (RNL_PROVIDER_ERROR_NETWORK, "connection reset");
  ListTest test;
  RnlMessage *message;
  GtkWidget *row, *error_row;

  list_test_init (&test, 0);
  message = add_message (&test, RNL_ROLE_ASSISTANT, NULL);
  row = GTK_WIDGET (rnl_message_list_get_row (test.list, 0));
  rnl_message_set_error (message, error);
  rnl_message_set_state (message, RNL_MESSAGE_FAILED);
  error_row = chat_fixture_find (row, RNL_TYPE_ERROR_ROW, 0);
  g_assert_nonnull (error_row);
  g_signal_emit_by_name (rnl_error_row_get_retry_button (RNL_ERROR_ROW (error_row)), "clicked");
  g_assert_true (has_retried (&test.fixture));
  rnl_message_set_state (message, RNL_MESSAGE_STREAMING);
  g_assert_null (chat_fixture_find (row, RNL_TYPE_ERROR_ROW, 0));
  list_test_done (&test);
}

/* The whole view, on a real conversation. */

typedef struct
{
  ChatFixture fixture;
  RnlConversation *conversation;
  RnlTranscriptView *view;
  TestTool *tool;
} ViewTest;

static void
view_test_init (ViewTest *test, const Play *const *script, guint n_turns)
{
  g_autoptr (TestModel) model = test_model_new (script, n_turns);
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  g_autoptr (RnlChat) chat = rnl_chat_new ();

  test->tool = test_tool_new ("look", RNL_TOOL_ASKS);
  rnl_tool_registry_add (tools, RNL_TOOL (test->tool));
  test->conversation = rnl_conversation_new (NULL, chat, RNL_CHAT_MODEL (model), tools);
  test->view = RNL_TRANSCRIPT_VIEW (rnl_transcript_view_new ());
  rnl_transcript_view_set_conversation (test->view, test->conversation);
  chat_fixture_show (&test->fixture, GTK_WIDGET (test->view));
}

static void
view_test_done (ViewTest *test)
{
  chat_fixture_done (&test->fixture);
  g_object_unref (test->tool);
  g_assert_finalize_object (test->conversation);
}

static gboolean
is_idle (gpointer conversation)
{
  return !rnl_conversation_get_busy (conversation);
}

static gboolean
has_approval (gpointer view)
{
  return chat_fixture_find (view, RNL_TYPE_TOOL_APPROVAL, 0) != NULL;
}

static gboolean
tool_runs (gpointer tool)
{
  return test_tool_get_n_running (tool) == 1;
}

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

static gboolean
has_heard_end (gpointer announcer)
{
  return g_str_has_suffix (rnl_announcer_get_last (announcer), "Answer complete");
}

static void
test_view_approves (void)
{
  static const Play call[]
    = { { PLAY_CALL, 0, NULL, "look" }, { PLAY_ARGS, 0, "{\"v\": \"x\"}", NULL }, END };
  static const Play answer[] = { { PLAY_TEXT, 0, "It is here.", NULL }, END };
  static const Play *const script[] = { call, answer };
  ViewTest test;
  RnlToolCard *card;

  view_test_init (&test, script, 2);
  rnl_conversation_send (test.conversation, "Where?");
  g_assert_true (rnl_message_row_get_working (
    rnl_message_list_get_row (rnl_transcript_view_get_list (test.view), 1)));
  rnl_test_wait_for (has_approval, test.view);
  g_assert_cmpstr (rnl_announcer_get_last (rnl_transcript_view_get_announcer (test.view)), ==,
                   "Look waits for your decision");
  g_assert_cmpuint (test_tool_get_n_running (test.tool), ==, 0);
  g_assert_true (rnl_chat_get_attention (rnl_conversation_get_chat (test.conversation)));
  rnl_message_list_focus_end (rnl_transcript_view_get_list (test.view));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test.fixture.window))
                 == chat_fixture_find_button (GTK_WIDGET (test.view), "Allow Once"));

  g_signal_emit_by_name (chat_fixture_find_button (GTK_WIDGET (test.view), "Allow Once"),
                         "clicked");
  rnl_test_wait_for (tool_runs, test.tool);
  g_assert_false (rnl_chat_get_attention (rnl_conversation_get_chat (test.conversation)));
  card = RNL_TOOL_CARD (chat_fixture_find (GTK_WIDGET (test.view), RNL_TYPE_TOOL_CARD, 0));
  g_assert_cmpstr (rnl_tool_card_get_state_text (card), ==, "Running");
  test_tool_finish (test.tool, "under the sofa", NULL);
  rnl_test_wait_for (is_idle, test.conversation);
  g_assert_cmpstr (rnl_tool_card_get_state_text (card), ==, "Done");
  rnl_test_wait_for (has_heard_end, rnl_transcript_view_get_announcer (test.view));
  view_test_done (&test);
}

static void
test_view_retries (void)
{
  static const Play failure[]
    = { { PLAY_TEXT, 0, "It", NULL }, { PLAY_FAIL, 0, "connection reset", NULL } };
  static const Play answer[] = { { PLAY_TEXT, 0, "It is here.", NULL }, END };
  static const Play *const script[] = { failure, answer };
  ViewTest test;
  GtkWidget *error;

  view_test_init (&test, script, 2);
  rnl_conversation_send (test.conversation, "Where?");
  rnl_test_wait_for (is_idle, test.conversation);
  error = chat_fixture_find (GTK_WIDGET (test.view), RNL_TYPE_ERROR_ROW, 0);
  g_assert_nonnull (error);
  g_signal_emit_by_name (rnl_error_row_get_retry_button (RNL_ERROR_ROW (error)), "clicked");
  g_assert_true (rnl_conversation_get_busy (test.conversation));
  rnl_test_wait_for (is_idle, test.conversation);
  g_assert_null (chat_fixture_find (GTK_WIDGET (test.view), RNL_TYPE_ERROR_ROW, 0));
  view_test_done (&test);
}

static void
test_view_changes_conversation (void)
{
  static const Play answer[] = { { PLAY_TEXT, 0, "It is here.", NULL }, END };
  static const Play *const script[] = { answer };
  ViewTest test;

  view_test_init (&test, script, 1);
  rnl_conversation_send (test.conversation, "Where?");
  rnl_transcript_view_set_conversation (test.view, NULL);
  g_assert_null (chat_fixture_find (GTK_WIDGET (test.view), RNL_TYPE_MESSAGE_ROW, 0));
  rnl_test_wait_for (is_idle, test.conversation);
  rnl_transcript_view_set_conversation (test.view, test.conversation);
  g_assert_nonnull (rnl_message_list_get_row (rnl_transcript_view_get_list (test.view), 1));
  view_test_done (&test);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/message-list/stays-when-window-returns", test_list_stays_when_window_returns);
  g_test_add_func ("/message-list/keys", test_list_keys);
  g_test_add_func ("/message-list/keys/long-message", test_list_keys_in_long_message);
  g_test_add_func ("/message-list/follows", test_list_follows);
  g_test_add_func ("/message-list/keeps-position", test_list_keeps_position);
  g_test_add_func ("/message-list/makes-rows-lazily", test_list_makes_rows_lazily);
  g_test_add_func ("/message-list/settles-at-once", test_list_settles_at_once);
  g_test_add_func ("/message-list/keyboard", test_list_keyboard);
  g_test_add_func ("/message-row/life", test_row_life);
  g_test_add_func ("/message-row/ends", test_row_ends);
  g_test_add_func ("/answer-parts/folding", test_folding);
  g_test_add_func ("/answer-parts/folding-respects-person", test_folding_respects_person);
  g_test_add_func ("/error-row/in-message", test_error_in_message);

  g_test_add_func ("/transcript-view/approves", test_view_approves);
  g_test_add_func ("/transcript-view/retries", test_view_retries);
  g_test_add_func ("/transcript-view/changes-conversation", test_view_changes_conversation);

  return g_test_run ();
}
