/* chat-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "chat-fixture.h"

#include <string.h>

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ChatFixture *fixture = user_data;
  g_autofree char *text = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (fixture->actions, "%s%s;", g_action_get_name (G_ACTION (action)), text);
}

static void
add_action (ChatFixture *fixture, GSimpleActionGroup *group, const char *name, const char *type)
{
  g_autoptr (GVariantType) variant_type = type != NULL ? g_variant_type_new (type) : NULL;
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, variant_type);

  g_signal_connect (action, "activate", G_CALLBACK (activated_cb), fixture);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

/* Returns FALSE, having said so in TAP, when there is no display. */
gboolean
chat_fixture_init (int *argc, char ***argv)
{
  rnl_test_init (argc, argv);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  adw_init ();

  return TRUE;
}

void
chat_fixture_show (ChatFixture *fixture, GtkWidget *child)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  fixture->actions = g_string_new (NULL);
  add_action (fixture, group, "decide", "(usss)");
  add_action (fixture, group, "announce", "s");
  add_action (fixture, group, "retry", NULL);
  add_action (fixture, group, "continue", NULL);
  add_action (fixture, group, "hold", NULL);

  fixture->child = g_object_ref_sink (child);
  fixture->window = gtk_window_new ();
  gtk_widget_insert_action_group (fixture->window, "transcript", G_ACTION_GROUP (group));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), child);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rnl_test_wait_for (gtk_widget_get_mapped, child);
}

/* Destroys the window; nothing may keep the widget alive. */
void
chat_fixture_done (ChatFixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->child);
  g_string_free (fixture->actions, TRUE);
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  return --*frames == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
is_zero (gpointer user_data)
{
  return *(guint *) user_data == 0;
}

void
chat_fixture_wait_frames (ChatFixture *fixture, guint frames)
{
  guint left = frames;

  gtk_widget_add_tick_callback (fixture->window, frame_cb, &left, NULL);
  rnl_test_wait_for (is_zero, &left);
}

void
chat_fixture_append (RnlPart *part, const char *text)
{
  rnl_part_append (part, text, strlen (text));
}

static GtkWidget *
find (GtkWidget *widget, GType type, guint *nth)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, nth);

  return found;
}

/* The nth visible or hidden descendant of a type, depth first, or NULL. */
GtkWidget *
chat_fixture_find (GtkWidget *root, GType type, guint nth)
{
  return find (root, type, &nth);
}

GtkWidget *
chat_fixture_find_button (GtkWidget *root, const char *tooltip_or_label)
{
  GtkWidget *button;

  for (guint i = 0; (button = chat_fixture_find (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (button), tooltip_or_label) == 0
        || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), tooltip_or_label) == 0)
      return button;

  return NULL;
}
