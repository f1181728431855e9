/* test-sidebar.c: the chats on the left
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-chat-row.h"
#include "rnl-chat-sections.h"
#include "rnl-search-item.h"
#include "rnl-sidebar.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

static GtkWidget *
get_sidebar (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_SIDEBAR, 0);
}

static void
ask_in_new_chat (WindowFixture *fixture, const char *question)
{
  rnl_window_new_chat (fixture->window);
  window_fixture_ask (fixture, question);
  window_fixture_wait_idle (fixture);
}

static gint64
to_unix (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* Days are the calendar's, not pieces of 24 hours. */
static void
test_sections (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 3, 2, 0, 30, 0);
  static const struct
  {
    int year, month, day, hour;
    const char *section;
  } cases[] = {
    { 2026, 3, 2, 0, "Today" },      { 2026, 3, 2, 9, "Today" },
    { 2026, 3, 1, 23, "Yesterday" }, { 2026, 2, 28, 23, "This week" },
    { 2026, 2, 24, 1, "This week" }, { 2026, 2, 23, 23, "February" },
    { 2026, 1, 1, 0, "January" },    { 2025, 12, 31, 23, "December 2025" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *section = rnl_chat_section (
        to_unix (cases[i].year, cases[i].month, cases[i].day, cases[i].hour), now);

      g_assert_cmpstr (section, ==, cases[i].section);
    }
}

static gboolean
shows_sum (gpointer user_data)
{
  WindowFixture *fixture = user_data;

  return g_strcmp0 (gtk_window_get_title (GTK_WINDOW (fixture->window)), "What is 2 + 2?") == 0;
}

/* The search finds titles and text, opens what is chosen, and gives the list back. */
static void
test_search (void)
{
  WindowFixture fixture;
  GtkWidget *sidebar;
  GtkEditable *entry;
  GtkWidget *results;

  window_fixture_open (&fixture);
  sidebar = get_sidebar (&fixture);
  ask_in_new_chat (&fixture, "What is 2 + 2?");
  ask_in_new_chat (&fixture, "Convert 5 miles to km");
  window_fixture_wait_text (sidebar, "Today");
  window_fixture_wait_text (sidebar, "What is 2 + 2?");

  entry = GTK_EDITABLE (window_fixture_find (sidebar, GTK_TYPE_SEARCH_ENTRY, 0));
  gtk_editable_set_text (entry, "mile");
  results = window_fixture_find (sidebar, GTK_TYPE_LIST_VIEW, 1);
  window_fixture_wait_text (results, "Convert 5 miles");
  /* The title and the messages of one chat are one row. */
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (results)))), ==,
    1);
  g_assert_false (window_fixture_shows (sidebar, "What is 2 + 2?"));
  ask_in_new_chat (&fixture, "What is 3 + 3?");
  g_signal_emit_by_name (results, "activate", 0);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Convert 5 miles to km");

  /* Enter goes to the first hit, and waits for it. */
  gtk_editable_set_text (entry, "2 + 2");
  g_signal_emit_by_name (entry, "activate");
  rnl_test_wait_for (shows_sum, &fixture);

  gtk_editable_set_text (entry, "zebra crossing");
  window_fixture_wait_text (sidebar, "Nothing found");
  g_signal_emit_by_name (entry, "stop-search");
  window_fixture_wait_text (sidebar, "What is 2 + 2?");
  window_fixture_done (&fixture);
}

/* {{{ Results follow the library */

typedef struct
{
  WindowFixture window;
  RnlLibrary *library;
  GtkEditable *entry;
  GtkWidget *view;
  GListModel *results;
  guint n_told;   /* by the library */
  guint n_shown;  /* changes of the list */
  guint n_losses; /* rows that went in them */
} Results;

static void
told_cb (RnlLibrary *library, Results *self)
{
  self->n_told++;
}

static void
shown_cb (GListModel *results, guint position, guint removed, guint added, Results *self)
{
  self->n_shown++;
  self->n_losses += removed;
}

typedef struct
{
  GListModel *results;
  guint n;
} Count;

static gboolean
has_results (gpointer data)
{
  Count *count = data;

  return g_list_model_get_n_items (count->results) == count->n;
}

static void
wait_results (Results *self, guint n)
{
  Count count = { self->results, n };

  rnl_test_wait_for (has_results, &count);
}

/* Two chats that say "needle", the second one first, and one that does not. */
static void
results_open (Results *self)
{
  GtkWidget *sidebar;

  *self = (Results){ 0 };
  window_fixture_open (&self->window);
  self->library
    = rnl_workspace_get_library (rnl_application_get_workspace (self->window.application));
  ask_in_new_chat (&self->window, "What is 2 + 2?");
  ask_in_new_chat (&self->window, "Say needle one");
  ask_in_new_chat (&self->window, "Say needle two");
  sidebar = get_sidebar (&self->window);
  self->entry = GTK_EDITABLE (window_fixture_find (sidebar, GTK_TYPE_SEARCH_ENTRY, 0));
  self->view = window_fixture_find (sidebar, GTK_TYPE_LIST_VIEW, 1);
  self->results = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->view)));
  gtk_editable_set_text (self->entry, "needle");
  wait_results (self, 2);
  g_signal_connect (self->library, "contents-changed", G_CALLBACK (told_cb), self);
  g_signal_connect (self->results, "items-changed", G_CALLBACK (shown_cb), self);
}

static void
results_done (Results *self)
{
  g_signal_handlers_disconnect_by_data (self->library, self);
  g_signal_handlers_disconnect_by_data (self->results, self);
  window_fixture_done (&self->window);
}

/* The row of the list that has the keyboard focus. */
static GtkWidget *
get_focused_row (Results *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window.window));

  return focus != NULL && gtk_widget_get_parent (focus) == self->view ? focus : NULL;
}

static void
focus_result (Results *self, const char *title)
{
  GtkWidget *row = gtk_widget_get_first_child (self->view);

  while (row != NULL && !window_fixture_shows (row, title))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (get_focused_row (self) == row);
}

static void
assert_order (Results *self, const char *first, const char *second)
{
  const char *titles[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (RnlSearchItem) item = g_list_model_get_item (self->results, i);

      g_assert_cmpstr (rnl_search_item_get_title (item), ==, titles[i]);
    }
}

/* A branch comes, a chat goes and comes back; one row at a time. */
static void
test_results_follow (void)
{
  Results self;
  RnlConversation *conversation;
  g_autoptr (RnlMessage) message = NULL;
  g_autoptr (RnlChat) branch = NULL;

  results_open (&self);
  conversation = rnl_window_get_conversation (self.window.window);
  message = g_list_model_get_item (rnl_conversation_list_messages (conversation), 0);
  focus_result (&self, "Say needle one");
  branch = rnl_conversation_branch (conversation, message, "A needle (branch)");
  wait_results (&self, 3);
  g_assert_cmpuint (self.n_told, >, 1);
  g_assert_cmpuint (self.n_shown, ==, 1);
  g_assert_true (window_fixture_shows (get_focused_row (&self), "Say needle one"));

  rnl_library_delete_chat (self.library, rnl_chat_get_id (branch));
  wait_results (&self, 2);
  g_assert_cmpuint (self.n_losses, ==, 1);
  rnl_library_undelete_chat (self.library, rnl_chat_get_id (branch));
  wait_results (&self, 3);
  g_assert_cmpuint (self.n_losses, ==, 1);
  g_assert_cmpuint (self.n_shown, ==, 3);
  g_assert_true (window_fixture_shows (get_focused_row (&self), "Say needle one"));

  /* Where the focus is goes, and in the end all of it. */
  focus_result (&self, "A needle (branch)");
  rnl_library_delete_chat (self.library, rnl_chat_get_id (branch));
  wait_results (&self, 2);
  g_assert_nonnull (get_focused_row (&self));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnlSearchItem) item = g_list_model_get_item (self.results, i);

      rnl_library_delete_chat (self.library, rnl_search_item_get_chat_id (item));
    }
  window_fixture_wait_text (get_sidebar (&self.window), "Nothing found");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self.window.window)),
                                         GTK_WIDGET (self.entry)));
  results_done (&self);
}

static gboolean
says_haystack (gpointer view)
{
  return window_fixture_shows (gtk_widget_get_first_child (view), "haystack");
}

/* What is said now is found, and its chat comes first; the row with the focus is the same. */
static void
test_results_said (void)
{
  Results self;
  g_autoptr (RnlSearchItem) item = NULL;

  results_open (&self);
  assert_order (&self, "Say needle two", "Say needle one");
  item = g_list_model_get_item (self.results, 1);
  rnl_window_open_chat (self.window.window,
                        rnl_library_find_chat (self.library, rnl_search_item_get_chat_id (item)));
  window_fixture_wait_text (
    window_fixture_find (GTK_WIDGET (self.window.window), RNL_TYPE_TRANSCRIPT_VIEW, 0),
    "Say needle one");
  focus_result (&self, "Say needle one");
  window_fixture_ask (&self.window, "Is the needle in a haystack?");
  focus_result (&self, "Say needle one");
  window_fixture_wait_idle (&self.window);
  rnl_test_wait_for (says_haystack, self.view);
  assert_order (&self, "Say needle one", "Say needle two");
  g_assert_cmpuint (g_list_model_get_n_items (self.results), ==, 2);
  g_assert_true (window_fixture_shows (get_focused_row (&self), "Say needle one"));
  g_assert_true (get_focused_row (&self) == gtk_widget_get_first_child (self.view));
  /* A question and the beginning and end of its answer, however many words that has. */
  g_assert_cmpuint (self.n_told, <=, 3);
  results_done (&self);
}

/* What is renamed is found by its new name, and what is labelled by its label. */
static void
test_results_renamed (void)
{
  Results self;
  g_autoptr (RnlSearchItem) item = NULL;
  const char *labels[] = { "Work", NULL };
  RnlChat *chat;

  results_open (&self);
  item = g_list_model_get_item (self.results, 0);
  chat = rnl_library_find_chat (self.library, rnl_search_item_get_chat_id (item));
  rnl_chat_set_title (chat, "Colours");
  rnl_library_save_chat (self.library, chat);
  window_fixture_wait_text (self.view, "Colours");
  g_assert_cmpuint (self.n_shown, ==, 0);

  gtk_editable_set_text (self.entry, "#work");
  window_fixture_wait_text (get_sidebar (&self.window), "Nothing found");
  rnl_chat_set_labels (chat, labels);
  rnl_library_save_chat (self.library, chat);
  wait_results (&self, 1);
  results_done (&self);
}

/* }}} */

/* Marks of Markdown go, the match stays marked, and stars that are arithmetic stay. */
static void
test_search_item (void)
{
  static const struct
  {
    const char *snippet, *markup;
  } cases[] = {
    { "## Colours\n# Red", "Colours Red" },
    { "It is **\00212\003:00** in `Tokyo`", "It is <b>12</b>:00 in Tokyo" },
    { "2 * 3, 2**5, 2 ** 5 & C#", "2 * 3, 2**5, 2 ** 5 &amp; C#" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RnlSearchHit hit = { .snippet = (char *) cases[i].snippet };
      g_autoptr (RnlSearchItem) item = rnl_search_item_new (&hit);

      g_assert_cmpstr (rnl_search_item_get_markup (item), ==, cases[i].markup);
    }
}

/* A row: busy while its answer is on its way, marks of Markdown left out, renamed at once. */
static void
test_row (void)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *row = rnl_chat_row_new ();
  GtkWidget *spinner;

  gtk_window_set_child (GTK_WINDOW (window), row);
  gtk_window_present (GTK_WINDOW (window));
  rnl_chat_row_set_chat (RNL_CHAT_ROW (row), chat);
  window_fixture_wait_text (row, "New chat");
  rnl_chat_set_title (chat, "Colours");
  rnl_chat_set_snippet (chat, "## It is **12:00** in `Tokyo`, 2 * 3");
  g_assert_true (window_fixture_shows (row, "Colours\nIt is 12:00 in Tokyo, 2 * 3\n"));

  g_assert_null (window_fixture_find (row, GTK_TYPE_SPINNER, 0));
  rnl_chat_set_busy (chat, TRUE);
  spinner = window_fixture_find (row, GTK_TYPE_SPINNER, 0);
  g_assert_true (gtk_spinner_get_spinning (GTK_SPINNER (spinner)));
  rnl_chat_set_attention (chat, TRUE);
  g_assert_null (window_fixture_find (row, GTK_TYPE_SPINNER, 0));
  g_assert_nonnull (window_fixture_find (row, GTK_TYPE_IMAGE, 0));
  rnl_chat_set_attention (chat, FALSE);
  g_assert_nonnull (window_fixture_find (row, GTK_TYPE_SPINNER, 0));
  rnl_chat_set_busy (chat, FALSE);
  g_assert_null (window_fixture_find (row, GTK_TYPE_SPINNER, 0));
  g_assert_null (window_fixture_find (row, GTK_TYPE_IMAGE, 0));
  rnl_chat_row_set_section (RNL_CHAT_ROW (row), "Today");
  g_assert_true (window_fixture_shows (row, "Today"));

  g_object_ref (row);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (row);
  g_assert_finalize_object (g_steal_pointer (&chat));
}

static RnlChat *
find_titled (GListModel *chats, const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (chats); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);

      if (g_str_equal (rnl_chat_get_title (chat), title))
        return chat;
    }

  return NULL;
}

static gboolean
has_copy (gpointer chats)
{
  return find_titled (chats, "What is 2 + 2? (copy)") != NULL;
}

/* The menu of a chat: pinned ones stand first, labels are found, a copy is a chat of its own. */
static void
test_menu (void)
{
  WindowFixture fixture;
  GtkWidget *sidebar;
  GtkEditable *entry;
  GListModel *chats;
  RnlChat *chat;
  const char *labels[] = { "Work", "sums", NULL };

  window_fixture_open (&fixture);
  sidebar = get_sidebar (&fixture);
  ask_in_new_chat (&fixture, "What is 2 + 2?");
  ask_in_new_chat (&fixture, "Convert 5 miles to km");
  chats = window_fixture_list_chats (&fixture);
  chat = find_titled (chats, "What is 2 + 2?");
  g_assert_nonnull (chat);
  rnl_window_open_chat (fixture.window, chat);
  g_assert_false (window_fixture_shows (sidebar, "Pinned"));
  gtk_widget_activate_action (sidebar, "sidebar.pin", NULL);
  window_fixture_wait_text (sidebar, "Pinned");
  g_assert_true (g_list_model_get_item (chats, 0) == chat);
  g_object_unref (chat);
  gtk_widget_activate_action (sidebar, "sidebar.unpin", NULL);
  g_assert_false (rnl_chat_get_pinned (chat));

  rnl_chat_set_labels (chat, labels);
  window_fixture_wait_text (sidebar, "Work · sums");
  entry = GTK_EDITABLE (window_fixture_find (sidebar, GTK_TYPE_SEARCH_ENTRY, 0));
  gtk_editable_set_text (entry, "#wor");
  window_fixture_wait_text (sidebar, "Work, sums");
  g_assert_false (window_fixture_shows (sidebar, "Convert 5 miles"));
  gtk_editable_set_text (entry, "#home");
  window_fixture_wait_text (sidebar, "Nothing found");
  gtk_editable_set_text (entry, "");

  gtk_widget_activate_action (sidebar, "sidebar.duplicate", NULL);
  rnl_test_wait_for (has_copy, chats);
  rnl_window_open_chat (fixture.window, find_titled (chats, "What is 2 + 2? (copy)"));
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "2 + 2");
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/sidebar/sections", test_sections);
  g_test_add_func ("/sidebar/menu", test_menu);
  g_test_add_func ("/sidebar/search", test_search);
  g_test_add_func ("/sidebar/results/follow", test_results_follow);
  g_test_add_func ("/sidebar/results/said", test_results_said);
  g_test_add_func ("/sidebar/results/renamed", test_results_renamed);
  g_test_add_func ("/sidebar/search-item", test_search_item);
  g_test_add_func ("/sidebar/row", test_row);

  return g_test_run ();
}
