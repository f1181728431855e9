/* test-prompts.c: what a slash and an at sign offer, and the prompts a person keeps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-composer.h"
#include "rnl-draft-file.h"
#include "rnl-preferences-window.h"
#include "rnl-prompt-window.h"
#include "rnl-suggestion-popover.h"
#include "window-fixture.h"

static RnlComposer *
get_composer (WindowFixture *fixture)
{
  return RNL_COMPOSER (window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0));
}

static GtkTextView *
get_view (WindowFixture *fixture)
{
  return GTK_TEXT_VIEW (
    window_fixture_find (GTK_WIDGET (get_composer (fixture)), GTK_TYPE_TEXT_VIEW, 0));
}

static GtkWidget *
get_popover (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (get_composer (fixture)), RNL_TYPE_SUGGESTION_POPOVER, 0);
}

static RnlPromptList *
get_prompts (WindowFixture *fixture)
{
  return rnl_workspace_get_prompts (rnl_application_get_workspace (fixture->application));
}

static guint
count_prompts (WindowFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_prompts (fixture)));
}

/* As a key does it: what is selected is replaced. */
static void
type (WindowFixture *fixture, const char *text)
{
  gtk_text_buffer_delete_selection (gtk_text_view_get_buffer (get_view (fixture)), TRUE, TRUE);
  g_signal_emit_by_name (get_view (fixture), "insert-at-cursor", text);
}

static gboolean
press (WindowFixture *fixture, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers
    = gtk_widget_observe_controllers (GTK_WIDGET (get_view (fixture)));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }

  return handled;
}

static void
assert_selected (WindowFixture *fixture, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_view (fixture));
  g_autofree char *selected = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  selected = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (selected, ==, text);
}

static void
assert_composed (WindowFixture *fixture, const char *text)
{
  g_autofree char *composed = rnl_window_dup_composed (fixture->window);

  g_assert_cmpstr (composed, ==, text);
}

/* What Enter would choose. */
static void
assert_offered (WindowFixture *fixture, const char *title)
{
  GtkWidget *list = window_fixture_find (get_popover (fixture), GTK_TYPE_LIST_BOX, 0);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
  GtkWidget *label = row != NULL ? window_fixture_find (GTK_WIDGET (row), GTK_TYPE_LABEL, 0) : NULL;

  g_assert_true (gtk_widget_get_visible (get_popover (fixture)));
  g_assert_cmpstr (label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : NULL, ==, title);
}

static gboolean
has_focus (gpointer view)
{
  return gtk_widget_has_focus (view);
}

static void
focus (WindowFixture *fixture)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_composer (fixture)));
  rnl_test_wait_for (has_focus, get_view (fixture));
}

static gboolean
is_loaded (gpointer prompts)
{
  return !rnl_prompt_list_get_loading (prompts);
}

static void
open_window (WindowFixture *fixture)
{
  window_fixture_open (fixture);
  rnl_test_wait_for (is_loaded, get_prompts (fixture));
  focus (fixture);
}

/* The list narrows as one types; what cannot be done is not chosen; Escape leaves what was
 * written. */
static void
test_slash (void)
{
  WindowFixture fixture = { 0 };

  open_window (&fixture);
  g_assert_false (gtk_widget_get_visible (get_popover (&fixture)));
  type (&fixture, "/");
  assert_offered (&fixture, "Summarise");
  window_fixture_assert_named (get_popover (&fixture));
  g_assert_true (press (&fixture, GDK_KEY_Down, 0));
  assert_offered (&fixture, "Explain");
  g_assert_true (press (&fixture, GDK_KEY_Up, 0));
  g_assert_true (press (&fixture, GDK_KEY_Up, 0));
  assert_offered (&fixture, "Preferences");
  type (&fixture, "proof");
  assert_offered (&fixture, "Proofread");
  g_assert_true (press (&fixture, GDK_KEY_Escape, 0));
  g_assert_false (gtk_widget_get_visible (get_popover (&fixture)));
  type (&fixture, "r");
  g_assert_false (gtk_widget_get_visible (get_popover (&fixture)));
  assert_composed (&fixture, "/proofr");

  rnl_window_compose (fixture.window, "");
  type (&fixture, "/regenerate");
  assert_offered (&fixture, NULL);
  g_assert_true (press (&fixture, GDK_KEY_Return, 0));
  assert_composed (&fixture, "/regenerate");
  type (&fixture, " nothing like it");
  g_assert_false (gtk_widget_get_visible (get_popover (&fixture)));

  rnl_window_compose (fixture.window, "");
  type (&fixture, "a/b");
  g_assert_false (gtk_widget_get_visible (get_popover (&fixture)));
  window_fixture_done (&fixture);
}

/* A command is done, and nothing of it stays in the text. */
static void
test_command (void)
{
  WindowFixture fixture = { 0 };

  open_window (&fixture);
  type (&fixture, "/prefer");
  assert_offered (&fixture, "Preferences");
  g_assert_true (press (&fixture, GDK_KEY_Return, 0));
  assert_composed (&fixture, "");
  gtk_window_destroy (GTK_WINDOW (window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW)));
  window_fixture_done (&fixture);
}

/* Tab goes from slot to slot; one of the same name is filled in too. */
static void
test_slots (void)
{
  WindowFixture fixture = { 0 };
  g_autoptr (RnlPrompt) prompt
    = rnl_prompt_new ("Zebra", "From {one} to {two words}: {\"a\": 1}, {one}.");

  open_window (&fixture);
  rnl_prompt_list_insert (get_prompts (&fixture), 0, prompt);
  type (&fixture, "/zeb");
  g_assert_true (press (&fixture, GDK_KEY_Return, 0));
  assert_selected (&fixture, "{one}");
  type (&fixture, "A");
  g_assert_true (press (&fixture, GDK_KEY_Tab, 0));
  assert_selected (&fixture, "{two words}");
  g_assert_true (press (&fixture, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  assert_selected (&fixture, "{two words}");
  type (&fixture, "B");
  g_assert_false (press (&fixture, GDK_KEY_Tab, 0));
  assert_composed (&fixture, "From A to B: {\"a\": 1}, A.");
  window_fixture_done (&fixture);
}

static GListModel *
get_files (WindowFixture *fixture)
{
  return G_LIST_MODEL (rnl_composer_get_files (get_composer (fixture)));
}

static gboolean
is_read (WindowFixture *fixture)
{
  g_autoptr (RnlDraftFile) draft = g_list_model_get_item (get_files (fixture), 0);

  return draft != NULL && rnl_draft_file_get_part (draft) != NULL;
}

/* A chat goes along as a file, and Backspace takes both away. */
static void
test_chats (void)
{
  WindowFixture fixture = { 0 };

  open_window (&fixture);
  window_fixture_ask (&fixture, "Which keyboard shortcuts does Runnel have?");
  window_fixture_wait_idle (&fixture);
  rnl_chat_set_title (rnl_conversation_get_chat (rnl_window_get_conversation (fixture.window)),
                      "Keys");
  focus (&fixture);

  type (&fixture, "see @key");
  assert_offered (&fixture, "Keys");
  g_assert_true (press (&fixture, GDK_KEY_Return, 0));
  assert_composed (&fixture, "see @Keys ");
  g_assert_cmpuint (g_list_model_get_n_items (get_files (&fixture)), ==, 1);
  rnl_test_wait_for ((RnlTestCondition) is_read, &fixture);
  window_fixture_wait_text (GTK_WIDGET (get_composer (&fixture)), "chat: Keys.md");
  g_assert_false (press (&fixture, GDK_KEY_BackSpace, 0));
  g_signal_emit_by_name (get_view (&fixture), "backspace");
  g_assert_true (press (&fixture, GDK_KEY_BackSpace, 0));
  assert_composed (&fixture, "see ");
  g_assert_cmpuint (g_list_model_get_n_items (get_files (&fixture)), ==, 0);
  window_fixture_done (&fixture);
}

/* A file of a folder that is open to tools is found; at the start Backspace takes it away. */
static void
test_files (void)
{
  WindowFixture fixture = { 0 };
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "zebra-notes.txt", NULL);
  const char *folders[] = { rnl_test_tmp_dir (), NULL };
  RnlWorkspace *workspace;

  g_assert_true (g_file_set_contents (path, "Stripes.\n", -1, NULL));
  open_window (&fixture);
  workspace = rnl_application_get_workspace (fixture.application);
  g_settings_set_strv (rnl_workspace_get_settings (workspace), "folders", folders);
  type (&fixture, "@zebra-n");
  window_fixture_wait_text (get_popover (&fixture), "zebra-notes.txt");
  g_assert_true (press (&fixture, GDK_KEY_Return, 0));
  assert_composed (&fixture, "@zebra-notes.txt ");
  rnl_test_wait_for ((RnlTestCondition) is_read, &fixture);
  rnl_window_compose (fixture.window, "");
  g_assert_true (press (&fixture, GDK_KEY_BackSpace, 0));
  g_assert_cmpuint (g_list_model_get_n_items (get_files (&fixture)), ==, 0);
  g_remove (path);
  window_fixture_done (&fixture);
}

/* A button of the first row: without the row, it says which prompt is meant. */
static void
assert_named_by_prompt (WindowFixture *fixture, GtkWidget *button, const char *verb)
{
  g_autoptr (RnlPrompt) prompt = g_list_model_get_item (G_LIST_MODEL (get_prompts (fixture)), 0);
  g_autofree char *name = g_strdup_printf ("%s “%s”", verb, rnl_prompt_get_name (prompt));

  window_fixture_assert_name (button, name);
}

/* Added, deleted, brought back, and there after a restart. */
static void
test_preferences (void)
{
  WindowFixture fixture = { 0 };
  GtkWidget *preferences, *form, *view;
  guint n;

  open_window (&fixture);
  n = count_prompts (&fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture.application), "preferences", NULL);
  preferences = window_fixture_wait_toplevel (RNL_TYPE_PREFERENCES_WINDOW);
  g_signal_emit_by_name (window_fixture_find_button (preferences, "_Add…"), "clicked");
  form = window_fixture_wait_toplevel (RNL_TYPE_PROMPT_WINDOW);
  window_fixture_assert_named (form);
  g_assert_false (gtk_widget_is_sensitive (window_fixture_find_button (form, "_Save")));
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (form, ADW_TYPE_ENTRY_ROW, 0)), "Mine");
  view = window_fixture_find (form, GTK_TYPE_TEXT_VIEW, 0);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Say {what}", -1);
  g_signal_emit_by_name (window_fixture_find_button (form, "_Save"), "clicked");
  g_assert_cmpuint (count_prompts (&fixture), ==, n + 1);
  assert_named_by_prompt (&fixture, window_fixture_find_button (preferences, "Edit"), "Edit");
  assert_named_by_prompt (&fixture, window_fixture_find_button (preferences, "Delete"), "Delete");
  g_signal_emit_by_name (window_fixture_find_button (preferences, "Delete"), "clicked");
  g_assert_cmpuint (count_prompts (&fixture), ==, n);
  window_fixture_wait_text (preferences, "Undo");
  g_signal_emit_by_name (window_fixture_find_button (preferences, "_Undo"), "clicked");
  g_assert_cmpuint (count_prompts (&fixture), ==, n + 1);
  gtk_window_destroy (GTK_WINDOW (preferences));
  window_fixture_close (&fixture);

  open_window (&fixture);
  g_assert_cmpuint (count_prompts (&fixture), ==, n + 1);
  type (&fixture, "/mine");
  assert_offered (&fixture, "Mine");
  window_fixture_done (&fixture);
}

/* What was exported comes back once; what is not understood changes nothing. */
static void
test_json (void)
{
  WindowFixture fixture = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) broken = g_bytes_new_static ("{\"prompts\":[]}", 14);
  g_autoptr (RnlPrompt) first = NULL;
  g_autoptr (GError) error = NULL;
  guint n, position, added;

  open_window (&fixture);
  json = rnl_prompt_list_to_json (get_prompts (&fixture));
  bytes = g_bytes_new (json, strlen (json));
  n = count_prompts (&fixture);
  first = g_list_model_get_item (G_LIST_MODEL (get_prompts (&fixture)), 0);
  g_assert_true (rnl_prompt_list_remove (get_prompts (&fixture), first, &position));
  g_assert_true (rnl_prompt_list_add_json (get_prompts (&fixture), bytes, &added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, 1);
  g_assert_cmpuint (count_prompts (&fixture), ==, n);
  g_assert_false (rnl_prompt_list_add_json (get_prompts (&fixture), broken, &added, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (count_prompts (&fixture), ==, n);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/prompts/slash", test_slash);
  g_test_add_func ("/prompts/command", test_command);
  g_test_add_func ("/prompts/slots", test_slots);
  g_test_add_func ("/prompts/chats", test_chats);
  g_test_add_func ("/prompts/files", test_files);
  g_test_add_func ("/prompts/preferences", test_preferences);
  g_test_add_func ("/prompts/json", test_json);

  return g_test_run ();
}
