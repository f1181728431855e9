/* test-bus-service.c: a program asks, and what it is told
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bus-fixture.h"
#include "rnl-json-members.h"

#define HELLO                                                                                      \
  "{\"turns\": [{\"chunks\": [{\"reasoning\": \"Hm.\"}, {\"tokens\": \"Hello \\\"you\\\"\\n"       \
  "there.\"}, {\"usage\": {\"input\": 5, \"output\": 7, \"total\": 12}}]},"                        \
  " {\"chunks\": [{\"text\": \"Again.\"}]}, {\"chunks\": [{\"text\": \"Once more.\"}]}]}"
#define SUM                                                                                        \
  "{\"turns\": [{\"chunks\": [{\"tool_call\": {\"id\": \"c1\", \"name\": \"get_items\","           \
  " \"arguments\": {\"place\": \"shelf\"}}}]}, {\"chunks\": [{\"text\": \"Done.\"}]},"             \
  " {\"chunks\": [{\"text\": \"Done.\"}]}]}"
#define HANG "{\"turns\": [{\"chunks\": [{\"text\": \"Wait\"}, {\"hang\": true}]}]}"

static GVariant *
option (const char *name, GVariant *value)
{
  return g_variant_new_parsed ("{%s: <%*>}", name, value);
}

static void
test_events (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = program_ask (program, "Hi", NULL, NULL);
  g_autofree char *answer = NULL;
  g_autoptr (GVariant) usage = NULL;
  JsonObject *first;
  gint64 count;

  g_assert_true (g_str_has_prefix (asked->path, RNL_BUS_SERVICE_PATH "/request/1_"));
  asked_wait (asked);

  first = g_ptr_array_index (asked->lines, 0);
  g_assert_cmpstr (rnl_json_object_get_string (first, "event"), ==, "accepted");
  g_assert_cmpint (rnl_json_object_get_int (first, "version", 0), ==, 1);
  g_assert_nonnull (strstr (asked->text->str, "\"agent_thought_chunk\""));
  g_assert_nonnull (
    strstr (asked->text->str, "{\"sessionUpdate\":\"usage_update\",\"used\":12,\"size\":0}"));
  answer = asked_dup_answer (asked);
  g_assert_cmpstr (answer, ==, "Hello \"you\"\nthere.");
  asked_assert_finished (asked, "end_turn", NULL);
  g_assert_cmpstr (asked_get_string (asked, "text"), ==, answer);
  g_assert_null (asked_get_string (asked, "grant"));
  g_assert_null (asked_get_string (asked, "conversation"));
  usage = g_variant_lookup_value (asked->results, "usage", G_VARIANT_TYPE ("a{sx}"));
  g_assert_true (g_variant_lookup (usage, "total-tokens", "x", &count));
  g_assert_cmpint (count, ==, 12);
}

static void
test_text (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked
    = program_ask (program, "Hi", option ("format", g_variant_new_string ("text")), NULL);

  asked_wait (asked);
  g_assert_cmpstr (asked->text->str, ==, "Hello \"you\"\nthere.");
  g_assert_cmpstr (asked->stop_reason, ==, "end_turn");
}

/* A call's three lines; a tool the caller did not ask for is not there. */
static void
test_tools (void)
{
  static const struct
  {
    const char *tools;
    gboolean there;
  } cases[] = { { "none", FALSE }, { "read-only", TRUE }, { "ask", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Bus) bus = bus_new (SUM);
      g_autoptr (Program) program = program_new (bus);
      g_autoptr (Asked) asked
        = program_ask (program, "?", option ("tools", g_variant_new_string (cases[i].tools)), NULL);

      asked_wait (asked);
      g_assert_nonnull (
        strstr (asked->text->str, "{\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"c1\","));
      g_assert_true (cases[i].there
                     == (strstr (asked->text->str, "\"status\":\"completed\"") != NULL));
      asked_assert_finished (asked, "end_turn", NULL);
      /* The person's next message in this chat has all tools again. */
      g_assert_true (rnl_conversation_get_tools (bus_get_conversation (bus)) == bus->host->tools);
    }
}

static void
test_compose (void)
{
  static const char *const prompts[] = { "Hi", "", " two\nlines\t\"ü\" \n" };
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);

  g_settings_set_boolean (bus->settings, "programs-may-ask", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (GVariant) reply
        = program_call (program, RNL_BUS_SERVICE_PATH, RNL_APP_ID ".Agent1", "Compose",
                        g_variant_new ("(sa{sv})", prompts[i], NULL), NULL, NULL);

      g_assert_nonnull (reply);
      g_assert_cmpstr (bus->host->composed, ==, prompts[i]);
    }
  g_assert_cmpuint (g_hash_table_size (bus->host->conversations), ==, 0);
}

static void
assert_refused (Program *program, const char *prompt, GVariant *options, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = NULL;

  g_assert_null (program_ask (program, prompt, options, &error));
  remote = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (remote, ==, name);
}

static void
test_denied (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = NULL;

  bus->host->consent = RNL_CONSENT_DENY;
  asked = program_ask (program, "Hi",
                       option ("client-name", g_variant_new_string ("A\u202e\nname")), NULL);
  asked_wait (asked);

  g_assert_cmpstr (bus->host->claimed_name, ==, "Aname");
  g_assert_cmpuint (asked->lines->len, ==, 2);
  asked_assert_finished (asked, "refusal", ERROR_NAME ("NotAllowed"));
  g_assert_cmpuint (g_hash_table_size (bus->host->conversations), ==, 0);
  assert_refused (program, "Please?", NULL, ERROR_NAME ("NotAllowed"));
  g_assert_cmpuint (bus->host->n_asked, ==, 1);
}

static void
test_nothing_before_consent (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = NULL;
  g_autoptr (GVariant) reply = NULL;

  bus->host->silent = TRUE;
  asked = program_ask (program, "Hi", NULL, NULL);
  asked_read (asked);
  while (bus->host->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_hash_table_size (bus->host->conversations), ==, 0);
  reply
    = program_call (program, asked->path, RNL_APP_ID ".Agent1.Request", "Cancel", NULL, NULL, NULL);
  g_assert_nonnull (reply);
  asked_wait (asked);
  g_assert_cmpuint (bus->host->n_taken_away, ==, 1);
  asked_assert_finished (asked, "cancelled", NULL);
}

static void
test_grant (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  rnl_test_last RnlGrantList *grants = rnl_grant_list_new (bus->settings);
  g_autoptr (Asked) first = NULL;
  g_autoptr (Asked) second = NULL;
  g_autoptr (RnlGrant) grant = NULL;
  g_autofree char *forged = NULL;
  const char *token;
  const char *conversation;

  bus->host->consent = RNL_CONSENT_ALWAYS;
  first = program_ask (program, "Hi", option ("client-name", g_variant_new_string ("Notes")), NULL);
  asked_wait (first);
  token = asked_get_string (first, "grant");
  conversation = asked_get_string (first, "conversation");
  g_assert_nonnull (token);
  g_assert_nonnull (conversation);

  bus->host->consent = RNL_CONSENT_DENY;
  second = program_ask (
    program, "And?",
    g_variant_new_parsed ("{'grant': <%s>, 'conversation': <%s>}", token, conversation), NULL);
  asked_wait (second);
  asked_assert_finished (second, "end_turn", NULL);
  g_assert_cmpuint (bus->host->n_asked, ==, 1);
  g_assert_cmpstr (asked_get_string (second, "conversation"), ==, conversation);
  g_assert_cmpuint (
    g_list_model_get_n_items (rnl_conversation_list_messages (bus_get_conversation (bus))), ==, 4);

  /* A chat that did not begin with the grant cannot be named. */
  forged = g_strdup_printf ("x%s", conversation);
  assert_refused (program, "And?",
                  g_variant_new_parsed ("{'grant': <%s>, 'conversation': <%s>}", token, forged),
                  ERROR_NAME ("NotAllowed"));

  g_settings_set_boolean (bus->settings, "programs-may-ask", FALSE);
  assert_refused (program, "Hi", option ("grant", g_variant_new_string (token)),
                  ERROR_NAME ("NotAllowed"));
  g_settings_set_boolean (bus->settings, "programs-may-ask", TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (grants)), ==, 1);
  grant = g_list_model_get_item (G_LIST_MODEL (grants), 0);
  g_assert_cmpstr (rnl_grant_get_client_name (grant), ==, "Notes");
  rnl_grant_list_revoke (grants, grant);
  assert_refused (program, "Hi", option ("grant", g_variant_new_string (token)),
                  ERROR_NAME ("NotAllowed"));
}

static gboolean
wants_consent (gpointer host)
{
  return ((TestHost *) host)->n_asked > 0;
}

/* A question is over, and its turn with it. */
static gboolean
is_idle (gpointer user_data)
{
  Bus *bus = user_data;

  return rnl_bus_service_get_n_requests (bus->service) == 0;
}

static gboolean
has_begun (gpointer user_data)
{
  Bus *bus = user_data;

  return g_hash_table_size (bus->host->conversations) == 1
         && rnl_conversation_get_busy (bus_get_conversation (bus));
}

static void
test_cancel (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Program) other = program_new (bus);
  g_autoptr (Asked) asked
    = program_ask (program, "Hi", option ("handle-token", g_variant_new_string ("mine")), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = NULL;
  g_autoptr (GVariant) reply = NULL;

  g_assert_true (g_str_has_suffix (asked->path, "/mine"));
  asked_read (asked);
  rnl_test_wait_for (has_begun, bus);
  g_assert_null (
    program_call (other, asked->path, RNL_APP_ID ".Agent1.Request", "Cancel", NULL, NULL, &error));
  remote = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (remote, ==, ERROR_NAME ("NotAllowed"));
  g_assert_true (rnl_conversation_get_busy (bus_get_conversation (bus)));

  reply
    = program_call (program, asked->path, RNL_APP_ID ".Agent1.Request", "Cancel", NULL, NULL, NULL);
  g_assert_nonnull (reply);
  asked_wait (asked);
  asked_assert_finished (asked, "cancelled", NULL);
  g_assert_false (rnl_conversation_get_busy (bus_get_conversation (bus)));
}

static void
test_descriptor_closed (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = program_ask (program, "Hi", NULL, NULL);

  rnl_test_wait_for (has_begun, bus);
  g_close (asked->fd, NULL);
  asked->fd = -1;
  rnl_test_wait_for (is_idle, bus);
  g_assert_false (rnl_conversation_get_busy (bus_get_conversation (bus)));
}

static void
test_caller_vanishes (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = program_ask (program, "Hi", NULL, NULL);

  rnl_test_wait_for (has_begun, bus);
  g_dbus_connection_close_sync (program->connection, NULL, NULL);
  rnl_test_wait_for (is_idle, bus);
  g_assert_false (rnl_conversation_get_busy (bus_get_conversation (bus)));
}

static void
test_timeout (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked
    = program_ask (program, "Hi", option ("timeout", g_variant_new_uint32 (1)), NULL);

  asked_wait (asked);
  asked_assert_finished (asked, "cancelled", "timed-out");
}

/* The question on the screen goes away with the program that wanted it. */
static void
test_vanishes_before_consent (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = NULL;

  bus->host->silent = TRUE;
  asked = program_ask (program, "Hi", NULL, NULL);
  rnl_test_wait_for (wants_consent, bus->host);
  g_dbus_connection_close_sync (program->connection, NULL, NULL);
  rnl_test_wait_for (is_idle, bus);
  g_assert_cmpuint (bus->host->n_taken_away, ==, 1);
}

static void
test_failure (void)
{
  g_autoptr (Bus) bus
    = bus_new ("{\"turns\": [{\"chunks\": [{\"text\": \"Half\"}, {\"error\": {\"code\": \"quota\","
               " \"message\": \"Nothing left\"}}]}]}");
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = program_ask (program, "Hi", NULL, NULL);

  asked_wait (asked);
  asked_assert_finished (asked, "error", "quota");
  g_assert_cmpstr (asked_get_string (asked, "text"), ==, "Half");
}

static void
test_no_provider (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);

  g_clear_object (&bus->host->model);
  assert_refused (program, "Hi", NULL, ERROR_NAME ("NoProvider"));
}

static void
count_cb (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Nobody else hears the end. */
static void
test_finished_is_private (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Program) other = program_new (bus);
  g_autoptr (Asked) asked = NULL;
  guint n_heard = 0;
  guint id = g_dbus_connection_signal_subscribe (
    other->connection, NULL, RNL_APP_ID ".Agent1.Request", "Finished", NULL, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, count_cb, &n_heard, NULL);
  g_autoptr (GVariant) reply = NULL;

  asked = program_ask (program, "Hi", NULL, NULL);
  asked_wait (asked);
  /* An answer to the other one comes after all that was sent to it before. */
  reply = program_call (other, RNL_BUS_SERVICE_PATH, "org.freedesktop.DBus.Peer", "Ping", NULL,
                        NULL, NULL);
  g_assert_nonnull (reply);
  g_assert_cmpuint (n_heard, ==, 0);
  g_dbus_connection_signal_unsubscribe (other->connection, id);
}

static int
make_pipe (const char *content, gsize length)
{
  int fds[2];

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  g_assert_cmpint (write (fds[1], content, length), ==, (gssize) length);
  g_close (fds[1], NULL);

  return fds[0];
}

static Asked *
ask_with_attachment (Program *program, const char *mime_type, const char *content, gsize length)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  int fd = make_pipe (content, length);
  Asked *asked;

  g_unix_fd_list_append (fds, fd, NULL);
  g_close (fd, NULL);
  asked = program_ask_with_fds (
    program, "Look:", g_variant_new_parsed ("{'attachments': <[('a.c', %s, @h 0)]>}", mime_type),
    fds, &error);
  if (asked == NULL)
    g_assert_true (strstr (error->message, "InvalidOptions") != NULL);

  return asked;
}

/* There is no request for a question that does not ask anything. */
static void
test_blank_question (void)
{
  static const char *const blank[] = { "", " \t\n" };
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);

  for (gsize i = 0; i < G_N_ELEMENTS (blank); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (program_ask (program, blank[i], NULL, &error));
      g_assert_nonnull (strstr (error->message, "InvalidOptions"));
    }
}

static void
test_attachments (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = ask_with_attachment (program, "text/x-c", "int x;", 6);
  g_autoptr (Asked) binary = NULL;
  g_autoptr (RnlMessage) question = NULL;
  g_autofree char *text = NULL;

  asked_wait (asked);
  asked_assert_finished (asked, "end_turn", NULL);
  question = g_list_model_get_item (rnl_conversation_list_messages (bus_get_conversation (bus)), 0);
  text = rnl_message_dup_text (question);
  g_assert_cmpstr (text, ==, "Look:\n\na.c:\n```c\nint x;\n```\n");

  g_assert_null (ask_with_attachment (program, "image/png", "int x;", 6));
  binary = ask_with_attachment (program, "text/plain", "a\0b", 3);
  asked_wait (binary);
  asked_assert_finished (binary, "refusal", ERROR_NAME ("InvalidOptions"));
}

static void
test_properties (void)
{
  g_autoptr (Bus) bus = bus_new (HELLO);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (GVariant) reply
    = program_call (program, RNL_BUS_SERVICE_PATH, "org.freedesktop.DBus.Properties", "GetAll",
                    g_variant_new ("(s)", RNL_APP_ID ".Agent1"), NULL, NULL);
  g_autoptr (GVariant) properties = g_variant_get_child_value (reply, 0);
  g_autofree const char **features = NULL;
  guint version;

  g_assert_true (g_variant_lookup (properties, "Version", "u", &version));
  g_assert_cmpuint (version, ==, 1);
  g_assert_true (g_variant_lookup (properties, "Features", "^a&s", &features));
  g_assert_true (g_strv_contains (features, "ask"));
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  if (!bus_start ())
    return 77;
  g_test_add_func ("/bus-service/events", test_events);
  g_test_add_func ("/bus-service/text", test_text);
  g_test_add_func ("/bus-service/tools", test_tools);
  g_test_add_func ("/bus-service/compose", test_compose);
  g_test_add_func ("/bus-service/denied", test_denied);
  g_test_add_func ("/bus-service/nothing-before-consent", test_nothing_before_consent);
  g_test_add_func ("/bus-service/grant", test_grant);
  g_test_add_func ("/bus-service/cancel", test_cancel);
  g_test_add_func ("/bus-service/descriptor-closed", test_descriptor_closed);
  g_test_add_func ("/bus-service/caller-vanishes", test_caller_vanishes);
  g_test_add_func ("/bus-service/vanishes-before-consent", test_vanishes_before_consent);
  g_test_add_func ("/bus-service/timeout", test_timeout);
  g_test_add_func ("/bus-service/failure", test_failure);
  g_test_add_func ("/bus-service/no-provider", test_no_provider);
  g_test_add_func ("/bus-service/finished-is-private", test_finished_is_private);
  g_test_add_func ("/bus-service/attachments", test_attachments);
  g_test_add_func ("/bus-service/blank-question", test_blank_question);
  g_test_add_func ("/bus-service/properties", test_properties);
  status = g_test_run ();
  bus_stop ();

  return status;
}
