/* bench-server.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bench-server.h"

#include <string.h>
#include <unistd.h>

#include "bench-streams.h"
#include "bench-text.h"
#include "rnl-test-server.h"

#define ADDRESS "bench-server-address"

/* The path begins with "/PROTOCOL/TOKENS"; a program that is compared asks Chat Completions for
 * "?tokens=TOKENS". Every token is a chunk of its own, which is most of the work of whoever only
 * reads. */
static GString *
make_stream (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 4);
  const char *other = strstr (path, "?tokens=");
  guint n_tokens
    = (guint) g_ascii_strtoull (other != NULL ? other + strlen ("?tokens=") : parts[2], NULL, 10);
  g_autoptr (GString) text = bench_text_new (n_tokens);

  return bench_stream_new (other != NULL ? "openai-chat" : parts[1], text->str, text->len, TRUE);
}

/* Made once for each path, by threads that may be several. */
static void
reply_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  static GMutex lock;
  static GHashTable *streams; /* path -> GString, kept */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GString *stream;

  /* Nothing is known of the model. */
  if (g_str_has_suffix (request->path, "/api/show"))
    {
      reply->body = "{}";
      return;
    }
  if (streams == NULL)
    streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stream = g_hash_table_lookup (streams, request->path);
  if (stream == NULL)
    {
      stream = make_stream (request->path);
      g_hash_table_insert (streams, g_strdup (request->path), stream);
    }
  reply->length = stream->len;
  reply->framing = RNL_TEST_CLOSE;
  reply->headers = "Transfer-Encoding: chunked\r\n";
  reply->body = stream->str;
  if (g_str_has_prefix (request->path, "/ollama/"))
    reply->content_type = "application/x-ndjson";
}

/**
 * bench_server_serve:
 *
 * Tells its port and serves until its input ends.
 *
 * Returns: the exit status
 */
int
bench_server_serve (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  char byte;

  rnl_test_server_set_handler (server, reply_cb, NULL);
  g_print ("%u\n", rnl_test_server_get_port (server));
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;

  return 0;
}

/**
 * bench_server_start:
 * @program: which serves when its argument is `BENCH_SERVE`
 *
 * Returns: (transfer full): the server's process
 */
GSubprocess *
bench_server_start (const char *program)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *server
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, BENCH_SERVE, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *port = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  port = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_object_set_data_full (G_OBJECT (server), ADDRESS, g_strconcat ("http://127.0.0.1:", port, NULL),
                          g_free);

  return server;
}

/**
 * bench_server_dup_url:
 * @server: the server's process
 * @protocol: that is spoken
 * @n_tokens: of the answer
 *
 * Returns: (transfer full): where that answer is given to any question
 */
char *
bench_server_dup_url (GSubprocess *server, const char *protocol, guint n_tokens)
{
  return g_strdup_printf ("%s/%s/%u", (char *) g_object_get_data (G_OBJECT (server), ADDRESS),
                          protocol, n_tokens);
}
