/* bus-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bus-fixture.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rnl-bus-error.h"
#include "rnl-demo-tools.h"
#include "rnl-json-members.h"
#include "rnl-offline-script.h"

static GTestDBus *test_bus;

/* The host. */

static void bus_host_iface_init (RnlBusHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestHost,
                               test_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_BUS_HOST, bus_host_iface_init))

static void
compose (RnlBusHost *host, const char *prompt, const char *activation_token)
{
  g_free (TEST_HOST (host)->composed);
  TEST_HOST (host)->composed = g_strdup (prompt);
}

static RnlChatModel *
dup_model (RnlBusHost *host, GError **error)
{
  TestHost *self = TEST_HOST (host);

  if (self->model != NULL)
    return g_object_ref (self->model);

  g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_NO_PROVIDER, "no model");

  return NULL;
}

static void
taken_away_cb (GCancellable *cancellable, GTask *task)
{
  TestHost *self = g_task_get_source_object (task);

  self->n_taken_away++;
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

static void
ask_consent_async (RnlBusHost *host,
                   const RnlConsentQuestion *question,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  TestHost *self = TEST_HOST (host);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  self->n_asked++;
  g_free (self->claimed_name);
  self->claimed_name = g_strdup (question->client_name);
  g_assert_nonnull (question->prompt);
  g_assert_true (question->model == self->model);
  if (self->silent)
    {
      g_cancellable_connect (cancellable, G_CALLBACK (taken_away_cb), task, NULL);
      return;
    }
  g_task_return_int (task, self->consent);
  g_object_unref (task);
}

static RnlConsent
ask_consent_finish (RnlBusHost *host, GAsyncResult *result, GError **error)
{
  gssize consent = g_task_propagate_int (G_TASK (result), error);

  return consent < 0 ? RNL_CONSENT_DENY : (RnlConsent) consent;
}

static void
open_conversation_async (RnlBusHost *host,
                         const char *chat_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  TestHost *self = TEST_HOST (host);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  RnlConversation *conversation;

  if (chat_id == NULL)
    {
      g_autoptr (RnlChat) chat = rnl_chat_new ();

      conversation = rnl_conversation_new (NULL, chat, self->model, self->tools);
      g_hash_table_insert (self->conversations, g_strdup (rnl_chat_get_id (chat)), conversation);
    }
  else
    conversation = g_hash_table_lookup (self->conversations, chat_id);
  g_assert_nonnull (conversation);
  g_task_return_pointer (task, g_object_ref (conversation), g_object_unref);
}

static RnlConversation *
open_conversation_finish (RnlBusHost *host, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
show_conversation (RnlBusHost *host, RnlConversation *conversation, const char *activation_token)
{
  TEST_HOST (host)->n_shown++;
}

static void
hold (RnlBusHost *host)
{
  TEST_HOST (host)->holds++;
}

static void
release (RnlBusHost *host)
{
  TEST_HOST (host)->holds--;
}

static void
bus_host_iface_init (RnlBusHostInterface *iface)
{
  iface->compose = compose;
  iface->dup_model = dup_model;
  iface->ask_consent_async = ask_consent_async;
  iface->ask_consent_finish = ask_consent_finish;
  iface->open_conversation_async = open_conversation_async;
  iface->open_conversation_finish = open_conversation_finish;
  iface->show_conversation = show_conversation;
  iface->hold = hold;
  iface->release = release;
}

static void
test_host_dispose (GObject *object)
{
  TestHost *self = TEST_HOST (object);

  g_clear_object (&self->model);
  g_clear_object (&self->tools);
  g_clear_pointer (&self->conversations, g_hash_table_unref);
  g_clear_pointer (&self->composed, g_free);
  g_clear_pointer (&self->claimed_name, g_free);

  G_OBJECT_CLASS (test_host_parent_class)->dispose (object);
}

static void
test_host_class_init (TestHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_host_dispose;
}

static void
test_host_init (TestHost *self)
{
  self->consent = RNL_CONSENT_ONCE;
  self->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->tools = rnl_tool_registry_new ();
  rnl_demo_tools_add (self->tools);
}

/* The bus. */

/* FALSE where there is no bus to be had. */
gboolean
bus_start (void)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL)
    return FALSE;

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);

  return TRUE;
}

void
bus_stop (void)
{
  g_test_dbus_down (test_bus);
  g_clear_object (&test_bus);
}

GDBusConnection *
bus_connect (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (test_bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

guint
bus_get_pid (void)
{
  g_autoptr (GDBusConnection) connection = bus_connect ();
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
    connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
    g_variant_new ("(s)", "org.freedesktop.DBus"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  guint pid;

  g_assert_nonnull (reply);
  g_variant_get (reply, "(u)", &pid);

  return pid;
}

Bus *
bus_new (const char *script)
{
  Bus *bus = g_new0 (Bus, 1);
  g_autoptr (GError) error = NULL;

  bus->settings = g_settings_new (RNL_APP_ID);
  g_settings_reset (bus->settings, "program-grants");
  g_settings_reset (bus->settings, "programs-may-ask");
  bus->host = g_object_new (TEST_TYPE_HOST, NULL);
  bus->host->model = rnl_offline_script_new_from_data (script, -1, &error);
  g_assert_no_error (error);
  bus->connection = bus_connect ();
  bus->service = rnl_bus_service_new (RNL_BUS_HOST (bus->host), bus->settings);
  rnl_bus_service_export (bus->service, bus->connection, &error);
  g_assert_no_error (error);

  return bus;
}

/* Whatever happened, nothing is left over. */
void
bus_free (Bus *bus)
{
  rnl_bus_service_unexport (bus->service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (bus->host->holds, ==, 0);
  g_assert_finalize_object (bus->service);
  g_assert_finalize_object (bus->host);
  g_dbus_connection_close_sync (bus->connection, NULL, NULL);
  g_object_unref (bus->connection);
  g_object_unref (bus->settings);
  g_free (bus);
}

/* The only one. */
RnlConversation *
bus_get_conversation (Bus *bus)
{
  GHashTableIter iter;
  gpointer conversation = NULL;

  g_assert_cmpuint (g_hash_table_size (bus->host->conversations), ==, 1);
  g_hash_table_iter_init (&iter, bus->host->conversations);
  g_hash_table_iter_next (&iter, NULL, &conversation);

  return conversation;
}

/* Programs. */

static void
finished_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  Program *program = user_data;

  /* Once. */
  g_assert_true (
    g_hash_table_insert (program->finished, g_strdup (path), g_variant_ref (parameters)));
}

/* Listens before it asks: an answer may be over before the caller has read the reply. */
Program *
program_new (Bus *bus)
{
  Program *program = g_new0 (Program, 1);

  program->connection = bus_connect ();
  program->service = g_dbus_connection_get_unique_name (bus->connection);
  program->finished
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  program->subscription_id = g_dbus_connection_signal_subscribe (
    program->connection, program->service, RNL_APP_ID ".Agent1.Request", "Finished", NULL, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, finished_cb, program, NULL);

  return program;
}

void
program_free (Program *program)
{
  g_dbus_connection_signal_unsubscribe (program->connection, program->subscription_id);
  g_dbus_connection_close_sync (program->connection, NULL, NULL);
  g_object_unref (program->connection);
  g_hash_table_unref (program->finished);
  g_free (program);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *) pointer != NULL;
}

GVariant *
program_call (Program *program,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *parameters,
              GUnixFDList **fds,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GUnixFDList) sent = fds != NULL ? g_steal_pointer (fds) : NULL;

  g_dbus_connection_call_with_unix_fd_list (program->connection, program->service, path, interface,
                                            method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                            sent, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);

  return g_dbus_connection_call_with_unix_fd_list_finish (program->connection, fds, result, error);
}

/* Questions. */

Asked *
program_ask (Program *program, const char *prompt, GVariant *options, GError **error)
{
  return program_ask_with_fds (program, prompt, options, NULL, error);
}

Asked *
program_ask_with_fds (
  Program *program, const char *prompt, GVariant *options, GUnixFDList *sent, GError **error)
{
  g_autoptr (GUnixFDList) fds = sent != NULL ? g_object_ref (sent) : NULL;
  g_autoptr (GVariant) reply = NULL;
  Asked *asked;
  gint32 handle;

  if (options == NULL)
    options = g_variant_new ("a{sv}", NULL);
  reply = program_call (program, RNL_BUS_SERVICE_PATH, RNL_APP_ID ".Agent1", "Ask",
                        g_variant_new ("(s@a{sv})", prompt, options), &fds, error);
  if (reply == NULL)
    return NULL;

  asked = g_new0 (Asked, 1);
  asked->program = program;
  asked->text = g_string_new (NULL);
  asked->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_variant_get (reply, "(oh)", &asked->path, &handle);
  g_assert_cmpint (g_unix_fd_list_get_length (fds), ==, 1);
  asked->fd = g_unix_fd_list_get (fds, handle, NULL);
  g_assert_cmpint (asked->fd, >=, 0);

  return asked;
}

static void
parse_lines (Asked *asked)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *end_of_text = asked->text->str + asked->text->len;
  const char *line = asked->text->str;
  const char *end;

  /* Not with g_strsplit(): its strstr() reads all of the rest each time in a sanitizer build. */
  while ((end = memchr (line, '\n', (gsize) (end_of_text - line))) != NULL)
    {
      if (!json_parser_load_from_data (parser, line, end - line, NULL))
        return; /* the bare text */
      g_ptr_array_add (asked->lines, json_node_dup_object (json_parser_get_root (parser)));
      line = end + 1;
    }
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Asked *asked = user_data;
  char buffer[65536];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0)
    {
      g_string_append_len (asked->text, buffer, n);
      return G_SOURCE_CONTINUE;
    }
  g_assert_cmpint (n, ==, 0);
  asked->ended = TRUE;
  asked->source_id = 0;
  parse_lines (asked);

  return G_SOURCE_REMOVE;
}

void
asked_read (Asked *asked)
{
  if (asked->source_id == 0 && !asked->ended)
    asked->source_id = g_unix_fd_add (asked->fd, G_IO_IN | G_IO_HUP, readable_cb, asked);
}

/* Whether the signal came; from then on there are results. */
gboolean
asked_has_finished (Asked *asked)
{
  GVariant *parameters = g_hash_table_lookup (asked->program->finished, asked->path);

  if (parameters != NULL && asked->results == NULL)
    g_variant_get (parameters, "(s@a{sv})", &asked->stop_reason, &asked->results);

  return parameters != NULL;
}

static gboolean
is_over (gpointer user_data)
{
  Asked *asked = user_data;

  return asked->ended && asked_has_finished (asked);
}

/* Reads to the end, and waits for the signal. */
void
asked_wait (Asked *asked)
{
  asked_read (asked);
  rnl_test_wait_for (is_over, asked);
}

void
asked_free (Asked *asked)
{
  g_clear_handle_id (&asked->source_id, g_source_remove);
  if (asked->fd >= 0)
    g_close (asked->fd, NULL);
  g_string_free (asked->text, TRUE);
  g_ptr_array_unref (asked->lines);
  g_clear_pointer (&asked->results, g_variant_unref);
  g_free (asked->stop_reason);
  g_free (asked->path);
  g_free (asked);
}

const char *
asked_get_string (Asked *asked, const char *result)
{
  const char *text = NULL;

  g_assert_nonnull (asked->results);
  g_variant_lookup (asked->results, result, "&s", &text);

  return text;
}

/* What the agent_message_chunks say together. */
char *
asked_dup_answer (Asked *asked)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  for (guint i = 0; i < asked->lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (asked->lines, i);

      if (g_strcmp0 (rnl_json_object_get_string (line, "sessionUpdate"), "agent_message_chunk")
          == 0)
        g_string_append (answer, rnl_json_object_get_string (
                                   rnl_json_object_get_object (line, "content"), "text"));
    }

  return g_string_free (g_steal_pointer (&answer), FALSE);
}

/* The line and the signal say the same. */
void
asked_assert_finished (Asked *asked, const char *stop_reason, const char *code)
{
  JsonObject *last = g_ptr_array_index (asked->lines, asked->lines->len - 1);
  JsonObject *error = rnl_json_object_get_object (last, "error");

  g_assert_cmpstr (rnl_json_object_get_string (last, "event"), ==, "finished");
  g_assert_cmpstr (rnl_json_object_get_string (last, "stopReason"), ==, stop_reason);
  g_assert_cmpstr (asked->stop_reason, ==, stop_reason);
  g_assert_cmpstr (error != NULL ? rnl_json_object_get_string (error, "code") : NULL, ==, code);
  g_assert_cmpstr (asked_get_string (asked, "error"), ==, code);
}
