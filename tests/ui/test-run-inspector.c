/* test-run-inspector.c: what happened in a conversation, run by run, in the real window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-composer.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-output-view.h"
#include "rnl-run-details.h"
#include "rnl-run-inspector.h"
#include "rnl-run-row.h"
#include "rnl-run-tree.h"
#include "rnl-side-pane.h"
#include "rnl-trace-export.h"
#include "rnl-trace-folder.h"
#include "window-fixture.h"

#define CAT  "Where is the cat hiding, and what items are there?"
#define SUM  "What is (10 + 10) * 3?"
#define LONG "Write a long answer"

static GtkWidget *
get_inspector (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_RUN_INSPECTOR, 0);
}

static RnlSidePane *
get_side (WindowFixture *fixture)
{
  return RNL_SIDE_PANE (window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_SIDE_PANE, 0));
}

static void
activate (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static RnlInspectedRun *
get_selected (WindowFixture *fixture)
{
  GtkWidget *tree = window_fixture_find (get_inspector (fixture), RNL_TYPE_RUN_TREE, 0);

  return rnl_run_tree_get_selected (RNL_RUN_TREE (tree));
}

/* The whole tree, a line for each run: how deep it is, type, name, state. */
static void
append_run (GString *text, RnlInspectedRun *run, guint depth)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (run);
  GListModel *children = rnl_inspected_run_list_children (run);

  g_string_append_printf (
    text, "%*s%s %s %s\n", (int) depth, "", rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) facts->type),
    facts->name,
    facts->interrupted ? "interrupted" : rnl_enum_nick (RNL_TYPE_RUN_STATE, (gint) facts->state));
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlInspectedRun) child = g_list_model_get_item (children, i);

      append_run (text, child, depth + 1);
    }
}

static char *
dup_tree (WindowFixture *fixture)
{
  RnlInspectedRun *run = get_selected (fixture);
  GString *text = g_string_new (NULL);

  if (run != NULL)
    append_run (text, rnl_inspected_run_get_root (run), 0);

  return g_string_free (text, FALSE);
}

static gboolean
shows_whole_turn (WindowFixture *fixture)
{
  RnlInspectedRun *run = get_inspector (fixture) != NULL ? get_selected (fixture) : NULL;

  return run != NULL && !rnl_inspected_run_is_alive (rnl_inspected_run_get_root (run));
}

static const char cat_tree[] = "agent agent finished\n"
                               " chat_model offline/helper finished\n"
                               " tool where_is_the_cat_hiding finished\n"
                               "  chat_model where_cat_at finished\n"
                               " chat_model offline/helper finished\n"
                               " tool get_items finished\n"
                               "  chat_model Get Items LLM finished\n"
                               " chat_model offline/helper finished\n";

static void
assert_tree (WindowFixture *fixture, const char *expected)
{
  g_autofree char *tree = NULL;

  rnl_test_wait_for (shows_whole_turn, fixture);
  tree = dup_tree (fixture);
  g_assert_cmpstr (tree, ==, expected);
}

/* Nothing of it is there before somebody asks; then it closes, and nothing of it is left. */
static void
test_open (void)
{
  WindowFixture fixture;
  GtkWidget *inspector;
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);

  window_fixture_open (&fixture);
  g_assert_cmpuint (g_type_from_name ("RnlRunInspector"), ==, 0);
  g_assert_null (get_inspector (&fixture));
  activate (&fixture, "win.inspector");
  inspector = g_object_ref (get_inspector (&fixture));
  window_fixture_wait_text (inspector, "No Runs Yet");
  window_fixture_assert_named (inspector);
  g_assert_true (g_settings_get_boolean (settings, "inspector-open"));

  activate (&fixture, "win.inspector");
  g_assert_null (get_inspector (&fixture));
  g_assert_false (g_settings_get_boolean (settings, "inspector-open"));
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_finalize_object (inspector);
  window_fixture_done (&fixture);
}

/* The runs of an answer as they happen, those inside tools too. */
static void
test_live (void)
{
  WindowFixture fixture;
  const RnlInspectedFacts *facts;

  window_fixture_open (&fixture);
  activate (&fixture, "win.inspector");
  window_fixture_ask (&fixture, CAT);
  assert_tree (&fixture, cat_tree);
  window_fixture_wait_text (get_inspector (&fixture), "where_cat_at");
  window_fixture_wait_text (get_inspector (&fixture), "Get Items LLM");
  facts = rnl_inspected_run_get_facts (get_selected (&fixture));
  g_assert_cmpstr (facts->name, ==, "agent");
  g_assert_cmpint (facts->usage.output, >, 0);
  g_assert_cmpint (facts->first_token, >=, 0);
  g_assert_cmpint (facts->duration, >=, facts->first_token);
  window_fixture_assert_named (get_inspector (&fixture));
  window_fixture_wait_idle (&fixture);
  window_fixture_done (&fixture);
}

/* The same after the program was started again, from what was recorded. */
static void
test_after_restart (void)
{
  WindowFixture fixture;
  g_autoptr (RnlChat) chat = NULL;
  g_autoptr (JsonNode) live = NULL;
  g_autoptr (JsonNode) recorded = NULL;

  window_fixture_open (&fixture);
  activate (&fixture, "win.inspector");
  window_fixture_ask (&fixture, CAT);
  assert_tree (&fixture, cat_tree);
  live = rnl_inspected_run_to_json (get_selected (&fixture));
  window_fixture_wait_idle (&fixture);
  window_fixture_close (&fixture);

  window_fixture_open (&fixture);
  g_assert_nonnull (get_inspector (&fixture));
  chat = g_list_model_get_item (window_fixture_list_chats (&fixture), 0);
  rnl_window_open_chat (fixture.window, chat);
  assert_tree (&fixture, cat_tree);
  recorded = rnl_inspected_run_to_json (get_selected (&fixture));
  /* Every number and text of it. */
  {
    g_autofree char *a = rnl_json_to_string (live, TRUE);
    g_autofree char *b = rnl_json_to_string (recorded, TRUE);

    g_assert_cmpstr (a, ==, b);
  }
  g_clear_object (&chat);
  window_fixture_done (&fixture);
}

static gboolean
is_busy_with_text (WindowFixture *fixture)
{
  return window_fixture_shows (GTK_WIDGET (fixture->window), "brook");
}

/* Who begins to look in the middle sees the beginning too, and every event once. */
static void
test_in_the_middle (void)
{
  WindowFixture fixture;
  g_autoptr (JsonNode) joined = NULL;
  g_autoptr (JsonNode) recorded = NULL;

  g_setenv ("RUNNEL_OFFLINE_PACE", "2", TRUE);
  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, LONG);
  rnl_test_wait_for (is_busy_with_text, &fixture);
  g_assert_true (rnl_conversation_get_busy (rnl_window_get_conversation (fixture.window)));
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (shows_whole_turn, &fixture);
  joined = rnl_inspected_run_to_json (rnl_inspected_run_get_root (get_selected (&fixture)));
  window_fixture_wait_idle (&fixture);

  activate (&fixture, "win.inspector");
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (shows_whole_turn, &fixture);
  recorded = rnl_inspected_run_to_json (rnl_inspected_run_get_root (get_selected (&fixture)));
  {
    g_autofree char *a = rnl_json_to_string (joined, TRUE);
    g_autofree char *b = rnl_json_to_string (recorded, TRUE);

    g_assert_cmpstr (a, ==, b);
  }
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  window_fixture_done (&fixture);
}

static void
count_cb (gpointer source, gpointer argument, guint *n)
{
  (*n)++;
}

static void
count_frame_cb (GdkFrameClock *clock, guint *n)
{
  (*n)++;
}

/* However many tokens come, those who show runs are told once a frame; who closed the pane, never.
 */
static void
test_bounded (void)
{
  WindowFixture fixture;
  RnlRunScope *scope;
  GdkFrameClock *clock;
  RnlRunInspector *inspector;
  guint n_events = 0, n_frames = 0, n_updates;

  window_fixture_open (&fixture);
  activate (&fixture, "win.inspector");
  window_fixture_wait_text (get_inspector (&fixture), "No Runs Yet");
  inspector = RNL_RUN_INSPECTOR (get_inspector (&fixture));
  scope = rnl_conversation_get_scope (rnl_window_get_conversation (fixture.window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture.window));
  g_signal_connect (scope, "event", G_CALLBACK (count_cb), &n_events);
  g_signal_connect (clock, "update", G_CALLBACK (count_frame_cb), &n_frames);
  n_updates = rnl_run_inspector_get_n_updates (inspector);
  window_fixture_ask (&fixture, LONG);
  rnl_test_wait_for (shows_whole_turn, &fixture);
  window_fixture_wait_idle (&fixture);
  n_updates = rnl_run_inspector_get_n_updates (inspector) - n_updates;
  g_assert_cmpuint (n_events, >, 200);
  g_assert_cmpuint (n_updates, >, 0);
  g_assert_cmpuint (n_updates, <=, n_frames + 1);
  g_assert_cmpuint (n_updates, <, n_events);

  /* Nobody listens any more: the recorder does, in the scope around it, and this test. */
  activate (&fixture, "win.inspector");
  g_assert_cmpuint (g_signal_handlers_disconnect_by_func (scope, count_cb, &n_events), ==, 1);
  g_assert_false (
    g_signal_has_handler_pending (scope, g_signal_lookup ("event", RNL_TYPE_RUN_SCOPE), 0, FALSE));
  g_signal_handlers_disconnect_by_data (clock, &n_frames);
  window_fixture_done (&fixture);
}

/* Older turns can be chosen, and an answer leads to its own. */
static void
test_turns (void)
{
  WindowFixture fixture;
  GListModel *messages;
  g_autoptr (RnlMessage) answer = NULL;
  GtkWidget *turns;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, CAT);
  window_fixture_wait_idle (&fixture);
  window_fixture_ask (&fixture, SUM);
  window_fixture_wait_idle (&fixture);
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (shows_whole_turn, &fixture);
  window_fixture_wait_text (get_inspector (&fixture), "multiply");

  turns = window_fixture_find (get_inspector (&fixture), GTK_TYPE_DROP_DOWN, 0);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (turns))), ==,
                    2);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (turns)), ==, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (turns), 1);
  window_fixture_wait_text (get_inspector (&fixture), "get_items");
  assert_tree (&fixture, cat_tree);

  /* The other way: from an answer, while the pane is closed. */
  activate (&fixture, "win.inspector");
  messages = rnl_conversation_list_messages (rnl_window_get_conversation (fixture.window));
  answer = g_list_model_get_item (messages, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.inspect-answer", "x",
                                             rnl_message_get_created (answer)));
  window_fixture_wait_text (get_inspector (&fixture), "get_items");
  assert_tree (&fixture, cat_tree);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.inspect-answer", "x",
                              rnl_message_get_created (answer) - G_TIME_SPAN_DAY);
  window_fixture_wait_text (get_inspector (&fixture), "Not Recorded");
  window_fixture_done (&fixture);
}

/* What is not recorded is there while the pane is open; the pane says so, and what to do. */
static void
test_not_recorded (void)
{
  WindowFixture fixture;
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);

  window_fixture_open (&fixture);
  g_settings_set_boolean (settings, "trace", FALSE);
  window_fixture_ask (&fixture, SUM);
  window_fixture_wait_idle (&fixture);
  activate (&fixture, "win.inspector");
  window_fixture_wait_text (get_inspector (&fixture), "Runs are not recorded.");
  window_fixture_wait_text (get_inspector (&fixture), "Not Recorded");
  window_fixture_ask (&fixture, CAT);
  assert_tree (&fixture, cat_tree);
  window_fixture_wait_idle (&fixture);

  g_signal_emit_by_name (
    window_fixture_find_button (get_inspector (&fixture), "Record From Now On"), "clicked");
  g_assert_true (g_settings_get_boolean (settings, "trace"));
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_false (window_fixture_shows (get_inspector (&fixture), "Runs are not recorded."));

  activate (&fixture, "win.new-temporary-chat");
  window_fixture_wait_text (get_inspector (&fixture), "Nothing of a temporary chat is recorded.");
  window_fixture_done (&fixture);
}

static gboolean
is_folded (WindowFixture *fixture)
{
  return rnl_side_pane_get_folded (get_side (fixture));
}

/* In the smallest window it lies over the chat, and goes when the person goes back there. */
static void
test_narrow (void)
{
  WindowFixture fixture;
  GtkWidget *inspector;
  graphene_rect_t bounds;
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);

  g_settings_set_int (settings, "window-width", 360);
  g_settings_set_int (settings, "window-height", 294);
  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, SUM);
  window_fixture_wait_idle (&fixture);
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (is_folded, &fixture);
  rnl_test_wait_for (shows_whole_turn, &fixture);
  inspector = get_inspector (&fixture);
  g_assert_true (gtk_widget_compute_bounds (inspector, GTK_WIDGET (fixture.window), &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                     gtk_widget_get_width (GTK_WIDGET (fixture.window)));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     gtk_widget_get_height (GTK_WIDGET (fixture.window)));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), <, 420);

  activate (&fixture, "win.focus-composer");
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_null (get_inspector (&fixture));
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture.window)),
                                             RNL_TYPE_COMPOSER));
  window_fixture_done (&fixture);
}

/* F6 stops there, too, when it is open. */
static void
test_panes (void)
{
  WindowFixture fixture;
  GtkWidget *focus;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, SUM);
  window_fixture_wait_idle (&fixture);
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (shows_whole_turn, &fixture);
  activate (&fixture, "win.focus-composer");
  activate (&fixture, "win.next-pane");
  activate (&fixture, "win.next-pane");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, get_inspector (&fixture)));
  activate (&fixture, "win.next-pane");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));
  window_fixture_done (&fixture);
}

/* The text of the first section, the error, has at least the height of a line. */
static gboolean
shows_error (WindowFixture *fixture)
{
  GtkWidget *details = window_fixture_find (get_inspector (fixture), RNL_TYPE_RUN_DETAILS, 0);
  GtkWidget *output = window_fixture_find (details, RNL_TYPE_OUTPUT_VIEW, 0);
  GtkWidget *view = output != NULL ? window_fixture_find (output, GTK_TYPE_TEXT_VIEW, 0) : NULL;

  return view != NULL && gtk_widget_get_height (view) > 12
         && window_fixture_shows (details, "refused the connection");
}

/* A failed run says why, with what is known about it; nothing that is shown has a key in it. */
static void
test_error (void)
{
  WindowFixture fixture;
  const RnlInspectedFacts *facts;

  window_fixture_open (&fixture);
  /* Nobody listens there. */
  window_fixture_use_server (&fixture, "http://127.0.0.1:1/v1");
  activate (&fixture, "win.inspector");
  window_fixture_ask (&fixture, SUM);
  rnl_test_wait_for (shows_whole_turn, &fixture);
  facts = rnl_inspected_run_get_facts (get_selected (&fixture));
  g_assert_cmpint (facts->state, ==, RNL_RUN_FAILED);
  g_assert_nonnull (facts->error);
  window_fixture_wait_text (get_inspector (&fixture), "Failed");
  window_fixture_wait_text (get_inspector (&fixture), "Error");
  window_fixture_wait_idle (&fixture);

  /* The same out of the recording, and high enough to be read. */
  activate (&fixture, "win.inspector");
  activate (&fixture, "win.inspector");
  rnl_test_wait_for (shows_whole_turn, &fixture);
  rnl_test_wait_for (shows_error, &fixture);
  window_fixture_wait_frames (get_inspector (&fixture), 5);
  window_fixture_wait_idle (&fixture);
  window_fixture_done (&fixture);
}

typedef struct
{
  GAsyncResult *result;
} Wait;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Wait *) user_data)->result = g_object_ref (result);
}

static gboolean
has_result (Wait *wait)
{
  return wait->result != NULL;
}

static char *
export_trace (const char *path, RnlTraceFormat format)
{
  g_autofree char *name = g_build_filename (g_get_tmp_dir (), "runnel-export-trace", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GError) error = NULL;
  Wait wait = { NULL };
  char *text = NULL;

  rnl_trace_export_async (path, format, file, NULL, result_cb, &wait);
  rnl_test_wait_for (has_result, &wait);
  rnl_trace_export_finish (wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_file_get_contents (name, &text, NULL, &error);
  g_assert_no_error (error);
  g_remove (name);

  return text;
}

/* As `runnel-cli trace export` does. */
static void
test_export (void)
{
  WindowFixture fixture;
  g_autofree char *folder = rnl_trace_folder_dup_default ();
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *events = NULL;
  g_autofree char *log = NULL;
  g_autofree char *state = NULL;
  g_autofree char *recorded = NULL;
  g_auto (GStrv) lines = NULL;
  const char *path;
  g_autoptr (JsonNode) node = NULL;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, SUM);
  window_fixture_wait_idle (&fixture);
  window_fixture_close (&fixture);
  paths = rnl_trace_folder_list_paths (folder);
  path = g_ptr_array_index (paths, paths->len - 1);

  events = export_trace (path, RNL_TRACE_FORMAT_EVENTS);
  lines = g_strsplit (events, "\n", -1);
  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) event = rnl_json_strict_parse (lines[i], -1, NULL);

      g_assert_cmpint (rnl_json_object_get_int (rnl_json_node_get_object (event), "seq", -1), ==,
                       i);
    }
  g_assert_true (g_str_has_prefix (lines[0], "{\"event\":\"on_agent_start\""));
  log = export_trace (path, RNL_TRACE_FORMAT_LOG);
  g_assert_true (g_file_get_contents (path, &recorded, NULL, NULL));
  g_assert_cmpstr (log, ==, recorded);
  state = export_trace (path, RNL_TRACE_FORMAT_STATE);
  node = rnl_json_strict_parse (state, -1, NULL);
  g_assert_cmpstr (rnl_json_object_get_string (rnl_json_node_get_object (node), "status"), ==,
                   "finished");
  window_fixture_open (&fixture);
  window_fixture_done (&fixture);
}

/* Recordings of one test are none of the next one's. */
static void
forget_traces (void)
{
  g_autofree char *folder = rnl_trace_folder_dup_default ();
  g_autoptr (GPtrArray) paths = rnl_trace_folder_list_paths (folder);

  for (guint i = 0; i < paths->len; i++)
    g_remove (paths->pdata[i]);
}

static void
run (gconstpointer func)
{
  ((void (*) (void)) func) ();
  forget_traces ();
}

int
main (int argc, char *argv[])
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  g_test_add_data_func ("/run-inspector/open", test_open, run);
  g_test_add_data_func ("/run-inspector/live", test_live, run);
  g_test_add_data_func ("/run-inspector/after-restart", test_after_restart, run);
  g_test_add_data_func ("/run-inspector/in-the-middle", test_in_the_middle, run);
  g_test_add_data_func ("/run-inspector/bounded", test_bounded, run);
  g_test_add_data_func ("/run-inspector/turns", test_turns, run);
  g_test_add_data_func ("/run-inspector/not-recorded", test_not_recorded, run);
  g_test_add_data_func ("/run-inspector/narrow", test_narrow, run);
  g_test_add_data_func ("/run-inspector/panes", test_panes, run);
  g_test_add_data_func ("/run-inspector/error", test_error, run);
  g_test_add_data_func ("/run-inspector/export", test_export, run);

  return g_test_run ();
}
