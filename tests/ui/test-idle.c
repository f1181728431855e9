/* test-idle.c: a window in which nothing happens costs nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

/* Longer than the toolkit shows a scrollbar. */
#define SETTLE_MS 2500
#define LOOK_MS   2000

static guint n_polls;

static gint
poll_counting (GPollFD *fds, guint n_fds, gint timeout)
{
  n_polls++;

  return g_poll (fds, n_fds, timeout);
}

static gboolean
set_cb (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

/* Waits in one sleep, if nobody else wants to wake up. */
static void
sleep_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, set_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (GdkFrameClock *clock, guint *n)
{
  (*n)++;
}

static void
assert_still (WindowFixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  guint n_frames = 0;
  gulong handler;

  /* Things that close themselves after a while, animations, and what is saved late. */
  for (guint tries = 0; tries < 12; tries++)
    {
      n_polls = 0;
      sleep_ms (SETTLE_MS);
      if (n_polls <= 2)
        break;
    }

  handler = g_signal_connect (clock, "before-paint", G_CALLBACK (count_cb), &n_frames);
  n_polls = 0;
  sleep_ms (LOOK_MS);
  g_signal_handler_disconnect (clock, handler);
  g_assert_cmpuint (n_frames, ==, 0);
  /* One to fall asleep, one for the timer that ends the look. */
  g_assert_cmpuint (n_polls, <=, 2);
}

static void
test_empty (void)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  assert_still (&fixture);
  window_fixture_done (&fixture);
}

static void
test_chat (gconstpointer question)
{
  WindowFixture fixture;

  window_fixture_open (&fixture);
  window_fixture_ask (&fixture, question);
  window_fixture_wait_idle (&fixture);
  assert_still (&fixture);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  /* The cursor is the toolkit's, and rests after ten seconds. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  g_main_context_set_poll_func (NULL, poll_counting);
  g_test_add_func ("/idle/empty", test_empty);
  g_test_add_data_func ("/idle/table", "Which keyboard shortcuts does Runnel have?", test_chat);
  g_test_add_data_func ("/idle/steps", "Where is the cat hiding, and what items are there?",
                        test_chat);

  return g_test_run ();
}
