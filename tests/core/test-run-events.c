/* test-run-events.c: who is told what of a run, and in which order
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-run.h"
#include "rnl-test.h"

static void
log_event (GString *log, const RnlEvent *event)
{
  static const char *const kinds[] = { "start", "stream", "end", "error", "cancel", "custom" };

  g_string_append_printf (log, "%s %s;", kinds[event->kind], rnl_event_get_name (event));
}

static void
log_cb (RnlRun *run, const RnlEvent *event, GString *log)
{
  log_event (log, event);
}

/* A run tells its own events and those of the runs inside it, and nobody else's. */
static void
test_every_run_tells (void)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlRun) left = rnl_run_new (RNL_RUN_TOOL, "left", root, NULL);
  g_autoptr (RnlRun) right = rnl_run_new (RNL_RUN_TOOL, "right", root, NULL);
  g_autoptr (RnlRun) inner = rnl_run_new (RNL_RUN_CHAT_MODEL, "inner", left, NULL);
  g_autoptr (GString) log = g_string_new (NULL);

  g_assert_false (rnl_run_is_observed (inner));
  g_signal_connect (left, "event", G_CALLBACK (log_cb), log);
  g_assert_true (rnl_run_is_observed (inner));
  g_assert_false (rnl_run_is_observed (right));
  rnl_run_start (root, NULL);
  rnl_run_start (left, NULL);
  rnl_run_start (right, NULL);
  rnl_run_start (inner, NULL);
  rnl_run_stream_text (right, "not heard");
  rnl_run_stream_text (inner, "heard");
  rnl_run_end (root, NULL);

  g_assert_cmpstr (log->str, ==, "start left;start inner;stream inner;cancel inner;cancel left;");
}

static void
place_cb (gpointer object, const RnlEvent *event, GString *log)
{
  g_string_append_printf (
    log, "%s ", RNL_IS_RUN (object) ? rnl_run_get_name (object) : rnl_run_scope_get_name (object));
}

static void
test_inner_first (void)
{
  g_autoptr (RnlRunScope) scope = rnl_run_scope_new ("conversation", NULL);
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlRun) root = NULL;
  g_autoptr (RnlRun) child = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  gulong id;

  rnl_run_config_set_scope (config, scope);
  root = rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "root");
  child = rnl_run_new (RNL_RUN_TOOL, "child", root, NULL);
  rnl_run_start (root, NULL);
  id = g_signal_connect (rnl_run_scope_get_default (), "event", G_CALLBACK (place_cb), log);
  g_signal_connect (scope, "event", G_CALLBACK (place_cb), log);
  g_signal_connect (root, "event", G_CALLBACK (place_cb), log);
  g_signal_connect (child, "event", G_CALLBACK (place_cb), log);
  rnl_run_start (child, NULL);

  g_assert_cmpstr (log->str, ==, "child root conversation application ");
  rnl_run_end (root, NULL);
  g_signal_handler_disconnect (rnl_run_scope_get_default (), id);
}

/* What happens while an event is told is told after it, to everybody. */

static void
stopping_cb (RnlRun *run, const RnlEvent *event, RnlRun *root)
{
  if (event->kind == RNL_EVENT_STREAM)
    {
      rnl_run_emit_custom (root, "stopping", NULL);
      rnl_run_cancel (root);
      g_assert_true (rnl_run_is_over (root));
    }
}

static void
test_acting_observer (void)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlRun) child = rnl_run_new (RNL_RUN_TOOL, "child", root, NULL);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) last = g_string_new (NULL);

  g_signal_connect (child, "event", G_CALLBACK (log_cb), first);
  g_signal_connect (child, "event", G_CALLBACK (stopping_cb), root);
  g_signal_connect (root, "event", G_CALLBACK (log_cb), last);
  rnl_run_start (root, NULL);
  rnl_run_start (child, NULL);
  rnl_run_stream_text (child, "x");

  g_assert_cmpstr (first->str, ==, "start child;stream child;cancel child;");
  g_assert_cmpstr (last->str, ==,
                   "start root;start child;stream child;custom stopping;cancel child;cancel root;");
}

/* Observers that go, and take others or the run with them. */

typedef struct
{
  gulong ids[3];
  guint n_calls[3];
  RnlRun *run;
} Leaving;

static void
leave_first_cb (RnlRun *run, const RnlEvent *event, Leaving *leaving)
{
  leaving->n_calls[0]++;
  g_signal_handler_disconnect (run, leaving->ids[0]);
  g_signal_handler_disconnect (run, leaving->ids[1]);
}

static void
leave_second_cb (RnlRun *run, const RnlEvent *event, Leaving *leaving)
{
  leaving->n_calls[1]++;
}

static void
leave_third_cb (RnlRun *run, const RnlEvent *event, Leaving *leaving)
{
  leaving->n_calls[2]++;
}

static void
test_leaving_observers (void)
{
  Leaving leaving = { 0 };
  RnlRun *run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);

  leaving.ids[0] = g_signal_connect (run, "event", G_CALLBACK (leave_first_cb), &leaving);
  leaving.ids[1] = g_signal_connect (run, "event", G_CALLBACK (leave_second_cb), &leaving);
  leaving.ids[2] = g_signal_connect (run, "event", G_CALLBACK (leave_third_cb), &leaving);
  rnl_run_start (run, NULL);
  rnl_run_end (run, NULL);

  g_assert_cmpuint (leaving.n_calls[0], ==, 1);
  g_assert_cmpuint (leaving.n_calls[1], ==, 0);
  g_assert_cmpuint (leaving.n_calls[2], ==, 2);
  g_assert_finalize_object (run);
}

static void
drop_cb (RnlRun *run, const RnlEvent *event, RnlRun **owner)
{
  g_clear_object (owner);
}

static void
test_last_reference (void)
{
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  RnlRun *child = rnl_run_new (RNL_RUN_TOOL, "child", root, NULL);
  RnlRun *starting = child;
  g_autoptr (GString) log = g_string_new (NULL);

  rnl_run_start (root, NULL);
  g_signal_connect (root, "event", G_CALLBACK (drop_cb), &child);
  g_signal_connect (root, "event", G_CALLBACK (log_cb), log);
  rnl_run_start (starting, NULL);

  g_assert_null (child);
  g_assert_cmpstr (log->str, ==, "start child;cancel child;");
  g_assert_finalize_object (root);
}

static void
test_root_dropped_while_told (void)
{
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  RnlRun *running = root;
  g_autoptr (GString) log = g_string_new (NULL);
  gpointer gone = root;

  g_object_add_weak_pointer (G_OBJECT (root), &gone);
  g_signal_connect (root, "event", G_CALLBACK (drop_cb), &root);
  g_signal_connect (root, "event", G_CALLBACK (log_cb), log);
  rnl_run_start (running, NULL);

  g_assert_null (gone);
  g_assert_cmpstr (log->str, ==, "start root;cancel root;");
}

/* A random tree of runs that do random things; an observer that sometimes acts. */

typedef struct
{
  GHashTable *states; /* run -> GINT: RnlEventKind of its last event */
  guint64 next_seq;
  guint n_over;
  gint64 time;
} Checker;

static void
check_nesting (Checker *checker, const RnlEvent *event)
{
  RnlRun *parent = rnl_run_get_parent (event->run);
  gpointer last;

  if (parent != NULL)
    {
      g_assert_true (g_hash_table_lookup_extended (checker->states, parent, NULL, &last));
      g_assert_cmpint (GPOINTER_TO_INT (last), ==, RNL_EVENT_START);
    }
  if (rnl_event_is_terminal (event))
    {
      GHashTableIter iter;
      gpointer run;

      g_hash_table_iter_init (&iter, checker->states);
      while (g_hash_table_iter_next (&iter, &run, &last))
        if (rnl_run_get_parent (run) == event->run)
          g_assert_cmpint (GPOINTER_TO_INT (last), !=, RNL_EVENT_START);
    }
}

static void
checker_cb (RnlRun *root, const RnlEvent *event, Checker *checker)
{
  gpointer last;
  gboolean known = g_hash_table_lookup_extended (checker->states, event->run, NULL, &last);

  g_assert_cmpuint (event->seq, ==, checker->next_seq++);
  g_assert_cmpint (event->time, >=, checker->time);
  g_assert_true ((event->kind == RNL_EVENT_START) != known);
  if (known)
    g_assert_cmpint (GPOINTER_TO_INT (last), ==, RNL_EVENT_START);
  check_nesting (checker, event);

  checker->time = event->time;
  if (event->kind == RNL_EVENT_START)
    g_hash_table_insert (checker->states, g_object_ref (event->run),
                         GINT_TO_POINTER (RNL_EVENT_START));
  else if (rnl_event_is_terminal (event))
    {
      checker->n_over++;
      g_hash_table_insert (checker->states, g_object_ref (event->run),
                           GINT_TO_POINTER (event->kind));
    }
}

static void
meddling_cb (RnlRun *root, const RnlEvent *event, GPtrArray *runs)
{
  RnlRun *run = g_ptr_array_index (runs, g_test_rand_int_range (0, (gint) runs->len));

  if (g_test_rand_int_range (0, 20) > 0)
    return;
  if (g_test_rand_bit ())
    rnl_run_emit_custom (run, "meddling", NULL);
  else if (run != root)
    rnl_run_end (run, NULL);
}

static void
do_something (GPtrArray *runs)
{
  RnlRun *run = g_ptr_array_index (runs, g_test_rand_int_range (0, (gint) runs->len));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  RnlRun *child;

  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      rnl_run_end (run, NULL);
      break;
    case 1:
      rnl_run_fail (run, error);
      break;
    case 2:
      rnl_run_cancel (run);
      break;
    case 3:
    case 4:
    case 5:
      child = rnl_run_new (RNL_RUN_CHAIN, NULL, run, NULL);
      g_ptr_array_add (runs, child);
      rnl_run_start (child, NULL);
      break;
    case 6:
      if (runs->len > 1)
        g_object_unref (g_ptr_array_steal_index (runs, runs->len - 1));
      break;
    default:
      rnl_run_stream_text (run, "more");
      break;
    }
}

static void
test_random_trees (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GHashTable) states = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
      g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
      Checker checker = { .states = states };

      g_ptr_array_add (runs, g_object_ref (root));
      g_signal_connect (root, "event", G_CALLBACK (meddling_cb), runs);
      g_signal_connect (root, "event", G_CALLBACK (checker_cb), &checker);
      rnl_run_start (root, NULL);
      for (guint step = 0; step < 100 && runs->len > 0; step++)
        do_something (runs);
      rnl_run_end (root, NULL);

      g_assert_cmpuint (checker.n_over, ==, g_hash_table_size (states));
      g_signal_handlers_disconnect_by_data (root, runs);
      g_signal_handlers_disconnect_by_data (root, &checker);
    }
}

/* Properties. */

static void
notify_cb (RnlRun *run, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s;", pspec->name);
}

static void
test_properties (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *name = NULL;
  RnlChunk info = { .type = RNL_CHUNK_INFO, .id = "x" }, empty = { .type = RNL_CHUNK_TEXT };
  RnlRunState state;
  gint64 first, duration;

  g_signal_connect (run, "notify", G_CALLBACK (notify_cb), log);
  g_signal_connect (run, "event", G_CALLBACK (log_cb), log);
  rnl_run_start (run, NULL);
  rnl_run_stream_chunk (run, &info);
  g_assert_cmpint (rnl_run_get_time_to_first_token (run), ==, -1);
  rnl_run_stream_chunk (run, &empty);
  g_assert_cmpint (rnl_run_get_time_to_first_token (run), >=, 0);
  rnl_run_stream_chunk (run, &empty);
  rnl_run_fail (run, error);

  g_assert_true (g_str_has_prefix (log->str, "state;start model;stream model;"
                                             "time-to-first-token;stream model;stream model;"));
  g_assert_true (g_str_has_suffix (log->str, "error model;"));
  g_assert_nonnull (strstr (log->str, "duration;"));
  g_object_get (run, "name", &name, "state", &state, "time-to-first-token", &first, "duration",
                &duration, NULL);
  g_assert_cmpstr (name, ==, "model");
  g_assert_cmpint (state, ==, RNL_RUN_FAILED);
  g_assert_cmpint (duration, >=, first);
  g_assert_error (rnl_run_get_error (run), G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_steps (void)
{
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  RnlRun *one = rnl_run_new (RNL_RUN_TOOL, "one", root, NULL);
  RnlRun *two = rnl_run_new (RNL_RUN_TOOL, "two", root, NULL);
  RnlRun *inner = rnl_run_new (RNL_RUN_TOOL, "inner", one, NULL);
  g_autoptr (GListModel) again = NULL;
  GListModel *steps;

  rnl_run_start (root, NULL);
  rnl_run_start (two, NULL);
  steps = rnl_run_list_steps (root);
  rnl_run_start (one, NULL);
  rnl_run_start (inner, NULL);
  rnl_run_end (root, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 2);
  again = rnl_run_list_steps (root);
  g_assert_true (again == steps);
  g_clear_object (&again);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnlRun) step = g_list_model_get_item (steps, i);

      g_assert_true (step == (i == 0 ? two : one));
    }
  g_object_unref (steps);
  g_assert_finalize_object (inner);
  g_assert_finalize_object (one);
  g_assert_finalize_object (two);
  g_assert_finalize_object (root);
}

/* Things that happen in another thread are told in the run's own, in their order. */

static gpointer
other_thread (gpointer data)
{
  RnlRun *run = data;
  g_autoptr (RnlRun) child = rnl_run_new (RNL_RUN_TOOL, "child", run, NULL);

  rnl_run_start (child, NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      rnl_run_emit_custom (child, name, NULL);
    }
  rnl_run_end (child, NULL);

  return NULL;
}

static void
thread_event_cb (RnlRun *run, const RnlEvent *event, GString *log)
{
  g_assert_true (g_object_get_data (G_OBJECT (run), "thread") == g_thread_self ());
  log_event (log, event);
}

static gboolean
child_is_over (gpointer user_data)
{
  return strstr (((GString *) user_data)->str, "end child;") != NULL;
}

static void
test_other_thread (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new ("start root;start child;");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (expected, "custom %u;", i);
  g_string_append (expected, "end child;");
  g_object_set_data (G_OBJECT (run), "thread", g_thread_self ());
  g_signal_connect (run, "event", G_CALLBACK (thread_event_cb), log);
  rnl_run_start (run, NULL);
  g_thread_join (g_thread_new ("other", other_thread, run));
  g_assert_cmpstr (log->str, ==, "start root;");
  rnl_test_wait_for (child_is_over, log);

  g_assert_cmpstr (log->str, ==, expected->str);
  rnl_run_end (run, NULL);
}

/* A copy has all of its own and says the same. */
static void
test_copy (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  char text[] = "hello there";
  RnlBlockMark mark = { .phase = RNL_BLOCK_START,
                        .type = RNL_PART_TOOL_CALL,
                        .call_id = (char *) "c1",
                        .name = (char *) "add" };
  RnlChunk chunk = { .type = RNL_CHUNK_TEXT, .text = text, .length = 5 };
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .run = run, .chunk = &chunk, .blocks = &mark };
  g_autofree char *before = NULL, *after = NULL, *said = NULL;
  g_autoptr (RnlEvent) copy = NULL;

  event.n_blocks = 1;
  before = rnl_event_dup_json (&event);
  copy = g_boxed_copy (RNL_TYPE_EVENT, &event);
  memset (text, 'x', sizeof text - 1);
  after = rnl_event_dup_json (copy);
  said = rnl_event_dup_text (copy);

  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (said, ==, "hello");
  g_assert_nonnull (strstr (after, "\"blocks\":[{\"event\":\"content-block-start\",\"index\":0,"
                                   "\"content\":{\"type\":\"tool_call_chunk\",\"id\":\"c1\","
                                   "\"name\":\"add\"}}]"));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run/events/every-run-tells", test_every_run_tells);
  g_test_add_func ("/run/events/inner-first", test_inner_first);
  g_test_add_func ("/run/events/acting-observer", test_acting_observer);
  g_test_add_func ("/run/events/leaving-observers", test_leaving_observers);
  g_test_add_func ("/run/events/last-reference", test_last_reference);
  g_test_add_func ("/run/events/root-dropped", test_root_dropped_while_told);
  g_test_add_func ("/run/events/random-trees", test_random_trees);
  g_test_add_func ("/run/events/properties", test_properties);
  g_test_add_func ("/run/events/steps", test_steps);
  g_test_add_func ("/run/events/other-thread", test_other_thread);
  g_test_add_func ("/run/events/copy", test_copy);

  return g_test_run ();
}
