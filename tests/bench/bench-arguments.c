/* bench-arguments.c: what arguments of a call cost while they stream
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Through model run and agent run, without a window: as a tool's arguments, read at each delta as
 * far as they came, and as the argument that is the answer. Prints the CPU time of the thread a
 * delta, and how the total grows with the number of deltas (1: linearly). Exits with 1 when
 * something is lost or the growth is above 1.03. Argument: the number of deltas. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench.h"
#include "rnl-agent.h"
#include "rnl-offline-script.h"
#include "rnl-partial-json.h"
#include "rnl-test.h"

#define DEFAULT_DELTAS 20000
#define GROWTH         10
#define MAX_EXPONENT   1.03
#define N_RUNS         9
#define PIECE          "word \\\"and\\\" more\\n"
#define PIECE_READ     "word \"and\" more\n"

typedef struct
{
  RnlPartialJson *partial;
  guint n_deltas;
  gsize n_read;
} Turn;

/* One call whose only string comes in @n_deltas pieces, then, for a tool, a word. */
static RnlChatModel *
new_model (const char *tool, const char *member, guint n_deltas)
{
  g_autoptr (GString) script = g_string_new ("{\"turns\":[{\"chunks\":[");
  g_autofree char *piece = g_strescape (PIECE, NULL);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model;

  g_string_append_printf (script, "{\"tool_call\":{\"index\":0,\"id\":\"c\",\"name\":\"%s\"}}",
                          tool);
  g_string_append_printf (
    script, ",{\"tool_call\":{\"index\":0,\"arguments\":\"{\\\"%s\\\":\\\"\"}}", member);
  for (guint i = 0; i < n_deltas; i++)
    g_string_append_printf (script, ",{\"tool_call\":{\"index\":0,\"arguments\":\"%s\"}}", piece);
  g_string_append (script, ",{\"tool_call\":{\"index\":0,\"arguments\":\"\\\"}\"}}]},"
                           "{\"chunks\":[{\"text\":\"Done.\"}]}]}");
  model = rnl_offline_script_new_from_data (script->str, (gssize) script->len, &error);
  g_assert_no_error (error);

  return model;
}

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, Turn *turn)
{
  gsize len;

  rnl_partial_json_feed (turn->partial, text, -1);
  if (rnl_partial_json_take_string_delta (turn->partial, "text", &len) == NULL)
    return;
  turn->n_deltas += len > 0;
  turn->n_read += len;
}

static void
parts_cb (GListModel *parts, guint position, guint removed, guint added, Turn *turn)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
        g_signal_connect (part, "delta", G_CALLBACK (delta_cb), turn);
    }
}

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, Turn *turn)
{
  turn->n_deltas++;
  turn->n_read += strlen (text);
}

static gboolean
is_over (gpointer user_data)
{
  return rnl_agent_run_is_over (user_data);
}

/* Milliseconds of the thread for one turn. */
static double
run_turn (RnlAgent *agent, gboolean answers, guint n_deltas)
{
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  Turn turn = { partial, 0, 0 };
  double begin = rnl_test_cpu_ms (), cost;
  g_autoptr (RnlAgentRun) run = rnl_agent_ask (agent, "Write much.", NULL);

  if (answers)
    g_signal_connect (run, "text-delta", G_CALLBACK (text_delta_cb), &turn);
  else
    g_signal_connect (rnl_message_list_parts (rnl_agent_run_get_message (run)), "items-changed",
                      G_CALLBACK (parts_cb), &turn);
  g_assert_true (rnl_test_run_until (is_over, run, 120000));
  cost = rnl_test_cpu_ms () - begin;
  g_assert_cmpuint (turn.n_deltas, ==, n_deltas);
  g_assert_cmpuint (turn.n_read, ==, n_deltas * strlen (PIECE_READ));

  return cost;
}

/* The best of a few turns. */
static double
bench_turns (gboolean answers, guint n_deltas)
{
  const char *tool = answers ? "final_answer" : "write";
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (RnlChatModel) model = new_model (tool, answers ? "answer" : "text", n_deltas);
      g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (RNL_APPROVE_ASK);
      g_autoptr (RnlAgent) agent = rnl_agent_new (model, NULL, policy);
      double taken;

      rnl_agent_set_final_answer_tool (agent, answers);
      taken = run_turn (agent, answers, n_deltas);
      best = MIN (best, taken);
    }
  g_print ("{\"bench\":\"arguments\",\"tool\":\"%s\",\"deltas\":%u,\"cpu_us_per_delta\":%.3f}\n",
           tool, n_deltas, best * 1e3 / n_deltas);

  return best;
}

static gboolean
bench_growth (gboolean answers, guint n_deltas)
{
  double few = bench_turns (answers, n_deltas / GROWTH), many = bench_turns (answers, n_deltas);
  double exponent = log (many / few) / log (GROWTH);

  g_print ("{\"bench\":\"arguments-growth\",\"exponent\":%.3f}\n", exponent);

  return exponent <= MAX_EXPONENT;
}

int
main (int argc, char **argv)
{
  guint n_deltas = DEFAULT_DELTAS;
  gboolean tool, answer;

  bench_init ();
  if (argc > 1)
    n_deltas = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), GROWTH * 100, 2000000);
  tool = bench_growth (FALSE, n_deltas);
  answer = bench_growth (TRUE, n_deltas);

  return tool && answer ? 0 : 1;
}
