/* rnl-application.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-application.h"

#include <glib/gi18n.h>

#include "rnl-application-private.h"
#include "rnl-bus-service.h"
#include "rnl-compat.h"
#include "rnl-frame-task.h"
#include "rnl-heap.h"
#include "rnl-program-host.h"
#include "rnl-window.h"

/**
 * RnlApplication:
 *
 * Opens the workspace, then does what it was asked for: a window, a question in a composer, a chat.
 * What arrives before the workspace is open waits for it.
 */
struct _RnlApplication
{
  AdwApplication parent_instance;

  /* owned */
  RnlWorkspace *workspace;
  RnlProgramHost *host;
  RnlBusService *service; /* nullable: with a bus */
  GQueue waiting;         /* of Request */

  gboolean ready;
};

typedef void (*RequestFunc) (RnlApplication *self, const char *text);

typedef struct
{
  RequestFunc func;
  char *text;
} Request;

/* A service nobody uses ends after so many milliseconds: who asks once often asks again. */
#define SERVICE_LINGERS 10000

G_DEFINE_FINAL_TYPE (RnlApplication, rnl_application, ADW_TYPE_APPLICATION)

static void
request_free (Request *request)
{
  g_free (request->text);
  g_free (request);
}

/* Runs FUNC now, or as soon as the workspace is open. */
static void
when_ready (RnlApplication *self, RequestFunc func, const char *text)
{
  Request *request;

  if (self->ready)
    {
      func (self, text);
      return;
    }
  request = g_new0 (Request, 1);
  request->func = func;
  request->text = g_strdup (text);
  g_queue_push_tail (&self->waiting, request);
  g_application_hold (G_APPLICATION (self));
}

static RnlWindow *
make_window (RnlApplication *self)
{
  return rnl_window_new (GTK_APPLICATION (self), self->workspace);
}

/* The window used last, or a new one. */
static RnlWindow *
need_window (RnlApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RNL_IS_WINDOW (l->data))
      return l->data;

  return make_window (self);
}

static void
present (RnlApplication *self, const char *text)
{
  gtk_window_present (GTK_WINDOW (need_window (self)));
}

static void
present_new (RnlApplication *self, const char *text)
{
  gtk_window_present (GTK_WINDOW (make_window (self)));
}

static void
new_chat (RnlApplication *self, const char *text)
{
  RnlWindow *window = need_window (self);

  rnl_window_new_chat (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* Never sends by itself: a person presses Enter. What was being written is not lost: it stays in
 * the window that has it. */
static void
ask (RnlApplication *self, const char *text)
{
  RnlWindow *window = need_window (self);
  g_autofree char *written = NULL;

  rnl_window_new_chat (window);
  written = rnl_window_dup_composed (window);
  if (*written != '\0' && g_strcmp0 (written, text) != 0)
    window = make_window (self);
  rnl_window_compose (window, text);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_chat (RnlApplication *self, const char *chat_id)
{
  RnlChat *chat = rnl_library_find_chat (rnl_workspace_get_library (self->workspace), chat_id);
  RnlWindow *window = need_window (self);

  if (chat != NULL)
    rnl_window_open_chat (window, chat);
  else
    rnl_window_show_toast (window, _ ("This chat is not there any more"));
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences (RnlApplication *self, const char *text)
{
  RnlWindow *window = need_window (self);

  gtk_window_present (GTK_WINDOW (window));
  rnl_application_show_preferences (self->workspace, GTK_WINDOW (window));
}

/* A file from outside goes along with the next message. */
static void
attach (RnlApplication *self, const char *uri)
{
  RnlWindow *window = need_window (self);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  rnl_window_attach (window, file);
  gtk_window_present (GTK_WINDOW (window));
}

static void
attach_file (RnlApplication *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  when_ready (self, attach, uri);
}

/* Actions. */

static const char *
get_text (GVariant *parameter)
{
  return parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;
}

#define DEFINE_ACTION(name)                                                                        \
  static void name##_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)       \
  {                                                                                                \
    when_ready (RNL_APPLICATION (user_data), name, get_text (parameter));                          \
  }

DEFINE_ACTION (new_chat)
DEFINE_ACTION (present_new)
DEFINE_ACTION (ask)
DEFINE_ACTION (open_chat)
DEFINE_ACTION (preferences)

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rnl_application_show_about (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *app = GTK_APPLICATION (user_data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (app));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  /* A window that asks something first stays, and with it the program. */
  if (gtk_application_get_windows (app) == NULL)
    g_application_quit (G_APPLICATION (app));
}

static void
add_actions (RnlApplication *self)
{
  static const GActionEntry entries[] = {
    { "new-chat", new_chat_action, NULL, NULL, NULL },
    { "quick-ask", present_new_action, NULL, NULL, NULL },
    { "new-window", present_new_action, NULL, NULL, NULL },
    { "ask", ask_action, "s", NULL, NULL },
    { "open-chat", open_chat_action, "s", NULL, NULL },
    { "preferences", preferences_action, NULL, NULL, NULL },
    { "about", about_action, NULL, NULL, NULL },
    { "quit", quit_action, NULL, NULL, NULL },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "win.new-chat", { "<Control>n" } },
    { "win.new-temporary-chat", { "<Control><Shift>t" } },
    { "app.new-window", { "<Control><Shift>n" } },
    { "window.close", { "<Control>w" } },
    { "win.search", { "<Control><Shift>f", "<Control>k" } },
    { "win.find", { "<Control>f" } },
    { "win.find-next", { "<Control>g" } },
    { "win.find-previous", { "<Control><Shift>g" } },
    { "win.focus-composer", { "<Control>l" } },
    { "win.toggle-sidebar", { "F9" } },
    { "win.inspector", { "F12" } },
    { "win.next-pane", { "F6", "<Control>Tab" } },
    { "win.previous-pane", { "<Shift>F6", "<Control><Shift>Tab" } },
    { "win.next-chat", { "<Control>Page_Down" } },
    { "win.previous-chat", { "<Control>Page_Up" } },
    { "win.rename", { "F2" } },
    { "win.print", { "<Control>p" } },
    { "win.show-help-overlay", { "<Control>question", "F1" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.quit", { "<Control>q" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
}

/* The life of the program. */

static void
painted_cb (GtkWidget *window)
{
  rnl_heap_give_back ();
}

/* The program may also run without one, for others. */
static void
tidy_when_painted (RnlApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL && gtk_widget_get_mapped (GTK_WIDGET (window)))
    rnl_frame_when_painted (GTK_WIDGET (window), painted_cb);
}

static void
workspace_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  Request *request;

  if (!rnl_workspace_open_finish (RNL_WORKSPACE (source), result, &error))
    g_error ("Not even memory can hold the chats: %s", error->message);

  self->ready = TRUE;
  while ((request = g_queue_pop_head (&self->waiting)) != NULL)
    {
      request->func (self, request->text);
      request_free (request);
      g_application_release (G_APPLICATION (self));
    }
  tidy_when_painted (self);
  rnl_program_host_open (self->host);
}

static void
write_failed_cb (RnlWorkspace *workspace, const GError *error, RnlApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RNL_IS_WINDOW (l->data))
      rnl_window_show_write_error (l->data, error);
}

static void
trace_failed_cb (RnlWorkspace *workspace, const GError *error, RnlApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  g_warning ("a run is not recorded any further: %s", error->message);
  if (RNL_IS_WINDOW (window))
    rnl_window_show_toast (RNL_WINDOW (window), _ ("The trace of this answer is incomplete"));
}

static void
open_workspace (RnlApplication *self)
{
  self->workspace = rnl_workspace_new ();
  rnl_program_host_set_workspace (self->host, self->workspace);
  g_signal_connect_object (self->workspace, "write-failed", G_CALLBACK (write_failed_cb), self, 0);
  g_signal_connect_object (self->workspace, "trace-failed", G_CALLBACK (trace_failed_cb), self, 0);
  rnl_application_watch_workspace (G_APPLICATION (self), self->workspace);
  rnl_workspace_open_async (self->workspace, NULL, workspace_open_cb, g_object_ref (self));
}

/* The chats are read by another thread while this one brings GTK up. */
static void
rnl_application_startup (GApplication *application)
{
  RnlApplication *self = RNL_APPLICATION (application);

  open_workspace (self);
  rnl_compat_skip_gtk_theme ();

  G_APPLICATION_CLASS (rnl_application_parent_class)->startup (application);

  rnl_compat_add_style (RNL_RESOURCE_BASE "/style.css");
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, SERVICE_LINGERS);
  gtk_window_set_default_icon_name (RNL_APP_ID);
  add_actions (self);
}

/* The agent for other programs: there before the name is, so that nobody calls too early. */
static gboolean
rnl_application_dbus_register (GApplication *application,
                               GDBusConnection *connection,
                               const char *object_path,
                               GError **error)
{
  RnlApplication *self = RNL_APPLICATION (application);
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);

  if (!G_APPLICATION_CLASS (rnl_application_parent_class)
         ->dbus_register (application, connection, object_path, error))
    return FALSE;

  self->service = rnl_bus_service_new (RNL_BUS_HOST (self->host), settings);

  return rnl_bus_service_export (self->service, connection, error);
}

static void
rnl_application_dbus_unregister (GApplication *application,
                                 GDBusConnection *connection,
                                 const char *object_path)
{
  RnlApplication *self = RNL_APPLICATION (application);

  if (self->service != NULL)
    rnl_bus_service_unexport (self->service);
  g_clear_object (&self->service);

  G_APPLICATION_CLASS (rnl_application_parent_class)
    ->dbus_unregister (application, connection, object_path);
}

static void
rnl_application_activate (GApplication *application)
{
  when_ready (RNL_APPLICATION (application), present, NULL);
}

static void
rnl_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    attach_file (RNL_APPLICATION (application), files[i]);
}

static void
read_arguments (RnlApplication *self, GApplicationCommandLine *line, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, names[i]);

      attach_file (self, file);
    }
}

static int
rnl_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  RnlApplication *self = RNL_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree const char **files = NULL;
  const char *text = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &files);
  if (g_variant_dict_lookup (options, "ask", "&s", &text))
    when_ready (self, ask, text);
  else if (g_variant_dict_contains (options, "new-window"))
    when_ready (self, present_new, NULL);
  else
    when_ready (self, present, NULL);
  if (files != NULL)
    read_arguments (self, line, files);

  return 0;
}

static int
rnl_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("runnel %s\n", RNL_VERSION);

  return 0;
}

static void
rnl_application_dispose (GObject *object)
{
  RnlApplication *self = RNL_APPLICATION (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) request_free);
  g_clear_object (&self->service);
  g_clear_object (&self->host);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (rnl_application_parent_class)->dispose (object);
}

static void
rnl_application_class_init (RnlApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_application_dispose;
  application_class->dbus_register = rnl_application_dbus_register;
  application_class->dbus_unregister = rnl_application_dbus_unregister;
  application_class->startup = rnl_application_startup;
  application_class->activate = rnl_application_activate;
  application_class->open = rnl_application_open;
  application_class->handle_local_options = rnl_application_handle_local_options;
  application_class->command_line = rnl_application_command_line;
}

static void
rnl_application_init (RnlApplication *self)
{
  const GOptionEntry options[] = {
    { "ask", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Put a question into the composer of a window"),
      N_ ("TEXT") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { "new-window", 'n', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open another window"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
    { NULL },
  };

  g_queue_init (&self->waiting);
  self->host = rnl_program_host_new (GTK_APPLICATION (self));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

RnlApplication *
rnl_application_new (void)
{
  RnlApplication *self
    = g_object_new (RNL_TYPE_APPLICATION, "application-id", RNL_APP_ID, "flags",
                    G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, NULL);

  /* GTK would look there for icons, for which it reads the whole theme a second time, and make the
   * shortcuts window with each window. */
  g_application_set_resource_base_path (G_APPLICATION (self), NULL);

  return self;
}

/**
 * rnl_application_get_workspace:
 * @self: an application that has started
 *
 * Returns: (transfer none): what every window shares
 */
RnlWorkspace *
rnl_application_get_workspace (RnlApplication *self)
{
  g_return_val_if_fail (RNL_IS_APPLICATION (self), NULL);

  return self->workspace;
}
