/* test-temporary.c: a chat of which nothing reaches the disk, and drafts, which do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-sidebar.h"
#include "window-fixture.h"

#define CANARY "canary4e1b09d7"

static void
activate_win (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
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

/* How many files below FOLDER have WORD in their name or in them. */
static guint
search_folder (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n += search_folder (path, word);
      else if (g_file_get_contents (path, &contents, &length, NULL))
        n += memmem (contents, length, word, strlen (word)) != NULL;
      n += strstr (name, word) != NULL;
    }

  return n;
}

/* In everything this program may write: data, settings, state, cache. */
static guint
search_disk (const char *word)
{
  g_autofree char *root = g_path_get_dirname (g_get_user_data_dir ());

  g_assert_true (g_str_has_prefix (g_get_user_cache_dir (), root));
  g_assert_true (g_str_has_prefix (g_get_user_state_dir (), root));
  g_assert_true (g_str_has_prefix (g_get_user_config_dir (), root));

  return search_folder (root, word);
}

/* Two answers, one made again, a queue, a draft. */
static void
talk (WindowFixture *fixture)
{
  window_fixture_ask (fixture, "Say " CANARY);
  window_fixture_wait_idle (fixture);
  window_fixture_ask (fixture, "What is 1 + 2 of " CANARY "?");
  window_fixture_wait_idle (fixture);
  g_assert_nonnull (rnl_conversation_retry (rnl_window_get_conversation (fixture->window)));
  window_fixture_wait_idle (fixture);
  rnl_chat_set_queue (get_chat (fixture), (const char *const[]){ "Later " CANARY, NULL });
  rnl_window_compose (fixture->window, "A draft of " CANARY);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
assert_whole (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_whole (child);
}

/* Its words are there, however narrow it is. */
static void
answer_dialog (const char *response)
{
  GtkWidget *dialog = window_fixture_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);

  window_fixture_assert_named (dialog);
  window_fixture_wait_frames (dialog, 2);
  assert_whole (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
}

/* As soon as the window asks. */
static gboolean
agree_cb (gpointer unused)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) dialog = g_list_model_get_item (toplevels, i);

      if (!ADW_IS_MESSAGE_DIALOG (dialog) || !gtk_widget_get_mapped (dialog))
        continue;
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (window) <= 400;
}

/* The sign in the header, the words in the composer, no row; closing asks. */
static void
test_nothing_is_written (void)
{
  WindowFixture fixture;
  GtkWidget *keep;

  window_fixture_open (&fixture);
  keep = window_fixture_find_button (GTK_WIDGET (fixture.window), "_Keep This Chat");
  g_assert_false (gtk_widget_is_sensitive (keep));
  activate_win (&fixture, "win.new-temporary-chat");
  rnl_test_wait_for (is_mapped, keep);
  g_assert_true (gtk_widget_is_sensitive (keep));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Temporary chat");
  g_assert_true (window_fixture_shows (GTK_WIDGET (fixture.window), "it is not saved"));
  talk (&fixture);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Temporary chat");
  g_assert_cmpuint (count_chats (&fixture), ==, 0);

  /* Asked, and not closed; asked again, and closed. */
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 360, 640);
  rnl_test_wait_for (is_narrow, fixture.window);
  gtk_window_close (GTK_WINDOW (fixture.window));
  answer_dialog ("cancel");
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 2);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture.window)));
  g_idle_add (agree_cb, NULL);
  window_fixture_close (&fixture);
  g_assert_cmpuint (search_disk (CANARY), ==, 0);

  window_fixture_open (&fixture);
  g_assert_cmpuint (count_chats (&fixture), ==, 0);
  window_fixture_done (&fixture);
}

/* The same in an ordinary chat is found: in the library, in the traces. */
static void
test_ordinary_is_written (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  talk (&fixture);
  window_fixture_close (&fixture);
  g_assert_cmpuint (search_disk (CANARY), >=, 2);
  window_fixture_open (&fixture);
  window_fixture_done (&fixture);
}

static void
test_keep (void)
{
  WindowFixture fixture;
  g_autoptr (RnlChat) chat = NULL;

  window_fixture_open (&fixture);
  activate_win (&fixture, "win.new-temporary-chat");
  talk (&fixture);
  activate_win (&fixture, "win.keep-chat");
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  g_assert_false (window_fixture_shows (GTK_WIDGET (fixture.window), "it is not saved"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Say " CANARY);
  window_fixture_close (&fixture);
  g_assert_cmpuint (search_disk (CANARY), >, 0);

  window_fixture_open (&fixture);
  chat = g_list_model_get_item (window_fixture_list_chats (&fixture), 0);
  g_assert_cmpstr (rnl_chat_get_draft (chat), ==, "A draft of " CANARY);
  rnl_window_open_chat (fixture.window, chat);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Say " CANARY);
  window_fixture_done (&fixture);
}

/* Another chat is opened: the toast leads back, with the draft. */
static void
test_undo (void)
{
  WindowFixture fixture;
  RnlConversation *temporary;
  GtkWidget *undo;
  g_autofree char *composed = NULL;

  window_fixture_open (&fixture);
  activate_win (&fixture, "win.new-temporary-chat");
  temporary = rnl_window_get_conversation (fixture.window);
  /* Empty: nobody misses it. */
  activate_win (&fixture, "win.new-chat");
  g_assert_null (window_fixture_find_button (GTK_WIDGET (fixture.window), "_Undo"));
  activate_win (&fixture, "win.new-temporary-chat");
  temporary = rnl_window_get_conversation (fixture.window);
  talk (&fixture);
  activate_win (&fixture, "win.new-chat");
  g_assert_true (rnl_window_get_conversation (fixture.window) != temporary);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Temporary chat closed");
  undo = window_fixture_find_button (GTK_WIDGET (fixture.window), "_Undo");
  g_signal_emit_by_name (undo, "clicked");
  g_assert_true (rnl_window_get_conversation (fixture.window) == temporary);
  composed = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (composed, ==, "A draft of " CANARY);
  activate_win (&fixture, "win.keep-chat");
  window_fixture_done (&fixture);
}

static gboolean
has_chat (gpointer fixture)
{
  return count_chats (fixture) == 1;
}

static gboolean
has_none (gpointer fixture)
{
  return count_chats (fixture) == 0;
}

static void
type (WindowFixture *fixture, const char *text)
{
  GtkWidget *view = window_fixture_find (
    window_fixture_find (GTK_WIDGET (fixture->window), g_type_from_name ("RnlComposer"), 0),
    GTK_TYPE_TEXT_VIEW, 0);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* What was written in a chat that has no message yet: in the list, over a restart, in the composer;
 * emptied, it is gone. */
static void
test_unsent_draft (void)
{
  WindowFixture fixture;
  g_autofree char *composed = NULL;

  window_fixture_open (&fixture);
  type (&fixture, "A first draft");
  rnl_test_wait_for (has_chat, &fixture);
  window_fixture_wait_text (window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_SIDEBAR, 0),
                            "Draft: A first draft");
  type (&fixture, "");
  rnl_test_wait_for (has_none, &fixture);
  type (&fixture, "A second draft");
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  composed = rnl_window_dup_composed (fixture.window);
  g_assert_cmpstr (composed, ==, "A second draft");
  /* Sent, it is a chat as any other. */
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "rules, not AI");
  window_fixture_ask (&fixture, "What is 1 + 2?");
  window_fixture_wait_idle (&fixture);
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  g_assert_cmpstr (rnl_chat_get_title (get_chat (&fixture)), ==, "What is 1 + 2?");
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  g_assert_cmpstr (rnl_chat_get_title (get_chat (&fixture)), ==, "");
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  window_fixture_done (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  g_test_add_func ("/temporary/nothing-is-written", test_nothing_is_written);
  g_test_add_func ("/temporary/ordinary-is-written", test_ordinary_is_written);
  g_test_add_func ("/temporary/keep", test_keep);
  g_test_add_func ("/temporary/undo", test_undo);
  g_test_add_func ("/temporary/unsent-draft", test_unsent_draft);

  return g_test_run ();
}
