/* test-model-list.c: the list of models, and what an answer cost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-message-foot.h"
#include "rnl-message-row.h"
#include "rnl-model-button.h"
#include "rnl-model-row.h"
#include "rnl-model-rows.h"
#include "rnl-test-server.h"
#include "window-fixture.h"

#define N_MODELS 3000

/* The lines alone. */

static GPtrArray *
new_entries (const char *account, guint n)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("vendor/model-%u", i);
      g_autoptr (RnlModelInfo) info = rnl_model_info_new (id, NULL, 0);

      g_ptr_array_add (entries, rnl_model_entry_new (account, info));
    }

  return entries;
}

/* "[Heading] id id" */
static char *
dup_lines (RnlModelRows *rows)
{
  GListModel *list = rnl_model_rows_get_list (rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RnlModelEntry) entry = g_list_model_get_item (list, i);

      if (i > 0)
        g_string_append_c (text, ' ');
      if (rnl_model_entry_get_id (entry) != NULL)
        g_string_append (text, rnl_model_entry_get_id (entry));
      else
        g_string_append_printf (text, "[%s]", rnl_model_entry_get_title (entry));
    }

  return g_string_free (text, FALSE);
}

static void
assert_lines (RnlModelRows *rows, const char *expected)
{
  g_autofree char *text = dup_lines (rows);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_rows (void)
{
  static const char *const both[] = { "a", "b", NULL }, *const one[] = { "b", NULL };
  static const char *const favourites[] = { "b/vendor/model-1", "gone/model", NULL };
  RnlModelRows *rows = rnl_model_rows_new ();
  g_autoptr (GPtrArray) a = new_entries ("a", 2);
  g_autoptr (GPtrArray) b = new_entries ("b", 2);

  rnl_model_rows_keep_groups (rows, both);
  /* Servers answer in any order; the accounts keep theirs. */
  rnl_model_rows_set_group (rows, "b", "Bee", b);
  rnl_model_rows_set_group (rows, "a", "Ay", a);
  rnl_model_rows_set_group (rows, "nobody", "Nobody", a);
  assert_lines (rows,
                "[Ay] a/vendor/model-0 a/vendor/model-1 [Bee] b/vendor/model-0 b/vendor/model-1");

  rnl_model_rows_set_favourites (rows, favourites);
  assert_lines (rows, "[Favourites] b/vendor/model-1 [Ay] a/vendor/model-0 a/vendor/model-1 [Bee] "
                      "b/vendor/model-0");
  rnl_model_rows_set_search (rows, "MODEL-1  Vend");
  assert_lines (rows, "[Favourites] b/vendor/model-1 [Ay] a/vendor/model-1");
  g_assert_cmpstr (rnl_model_entry_get_id (rnl_model_rows_get_first (rows)), ==,
                   "b/vendor/model-1");
  rnl_model_rows_set_search (rows, "nothing");
  assert_lines (rows, "");
  g_assert_null (rnl_model_rows_get_first (rows));

  rnl_model_rows_set_search (rows, "");
  rnl_model_rows_set_current (rows, "b/vendor/model-0");
  g_assert_true (rnl_model_entry_get_current (rnl_model_rows_find (rows, "b/vendor/model-0")));
  g_assert_false (rnl_model_entry_get_current (rnl_model_rows_find (rows, "b/vendor/model-1")));
  rnl_model_rows_keep_groups (rows, one);
  assert_lines (rows, "[Favourites] b/vendor/model-1 [Bee] b/vendor/model-0");
  g_assert_finalize_object (rows);
}

static void
changed_cb (guint *count)
{
  (*count)++;
}

/* A search is one change of the list, however many models there are. */
static void
test_many (void)
{
  static const char *const ids[] = { "a", NULL };
  g_autoptr (RnlModelRows) rows = rnl_model_rows_new ();
  g_autoptr (GPtrArray) entries = new_entries ("a", N_MODELS);
  GListModel *list = rnl_model_rows_get_list (rows);
  guint changes = 0;

  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (changed_cb), &changes);
  rnl_model_rows_keep_groups (rows, ids);
  changes = 0;
  rnl_model_rows_set_group (rows, "a", "Ay", entries);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_MODELS + 1);
  rnl_model_rows_set_search (rows, "model-2999");
  g_assert_cmpuint (changes, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
}

static void
test_cost_text (void)
{
  g_autofree char *large = rnl_chat_cost_text (1.254);
  g_autofree char *small = rnl_chat_cost_text (0.00312);
  g_autofree char *free_text = rnl_chat_cost_text (0);

  g_assert_cmpstr (large, ==, "$1.25");
  g_assert_cmpstr (small, ==, "$0.0031");
  g_assert_cmpstr (free_text, ==, "$0.00");
}

/* In the window. */

static char *models_body;

static void
reply_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  if (strcmp (request->path, "/v1/models") == 0)
    reply->body = models_body;
  else
    reply->body
      = "data: {\"choices\":[{\"delta\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}"
        "],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500}}\n\n"
        "data: [DONE]\n\n";
}

static char *
make_models_body (void)
{
  GString *text = g_string_new ("{\"data\":[{\"id\":\"m\",\"context_length\":200000,"
                                "\"supported_parameters\":[\"tools\"],\"pricing\":"
                                "{\"prompt\":\"0.000002\",\"completion\":\"0.00001\"}}");

  for (guint i = 0; i < N_MODELS; i++)
    g_string_append_printf (text, ",{\"id\":\"vendor/model-%u\"}", i);
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

typedef struct
{
  WindowFixture window;
  RnlTestServer *server;
  GtkWidget *button;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  g_autofree char *url = NULL;

  self->server = rnl_test_server_new ();
  rnl_test_server_set_handler (self->server, reply_cb, NULL);
  window_fixture_open (&self->window);
  url = rnl_test_server_dup_url (self->server, "");
  window_fixture_use_server (&self->window, url);
  self->button = window_fixture_find (GTK_WIDGET (self->window.window), RNL_TYPE_MODEL_BUTTON, 0);
  g_assert_nonnull (self->button);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  window_fixture_done (&self->window);
  rnl_test_server_free (self->server);
}

static GtkWidget *
find_list (Fixture *self)
{
  return window_fixture_find (self->button, GTK_TYPE_LIST_VIEW, 0);
}

static gboolean
is_filled (gpointer user_data)
{
  return g_list_model_get_n_items (
           G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_list (user_data)))))
         > N_MODELS;
}

static void
open_list (Fixture *self)
{
  gtk_menu_button_popup (
    GTK_MENU_BUTTON (window_fixture_find (self->button, GTK_TYPE_MENU_BUTTON, 0)));
  rnl_test_wait_for (is_filled, self);
  window_fixture_wait_text (self->button, "200 K tokens · $2 / $10");
}

static guint
count_rows (Fixture *self)
{
  guint n = 0;

  while (window_fixture_find (find_list (self), RNL_TYPE_MODEL_ROW, n) != NULL)
    n++;

  return n;
}

static void
search (Fixture *self, const char *text)
{
  GtkWidget *entry = window_fixture_find (self->button, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
has_two_lines (gpointer user_data)
{
  return g_list_model_get_n_items (
           G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_list (user_data)))))
         == 2;
}

/* Only what can be seen is made; the search narrows it; Enter takes the first. */
static void
test_choose (Fixture *self, gconstpointer data)
{
  RnlConversation *conversation = rnl_window_get_conversation (self->window.window);
  GtkWidget *entry = window_fixture_find (self->button, GTK_TYPE_SEARCH_ENTRY, 0);

  open_list (self);
  g_assert_cmpuint (count_rows (self), >, 3);
  g_assert_cmpuint (count_rows (self), <, 400);
  window_fixture_assert_named (self->button);

  search (self, "nobody's model");
  window_fixture_wait_text (self->button, "No model is called that");
  search (self, "model-1234");
  rnl_test_wait_for (has_two_lines, self);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (rnl_chat_model_get_id (rnl_conversation_get_model (conversation)), ==,
                   "test/vendor/model-1234");
  g_assert_cmpstr (rnl_chat_get_model (rnl_conversation_get_chat (conversation)), ==,
                   "test/vendor/model-1234");
}

/* A row comes before its star, and Escape in the search closes the list. */
static void
test_focus (Fixture *self, gconstpointer data)
{
  GtkWidget *entry = window_fixture_find (self->button, GTK_TYPE_SEARCH_ENTRY, 0);
  GtkWidget *popover = gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER);
  GtkRoot *root = GTK_ROOT (self->window.window);
  GtkWidget *row;

  open_list (self);
  search (self, "model-1234");
  rnl_test_wait_for (has_two_lines, self);
  window_fixture_wait_text (find_list (self), "model-1234");
  g_assert_true (gtk_widget_child_focus (find_list (self), GTK_DIR_DOWN));
  row = gtk_root_get_focus (root);
  g_assert_true (RNL_IS_MODEL_ROW (gtk_widget_get_first_child (row)));
  g_assert_true (gtk_widget_child_focus (find_list (self), GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (root)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), row));

  g_signal_emit_by_name (entry, "stop-search");
  g_assert_false (gtk_widget_get_visible (popover));
}

static void
test_favourite (Fixture *self, gconstpointer data)
{
  GSettings *settings
    = rnl_workspace_get_settings (rnl_application_get_workspace (self->window.application));
  g_auto (GStrv) ids = NULL, none = NULL;

  open_list (self);
  search (self, "model-1234");
  rnl_test_wait_for (has_two_lines, self);
  gtk_widget_activate_action (self->button, "models.toggle-favourite", "s",
                              "test/vendor/model-1234");
  ids = g_settings_get_strv (settings, "favourite-models");
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_cmpstr (ids[0], ==, "test/vendor/model-1234");
  g_assert_nonnull (window_fixture_find_button (self->button, "Remove from favourites"));

  gtk_widget_activate_action (self->button, "models.toggle-favourite", "s",
                              "test/vendor/model-1234");
  none = g_settings_get_strv (settings, "favourite-models");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* 1000 tokens at 2 dollars a million and 500 at 10. */
static void
test_cost (Fixture *self, gconstpointer data)
{
  GtkWidget *foot, *details;

  open_list (self);
  gtk_menu_button_popdown (
    GTK_MENU_BUTTON (window_fixture_find (self->button, GTK_TYPE_MENU_BUTTON, 0)));
  window_fixture_ask (&self->window, "Well?");
  window_fixture_wait_idle (&self->window);
  foot = window_fixture_find (GTK_WIDGET (self->window.window), RNL_TYPE_MESSAGE_FOOT, 0);
  g_assert_nonnull (foot);
  gtk_widget_set_state_flags (gtk_widget_get_ancestor (foot, RNL_TYPE_MESSAGE_ROW),
                              GTK_STATE_FLAG_PRELIGHT, FALSE);
  details = window_fixture_find (foot, GTK_TYPE_MENU_BUTTON, 0);
  gtk_menu_button_popup (GTK_MENU_BUTTON (details));
  window_fixture_wait_text (details, "$0.0070");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (details));
}

static void
add_window_test (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, setup, func, teardown);
}

int
main (int argc, char **argv)
{
  int status;

  if (!window_fixture_init (&argc, &argv))
    return 0;

  models_body = make_models_body ();
  g_test_add_func ("/model-list/rows", test_rows);
  g_test_add_func ("/model-list/many", test_many);
  g_test_add_func ("/model-list/cost-text", test_cost_text);
  add_window_test ("/model-list/choose", test_choose);
  add_window_test ("/model-list/focus", test_focus);
  add_window_test ("/model-list/favourite", test_favourite);
  add_window_test ("/model-list/cost", test_cost);
  status = g_test_run ();
  g_free (models_body);

  return status;
}
