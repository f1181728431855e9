/* rnl-bus-request.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-request-private.h"

#include "rnl-agent1-info.h"
#include "rnl-bus-error.h"
#include "rnl-bus-peer.h"
#include "rnl-bus-prompt.h"

#define MAX_RESULT_TEXT ((gsize) 64 * 1024)

/**
 * RnlBusRequest:
 *
 * One `Ask`: its object on the bus, its pipe, its turn. Attachments are read, the person is asked
 * where there is no grant, the conversation is opened, the turn begins: nothing of it before the
 * step before. It ends with the turn, by `Cancel`, when the reader closes the pipe or sleeps, when
 * the program leaves the bus, and when its time is up.
 */

enum
{
  OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlBusRequest, rnl_bus_request, G_TYPE_OBJECT)

static void
stop_listening (RnlBusRequest *self)
{
  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}

static void
rnl_bus_request_dispose (GObject *object)
{
  RnlBusRequest *self = RNL_BUS_REQUEST (object);

  stop_listening (self);
  g_cancellable_cancel (self->cancellable);
  if (self->pipe != NULL)
    rnl_bus_request_release_run (self);
  g_clear_object (&self->updates);
  g_clear_object (&self->run);
  g_clear_object (&self->root);
  g_clear_object (&self->conversation);
  g_clear_object (&self->pipe);
  g_clear_object (&self->grant);
  g_clear_object (&self->model);
  g_clear_object (&self->connection);
  g_clear_object (&self->grants);
  g_clear_object (&self->consent);
  g_clear_object (&self->host);

  G_OBJECT_CLASS (rnl_bus_request_parent_class)->dispose (object);
}

static void
rnl_bus_request_finalize (GObject *object)
{
  RnlBusRequest *self = RNL_BUS_REQUEST (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->options, rnl_bus_options_free);
  g_clear_error (&self->reason);
  g_free (self->sender);
  g_free (self->path);
  g_free (self->prompt);
  g_free (self->chat_id);
  g_free (self->program);
  g_free (self->token);

  G_OBJECT_CLASS (rnl_bus_request_parent_class)->finalize (object);
}

static void
rnl_bus_request_class_init (RnlBusRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_bus_request_dispose;
  object_class->finalize = rnl_bus_request_finalize;

  /**
   * RnlBusRequest::over:
   * @self: the request
   *
   * `Finished` was sent and the reader has, or never will have, the rest. Emitted once.
   */
  signals[OVER] = g_signal_new ("over", RNL_TYPE_BUS_REQUEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
rnl_bus_request_init (RnlBusRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

/* The end. */

static GVariant *
usage_to_variant (const RnlUsage *usage)
{
  const struct
  {
    const char *name;
    gint64 count;
  } counts[] = {
    { "input-tokens", usage->input },
    { "output-tokens", usage->output },
    { "total-tokens", usage->total },
  };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sx}"));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i].count >= 0)
      g_variant_builder_add (&builder, "{sx}", counts[i].name, counts[i].count);

  return g_variant_builder_end (&builder);
}

static gsize
text_length (RnlMessage *message)
{
  gsize length = 0;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    if (rnl_part_get_part_type (rnl_message_get_part (message, i)) == RNL_PART_TEXT)
      length += rnl_part_get_length (rnl_message_get_part (message, i));

  return length;
}

static void
add_answer (RnlBusRequest *self, GVariantDict *results)
{
  RnlMessage *message = rnl_agent_run_get_message (self->run);

  g_variant_dict_insert (results, "model", "s",
                         rnl_chat_model_get_id (rnl_conversation_get_model (self->conversation)));
  if (text_length (message) <= MAX_RESULT_TEXT)
    {
      g_autofree char *text = rnl_message_dup_text (message);

      g_variant_dict_insert (results, "text", "s", text);
    }
  if (rnl_usage_is_known (rnl_message_get_usage (message)))
    g_variant_dict_insert_value (results, "usage",
                                 usage_to_variant (rnl_message_get_usage (message)));
  if (self->grant != NULL)
    {
      RnlChat *chat = rnl_conversation_get_chat (self->conversation);
      g_autofree char *name = rnl_grant_dup_conversation (self->grant, rnl_chat_get_id (chat));

      g_variant_dict_insert (results, "conversation", "s", name);
    }
}

static void
send_finished (RnlBusRequest *self, const char *stop_reason, const GError *error)
{
  GVariantDict results;

  g_variant_dict_init (&results, NULL);
  if (self->token != NULL)
    g_variant_dict_insert (&results, "grant", "s", self->token);
  if (self->run != NULL)
    add_answer (self, &results);
  if (error != NULL)
    {
      g_autofree char *code = rnl_bus_error_dup_code (error);

      g_variant_dict_insert (&results, "error", "s", code);
      g_variant_dict_insert (&results, "message", "s", error->message);
    }
  /* To the one who asked: any peer may listen to what is sent to all. */
  g_dbus_connection_emit_signal (
    self->connection, self->sender, self->path, RNL_APP_ID ".Agent1.Request", "Finished",
    g_variant_new ("(s@a{sv})", stop_reason, g_variant_dict_end (&results)), NULL);
}

static void
write_finished (RnlBusRequest *self, const char *stop_reason, const GError *error)
{
  g_autoptr (JsonObject) line = json_object_new ();

  json_object_set_string_member (line, "event", "finished");
  json_object_set_string_member (line, "stopReason", stop_reason);
  if (error != NULL)
    {
      JsonObject *object = json_object_new ();
      g_autofree char *code = rnl_bus_error_dup_code (error);

      json_object_set_string_member (object, "code", code);
      json_object_set_string_member (object, "message", error->message);
      json_object_set_object_member (line, "error", object);
    }
  rnl_event_pipe_write_object (self->pipe, line);
}

static void
be_over (RnlBusRequest *self)
{
  if (self->over)
    return;

  self->over = TRUE;
  stop_listening (self);
  rnl_event_pipe_close (self->pipe);
  g_signal_emit (self, signals[OVER], 0);
}

/* Tells both ways, once. */
void
rnl_bus_request_finish (RnlBusRequest *self, const char *stop_reason, const GError *error)
{
  g_autoptr (RnlBusRequest) alive = g_object_ref (self);

  if (self->finished)
    return;

  self->finished = TRUE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->updates);
  write_finished (self, stop_reason, error);
  send_finished (self, stop_reason, error);
  rnl_event_pipe_end (self->pipe);
  if (rnl_event_pipe_is_closed (self->pipe))
    be_over (self);
}

/**
 * rnl_bus_request_cancel:
 * @self: a request; nothing happens when it has finished
 * @reason: (nullable): why, `NULL` when the caller wanted it
 *
 * Stops whatever it is doing: reading, asking the person, the turn with its connection and tools.
 */
void
rnl_bus_request_cancel (RnlBusRequest *self, const GError *reason)
{
  g_autoptr (RnlBusRequest) alive = g_object_ref (self);

  g_return_if_fail (RNL_IS_BUS_REQUEST (self));

  if (self->finished)
    return;

  if (reason != NULL && self->reason == NULL)
    self->reason = g_error_copy (reason);
  g_cancellable_cancel (self->cancellable);
  if (self->run != NULL)
    {
      rnl_bus_request_release_run (self);
      rnl_agent_run_cancel (self->run);
    }
  else
    rnl_bus_request_finish (self, "cancelled", self->reason);
}

static void
fail (RnlBusRequest *self, const GError *error)
{
  rnl_bus_request_finish (self, error->domain == RNL_BUS_ERROR ? "refusal" : "error", error);
}

/* What ends it from outside. */

static void
pipe_closed_cb (RnlEventPipe *pipe, RnlEventPipeClosing closing, RnlBusRequest *self)
{
  g_autoptr (RnlBusRequest) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (closing == RNL_EVENT_PIPE_STALLED)
    error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nobody read the events for too long");
  rnl_bus_request_cancel (self, error);
  be_over (self);
}

static void
caller_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_autoptr (RnlBusRequest) self = g_object_ref (user_data);

  /* The descriptor may live on in another process, but nobody is left who may be answered. */
  rnl_bus_request_cancel (self, NULL);
  be_over (self);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  RnlBusRequest *self = user_data;
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                          "Not answered within %u seconds", self->options->timeout);

  self->timeout_id = 0;
  rnl_bus_request_cancel (self, error);

  return G_SOURCE_REMOVE;
}

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
  RnlBusRequest *self = user_data;

  if (g_strcmp0 (sender, self->sender) != 0)
    {
      g_dbus_method_invocation_return_error (invocation, RNL_BUS_ERROR, RNL_BUS_ERROR_NOT_ALLOWED,
                                             "Another program asked this");
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  rnl_bus_request_cancel (self, NULL);
}

/* The way to the answer. */

static void
conversation_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlBusRequest) self = user_data;
  g_autoptr (GError) error = NULL;

  self->conversation
    = rnl_bus_host_open_conversation_finish (RNL_BUS_HOST (source), result, &error);
  if (self->finished)
    return;
  if (self->conversation == NULL)
    fail (self, error);
  else
    rnl_bus_request_start_turn (self);
}

static void
open_conversation (RnlBusRequest *self)
{
  rnl_bus_host_open_conversation_async (self->host, self->chat_id, self->cancellable,
                                        conversation_open_cb, g_object_ref (self));
}

static void
consent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlBusRequest) self = user_data;
  g_autoptr (GError) error = NULL;
  RnlConsent consent = rnl_bus_consent_ask_finish (RNL_BUS_CONSENT (source), result, &error);

  if (self->finished)
    return;
  if (error == NULL && consent == RNL_CONSENT_DENY)
    g_set_error (&error, RNL_BUS_ERROR, RNL_BUS_ERROR_NOT_ALLOWED, "The person said no");
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (consent == RNL_CONSENT_ALWAYS)
    {
      self->grant = rnl_grant_new (self->options->client_name, self->program, &self->token);
      rnl_grant_list_add (self->grants, self->grant);
    }
  open_conversation (self);
}

static void
program_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlBusRequest) self = user_data;

  self->program = rnl_bus_peer_find_program_finish (G_DBUS_CONNECTION (source), result);
  if (self->finished)
    return;

  self->question = (RnlConsentQuestion){
    .client_name = self->options->client_name,
    .program = self->program,
    .prompt = self->prompt,
    .model = self->model,
    .tools = self->options->tools,
    .parent_window = self->options->parent_window,
    .activation_token = self->options->activation_token,
  };
  rnl_bus_consent_ask_async (self->consent, self->sender, &self->question, self->cancellable,
                             consent_cb, g_object_ref (self));
}

static void
prompt_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlBusRequest) self = user_data;
  g_autoptr (GError) error = NULL;
  char *prompt = rnl_bus_prompt_compose_finish (result, &error);

  if (prompt != NULL)
    {
      g_free (self->prompt);
      self->prompt = prompt;
    }
  if (self->finished)
    return;
  if (error != NULL)
    fail (self, error);
  else if (self->grant != NULL)
    open_conversation (self);
  else
    rnl_bus_peer_find_program_async (self->connection, self->sender, self->cancellable, program_cb,
                                     g_object_ref (self));
}

static gboolean export(RnlBusRequest *self, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  GDBusInterfaceInfo *info = (GDBusInterfaceInfo *) &rnl_agent1_request_interface;

  self->registration_id = g_dbus_connection_register_object (self->connection, self->path, info,
                                                             &vtable, self, NULL, error);

  return self->registration_id != 0;
}

/**
 * rnl_bus_request_new:
 * @setup: everything it needs
 * @options: (transfer full): what the program wants
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_EXISTS` when there is an object at the path.
 *
 * Returns: (transfer full) (nullable): a request that is on the bus and does nothing yet
 */
RnlBusRequest *
rnl_bus_request_new (const RnlBusRequestSetup *setup, RnlBusOptions *options, GError **error)
{
  g_autoptr (RnlBusRequest) self = g_object_new (RNL_TYPE_BUS_REQUEST, NULL);

  self->host = g_object_ref (setup->host);
  self->consent = g_object_ref (setup->consent);
  self->grants = g_object_ref (setup->grants);
  self->connection = g_object_ref (setup->connection);
  self->sender = g_strdup (setup->sender);
  self->path = g_strdup (setup->path);
  self->prompt = g_strdup (setup->question);
  self->model = g_object_ref (setup->model);
  g_set_object (&self->grant, setup->grant);
  self->chat_id = g_strdup (setup->chat_id);
  self->pipe = g_object_ref (setup->pipe);
  self->options = options;
  if (self->grant != NULL)
    self->token = g_strdup (options->grant);
  if (!export(self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
rnl_bus_request_get_sender (RnlBusRequest *self)
{
  g_return_val_if_fail (RNL_IS_BUS_REQUEST (self), NULL);

  return self->sender;
}

const char *
rnl_bus_request_get_path (RnlBusRequest *self)
{
  g_return_val_if_fail (RNL_IS_BUS_REQUEST (self), NULL);

  return self->path;
}

/**
 * rnl_bus_request_begin:
 * @self: a request whose caller has been told its path
 *
 * Sets it going; [signal@Runnel.BusRequest::over] tells the end.
 */
void
rnl_bus_request_begin (RnlBusRequest *self)
{
  g_autoptr (JsonObject) line = json_object_new ();

  g_return_if_fail (RNL_IS_BUS_REQUEST (self));

  g_signal_connect_object (self->pipe, "closed", G_CALLBACK (pipe_closed_cb), self, 0);
  json_object_set_string_member (line, "event", "accepted");
  json_object_set_int_member (line, "version", 1);
  rnl_event_pipe_write_object (self->pipe, line);
  self->watch_id
    = g_bus_watch_name_on_connection (self->connection, self->sender, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                      NULL, caller_vanished_cb, self, NULL);
  if (self->options->timeout > 0)
    self->timeout_id = g_timeout_add_seconds (self->options->timeout, timed_out_cb, self);
  rnl_bus_prompt_compose_async (self->prompt, self->options->attachments, self->cancellable,
                                prompt_cb, g_object_ref (self));
}
