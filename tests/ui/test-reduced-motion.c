/* test-reduced-motion.c: where a person wants no animations, nothing moves by itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-fold-header.h"
#include "window-fixture.h"

#define LOOK_MS 1000

/* Of a spinner, a second: style.css. */
#define TURNS 12

/* A change of the layout is drawn by then, and an animation has hardly begun. */
#define FRAMES 3

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

/* Whether WIDGET is on its way from one state to another. */
static gboolean
is_moving (GtkWidget *widget)
{
  if (GTK_IS_REVEALER (widget))
    return gtk_revealer_get_child_revealed (GTK_REVEALER (widget))
           != gtk_revealer_get_reveal_child (GTK_REVEALER (widget));
  if (GTK_IS_STACK (widget))
    return gtk_stack_get_transition_running (GTK_STACK (widget));
  if (ADW_IS_FLAP (widget))
    {
      double progress = adw_flap_get_reveal_progress (ADW_FLAP (widget));

      return progress > 0 && progress < 1;
    }

  return FALSE;
}

static guint
count_moving (GtkWidget *root)
{
  guint n = is_moving (root);

  if (n > 0)
    g_test_message ("%s moves", G_OBJECT_TYPE_NAME (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_moving (child);

  return n;
}

static guint
activate_and_count (GtkWidget *widget, const char *action)
{
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
  window_fixture_wait_frames (widget, FRAMES);

  return count_moving (widget);
}

static void
count_cb (GdkFrameClock *clock, guint *n)
{
  (*n)++;
}

static gboolean
set_cb (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

static guint
count_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint n = 0;
  gboolean over = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_cb), &n);

  g_timeout_add (LOOK_MS, set_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);

  return n;
}

static gboolean
has_many (gpointer n)
{
  return *(guint *) n > 10;
}

/* However long that takes. */
static void
wait_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint n = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_cb), &n);

  rnl_test_wait_for (has_many, &n);
  g_signal_handler_disconnect (clock, handler);
}

/* All that slides, fades or unfolds by itself. */
static void
test_changes (void)
{
  static const char *const actions[]
    = { "win.toggle-sidebar", "win.toggle-sidebar",     "win.find",    "win.stop", "win.inspector",
        "win.inspector",      "win.new-temporary-chat", "win.new-chat" };
  WindowFixture fixture;
  GtkWidget *window, *header;

  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  window_fixture_ask (&fixture, "Where is the cat hiding, and what items are there?");
  window_fixture_wait_idle (&fixture);

  /* What this looks at does move, when it may. */
  g_assert_cmpuint (activate_and_count (window, "win.toggle-sidebar"), >, 0);
  set_animations (FALSE);
  activate_and_count (window, "win.toggle-sidebar");

  g_assert_cmpuint (count_moving (window), ==, 0);
  header = window_fixture_find (window, RNL_TYPE_FOLD_HEADER, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (gtk_widget_activate (header));
      window_fixture_wait_frames (window, FRAMES);
      g_assert_cmpuint (count_moving (window), ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_test_message ("%s", actions[i]);
      g_assert_cmpuint (activate_and_count (window, actions[i]), ==, 0);
    }
  window_fixture_done (&fixture);
  set_animations (TRUE);
}

static gboolean
is_busy (gpointer window)
{
  return window_fixture_shows (window, "And the dog?")
         && window_fixture_find (window, GTK_TYPE_SPINNER, 0) != NULL;
}

/* What closes itself after a while moves before. */
#define LOOKS 8

/* Each turn is painted, with all that the window has to look at for it: not in each frame. */
static void
check_turns (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  guint n = 0, most = 0;
  gulong handler = g_signal_connect (clock, "paint", G_CALLBACK (count_cb), &n);

  for (guint i = 0; i < LOOKS && (i == 0 || n > most); i++)
    {
      gint64 begin = g_get_monotonic_time ();

      n = 0;
      count_frames (window);
      most = 3 + TURNS * (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, most);
  g_signal_handler_disconnect (clock, handler);
}

/* While an answer is waited for, spinners turn; they stand still where nothing shall move. */
static void
test_waiting (void)
{
  WindowFixture fixture;
  GtkWidget *window;
  guint n = G_MAXUINT;

  g_setenv ("RUNNEL_OFFLINE_PACE", "10000", TRUE);
  window_fixture_open (&fixture);
  window = GTK_WIDGET (fixture.window);
  window_fixture_ask (&fixture, "And the dog?");
  rnl_test_wait_for (is_busy, window);
  wait_frames (window);
  check_turns (window);

  set_animations (FALSE);
  for (guint i = 0; i < LOOKS && n > 0; i++)
    n = count_frames (window);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (is_busy (window));

  g_assert_true (gtk_widget_activate_action (window, "win.stop", NULL));
  window_fixture_wait_idle (&fixture);
  window_fixture_done (&fixture);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  set_animations (TRUE);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  /* Not motion, and a setting of its own. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  g_test_add_func ("/reduced-motion/changes", test_changes);
  g_test_add_func ("/reduced-motion/waiting", test_waiting);

  return g_test_run ();
}
