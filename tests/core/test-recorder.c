/* test-recorder.c: runs on a disk, and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "rnl-json-value.h"
#include "rnl-run-log.h"
#include "rnl-run-recorder.h"
#include "rnl-run-replay.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"
#include "rnl-trace-folder.h"
#include "rnl-trace-info.h"
#include "rnl-trace-repeat.h"

typedef struct
{
  char *folder;
  RnlRunRecorder *recorder;
  GPtrArray *events; /* JsonNode */
  JsonNode *state;   /* of the last run, at its end */
  char *path;        /* of the last run */
  guint n_failed;
} Fixture;

static void
failed_cb (RnlRunRecorder *recorder, const GError *error, Fixture *fixture)
{
  g_assert_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_WRITE);
  fixture->n_failed++;
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  static guint n;

  fixture->folder = g_strdup_printf ("%s/traces-%u/deep", rnl_test_tmp_dir (), n++);
  fixture->recorder = rnl_run_recorder_new (fixture->folder);
  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_signal_connect (fixture->recorder, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->recorder);
  g_ptr_array_unref (fixture->events);
  g_clear_pointer (&fixture->state, json_node_unref);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
flush (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_run_recorder_flush_async (fixture->recorder, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  rnl_run_recorder_flush_finish (fixture->recorder, result, &error);
  g_assert_no_error (error);
}

static void
keep_event_cb (RnlRun *root, const RnlEvent *event, GPtrArray *events)
{
  g_autoptr (JsonNode) node = rnl_event_to_json (event);

  g_ptr_array_add (events, rnl_json_value_copy (node));
}

static void
say (RnlRun *run, const char *text)
{
  RnlChunk chunk = { .type = RNL_CHUNK_TEXT, .text = text, .length = strlen (text) };

  rnl_run_stream_chunk (run, &chunk);
}

/* A turn with a tool, a model inside it, a failure and @n tokens. */
static void
record_run (Fixture *fixture, guint n, gboolean ends)
{
  g_autoptr (JsonNode) input = rnl_json_strict_parse (
    "{\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\\nTell me\"}]}", -1, NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "broken \"tool\"");
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  g_autoptr (RnlRun) tool = rnl_run_new (RNL_RUN_TOOL, "tool/~", root, NULL);
  g_autoptr (RnlRun) model = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", tool, NULL);
  g_autoptr (RnlRunLog) log = rnl_run_log_new (root, NULL);

  g_ptr_array_set_size (fixture->events, 0);
  g_signal_connect (root, "event", G_CALLBACK (keep_event_cb), fixture->events);
  rnl_run_recorder_record (fixture->recorder, root);
  rnl_run_start (root, input);
  rnl_run_start (tool, NULL);
  rnl_run_start (model, input);
  for (guint i = 0; i < n; i++)
    say (model, i % 2 == 0 ? "tök\n" : "\"en\" ");
  rnl_run_emit_custom (tool, "progress", input);
  rnl_run_end (model, input);
  rnl_run_fail (tool, error);
  if (ends)
    rnl_run_end (root, input);
  flush (fixture);

  g_clear_pointer (&fixture->state, json_node_unref);
  fixture->state = rnl_json_value_copy (rnl_run_log_get_state (log));
  g_clear_pointer (&fixture->path, g_free);
  fixture->path = rnl_trace_folder_find (fixture->folder, rnl_run_get_id (root), NULL);
}

/* What is on the disk is the log. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) state = NULL;
  g_autoptr (GPtrArray) traces = NULL;
  gboolean whole = FALSE;
  GStatBuf info;
  RnlTraceInfo *trace;

  record_run (fixture, 10, TRUE);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  state = rnl_trace_load_state (fixture->path, &whole, &error);
  g_assert_no_error (error);
  g_assert_true (whole);
  g_assert_true (rnl_json_value_equal (state, fixture->state));

  traces = rnl_trace_list (fixture->folder);
  g_assert_cmpuint (traces->len, ==, 1);
  trace = traces->pdata[0];
  g_assert_cmpstr (trace->name, ==, "agent");
  g_assert_cmpstr (trace->question, ==, "What is it?");
  g_assert_cmpstr (trace->status, ==, "finished");
  g_assert_cmpint (trace->duration, >=, 0);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* A run that goes on is told from one that will not. */
static void
test_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  g_autoptr (GPtrArray) growing = NULL;
  g_autoptr (GPtrArray) dead = NULL;

  rnl_run_recorder_record (fixture->recorder, root);
  rnl_run_start (root, NULL);
  flush (fixture);
  growing = rnl_trace_list (fixture->folder);
  g_assert_cmpstr (((RnlTraceInfo *) growing->pdata[0])->status, ==, "running");

  /* As if the program had been killed: nobody holds the file, and there is no end in it. */
  g_object_run_dispose (G_OBJECT (fixture->recorder));
  dead = rnl_trace_list (fixture->folder);
  g_assert_cmpstr (((RnlTraceInfo *) dead->pdata[0])->status, ==, "interrupted");
  rnl_run_end (root, NULL);
}

/* Nobody flushes: a line comes to the disk by itself, soon. */
static gboolean
has_files (gpointer user_data)
{
  g_autoptr (GPtrArray) paths = rnl_trace_folder_list_paths (user_data);

  return paths->len > 0;
}

static void
test_soon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);

  rnl_run_recorder_record (fixture->recorder, root);
  rnl_run_start (root, NULL);
  g_assert_false (has_files (fixture->folder));
  rnl_test_wait_for (has_files, fixture->folder);
  rnl_run_end (root, NULL);
}

/* The way back */

typedef struct
{
  GPtrArray *events;
  GError *error;
  GCancellable *cancellable;
  guint cancel_after;
  gint64 took;
} Played;

static void
played_clear (Played *played)
{
  g_clear_pointer (&played->events, g_ptr_array_unref);
  g_clear_error (&played->error);
  g_clear_object (&played->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Played, played_clear)

static void
played_event_cb (RnlRun *root, const RnlEvent *event, Played *played)
{
  keep_event_cb (root, event, played->events);
  if (played->events->len == played->cancel_after)
    g_cancellable_cancel (played->cancellable);
}

static void
play (Played *played, const char *path, double speed)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  RnlRunReplay *replay = rnl_run_replay_new (path);
  gint64 began;

  g_clear_pointer (&played->events, g_ptr_array_unref);
  g_clear_error (&played->error);
  played->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (played->cancellable == NULL)
    played->cancellable = g_cancellable_new ();
  rnl_run_replay_open_async (replay, NULL, rnl_test_result_cb, &opened);
  rnl_test_wait_for (is_set, &opened);
  if (rnl_run_replay_open_finish (replay, opened, &played->error))
    {
      g_signal_connect (rnl_run_replay_get_run (replay), "event", G_CALLBACK (played_event_cb),
                        played);
      began = g_get_monotonic_time ();
      rnl_run_replay_play_async (replay, speed, played->cancellable, rnl_test_result_cb, &result);
      rnl_test_wait_for (is_set, &result);
      played->took = g_get_monotonic_time () - began;
      rnl_run_replay_play_finish (replay, result, &played->error);
    }
  g_clear_object (&opened);
  g_clear_object (&result);
  g_assert_finalize_object (replay);
}

static void
assert_begins_with (GPtrArray *events, GPtrArray *whole, guint n)
{
  g_assert_cmpuint (n, <=, whole->len);
  g_assert_cmpuint (n, <=, events->len);
  for (guint i = 0; i < n; i++)
    g_assert_true (rnl_json_value_equal (events->pdata[i], whole->pdata[i]));
}

static void
test_replay (Fixture *fixture, gconstpointer data)
{
  g_auto (Played) once = { 0 };
  g_auto (Played) again = { 0 };

  record_run (fixture, rnl_test_fewer (3000), TRUE);
  play (&once, fixture->path, 0);
  g_assert_no_error (once.error);
  g_assert_cmpuint (once.events->len, ==, fixture->events->len);
  assert_begins_with (once.events, fixture->events, fixture->events->len);
  play (&again, fixture->path, 1000);
  assert_begins_with (again.events, fixture->events, fixture->events->len);
}

/* Cut anywhere, a recording plays to where it was cut, and every run has an end. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *cut = g_build_filename (rnl_test_tmp_dir (), "cut.jsonl", NULL);
  gsize length = 0;
  guint most = 0;

  record_run (fixture, 4, TRUE);
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  for (gsize n = 0; n < length - 1; n += 31)
    {
      g_auto (Played) played = { 0 };
      guint lines = 0;

      for (const char *p = text; p < text + n; p++)
        lines += p[1] == '\n';
      g_assert_true (g_file_set_contents (cut, text, (gssize) n, NULL));
      play (&played, cut, 0);
      if (lines == 0 && g_error_matches (played.error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT))
        continue;
      g_assert_error (played.error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_INTERRUPTED);
      assert_begins_with (played.events, fixture->events, lines);
      for (guint i = lines; i < played.events->len; i++)
        g_assert_true (g_str_has_suffix (
          json_object_get_string_member (json_node_get_object (played.events->pdata[i]), "event"),
          "_cancel"));
      most = MAX (most, lines);
    }
  g_assert_cmpuint (most, >, 5);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const root = "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"id\":\"r\","
                                  "\"name\":\"n\",\"type\":\"agent\","
                                  "\"logs\":{}},\"seq\":0,\"time\":1}]\n";
  static const struct
  {
    const char *first;
    const char *rest;
    const char *where;
  } files[] = {
    { "", "", "line 1" },
    { "\177ELF\n", "", "line 1" },
    { "{\"a\":1}\n", "", "line 1" },
    { "[[[[[[[[\n", "", "line 1" },
    { NULL, "garbage\n", "line 2" },
    { NULL, "[{\"op\":\"add\",\"path\":\"/logs/x/y\",\"value\":1}]\n", "line 2" },
    { NULL, "[]\n{}\n", "line 3" },
  };
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "garbage.jsonl", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (Played) played = { 0 };
      g_autofree char *text
        = g_strconcat (files[i].first != NULL ? files[i].first : root, files[i].rest, NULL);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      play (&played, path, 0);
      g_assert_nonnull (played.error);
      g_assert_nonnull (strstr (played.error->message, files[i].where));
      /* What had begun has an end all the same. */
      g_assert_cmpuint (played.events->len, ==, files[i].first == NULL ? 2 : 0);
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_auto (Played) played = { .cancel_after = 5 };

  record_run (fixture, rnl_test_fewer (20000), TRUE);
  play (&played, fixture->path, 0);
  g_assert_error (played.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_begins_with (played.events, fixture->events, 5);
  g_assert_cmpuint (played.events->len, ==, 8);
}

/* Ten times as fast takes a tenth of the time, and half as fast twice of it. */
static void
test_speed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "slow.jsonl", NULL);
  g_autoptr (GString) text = g_string_new (
    "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"id\":\"r\",\"name\":\"n\",\"type\":\"agent\","
    "\"logs\":{}},\"seq\":0,\"time\":1000000}]\n");
  g_auto (Played) fast = { 0 };
  g_auto (Played) slow = { 0 };

  for (guint i = 1; i < 5; i++)
    g_string_append_printf (
      text,
      "[{\"op\":\"add\",\"path\":\"/streamed_output/-\",\"value\":1,\"seq\":%u,\"time\":%u}]\n", i,
      1000000 + i * 50000);
  g_string_append (text, "[{\"op\":\"add\",\"path\":\"/status\",\"value\":\"finished\",\"seq\":5,"
                         "\"time\":1200000}]\n");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));

  play (&fast, path, 10);
  g_assert_no_error (fast.error);
  g_assert_cmpuint (fast.events->len, ==, 6);
  g_assert_cmpint (fast.took, >=, 20000);
  play (&slow, path, 0.5);
  g_assert_no_error (slow.error);
  g_assert_cmpint (slow.took, >=, 400000);
}

/* Who cannot keep up holds the run. */

typedef struct
{
  RnlRun *run;
  guint n;
} Held;

static gboolean
let_go_cb (gpointer user_data)
{
  Held *held = user_data;

  g_assert_cmpuint (held->n, ==, 3);
  rnl_run_release (held->run);

  return G_SOURCE_REMOVE;
}

static void
hold_cb (RnlRun *run, const RnlEvent *event, Held *held)
{
  if (++held->n == 3)
    {
      rnl_run_hold (run);
      g_timeout_add (50, let_go_cb, held);
    }
}

static void
test_hold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RnlRunReplay) replay = NULL;
  Held held = { 0 };

  record_run (fixture, 50, TRUE);
  replay = rnl_run_replay_new (fixture->path);
  rnl_run_replay_open_async (replay, NULL, rnl_test_result_cb, &opened);
  rnl_test_wait_for (is_set, &opened);
  held.run = rnl_run_replay_get_run (replay);
  g_signal_connect (held.run, "event", G_CALLBACK (hold_cb), &held);
  rnl_run_replay_play_async (replay, 0, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  g_assert_true (rnl_run_replay_play_finish (replay, result, NULL));
  g_assert_cmpuint (held.n, ==, fixture->events->len);
}

/* The disk */

static void
test_full (Fixture *fixture, gconstpointer data)
{
  struct rlimit was, tiny;
  g_autoptr (JsonNode) state = NULL;
  g_autoptr (GError) error = NULL;
  gboolean whole = FALSE;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &was);
  tiny = was;
  tiny.rlim_cur = 100 * 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tiny), ==, 0);
  record_run (fixture, 5000, TRUE);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &was), ==, 0);

  /* It was told once, the run came to its end, and what is there is whole. */
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpuint (fixture->events->len, ==, 5000 + 7);
  state = rnl_trace_load_state (fixture->path, &whole, &error);
  g_assert_no_error (error);
  g_assert_true (whole);

  /* The next one is recorded again. */
  record_run (fixture, 5, TRUE);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_nonnull (fixture->path);
}

/* No folder, no recording, one notice, and the run goes on. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);

  g_assert_true (g_file_set_contents (parent, "a file", -1, NULL));
  record_run (fixture, 5, TRUE);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpuint (fixture->events->len, ==, 5 + 7);
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *oldest = NULL;
  g_autoptr (GPtrArray) few = NULL;
  g_autoptr (GPtrArray) small = NULL;

  g_mkdir_with_parents (fixture->folder, 0700);
  oldest = g_build_filename (fixture->folder, "20200101T000000Z-old.jsonl", NULL);
  g_assert_true (g_file_set_contents (oldest, "old", -1, NULL));
  rnl_run_recorder_set_limits (fixture->recorder, 3, 1024 * 1024);
  for (guint i = 0; i < 5; i++)
    record_run (fixture, 1, TRUE);
  few = rnl_trace_folder_list_paths (fixture->folder);
  g_assert_cmpuint (few->len, ==, 3);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* Too much in bytes: the old ones go, and a long one ends with a notice. */
  rnl_run_recorder_set_limits (fixture->recorder, 100, 8000);
  record_run (fixture, 1, TRUE);
  small = rnl_trace_folder_list_paths (fixture->folder);
  g_assert_cmpuint (small->len, <, 4);
  record_run (fixture, 1000, TRUE);
  g_assert_cmpuint (fixture->n_failed, >=, 1);
}

/* Whether a call can be made again from its record alone, and if not, why. */
static void
test_repeat (Fixture *fixture, gconstpointer data)
{
#define INPUT(more) "\"inputs\":{\"messages\":[{\"role\":\"user\"" more "}]}"
  static const struct
  {
    const char *entry;
    RnlTraceRepeat repeat;
  } cases[] = {
    { "{\"type\":\"tool\"," INPUT ("") "}", RNL_TRACE_REPEAT_NO_MODEL },
    { "{\"type\":\"chat_model\"}", RNL_TRACE_REPEAT_NO_INPUT },
    { "{\"type\":\"chat_model\"," INPUT ("") "}", RNL_TRACE_REPEAT_YES },
    { "{\"type\":\"llm\",\"inputs\":{\"prompts\":[\"a\"]}}", RNL_TRACE_REPEAT_YES },
    { "{\"type\":\"chat_model\"," INPUT ("") ",\"final_output\":{\"tool_calls\":[{}]}}",
      RNL_TRACE_REPEAT_NO_TOOLS },
    { "{\"type\":\"chat_model\"," INPUT (",\"files\":[\"a.png\"]") "}", RNL_TRACE_REPEAT_NO_FILES },
  };
#undef INPUT
  JsonObject *logs;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) entry = rnl_json_strict_parse (cases[i].entry, -1, &error);
      RnlTraceRepeat repeat;

      g_assert_no_error (error);
      repeat = rnl_trace_get_repeat (json_node_get_object (entry));
      g_assert_cmpint (repeat, ==, cases[i].repeat);
      g_assert_true ((rnl_trace_repeat_get_reason (repeat) == NULL)
                     == (repeat == RNL_TRACE_REPEAT_YES));
    }

  record_run (fixture, 1, TRUE);
  logs = json_object_get_object_member (json_node_get_object (fixture->state), "logs");
  g_assert_cmpint (rnl_trace_get_repeat (json_object_get_object_member (logs, "model")), ==,
                   RNL_TRACE_REPEAT_YES);
  g_assert_cmpint (rnl_trace_get_repeat (json_object_get_object_member (logs, "tool/~")), ==,
                   RNL_TRACE_REPEAT_NO_MODEL);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/recorder/file", test_file);
  ADD ("/recorder/status", test_status);
  ADD ("/recorder/soon", test_soon);
  ADD ("/recorder/full", test_full);
  ADD ("/recorder/no-folder", test_no_folder);
  ADD ("/recorder/limits", test_limits);
  ADD ("/recorder/repeat", test_repeat);
  ADD ("/replay/same", test_replay);
  ADD ("/replay/truncated", test_truncated);
  ADD ("/replay/garbage", test_garbage);
  ADD ("/replay/cancel", test_cancel);
  ADD ("/replay/speed", test_speed);
  ADD ("/replay/hold", test_hold);

  return g_test_run ();
}
