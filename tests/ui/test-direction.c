/* test-direction.c: a window that runs from right to left, and text that runs as it is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-answer-view.h"
#include "rnl-chat-page.h"
#include "rnl-code-block.h"
#include "rnl-composer.h"
#include "rnl-math-block.h"
#include "rnl-message-row.h"
#include "rnl-sidebar.h"
#include "rnl-table-view.h"
#include "window-fixture.h"

static double
get_x (GtkWidget *widget, GtkWidget *ancestor)
{
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (widget, ancestor, &GRAPHENE_POINT_INIT (0, 0), &at));

  return at.x;
}

/* Where a line of text begins to be drawn: at the left edge or the right one. */
static GtkTextDirection
get_way_of (GtkTextView *view, int line)
{
  GtkTextIter start, end;
  GdkRectangle first, last;

  gtk_text_buffer_get_iter_at_line (gtk_text_view_get_buffer (view), &start, line);
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_view_get_iter_location (view, &start, &first);
  gtk_text_view_get_iter_location (view, &end, &last);

  return first.x < last.x ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL;
}

static void
test_answer (void)
{
  static const char text[] = "A line of English.\n\nשורה של עברית.\n\n"
                             "```c\nint x;\n```\n\n"
                             "| Tool | What |\n|---|---|\n| add | adds |\n\n"
                             "| כלי | מה |\n|---|---|\n| אחד | שתיים |\n\n"
                             "$$\nx^2 + 1\n$$\n";
  GtkWidget *window = gtk_window_new ();
  RnlAnswerView *view = RNL_ANSWER_VIEW (rnl_answer_view_new ());
  GtkWidget *segment, *code, *math;

  gtk_window_set_default_size (GTK_WINDOW (window), 700, 700);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  rnl_answer_view_set_text (view, text);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  window_fixture_wait_frames (window, 3);

  segment = window_fixture_find (GTK_WIDGET (view), GTK_TYPE_TEXT_VIEW, 0);
  g_assert_cmpint (get_way_of (GTK_TEXT_VIEW (segment), 0), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (get_way_of (GTK_TEXT_VIEW (segment), 1), ==, GTK_TEXT_DIR_RTL);

  code = window_fixture_find (GTK_WIDGET (view), RNL_TYPE_CODE_BLOCK, 0);
  code = window_fixture_find (code, GTK_TYPE_TEXT_VIEW, 0);
  g_assert_cmpint (gtk_widget_get_direction (code), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (get_way_of (GTK_TEXT_VIEW (code), 0), ==, GTK_TEXT_DIR_LTR);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *table = window_fixture_find (GTK_WIDGET (view), RNL_TYPE_TABLE_VIEW, i);
      double first = get_x (window_fixture_find (table, GTK_TYPE_LABEL, 0), table);
      double second = get_x (window_fixture_find (table, GTK_TYPE_LABEL, 1), table);

      if (i == 0)
        g_assert_cmpfloat (first, <, second);
      else
        g_assert_cmpfloat (first, >, second);
    }

  math = window_fixture_find (GTK_WIDGET (view), RNL_TYPE_MATH_BLOCK, 0);
  g_assert_cmpint (gtk_widget_get_direction (window_fixture_find (math, GTK_TYPE_PICTURE, 0)), ==,
                   GTK_TEXT_DIR_LTR);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The chats are at the right of the page, a question at its left, Send at the left of the composer.
 */
static void
test_window (void)
{
  WindowFixture fixture;
  GtkWidget *window, *sidebar, *page, *question, *composer, *send;

  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  window_fixture_ask (&fixture, "What is 1 + 1?");
  window_fixture_wait_idle (&fixture);
  window_fixture_wait_frames (window, 3);

  sidebar = window_fixture_find (window, RNL_TYPE_SIDEBAR, 0);
  page = window_fixture_find (window, RNL_TYPE_CHAT_PAGE, 0);
  g_assert_cmpfloat (get_x (sidebar, window), >=,
                     get_x (page, window) + gtk_widget_get_width (page));

  question = window_fixture_find (window, RNL_TYPE_MESSAGE_ROW, 0);
  g_assert_cmpfloat (get_x (window_fixture_find (question, GTK_TYPE_LABEL, 0), page), <,
                     gtk_widget_get_width (page) / 2.0);

  composer = window_fixture_find (window, RNL_TYPE_COMPOSER, 0);
  send = window_fixture_find_button (composer, "Send");
  g_assert_cmpfloat (get_x (send, composer), <,
                     get_x (window_fixture_find (composer, GTK_TYPE_TEXT_VIEW, 0), composer));
  window_fixture_done (&fixture);
}

static double
get_cursor_x (GtkWidget *view)
{
  GtkTextIter start;
  GdkRectangle place;

  window_fixture_wait_frames (view, 2);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), &start);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (view), &start, &place);

  return place.x;
}

static gboolean
has_focus (gpointer widget)
{
  return gtk_widget_has_focus (widget);
}

/* Without text the cursor is where the words that stand there begin, whatever the keyboard writes;
 * with text it is where that begins. */
static void
test_composer (void)
{
  WindowFixture fixture;
  GtkWidget *composer, *view;
  double middle;

  window_fixture_open (&fixture);
  composer = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_COMPOSER, 0);
  view = window_fixture_find (composer, GTK_TYPE_TEXT_VIEW, 0);
  gtk_widget_grab_focus (view);
  rnl_test_wait_for (has_focus, view);
  window_fixture_wait_frames (view, 3);
  middle = gtk_widget_get_width (view) / 2.0;

  g_assert_cmpfloat (get_cursor_x (view), >, middle);
  rnl_composer_set_text (RNL_COMPOSER (composer), "/");
  g_assert_cmpfloat (get_cursor_x (view), >, middle);
  rnl_composer_set_text (RNL_COMPOSER (composer), "Hello");
  g_assert_cmpfloat (get_cursor_x (view), <, middle);
  rnl_composer_set_text (RNL_COMPOSER (composer), "שלום");
  g_assert_cmpfloat (get_cursor_x (view), >, middle);
  rnl_composer_set_text (RNL_COMPOSER (composer), "");
  g_assert_cmpfloat (get_cursor_x (view), >, middle);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  g_test_add_func ("/direction/answer", test_answer);
  g_test_add_func ("/direction/window", test_window);
  g_test_add_func ("/direction/composer", test_composer);

  return g_test_run ();
}
