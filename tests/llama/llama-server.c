/* llama-server.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "llama-server.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "rnl-test.h"

#define LISTENS "listening on http://127.0.0.1:"

/* A random model is loaded in less than a second; a busy machine takes its time. */
#define START_TIMEOUT_MS 60000

struct _LlamaServer
{
  GSubprocess *process;
  GDataInputStream *log;
  GString *said;
  SoupSession *session;
  guint port;
  gboolean ended;
};

static char *
find_program (void)
{
  const char *named = g_getenv ("RUNNEL_LLAMA_SERVER");

  return g_find_program_in_path (named != NULL && *named != '\0' ? named : "llama-server");
}

/* Whether there is a server, and a Python to make it a model; else TAP is told that there is none.
 */
gboolean
llama_server_is_there (void)
{
  g_autofree char *program = find_program ();
  g_autofree char *python = g_find_program_in_path ("python3");

  if (program != NULL && python != NULL)
    return TRUE;
  g_print (
    "1..0 # SKIP no llama-server (of llama.cpp; RUNNEL_LLAMA_SERVER names one) or python3\n");

  return FALSE;
}

static char *
make_model (void)
{
  char *path = g_build_filename (rnl_test_tmp_dir (), "random.gguf", NULL);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "llama", "random-model.py", NULL);
  const char *const argv[] = { "python3", script, path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (python, NULL, &error));

  return path;
}

/* The server goes when the test does, however that ends. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LlamaServer *self = user_data;
  g_autofree char *line
    = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  const char *address;

  if (line == NULL)
    {
      self->ended = TRUE;
      return;
    }
  g_string_append_printf (self->said, "%s\n", line);
  address = strstr (line, LISTENS);
  if (address != NULL)
    self->port = (guint) g_ascii_strtoull (address + strlen (LISTENS), NULL, 10);
  g_data_input_stream_read_line_async (self->log, G_PRIORITY_DEFAULT, NULL, line_cb, self);
}

static gboolean
has_started (LlamaServer *self)
{
  return self->port != 0 || self->ended;
}

/**
 * llama_server_start:
 * @options: more options of its own
 *
 * Starts the server at a free port of the loopback, with one thread and one slot.
 *
 * Returns: (transfer full): the server, which has loaded its model
 */
LlamaServer *
llama_server_start (const char *const *options)
{
  LlamaServer *self = g_new0 (LlamaServer, 1);
  g_autofree char *program = find_program ();
  g_autofree char *model = make_model ();
  const char *const usual[]
    = { program, "--model",    model,        "--host",     "127.0.0.1", "--port",
        "0",     "--ctx-size", "8192",       "--parallel", "1",         "--threads",
        "1",     "--slots",    "--no-webui", "--alias",    "random",    NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_addv (builder, (const char **) usual);
  g_strv_builder_addv (builder, (const char **) options);
  argv = g_strv_builder_end (builder);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  /* What checks this process's memory is not meant for another's. */
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_PERTURB_");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  self->said = g_string_new (NULL);
  self->session = soup_session_new ();
  self->log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->process));
  g_data_input_stream_read_line_async (self->log, G_PRIORITY_DEFAULT, NULL, line_cb, self);
  if (!rnl_test_run_until ((RnlTestCondition) has_started, self, START_TIMEOUT_MS)
      || self->port == 0)
    g_error ("llama-server did not start:\n%s", self->said->str);

  return self;
}

static gboolean
has_ended (LlamaServer *self)
{
  return self->ended;
}

void
llama_server_stop (LlamaServer *self)
{
  g_subprocess_force_exit (self->process);
  rnl_test_wait_for (has_ended, self);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->log);
  g_object_unref (self->process);
  g_object_unref (self->session);
  g_string_free (self->said, TRUE);
  g_free (self);
}

char *
llama_server_dup_url (LlamaServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/* Whether it is making an answer for somebody. */
gboolean
llama_server_is_busy (LlamaServer *self)
{
  g_autofree char *url = llama_server_dup_url (self, "/slots");
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (self->session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                       "\"is_processing\":true")
         != NULL;
}
