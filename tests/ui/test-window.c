/* test-window.c: the window from the first question to the last chat
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-composer.h"
#include "rnl-error-row.h"
#include "rnl-library-staging.h"
#include "rnl-message-row.h"
#include "rnl-start-page.h"
#include "rnl-step-group.h"
#include "rnl-toasts.h"
#include "rnl-tool-card.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

#define QUESTION "What is (10 + 10) * 3?"

static GtkWidget *
get_transcript (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_TRANSCRIPT_VIEW, 0);
}

static RnlChat *
get_chat (WindowFixture *fixture)
{
  return rnl_conversation_get_chat (rnl_window_get_conversation (fixture->window));
}

static guint
count_chats (WindowFixture *fixture)
{
  return g_list_model_get_n_items (window_fixture_list_chats (fixture));
}

static void
activate_app (WindowFixture *fixture, const char *action, const char *text)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), action,
                                  text != NULL ? g_variant_new_string (text) : NULL);
}

static void
activate_win (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static gboolean
has_card (WindowFixture *fixture, const char *tool)
{
  GtkWidget *card;

  for (guint i = 0;
       (card = window_fixture_find (get_transcript (fixture), RNL_TYPE_TOOL_CARD, i)) != NULL; i++)
    if (g_strcmp0 (rnl_part_get_name (rnl_tool_card_get_call (RNL_TOOL_CARD (card))), tool) == 0)
      return TRUE;

  return FALSE;
}

static void
open_steps (WindowFixture *fixture)
{
  GtkWidget *group = window_fixture_find (get_transcript (fixture), RNL_TYPE_STEP_GROUP, 0);

  g_assert_cmpstr (rnl_step_group_get_title (RNL_STEP_GROUP (group)), ==, "2 steps");
  g_signal_emit_by_name (rnl_step_group_get_header (RNL_STEP_GROUP (group)), "clicked");
}

/* The first question: what a person sees from the start page to the answer. */
static void
test_question (void)
{
  WindowFixture fixture;
  GtkWidget *window;
  g_autofree char *left = NULL;

  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  window_fixture_wait_text (window, "rules, not AI");
  g_assert_cmpuint (count_chats (&fixture), ==, 0);

  window_fixture_ask (&fixture, QUESTION);
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  left = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (left, ==, "");
  window_fixture_wait_idle (&fixture);

  window_fixture_wait_text (get_transcript (&fixture), "60");
  g_assert_true (window_fixture_shows (get_transcript (&fixture), QUESTION));
  open_steps (&fixture);
  g_assert_true (has_card (&fixture, "add"));
  g_assert_true (has_card (&fixture, "multiply"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, QUESTION);
  window_fixture_done (&fixture);
}

static GtkWidget *
find_example (WindowFixture *fixture)
{
  GtkWidget *page = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_START_PAGE, 0);

  return window_fixture_find (page, GTK_TYPE_LIST_BOX_ROW, 0);
}

/* An example of the start page works as it stands there. */
static void
test_examples (void)
{
  WindowFixture fixture;
  GtkWidget *row;
  GtkWidget *list;

  window_fixture_open (&fixture);
  row = find_example (&fixture);
  list = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (list, "row-activated", row);
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture.window)),
                                             RNL_TYPE_COMPOSER));
  window_fixture_wait_idle (&fixture);
  window_fixture_wait_text (get_transcript (&fixture), "60");
  window_fixture_done (&fixture);
}

/* The action "ask" writes and never sends; what was being written is not lost. */
static void
test_ask (void)
{
  WindowFixture fixture;
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  GList *windows;

  window_fixture_open (&fixture);
  activate_app (&fixture, "ask", "What is 10 + 10?");
  text = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (text, ==, "What is 10 + 10?");
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_cmpuint (count_chats (&fixture), ==, 0);
  g_assert_false (rnl_conversation_get_busy (rnl_window_get_conversation (fixture.window)));

  activate_app (&fixture, "ask", "And another one?");
  kept = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (kept, ==, "What is 10 + 10?");
  windows = gtk_application_get_windows (GTK_APPLICATION (fixture.application));
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != fixture.window)
      {
        gtk_window_close (l->data);
        break;
      }
  window_fixture_done (&fixture);
}

static GtkWidget *
find_dialog_entry (GtkWidget *dialog)
{
  return window_fixture_find (dialog, GTK_TYPE_ENTRY, 0);
}

static void
test_rename (void)
{
  WindowFixture fixture;
  GtkWidget *dialog;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, QUESTION);
  window_fixture_wait_idle (&fixture);

  activate_win (&fixture, "win.rename");
  dialog = window_fixture_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_dialog_entry (dialog))), ==, QUESTION);
  gtk_editable_set_text (GTK_EDITABLE (find_dialog_entry (dialog)), "  Sixty  ");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (rnl_chat_get_title (get_chat (&fixture)), ==, "Sixty");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Sixty");
  window_fixture_done (&fixture);
}

static void
test_delete_and_undo (void)
{
  WindowFixture fixture;
  RnlAnnouncer *announcer;
  GtkWidget *undo;

  window_fixture_open (&fixture);
  announcer = rnl_toasts_get_announcer (GTK_WIDGET (fixture.window));
  window_fixture_ask (&fixture, QUESTION);
  window_fixture_wait_idle (&fixture);
  g_assert_cmpuint (rnl_announcer_get_count (announcer), ==, 0);

  activate_win (&fixture, "win.delete");
  g_assert_cmpuint (count_chats (&fixture), ==, 0);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "rules, not AI");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "deleted");
  g_assert_cmpuint (rnl_announcer_get_count (announcer), ==, 1);
  g_assert_nonnull (strstr (rnl_announcer_get_last (announcer), "deleted"));
  g_assert_null (strchr (rnl_announcer_get_last (announcer), '<'));
  undo = window_fixture_find_button (GTK_WIDGET (fixture.window), "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  window_fixture_wait_text (get_transcript (&fixture), "60");
  window_fixture_done (&fixture);
}

static gboolean
answer_has_text (WindowFixture *fixture)
{
  return window_fixture_shows (get_transcript (fixture), "Runnel");
}

/* Stop keeps what has arrived, and says so. */
static void
test_stop (void)
{
  WindowFixture fixture;

  g_setenv ("RUNNEL_OFFLINE_PACE", "40", TRUE);
  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, "Which keyboard shortcuts does Runnel have?");
  g_assert_true (rnl_test_run_until ((RnlTestCondition) answer_has_text, &fixture, 20000));
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 10);
  activate_win (&fixture, "win.stop");
  window_fixture_wait_idle (&fixture);
  window_fixture_wait_text (get_transcript (&fixture), "Stopped");
  g_assert_true (answer_has_text (&fixture));
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  window_fixture_done (&fixture);
}

/* What is written stays with its chat, also over a restart. */
static void
test_drafts (void)
{
  WindowFixture fixture;
  g_autofree char *here = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *later = NULL;
  g_autofree char *id = NULL;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, QUESTION);
  window_fixture_wait_idle (&fixture);
  id = g_strdup (rnl_chat_get_id (get_chat (&fixture)));
  rnl_window_compose (fixture.window, "half a thought");
  activate_win (&fixture, "win.new-chat");
  elsewhere = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (elsewhere, ==, "");
  activate_app (&fixture, "open-chat", id);
  here = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (here, ==, "half a thought");

  window_fixture_close (&fixture);
  window_fixture_open (&fixture);
  activate_app (&fixture, "open-chat", id);
  later = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (later, ==, "half a thought");
  window_fixture_wait_text (get_transcript (&fixture), "60");
  window_fixture_done (&fixture);
}

static GtkWidget *
get_focus (WindowFixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

/* F6 goes round: composer, examples or messages, chats, header, composer; Shift+F6 the other way.
 */
static void
test_panes (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  for (guint i = 0; i < 2; i++)
    {
      rnl_window_compose (fixture.window, "");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_COMPOSER));
      activate_win (&fixture, "win.next-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (
        get_focus (&fixture), i == 0 ? RNL_TYPE_START_PAGE : RNL_TYPE_MESSAGE_ROW));
      activate_win (&fixture, "win.next-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), GTK_TYPE_SEARCH_ENTRY));
      activate_win (&fixture, "win.next-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), ADW_TYPE_HEADER_BAR));
      activate_win (&fixture, "win.next-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_COMPOSER));
      activate_win (&fixture, "win.previous-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), ADW_TYPE_HEADER_BAR));
      activate_win (&fixture, "win.previous-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), GTK_TYPE_SEARCH_ENTRY));
      activate_win (&fixture, "win.previous-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (
        get_focus (&fixture), i == 0 ? RNL_TYPE_START_PAGE : RNL_TYPE_MESSAGE_ROW));
      g_assert_true (gtk_window_get_focus_visible (GTK_WINDOW (fixture.window)));
      activate_win (&fixture, "win.previous-pane");
      g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_COMPOSER));
      window_fixture_ask (&fixture, QUESTION);
      window_fixture_wait_idle (&fixture);
    }
  window_fixture_done (&fixture);
}

/* Shift+Tab leaves the composer upwards, past what is beside the text. */
static void
test_tab_back (void)
{
  WindowFixture fixture;
  GtkWidget *window;

  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  window_fixture_wait_frames (window, 3);
  rnl_window_compose (fixture.window, "");
  g_assert_true (GTK_IS_TEXT_VIEW (get_focus (&fixture)));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (GTK_IS_BUTTON (get_focus (&fixture)));
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_COMPOSER));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_START_PAGE));
  window_fixture_done (&fixture);
}

static gboolean
is_first_example_seen (gpointer window)
{
  GtkWidget *page = window_fixture_find (window, RNL_TYPE_START_PAGE, 0);
  GtkWidget *row = window_fixture_find (page, GTK_TYPE_LIST_BOX_ROW, 0);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, page, &bounds) && bounds.size.height > 0
         && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (page);
}

/* In the smallest window the icon gives way to who answers and to the first example. */
static void
test_smallest (void)
{
  WindowFixture fixture;
  g_autoptr (GSettings) settings = NULL;
  GtkWidget *page, *icon;

  window_fixture_open (&fixture);
  page = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_START_PAGE, 0);
  icon = window_fixture_find (page, GTK_TYPE_IMAGE, 0);
  g_assert_true (gtk_widget_get_visible (icon));
  window_fixture_close (&fixture);

  settings = g_settings_new (RNL_APP_ID);
  g_settings_set_int (settings, "window-width", 360);
  g_settings_set_int (settings, "window-height", 294);
  window_fixture_open (&fixture);
  rnl_test_wait_for (is_first_example_seen, fixture.window);
  page = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_START_PAGE, 0);
  g_assert_false (gtk_widget_get_visible (window_fixture_find (page, GTK_TYPE_IMAGE, 0)));

  /* The chats lie over the chat: the focus is where one sees it. */
  activate_win (&fixture, "win.toggle-sidebar");
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), GTK_TYPE_SEARCH_ENTRY));
  activate_win (&fixture, "win.focus-composer");
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&fixture), RNL_TYPE_COMPOSER));
  g_assert_false (adw_flap_get_reveal_flap (
    ADW_FLAP (window_fixture_find (GTK_WIDGET (fixture.window), ADW_TYPE_FLAP, 0))));
  window_fixture_done (&fixture);
}

static void
test_names (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  window_fixture_ask (&fixture, QUESTION);
  window_fixture_wait_idle (&fixture);
  window_fixture_assert_named (GTK_WIDGET (fixture.window));
  window_fixture_done (&fixture);
}

/* Nothing listens at the address: the answer is an error with a way on, and nothing is lost. */
static void
test_dead_address (void)
{
  WindowFixture fixture;
  GtkWidget *error;

  window_fixture_open (&fixture);
  window_fixture_use_server (&fixture, "http://127.0.0.1:1/v1");
  window_fixture_ask (&fixture, "Is anybody there?");
  window_fixture_wait_idle (&fixture);
  error = window_fixture_find (get_transcript (&fixture), RNL_TYPE_ERROR_ROW, 0);
  g_assert_nonnull (error);
  g_assert_true (gtk_widget_get_mapped (rnl_error_row_get_retry_button (RNL_ERROR_ROW (error))));
  g_assert_true (window_fixture_shows (get_transcript (&fixture), "Is anybody there?"));
  window_fixture_done (&fixture);
}

/* A library of a later version is left alone, and the window says so. */
static void
test_newer_library (void)
{
  WindowFixture fixture;
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "runnel", NULL);
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autofree char *content = NULL;
  gsize length;

  window_fixture_open (&fixture);
  window_fixture_close (&fixture);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 64);
  /* "user_version" of the file format is a big-endian number at offset 60. */
  content[60] = 0x7f;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*cannot be opened*");
  window_fixture_open (&fixture);
  g_test_assert_expected_messages ();
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "newer Runnel");
  window_fixture_ask (&fixture, QUESTION);
  window_fixture_wait_idle (&fixture);
  window_fixture_wait_text (get_transcript (&fixture), "60");
  window_fixture_done (&fixture);
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean known;

  g_assert_true (rnl_library_stage_finish (RNL_LIBRARY (source), result, &known, NULL));
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* The program ended in the middle of an import: the next start takes out what had come, and says
 * so, once. */
static void
test_unfinished_import (void)
{
  static const char words[] = "An import ended before it was complete.";
  WindowFixture fixture;
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  RnlLibrary *library;
  gboolean staged = FALSE;

  window_fixture_open (&fixture);
  library = rnl_workspace_get_library (rnl_application_get_workspace (fixture.application));
  rnl_library_stage_async (library, chat, messages, NULL, NULL, staged_cb, &staged);
  rnl_test_wait_for (is_true, &staged);
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), words);
  g_assert_cmpuint (count_chats (&fixture), ==, 0);
  activate_win (&fixture, "win.strip");
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_false (window_fixture_shows (GTK_WIDGET (fixture.window), words));
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/window/question", test_question);
  g_test_add_func ("/window/examples", test_examples);
  g_test_add_func ("/window/ask", test_ask);
  g_test_add_func ("/window/rename", test_rename);
  g_test_add_func ("/window/delete-and-undo", test_delete_and_undo);
  g_test_add_func ("/window/stop", test_stop);
  g_test_add_func ("/window/drafts", test_drafts);
  g_test_add_func ("/window/panes", test_panes);
  g_test_add_func ("/window/tab-back", test_tab_back);
  g_test_add_func ("/window/smallest", test_smallest);
  g_test_add_func ("/window/names", test_names);
  g_test_add_func ("/window/dead-address", test_dead_address);
  g_test_add_func ("/window/newer-library", test_newer_library);
  g_test_add_func ("/window/unfinished-import", test_unfinished_import);

  return g_test_run ();
}
