/* answer-fixture.c: an answer in a window of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "answer-fixture.h"

void
answer_fixture_set_up (AnswerFixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  rnl_test_wait_for (gtk_widget_get_mapped, fixture->view);
}

void
answer_fixture_tear_down (AnswerFixture *fixture, gconstpointer data)
{
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->view);
}

void
answer_fixture_assert_text (RnlAnswerView *view, const char *expected)
{
  g_autofree char *text = rnl_answer_view_dup_text (view);

  g_assert_cmpstr (text, ==, expected);
}
