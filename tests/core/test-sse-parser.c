/* test-sse-parser.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-ndjson-parser.h"
#include "rnl-sse-parser.h"
#include "rnl-test.h"

/* Events are written down one a line: name|id|data, with line feeds in the data as '/'. */
static gboolean
write_event (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  GString *log = user_data;
  g_autofree char *data = g_strndup (event->data, event->length);

  g_string_append_printf (log, "%s|%s|%s%s\n", event->event != NULL ? event->event : "",
                          event->id != NULL ? event->id : "", g_strdelimit (data, "\n", '/'),
                          event->unterminated ? "|cut" : "");

  return TRUE;
}

static const struct
{
  const char *name;
  const char *stream;
  const char *events;
} cases[] = {
  { "lf", "data: one\n\ndata: two\n\n", "||one\n||two\n" },
  { "cr", "data: one\r\rdata: two\r\r", "||one\n||two\n" },
  { "crlf", "data: one\r\n\r\ndata: two\r\n\r\n", "||one\n||two\n" },
  { "mixed", "data: one\r\ndata: 1\n\rdata: two\n\r\n", "||one/1\n||two\n" },
  { "multi-line", "data: a\ndata:\ndata:  b\n\n", "||a// b\n" },
  { "no-space", "data:a\n\n", "||a\n" },
  { "empty-data", "data\n\ndata:\n\n", "||\n||\n" },
  { "comments", ": hello\n\n:\ndata: x\n: y\n\n", "||x\n" },
  { "event", "event: ping\ndata: {}\n\ndata: x\n\n", "ping||{}\n||x\n" },
  { "event-without-data", "event: ping\n\ndata: x\n\n", "||x\n" },
  { "id", "id: 7\ndata: x\n\ndata: y\n\nid\ndata: z\n\n", "|7|x\n|7|y\n||z\n" },
  { "bom",
    "\xef\xbb\xbf"
    "data: x\n\n",
    "||x\n" },
  { "second-bom-is-a-field",
    "data: x\n\xef\xbb\xbf"
    "data: y\n\n",
    "||x\n" },
  { "unknown-field", "foo: bar\ndata: x\n\n", "||x\n" },
  { "utf-8", "data: \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x98\x80\n\n", "||日本 😀\n" },
  { "no-blank-line", "data: x\n\ndata: [DONE]\n", "||x\n||[DONE]\n" },
  { "no-line-end", "data: x\n\ndata: [DONE]", "||x\n||[DONE]|cut\n" },
  { "leading-blank-lines", "\n\n\r\ndata: x\n\n\n\n", "||x\n" },
  { "colon-in-data", "data: a: b\ndata::c\n\n", "||a: b/:c\n" },
};

static char *
parse_pieces (const char *stream, gsize len, gsize first, gsize step)
{
  g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < len;)
    {
      gsize n = MIN (at == 0 && first > 0 ? first : step, len - at);
      /* A copy of exactly that size, so that a read beyond it, or after it, is noticed. */
      g_autofree char *piece = g_memdup2 (stream + at, n);

      g_assert_true (rnl_sse_parser_feed (parser, piece, n, write_event, log, &error));
      g_assert_no_error (error);
      at += n;
    }
  g_assert_true (rnl_sse_parser_end (parser, write_event, log, &error));
  g_assert_no_error (error);

  return g_strdup (log->str);
}

static void
test_every_split (void)
{
  static const gsize steps[] = { 1, 2, 3, 7, 64, 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize len = strlen (cases[i].stream);

      g_test_message ("%s", cases[i].name);
      for (gsize first = 0; first <= len; first++)
        for (gsize s = 0; s < G_N_ELEMENTS (steps); s++)
          {
            g_autofree char *log = parse_pieces (cases[i].stream, len, first, steps[s]);

            g_assert_cmpstr (log, ==, cases[i].events);
          }
    }
}

/* Cut anywhere, a stream gives the same events up to there, however the bytes came. */
static void
test_truncation (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize len = strlen (cases[i].stream);

      for (gsize end = 0; end < len; end++)
        {
          g_autofree char *whole = parse_pieces (cases[i].stream, end, 0, 4096);
          g_autofree char *bytes = parse_pieces (cases[i].stream, end, 0, 1);

          g_assert_cmpstr (whole, ==, bytes);
          if (strchr (whole, '\n') == NULL)
            continue;
          *strrchr (whole, '\n') = '\0';
          if (strrchr (whole, '\n') != NULL)
            {
              strrchr (whole, '\n')[1] = '\0';
              g_assert_true (g_str_has_prefix (cases[i].events, whole));
            }
        }
    }
}

static gboolean
check_in_place (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  const char *stream = user_data;

  g_assert_true (event->data == stream + 6 || event->data == stream + 13);

  return TRUE;
}

static void
test_in_place (void)
{
  static const char stream[] = "data: a\n\ndata: b\n\n";
  g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();

  /* "data: b" begins at 9. */
  g_assert_true (rnl_sse_parser_feed (parser, stream, 9, check_in_place, (gpointer) stream, NULL));
  g_assert_cmpuint (rnl_sse_parser_get_n_events (parser), ==, 1);
}

static void
test_max_frame (void)
{
  static const char *const streams[] = {
    "data: 0123456789012345678901234567890123456789\n\n",
    "data: 01234567890\ndata: 0123456789\ndata: 0123456789\ndata: 0123456789\n\n",
    ":                                                       never ends",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    for (gsize step = 1; step < 200; step += 60)
      {
        g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();
        g_autoptr (GString) log = g_string_new (NULL);
        g_autoptr (GError) error = NULL;
        gsize len = strlen (streams[i]);
        gboolean ok = TRUE;

        rnl_sse_parser_set_max_frame (parser, 32);
        for (gsize at = 0; at < len && ok; at += step)
          ok = rnl_sse_parser_feed (parser, streams[i] + at, MIN (step, len - at), write_event, log,
                                    &error);
        g_assert_false (ok);
        g_assert_error (error, RNL_NET_ERROR, RNL_NET_ERROR_TOO_LARGE);
        g_assert_cmpstr (log->str, ==, "");
      }
}

static void
test_retry (void)
{
  static const char stream[] = "retry: 1500\nretry: soon\nretry:\ndata: x\n\n";
  g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();
  g_autoptr (GString) log = g_string_new (NULL);

  g_assert_cmpint (rnl_sse_parser_get_retry_ms (parser), ==, -1);
  g_assert_true (rnl_sse_parser_feed (parser, stream, strlen (stream), write_event, log, NULL));
  g_assert_cmpint (rnl_sse_parser_get_retry_ms (parser), ==, 1500);
}

static void
test_stray (void)
{
  static const char json[] = "{\n  \"error\": {\"message\": \"no such model\"}\n}";
  g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *page = g_strnfill (3 * RNL_SSE_PARSER_MAX_STRAY, 'x');
  gsize len;

  g_assert_true (rnl_sse_parser_feed (parser, json, strlen (json), write_event, log, NULL));
  g_assert_true (rnl_sse_parser_end (parser, write_event, log, NULL));
  g_assert_cmpstr (rnl_sse_parser_peek_stray (parser, &len), ==,
                   "{\n  \"error\": {\"message\": \"no such model\"}\n}\n");
  g_assert_cmpuint (len, ==, strlen (json) + 1);
  g_assert_cmpstr (log->str, ==, "");

  g_assert_true (rnl_sse_parser_feed (parser, page, strlen (page), write_event, log, NULL));
  g_assert_true (rnl_sse_parser_end (parser, write_event, log, NULL));
  (void) rnl_sse_parser_peek_stray (parser, &len);
  g_assert_cmpuint (len, ==, RNL_SSE_PARSER_MAX_STRAY);
}

static gboolean
refuse_second (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  if (++*(guint *) user_data < 2)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no more");

  return FALSE;
}

static void
test_stop (void)
{
  static const char stream[] = "data: a\n\ndata: b\n\ndata: c\n\n";
  g_autoptr (RnlSseParser) parser = rnl_sse_parser_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_false (rnl_sse_parser_feed (parser, stream, strlen (stream), refuse_second, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (n, ==, 2);
}

static gboolean
write_line (const char *line, gsize length, gpointer user_data, GError **error)
{
  g_string_append_len (user_data, line, (gssize) length);
  g_string_append_c (user_data, '|');

  return TRUE;
}

static void
test_ndjson (void)
{
  static const char stream[] = "{\"a\":1}\n\r\n{\"b\":2}\r\n  \n{\"c\":3}";

  for (gsize step = 1; step <= sizeof stream; step++)
    {
      g_autoptr (RnlNdjsonParser) parser = rnl_ndjson_parser_new ();
      g_autoptr (GString) log = g_string_new (NULL);

      for (gsize at = 0; at < strlen (stream); at += step)
        g_assert_true (rnl_ndjson_parser_feed (
          parser, stream + at, MIN (step, strlen (stream) - at), write_line, log, NULL));
      g_assert_true (rnl_ndjson_parser_end (parser, write_line, log, NULL));
      g_assert_cmpstr (log->str, ==, "{\"a\":1}|{\"b\":2}|{\"c\":3}|");
    }
}

static void
test_ndjson_max_line (void)
{
  for (gsize step = 1; step <= 12; step += 11)
    {
      g_autoptr (RnlNdjsonParser) parser = rnl_ndjson_parser_new ();
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      gboolean ok = TRUE;

      rnl_ndjson_parser_set_max_line (parser, 8);
      for (gsize at = 0; at < 12 && ok; at += step)
        ok = rnl_ndjson_parser_feed (parser, "0123456789ab" + at, MIN (step, 12 - at), write_line,
                                     log, &error);
      g_assert_false (ok);
      g_assert_error (error, RNL_NET_ERROR, RNL_NET_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/sse-parser/every-split", test_every_split);
  g_test_add_func ("/sse-parser/truncation", test_truncation);
  g_test_add_func ("/sse-parser/in-place", test_in_place);
  g_test_add_func ("/sse-parser/max-frame", test_max_frame);
  g_test_add_func ("/sse-parser/retry", test_retry);
  g_test_add_func ("/sse-parser/stray", test_stray);
  g_test_add_func ("/sse-parser/stop", test_stop);
  g_test_add_func ("/ndjson-parser/every-split", test_ndjson);
  g_test_add_func ("/ndjson-parser/max-line", test_ndjson_max_line);

  return g_test_run ();
}
