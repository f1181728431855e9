/* cli-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli-harness.h"

#include <signal.h>
#include <string.h>

#include "rnl-test.h"

static const char *program;
static const char *debug_domains;

typedef struct
{
  CliResult *result;
  GSubprocess *process;
  GInputStream *out;
  GInputStream *err;
  const char *interrupt_after;
  char out_buffer[65536];
  char err_buffer[65536];
  guint open;
} Running;

void
cli_set_program (const char *path)
{
  program = path;
}

void
cli_set_debug (const char *domains)
{
  debug_domains = domains;
}

static void
split_lines (CliResult *result)
{
  const char *text = result->out->str;
  guint n = 0;

  for (const char *end; (end = strchr (text, '\n')) != NULL; text = end + 1, n++)
    if (n == result->lines->len)
      {
        gint64 now = g_get_monotonic_time ();

        g_ptr_array_add (result->lines, g_strndup (text, (gsize) (end - text)));
        g_array_append_val (result->arrived, now);
      }
}

static void
out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Running *running = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      running->open--;
      return;
    }
  running->result->n_reads++;
  g_string_append_len (running->result->out, running->out_buffer, n);
  split_lines (running->result);
  if (running->interrupt_after != NULL
      && strstr (running->result->out->str, running->interrupt_after) != NULL)
    {
      g_subprocess_send_signal (running->process, SIGINT);
      running->interrupt_after = NULL;
    }
  g_input_stream_read_async (running->out, running->out_buffer, sizeof running->out_buffer, 0, NULL,
                             out_cb, running);
}

static void
err_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Running *running = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      running->open--;
      return;
    }
  g_string_append_len (running->result->err, running->err_buffer, n);
  g_input_stream_read_async (running->err, running->err_buffer, sizeof running->err_buffer, 0, NULL,
                             err_cb, running);
}

static gboolean
is_closed (gpointer user_data)
{
  return ((Running *) user_data)->open == 0;
}

static CliResult *
result_new (void)
{
  CliResult *result = g_new0 (CliResult, 1);

  result->out = g_string_new (NULL);
  result->err = g_string_new (NULL);
  result->lines = g_ptr_array_new_with_free_func (g_free);
  result->arrived = g_array_new (FALSE, FALSE, sizeof (gint64));

  return result;
}

static CliResult *
run_argv (const char *const *argv, const char *input, const char *interrupt_after)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  Running running = { .result = result_new (), .interrupt_after = interrupt_after, .open = 2 };

  if (debug_domains != NULL)
    g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", debug_domains, TRUE);
  running.process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  if (input != NULL)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (running.process), input, strlen (input),
                               NULL, NULL, NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (running.process), NULL, NULL);

  running.out = g_subprocess_get_stdout_pipe (running.process);
  running.err = g_subprocess_get_stderr_pipe (running.process);
  g_input_stream_read_async (running.out, running.out_buffer, sizeof running.out_buffer, 0, NULL,
                             out_cb, &running);
  g_input_stream_read_async (running.err, running.err_buffer, sizeof running.err_buffer, 0, NULL,
                             err_cb, &running);
  if (!rnl_test_run_until (is_closed, &running, 60000))
    g_error ("%s did not end; it wrote: %s", program, running.result->err->str);
  g_subprocess_wait (running.process, NULL, NULL);
  running.result->status = g_subprocess_get_if_exited (running.process)
                             ? g_subprocess_get_exit_status (running.process)
                             : 128 + g_subprocess_get_term_sig (running.process);
  g_object_unref (running.process);

  return running.result;
}

CliResult *
cli_run (const char *input, const char *interrupt_after, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  va_list args;
  char *arg;

  g_ptr_array_add (argv, (char *) program);
  va_start (args, interrupt_after);
  while ((arg = va_arg (args, char *)) != NULL)
    g_ptr_array_add (argv, arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  return run_argv ((const char *const *) argv->pdata, input, interrupt_after);
}

CliResult *
cli_run_shell (const char *command)
{
  const char *const argv[] = { "/bin/sh", "-c", command, NULL };

  return run_argv (argv, NULL, NULL);
}

const char *
cli_get_program (void)
{
  return program;
}

void
cli_result_free (CliResult *result)
{
  g_string_free (result->out, TRUE);
  g_string_free (result->err, TRUE);
  g_ptr_array_unref (result->lines);
  g_array_unref (result->arrived);
  g_free (result);
}

JsonObject *
cli_parse_line (CliResult *result, guint line, JsonNode **owner)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (line, <, result->lines->len);
  *owner = json_from_string (g_ptr_array_index (result->lines, line), &error);
  g_assert_no_error (error);

  return json_node_get_object (*owner);
}
