/* rnl-bus-service.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-service.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-agent1-info.h"
#include "rnl-bus-error.h"
#include "rnl-bus-request.h"
#include "rnl-text.h"

#define ALLOWED_KEY "programs-may-ask"
#define VERSION     1

/**
 * RnlBusService:
 *
 * The object `io.github.runnel_chat.Runnel.Agent1`. It checks who may ask, how much and how often,
 * and makes an [class@Runnel.BusRequest] of each question.
 */
struct _RnlBusService
{
  GObject parent_instance;

  /* owned */
  RnlBusHost *host;
  GSettings *settings;
  RnlGrantList *grants;
  RnlBusConsent *consent;
  GDBusConnection *connection; /* nullable: while exported */
  GPtrArray *requests;

  guint registration_id;
  guint stall_ms;

  /* A bucket that holds BURST calls and gets one more each second. */
  double calls_left;
  gint64 calls_counted;
};

G_DEFINE_FINAL_TYPE (RnlBusService, rnl_bus_service, G_TYPE_OBJECT)

static void
rnl_bus_service_dispose (GObject *object)
{
  RnlBusService *self = RNL_BUS_SERVICE (object);

  rnl_bus_service_unexport (self);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_object (&self->consent);
  g_clear_object (&self->grants);
  g_clear_object (&self->settings);
  g_clear_object (&self->host);

  G_OBJECT_CLASS (rnl_bus_service_parent_class)->dispose (object);
}

static void
rnl_bus_service_class_init (RnlBusServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_bus_service_dispose;
}

static void
rnl_bus_service_init (RnlBusService *self)
{
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->stall_ms = RNL_EVENT_PIPE_STALL_MS;
  self->calls_left = RNL_BUS_SERVICE_BURST;
  self->calls_counted = g_get_monotonic_time ();
}

/**
 * rnl_bus_service_new:
 * @host: the program behind it
 * @settings: Runnel's
 *
 * Returns: (transfer full): a service that is not on the bus yet
 */
RnlBusService *
rnl_bus_service_new (RnlBusHost *host, GSettings *settings)
{
  RnlBusService *self = g_object_new (RNL_TYPE_BUS_SERVICE, NULL);

  self->host = g_object_ref (host);
  self->settings = g_object_ref (settings);
  self->grants = rnl_grant_list_new (settings);
  self->consent = rnl_bus_consent_new (host);

  return self;
}

/**
 * rnl_bus_service_set_stall_time:
 * @self: a service
 * @milliseconds: how long a reader may sleep before its request is cancelled
 */
void
rnl_bus_service_set_stall_time (RnlBusService *self, guint milliseconds)
{
  g_return_if_fail (RNL_IS_BUS_SERVICE (self));

  self->stall_ms = milliseconds;
}

/* What is checked before anything happens. */

static gboolean
check_question (const char *prompt, GError **error)
{
  if (prompt[strspn (prompt, " \t\r\n\f\v")] != '\0')
    return TRUE;
  g_set_error_literal (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS, "The prompt is empty");

  return FALSE;
}

static gboolean
check_size (const char *prompt, const char *system, GError **error)
{
  gsize size = strlen (prompt) + (system != NULL ? strlen (system) : 0);

  if (size <= RNL_BUS_MAX_PROMPT)
    return TRUE;

  g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_TOO_LARGE,
               "The prompt has %" G_GSIZE_FORMAT " bytes, it can have %" G_GSIZE_FORMAT, size,
               RNL_BUS_MAX_PROMPT);

  return FALSE;
}

static gboolean
count_call (RnlBusService *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  double more = (double) (now - self->calls_counted) / G_USEC_PER_SEC;

  self->calls_left = MIN (self->calls_left + more, RNL_BUS_SERVICE_BURST);
  self->calls_counted = now;
  if (self->calls_left >= 1)
    {
      self->calls_left -= 1;
      return TRUE;
    }

  g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_BUSY, "Too many calls in a short time");

  return FALSE;
}

static gboolean
check_room (RnlBusService *self, const char *sender, GError **error)
{
  guint of_sender = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (g_str_equal (rnl_bus_request_get_sender (g_ptr_array_index (self->requests, i)), sender))
      of_sender++;
  if (of_sender >= RNL_BUS_SERVICE_PER_SENDER)
    g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_BUSY,
                 "%d questions of this program are being answered", RNL_BUS_SERVICE_PER_SENDER);
  else if (self->requests->len >= RNL_BUS_SERVICE_IN_FLIGHT)
    g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_BUSY, "%d questions are being answered",
                 RNL_BUS_SERVICE_IN_FLIGHT);
  else
    return count_call (self, error);

  return FALSE;
}

/* The person's no, in its three forms. */
static gboolean
check_allowed (
  RnlBusService *self, const char *sender, RnlBusOptions *options, RnlGrant **grant, GError **error)
{
  const char *message = NULL;

  *grant = options->grant != NULL ? rnl_grant_list_find (self->grants, options->grant) : NULL;
  if (!g_settings_get_boolean (self->settings, ALLOWED_KEY))
    message = "Other programs may not ask";
  else if (options->grant != NULL && *grant == NULL)
    message = "There is no such grant; it may have been revoked";
  else if (options->grant == NULL && rnl_bus_consent_was_refused (self->consent, sender))
    message = "The person said no";
  if (message == NULL)
    return TRUE;

  g_set_error_literal (error, RNL_BUS_ERROR, RNL_BUS_ERROR_NOT_ALLOWED, message);

  return FALSE;
}

static gboolean
find_chat (RnlBusOptions *options, RnlGrant *grant, char **chat_id, GError **error)
{
  if (options->conversation == NULL)
    return TRUE;

  *chat_id = rnl_grant_dup_chat_id (grant, options->conversation);
  if (*chat_id != NULL)
    return TRUE;

  g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_NOT_ALLOWED,
               "There is no such conversation of this grant");

  return FALSE;
}

/* Making a request. */

static void
over_cb (RnlBusRequest *request, RnlBusService *self)
{
  g_autoptr (RnlBusService) alive = g_object_ref (self);

  g_signal_handlers_disconnect_by_func (request, over_cb, self);
  if (g_ptr_array_remove (self->requests, request))
    rnl_bus_host_release (self->host);
}

static char *
make_path (const char *sender, const char *token)
{
  g_autofree char *name = g_strdup (sender + 1);
  g_autofree char *unique = token == NULL ? rnl_uuid_new () : NULL;

  g_strdelimit (name, ".", '_');
  if (unique != NULL)
    g_strdelimit (unique, "-", '_');

  return g_strconcat (RNL_BUS_SERVICE_PATH "/request/", name, "/", token != NULL ? token : unique,
                      NULL);
}

static RnlBusRequest *
add_request (RnlBusService *self, RnlBusRequestSetup *setup, RnlBusOptions *options, GError **error)
{
  g_autofree char *path = make_path (setup->sender, options->handle_token);
  g_autoptr (GError) local = NULL;
  RnlBusRequest *request;

  setup->host = self->host;
  setup->consent = self->consent;
  setup->grants = self->grants;
  setup->connection = self->connection;
  setup->path = path;
  request = rnl_bus_request_new (setup, options, &local);
  if (request == NULL)
    {
      g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS,
                   "The handle token is in use: %s", local->message);
      return NULL;
    }
  g_ptr_array_add (self->requests, request);
  g_signal_connect (request, "over", G_CALLBACK (over_cb), self);
  rnl_bus_host_hold (self->host);

  return request;
}

/* Checks everything; then, and only then, there is a request. */
static RnlBusRequest *
make_request (RnlBusService *self,
              GDBusMethodInvocation *invocation,
              const char *prompt,
              GVariant *dict,
              int *reader,
              GError **error)
{
  GUnixFDList *fds
    = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  g_autoptr (RnlBusOptions) options = rnl_bus_options_parse (dict, fds, error);
  g_autoptr (RnlChatModel) model = NULL;
  g_autoptr (RnlEventPipe) pipe = NULL;
  g_autofree char *chat_id = NULL;
  RnlGrant *grant;

  if (options == NULL || !check_question (prompt, error)
      || !check_size (prompt, options->system, error)
      || !check_allowed (self, sender, options, &grant, error)
      || !find_chat (options, grant, &chat_id, error) || !check_room (self, sender, error))
    return NULL;
  model = rnl_bus_host_dup_model (self->host, error);
  if (model == NULL)
    return NULL;
  pipe = rnl_event_pipe_new (options->text_only, reader, error);
  if (pipe == NULL)
    return NULL;
  rnl_event_pipe_set_stall_time (pipe, self->stall_ms);

  return add_request (self,
                      &(RnlBusRequestSetup){
                        .sender = sender,
                        .question = prompt,
                        .model = model,
                        .grant = grant,
                        .chat_id = chat_id,
                        .pipe = pipe,
                      },
                      g_steal_pointer (&options), error);
}

static void
ask (RnlBusService *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  const char *prompt;
  RnlBusRequest *request;
  int reader = -1;

  g_variant_get (parameters, "(&s@a{sv})", &prompt, &dict);
  request = make_request (self, invocation, prompt, dict, &reader, &error);
  if (request == NULL)
    {
      if (reader >= 0)
        g_close (reader, NULL);
      g_dbus_method_invocation_return_gerror (invocation, error);
      return;
    }

  /* The list closes it when the message is sent: then only the caller has it. */
  fds = g_unix_fd_list_new_from_array (&reader, 1);
  g_dbus_method_invocation_return_value_with_unix_fd_list (
    invocation, g_variant_new ("(oh)", rnl_bus_request_get_path (request), 0), fds);
  rnl_bus_request_begin (request);
}

static void
compose (RnlBusService *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (RnlBusOptions) options = NULL;
  const char *prompt;

  g_variant_get (parameters, "(&s@a{sv})", &prompt, &dict);
  options = rnl_bus_options_parse (dict, NULL, &error);
  if (options == NULL || !check_size (prompt, NULL, &error) || !count_call (self, &error))
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return;
    }
  rnl_bus_host_compose (self->host, prompt, options->activation_token);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* The object. */

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  if (g_str_equal (method_name, "Ask"))
    ask (user_data, parameters, invocation);
  else
    compose (user_data, parameters, invocation);
}

static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *object_path,
                 const char *interface_name,
                 const char *property_name,
                 GError **error,
                 gpointer user_data)
{
  static const char *const features[]
    = { "compose", "ask", "attachments", "conversations", "grants", "text", NULL };

  if (g_str_equal (property_name, "Version"))
    return g_variant_new_uint32 (VERSION);

  return g_variant_new_strv (features, -1);
}

/**
 * rnl_bus_service_export:
 * @self: a service
 * @connection: the session bus
 * @error: return location for an error
 *
 * Puts the object on the bus. To be called before the name is taken, so that nobody calls too
 * early.
 *
 * Errors: `G_IO_ERROR_EXISTS`.
 *
 * Returns: whether it is there
 */
gboolean
rnl_bus_service_export (RnlBusService *self, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable
    = { .method_call = method_call_cb, .get_property = get_property_cb };

  g_return_val_if_fail (RNL_IS_BUS_SERVICE (self), FALSE);
  g_return_val_if_fail (self->connection == NULL, FALSE);

  self->registration_id = g_dbus_connection_register_object (
    connection, RNL_BUS_SERVICE_PATH, (GDBusInterfaceInfo *) &rnl_agent1_interface, &vtable, self,
    NULL, error);
  if (self->registration_id == 0)
    return FALSE;
  self->connection = g_object_ref (connection);

  return TRUE;
}

/**
 * rnl_bus_service_unexport:
 * @self: a service
 *
 * Takes the object off the bus; questions that are being answered are cancelled, and told so.
 */
void
rnl_bus_service_unexport (RnlBusService *self)
{
  g_return_if_fail (RNL_IS_BUS_SERVICE (self));

  if (self->connection == NULL)
    return;

  g_dbus_connection_unregister_object (self->connection, self->registration_id);
  while (self->requests->len > 0)
    {
      g_autoptr (RnlBusRequest) request = g_object_ref (g_ptr_array_index (self->requests, 0));

      rnl_bus_request_cancel (request, NULL);
      over_cb (request, self);
    }
  g_clear_object (&self->connection);
}

/**
 * rnl_bus_service_get_n_requests:
 * @self: a service
 *
 * Returns: how many questions are being answered, or wait for an answer of the person
 */
guint
rnl_bus_service_get_n_requests (RnlBusService *self)
{
  g_return_val_if_fail (RNL_IS_BUS_SERVICE (self), 0);

  return self->requests->len;
}
