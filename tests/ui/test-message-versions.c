/* test-message-versions.c: what was said is edited, answered again, branched, and found again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-chat-page.h"
#include "rnl-composer.h"
#include "rnl-edit-bar.h"
#include "rnl-find-bar.h"
#include "rnl-sidebar.h"
#include "rnl-transcript-view.h"
#include "rnl-version-switch.h"
#include "window-fixture.h"

static RnlConversation *
get_conversation (WindowFixture *fixture)
{
  return rnl_window_get_conversation (fixture->window);
}

static GtkWidget *
get_transcript (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_TRANSCRIPT_VIEW, 0);
}

static GtkWidget *
get_row (WindowFixture *fixture, guint position)
{
  RnlMessageList *list
    = rnl_transcript_view_get_list (RNL_TRANSCRIPT_VIEW (get_transcript (fixture)));

  return GTK_WIDGET (rnl_message_list_get_row (list, position));
}

static gboolean
is_editing (WindowFixture *fixture)
{
  GtkWidget *bar = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_EDIT_BAR, 0);

  return rnl_edit_bar_get_message (RNL_EDIT_BAR (bar)) != NULL;
}

static void
assert_composed (WindowFixture *fixture, const char *expected)
{
  g_autofree char *text = rnl_window_dup_composed (fixture->window);

  g_assert_cmpstr (text, ==, expected);
}

/* The questions that are shown, with bars between them. */
static void
assert_questions (WindowFixture *fixture, const char *expected)
{
  GListModel *messages = rnl_conversation_list_messages (get_conversation (fixture));
  g_autoptr (GString) questions = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i);
      g_autofree char *text = rnl_message_dup_text (message);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        g_string_append_printf (questions, "%s%s", questions->len > 0 ? " | " : "", text);
    }
  g_assert_cmpstr (questions->str, ==, expected);
}

static void
ask (WindowFixture *fixture, const char *question)
{
  window_fixture_ask (fixture, question);
  window_fixture_wait_idle (fixture);
}

/* The pointer goes to a message, and what can be done with it appears. */
static void
click (GtkWidget *root, const char *name)
{
  GtkWidget *button;

  gtk_widget_set_state_flags (root, GTK_STATE_FLAG_PRELIGHT, FALSE);
  button = window_fixture_find_button (root, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
press (WindowFixture *fixture, guint keyval)
{
  GtkWidget *composer = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (composer);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
}

static void
send (WindowFixture *fixture, const char *text)
{
  RnlComposer *composer
    = RNL_COMPOSER (window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0));

  rnl_composer_set_text (composer, text);
  rnl_composer_send (composer);
}

/* What a switch in a row shows; nothing when there is one version only. */
static void
assert_switch (WindowFixture *fixture, guint position, const char *expected)
{
  GtkWidget *versions
    = window_fixture_find (get_row (fixture, position), RNL_TYPE_VERSION_SWITCH, 0);

  g_assert_true (versions != NULL ? gtk_widget_get_visible (versions) == (expected != NULL)
                                  : expected == NULL);
  if (expected != NULL)
    g_assert_cmpstr (rnl_version_switch_get_text (RNL_VERSION_SWITCH (versions)), ==, expected);
}

typedef struct
{
  WindowFixture *fixture;
  guint position;
  guint version;
} Wanted;

static gboolean
shows_version (gpointer user_data)
{
  Wanted *wanted = user_data;
  RnlMessageRow *row = RNL_MESSAGE_ROW (get_row (wanted->fixture, wanted->position));

  return rnl_message_get_version (rnl_message_row_get_message (row)) == wanted->version;
}

static void
wait_version (WindowFixture *fixture, guint position, guint version)
{
  Wanted wanted = { fixture, position, version };

  rnl_test_wait_for (shows_version, &wanted);
}

/* Edit, cancel, edit again and send: the draft waits, the old words stay one click away. */
static void
test_edit (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  ask (&fixture, "What is 1 + 1?");
  ask (&fixture, "What is 2 + 2?");
  rnl_window_compose (fixture.window, "a draft");

  click (get_row (&fixture, 0), "Edit");
  g_assert_true (is_editing (&fixture));
  assert_composed (&fixture, "What is 1 + 1?");
  press (&fixture, GDK_KEY_Escape);
  g_assert_false (is_editing (&fixture));
  assert_composed (&fixture, "a draft");
  assert_questions (&fixture, "What is 1 + 1? | What is 2 + 2?");

  click (get_row (&fixture, 0), "Edit");
  send (&fixture, "What is 3 + 3?");
  window_fixture_wait_idle (&fixture);
  g_assert_false (is_editing (&fixture));
  assert_composed (&fixture, "a draft");
  assert_questions (&fixture, "What is 3 + 3?");
  window_fixture_wait_text (get_transcript (&fixture), "6");
  assert_switch (&fixture, 0, "2/2");
  assert_switch (&fixture, 1, NULL);

  click (get_row (&fixture, 0), "Previous Version");
  wait_version (&fixture, 0, 1);
  assert_questions (&fixture, "What is 1 + 1? | What is 2 + 2?");
  assert_switch (&fixture, 0, "1/2");
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  window_fixture_done (&fixture);
}

/* Arrow up in an empty composer edits the last question; in one with words it does not. */
static void
test_arrow_up (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  press (&fixture, GDK_KEY_Up);
  g_assert_false (is_editing (&fixture));
  ask (&fixture, "What is 1 + 1?");
  ask (&fixture, "What is 2 + 2?");
  rnl_window_compose (fixture.window, "words");
  press (&fixture, GDK_KEY_Up);
  g_assert_false (is_editing (&fixture));

  rnl_window_compose (fixture.window, "");
  press (&fixture, GDK_KEY_Up);
  g_assert_true (is_editing (&fixture));
  assert_composed (&fixture, "What is 2 + 2?");
  send (&fixture, "What is 4 + 4?");
  window_fixture_wait_idle (&fixture);
  assert_questions (&fixture, "What is 1 + 1? | What is 4 + 4?");
  window_fixture_done (&fixture);
}

static gboolean
has_heard_version (gpointer transcript)
{
  RnlAnnouncer *announcer = rnl_transcript_view_get_announcer (transcript);

  return g_str_has_suffix (rnl_announcer_get_last (announcer), "Version 1 of 2");
}

/* The answer is made again, and the way back keeps the focus where it was used. */
static void
test_regenerate (void)
{
  WindowFixture fixture;
  GtkWidget *focus;

  window_fixture_open (&fixture);
  ask (&fixture, "What is 1 + 1?");
  click (get_row (&fixture, 1), "Regenerate");
  window_fixture_wait_idle (&fixture);
  assert_switch (&fixture, 1, "2/2");
  g_assert_false (
    gtk_widget_is_sensitive (window_fixture_find_button (get_row (&fixture, 1), "Next Answer")));

  click (get_row (&fixture, 1), "Previous Answer");
  wait_version (&fixture, 1, 1);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 2);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_nonnull (focus);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (focus), ==, "Next Answer");
  rnl_test_wait_for (has_heard_version, get_transcript (&fixture));
  window_fixture_done (&fixture);
}

/* A branch is another chat, which is opened; the first one is as it was. */
static void
test_branch (void)
{
  WindowFixture fixture;
  RnlConversation *first;

  window_fixture_open (&fixture);
  ask (&fixture, "What is 1 + 1?");
  ask (&fixture, "What is 2 + 2?");
  first = get_conversation (&fixture);
  click (get_row (&fixture, 1), "Branch From Here");
  g_assert_true (get_conversation (&fixture) != first);
  g_assert_cmpuint (g_list_model_get_n_items (window_fixture_list_chats (&fixture)), ==, 2);
  g_assert_cmpstr (rnl_chat_get_title (rnl_conversation_get_chat (get_conversation (&fixture))), ==,
                   "What is 1 + 1? (branch)");
  window_fixture_wait_text (get_transcript (&fixture), "What is 1 + 1?");
  assert_questions (&fixture, "What is 1 + 1?");
  ask (&fixture, "What is 5 + 5?");
  window_fixture_wait_text (get_transcript (&fixture), "10");
  window_fixture_done (&fixture);
}

static gboolean
shows_two_questions (gpointer user_data)
{
  return g_list_model_get_n_items (rnl_conversation_list_messages (user_data)) == 4;
}

/* A hit in words that were edited away brings them back. */
static void
test_hit (void)
{
  WindowFixture fixture;
  GtkWidget *sidebar;
  g_autoptr (RnlChat) chat = NULL;
  g_autofree char *id = NULL;

  window_fixture_open (&fixture);
  ask (&fixture, "What is 1 + 1?");
  ask (&fixture, "Say needle");
  id = g_strdup (
    rnl_message_get_id (rnl_message_row_get_message (RNL_MESSAGE_ROW (get_row (&fixture, 2)))));
  chat = g_object_ref (rnl_conversation_get_chat (get_conversation (&fixture)));
  click (get_row (&fixture, 0), "Edit");
  send (&fixture, "What is 3 + 3?");
  window_fixture_wait_idle (&fixture);

  sidebar = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_SIDEBAR, 0);
  g_signal_emit_by_name (sidebar, "open-message", chat, id);
  rnl_test_wait_for (shows_two_questions, get_conversation (&fixture));
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 2);
  assert_questions (&fixture, "What is 1 + 1? | Say needle");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == get_row (&fixture, 2));
  window_fixture_done (&fixture);
}

static double
get_offset (WindowFixture *fixture, guint position)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (get_row (fixture, position), get_transcript (fixture),
                                           graphene_point_zero (), &point));

  return point.y;
}

/* What is switched stays under the eye, with much above and below it. */
static void
test_scroll (void)
{
  WindowFixture fixture;
  GtkAdjustment *vadjustment;
  RnlMessageList *list;
  double before;

  window_fixture_open (&fixture);
  for (guint i = 0; i < 4; i++)
    ask (&fixture, "What is 1 + 1?");
  click (get_row (&fixture, 4), "Edit");
  send (&fixture, "What is 3 + 3?");
  window_fixture_wait_idle (&fixture);
  for (guint i = 0; i < 4; i++)
    ask (&fixture, "What is 2 + 2?");
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 5);

  list = rnl_transcript_view_get_list (RNL_TRANSCRIPT_VIEW (get_transcript (&fixture)));
  g_object_get (list, "vadjustment", &vadjustment, NULL);
  rnl_message_list_show_message (list, 3);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 5);
  before = get_offset (&fixture, 4);
  click (get_row (&fixture, 4), "Previous Version");
  wait_version (&fixture, 4, 1);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 5);
  if (gtk_adjustment_get_value (vadjustment) + gtk_adjustment_get_page_size (vadjustment)
      < gtk_adjustment_get_upper (vadjustment) - 1)
    g_assert_cmpfloat_with_epsilon (get_offset (&fixture, 4), before, 1);
  else
    g_assert_cmpfloat (get_offset (&fixture, 4), >=, before - 1);
  g_object_unref (vadjustment);
  window_fixture_done (&fixture);
}

static guint
count_words (WindowFixture *fixture)
{
  GListModel *messages = rnl_conversation_list_messages (get_conversation (fixture));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i);
      g_autofree char *text = rnl_message_dup_text (message);

      for (const char *p = text; (p = strstr (p, "offline")) != NULL; p++)
        n++;
    }

  return n;
}

static gboolean
bar_counts_all (gpointer user_data)
{
  WindowFixture *fixture = user_data;
  GtkWidget *bar = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_FIND_BAR, 0);
  g_autofree char *status = g_strdup_printf ("1 of %u", count_words (fixture));

  return g_str_equal (rnl_find_bar_get_status (RNL_FIND_BAR (bar)), status);
}

/* What is found in the chat is what it shows, whichever version that is; the answers say the word,
 * too. */
static void
test_find (void)
{
  WindowFixture fixture;
  GtkWidget *bar;

  window_fixture_open (&fixture);
  ask (&fixture, "Say offline");
  ask (&fixture, "Say offline again");
  bar = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_FIND_BAR, 0);
  rnl_find_bar_show_words (RNL_FIND_BAR (bar), "offline", 0);
  rnl_test_wait_for (bar_counts_all, &fixture);
  click (get_row (&fixture, 1), "Regenerate");
  window_fixture_wait_idle (&fixture);
  rnl_test_wait_for (bar_counts_all, &fixture);
  click (get_row (&fixture, 1), "Previous Answer");
  wait_version (&fixture, 1, 1);
  rnl_test_wait_for (bar_counts_all, &fixture);
  click (get_row (&fixture, 0), "Edit");
  send (&fixture, "Say offline, offline and offline");
  window_fixture_wait_idle (&fixture);
  g_assert_cmpuint (count_words (&fixture), >=, 4);
  rnl_test_wait_for (bar_counts_all, &fixture);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/message-versions/edit", test_edit);
  g_test_add_func ("/message-versions/arrow-up", test_arrow_up);
  g_test_add_func ("/message-versions/regenerate", test_regenerate);
  g_test_add_func ("/message-versions/branch", test_branch);
  g_test_add_func ("/message-versions/hit", test_hit);
  g_test_add_func ("/message-versions/scroll", test_scroll);
  g_test_add_func ("/message-versions/find", test_find);

  return g_test_run ();
}
