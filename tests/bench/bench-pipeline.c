/* bench-pipeline.c: what a token costs before anybody sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events of about 250 bytes, as Chat Completions sends them, go through the parser of SSE and the
 * reader of JSON, and their few fields are read as a decoder does. Prints a JSON object a line:
 * from memory, in buffers of the size a stream gives, and over a loopback connection. CPU time is
 * that of this thread, so without the server's. Arguments: the number of tokens, and the address of
 * another server that sends as many (one that joins its writes costs us fewer wake-ups). */
#include "config.h"

#include <string.h>
#include <time.h>

#include "rnl-http-session.h"
#include "rnl-http-stream.h"
#include "rnl-json-reader.h"
#include "rnl-sse-parser.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define DEFAULT_TOKENS 200000
#define PIECE          (16 * 1024)
#define N_RUNS         3
#define REQUEST        "{\"model\":\"bench\",\"stream\":true,\"messages\":[]}"

typedef struct
{
  RnlSseParser *parser;
  RnlJsonReader reader;
  GString *text;
  guint n_deltas;
  gboolean done;
} Sink;

static double
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static void
read_delta (Sink *sink)
{
  const char *key, *text;
  gsize len;

  if (!rnl_json_reader_enter_object (&sink->reader))
    return;
  while (rnl_json_reader_next_member (&sink->reader, &key, &len))
    if (!rnl_json_key_is (key, len, "content"))
      rnl_json_reader_skip (&sink->reader);
    else if (rnl_json_reader_read_string (&sink->reader, &text, &len))
      {
        g_string_append_len (sink->text, text, (gssize) len);
        sink->n_deltas += len > 0;
      }
}

static void
read_choice (Sink *sink)
{
  const char *key;
  gsize len;

  if (!rnl_json_reader_enter_object (&sink->reader))
    return;
  while (rnl_json_reader_next_member (&sink->reader, &key, &len))
    if (rnl_json_key_is (key, len, "delta"))
      read_delta (sink);
    else
      rnl_json_reader_skip (&sink->reader);
}

static gboolean
read_event (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  Sink *sink = user_data;
  const char *key;
  gsize len;

  rnl_json_reader_reset_static (&sink->reader, event->data, event->length);
  if (!rnl_json_reader_enter_object (&sink->reader))
    return TRUE;
  while (rnl_json_reader_next_member (&sink->reader, &key, &len))
    if (rnl_json_key_is (key, len, "choices") && rnl_json_reader_enter_array (&sink->reader))
      while (rnl_json_reader_next_element (&sink->reader))
        read_choice (sink);
    else if (!rnl_json_key_is (key, len, "choices"))
      rnl_json_reader_skip (&sink->reader);

  return rnl_json_reader_check (&sink->reader, error);
}

static gboolean
read_bytes (const char *bytes, gsize len, gpointer user_data, GError **error)
{
  Sink *sink = user_data;

  return rnl_sse_parser_feed (sink->parser, bytes, len, read_event, sink, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sink *sink = user_data;
  g_autoptr (GError) error = NULL;

  rnl_http_stream_run_finish (result, &error);
  g_assert_no_error (error);
  sink->done = TRUE;
}

static char *
make_stream (guint n_tokens)
{
  static const char *const words[]
    = { "Hello", " world", " stream", ",", " and", " \\\"x\\\"", "\\n\\n", " r\xc3\xa9sum\xc3\xa9",
        " token" };
  GString *stream = g_string_sized_new ((gsize) n_tokens * 256);

  for (guint i = 0; i < n_tokens; i++)
    g_string_append_printf (
      stream,
      "data: "
      "{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion.chunk\",\"created\":1750000000,"
      "\"model\":\"bench\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\","
      "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,"
      "\"finish_reason\":null}]}\n\n",
      words[i % G_N_ELEMENTS (words)]);

  return g_string_free (stream, FALSE);
}

static void
report (const char *name, guint n_tokens, double cpu, double wall, gsize bytes)
{
  g_print ("{\"bench\":\"pipeline-%s\",\"tokens\":%u,\"bytes_per_token\":%.0f,"
           "\"cpu_us_per_token\":%.3f,\"tokens_per_s\":%.0f}\n",
           name, n_tokens, (double) bytes / n_tokens, cpu / n_tokens, n_tokens / wall * 1e6);
}

static void
sink_init (Sink *sink)
{
  memset (sink, 0, sizeof *sink);
  sink->parser = rnl_sse_parser_new ();
  sink->text = g_string_new (NULL);
  rnl_json_reader_init (&sink->reader);
}

static void
sink_clear (Sink *sink, guint n_tokens)
{
  g_assert_cmpuint (sink->n_deltas, ==, n_tokens);
  rnl_sse_parser_free (sink->parser);
  rnl_json_reader_clear (&sink->reader);
  g_string_free (sink->text, TRUE);
}

static void
bench_memory (const char *stream, guint n_tokens)
{
  gsize len = strlen (stream);
  double cpu = G_MAXDOUBLE, wall = G_MAXDOUBLE;

  for (guint run = 0; run < N_RUNS; run++)
    {
      double cpu_begin = cpu_us (), begin = (double) g_get_monotonic_time ();
      Sink sink;

      sink_init (&sink);
      for (gsize at = 0; at < len; at += PIECE)
        g_assert_true (read_bytes (stream + at, MIN (PIECE, len - at), &sink, NULL));
      cpu = MIN (cpu, cpu_us () - cpu_begin);
      wall = MIN (wall, (double) g_get_monotonic_time () - begin);
      sink_clear (&sink, n_tokens);
    }
  report ("memory", n_tokens, cpu, wall, len);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Sink *) user_data)->done;
}

static void
bench_url (const char *name, const char *url, gsize length, guint n_tokens)
{
  g_autoptr (SoupSession) session = rnl_http_session_new ();
  double cpu = G_MAXDOUBLE, wall = G_MAXDOUBLE;

  for (guint run = 0; run < N_RUNS; run++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
      g_autoptr (GBytes) body = g_bytes_new_static (REQUEST, strlen (REQUEST));
      double cpu_begin = cpu_us (), begin = (double) g_get_monotonic_time ();
      Sink sink;

      sink_init (&sink);
      soup_message_set_request_body_from_bytes (message, "application/json", body);
      rnl_http_stream_run_async (session, message, NULL, NULL, read_bytes, &sink, NULL, done_cb,
                                 &sink);
      g_assert_true (rnl_test_run_until (is_done, &sink, 120000));
      cpu = MIN (cpu, cpu_us () - cpu_begin);
      wall = MIN (wall, (double) g_get_monotonic_time () - begin);
      sink_clear (&sink, n_tokens);
    }
  report (name, n_tokens, cpu, wall, length);
}

static void
bench_socket (const char *name, const RnlTestReply *reply, guint n_tokens)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1/chat/completions");

  rnl_test_server_push (server, reply);
  bench_url (name, url, reply->length, n_tokens);
}

int
main (int argc, char **argv)
{
  guint n_tokens = DEFAULT_TOKENS;
  g_autofree char *stream = NULL;
  RnlTestReply reply = { 0 };

  rnl_test_init (&argc, &argv);
  if (argc > 1)
    n_tokens = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 1, 2000000);
  stream = make_stream (n_tokens);
  reply.body = stream;
  reply.length = strlen (stream);

  bench_memory (stream, n_tokens);
  reply.framing = RNL_TEST_LENGTH;
  bench_socket ("socket", &reply, n_tokens);
  /* One HTTP chunk an event, as servers do. */
  reply.framing = RNL_TEST_CHUNKED;
  reply.piece = reply.length / n_tokens;
  bench_socket ("socket-chunks", &reply, n_tokens);
  if (argc > 2)
    bench_url ("url", argv[2], reply.length, n_tokens);

  return 0;
}
