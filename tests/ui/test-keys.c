/* test-keys.c: keys as a keyboard sends them, in the real window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-composer.h"
#include "rnl-find-bar.h"
#include "rnl-test-keys.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

#define QUESTION "Which keyboard shortcuts does Runnel have?"

static gboolean
has_answer (WindowFixture *fixture)
{
  GtkWidget *transcript
    = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_TRANSCRIPT_VIEW, 0);

  return transcript != NULL && window_fixture_shows (transcript, "Runnel");
}

/* An answer is on its way, slowly. */
static void
start (WindowFixture *fixture)
{
  g_setenv ("RUNNEL_OFFLINE_PACE", "100", TRUE);
  window_fixture_open (fixture);
  window_fixture_wait_active (fixture);
  window_fixture_ask (fixture, QUESTION);
  rnl_test_wait_for (has_answer, fixture);
}

static void
stop (WindowFixture *fixture)
{
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  window_fixture_done (fixture);
}

static gboolean
is_running (WindowFixture *fixture)
{
  return rnl_conversation_get_busy (rnl_window_get_conversation (fixture->window));
}

static gboolean
is_idle (WindowFixture *fixture)
{
  return !is_running (fixture);
}

static GtkWidget *
get_find_bar (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_FIND_BAR, 0);
}

/* A key before the first frame that shows it would find nobody to take it. */
static gboolean
find_bar_shown (WindowFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return rnl_find_bar_is_open (RNL_FIND_BAR (get_find_bar (fixture))) && focus != NULL
         && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, get_find_bar (fixture));
}

static gboolean
find_bar_hidden (WindowFixture *fixture)
{
  return !rnl_find_bar_is_open (RNL_FIND_BAR (get_find_bar (fixture)));
}

static void
test_escape_stops (void)
{
  WindowFixture fixture;

  start (&fixture);
  g_assert_true (is_running (&fixture));
  rnl_test_press_keys (GDK_KEY_Escape, 0);
  rnl_test_wait_for (is_idle, &fixture);
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Stopped");
  stop (&fixture);
}

/* What is open over the chat takes Escape first. */
static void
test_escape_closes_find (void)
{
  WindowFixture fixture;

  start (&fixture);
  rnl_test_press_keys (GDK_KEY_Control_L, GDK_KEY_f, 0);
  rnl_test_wait_for (find_bar_shown, &fixture);
  rnl_test_press_keys (GDK_KEY_Escape, 0);
  rnl_test_wait_for (find_bar_hidden, &fixture);
  g_assert_true (is_running (&fixture));

  rnl_test_press_keys (GDK_KEY_Escape, 0);
  rnl_test_wait_for (is_idle, &fixture);
  stop (&fixture);
}

static gboolean
popover_shown (WindowFixture *fixture)
{
  GtkWidget *popover = window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_POPOVER, 0);

  for (guint i = 0; popover != NULL && !gtk_widget_get_mapped (popover); i++)
    popover = window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_POPOVER, i + 1);

  return popover != NULL;
}

static gboolean
popover_hidden (WindowFixture *fixture)
{
  return !popover_shown (fixture);
}

static void
test_escape_closes_suggestions (void)
{
  WindowFixture fixture;

  start (&fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.focus-composer", NULL);
  rnl_test_press_keys (GDK_KEY_slash, 0);
  rnl_test_wait_for (popover_shown, &fixture);
  rnl_test_press_keys (GDK_KEY_Escape, 0);
  rnl_test_wait_for (popover_hidden, &fixture);
  g_assert_true (is_running (&fixture));
  stop (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  if (!rnl_test_keys_available ())
    {
      g_print ("1..0 # SKIP no X server that takes keys\n");
      return 0;
    }

  g_test_add_func ("/keys/escape-stops", test_escape_stops);
  g_test_add_func ("/keys/escape-closes-find", test_escape_closes_find);
  g_test_add_func ("/keys/escape-closes-suggestions", test_escape_closes_suggestions);

  return g_test_run ();
}
