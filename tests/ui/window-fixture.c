/* window-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Returns FALSE, having said so in TAP, when there is no display. */
gboolean
window_fixture_init (int *argc, char ***argv)
{
  rnl_test_init (argc, argv);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", FALSE);
  /* No bus: this program is not the one a person may have open, and keys stay in memory. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  /* Nothing listens there: no server of this machine gets into a test. */
  g_setenv ("OLLAMA_HOST", "127.0.0.1:1", TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }

  return TRUE;
}

/* The same with a session bus, which is there when the test is over: libraries keep connections
 * that g_test_dbus_down () would wait for. It is a child of a fork of this process, which must not
 * have threads then: what they hold is held for ever in the fork. NULL where there is no display.
 */
GTestDBus *
window_fixture_init_bus (int *argc, char ***argv)
{
  static GTestDBus *bus;
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  /* It takes the display away. */
  if (display != NULL)
    g_setenv ("DISPLAY", display, TRUE);
  if (!window_fixture_init (argc, argv))
    {
      g_test_dbus_stop (bus);
      return NULL;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);

  return bus;
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window) && gtk_window_get_focus (window) != NULL;
}

/* Until keys that are pressed come to the window. */
void
window_fixture_wait_active (WindowFixture *fixture)
{
  rnl_test_wait_for (is_active, fixture->window);
}

/* A model is asked for what a test says and nothing else; one that is about names wants them. */
static void
keep_titles_to_rule (void)
{
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);
  g_autoptr (GVariant) wanted = g_settings_get_user_value (settings, "name-chats");

  if (wanted == NULL)
    g_settings_set_boolean (settings, "name-chats", FALSE);
}

static gboolean
has_window (WindowFixture *fixture)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (fixture->application));

  return windows != NULL && gtk_widget_get_mapped (windows->data);
}

/* Starts the program with what is on disk. */
void
window_fixture_open (WindowFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GApplication *application;

  keep_titles_to_rule ();
  fixture->application = rnl_application_new ();
  application = G_APPLICATION (fixture->application);
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_application_register (application, NULL, &error);
  g_assert_no_error (error);
  g_application_activate (application);
  rnl_test_wait_for (has_window, fixture);
  fixture->window = gtk_application_get_windows (GTK_APPLICATION (application))->data;
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
print_nothing (const char *text)
{
}

/* Only a run ends with leaving the bus; this one does nothing else. */
static void
leave_bus (GApplication *application)
{
  char *arguments[] = { (char *) "runnel", (char *) "--version", NULL };
  GPrintFunc print = g_set_print_handler (print_nothing);

  g_assert_cmpint (g_application_run (application, 2, arguments), ==, 0);
  g_set_print_handler (print);
}

/* Ends the program; what was written is on disk. No window may be kept alive. */
void
window_fixture_close (WindowFixture *fixture)
{
  RnlWorkspace *workspace = rnl_application_get_workspace (fixture->application);
  GApplication *application = G_APPLICATION (fixture->application);
  RnlWindow *window = g_object_ref (fixture->window);
  gboolean flushed = FALSE;

  gtk_window_close (GTK_WINDOW (window));
  rnl_library_flush_async (rnl_workspace_get_library (workspace), NULL, flushed_cb, &flushed);
  rnl_test_wait_for (is_true, &flushed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (window);
  leave_bus (application);
  g_assert_finalize_object (fixture->application);
  fixture->application = NULL;
  fixture->window = NULL;
}

static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (gsize i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

/* Ends the program and forgets everything. */
void
window_fixture_done (WindowFixture *fixture)
{
  static const char *const files[]
    = { "library.db", "library.db-wal", "library.db-shm", "prompts.json" };

  window_fixture_close (fixture);
  reset_settings ();
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "runnel", files[i], NULL);

      g_remove (path);
    }
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
window_fixture_wait_frames (GtkWidget *widget, guint frames)
{
  guint left = frames;

  gtk_widget_add_tick_callback (widget, frame_cb, &left, NULL);
  rnl_test_wait_for (is_zero, &left);
}

/* Writes a question into the composer and presses Send. */
void
window_fixture_ask (WindowFixture *fixture, const char *question)
{
  GtkWidget *send;

  rnl_window_compose (fixture->window, question);
  send = window_fixture_find_button (GTK_WIDGET (fixture->window), "Send");
  g_assert_true (gtk_widget_is_sensitive (send));
  g_signal_emit_by_name (send, "clicked");
}

static gboolean
is_idle (RnlWindow *window)
{
  return !rnl_conversation_get_busy (rnl_window_get_conversation (window));
}

void
window_fixture_wait_idle (WindowFixture *fixture)
{
  rnl_test_wait_for (is_idle, fixture->window);
  window_fixture_wait_frames (GTK_WIDGET (fixture->window), 3);
}

/* Lets a model behind BASE_URL answer in the chat that is shown. */
void
window_fixture_use_server (WindowFixture *fixture, const char *base_url)
{
  window_fixture_use_protocol (fixture, "openai-chat", base_url);
}

void
window_fixture_use_protocol (WindowFixture *fixture, const char *protocol, const char *base_url)
{
  RnlWorkspace *workspace = rnl_application_get_workspace (fixture->application);
  g_autoptr (GError) error = NULL;
  RnlAccount *account
    = rnl_accounts_add (rnl_workspace_get_accounts (workspace), "Test", protocol, base_url, &error);
  g_autofree char *id = NULL;
  g_autoptr (RnlChatModel) model = NULL;

  g_assert_no_error (error);
  id = g_strdup_printf ("%s/m", rnl_account_get_id (account));
  model = rnl_workspace_dup_model (workspace, id);
  rnl_conversation_set_model (rnl_window_get_conversation (fixture->window), model);
}

GListModel *
window_fixture_list_chats (WindowFixture *fixture)
{
  RnlWorkspace *workspace = rnl_application_get_workspace (fixture->application);

  return rnl_library_list_chats (rnl_workspace_get_library (workspace));
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

/* The nth descendant of a type, seen or not, depth first; or NULL. */
GtkWidget *
window_fixture_find (GtkWidget *root, GType type, guint nth)
{
  return find (root, type, &nth);
}

/* The button with that label or tooltip, without mnemonics; or NULL. */
GtkWidget *
window_fixture_find_button (GtkWidget *root, const char *name)
{
  GtkWidget *button;

  for (guint i = 0; (button = window_fixture_find (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (button), name) == 0
        || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), name) == 0)
      return button;

  return NULL;
}

static void
add_text (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_INSCRIPTION (widget))
    g_string_append_printf (text, "%s\n", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  else if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      g_autofree char *content = NULL;

      g_object_get (buffer, "text", &content, NULL);
      g_string_append_printf (text, "%s\n", content);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_text (child, text);
}

/* All text that is on screen below ROOT. */
char *
window_fixture_dup_text (GtkWidget *root)
{
  GString *text = g_string_new (NULL);

  add_text (root, text);

  return g_string_free (text, FALSE);
}

gboolean
window_fixture_shows (GtkWidget *root, const char *text)
{
  g_autofree char *all = window_fixture_dup_text (root);

  return strstr (all, text) != NULL;
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Sight;

static gboolean
is_seen (Sight *sight)
{
  return window_fixture_shows (sight->root, sight->text);
}

void
window_fixture_wait_text (GtkWidget *root, const char *text)
{
  Sight sight = { root, text };

  if (!rnl_test_run_until ((RnlTestCondition) is_seen, &sight, 20000))
    {
      g_autofree char *all = window_fixture_dup_text (root);

      g_error ("“%s” never appeared; there is:\n%s", text, all);
    }
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static gboolean
is_open (gpointer type)
{
  return find_toplevel (GPOINTER_TO_SIZE (type)) != NULL;
}

GtkWidget *
window_fixture_wait_toplevel (GType type)
{
  rnl_test_wait_for (is_open, GSIZE_TO_POINTER (type));

  return find_toplevel (type);
}

/* A label with text somewhere inside names a button. */
static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;

  return FALSE;
}

/* Not a menu button with a button inside, which is the one that takes the focus. */
static gboolean
is_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget)
         || (GTK_IS_MENU_BUTTON (widget) && !GTK_IS_BUTTON (gtk_widget_get_first_child (widget)));
}

/* Newer GTK makes the tooltip of a button its name by itself. */
static gboolean
is_named_by_tooltip (GtkWidget *widget)
{
  return gtk_check_version (4, 14, 0) == NULL && gtk_widget_get_tooltip_text (widget) != NULL;
}

/* What a row of choices opens, and the list in it. */
static void
assert_choices_named (GtkWidget *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkWidget *popover = window_fixture_find (row, GTK_TYPE_POPOVER, 0);

  window_fixture_assert_name (popover, title);
  window_fixture_assert_name (window_fixture_find (popover, GTK_TYPE_LIST_VIEW, 0), title);
}

/* Every button of ours has a name, and every choice; the buttons of GTK's own widgets are GTK's. */
void
window_fixture_assert_named (GtkWidget *root)
{
  if (ADW_IS_COMBO_ROW (root))
    assert_choices_named (root);
  if (GTK_IS_WINDOW_CONTROLS (root) || GTK_IS_SPIN_BUTTON (root))
    return;
  if (GTK_IS_REVEALER (root) && !gtk_revealer_get_reveal_child (GTK_REVEALER (root)))
    return;
  if (is_button (root) && !has_words (root) && !is_named_by_tooltip (root)
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (root),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    {
      const char *tooltip = gtk_widget_get_tooltip_text (root);
      GtkWidget *parent = gtk_widget_get_parent (root);

      g_error ("A %s in a %s has no name (tooltip “%s”)", G_OBJECT_TYPE_NAME (root),
               G_OBJECT_TYPE_NAME (parent), tooltip != NULL ? tooltip : "");
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    window_fixture_assert_named (child);
}

/* NAME is all that assistive technology reads. */
void
window_fixture_assert_name (GtkWidget *widget, const char *name)
{
  g_autofree char *other = NULL;

  g_assert_nonnull (widget);
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_assert_cmpstr (other, ==, NULL);
}
