/* test-composer.c: where a question is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-composer.h"
#include "window-fixture.h"

typedef struct
{
  GtkWidget *window;
  RnlComposer *composer;
  GString *sent;
  guint changes;
  guint stops;
  guint refusals;
} Fixture;

static void
send_cb (RnlComposer *composer, RnlMessage *message, Fixture *fixture)
{
  g_autofree char *text = rnl_message_dup_text (message);

  g_string_append_printf (fixture->sent, "[%s]", text);
}

static void
count_cb (RnlComposer *composer, guint *count)
{
  ++*count;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->composer = g_object_ref_sink (g_object_new (RNL_TYPE_COMPOSER, NULL));
  fixture->sent = g_string_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 400);
  gtk_widget_set_valign (GTK_WIDGET (fixture->composer), GTK_ALIGN_END);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->composer));
  g_signal_connect (fixture->composer, "send", G_CALLBACK (send_cb), fixture);
  g_signal_connect (fixture->composer, "changed", G_CALLBACK (count_cb), &fixture->changes);
  g_signal_connect (fixture->composer, "stop", G_CALLBACK (count_cb), &fixture->stops);
  g_signal_connect (fixture->composer, "send-refused", G_CALLBACK (count_cb), &fixture->refusals);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rnl_test_wait_for (gtk_widget_get_mapped, GTK_WIDGET (fixture->composer));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->composer);
  g_string_free (fixture->sent, TRUE);
}

static gboolean
press (Fixture *fixture, guint keyval, GdkModifierType state)
{
  GtkWidget *view = window_fixture_find (GTK_WIDGET (fixture->composer), GTK_TYPE_TEXT_VIEW, 0);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
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
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rest = NULL;

  rnl_composer_set_text (fixture->composer, " one \n");
  g_assert_false (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  rest = rnl_composer_dup_text (fixture->composer);
  g_assert_cmpstr (rest, ==, "");

  rnl_composer_set_enter_sends (fixture->composer, FALSE);
  rnl_composer_set_text (fixture->composer, "two");
  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  rnl_composer_set_text (fixture->composer, "three");
  g_assert_true (press (fixture, GDK_KEY_KP_Enter, GDK_CONTROL_MASK));
  g_assert_cmpstr (fixture->sent->str, ==, "[one][two][three]");
}

/* Blank text is not sent, and nothing is while an answer is on its way: then it is Stop. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->composer);
  g_autofree char *kept = NULL;

  g_assert_false (gtk_widget_is_sensitive (window_fixture_find_button (root, "Send")));
  rnl_composer_set_text (fixture->composer, " \n\t");
  g_assert_false (gtk_widget_is_sensitive (window_fixture_find_button (root, "Send")));
  rnl_composer_set_text (fixture->composer, "later");
  g_assert_true (gtk_widget_is_sensitive (window_fixture_find_button (root, "Send")));

  rnl_composer_set_busy (fixture->composer, TRUE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->refusals, ==, 1);
  kept = rnl_composer_dup_text (fixture->composer);
  g_assert_cmpstr (kept, ==, "later");
  g_signal_emit_by_name (window_fixture_find_button (root, "Stop (Escape)"), "clicked");
  g_assert_cmpuint (fixture->stops, ==, 1);
  rnl_composer_set_busy (fixture->composer, FALSE);
  g_assert_cmpstr (fixture->sent->str, ==, "");
  g_assert_cmpuint (fixture->changes, ==, 0);
  window_fixture_assert_named (root);
}

/* How high it is with that many lines, once all of them were laid out. */
static int
measure (Fixture *fixture, guint lines)
{
  g_autoptr (GString) text = g_string_new ("1");
  int before, height = -1;

  for (guint i = 2; i <= lines; i++)
    g_string_append_printf (text, "\n%u", i);
  rnl_composer_set_text (fixture->composer, text->str);
  do
    {
      before = height;
      window_fixture_wait_frames (fixture->window, 6);
      gtk_widget_measure (GTK_WIDGET (fixture->composer), GTK_ORIENTATION_VERTICAL, 400, NULL,
                          &height, NULL, NULL);
    }
  while (height != before);

  return height;
}

/* It grows with its lines, to eight of them. */
static void
test_height (Fixture *fixture, gconstpointer data)
{
  int one = measure (fixture, 1);
  int four = measure (fixture, 4);
  int eight = measure (fixture, 8);

  g_assert_cmpint (four, >, one);
  g_assert_cmpint (eight, >, four);
  g_assert_cmpint (measure (fixture, 13), ==, eight);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  adw_init ();

  g_test_add ("/composer/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/composer/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/composer/height", Fixture, NULL, set_up, test_height, tear_down);

  return g_test_run ();
}
