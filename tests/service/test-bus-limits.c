/* test-bus-limits.c: too much, too many, too slow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "bus-fixture.h"
#include "rnl-bus-options.h"

#define HANG "{\"turns\": [{\"chunks\": [{\"text\": \"Wait\"}, {\"hang\": true}]}]}"

/* 20 MB of answer: 20,000 pieces of 1,000 bytes. */
#define N_PIECES    20000
#define PIECE_BYTES 1000

static void
assert_refused (Program *program, const char *prompt, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = NULL;

  g_assert_null (program_ask (program, prompt, NULL, &error));
  remote = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (remote, ==, name);
}

static void
test_too_large (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autofree char *prompt = g_strnfill (RNL_BUS_MAX_PROMPT + 1, 'a');
  g_autoptr (Asked) asked = NULL;

  assert_refused (program, prompt, ERROR_NAME ("TooLarge"));
  prompt[RNL_BUS_MAX_PROMPT] = '\0';
  asked = program_ask (program, prompt, NULL, NULL);
  g_assert_nonnull (asked);
}

static void
test_per_program (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Program) other = program_new (bus);
  g_autoptr (Asked) first = program_ask (program, "1", NULL, NULL);
  g_autoptr (Asked) second = program_ask (program, "2", NULL, NULL);
  g_autoptr (Asked) of_other = program_ask (other, "1", NULL, NULL);

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_nonnull (of_other);
  assert_refused (program, "3", ERROR_NAME ("Busy"));
}

static void
test_twenty_programs (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  Program *programs[20];
  Asked *asked[20] = { NULL };
  guint n_running = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (GError) error = NULL;

      programs[i] = program_new (bus);
      asked[i] = program_ask (programs[i], "Hi", NULL, &error);
      if (asked[i] != NULL)
        n_running++;
      else
        g_assert_nonnull (strstr (error->message, "Agent1.Error.Busy"));
    }
  g_assert_cmpuint (n_running, ==, RNL_BUS_SERVICE_IN_FLIGHT);
  g_assert_cmpuint (rnl_bus_service_get_n_requests (bus->service), ==, RNL_BUS_SERVICE_IN_FLIGHT);

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_clear_pointer (&asked[i], asked_free);
      program_free (programs[i]);
    }
}

static void
test_rate (void)
{
  g_autoptr (Bus) bus = bus_new (HANG);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (GError) error = NULL;
  guint n_composed = 0;

  while (error == NULL && n_composed < 2 * RNL_BUS_SERVICE_BURST)
    {
      g_autoptr (GVariant) reply
        = program_call (program, RNL_BUS_SERVICE_PATH, RNL_APP_ID ".Agent1", "Compose",
                        g_variant_new ("(sa{sv})", "Hi", NULL), NULL, &error);

      n_composed += reply != NULL ? 1 : 0;
    }
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Agent1.Error.Busy"));
  g_assert_cmpuint (n_composed, >=, RNL_BUS_SERVICE_BURST);
}

/* Resident memory of a process, in bytes. */
static gsize
get_rss (guint pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/status", pid);
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  line = strstr (status, "VmRSS:");
  g_assert_nonnull (line);

  return (gsize) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) * 1024;
}

static char *
make_long_script (void)
{
  g_autofree char *piece = g_strnfill (PIECE_BYTES, 'x');

  return g_strdup_printf (
    "{\"turns\": [{\"chunks\": [{\"repeat\": %d, \"chunks\": [{\"text\": \"%s\"}]}]}]}", N_PIECES,
    piece);
}

static gsize
get_produced (Bus *bus)
{
  g_autoptr (RnlMessage) answer = NULL;

  if (g_hash_table_size (bus->host->conversations) == 0)
    return 0;
  answer = g_list_model_get_item (rnl_conversation_list_messages (bus_get_conversation (bus)), 1);
  if (answer == NULL || rnl_message_get_n_parts (answer) == 0)
    return 0;

  return rnl_part_get_length (rnl_message_get_part (answer, 0));
}

static gboolean
has_produced (gpointer user_data)
{
  return get_produced (user_data) > 0;
}

static gboolean
is_never (gpointer user_data)
{
  return FALSE;
}

/* Nobody reads: the model stops, nothing grows. Then somebody does, and gets every byte. */
static void
test_sleeping_reader (void)
{
  g_autofree char *script = make_long_script ();
  g_autoptr (Bus) bus = bus_new (script);
  g_autoptr (Program) program = program_new (bus);
  guint broker = bus_get_pid ();
  gsize broker_before = get_rss (broker);
  gsize before = get_rss ((guint) getpid ());
  g_autoptr (Asked) asked = program_ask (program, "Hi", NULL, NULL);
  g_autofree char *answer = NULL;
  gsize produced;

  rnl_test_wait_for (has_produced, bus);
  rnl_test_run_until (is_never, NULL, 500);
  produced = get_produced (bus);
  g_test_message ("produced %zu, service +%zd, broker +%zd", produced,
                  (gssize) (get_rss ((guint) getpid ()) - before),
                  (gssize) (get_rss (broker) - broker_before));
  g_assert_cmpuint (produced, <, 2 * 1024 * 1024);
  g_assert_cmpint ((gssize) (get_rss ((guint) getpid ()) - before), <, 8 * 1024 * 1024);
  g_assert_cmpint ((gssize) (get_rss (broker) - broker_before), <, 1024 * 1024);

  asked_wait (asked);
  asked_assert_finished (asked, "end_turn", NULL);
  answer = asked_dup_answer (asked);
  g_assert_cmpuint (strlen (answer), ==, (gsize) N_PIECES * PIECE_BYTES);
  g_assert_null (asked_get_string (asked, "text"));
  g_assert_cmpint ((gssize) (get_rss (broker) - broker_before), <, 1024 * 1024);
}

static gboolean
is_idle (gpointer user_data)
{
  return rnl_bus_service_get_n_requests (((Bus *) user_data)->service) == 0;
}

static void
test_stalled_reader (void)
{
  g_autofree char *script = make_long_script ();
  g_autoptr (Bus) bus = bus_new (script);
  g_autoptr (Program) program = program_new (bus);
  g_autoptr (Asked) asked = NULL;

  rnl_bus_service_set_stall_time (bus->service, 200);
  asked = program_ask (program, "Hi", NULL, NULL);
  rnl_test_wait_for (has_produced, bus);
  rnl_test_wait_for (is_idle, bus);
  g_assert_false (rnl_conversation_get_busy (bus_get_conversation (bus)));
  rnl_test_wait_for (asked_has_finished, asked);
  g_assert_cmpstr (asked->stop_reason, ==, "cancelled");
  g_assert_cmpstr (asked_get_string (asked, "error"), ==, "timed-out");
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  if (!bus_start ())
    return 77;
  g_test_add_func ("/bus-limits/too-large", test_too_large);
  g_test_add_func ("/bus-limits/per-program", test_per_program);
  g_test_add_func ("/bus-limits/twenty-programs", test_twenty_programs);
  g_test_add_func ("/bus-limits/rate", test_rate);
  g_test_add_func ("/bus-limits/sleeping-reader", test_sleeping_reader);
  g_test_add_func ("/bus-limits/stalled-reader", test_stalled_reader);
  status = g_test_run ();
  bus_stop ();

  return status;
}
