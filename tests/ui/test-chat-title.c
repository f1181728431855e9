/* test-chat-title.c: the model names a chat, in a window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-inner-prompts.h"
#include "rnl-model-button.h"
#include "rnl-preferences-window.h"
#include "rnl-title-model-row.h"
#include "window-fixture.h"

#define QUESTION "What will the weather be tomorrow, and the day after?"
#define TITLE    "Weather of two days"

#define SCRIPT                                                                                     \
  "{\"turns\": [{\"match\": \"" RNL_TITLE_ASKED "\", \"chunks\": [{\"text\": \"" TITLE "\"}]},"    \
  " {\"chunks\": [{\"text\": \"Rain, then sun.\"}]}]}"

static GSettings *
want_titles (gboolean wanted)
{
  GSettings *settings = g_settings_new (RNL_APP_ID);

  g_settings_set_boolean (settings, "name-chats", wanted);

  return settings;
}

static void
open_with_script (WindowFixture *fixture, GSettings *settings)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "runnel-titles.json", NULL);
  g_autofree char *model = g_strconcat ("offline/script:", path, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, SCRIPT, -1, &error);
  g_assert_no_error (error);
  g_settings_set_string (settings, "model", model);
  window_fixture_open (fixture);
}

static gboolean
is_named (gpointer window)
{
  return g_str_equal (gtk_window_get_title (window), TITLE);
}

/* By the first line of the question, then by the model: in the header, in the list, on disk. */
static void
test_title (void)
{
  WindowFixture fixture;
  g_autoptr (GSettings) settings = want_titles (TRUE);
  g_autoptr (RnlChat) chat = NULL;

  open_with_script (&fixture, settings);
  window_fixture_ask (&fixture, QUESTION);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, QUESTION);
  rnl_test_wait_for (is_named, fixture.window);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Rain, then sun.");
  g_assert_cmpuint (g_list_model_get_n_items (rnl_conversation_list_messages (
                      rnl_window_get_conversation (fixture.window))),
                    ==, 2);
  window_fixture_wait_text (
    window_fixture_find (GTK_WIDGET (fixture.window), g_type_from_name ("RnlSidebar"), 0), TITLE);
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  chat = g_list_model_get_item (window_fixture_list_chats (&fixture), 0);
  g_assert_cmpstr (rnl_chat_get_title (chat), ==, TITLE);
  window_fixture_done (&fixture);
}

static void
count_titles (RnlRunScope *scope, const RnlEvent *event, guint *n)
{
  if (event->kind == RNL_EVENT_START && rnl_run_has_tag (event->run, RNL_RUN_TAG_INTERNAL))
    (*n)++;
}

/* Not when the person does not want it, and not from the helper, which has no better one. */
static void
test_by_rule (void)
{
  for (guint i = 0; i < 2; i++)
    {
      WindowFixture fixture;
      g_autoptr (GSettings) settings = want_titles (i == 1);
      RnlRunScope *scope = rnl_run_scope_get_default ();
      guint n = 0;

      if (i == 0)
        open_with_script (&fixture, settings);
      else
        window_fixture_open (&fixture);
      g_signal_connect (scope, "event", G_CALLBACK (count_titles), &n);
      window_fixture_ask (&fixture, QUESTION);
      window_fixture_wait_idle (&fixture);
      g_assert_cmpuint (n, ==, 0);
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, QUESTION);
      g_signal_handlers_disconnect_by_data (scope, &n);
      window_fixture_done (&fixture);
    }
}

/* The switch says what it costs, and does what it says. */
static void
test_preference (void)
{
  WindowFixture fixture;
  g_autoptr (GSettings) settings = want_titles (TRUE);
  GtkWidget *preferences;
  AdwActionRow *row;

  window_fixture_open (&fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture.application), "preferences", NULL);
  preferences = window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
  for (guint i = 0;; i++)
    {
      row = ADW_ACTION_ROW (window_fixture_find (preferences, ADW_TYPE_ACTION_ROW, i));
      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                       "Let the model name chats"))
        break;
    }
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "request"));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (adw_action_row_get_activatable_widget (row))));
  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (row)), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "name-chats"));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

/* Who names chats can be chosen, and given up again; without names there is nothing to choose. */
static void
test_model (void)
{
  WindowFixture fixture;
  g_autoptr (GSettings) settings = want_titles (TRUE);
  g_autofree char *chosen = NULL;
  GtkWidget *preferences, *row, *button, *label, *reset;

  window_fixture_open (&fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture.application), "preferences", NULL);
  preferences = window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
  row = window_fixture_find (preferences, RNL_TYPE_TITLE_MODEL_ROW, 0);
  button = window_fixture_find (row, RNL_TYPE_MODEL_BUTTON, 0);
  label = window_fixture_find (button, GTK_TYPE_LABEL, 0);
  reset = window_fixture_find_button (row, "Use the model that answers");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "The one that answers");
  g_assert_false (gtk_widget_get_visible (reset));

  g_signal_emit_by_name (button, "model-chosen", "offline/helper");
  chosen = g_settings_get_string (settings, "title-model");
  g_assert_cmpstr (chosen, ==, "offline/helper");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Offline helper");
  g_assert_true (gtk_widget_get_visible (reset));

  /* An account that is gone. */
  g_settings_set_string (settings, "title-model", "nobody/nothing");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "nobody/nothing");

  g_signal_emit_by_name (reset, "clicked");
  g_assert_null (g_settings_get_user_value (settings, "title-model"));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "The one that answers");

  g_settings_set_boolean (settings, "name-chats", FALSE);
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_done (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  g_test_add_func ("/chat-title/title", test_title);
  g_test_add_func ("/chat-title/by-rule", test_by_rule);
  g_test_add_func ("/chat-title/preference", test_preference);
  g_test_add_func ("/chat-title/model", test_model);

  return g_test_run ();
}
