/* test-event-queue.c: events for who asks for them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-event-queue.h"
#include "rnl-run-error.h"
#include "rnl-test.h"

/* One question and its answer. */
typedef struct
{
  RnlEvent *event;
  GError *error;
  gboolean done;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->event, rnl_event_free);
  g_clear_error (&answer->error);
  answer->done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_false (answer->done);
  answer->done = TRUE;
  if (RNL_IS_RUN (source))
    answer->event = rnl_run_next_event_finish (RNL_RUN (source), result, &answer->error);
  else
    answer->event = rnl_event_queue_next_finish (RNL_EVENT_QUEUE (source), result, &answer->error);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Answer *) user_data)->done;
}

static void
ask (RnlEventQueue *queue, Answer *answer)
{
  answer_clear (answer);
  rnl_event_queue_next_async (queue, NULL, next_cb, answer);
  rnl_test_wait_for (is_done, answer);
}

static void
append_event (GString *log, const RnlEvent *event)
{
  static const char *const kinds[] = { "start", "stream", "end", "error", "cancel", "custom" };

  g_string_append_printf (log, "%s %s", kinds[event->kind], rnl_event_get_name (event));
  if (event->kind == RNL_EVENT_STREAM)
    {
      g_autofree char *text = rnl_event_dup_text (event);

      g_string_append_printf (log, " %s", text);
    }
  g_string_append_c (log, ';');
}

/* Reads to the end; the error the end was told by is left in @end. */
static char *
read_all (RnlEventQueue *queue, GError **end)
{
  GString *log = g_string_new (NULL);
  g_auto (Answer) answer = { 0 };

  for (ask (queue, &answer); answer.event != NULL; ask (queue, &answer))
    append_event (log, answer.event);
  if (end != NULL)
    *end = g_steal_pointer (&answer.error);
  else
    g_assert_no_error (answer.error);

  /* The end is told once. */
  ask (queue, &answer);
  g_assert_error (answer.error, RNL_RUN_ERROR, RNL_RUN_ERROR_ENDED);

  return g_string_free (log, FALSE);
}

static void
test_order (void)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlRun) child = rnl_run_new (RNL_RUN_TOOL, "child", root, NULL);
  RnlEventQueue *queue = rnl_event_queue_new (root, NULL, 0);
  g_autofree char *log = NULL;

  rnl_run_start (root, NULL);
  rnl_run_start (child, NULL);
  rnl_run_stream_text (child, "a");
  rnl_run_stream_text (child, "b");
  rnl_run_end (child, NULL);
  rnl_run_end (root, NULL);
  log = read_all (queue, NULL);

  g_assert_cmpstr (log, ==,
                   "start root;start child;stream child a;stream child b;end child;end root;");
  g_assert_finalize_object (queue);
}

/* A reader that waits gets what comes, and the end. */
static void
test_waiting (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlEventQueue) queue = rnl_event_queue_new (run, NULL, 0);
  g_auto (Answer) first = { 0 }, second = { 0 };

  rnl_event_queue_next_async (queue, NULL, next_cb, &first);
  rnl_event_queue_next_async (queue, NULL, next_cb, &second);
  rnl_test_wait_for (is_done, &second);
  g_assert_error (second.error, RNL_RUN_ERROR, RNL_RUN_ERROR_BUSY);
  g_assert_false (first.done);
  rnl_run_start (run, NULL);
  rnl_test_wait_for (is_done, &first);
  g_assert_cmpint (first.event->kind, ==, RNL_EVENT_START);
  answer_clear (&first);
  rnl_event_queue_next_async (queue, NULL, next_cb, &first);
  rnl_run_end (run, NULL);
  rnl_test_wait_for (is_done, &first);
  g_assert_cmpint (first.event->kind, ==, RNL_EVENT_END);
}

/* Every way out of a run is an end of the stream. */
static void
test_ends (void)
{
  g_autoptr (GError) failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "slow");

  for (guint way = 0; way < 4; way++)
    {
      RnlRun *run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
      g_autoptr (RnlEventQueue) queue = rnl_event_queue_new (run, NULL, 0);
      g_autoptr (GError) end = NULL;
      g_autofree char *log = NULL;
      static const char *const logs[]
        = { "start root;error root;", "start root;cancel root;", "start root;cancel root;", "" };

      if (way < 3)
        rnl_run_start (run, NULL);
      if (way == 0)
        rnl_run_fail (run, failure);
      else if (way == 1)
        rnl_run_cancel (run);
      g_object_unref (run);
      log = read_all (queue, &end);

      g_assert_cmpstr (log, ==, logs[way]);
      if (way == 0)
        g_assert_error (end, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      else
        g_assert_error (end, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* Two readers, two filters; the second comes late. */
static void
test_two (void)
{
  static const char *const red[] = { "red", NULL };
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlRun) child = rnl_run_new (RNL_RUN_TOOL, "child", root, red);
  g_autoptr (RnlRun) over = rnl_run_new (RNL_RUN_TOOL, "over", root, red);
  g_autoptr (RnlEventFilter) tagged = rnl_event_filter_new ();
  g_autoptr (RnlEventFilter) custom = rnl_event_filter_new ();
  g_autoptr (RnlEventQueue) one = NULL;
  g_autoptr (RnlEventQueue) two = NULL;
  g_autoptr (RnlEventQueue) three = NULL;
  g_autoptr (RnlEventQueue) none = NULL;
  g_autofree char *one_log = NULL, *two_log = NULL, *three_log = NULL, *none_log = NULL;

  rnl_event_filter_include_tag (tagged, "red");
  rnl_event_filter_include_type (custom, "custom");
  rnl_event_filter_exclude_name (custom, "secret");
  one = rnl_event_queue_new (root, tagged, 0);
  rnl_run_start (root, NULL);
  rnl_run_start (over, NULL);
  rnl_run_end (over, NULL);
  rnl_run_start (child, NULL);
  two = rnl_event_queue_new (root, NULL, 0);
  three = rnl_event_queue_new (root, custom, 0);
  rnl_run_emit_custom (root, "secret", NULL);
  rnl_run_emit_custom (root, "progress", NULL);
  rnl_run_stream_text (child, "x");
  rnl_run_end (root, NULL);
  none = rnl_event_queue_new (root, NULL, 0);
  one_log = read_all (one, NULL);
  two_log = read_all (two, NULL);
  three_log = read_all (three, NULL);
  none_log = read_all (none, NULL);

  g_assert_cmpstr (one_log, ==, "start over;end over;start child;stream child x;cancel child;");
  g_assert_cmpstr (two_log, ==,
                   "start root;start child;custom secret;custom progress;stream child x;"
                   "cancel child;end root;");
  g_assert_cmpstr (three_log, ==, "custom progress;");
  g_assert_cmpstr (none_log, ==, "");
}

static void
test_cancelled_waiting (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (RnlEventQueue) queue = rnl_event_queue_new (run, NULL, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 };
  g_autofree char *log = NULL;

  rnl_event_queue_next_async (queue, cancellable, next_cb, &answer);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (is_done, &answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rnl_run_start (run, NULL);
  rnl_run_end (run, NULL);
  log = read_all (queue, NULL);
  g_assert_cmpstr (log, ==, "start root;end root;");
}

/* Nobody reads: text is joined, then the run is held; a reader that comes back misses nothing. */
static void
test_bounds (void)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (RnlEventQueue) queue = rnl_event_queue_new (run, NULL, 8);
  g_autoptr (GString) said = g_string_new (NULL), heard = g_string_new (NULL);
  RnlGate *gate = rnl_run_get_gate (run);
  g_auto (Answer) answer = { 0 };
  guint64 last = 0;
  guint n_pieces = 0, n_events = 0;

  rnl_run_start (run, NULL);
  while (rnl_gate_is_open (gate))
    {
      g_autofree char *piece = g_strdup_printf ("%u ", n_pieces++);
      RnlChunk chunk = { .type = RNL_CHUNK_TEXT, .text = piece, .length = strlen (piece) };

      rnl_run_stream_chunk (run, &chunk);
      g_string_append (said, piece);
      g_assert_cmpuint (n_pieces, <, 100000);
    }
  g_assert_cmpuint (rnl_event_queue_get_length (queue), ==, 8);
  g_assert_cmpuint (said->len, >=, 64 * 1024);
  g_assert_cmpuint (said->len, <, 70 * 1024);

  /* What is no text is never dropped. */
  rnl_run_emit_custom (run, "note", NULL);
  g_assert_cmpuint (rnl_event_queue_get_length (queue), ==, 9);
  while (!rnl_gate_is_open (gate))
    {
      ask (queue, &answer);
      n_events++;
      if (answer.event->kind == RNL_EVENT_STREAM)
        {
          g_autofree char *text = rnl_event_dup_text (answer.event);

          g_assert_cmpuint (answer.event->seq, >, last);
          last = answer.event->seq;
          g_string_append (heard, text);
        }
    }
  g_assert_cmpuint (n_events, >=, 4);
  rnl_run_end (run, NULL);
  for (ask (queue, &answer); answer.event != NULL; ask (queue, &answer))
    if (answer.event->kind == RNL_EVENT_STREAM)
      {
        g_autofree char *text = rnl_event_dup_text (answer.event);

        g_string_append (heard, text);
      }
  g_assert_no_error (answer.error);
  g_assert_cmpstr (heard->str, ==, said->str);
}

static void
test_dropped_queue (void)
{
  RnlRun *run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  RnlEventQueue *queue = rnl_event_queue_new (run, NULL, 2);

  rnl_run_start (run, NULL);
  for (guint i = 0; i < 5; i++)
    rnl_run_emit_custom (run, "x", NULL);
  g_assert_false (rnl_gate_is_open (rnl_run_get_gate (run)));
  rnl_run_hold (run);
  g_assert_finalize_object (queue);
  g_assert_false (rnl_gate_is_open (rnl_run_get_gate (run)));
  rnl_run_release (run);
  g_assert_true (rnl_gate_is_open (rnl_run_get_gate (run)));
  rnl_run_end (run, NULL);
  g_assert_finalize_object (run);
}

/* The run's own queue, made by the first question. */
static void
test_own (void)
{
  RnlRun *run = rnl_run_new (RNL_RUN_AGENT, "root", NULL, NULL);
  g_autoptr (JsonNode) input = json_node_init_int (json_node_alloc (), 7);
  g_auto (Answer) answer = { 0 };
  g_autoptr (GString) log = g_string_new (NULL);

  rnl_run_start (run, input);
  for (guint i = 0; i < 4; i++)
    {
      answer_clear (&answer);
      rnl_run_next_event_async (run, NULL, next_cb, &answer);
      if (i == 0)
        rnl_run_end (run, NULL);
      rnl_test_wait_for (is_done, &answer);
      if (answer.event != NULL)
        append_event (log, answer.event);
      if (i == 0)
        g_assert_cmpint (json_node_get_int (rnl_event_get_data (answer.event)), ==, 7);
      if (i < 3)
        g_assert_no_error (answer.error);
    }
  g_assert_error (answer.error, RNL_RUN_ERROR, RNL_RUN_ERROR_ENDED);
  g_assert_cmpstr (log->str, ==, "start root;end root;");
  rnl_run_close_events (run);
  g_assert_finalize_object (run);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/event-queue/order", test_order);
  g_test_add_func ("/event-queue/waiting", test_waiting);
  g_test_add_func ("/event-queue/ends", test_ends);
  g_test_add_func ("/event-queue/two", test_two);
  g_test_add_func ("/event-queue/cancelled-waiting", test_cancelled_waiting);
  g_test_add_func ("/event-queue/bounds", test_bounds);
  g_test_add_func ("/event-queue/dropped", test_dropped_queue);
  g_test_add_func ("/event-queue/own", test_own);

  return g_test_run ();
}
