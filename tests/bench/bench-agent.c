/* bench-agent.c: what a token costs on its whole way, without a window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the socket through parser, decoder, model run and agent run to one observer of all events
 * and one of the text. Prints the CPU time of the thread a token, how the total grows with the
 * length (1: linearly) and the peak of the memory; the server is a process of its own. Exits with 1
 * when a token is lost or the growth is above 1.03. Argument: the number of tokens. With --from
 * ADDRESS MODEL TOKENS it asks another server once, after a short answer that warms up. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench.h"
#include "bench-server.h"
#include "bench-text.h"
#include "rnl-agent.h"
#include "rnl-http-model.h"
#include "rnl-test.h"

#define DEFAULT_TOKENS 200000
#define GROWTH         10
#define MAX_EXPONENT   1.03
#define N_RUNS         5

typedef struct
{
  guint n_tokens;
  guint n_text_events;
  guint n_text_bytes;
  guint64 next_seq;
  gint64 begin;
  gint64 first_text;
} Turn;

static void
event_cb (RnlRun *root, const RnlEvent *event, Turn *turn)
{
  g_assert_cmpuint (event->seq, ==, turn->next_seq++);
  if (event->kind == RNL_EVENT_STREAM && event->chunk != NULL
      && event->chunk->type == RNL_CHUNK_TEXT && event->chunk->length > 0)
    turn->n_text_events++;
}

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, Turn *turn)
{
  g_assert_cmpuint (offset, ==, turn->n_text_bytes);
  if (turn->first_text == 0)
    turn->first_text = g_get_monotonic_time ();
  turn->n_text_bytes += (guint) strlen (text);
}

static gboolean
is_over (gpointer user_data)
{
  return rnl_agent_run_is_over (user_data);
}

/* Milliseconds of the thread for one turn of @turn->n_tokens, which are @text. */
static double
run_turn (RnlAgent *agent, Turn *turn, const char *text)
{
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "bench", NULL, NULL);
  g_autoptr (RnlAgentRun) run = NULL;
  g_autofree char *answer = NULL;
  double begin = rnl_test_cpu_ms (), cost;

  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Say much."));
  turn->begin = g_get_monotonic_time ();
  g_signal_connect (root, "event", G_CALLBACK (event_cb), turn);
  run = rnl_agent_start (agent, history, root);
  g_signal_connect (run, "text-delta", G_CALLBACK (text_delta_cb), turn);
  g_assert_true (rnl_test_run_until (is_over, run, 120000));
  cost = rnl_test_cpu_ms () - begin;

  answer = rnl_message_dup_text (rnl_agent_run_get_message (run));
  g_assert_cmpuint (turn->n_text_events, ==, turn->n_tokens);
  g_assert_cmpuint (turn->n_text_bytes, ==, strlen (answer));
  g_assert_true (text == NULL || g_str_equal (answer, text));

  return cost;
}

/* The best of a few turns. */
static double
bench_turns (GSubprocess *server, guint n_tokens)
{
  g_autofree char *url = bench_server_dup_url (server, "openai-chat", n_tokens);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) model = rnl_http_model_new ("openai-chat", url, "bench", NULL, &error);
  g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (RNL_APPROVE_ASK);
  g_autoptr (RnlAgent) agent = NULL;
  g_autoptr (GString) text = bench_text_new (n_tokens);
  double cost = G_MAXDOUBLE, first = G_MAXDOUBLE;

  g_assert_no_error (error);
  agent = rnl_agent_new (model, NULL, policy);
  for (guint i = 0; i < N_RUNS; i++)
    {
      Turn turn = { .n_tokens = n_tokens };
      double taken = run_turn (agent, &turn, text->str);

      cost = MIN (cost, taken);
      first = MIN (first, (double) (turn.first_text - turn.begin) / 1e3);
    }
  g_print ("{\"bench\":\"agent\",\"tokens\":%u,\"cpu_us_per_token\":%.3f,\"first_text_ms\":%.1f,"
           "\"peak_rss_mb\":%.1f}\n",
           n_tokens, cost * 1e3 / n_tokens, first, bench_peak_mb ());

  return cost;
}

/* One answer of a server that somebody else runs, for comparison with other readers of it. The name
 * of the model may hold "%u", which becomes the number of tokens. */
static int
ask_other (const char *address, const char *model_name, guint n_tokens)
{
  const guint lengths[] = { MIN (n_tokens, 2000), n_tokens };
  double cost = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", lengths[i]);
      g_autoptr (GString) name = g_string_new (model_name);
      g_autoptr (GError) error = NULL;
      g_autoptr (RnlChatModel) model = NULL;
      g_autoptr (RnlAgent) agent = NULL;
      Turn turn = { .n_tokens = lengths[i] };

      g_string_replace (name, "%u", number, 0);
      model = rnl_http_model_new ("openai-chat", address, name->str, NULL, &error);
      g_assert_no_error (error);
      agent = rnl_agent_new (model, NULL, NULL);
      cost = bench_process_cpu_ms ();
      run_turn (agent, &turn, NULL);
      cost = bench_process_cpu_ms () - cost;
    }
  g_print ("{\"bench\":\"agent-from\",\"tokens\":%u,\"cpu_us_per_token\":%.3f}\n", n_tokens,
           cost * 1e3 / n_tokens);

  return 0;
}

int
main (int argc, char **argv)
{
  guint n_tokens = DEFAULT_TOKENS;
  g_autoptr (GSubprocess) server = NULL;
  double few, many, exponent;

  if (argc > 1 && g_str_equal (argv[1], BENCH_SERVE))
    return bench_server_serve ();
  bench_init ();
  if (argc == 5 && g_str_equal (argv[1], "--from"))
    return ask_other (argv[2], argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10));
  if (argc > 1)
    n_tokens = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), GROWTH * 100, 2000000);

  server = bench_server_start (argv[0]);
  few = bench_turns (server, n_tokens / GROWTH);
  many = bench_turns (server, n_tokens);
  exponent = log (many / few) / log (GROWTH);
  g_print ("{\"bench\":\"agent-growth\",\"exponent\":%.3f}\n", exponent);
  g_subprocess_force_exit (server);

  return exponent > MAX_EXPONENT ? 1 : 0;
}
