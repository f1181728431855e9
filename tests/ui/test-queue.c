/* test-queue.c: messages that wait while an answer is made
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-composer.h"
#include "rnl-queue-bar.h"
#include "window-fixture.h"

static RnlComposer *
get_composer (WindowFixture *fixture)
{
  return RNL_COMPOSER (window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0));
}

static void
write_and_send (WindowFixture *fixture, const char *text)
{
  rnl_composer_set_text (get_composer (fixture), text);
  rnl_composer_send (get_composer (fixture));
}

static void
click (GtkWidget *bar, const char *name)
{
  GtkWidget *button = window_fixture_find_button (bar, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* A row for each; it can be changed and taken away; the rest is said when the answer has ended. */
static void
test_queue (void)
{
  WindowFixture fixture;
  GtkWidget *bar;
  g_autofree char *text = NULL;

  g_setenv ("RUNNEL_OFFLINE_PACE", "20", TRUE);
  window_fixture_open (&fixture);
  bar = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_QUEUE_BAR, 0);
  g_assert_false (gtk_widget_get_visible (bar));
  window_fixture_ask (&fixture, "write 150 words");
  write_and_send (&fixture, "What is 4 + 4?");
  window_fixture_wait_text (bar, "What is 4 + 4?");
  text = rnl_composer_dup_text (get_composer (&fixture));
  g_assert_cmpstr (text, ==, "");
  window_fixture_assert_named (bar);

  click (bar, "Edit");
  g_assert_false (gtk_widget_get_visible (bar));
  g_free (text);
  text = rnl_composer_dup_text (get_composer (&fixture));
  g_assert_cmpstr (text, ==, "What is 4 + 4?");
  write_and_send (&fixture, "Never said");
  click (bar, "Remove");
  g_assert_false (gtk_widget_get_visible (bar));

  write_and_send (&fixture, "What is 5 + 6?");
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "never drink");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "11");
  window_fixture_wait_idle (&fixture);
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_false (window_fixture_shows (GTK_WIDGET (fixture.window), "Never said"));
  window_fixture_done (&fixture);
}

static char *
dup_accessible_name (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                             "");
}

/* What waited behind an answer that was stopped is not said to wait for its end, and can be sent.
 */
static void
test_stopped (void)
{
  WindowFixture fixture;
  GtkWidget *bar, *send, *icon;
  g_autofree char *waiting = NULL, *stopped = NULL;

  g_setenv ("RUNNEL_OFFLINE_PACE", "20", TRUE);
  window_fixture_open (&fixture);
  bar = window_fixture_find (GTK_WIDGET (fixture.window), RNL_TYPE_QUEUE_BAR, 0);
  window_fixture_ask (&fixture, "write 150 words");
  write_and_send (&fixture, "What is 5 + 6?");
  write_and_send (&fixture, "What is 2 + 2?");
  window_fixture_wait_text (bar, "What is 2 + 2?");
  send = window_fixture_find_button (bar, "Send now");
  icon = gtk_widget_get_first_child (gtk_widget_get_first_child (bar));
  waiting = dup_accessible_name (icon);
  g_assert_nonnull (strstr (waiting, "Waits for the end of the answer"));
  g_assert_false (gtk_widget_get_visible (send));

  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (get_composer (&fixture)), "composer.stop", NULL);
  window_fixture_wait_idle (&fixture);
  stopped = dup_accessible_name (icon);
  g_assert_nonnull (strstr (stopped, "Not sent yet"));
  g_assert_true (gtk_widget_get_visible (send));
  window_fixture_assert_named (bar);

  click (bar, "Send now");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "11");
  window_fixture_wait_idle (&fixture);
  g_assert_false (gtk_widget_get_visible (bar));
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/queue/row", test_queue);
  g_test_add_func ("/queue/stopped", test_stopped);

  return g_test_run ();
}
