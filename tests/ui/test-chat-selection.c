/* test-chat-selection.c: several chats of the list at once
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-chat-row.h"
#include "rnl-sidebar.h"
#include "window-fixture.h"

static GtkWidget *
get_sidebar (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_SIDEBAR, 0);
}

static GtkSelectionModel *
get_selection (WindowFixture *fixture)
{
  GtkWidget *view = window_fixture_find (get_sidebar (fixture), GTK_TYPE_LIST_VIEW, 0);

  return gtk_list_view_get_model (GTK_LIST_VIEW (view));
}

static guint
count_chats (WindowFixture *fixture)
{
  return g_list_model_get_n_items (window_fixture_list_chats (fixture));
}

static RnlChat *
get_chat (WindowFixture *fixture, guint position)
{
  g_autoptr (RnlChat) chat = g_list_model_get_item (window_fixture_list_chats (fixture), position);

  return chat;
}

static guint
count_selected (WindowFixture *fixture)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_selection (fixture));

  return (guint) gtk_bitset_get_size (selected);
}

/* As the list itself does it for a key or a click. */
static void
select_item (WindowFixture *fixture, guint position, gboolean modify, gboolean extend)
{
  GtkWidget *row = window_fixture_find (get_sidebar (fixture), RNL_TYPE_CHAT_ROW, 0);

  g_assert_true (
    gtk_widget_activate_action (row, "list.select-item", "(ubb)", position, modify, extend));
}

static void
act (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (get_sidebar (fixture), action, NULL));
}

static void
open_with_chats (WindowFixture *fixture, guint n)
{
  window_fixture_open (fixture);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *question = g_strdup_printf ("What is %u + 1?", i);

      rnl_window_new_chat (fixture->window);
      window_fixture_ask (fixture, question);
      window_fixture_wait_idle (fixture);
    }
  g_assert_cmpuint (count_chats (fixture), ==, n);
}

/* The bar comes with the second one, says how many there are, and goes with Escape; then the list
 * shows again which chat is shown. */
static void
test_bar (void)
{
  WindowFixture fixture;
  GtkWidget *sidebar;

  open_with_chats (&fixture, 4);
  sidebar = get_sidebar (&fixture);
  g_assert_cmpuint (count_selected (&fixture), ==, 1);
  g_assert_false (window_fixture_shows (sidebar, "selected"));
  select_item (&fixture, 2, TRUE, FALSE);
  window_fixture_wait_text (sidebar, "2 chats selected");
  window_fixture_assert_named (sidebar);
  /* From there to here. */
  select_item (&fixture, 3, TRUE, TRUE);
  window_fixture_wait_text (sidebar, "3 chats selected");
  /* No chat was opened by it. */
  g_assert_true (rnl_conversation_get_chat (rnl_window_get_conversation (fixture.window))
                 == get_chat (&fixture, 0));
  act (&fixture, "sidebar.end-selection");
  g_assert_cmpuint (count_selected (&fixture), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (get_selection (&fixture), 0));

  gtk_selection_model_select_all (get_selection (&fixture));
  window_fixture_wait_text (sidebar, "4 chats selected");
  /* Opening one ends it. */
  g_signal_emit_by_name (window_fixture_find (sidebar, GTK_TYPE_LIST_VIEW, 0), "activate", 2);
  g_assert_true (rnl_conversation_get_chat (rnl_window_get_conversation (fixture.window))
                 == get_chat (&fixture, 2));
  g_assert_cmpuint (count_selected (&fixture), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (get_selection (&fixture), 2));
  window_fixture_done (&fixture);
}

/* Deleted together, brought back together. */
static void
test_delete (void)
{
  WindowFixture fixture;
  GtkWidget *undo;

  open_with_chats (&fixture, 4);
  select_item (&fixture, 1, TRUE, FALSE);
  select_item (&fixture, 3, TRUE, FALSE);
  act (&fixture, "sidebar.delete-selected");
  g_assert_cmpuint (count_chats (&fixture), ==, 1);
  /* The one that was shown is among them. */
  g_assert_cmpuint (g_list_model_get_n_items (rnl_conversation_list_messages (
                      rnl_window_get_conversation (fixture.window))),
                    ==, 0);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "3 chats deleted");
  g_assert_false (window_fixture_shows (get_sidebar (&fixture), "selected"));
  undo = window_fixture_find_button (GTK_WIDGET (fixture.window), "_Undo");
  g_signal_emit_by_name (undo, "clicked");
  g_assert_cmpuint (count_chats (&fixture), ==, 4);
  window_fixture_done (&fixture);
}

/* All are pinned, or all are not. They stay marked wherever the list moves them. */
static void
test_pin (void)
{
  WindowFixture fixture;
  RnlChat *last;

  open_with_chats (&fixture, 4);
  last = get_chat (&fixture, 3);
  act (&fixture, "sidebar.end-selection");
  select_item (&fixture, 3, FALSE, FALSE);
  select_item (&fixture, 2, TRUE, FALSE);
  rnl_chat_set_updated (last, g_get_real_time ());
  g_assert_true (get_chat (&fixture, 0) == last);
  g_assert_true (gtk_selection_model_is_selected (get_selection (&fixture), 0));
  g_assert_cmpuint (count_selected (&fixture), ==, 2);
  act (&fixture, "sidebar.pin-selected");
  g_assert_true (rnl_chat_get_pinned (last));
  g_assert_true (rnl_chat_get_pinned (get_chat (&fixture, 1)));
  g_assert_false (rnl_chat_get_pinned (get_chat (&fixture, 2)));

  select_item (&fixture, 0, FALSE, FALSE);
  select_item (&fixture, 1, TRUE, FALSE);
  act (&fixture, "sidebar.pin-selected");
  g_assert_false (rnl_chat_get_pinned (last));
  window_fixture_done (&fixture);
}

static void
test_labels (void)
{
  WindowFixture fixture;
  GtkWidget *dialog, *entry;
  RnlChat *first;

  open_with_chats (&fixture, 2);
  first = get_chat (&fixture, 0);
  rnl_chat_set_labels (first, (const char *const[]){ "old", NULL });
  gtk_selection_model_select_all (get_selection (&fixture));
  act (&fixture, "sidebar.label-selected");
  dialog = window_fixture_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  entry = window_fixture_find (dialog, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "maths, sums");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  g_assert_cmpstr (rnl_chat_get_labels (first)[0], ==, "maths");
  g_assert_cmpstr (rnl_chat_get_labels (first)[1], ==, "old");
  g_assert_cmpstr (rnl_chat_get_labels (first)[2], ==, "sums");
  g_assert_cmpuint (g_strv_length ((char **) rnl_chat_get_labels (get_chat (&fixture, 1))), ==, 2);
  g_assert_cmpuint (count_selected (&fixture), ==, 1);
  window_fixture_done (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  g_test_add_func ("/chat-selection/bar", test_bar);
  g_test_add_func ("/chat-selection/delete", test_delete);
  g_test_add_func ("/chat-selection/pin", test_pin);
  g_test_add_func ("/chat-selection/labels", test_labels);

  return g_test_run ();
}
