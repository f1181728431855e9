/* bench-protocols.c: what a token costs in each protocol
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the socket to the message that is put together: parser, decoder, fold. Prints for each
 * protocol the CPU time of the process a token, the time to the first one of a short answer, how
 * the total grows with the length (1: linearly) and the peak of the memory; the server is a process
 * of its own. Exits with 1 when a token is lost or the growth is above 1.03. Arguments: the number
 * of tokens, a protocol if only one is meant, and how often it is asked (5). */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench-server.h"
#include "bench-text.h"
#include "bench.h"
#include "rnl-http-model.h"
#include "rnl-message-fold.h"
#include "rnl-protocol.h"
#include "rnl-test.h"

#define DEFAULT_TOKENS 200000
#define GROWTH         10
#define MAX_EXPONENT   1.03
#define MAX_PAIRS      5
#define SHORT_TOKENS   20
#define N_SHORT_RUNS   31

typedef struct
{
  RnlMessageFold *fold;
  gint64 begin;
  gint64 first;
  gboolean done;
} Answer;

typedef struct
{
  double cpu_ms;
  double first_us;
} Cost;

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  Answer *answer = user_data;

  if (answer->first == 0 && chunk->type == RNL_CHUNK_TEXT && chunk->length > 0)
    answer->first = g_get_monotonic_time ();
  rnl_message_fold_chunk (answer->fold, chunk);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  rnl_chat_model_generate_finish (RNL_CHAT_MODEL (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Answer *) user_data)->done;
}

static Cost
ask (RnlChatModel *model, const char *text)
{
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlMessageFold) fold = rnl_message_fold_new (message, 0);
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Say much.");
  Answer answer = { .fold = fold, .begin = g_get_monotonic_time () };
  double cpu_ms = bench_process_cpu_ms ();
  g_autofree char *whole = NULL;

  rnl_chat_model_generate_async (model, request, chunk_cb, &answer, NULL, done_cb, &answer);
  g_assert_true (rnl_test_run_until (is_done, &answer, 120000));
  rnl_message_fold_end (fold);
  cpu_ms = bench_process_cpu_ms () - cpu_ms;

  whole = rnl_message_dup_text (message);
  g_assert_true (g_str_equal (whole, text));

  return (Cost){ cpu_ms, (double) (answer.first - answer.begin) };
}

static RnlChatModel *
make_model (GSubprocess *server, const char *protocol, guint n_tokens)
{
  g_autofree char *url = bench_server_dup_url (server, protocol, n_tokens);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_http_model_new (protocol, url, "bench", NULL, &error);

  g_assert_no_error (error);

  return model;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median of many short answers, from the question to the first token. */
static double
bench_first (GSubprocess *server, const char *protocol)
{
  g_autoptr (RnlChatModel) model = make_model (server, protocol, SHORT_TOKENS);
  g_autoptr (GString) text = bench_text_new (SHORT_TOKENS);
  double firsts[N_SHORT_RUNS];

  ask (model, text->str);
  for (guint i = 0; i < N_SHORT_RUNS; i++)
    firsts[i] = ask (model, text->str).first_us;
  qsort (firsts, N_SHORT_RUNS, sizeof *firsts, compare);

  return firsts[N_SHORT_RUNS / 2];
}

/* Short and long answers in turn: a machine whose speed drifts is as fast for the one as for the
 * other. The cost is the least, the growth the median of the pairs. */
static gboolean
bench_protocol (GSubprocess *server, const char *protocol, guint n_tokens, guint n_pairs)
{
  double first = bench_first (server, protocol);
  g_autoptr (RnlChatModel) few_model = make_model (server, protocol, n_tokens / GROWTH);
  g_autoptr (RnlChatModel) many_model = make_model (server, protocol, n_tokens);
  g_autoptr (GString) few_text = bench_text_new (n_tokens / GROWTH);
  g_autoptr (GString) many_text = bench_text_new (n_tokens);
  double exponents[MAX_PAIRS], many = G_MAXDOUBLE, exponent;

  /* Opens the connections. */
  ask (few_model, few_text->str);
  ask (many_model, many_text->str);
  for (guint i = 0; i < n_pairs; i++)
    {
      double before = ask (few_model, few_text->str).cpu_ms;
      double whole = ask (many_model, many_text->str).cpu_ms;
      double after = ask (few_model, few_text->str).cpu_ms;

      exponents[i] = log (2 * whole / (before + after)) / log (GROWTH);
      many = MIN (many, whole);
    }
  qsort (exponents, n_pairs, sizeof *exponents, compare);
  exponent = exponents[n_pairs / 2];

  g_print ("{\"bench\":\"protocol\",\"protocol\":\"%s\",\"tokens\":%u,\"cpu_us_per_token\":%.3f,"
           "\"first_text_us\":%.0f,\"exponent\":%.3f,\"peak_rss_mb\":%.1f}\n",
           protocol, n_tokens, many * 1e3 / n_tokens, first, exponent, bench_peak_mb ());

  return exponent <= MAX_EXPONENT;
}

int
main (int argc, char **argv)
{
  static const char *const protocols[]
    = { "openai-chat", "openai-responses", "anthropic", "gemini", "ollama" };
  guint n_tokens = DEFAULT_TOKENS, n_pairs = MAX_PAIRS;
  g_autoptr (GSubprocess) server = NULL;
  gboolean ok = TRUE;

  if (argc > 1 && g_str_equal (argv[1], BENCH_SERVE))
    return bench_server_serve ();
  bench_init ();
  if (argc > 1)
    n_tokens = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), GROWTH * 100, 2000000);
  if (argc > 3)
    n_pairs = (guint) CLAMP (g_ascii_strtoull (argv[3], NULL, 10), 1, MAX_PAIRS);

  server = bench_server_start (argv[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (argc < 3 || g_str_equal (protocols[i], argv[2]))
      ok = bench_protocol (server, protocols[i], n_tokens, n_pairs) && ok;
  g_subprocess_force_exit (server);

  return ok ? 0 : 1;
}
