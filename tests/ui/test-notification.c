/* test-notification.c: an answer goes on without a window, and its end is told
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The real program on a bus of its own, in its own main loop, which ends as soon as nothing keeps
 * it: so what happens is a list of steps, each taken when what it waits for is there. */
#include "config.h"

#include <string.h>

#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

#define N_WORDS     40
#define FRAME_BYTES 96
#define PIECE_MS    80
#define DEADLINE_S  90

/* What a desktop offers: it shows notifications, and a person clicks on them. */

static const char interface_xml[]
  = "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "</interface></node>";

typedef struct
{
  GDBusConnection *bus;
  guint n_shown;
  char *summary;
  char *body;
  gboolean has_default;
} Desktop;

static void
call_cb (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Desktop *desktop = user_data;
  g_autofree const char **actions = NULL;

  if (g_str_equal (method, "GetCapabilities"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("(['actions'],)"));
      return;
    }
  if (!g_str_equal (method, "Notify"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  g_clear_pointer (&desktop->summary, g_free);
  g_clear_pointer (&desktop->body, g_free);
  g_variant_get_child (parameters, 3, "s", &desktop->summary);
  g_variant_get_child (parameters, 4, "s", &desktop->body);
  g_variant_get_child (parameters, 5, "^a&s", &actions);
  desktop->has_default = g_strv_contains (actions, "default");
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", ++desktop->n_shown));
}

static void
desktop_init (Desktop *desktop, const char *address)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  desktop->bus = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (desktop->bus, "/org/freedesktop/Notifications",
                                     info->interfaces[0], &vtable, desktop, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (
    desktop->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "RequestName", g_variant_new ("(su)", "org.freedesktop.Notifications", 0), NULL,
    G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
desktop_click (Desktop *desktop)
{
  g_dbus_connection_emit_signal (desktop->bus, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", desktop->n_shown, "default"), NULL);
}

static void
wait_for_reply (GDBusConnection *bus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
    bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", NULL,
    NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/* GLib 2.74 frees a notification that is still open for ever and ever when the bus goes away. */
static void
desktop_put_away (Desktop *desktop)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  for (guint i = 1; i <= desktop->n_shown; i++)
    g_dbus_connection_emit_signal (desktop->bus, NULL, "/org/freedesktop/Notifications",
                                   "org.freedesktop.Notifications", "NotificationClosed",
                                   g_variant_new ("(uu)", i, 1), NULL);
  /* The bus has it, then who listens has it. */
  wait_for_reply (desktop->bus);
  wait_for_reply (session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
desktop_clear (Desktop *desktop)
{
  g_dbus_connection_close_sync (desktop->bus, NULL, NULL);
  g_clear_object (&desktop->bus);
  g_free (desktop->summary);
  g_free (desktop->body);
}

/* The steps. */

typedef struct _Story Story;
struct _Story
{
  WindowFixture fixture;
  Desktop desktop;
  RnlTestServer *server;
  gint64 deadline;
  gboolean (*const *steps) (Story *story);
  guint n_steps;
  guint step;
  guint64 n_written; /* by the server, when the window was gone */
  char *chat_id;
};

static RnlWorkspace *
workspace_of (Story *story)
{
  return rnl_application_get_workspace (story->fixture.application);
}

static RnlWindow *
get_window (Story *story)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (story->fixture.application));

  return windows != NULL && gtk_widget_get_mapped (windows->data) ? windows->data : NULL;
}

static gboolean
shows (Story *story, const char *text)
{
  RnlWindow *window = get_window (story);
  GtkWidget *transcript = window != NULL
                            ? window_fixture_find (GTK_WIDGET (window), RNL_TYPE_TRANSCRIPT_VIEW, 0)
                            : NULL;

  return transcript != NULL && window_fixture_shows (transcript, text);
}

static void
close_window (Story *story)
{
  g_free (story->chat_id);
  story->chat_id = g_strdup (
    rnl_chat_get_id (rnl_conversation_get_chat (rnl_window_get_conversation (get_window (story)))));
  gtk_window_close (GTK_WINDOW (get_window (story)));
}

static gboolean
is_gone_and_busy (Story *story)
{
  GtkApplication *application = GTK_APPLICATION (story->fixture.application);

  if (gtk_application_get_windows (application) != NULL)
    return FALSE;

  /* Closed in the middle of the answer, which nobody stopped. */
  g_assert_cmpuint (rnl_workspace_get_n_busy (workspace_of (story)), ==, 1);
  story->n_written = rnl_test_server_get_n_written (story->server);
  g_assert_cmpuint (story->n_written, <, N_WORDS * FRAME_BYTES);

  return TRUE;
}

static gboolean
begin (Story *story)
{
  g_autofree char *url = NULL;

  if (get_window (story) == NULL)
    return FALSE;

  story->fixture.window = get_window (story);
  url = rnl_test_server_dup_url (story->server, "/v1");
  window_fixture_use_server (&story->fixture, url);
  window_fixture_ask (&story->fixture, "Take your time");

  return TRUE;
}

static gboolean
close_in_the_middle (Story *story)
{
  if (!shows (story, "word02"))
    return FALSE;

  g_assert_false (shows (story, "word39"));
  close_window (story);

  return TRUE;
}

static gboolean
is_shown (gpointer user_data)
{
  return ((Story *) user_data)->desktop.n_shown > 0;
}

/* The whole answer has come without a window, and the person was told so, once. */
static void
assert_told (Story *story)
{
  Desktop *desktop = &story->desktop;

  g_assert_cmpuint (desktop->n_shown, ==, 1);
  g_assert_cmpstr (desktop->summary, ==, "The answer is complete");
  g_assert_cmpstr (desktop->body, ==, "Take your time");
  g_assert_true (desktop->has_default);
  g_assert_cmpuint (rnl_test_server_get_n_written (story->server), >=, N_WORDS * FRAME_BYTES);
  g_assert_cmpuint (rnl_test_server_get_n_abandoned (story->server), ==, 0);
}

static gboolean
was_told (Story *story)
{
  if (!is_shown (story))
    return FALSE;

  assert_told (story);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (story->fixture.application)));
  desktop_click (&story->desktop);

  return TRUE;
}

/* The click on the notification opens the chat, with all that came without a window; asked again,
 * it answers again. */
static gboolean
came_back (Story *story)
{
  if (!shows (story, "word00") || !shows (story, "word39"))
    return FALSE;

  story->fixture.window = get_window (story);
  window_fixture_ask (&story->fixture, "Once more");

  return TRUE;
}

static guint
count (Story *story, const char *word)
{
  RnlWindow *window = get_window (story);
  g_autofree char *text = window != NULL ? window_fixture_dup_text (GTK_WIDGET (window)) : NULL;
  guint n = 0;

  for (const char *p = text; p != NULL && (p = strstr (p, word)) != NULL; p++)
    n++;

  return n;
}

static gboolean
close_again (Story *story)
{
  if (rnl_test_server_get_n_written (story->server) < (N_WORDS + 4) * FRAME_BYTES)
    return FALSE;

  close_window (story);

  return TRUE;
}

static gboolean
is_gone_again (Story *story)
{
  GActionGroup *actions = G_ACTION_GROUP (story->fixture.application);

  if (gtk_application_get_windows (GTK_APPLICATION (story->fixture.application)) != NULL)
    return FALSE;

  g_assert_cmpuint (rnl_workspace_get_n_busy (workspace_of (story)), ==, 1);
  g_action_group_activate_action (actions, "open-chat", g_variant_new_string (story->chat_id));

  return TRUE;
}

/* A window that comes back while the answer grows has what there was, and what is new. */
static gboolean
is_reattached (Story *story)
{
  RnlWindow *window = get_window (story);

  if (window == NULL || count (story, "word03") == 0)
    return FALSE;

  g_assert_true (rnl_conversation_get_busy (rnl_window_get_conversation (window)));
  story->fixture.window = window;

  return TRUE;
}

static gboolean
is_whole (Story *story)
{
  if (rnl_workspace_get_n_busy (workspace_of (story)) > 0 || count (story, "word39") == 0)
    return FALSE;

  /* Nothing keeps the program any more: its loop is left. */
  g_application_release (G_APPLICATION (story->fixture.application));
  gtk_window_close (GTK_WINDOW (get_window (story)));

  return TRUE;
}

static gboolean
step_cb (gpointer user_data)
{
  Story *story = user_data;

  if (g_get_monotonic_time () > story->deadline)
    g_error ("step %u never happened", story->step);
  if (story->steps[story->step](story))
    story->step++;

  return story->step < story->n_steps;
}

static char *
make_body (void)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < N_WORDS; i++)
    {
      g_autofree char *frame = g_strdup_printf (
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word%02u \"}}]", i);

      g_string_append_printf (body, "%-*s}\n\n", FRAME_BYTES - 3, frame);
    }
  g_string_append (body, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                         "\"stop\"}]}\n\ndata: [DONE]\n\n");

  return g_string_free (body, FALSE);
}

/* Runs the program until its loop is left, which is when nothing keeps it. */
static void
tell (Story *story, gboolean hold)
{
  static char *arguments[] = { (char *) "runnel", NULL };
  GApplication *application;

  desktop_init (&story->desktop, g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  story->deadline
    = g_get_monotonic_time () + (gint64) (DEADLINE_S * rnl_test_get_slowdown ()) * G_USEC_PER_SEC;
  story->fixture.application = rnl_application_new ();
  application = G_APPLICATION (story->fixture.application);
  if (hold)
    g_application_hold (application);
  g_timeout_add (10, step_cb, story);
  g_assert_cmpint (g_application_run (application, 1, arguments), ==, 0);
  g_assert_cmpuint (story->step, ==, story->n_steps);
  rnl_test_wait_for (is_shown, story);
  desktop_put_away (&story->desktop);
  g_assert_finalize_object (story->fixture.application);
}

static void
tell_story (Story *story, gboolean hold)
{
  g_autofree char *body = make_body ();

  story->server = rnl_test_server_new ();
  rnl_test_server_set_path (story->server, "/chat/completions");
  rnl_test_server_push (
    story->server,
    &(RnlTestReply){ .body = body,
                     .piece = FRAME_BYTES,
                     .piece_delay_ms = (guint) (PIECE_MS * rnl_test_get_slowdown ()) });
  tell (story, hold);
  if (!hold)
    assert_told (story);

  desktop_clear (&story->desktop);
  rnl_test_server_free (story->server);
  g_free (story->chat_id);
}

/* Nothing but the answer keeps the program: it stays to its end, and tells of it. */
static void
test_without_window (void)
{
  static gboolean (*const steps[]) (Story * story)
    = { begin, close_in_the_middle, is_gone_and_busy };
  Story story = { .steps = steps, .n_steps = G_N_ELEMENTS (steps) };

  tell_story (&story, FALSE);
}

/* A program that is still there when the person clicks, or comes back before the end. */
static void
test_reattach (void)
{
  static gboolean (*const steps[]) (Story * story)
    = { begin,       close_in_the_middle, is_gone_and_busy, was_told, came_back,
        close_again, is_gone_again,       is_reattached,    is_whole };
  Story story = { .steps = steps, .n_steps = G_N_ELEMENTS (steps) };

  tell_story (&story, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) session = NULL;
  GTestDBus *bus = window_fixture_init_bus (&argc, &argv);
  int status;

  if (bus == NULL)
    return 0;

  session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (session, FALSE);
  /* The other ways to tell are asked first where they are; this one is always there. */
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  g_test_add_func ("/notification/without-window", test_without_window);
  g_test_add_func ("/notification/reattach", test_reattach);
  status = g_test_run ();

  g_test_dbus_stop (bus);

  return status;
}
