/* test-preferences.c: accounts, tools and limits, changed by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-account-header-row.h"
#include "rnl-account-window.h"
#include "rnl-preferences-window.h"
#include "rnl-programs-page.h"
#include "rnl-spelling-row.h"
#include "rnl-test-server.h"
#include "rnl-toasts.h"
#include "window-fixture.h"

#define MODELS "{\"object\":\"list\",\"data\":[{\"id\":\"small\"},{\"id\":\"large\"}]}"

static RnlWorkspace *
get_workspace (WindowFixture *fixture)
{
  return rnl_application_get_workspace (fixture->application);
}

static GtkWidget *
open_preferences (WindowFixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "preferences", NULL);

  return window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
}

static GtkWidget *
open_form (GtkWidget *preferences)
{
  GtkWidget *add = window_fixture_find_button (preferences, "_Add an account…");

  g_assert_nonnull (add);
  g_signal_emit_by_name (add, "clicked");

  return window_fixture_wait_toplevel (RNL_TYPE_ACCOUNT_WINDOW);
}

static void
set_entry (GtkWidget *form, guint nth, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (form, ADW_TYPE_ENTRY_ROW, nth)), text);
}

/* Twice asked for, once there. */
static void
test_one_window (void)
{
  WindowFixture fixture;
  GtkWidget *preferences;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  g_assert_true (open_preferences (&fixture) == preferences);
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* libadwaita names neither the list of a group without a title nor the parts of an expander row. */
static void
assert_parts_named (GtkWidget *preferences)
{
  GtkWidget *programs = window_fixture_find (preferences, RNL_TYPE_PROGRAMS_PAGE, 0);
  GtkWidget *spelling = window_fixture_find (preferences, RNL_TYPE_SPELLING_ROW, 0);
  GtkWidget *list;

  window_fixture_assert_name (window_fixture_find (programs, GTK_TYPE_LIST_BOX, 0), "Programs");
  if (!gtk_widget_get_visible (spelling))
    return;
  window_fixture_assert_name (spelling, "Check spelling");
  window_fixture_assert_name (window_fixture_find (spelling, GTK_TYPE_SWITCH, 0), "Check spelling");
  for (guint i = 0; (list = window_fixture_find (spelling, GTK_TYPE_LIST_BOX, i)) != NULL; i++)
    window_fixture_assert_name (list, "Check spelling");
}

static void
test_names (void)
{
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  window_fixture_assert_named (preferences);
  assert_parts_named (preferences);
  form = open_form (preferences);
  window_fixture_assert_named (form);
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* Test asks for the list of models and keeps nothing; Save keeps the account and the model. */
static void
test_account (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;
  GListModel *accounts;
  const RnlTestRequest *request;
  g_autofree char *model = NULL;

  rnl_test_server_push (server,
                        &(RnlTestReply){ .content_type = "application/json", .body = MODELS });
  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  form = open_form (preferences);
  accounts = G_LIST_MODEL (rnl_workspace_get_accounts (get_workspace (&fixture)));
  set_entry (form, 0, "My server");
  set_entry (form, 1, url);
  set_entry (form, 2, "secret-word");
  gtk_widget_activate_action (form, "account.test", NULL);
  window_fixture_wait_text (form, "It works: 2 models");
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, 0);
  request = rnl_test_server_get_request (server, 0);
  g_assert_cmpstr (request->path, ==, "/v1/models");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==,
                   "Bearer secret-word");

  gtk_widget_activate_action (form, "account.save", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, 1);
  model = g_settings_get_string (rnl_workspace_get_settings (get_workspace (&fixture)), "model");
  g_assert_true (g_str_has_suffix (model, "/small"));
  window_fixture_wait_text (preferences, "My server");
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

static void
assert_entry (GtkWidget *form, guint index, const char *wanted)
{
  GtkWidget *entry = window_fixture_find (form, ADW_TYPE_ENTRY_ROW, index);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, wanted);
}

/* A key that is pasted says whose it is, unless a person wrote an address. */
static void
test_pasted_key (void)
{
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  form = open_form (preferences);
  assert_entry (form, 0, "OpenAI");
  set_entry (form, 2, "sk-something");
  assert_entry (form, 0, "OpenAI");
  set_entry (form, 2, "sk-ant-something");
  assert_entry (form, 0, "Anthropic");
  assert_entry (form, 1, "https://api.anthropic.com/v1");
  assert_entry (form, 2, "sk-ant-something");

  set_entry (form, 1, "https://gateway.example/v1");
  set_entry (form, 2, "AIza-something");
  assert_entry (form, 1, "https://gateway.example/v1");
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* A wrong key and an address that is none get words, and nothing is kept. */
static void
test_refused (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;
  g_autofree char *text = NULL;

  rnl_test_server_push (server,
                        &(RnlTestReply){ .status = 401,
                                         .content_type = "application/json",
                                         .body = "{\"error\":{\"message\":\"no such key\"}}" });
  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  form = open_form (preferences);
  set_entry (form, 0, "My server");
  set_entry (form, 1, url);
  gtk_widget_activate_action (form, "account.test", NULL);
  window_fixture_wait_text (form, "key");
  text = window_fixture_dup_text (form);
  g_assert_null (g_strstr_len (text, -1, "It works"));

  set_entry (form, 1, "not an address");
  gtk_widget_activate_action (form, "account.save", NULL);
  g_assert_true (gtk_widget_get_mapped (form));
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (rnl_workspace_get_accounts (get_workspace (&fixture)))),
    ==, 0);
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

static GtkWidget *
add_header (GtkWidget *form, const char *name, const char *value)
{
  GtkWidget *row;

  g_signal_emit_by_name (window_fixture_find_button (form, "Add a header"), "clicked");
  row = window_fixture_find (form, RNL_TYPE_ACCOUNT_HEADER_ROW, 0);
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (row, GTK_TYPE_ENTRY, 0)), name);
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (row, GTK_TYPE_PASSWORD_ENTRY, 0)),
                         value);

  return row;
}

/* What most accounts do not need: Test says of each address how it went, Save keeps all of it, and
 * no value of a header is shown again. */
static void
test_advanced (void)
{
  g_autoptr (RnlTestServer) first = rnl_test_server_new ();
  g_autoptr (RnlTestServer) second = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (first, "/v1");
  g_autofree char *other = rnl_test_server_dup_url (second, "/v1");
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;
  GtkWidget *row;
  GListModel *accounts;
  g_autoptr (RnlAccount) account = NULL;
  g_autofree char *text = NULL;

  rnl_test_server_push (first, &(RnlTestReply){ .status = 401, .body = "{}" });
  rnl_test_server_push (second,
                        &(RnlTestReply){ .content_type = "application/json", .body = MODELS });
  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  form = open_form (preferences);
  accounts = G_LIST_MODEL (rnl_workspace_get_accounts (get_workspace (&fixture)));
  set_entry (form, 0, "Farm");
  set_entry (form, 1, url);
  set_entry (form, 3, other);
  set_entry (form, 5, "direct");
  add_header (form, "X-Team", "secret-word");
  gtk_widget_activate_action (form, "account.test", NULL);
  window_fixture_wait_text (form, "It works: 2 models");
  text = window_fixture_dup_text (form);
  g_assert_nonnull (g_strstr_len (text, -1, url));
  g_assert_nonnull (g_strstr_len (text, -1, other));
  g_assert_nonnull (g_strstr_len (text, -1, "asks for an API key"));
  g_assert_cmpstr (g_hash_table_lookup (rnl_test_server_get_request (second, 0)->headers, "x-team"),
                   ==, "secret-word");

  gtk_widget_activate_action (form, "account.save", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, 1);
  account = g_list_model_get_item (accounts, 0);
  g_assert_cmpstr (rnl_account_get_addresses (account)[0], ==, other);
  g_assert_cmpstr (rnl_account_get_proxy (account), ==, "direct");
  g_assert_cmpstr (rnl_account_get_headers (account)[0], ==, "X-Team:");

  form = rnl_account_window_new (get_workspace (&fixture), account);
  gtk_window_present (GTK_WINDOW (form));
  row = window_fixture_find (form, RNL_TYPE_ACCOUNT_HEADER_ROW, 0);
  g_assert_cmpstr (
    gtk_editable_get_text (GTK_EDITABLE (window_fixture_find (row, GTK_TYPE_ENTRY, 0))), ==,
    "X-Team");
  g_assert_cmpstr (
    gtk_editable_get_text (GTK_EDITABLE (window_fixture_find (row, GTK_TYPE_PASSWORD_ENTRY, 0))),
    ==, "");
  window_fixture_assert_named (form);
  gtk_widget_activate_action (form, "account.save", NULL);
  g_assert_cmpstr (rnl_account_get_headers (account)[0], ==, "X-Team:");
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* A header that cannot be one is told of, and nothing is kept. */
static void
test_bad_header (void)
{
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *form;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  form = open_form (preferences);
  set_entry (form, 0, "Farm");
  set_entry (form, 1, "http://127.0.0.1:9");
  add_header (form, "Host", "example.org");
  gtk_widget_activate_action (form, "account.save", NULL);
  window_fixture_wait_text (form, "The header Host cannot be given");
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (rnl_workspace_get_accounts (get_workspace (&fixture)))),
    ==, 0);
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* A switch takes a tool away at once, and gives it back. */
static void
test_tool_switch (void)
{
  WindowFixture fixture;
  GtkWidget *preferences;
  GtkWidget *toggle = NULL;
  RnlToolRegistry *tools;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  tools = rnl_workspace_get_tools (get_workspace (&fixture));
  for (guint i = 0; (toggle = window_fixture_find (preferences, GTK_TYPE_SWITCH, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (toggle), "rnl-tool"), "add") == 0)
      break;
  g_assert_nonnull (toggle);
  g_assert_true (rnl_tool_registry_get_enabled (tools, "add"));
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_false (rnl_tool_registry_get_enabled (tools, "add"));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_true (rnl_tool_registry_get_enabled (tools, "add"));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

static const char *
get_heard (GtkWidget *window)
{
  return rnl_announcer_get_last (rnl_toasts_get_announcer (window));
}

/* A toast is said, without its markup, and once; a text that is no markup is not taken for it. */
static void
test_toasts (void)
{
  g_autoptr (GError) error = NULL;
  WindowFixture fixture;
  GtkWidget *preferences, *form;

  window_fixture_open (&fixture);
  rnl_accounts_add (rnl_workspace_get_accounts (get_workspace (&fixture)), "Here & there", "ollama",
                    "http://127.0.0.1:1", &error);
  g_assert_no_error (error);
  preferences = open_preferences (&fixture);
  g_signal_emit_by_name (window_fixture_find_button (preferences, "Remove this account"),
                         "clicked");
  window_fixture_wait_text (preferences, "“Here & there” removed");
  g_assert_cmpstr (get_heard (preferences), ==, "“Here & there” removed");
  g_assert_cmpuint (rnl_announcer_get_count (rnl_toasts_get_announcer (preferences)), ==, 1);
  g_assert_cmpstr (get_heard (GTK_WIDGET (fixture.window)), ==, "");

  form = open_form (preferences);
  rnl_toasts_add_text (window_fixture_find (form, ADW_TYPE_ENTRY_ROW, 0), "<b> & </i>");
  window_fixture_wait_text (form, "<b> & </i>");
  g_assert_cmpstr (get_heard (form), ==, "<b> & </i>");
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* A list that somebody holds longer than its window makes no rows for a page that has gone. */
static void
test_list_outlives_page (void)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  WindowFixture fixture;
  GtkWidget *preferences, *list;

  window_fixture_open (&fixture);
  preferences = open_preferences (&fixture);
  for (guint i = 0; (list = window_fixture_find (preferences, GTK_TYPE_LIST_BOX, i)) != NULL; i++)
    g_ptr_array_add (lists, g_object_ref (list));
  g_assert_cmpuint (lists->len, >, 0);
  gtk_window_destroy (GTK_WINDOW (preferences));
  rnl_accounts_add (rnl_workspace_get_accounts (get_workspace (&fixture)), "Later", "ollama",
                    "http://127.0.0.1:1", &error);
  g_assert_no_error (error);
  g_clear_pointer (&lists, g_ptr_array_unref);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/preferences/one-window", test_one_window);
  g_test_add_func ("/preferences/names", test_names);
  g_test_add_func ("/preferences/account", test_account);
  g_test_add_func ("/preferences/pasted-key", test_pasted_key);
  g_test_add_func ("/preferences/refused", test_refused);
  g_test_add_func ("/preferences/advanced", test_advanced);
  g_test_add_func ("/preferences/bad-header", test_bad_header);
  g_test_add_func ("/preferences/tool-switch", test_tool_switch);
  g_test_add_func ("/preferences/toasts", test_toasts);
  g_test_add_func ("/preferences/list-outlives-page", test_list_outlives_page);

  return g_test_run ();
}
