/* test-tool-card.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-argument-editor.h"
#include "rnl-agent-run.h"
#include "rnl-answer-view.h"
#include "rnl-argument-grid.h"
#include "rnl-call-arguments.h"
#include "rnl-cell-text.h"
#include "rnl-nested-run.h"
#include "rnl-nested-text.h"
#include "rnl-output-view.h"
#include "rnl-part-extra.h"
#include "rnl-plain-text.h"
#include "rnl-reasoning-block.h"
#include "rnl-result-view.h"
#include "rnl-run-list.h"
#include "rnl-text-viewer.h"
#include "rnl-tool-card.h"
#include "rnl-tool-context.h"
#include "rnl-tool-look.h"

typedef struct
{
  ChatFixture fixture;
  RnlPart *call;
  RnlToolCard *card;
} CardTest;

static void
card_test_init (CardTest *test, const char *name)
{
  test->call = rnl_part_new_tool_call (0, "call-1", name);
  test->card = RNL_TOOL_CARD (rnl_tool_card_new (test->call));
  chat_fixture_show (&test->fixture, GTK_WIDGET (test->card));
}

static void
card_test_done (CardTest *test)
{
  chat_fixture_done (&test->fixture);
  g_assert_finalize_object (test->call);
}

/* A label without text would be read by the name of its class. */
static void
assert_summary_hidden (CardTest *test, gboolean hidden)
{
  GtkWidget *summary = GTK_WIDGET (
    gtk_widget_get_template_child (GTK_WIDGET (test->card), RNL_TYPE_TOOL_CARD, "summary"));

  g_assert_cmpint (gtk_widget_get_visible (summary), ==, !hidden);
}

static void
assert_described (CardTest *test, const char *description)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rnl_tool_card_get_header (test->card)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
}

static gboolean
summary_is_sum (gpointer card)
{
  return g_str_equal (rnl_tool_card_get_summary (card), "10 + 1…");
}

static void
test_arguments_stream (void)
{
  CardTest test;

  card_test_init (&test, "add");
  rnl_part_set_title (test.call, "Add");
  g_assert_cmpstr (rnl_tool_card_get_title (test.card), ==, "Add");
  g_assert_cmpstr (rnl_tool_card_get_state_text (test.card), ==, "Preparing");
  g_assert_cmpstr (rnl_tool_card_get_summary (test.card), ==, "");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rnl_tool_card_get_header (test.card)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Add");

  g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
  g_assert_true (rnl_tool_card_get_open (test.card));
  g_assert_true (rnl_tool_card_is_kept_open (test.card));
  g_assert_nonnull (strstr (test.fixture.actions->str, "hold;"));

  chat_fixture_append (test.call, "{\"a\": 10, \"b\"");
  chat_fixture_append (test.call, ": 1");
  rnl_test_wait_for (summary_is_sum, test.card);
  g_assert_cmpstr (rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "a"), ==,
                   "10");
  g_assert_cmpstr (rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "b"), ==,
                   "1…");
  g_assert_null (rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "c"));

  chat_fixture_append (test.call, "0}");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_assert_cmpstr (rnl_tool_card_get_summary (test.card), ==, "10 + 10");
  assert_summary_hidden (&test, FALSE);
  g_assert_cmpstr (rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "b"), ==,
                   "10");
  card_test_done (&test);
}

static void
test_states (void)
{
  static const struct
  {
    RnlToolState state;
    const char *word;
    const char *css_class;
  } cases[] = {
    { RNL_TOOL_WAITING, "Waiting for you", "waiting" },
    { RNL_TOOL_RUNNING, "Running", "running" },
    { RNL_TOOL_DONE, "Done", "done" },
    { RNL_TOOL_FAILED, "Failed", "failed" },
    { RNL_TOOL_REFUSED, "Refused", "refused" },
    { RNL_TOOL_CANCELLED, "Cancelled", "cancelled" },
    { RNL_TOOL_LIMIT, "Limit reached", "limit" },
  };
  CardTest test;

  card_test_init (&test, "get_items");
  g_assert_cmpstr (rnl_tool_card_get_title (test.card), ==, "Get items");
  chat_fixture_wait_frames (&test.fixture, 1);
  assert_summary_hidden (&test, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      chat_fixture_wait_frames (&test.fixture, 1);
      rnl_part_set_state (test.call, cases[i].state);
      g_assert_cmpstr (rnl_tool_card_get_state_text (test.card), ==, cases[i].word);
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (test.card), cases[i].css_class));
      assert_described (&test, cases[i].word);
      g_assert_cmpint (rnl_tool_card_get_approval (test.card) != NULL, ==,
                       cases[i].state == RNL_TOOL_WAITING);
    }
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (test.card), "waiting"));
  g_assert_false (rnl_tool_card_get_open (test.card));

  rnl_part_set_duration (test.call, 2345678);
  assert_described (&test, "Limit reached, 2.3 s");
  card_test_done (&test);
}

static void
test_output_opens (void)
{
  CardTest test;

  card_test_init (&test, "search_files");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_assert_false (rnl_tool_card_get_open (test.card));
  rnl_part_append_output (test.call, "one\n", 4);
  g_assert_true (rnl_tool_card_get_open (test.card));
  g_assert_false (rnl_tool_card_is_kept_open (test.card));
  rnl_part_append_output (test.call, "two\n", 4);
  g_assert_cmpstr (rnl_tool_details_get_output (rnl_tool_card_get_details (test.card)), ==,
                   "one\ntwo\n");

  rnl_part_set_state (test.call, RNL_TOOL_DONE);
  rnl_tool_card_fold (test.card);
  g_assert_false (rnl_tool_card_get_open (test.card));
  g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
  rnl_tool_card_fold (test.card);
  g_assert_true (rnl_tool_card_get_open (test.card));
  card_test_done (&test);
}

static void
test_closed_by_person (void)
{
  CardTest test;

  card_test_init (&test, "search_files");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  rnl_part_append_output (test.call, "one\n", 4);
  g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
  g_assert_false (rnl_tool_card_get_open (test.card));
  rnl_part_append_output (test.call, "two\n", 4);
  g_assert_false (rnl_tool_card_get_open (test.card));
  card_test_done (&test);
}

static void
test_progress (void)
{
  CardTest test;
  GtkWidget *bar;

  card_test_init (&test, "search_files");
  bar = chat_fixture_find (GTK_WIDGET (test.card), GTK_TYPE_PROGRESS_BAR, 0);
  g_assert_false (gtk_widget_get_visible (bar));
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_assert_false (gtk_widget_get_visible (bar));
  rnl_part_set_progress (test.call, 0.25);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  g_assert_cmpstr (rnl_tool_card_get_state_text (test.card), ==, "Running, 25 %");
  assert_described (&test, "Running, 25 %");
  g_assert_false (gtk_progress_bar_get_show_text (GTK_PROGRESS_BAR (bar)));
  rnl_part_set_extra_string (test.call, RNL_PART_EXTRA_PROGRESS, "2 of 8 folders");
  g_assert_true (gtk_progress_bar_get_show_text (GTK_PROGRESS_BAR (bar)));
  g_assert_cmpstr (gtk_progress_bar_get_text (GTK_PROGRESS_BAR (bar)), ==, "2 of 8 folders");
  rnl_part_set_state (test.call, RNL_TOOL_DONE);
  g_assert_false (gtk_widget_get_visible (bar));
  card_test_done (&test);
}

static int
get_y (GtkWidget *widget, GtkWidget *in)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, in, &bounds));

  return (int) bounds.origin.y;
}

/* Where a line is too narrow its state stands below the title, and is not cut. */
static void
test_narrow (void)
{
  CardTest test;
  GtkWidget *header, *title, *state;
  int minimum;

  card_test_init (&test, "current_time");
  rnl_part_set_state (test.call, RNL_TOOL_LIMIT);
  chat_fixture_wait_frames (&test.fixture, 2);
  header = rnl_tool_card_get_header (test.card);
  title = chat_fixture_find (header, GTK_TYPE_LABEL, 0);
  state = chat_fixture_find (header, GTK_TYPE_LABEL, 2);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (state)), ==, "Limit reached");
  g_assert_cmpint (get_y (state, header), <, get_y (title, header) + gtk_widget_get_height (title));

  gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_set_halign (GTK_WIDGET (test.card), GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (test.card), minimum, -1);
  gtk_widget_allocate (GTK_WIDGET (test.card), 200, 100, -1, NULL);
  g_assert_cmpint (get_y (state, header), >=,
                   get_y (title, header) + gtk_widget_get_height (title) / 2);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (state))));
  card_test_done (&test);
}

static gboolean
answer_is_settled (gpointer view)
{
  return rnl_answer_view_is_settled (view);
}

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);

  return n;
}

static void
test_nested (void)
{
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
  CardTest test;
  GtkWidget *view;
  g_autofree char *text = NULL;

  card_test_init (&test, "where_cat_is_hiding");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  rnl_part_set_title (child, "Model");
  rnl_part_add_child (test.call, child);
  g_assert_true (rnl_tool_card_get_open (test.card));
  chat_fixture_append (child, "on the ");
  chat_fixture_append (child, "**shelf**");
  rnl_part_set_complete (child, TRUE);
  view = chat_fixture_find (GTK_WIDGET (rnl_tool_card_get_details (test.card)),
                            RNL_TYPE_ANSWER_VIEW, 0);
  rnl_test_wait_for (answer_is_settled, view);
  text = rnl_answer_view_dup_text (RNL_ANSWER_VIEW (view));
  g_assert_cmpstr (text, ==, "on the shelf");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Model");
  card_test_done (&test);
}

static char *
dup_paragraphs (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Paragraph %u of **many** words.\n\n", i);

  return g_string_free (text, FALSE);
}

/* A text that stood there is shown by its beginning, whatever its length, and all of it on request.
 */
static void
test_nested_bounded (void)
{
  int heights[2];
  guint widgets[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
      g_autofree char *source = dup_paragraphs (i == 0 ? 400 : 4000);
      g_autofree char *all = NULL;
      GtkWidget *scrolled = gtk_scrolled_window_new ();
      RnlNestedText *nested;
      ChatFixture fixture;

      rnl_part_append (child, source, strlen (source));
      rnl_part_set_complete (child, TRUE);
      nested = RNL_NESTED_TEXT (rnl_nested_text_new (child, "Model"));
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (nested));
      chat_fixture_show (&fixture, scrolled);
      rnl_test_wait_for (answer_is_settled, rnl_nested_text_get_view (nested));
      chat_fixture_wait_frames (&fixture, 2);
      g_assert_true (rnl_nested_text_is_cut (nested));
      widgets[i] = count_widgets (GTK_WIDGET (nested));
      gtk_widget_measure (GTK_WIDGET (nested), GTK_ORIENTATION_VERTICAL, 600, NULL, &heights[i],
                          NULL, NULL);
      g_signal_emit_by_name (chat_fixture_find_button (GTK_WIDGET (nested), "Show all"), "clicked");
      rnl_test_wait_for (answer_is_settled, rnl_nested_text_get_view (nested));
      chat_fixture_wait_frames (&fixture, 2);
      g_assert_false (rnl_nested_text_is_cut (nested));
      all = rnl_answer_view_dup_markdown (rnl_nested_text_get_view (nested));
      g_assert_cmpstr (all, ==, source);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (nested)), >, 10 * heights[i]);
      chat_fixture_done (&fixture);
    }
  g_assert_cmpint (heights[0], ==, heights[1]);
  g_assert_cmpuint (widgets[0], ==, widgets[1]);
}

/* While it is being written its last lines are seen, and it grows only so far. */
static void
test_nested_follows (void)
{
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
  g_autofree char *source = dup_paragraphs (60);
  RnlNestedText *nested;
  GtkWidget *view;
  ChatFixture fixture;
  graphene_rect_t bounds;
  int before;

  chat_fixture_append (child, source);
  nested = RNL_NESTED_TEXT (rnl_nested_text_new (child, "Model"));
  view = GTK_WIDGET (rnl_nested_text_get_view (nested));
  gtk_widget_set_valign (GTK_WIDGET (nested), GTK_ALIGN_START);
  chat_fixture_show (&fixture, GTK_WIDGET (nested));
  rnl_test_wait_for (answer_is_settled, view);
  chat_fixture_wait_frames (&fixture, 4);
  before = gtk_widget_get_height (GTK_WIDGET (nested));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (gtk_widget_compute_bounds (view, GTK_WIDGET (nested), &bounds));
      g_assert_cmpfloat (bounds.origin.y, <, 0);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, before);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, >, before / 2);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (nested)), ==, before);
      if (i > 0)
        break;
      chat_fixture_append (child, source);
      rnl_part_set_complete (child, TRUE);
      rnl_test_wait_for (answer_is_settled, view);
      chat_fixture_wait_frames (&fixture, 4);
    }
  chat_fixture_done (&fixture);
}

/* A run that has no name of its own is called after its model, without the account. */
static void
test_nested_title (void)
{
  static const char *const cases[][2] = {
    { "offline/helper", "Offline helper" },
    { "a1/vendor/large", "vendor/large" },
    { "Yes/No question", "Yes/No question" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
      CardTest test;

      card_test_init (&test, "where_cat_is_hiding");
      rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
      rnl_part_set_title (child, cases[i][0]);
      rnl_part_add_child (test.call, child);
      gtk_test_accessible_assert_property (
        GTK_ACCESSIBLE (chat_fixture_find (GTK_WIDGET (rnl_tool_card_get_details (test.card)),
                                           RNL_TYPE_NESTED_RUN, 0)),
        GTK_ACCESSIBLE_PROPERTY_LABEL, cases[i][1]);
      card_test_done (&test);
    }
}

static void
decide (const char *button, const char *reason, const char *expected)
{
  CardTest test;
  GtkWidget *approval;
  g_autofree char *action = NULL;
  g_autofree char *digest = NULL;

  card_test_init (&test, "fetch_page");
  chat_fixture_append (test.call, "{\"url\":  \"https://example.org/\"}");
  rnl_part_set_complete (test.call, TRUE);
  g_assert_null (rnl_tool_card_get_approval (test.card));
  rnl_part_set_state (test.call, RNL_TOOL_WAITING);
  approval = GTK_WIDGET (rnl_tool_card_get_approval (test.card));

  /* The very bytes of the part, not a printed tree. */
  g_assert_cmpstr (rnl_output_view_get_text (
                     RNL_OUTPUT_VIEW (chat_fixture_find (approval, RNL_TYPE_OUTPUT_VIEW, 0))),
                   ==, rnl_part_get_text (test.call));
  if (reason != NULL)
    {
      gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (chat_fixture_find_button (approval, "Refuse with a Reason")), TRUE);
      gtk_editable_set_text (GTK_EDITABLE (chat_fixture_find (approval, GTK_TYPE_ENTRY, 0)),
                             reason);
    }
  g_signal_emit_by_name (chat_fixture_find_button (approval, button), "clicked");
  g_signal_emit_by_name (chat_fixture_find_button (approval, "Allow Once"), "clicked");
  digest = rnl_agent_run_dup_digest (test.call);
  action = g_strdup_printf ("decide(%s, '%s', '%s', '%s');", expected, rnl_part_get_id (test.call),
                            reason != NULL ? reason : "", digest);
  g_assert_nonnull (strstr (test.fixture.actions->str, action));
  g_assert_true (strstr (test.fixture.actions->str, "decide")
                 == g_strrstr (test.fixture.actions->str, "decide"));

  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_assert_null (rnl_tool_card_get_approval (test.card));
  card_test_done (&test);
}

static void
test_approval (void)
{
  decide ("Allow Once", NULL, "0");
  decide ("Allow for This Chat", NULL, "1");
  decide ("Refuse", NULL, "2");
  decide ("Refuse", "not this page", "2");
}

/* Nobody decides about half of a call, and what was decided about is what was shown last. */
static void
test_locked_until_complete (void)
{
  CardTest test;
  GtkWidget *approval, *allow;
  g_autofree char *digest = NULL;

  card_test_init (&test, "fetch_page");
  chat_fixture_append (test.call, "{\"url\": \"https://exam");
  rnl_part_set_state (test.call, RNL_TOOL_WAITING);
  approval = GTK_WIDGET (rnl_tool_card_get_approval (test.card));
  allow = rnl_tool_approval_get_first_button (RNL_TOOL_APPROVAL (approval));
  g_assert_false (gtk_widget_is_sensitive (allow));
  g_signal_emit_by_name (allow, "clicked");
  g_assert_null (strstr (test.fixture.actions->str, "decide"));

  chat_fixture_append (test.call, "ple.org/\"}");
  rnl_part_set_complete (test.call, TRUE);
  g_assert_true (gtk_widget_is_sensitive (allow));
  g_assert_cmpstr (rnl_output_view_get_text (
                     RNL_OUTPUT_VIEW (chat_fixture_find (approval, RNL_TYPE_OUTPUT_VIEW, 0))),
                   ==, rnl_part_get_text (test.call));
  digest = rnl_agent_run_dup_digest (test.call);

  /* What comes after that was not shown. */
  chat_fixture_append (test.call, " ");
  g_signal_emit_by_name (allow, "clicked");
  g_assert_nonnull (strstr (test.fixture.actions->str, digest));
  card_test_done (&test);
}

/* What a tool may touch, in words, and never an everlasting yes to what destroys. */
static void
test_effects (void)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c", "fetch_page");
  g_autofree char *page = NULL;
  g_autofree char *destroys = NULL;

  chat_fixture_append (call, "{\"url\": \"https://example.org/a\"}");
  page = rnl_tool_look_effects (RNL_TOOL_EFFECT_NETWORK, call);
  g_assert_cmpstr (page, ==, "It connects to example.org.");
  destroys = rnl_tool_look_effects (RNL_TOOL_EFFECT_CHANGES_FILES | RNL_TOOL_EFFECT_DESTROYS, call);
  g_assert_cmpstr (destroys, ==, "It may destroy what cannot be brought back. It changes files.");
}

/* Only what can run can be sent; what ran and what was asked for are both shown. */
static void
test_edit (void)
{
  CardTest test;
  GtkWidget *approval;
  RnlArgumentEditor *editor;
  g_autofree char *action = NULL;

  card_test_init (&test, "fetch_page");
  chat_fixture_append (test.call, "{\"url\":  \"https://example.org/\"}");
  rnl_part_set_complete (test.call, TRUE);
  rnl_part_set_state (test.call, RNL_TOOL_WAITING);
  approval = GTK_WIDGET (rnl_tool_card_get_approval (test.card));
  g_signal_emit_by_name (rnl_tool_approval_get_edit_button (RNL_TOOL_APPROVAL (approval)),
                         "clicked");
  editor = RNL_ARGUMENT_EDITOR (rnl_tool_approval_get_editor (RNL_TOOL_APPROVAL (approval)));
  g_assert_null (rnl_argument_editor_get_problem (editor));

  rnl_argument_editor_set_text (editor, "{\"url\": ");
  g_assert_nonnull (rnl_argument_editor_get_problem (editor));
  g_assert_false (gtk_widget_get_sensitive (rnl_argument_editor_get_run_button (editor)));
  rnl_argument_editor_set_text (editor, "[]");
  g_assert_nonnull (rnl_argument_editor_get_problem (editor));
  rnl_argument_editor_set_text (editor, "{\"url\": \"https://example.com/\"}");
  g_assert_null (rnl_argument_editor_get_problem (editor));
  gtk_widget_grab_focus (rnl_argument_editor_get_run_button (editor));
  g_signal_emit_by_name (rnl_argument_editor_get_run_button (editor), "clicked");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test.fixture.window))
                 == rnl_tool_card_get_header (test.card));
  g_signal_emit_by_name (rnl_argument_editor_get_run_button (editor), "clicked");
  action = g_strdup_printf ("decide(3, '%s', '{\"url\": \"https://example.com/\"}', ",
                            rnl_part_get_id (test.call));
  g_assert_nonnull (strstr (test.fixture.actions->str, action));
  g_assert_true (strstr (test.fixture.actions->str, "decide")
                 == g_strrstr (test.fixture.actions->str, "decide"));

  rnl_part_set_extra_string (test.call, RNL_PART_EXTRA_EDITED,
                             "{\"url\":\"https://example.com/\"}");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
  g_assert_nonnull (strstr (rnl_tool_card_get_summary (test.card), "example.com"));
  g_assert_cmpstr (rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "url"), ==,
                   "https://example.com/");
  card_test_done (&test);
}

static void
test_focus_stays_in_card (void)
{
  CardTest test;
  RnlToolApproval *approval;

  card_test_init (&test, "fetch_page");
  rnl_part_set_complete (test.call, TRUE);
  rnl_part_set_state (test.call, RNL_TOOL_WAITING);
  approval = rnl_tool_card_get_approval (test.card);
  g_assert_true (gtk_widget_grab_focus (rnl_tool_approval_get_first_button (approval)));
  g_signal_emit_by_name (rnl_tool_approval_get_first_button (approval), "clicked");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test.fixture.window))
                 == rnl_tool_card_get_header (test.card));
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test.fixture.window))
                 == rnl_tool_card_get_header (test.card));
  card_test_done (&test);
}

static void
test_call_arguments (void)
{
  static const char json[] = "{\"path\": \"/a b\\n\", \"deep\": {\"x\": [1, \"two\", null]}, "
                             "\"n\": -1.5e3, \"ok\": true, \"s\": \"\xc3\xa4\"}";
  static const char *const keys[] = { "path", "deep", "n", "ok", "s" };
  static const char *const values[]
    = { "/a b\n", "{x: [1, \"two\", null]}", "-1.5e3", "true", "\xc3\xa4" };

  for (gsize split = 0; split <= strlen (json); split++)
    {
      g_autoptr (RnlCallArguments) arguments = rnl_call_arguments_new ();

      rnl_call_arguments_feed (arguments, json, split);
      rnl_call_arguments_feed (arguments, json + split, strlen (json) - split);
      g_assert_true (rnl_call_arguments_is_whole (arguments));
      g_assert_cmpuint (rnl_call_arguments_get_size (arguments), ==, G_N_ELEMENTS (keys));
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        {
          g_autofree char *value = rnl_call_arguments_dup_value (arguments, i);

          g_assert_cmpstr (rnl_call_arguments_get (arguments, i)->key, ==, keys[i]);
          g_assert_cmpstr (value, ==, values[i]);
        }
    }
}

static void
test_call_arguments_broken (void)
{
  g_autoptr (RnlCallArguments) list = rnl_call_arguments_new ();
  g_autoptr (RnlCallArguments) broken = rnl_call_arguments_new ();
  g_autofree char *summary = NULL;

  rnl_call_arguments_feed (list, "[1, 2, {\"a\": 1}]", 16);
  g_assert_cmpuint (rnl_call_arguments_get_size (list), ==, 0);
  rnl_call_arguments_feed (broken, "{\"a\": 1, \"b\": ]", 15);
  g_assert_false (rnl_call_arguments_is_whole (broken));
  summary = rnl_call_arguments_dup_summary (broken, NULL, 40);
  g_assert_cmpstr (summary, ==, "a: 1, b: …");
}

/* However a text is cut, the index knows its first and last lines. */
static void
test_line_index (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  guint n;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%.*s\n", (int) (i % 7), "abcdefg");
  g_string_append (text, "open");
  lines = g_strsplit (text->str, "\n", -1);
  n = g_strv_length (lines);
  for (gsize step = 1; step < 40; step++)
    {
      RnlLineIndex index = { 0 };

      for (gsize at = 0; at < text->len; at += step)
        rnl_line_index_feed (&index, text->str + at, MIN (step, text->len - at));
      g_assert_cmpuint (rnl_line_index_get_lines (&index), ==, n);
      for (guint i = 0; i < n; i++)
        {
          gsize start, end;
          g_autofree char *line = NULL;

          if (i >= RNL_LINE_INDEX_LINES && i + RNL_LINE_INDEX_LINES < n)
            continue;
          rnl_line_index_get_line (&index, i, &start, &end);
          line = g_strndup (text->str + start, end - start);
          g_assert_cmpstr (line, ==, lines[i]);
        }
    }
}

static gboolean
is_settled (gpointer viewer)
{
  return rnl_text_viewer_is_settled (viewer);
}

/* What is laid out does not depend on how much a tool was given, printed and gave back. */
static void
test_card_bounded (void)
{
  guint widgets[2];
  gsize shown[2];

  for (guint size = 0; size < 2; size++)
    {
      CardTest test;
      GtkWidget *view;
      g_autofree char *text = NULL;
      guint n = size == 0 ? 200 : 20000;

      card_test_init (&test, "write_file");
      chat_fixture_append (test.call, "{\"path\": \"/a\", \"text\": \"");
      g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
      for (guint i = 0; i < n; i++)
        chat_fixture_append (test.call, "a line\\n");
      chat_fixture_append (test.call, "last\"}");
      rnl_part_set_complete (test.call, TRUE);
      rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
      for (guint i = 0; i < n; i++)
        rnl_part_append_output (test.call, "a line\n", 7);
      chat_fixture_wait_frames (&test.fixture, 2);
      g_assert_true (g_str_has_suffix (
        rnl_tool_details_get_argument (rnl_tool_card_get_details (test.card), "text"),
        "line\nlast"));
      view = chat_fixture_find (GTK_WIDGET (test.card), RNL_TYPE_OUTPUT_VIEW, 0);
      g_assert_cmpuint (rnl_output_view_get_hidden_lines (RNL_OUTPUT_VIEW (view)), ==,
                        n + 1 - 2 * RNL_OUTPUT_VIEW_LINES);
      text = rnl_plain_text_dup_text (
        RNL_PLAIN_TEXT (chat_fixture_find (view, RNL_TYPE_PLAIN_TEXT, 1)));
      g_assert_true (g_str_has_suffix (text, "a line\nlast"));
      widgets[size] = count_widgets (GTK_WIDGET (test.card));
      shown[size] = strlen (text);
      card_test_done (&test);
    }
  g_assert_cmpuint (widgets[0], ==, widgets[1]);
  g_assert_cmpuint (shown[0], ==, shown[1]);
}

/* A text that comes into a window between two frames is not laid out before it has a width. */
static void
test_text_waits (void)
{
  ChatFixture fixture;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = rnl_plain_text_new ("Output");
  g_autofree char *line = g_strnfill (3000, 'x');

  chat_fixture_show (&fixture, box);
  rnl_plain_text_set_text (RNL_PLAIN_TEXT (text), line, -1);
  gtk_box_append (GTK_BOX (box), text);
  g_assert_false (gtk_widget_get_mapped (text));
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text))),
                   ==, 0);
  chat_fixture_wait_frames (&fixture, 2);
  g_assert_true (gtk_widget_get_mapped (text));
  g_assert_true (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text))
                 == rnl_plain_text_get_buffer (RNL_PLAIN_TEXT (text)));
  chat_fixture_done (&fixture);
}

/* "Show all" has every byte, also what comes while it is open. */
static void
test_viewer (void)
{
  ChatFixture fixture;
  GtkWidget *view = rnl_output_view_new ("Output");
  RnlTextViewer *viewer;
  g_autofree char *line = g_strnfill (30000, 'x');

  chat_fixture_show (&fixture, view);
  rnl_output_view_append (RNL_OUTPUT_VIEW (view), line, 30000);
  for (guint i = 0; i < 20000; i++)
    rnl_output_view_append (RNL_OUTPUT_VIEW (view), "another\n", 8);
  chat_fixture_wait_frames (&fixture, 2);
  g_signal_emit_by_name (chat_fixture_find (view, GTK_TYPE_BUTTON, 0), "clicked");
  viewer = RNL_TEXT_VIEWER (rnl_output_view_get_viewer (RNL_OUTPUT_VIEW (view)));
  g_assert_false (rnl_text_viewer_is_settled (viewer));
  rnl_test_wait_for (is_settled, viewer);
  rnl_output_view_append (RNL_OUTPUT_VIEW (view), "late", 4);
  rnl_test_wait_for (is_settled, viewer);
  g_assert_cmpstr (rnl_text_viewer_get_text (viewer), ==,
                   rnl_output_view_get_text (RNL_OUTPUT_VIEW (view)));
  gtk_window_destroy (GTK_WINDOW (viewer));
  g_assert_null (rnl_output_view_get_viewer (RNL_OUTPUT_VIEW (view)));
  chat_fixture_done (&fixture);
}

/* A small object is a table, a list of them too; what is neither, or is broken, is text. */
static void
test_results (void)
{
  static const char *const tables[]
    = { "{\"size\": 12, \"name\": \"a\"}", "[{\"a\": 1}, {\"a\": 2, \"b\": null}]" };
  static const char *const texts[]
    = { "", "20", "{}", "[]", "[1, 2]", "{\"a\": ", "{\"a\": 1} and more", "[{}]" };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GtkWidget *view = g_object_ref_sink (rnl_result_view_new_structured (tables[i]));

      g_assert_true (RNL_IS_CELL_TEXT (view) || RNL_IS_ARGUMENT_GRID (view));
      g_assert_finalize_object (view);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (rnl_result_view_new_structured (texts[i]));
}

/* All of it is not called its beginning. */
static void
assert_first_named (GtkWidget *view, const char *name)
{
  GtkWidget *first = chat_fixture_find (view, GTK_TYPE_TEXT_VIEW, 0);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_output_bounded (void)
{
  ChatFixture fixture;
  GtkWidget *view = rnl_output_view_new ("Output");
  g_autofree char *line = g_strnfill (200000, 'x');

  chat_fixture_show (&fixture, view);
  for (guint i = 0; i < 1000; i++)
    rnl_output_view_append (RNL_OUTPUT_VIEW (view), "a line\n", 7);
  chat_fixture_wait_frames (&fixture, 2);
  g_assert_cmpuint (rnl_output_view_get_hidden_lines (RNL_OUTPUT_VIEW (view)), ==,
                    1000 - 2 * RNL_OUTPUT_VIEW_LINES);
  g_assert_cmpuint (strlen (rnl_output_view_get_text (RNL_OUTPUT_VIEW (view))), ==, 7000);

  rnl_output_view_set_text (RNL_OUTPUT_VIEW (view), line);
  g_assert_cmpuint (rnl_output_view_get_hidden_lines (RNL_OUTPUT_VIEW (view)), ==, 0);
  g_assert_nonnull (chat_fixture_find_button (view, "Show all"));
  g_assert_true (gtk_widget_get_visible (chat_fixture_find_button (view, "Show all")));
  assert_first_named (view, "First lines");
  rnl_output_view_set_text (RNL_OUTPUT_VIEW (view), "short");
  assert_first_named (view, "Output");
  g_assert_false (gtk_widget_get_visible (chat_fixture_find_button (view, "Show all")));
  chat_fixture_done (&fixture);
}

static gboolean
peeks_at_that (gpointer block)
{
  return g_str_has_suffix (rnl_reasoning_block_get_peek (block), "Then that");
}

static void
assert_reasoning (RnlReasoningBlock *block, const char *expected)
{
  g_autofree char *text
    = rnl_answer_view_dup_markdown (RNL_ANSWER_VIEW (rnl_reasoning_block_get_view (block)));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_reasoning (void)
{
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_REASONING, 0);
  RnlReasoningBlock *block = RNL_REASONING_BLOCK (rnl_reasoning_block_new (part));
  ChatFixture fixture;

  chat_fixture_show (&fixture, GTK_WIDGET (block));
  g_assert_cmpstr (rnl_reasoning_block_get_title (block), ==, "Thinking…");
  chat_fixture_append (part, "First this.\n\nThen ");
  chat_fixture_append (part, "that");
  rnl_test_wait_for (peeks_at_that, block);
  g_assert_false (rnl_reasoning_block_get_open (block));
  g_assert_null (rnl_reasoning_block_get_view (block));
  g_signal_emit_by_name (rnl_reasoning_block_get_header (block), "clicked");
  g_assert_true (rnl_reasoning_block_get_open (block));
  g_assert_cmpstr (rnl_reasoning_block_get_peek (block), ==, "");
  assert_reasoning (block, "First this.\n\nThen that");
  chat_fixture_append (part, " again");
  assert_reasoning (block, "First this.\n\nThen that again");
  rnl_part_set_duration (part, 12 * G_USEC_PER_SEC);
  rnl_part_set_complete (part, TRUE);
  g_assert_cmpstr (rnl_reasoning_block_get_title (block), ==, "Thought for 12 s");
  g_assert_true (rnl_reasoning_block_get_open (block));
  chat_fixture_done (&fixture);
}

/* What shows while it is written goes when the answer begins. */
static void
test_reasoning_collapses (void)
{
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_REASONING, 0);
  RnlReasoningBlock *block = RNL_REASONING_BLOCK (rnl_reasoning_block_new (part));
  ChatFixture fixture;

  chat_fixture_show (&fixture, GTK_WIDGET (block));
  chat_fixture_append (part, "Then that");
  rnl_test_wait_for (peeks_at_that, block);
  rnl_part_set_complete (part, TRUE);
  g_assert_cmpstr (rnl_reasoning_block_get_peek (block), ==, "");
  g_assert_false (rnl_reasoning_block_get_open (block));
  g_assert_null (rnl_reasoning_block_get_view (block));
  chat_fixture_done (&fixture);
}

/* A row that was dropped, or a chat that was read again, has other widgets for the same parts. */
static void
test_stays_open (void)
{
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_REASONING, 0);
  GtkWidget *block;
  RnlToolCard *card;
  CardTest test;

  card_test_init (&test, "add");
  rnl_part_set_state (test.call, RNL_TOOL_DONE);
  g_signal_emit_by_name (rnl_tool_card_get_header (test.card), "clicked");
  card = RNL_TOOL_CARD (g_object_ref_sink (rnl_tool_card_new (test.call)));
  g_assert_true (rnl_tool_card_is_kept_open (card));
  g_assert_nonnull (rnl_tool_card_get_details (card));
  g_signal_emit_by_name (rnl_tool_card_get_header (card), "clicked");
  g_object_unref (card);
  card = RNL_TOOL_CARD (g_object_ref_sink (rnl_tool_card_new (test.call)));
  g_assert_false (rnl_tool_card_get_open (card));
  g_object_unref (card);

  block = g_object_ref_sink (rnl_reasoning_block_new (part));
  rnl_reasoning_block_reveal (RNL_REASONING_BLOCK (block));
  g_object_unref (block);
  block = g_object_ref_sink (rnl_reasoning_block_new (part));
  g_assert_true (rnl_reasoning_block_get_open (RNL_REASONING_BLOCK (block)));
  g_object_unref (block);
  card_test_done (&test);
}

static gboolean
has_last (gpointer user_data)
{
  CardTest *test = user_data;
  GListModel *children = rnl_part_list_children (test->call);
  g_autoptr (RnlPart) last
    = g_list_model_get_item (children, g_list_model_get_n_items (children) - 1);

  return rnl_run_list_find (
           RNL_RUN_LIST (rnl_tool_details_get_runs (rnl_tool_card_get_details (test->card))), last)
         != NULL;
}

/* A thousand runs inside one call: few have widgets, all can be reached. */
static void
test_many_runs (void)
{
  CardTest test;
  RnlRunList *list;
  g_autoptr (RnlPart) first = NULL;
  g_autoptr (RnlPart) inner = rnl_part_new_tool_call (0, "inner", "add");

  card_test_init (&test, "where_cat_is_hiding");
  rnl_part_set_state (test.call, RNL_TOOL_RUNNING);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (RnlPart) child = rnl_part_new_tool_call (0, "c", "add");

      rnl_part_set_state (child, RNL_TOOL_DONE);
      rnl_part_add_child (test.call, child);
    }
  rnl_test_wait_for (has_last, &test);
  list = RNL_RUN_LIST (rnl_tool_details_get_runs (rnl_tool_card_get_details (test.card)));
  g_assert_cmpuint (rnl_run_list_get_hidden (list), >=, 1000 - 2 * RNL_RUN_LIST_SHOWN);

  first = g_list_model_get_item (rnl_part_list_children (test.call), 990);
  rnl_part_add_child (first, inner);
  g_assert_nonnull (rnl_tool_card_reveal (test.card, inner));
  g_clear_object (&first);
  first = g_list_model_get_item (rnl_part_list_children (test.call), 960);
  g_assert_null (rnl_run_list_find (list, first));
  g_assert_nonnull (rnl_run_list_reveal (list, first));
  g_assert_cmpuint (rnl_run_list_get_hidden (list), ==, 960);
  g_signal_emit_by_name (chat_fixture_find (GTK_WIDGET (list), GTK_TYPE_BUTTON, 0), "clicked");
  g_assert_cmpuint (rnl_run_list_get_hidden (list), ==, 960 - RNL_RUN_LIST_SHOWN);
  card_test_done (&test);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/tool-card/arguments-stream", test_arguments_stream);
  g_test_add_func ("/tool-card/states", test_states);
  g_test_add_func ("/tool-card/output-opens", test_output_opens);
  g_test_add_func ("/tool-card/closed-by-person", test_closed_by_person);
  g_test_add_func ("/tool-card/progress", test_progress);
  g_test_add_func ("/tool-card/narrow", test_narrow);
  g_test_add_func ("/tool-card/nested", test_nested);
  g_test_add_func ("/tool-card/nested/bounded", test_nested_bounded);
  g_test_add_func ("/tool-card/nested/follows", test_nested_follows);
  g_test_add_func ("/tool-card/nested/title", test_nested_title);
  g_test_add_func ("/tool-card/approval", test_approval);
  g_test_add_func ("/tool-card/approval/locked-until-complete", test_locked_until_complete);
  g_test_add_func ("/tool-card/approval/effects", test_effects);
  g_test_add_func ("/tool-card/edit", test_edit);
  g_test_add_func ("/tool-card/focus-stays-in-card", test_focus_stays_in_card);
  g_test_add_func ("/call-arguments/every-split", test_call_arguments);
  g_test_add_func ("/call-arguments/broken", test_call_arguments_broken);
  g_test_add_func ("/output-view/bounded", test_output_bounded);
  g_test_add_func ("/output-view/viewer", test_viewer);
  g_test_add_func ("/output-view/text-waits", test_text_waits);
  g_test_add_func ("/output-view/line-index", test_line_index);
  g_test_add_func ("/tool-card/bounded", test_card_bounded);
  g_test_add_func ("/tool-card/results", test_results);
  g_test_add_func ("/reasoning-block/titles", test_reasoning);
  g_test_add_func ("/reasoning-block/collapses", test_reasoning_collapses);
  g_test_add_func ("/tool-card/stays-open", test_stays_open);
  g_test_add_func ("/run-list/many", test_many_runs);

  return g_test_run ();
}
