/* test-run-inspector-keys.c: the pane of runs, with a keyboard and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-composer.h"
#include "rnl-run-details.h"
#include "rnl-run-inspector.h"
#include "rnl-run-tree.h"
#include "rnl-test-keys.h"
#include "window-fixture.h"

#define CAT "Where is the cat hiding, and what items are there?"

static GtkWidget *
get_inspector (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_RUN_INSPECTOR, 0);
}

static const char *
get_selected (WindowFixture *fixture)
{
  GtkWidget *tree = window_fixture_find (get_inspector (fixture), RNL_TYPE_RUN_TREE, 0);
  RnlInspectedRun *run = rnl_run_tree_get_selected (RNL_RUN_TREE (tree));

  return run != NULL ? rnl_inspected_run_get_facts (run)->name : NULL;
}

typedef struct
{
  WindowFixture *fixture;
  const char *name;
} Choice;

static gboolean
is_chosen (Choice *choice)
{
  GtkWidget *details
    = window_fixture_find (get_inspector (choice->fixture), RNL_TYPE_RUN_DETAILS, 0);

  return g_strcmp0 (get_selected (choice->fixture), choice->name) == 0
         && window_fixture_shows (details, choice->name);
}

/* A key chooses a run, and below stands what is known of it. */
static void
press (WindowFixture *fixture, guint key, const char *name)
{
  Choice choice = { fixture, name };

  rnl_test_press_keys (key, 0);
  if (!rnl_test_run_until ((RnlTestCondition) is_chosen, &choice, 20000))
    g_error ("“%s” was not chosen, but “%s”", name, get_selected (fixture));
}

static gboolean
is_in_tree (WindowFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return get_inspector (fixture) != NULL && focus != NULL
         && gtk_widget_get_ancestor (focus, RNL_TYPE_RUN_TREE) != NULL
         && gtk_widget_get_mapped (focus);
}

static gboolean
is_closed (WindowFixture *fixture)
{
  return get_inspector (fixture) == NULL;
}

static gboolean
shows_whole_turn (WindowFixture *fixture)
{
  GtkWidget *tree = window_fixture_find (get_inspector (fixture), RNL_TYPE_RUN_TREE, 0);
  RnlInspectedRun *run = rnl_run_tree_get_selected (RNL_RUN_TREE (tree));

  return run != NULL && !rnl_inspected_run_is_alive (rnl_inspected_run_get_root (run));
}

static void
start (WindowFixture *fixture)
{
  window_fixture_open (fixture);
  window_fixture_wait_active (fixture);
  window_fixture_ask (fixture, CAT);
  window_fixture_wait_idle (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.focus-composer", NULL);
  rnl_test_press_keys (GDK_KEY_F12, 0);
  rnl_test_wait_for (is_in_tree, fixture);
  rnl_test_wait_for (shows_whole_turn, fixture);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

/* Up and down the tree, in and out of it; what is folded away is passed over; a copy of a run. */
static void
test_tree (void)
{
  WindowFixture fixture;
  char *copied = NULL;

  start (&fixture);
  g_assert_cmpstr (get_selected (&fixture), ==, "agent");
  press (&fixture, GDK_KEY_Down, "offline/helper");
  press (&fixture, GDK_KEY_Down, "where_is_the_cat_hiding");
  press (&fixture, GDK_KEY_Right, "where_cat_at");
  press (&fixture, GDK_KEY_Left, "where_is_the_cat_hiding");
  press (&fixture, GDK_KEY_Left, "where_is_the_cat_hiding");
  press (&fixture, GDK_KEY_Down, "offline/helper");
  press (&fixture, GDK_KEY_Up, "where_is_the_cat_hiding");
  press (&fixture, GDK_KEY_Right, "where_is_the_cat_hiding");
  press (&fixture, GDK_KEY_Down, "where_cat_at");

  rnl_test_press_keys (GDK_KEY_Control_L, GDK_KEY_c, 0);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture.window)), NULL,
                                 text_cb, &copied);
  rnl_test_wait_for (is_set, &copied);
  g_assert_nonnull (strstr (copied, "\"name\" : \"where_cat_at\""));
  g_assert_nonnull (strstr (copied, "\"final_output\""));
  g_free (copied);

  press (&fixture, GDK_KEY_Home, "agent");
  window_fixture_done (&fixture);
}

static gboolean
is_composing (WindowFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, RNL_TYPE_COMPOSER) != NULL;
}

/* Escape and F12 close it, and the person goes on writing. */
static void
test_close (void)
{
  WindowFixture fixture;

  start (&fixture);
  rnl_test_press_keys (GDK_KEY_Escape, 0);
  rnl_test_wait_for (is_closed, &fixture);
  g_assert_true (is_composing (&fixture));
  rnl_test_press_keys (GDK_KEY_F12, 0);
  rnl_test_wait_for (is_in_tree, &fixture);
  rnl_test_press_keys (GDK_KEY_F12, 0);
  rnl_test_wait_for (is_closed, &fixture);
  g_assert_true (is_composing (&fixture));
  window_fixture_done (&fixture);
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
  g_test_add_func ("/run-inspector-keys/tree", test_tree);
  g_test_add_func ("/run-inspector-keys/close", test_close);

  return g_test_run ();
}
