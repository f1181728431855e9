/* test-cli-idle.c: who waits for a token sleeps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "rnl-test-server.h"
#include "rnl-test.h"

/* How long is watched, and how often the process may wake up in that time. */
#define WATCH_SECONDS 2
#define MAX_WAKEUPS   9

#define STREAM                                                                                     \
  "data: "                                                                                         \
  "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","     \
  "\"content\":\"Hello\"}}]}\n\n"

static const char *program;

/* What one thread says: how often it went to sleep, which is how often it woke up. */
static guint64
thread_sleeps (const char *tasks, const char *thread)
{
  static const char name[] = "\nvoluntary_ctxt_switches:";
  g_autofree char *path = g_build_filename (tasks, thread, "status", NULL);
  g_autofree char *status = NULL;
  const char *found;

  if (!g_file_get_contents (path, &status, NULL, NULL))
    return 0;
  found = strstr (status, name);

  return found != NULL ? g_ascii_strtoull (found + strlen (name), NULL, 10) : 0;
}

/* All threads of a process. */
static guint64
process_sleeps (const char *pid)
{
  g_autofree char *tasks = g_build_filename ("/proc", pid, "task", NULL);
  g_autoptr (GDir) folder = g_dir_open (tasks, 0, NULL);
  const char *thread;
  guint64 sum = 0;

  g_assert_nonnull (folder);
  while ((thread = g_dir_read_name (folder)) != NULL)
    sum += thread_sleeps (tasks, thread);

  return sum;
}

static GSubprocess *
start (RnlTestServer *server)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "RUNNEL_API_KEY", "k", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "ask", "--model", "test/m",
                                         "--protocol", "openai-chat", "--base-url", url, "--tools",
                                         "none", "Are you there?", NULL);
  g_assert_no_error (error);

  return process;
}

static void
wait_for_token (GSubprocess *process)
{
  char text[16] = "";
  gsize n_read = 0;
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), text, strlen ("Hello"), &n_read,
                           NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "Hello");
}

/* A server that says one word and then nothing: no clock of ours may tick meanwhile. */
static void
test_slow_stream (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autoptr (GSubprocess) process = NULL;
  const char *pid;
  guint64 before, n;

  if (!g_file_test ("/proc/self/task", G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no /proc");
      return;
    }
  rnl_test_server_push (server, &(RnlTestReply){ .body = STREAM, .ending = RNL_TEST_SILENCE });
  process = start (server);
  pid = g_subprocess_get_identifier (process);
  wait_for_token (process);

  /* What follows the first token may take a moment; from then on nothing happens. */
  g_usleep (G_USEC_PER_SEC / 2);
  before = process_sleeps (pid);
  g_assert_cmpuint (before, >, 0);
  g_usleep (WATCH_SECONDS * G_USEC_PER_SEC);
  n = process_sleeps (pid) - before;
  g_test_message ("%" G_GUINT64_FORMAT " wake-ups in %d seconds", n, WATCH_SECONDS);
  g_assert_cmpuint (n, <=, MAX_WAKEUPS);

  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/cli/idle/slow-stream", test_slow_stream);

  return g_test_run ();
}
