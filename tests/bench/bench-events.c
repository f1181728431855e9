/* bench-events.c: what agent, run, event, filter and an observer cost, above making the tokens
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script at full speed, first into a function that does nothing, then through an agent to one
 * observer of its events with a filter. Prints the CPU time of the process a token for both, and
 * the difference. Exits with 1 when that is above 2 microseconds. Argument: the number of
 * tokens. */
#include "config.h"

#include <string.h>

#include "bench.h"
#include "rnl-agent.h"
#include "rnl-event-filter.h"
#include "rnl-offline-script.h"
#include "rnl-test.h"

#define DEFAULT_TOKENS 200000
#define N_RUNS         3
#define MAX_US         2.0
#define TOKEN          "word "

typedef struct
{
  RnlEventFilter *filter;
  GAsyncResult *result;
  guint n_tokens;
} Count;

static RnlChatModel *
make_model (guint n_tokens)
{
  g_autofree char *script = g_strdup_printf (
    "{\"turns\":[{\"chunks\":[{\"repeat\":%u,\"chunks\":[{\"text\":\"" TOKEN "\"}]}]}]}", n_tokens);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_offline_script_new_from_data (script, -1, &error);

  g_assert_no_error (error);

  return model;
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
}

static void
produced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Count *) user_data)->result = g_object_ref (result);
}

static gboolean
is_produced (gpointer user_data)
{
  return ((Count *) user_data)->result != NULL;
}

/* Milliseconds for the tokens alone. */
static double
produce (guint n_tokens)
{
  g_autoptr (RnlChatModel) model = make_model (n_tokens);
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Say much.");
  g_autoptr (GError) error = NULL;
  Count count = { NULL };
  double begin = bench_process_cpu_ms (), cost;

  rnl_chat_model_generate_async (model, request, chunk_cb, NULL, NULL, produced_cb, &count);
  g_assert_true (rnl_test_run_until (is_produced, &count, 120000));
  cost = bench_process_cpu_ms () - begin;

  g_assert_true (rnl_chat_model_generate_finish (model, count.result, &error));
  g_assert_no_error (error);
  g_object_unref (count.result);

  return cost;
}

static void
event_cb (RnlRun *root, const RnlEvent *event, Count *count)
{
  if (rnl_event_filter_matches (count->filter, event) && event->kind == RNL_EVENT_STREAM
      && event->chunk != NULL && event->chunk->type == RNL_CHUNK_TEXT && event->chunk->length > 0)
    count->n_tokens++;
}

static gboolean
is_over (gpointer user_data)
{
  return rnl_agent_run_is_over (user_data);
}

/* Milliseconds for the tokens, and for everything up to who watches. */
static double
watch (guint n_tokens)
{
  g_autoptr (RnlChatModel) model = make_model (n_tokens);
  g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (RNL_APPROVE_ASK);
  g_autoptr (RnlAgent) agent = rnl_agent_new (model, NULL, policy);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "bench", NULL, NULL);
  g_autoptr (RnlEventFilter) filter = rnl_event_filter_new ();
  g_autoptr (RnlAgentRun) run = NULL;
  g_autofree char *answer = NULL;
  Count count = { .filter = filter };
  double begin, cost;

  rnl_event_filter_include_type (filter, "chat_model");
  rnl_event_filter_exclude_tag (filter, RNL_RUN_TAG_INTERNAL);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Say much."));
  g_signal_connect (root, "event", G_CALLBACK (event_cb), &count);

  begin = bench_process_cpu_ms ();
  run = rnl_agent_start (agent, history, root);
  g_assert_true (rnl_test_run_until (is_over, run, 120000));
  cost = bench_process_cpu_ms () - begin;

  answer = rnl_message_dup_text (rnl_agent_run_get_message (run));
  g_assert_cmpuint (count.n_tokens, ==, n_tokens);
  g_assert_cmpuint (strlen (answer), ==, n_tokens * strlen (TOKEN));

  return cost;
}

int
main (int argc, char **argv)
{
  guint n_tokens = DEFAULT_TOKENS;
  double produced = G_MAXDOUBLE, watched = G_MAXDOUBLE, above;

  bench_init ();
  if (argc > 1)
    n_tokens = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 1000, 2000000);

  for (guint i = 0; i < N_RUNS; i++)
    {
      produced = MIN (produced, produce (n_tokens));
      watched = MIN (watched, watch (n_tokens));
    }
  produced *= 1e3 / n_tokens;
  watched *= 1e3 / n_tokens;
  above = watched - produced;
  g_print ("{\"bench\":\"events\",\"tokens\":%u,\"produced_us_per_token\":%.3f,"
           "\"watched_us_per_token\":%.3f,\"above_us_per_token\":%.3f}\n",
           n_tokens, produced, watched, above);

  return above > MAX_US ? 1 : 0;
}
