/* test-http-stream.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-http-session.h"
#include "rnl-http-stream.h"
#include "rnl-provider-error.h"
#include "rnl-redact.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

typedef struct
{
  RnlTestServer *server;
  SoupSession *session;
  GCancellable *cancellable;
  RnlHttpStream *stream;
  RnlHttpStreamOptions options;

  /* what came */
  guint status;
  guint n_heads;
  guint n_pieces;
  guint n_done;
  gboolean ok;
  GString *body;
  GError *error;

  /* what to do in the data function */
  guint cancel_at;
  guint pause_at;
  guint fail_at;
  gulong busy_us;

  /* turns of the main loop */
  guint64 bytes_in_turn;
  guint64 most_in_turn;
  guint n_turns;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = rnl_test_server_new ();
  f->session = rnl_http_session_new ();
  f->cancellable = g_cancellable_new ();
  f->body = g_string_new (NULL);
  f->options.idle_timeout_ms = 15000;
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* Lets what is closing come to its end, then nobody must hold @object any more. */
static void
assert_finalizes (gpointer object)
{
  gpointer watched = object;

  g_object_add_weak_pointer (object, &watched);
  g_object_unref (object);
  rnl_test_wait_for (is_null, &watched);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  /* Whatever is still to come must not come to us. */
  guint n_done = f->n_done, n_pieces = f->n_pieces;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->n_done, ==, n_done);
  g_assert_cmpuint (f->n_pieces, ==, n_pieces);
  soup_session_abort (f->session);
  assert_finalizes (f->session);
  assert_finalizes (f->cancellable);
  rnl_test_server_free (f->server);
  g_string_free (f->body, TRUE);
  g_clear_error (&f->error);
}

static void
head_cb (SoupMessage *message, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_cmpuint (f->n_pieces, ==, 0);
  f->n_heads++;
  f->status = soup_message_get_status (message);
}

static gboolean
data_cb (const char *bytes, gsize len, gpointer user_data, GError **error)
{
  Fixture *f = user_data;

  g_assert_cmpuint (f->n_heads, ==, 1);
  g_assert_cmpuint (f->n_done, ==, 0);
  g_assert_cmpuint (len, >, 0);
  g_assert_false (g_cancellable_is_cancelled (f->cancellable));
  f->n_pieces++;
  f->bytes_in_turn += len;
  g_string_append_len (f->body, bytes, (gssize) len);
  if (f->busy_us > 0)
    g_usleep (f->busy_us);
  if (f->n_pieces == f->cancel_at)
    g_cancellable_cancel (f->cancellable);
  if (f->n_pieces == f->pause_at)
    rnl_http_stream_pause (f->stream);
  if (f->n_pieces == f->fail_at)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "enough");
      return FALSE;
    }

  return TRUE;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->n_done++;
  f->ok = rnl_http_stream_run_finish (result, &f->error);
  g_assert_cmpint (f->ok, ==, f->error == NULL);
}

static void
start_at (Fixture *f, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  f->stream = rnl_http_stream_run_async (f->session, message, &f->options, head_cb, data_cb, f,
                                         f->cancellable, done_cb, f);
}

static void
start (Fixture *f, const RnlTestReply *reply)
{
  g_autofree char *url = rnl_test_server_dup_url (f->server, "/v1/chat");

  rnl_test_server_push (f->server, reply);
  start_at (f, url);
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->n_done > 0;
}

static gboolean
has_piece (gpointer data)
{
  return ((Fixture *) data)->n_pieces > 0;
}

static gboolean
is_abandoned (gpointer data)
{
  return rnl_test_server_get_n_abandoned (((Fixture *) data)->server) > 0;
}

static gboolean
is_requested (gpointer data)
{
  return rnl_test_server_get_n_requests (((Fixture *) data)->server) > 0;
}

static void
assert_says (Fixture *f, const char *word)
{
  if (strstr (f->error->message, word) == NULL)
    g_error ("\"%s\" does not say \"%s\"", f->error->message, word);
}

static const char text[] = "data: one\n\ndata: two \xe6\x97\xa5\n\ndata: [DONE]\n\n";

static void
test_whole (Fixture *f, gconstpointer data)
{
  static const RnlTestReply replies[] = {
    { .body = text },
    { .body = text, .piece = 1 },
    { .body = text, .piece = 7, .piece_delay_ms = 3, .head_delay_ms = 20 },
    { .body = text, .framing = RNL_TEST_LENGTH },
    { .body = text, .framing = RNL_TEST_LENGTH, .piece = 1 },
    { .body = text, .framing = RNL_TEST_CLOSE, .piece = 5 },
    { .body = text, .gzip = TRUE },
    { .body = text, .gzip = TRUE, .piece = 1 },
    { .body = text, .gzip = TRUE, .framing = RNL_TEST_LENGTH, .piece = 3 },
    { .body = text, .status = 429 },
    { .body = text, .piece = 9, .close = TRUE },
    { .body = text,
      .piece = 9,
      .close = TRUE,
      .piece_delay_ms = 5,
      .headers = "Connection: close\r\n" },
    { .body = text, .gzip = TRUE, .close = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      f->n_done = f->n_heads = f->n_pieces = 0;
      g_string_truncate (f->body, 0);
      start (f, &replies[i]);
      rnl_test_wait_for (is_done, f);
      g_assert_no_error (f->error);
      g_assert_cmpstr (f->body->str, ==, text);
      g_assert_cmpuint (f->status, ==, replies[i].status != 0 ? replies[i].status : 200);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      /* The server closes in its own time: the next request is not to meet that. */
      if (replies[i].close || replies[i].framing == RNL_TEST_CLOSE)
        soup_session_abort (f->session);
    }

  const RnlTestRequest *request = rnl_test_server_get_request (f->server, 0);

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/v1/chat");
  g_assert_cmpstr (request->body, ==, "{}");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "user-agent"), ==, "Runnel/" RNL_VERSION);
  g_assert_null (g_hash_table_lookup (request->headers, "cookie"));
  /* Kept open but for the four replies that end with the connection. */
  g_assert_cmpuint (rnl_test_server_get_n_connections (f->server), ==, 4);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .status = 204, .framing = RNL_TEST_LENGTH });
  rnl_test_wait_for (is_done, f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_heads, ==, 1);
  g_assert_cmpuint (f->n_pieces, ==, 0);
}

/* A body that is cut is never a clean end, wherever it is cut and however it is framed. */
static void
test_broken (Fixture *f, gconstpointer data)
{
  static const RnlTestReply replies[] = {
    { .body = text, .ending = RNL_TEST_CUT, .piece = 4 },
    { .body = text, .ending = RNL_TEST_CUT, .framing = RNL_TEST_LENGTH },
    { .body = text, .ending = RNL_TEST_RESET, .piece = 4 },
    { .body = text, .ending = RNL_TEST_RESET, .framing = RNL_TEST_LENGTH },
    { .body = text, .ending = RNL_TEST_CUT, .gzip = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    for (gssize cut = 0; cut < (gssize) strlen (text); cut += 6)
      {
        RnlTestReply reply = replies[i];

        reply.cut_after = cut;
        f->n_done = f->n_heads = f->n_pieces = 0;
        g_clear_error (&f->error);
        g_string_truncate (f->body, 0);
        start (f, &reply);
        rnl_test_wait_for (is_done, f);
        if (f->error == NULL)
          g_error ("case %" G_GSIZE_FORMAT " cut after %" G_GSSIZE_FORMAT " was a clean end", i,
                   cut);
        g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
        assert_says (f, "127.0.0.1:");
        g_assert_true (g_str_has_prefix (text, f->body->str));
        if (reply.ending == RNL_TEST_CUT && !reply.gzip)
          g_assert_cmpuint (f->body->len, ==, cut);
      }
}

static void
test_no_answer (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .ending = RNL_TEST_CUT, .cut_after = RNL_TEST_NO_HEAD });
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  assert_says (f, "without an answer");
  g_assert_cmpuint (f->n_heads, ==, 0);
}

static void
test_not_http (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .raw = "SSH-2.0-OpenSSH_9.2\r\n\r\n" });
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL);
  assert_says (f, "not HTTP");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  RnlTestServer *gone = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (gone, "/");

  rnl_test_server_free (gone);
  start_at (f, url);
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  assert_says (f, "refused the connection");
  assert_says (f, "127.0.0.1:");
}

static void
test_unknown_host (Fixture *f, gconstpointer data)
{
  start_at (f, "http://no-such-server.invalid/v1");
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  assert_says (f, "no-such-server.invalid");
}

/* The server waits for a line of text, which TLS never sends. */
static void
test_connect_timeout (Fixture *f, gconstpointer data)
{
  g_autofree char *url
    = g_strdup_printf ("https://127.0.0.1:%u/", rnl_test_server_get_port (f->server));

  f->options.connect_timeout_ms = 200;
  start_at (f, url);
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  assert_says (f, "No connection to 127.0.0.1:");
}

static void
test_silence (Fixture *f, gconstpointer data)
{
  f->options.idle_timeout_ms = 150;
  start (f, &(RnlTestReply){ .body = text, .gzip = data != NULL, .ending = RNL_TEST_SILENCE });
  rnl_test_wait_for (has_piece, f);
  /* While nothing comes, nothing wakes up. */
  for (guint n = 0; f->n_done == 0; n++)
    {
      g_assert_cmpuint (n, <, 10);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  assert_says (f, "has sent nothing for 0.15 seconds");
  g_assert_cmpstr (f->body->str, ==, text);
  rnl_test_wait_for (is_abandoned, f);
}

static void
test_silence_before_head (Fixture *f, gconstpointer data)
{
  f->options.idle_timeout_ms = 150;
  start (f, &(RnlTestReply){ .body = text, .head_delay_ms = 60000 });
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  g_assert_cmpuint (f->n_heads, ==, 0);
  rnl_test_wait_for (is_abandoned, f);
}

/* Slower than the limit as a whole, but never silent for so long. */
static void
test_slow_is_not_silent (Fixture *f, gconstpointer data)
{
  gint64 begin = g_get_monotonic_time ();

  f->options.idle_timeout_ms = 400;
  start (f, &(RnlTestReply){ .body = text, .piece = 2, .piece_delay_ms = 40 });
  rnl_test_wait_for (is_done, f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->body->str, ==, text);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 400 * 1000);
}

/* When we were stopped for longer than the limit, what came meanwhile counts. */
static void
test_stopped_loop (Fixture *f, gconstpointer data)
{
  f->options.idle_timeout_ms = 200;
  start (f, &(RnlTestReply){ .body = text, .piece = 20, .piece_delay_ms = 50 });
  rnl_test_wait_for (has_piece, f);
  g_usleep (400 * 1000);
  rnl_test_wait_for (is_done, f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->body->str, ==, text);
}

static void
assert_cancelled (Fixture *f)
{
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_done, ==, 1);
}

static void
test_cancel_before (Fixture *f, gconstpointer data)
{
  g_cancellable_cancel (f->cancellable);
  start (f, &(RnlTestReply){ .body = text });
  g_assert_cmpuint (f->n_done, ==, 0);
  assert_cancelled (f);
  g_assert_cmpuint (f->n_heads, ==, 0);
}

static void
test_cancel_before_head (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .body = text, .head_delay_ms = 60000 });
  rnl_test_wait_for (is_requested, f);
  g_cancellable_cancel (f->cancellable);
  g_assert_cmpuint (f->n_done, ==, 0);
  assert_cancelled (f);
  g_assert_cmpuint (f->n_heads, ==, 0);
  rnl_test_wait_for (is_abandoned, f);
}

static void
test_cancel_in_silence (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .body = text, .gzip = data != NULL, .ending = RNL_TEST_SILENCE });
  rnl_test_wait_for (has_piece, f);
  g_cancellable_cancel (f->cancellable);
  assert_cancelled (f);
  rnl_test_wait_for (is_abandoned, f);
}

static void
test_cancel_in_data (Fixture *f, gconstpointer data)
{
  f->cancel_at = 2;
  start (f, &(RnlTestReply){ .body = text, .piece = 3, .ending = RNL_TEST_SILENCE });
  assert_cancelled (f);
  g_assert_cmpuint (f->n_pieces, ==, 2);
  rnl_test_wait_for (is_abandoned, f);
}

static void
test_cancel_paused (Fixture *f, gconstpointer data)
{
  f->pause_at = 1;
  start (f, &(RnlTestReply){ .body = text, .piece = 3, .ending = RNL_TEST_SILENCE });
  rnl_test_wait_for (has_piece, f);
  g_cancellable_cancel (f->cancellable);
  assert_cancelled (f);
  rnl_test_wait_for (is_abandoned, f);
}

static void
test_cancel_after (Fixture *f, gconstpointer data)
{
  start (f, &(RnlTestReply){ .body = text });
  rnl_test_wait_for (is_done, f);
  g_assert_no_error (f->error);
  g_cancellable_cancel (f->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->n_done, ==, 1);
  g_assert_cmpuint (rnl_test_server_get_n_abandoned (f->server), ==, 0);
}

static void
test_data_error (Fixture *f, gconstpointer data)
{
  f->fail_at = 2;
  start (f, &(RnlTestReply){ .body = text, .piece = 3, .ending = RNL_TEST_SILENCE });
  rnl_test_wait_for (is_done, f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (f->n_pieces, ==, 2);
  rnl_test_wait_for (is_abandoned, f);
}

#define FLOOD_BYTES (24 * 1024 * 1024)

static char *
make_flood (void)
{
  char *flood = g_malloc (FLOOD_BYTES);

  for (gsize i = 0; i < FLOOD_BYTES; i++)
    flood[i] = (char) ('a' + i % 23);

  return flood;
}

static gboolean
count_turn (gpointer user_data)
{
  Fixture *f = user_data;

  f->most_in_turn = MAX (f->most_in_turn, f->bytes_in_turn);
  f->bytes_in_turn = 0;
  f->n_turns++;

  return G_SOURCE_CONTINUE;
}

/* As fast as it comes, but other sources have their turns in between. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  g_autofree char *flood = make_flood ();
  guint idle = g_idle_add_full (RNL_HTTP_STREAM_PRIORITY, count_turn, f, NULL);

  start (f, &(RnlTestReply){ .body = flood,
                             .length = FLOOD_BYTES,
                             .gzip = data != NULL,
                             .piece = 1024 * 1024,
                             .framing = RNL_TEST_LENGTH });
  rnl_test_wait_for (is_done, f);
  g_source_remove (idle);
  g_assert_no_error (f->error);
  g_assert_cmpmem (f->body->str, f->body->len, flood, FLOOD_BYTES);
  g_assert_cmpuint (f->most_in_turn, >, 0);
  g_assert_cmpuint (f->most_in_turn, <, RNL_HTTP_STREAM_TURN_BYTES + 64 * 1024);
  g_assert_cmpuint (f->n_turns, >=, FLOOD_BYTES / (RNL_HTTP_STREAM_TURN_BYTES + 64 * 1024));
}

/* A slow consumer ends its turn by the clock, also that of the last byte. */
static gboolean
redraw_cb (gpointer user_data)
{
  g_usleep (1000);

  return G_SOURCE_CONTINUE;
}

/* A window that redraws without a pause (a spinner, no GPU) does not keep the answer back. */
static void
test_not_starved (Fixture *f, gconstpointer data)
{
  /* The priority of GTK's redraws. */
  guint redraw = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, redraw_cb, NULL, NULL);

  start (f, &(RnlTestReply){ .body = "hello", .piece = 1 });
  rnl_test_wait_for (is_done, f);
  g_source_remove (redraw);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->body->str, ==, "hello");
}

static void
test_slow_consumer (Fixture *f, gconstpointer data)
{
  g_autofree char *flood = make_flood ();
  guint idle = g_idle_add_full (RNL_HTTP_STREAM_PRIORITY, count_turn, f, NULL);

  f->busy_us = RNL_HTTP_STREAM_TURN_US;
  start (f, &(RnlTestReply){ .body = flood, .length = 512 * 1024, .framing = RNL_TEST_LENGTH });
  rnl_test_wait_for (is_done, f);
  g_source_remove (idle);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->most_in_turn, <=, 16 * 1024);
}

typedef struct
{
  Fixture *fixture;
  guint64 before;
  gboolean same;
} Filling;

static gboolean
compare_written (gpointer data)
{
  Filling *filling = data;
  guint64 now = rnl_test_server_get_n_written (filling->fixture->server);

  filling->same = now == filling->before && now > 0;
  filling->before = now;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_full (gpointer data)
{
  return ((Filling *) data)->same;
}

/* What is not read fills the buffers in between, and then the server waits. */
static void
test_pause (Fixture *f, gconstpointer data)
{
  g_autofree char *flood = make_flood ();
  Filling filling = { f, 0, FALSE };
  guint tick = g_timeout_add (200, compare_written, &filling);

  f->pause_at = 1;
  f->options.idle_timeout_ms = 150;
  start (f, &(RnlTestReply){ .body = flood, .length = FLOOD_BYTES, .piece = 64 * 1024 });
  rnl_test_wait_for (has_piece, f);
  rnl_test_wait_for (is_full, &filling);
  g_source_remove (tick);
  g_assert_cmpuint (f->n_pieces, ==, 1);
  g_assert_cmpuint (f->n_done, ==, 0);
  g_assert_cmpuint (rnl_test_server_get_n_written (f->server), <, FLOOD_BYTES);

  rnl_http_stream_resume (f->stream);
  rnl_http_stream_resume (f->stream);
  rnl_test_wait_for (is_done, f);
  g_assert_no_error (f->error);
  g_assert_cmpmem (f->body->str, f->body->len, flood, FLOOD_BYTES);
}

static void
test_redact (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "nothing to see", "nothing to see" },
    { "Authorization: Bearer abcdef123456", "Authorization: [redacted]" },
    { "{\"api_key\": \"abc123\", \"model\": \"m\"}",
      "{\"api_key\": \"[redacted]\", \"model\": \"m\"}" },
    { "x-goog-api-key: 12345", "x-goog-api-key: [redacted]" },
    { "GET /v1beta?alt=sse&key=AIzaXYZ&x=1", "GET /v1beta?alt=sse&key=[redacted]&x=1" },
    { "Incorrect API key provided: sk-proj-abc***********xyz.",
      "Incorrect API key provided: [redacted]" },
    { "token was bearer aaa.bbb.ccc", "token was bearer [redacted]" },
    { "https://me:hunter2@example.org/v1", "https://[redacted]@example.org/v1" },
    { "key AIzaSyA-1234567890abcdefg here", "key [redacted] here" },
    { "the wrong s3cretvalue again", "the wrong [redacted] again" },
    { "a key to the problem: patience", "a key to the problem: patience" },
    { "日本 sk-0123456789abcdef 日本", "日本 [redacted] 日本" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = rnl_redact (cases[i].text, "s3cretvalue");

      g_assert_cmpstr (redacted, ==, cases[i].expected);
    }
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/http-stream/" path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  ADD ("whole", NULL, test_whole);
  ADD ("empty", NULL, test_empty);
  ADD ("broken", NULL, test_broken);
  ADD ("no-answer", NULL, test_no_answer);
  ADD ("not-http", NULL, test_not_http);
  ADD ("refused", NULL, test_refused);
  ADD ("unknown-host", NULL, test_unknown_host);
  ADD ("connect-timeout", NULL, test_connect_timeout);
  ADD ("silence", NULL, test_silence);
  ADD ("silence-gzip", "gzip", test_silence);
  ADD ("silence-before-head", NULL, test_silence_before_head);
  ADD ("slow-is-not-silent", NULL, test_slow_is_not_silent);
  ADD ("stopped-loop", NULL, test_stopped_loop);
  ADD ("cancel/before", NULL, test_cancel_before);
  ADD ("cancel/before-head", NULL, test_cancel_before_head);
  ADD ("cancel/in-silence", NULL, test_cancel_in_silence);
  ADD ("cancel/in-silence-gzip", "gzip", test_cancel_in_silence);
  ADD ("cancel/in-data", NULL, test_cancel_in_data);
  ADD ("cancel/paused", NULL, test_cancel_paused);
  ADD ("cancel/after", NULL, test_cancel_after);
  ADD ("data-error", NULL, test_data_error);
  ADD ("not-starved", NULL, test_not_starved);
  ADD ("flood", NULL, test_flood);
  ADD ("flood-gzip", "gzip", test_flood);
  ADD ("slow-consumer", NULL, test_slow_consumer);
  ADD ("pause", NULL, test_pause);
  g_test_add_func ("/redact", test_redact);

  return g_test_run ();
}
