/* test-replay-events.c: the events of a replay, member for member those of the live run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-run-blocks.h"
#include "rnl-run-log-reader.h"
#include "rnl-run-patcher.h"
#include "rnl-run.h"

/* Everything of an event that is not JSON, as a line. */
static char *
describe (const RnlEvent *event)
{
  GString *line = g_string_new (NULL);
  const RnlChunk *chunk = event->chunk;

  g_string_append_printf (line, "%d %s %d", (int) event->kind, rnl_run_get_name (event->run),
                          (int) rnl_run_get_run_type (event->run));
  if (event->text != NULL)
    g_string_append_printf (line, " text %s", event->text);
  if (event->name != NULL)
    g_string_append_printf (line, " name %s", event->name);
  if (event->error != NULL)
    g_string_append_printf (line, " error %s", event->error->message);
  if (chunk != NULL)
    g_string_append_printf (line, " chunk %d id=%s name=%s finish=%d", (int) chunk->type,
                            chunk->id != NULL ? chunk->id : "",
                            chunk->name != NULL ? chunk->name : "", (int) chunk->finish);
  if (chunk != NULL && chunk->type != RNL_CHUNK_USAGE)
    g_string_append_printf (line, " #%d", chunk->index);
  if (chunk != NULL && chunk->type != RNL_CHUNK_FINISH && chunk->length > 0)
    g_string_append_printf (line, " \"%.*s\"", (int) chunk->length, chunk->text);
  if (chunk != NULL && chunk->type == RNL_CHUNK_USAGE)
    g_string_append_printf (line, " %d+%d=%d (%d, %d, %d) after %d+%d", (int) chunk->usage.input,
                            (int) chunk->usage.output, (int) chunk->usage.total,
                            (int) chunk->usage.cached_input, (int) chunk->usage.cache_write,
                            (int) chunk->usage.reasoning, (int) MAX (chunk->earlier.input, 0),
                            (int) MAX (chunk->earlier.output, 0));
  for (guint i = 0; i < event->n_blocks; i++)
    {
      const RnlBlockMark *mark = &event->blocks[i];
      g_autofree char *args = mark->args != NULL ? json_to_string (mark->args, FALSE) : NULL;

      g_string_append_printf (line, " block %d #%u %d %d id=%s name=%s args=%s error=%s text=%s",
                              (int) mark->phase, mark->index, (int) mark->type, mark->remote,
                              mark->call_id, mark->name, args, mark->error, mark->text);
    }

  return g_string_free (line, FALSE);
}

typedef struct
{
  GPtrArray *live;
  GPtrArray *replayed;
  GPtrArray *log; /* JsonNode */
  RnlRunPatcher *patcher;
} Record;

static void
live_cb (RnlRun *root, const RnlEvent *event, gpointer user_data)
{
  Record *record = user_data;

  g_ptr_array_add (record->live, describe (event));
  g_ptr_array_add (record->log, rnl_run_patcher_take_event (record->patcher, event));
}

static void
replayed_cb (RnlRun *root, const RnlEvent *event, gpointer user_data)
{
  Record *record = user_data;

  g_ptr_array_add (record->replayed, describe (event));
}

static void
record_begin (Record *record, RnlRun *root)
{
  record->live = g_ptr_array_new_with_free_func (g_free);
  record->replayed = g_ptr_array_new_with_free_func (g_free);
  record->log = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  record->patcher = rnl_run_patcher_new (root, NULL);
  g_signal_connect (root, "event", G_CALLBACK (live_cb), record);
}

static void
record_check (Record *record)
{
  RnlRunLogReader *reader = rnl_run_log_reader_new ();
  g_autoptr (GError) error = NULL;
  RnlRun *root = rnl_run_log_reader_begin (reader, g_ptr_array_index (record->log, 0), &error);

  g_assert_no_error (error);
  g_signal_connect (root, "event", G_CALLBACK (replayed_cb), record);
  for (guint i = 0; i < record->log->len; i++)
    {
      rnl_run_log_reader_feed (reader, g_ptr_array_index (record->log, i), &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (record->replayed->len, ==, record->live->len);
  for (guint i = 0; i < record->live->len; i++)
    g_assert_cmpstr (g_ptr_array_index (record->replayed, i), ==,
                     g_ptr_array_index (record->live, i));

  rnl_run_log_reader_free (reader);
  rnl_run_patcher_free (record->patcher);
  g_ptr_array_unref (record->log);
  g_ptr_array_unref (record->replayed);
  g_ptr_array_unref (record->live);
}

static gboolean
has_line (Record *record, const char *part)
{
  for (guint i = 0; i < record->live->len; i++)
    if (strstr (g_ptr_array_index (record->live, i), part) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
tool_runs (gpointer tool)
{
  return test_tool_get_n_running (tool) == 1;
}

/* A turn with thinking, a tool and an answer: blocks begin and end where they did. */
static void
test_agent (void)
{
  static const Play asks[]
    = { { PLAY_REASONING, 0, "hm", NULL }, { PLAY_TEXT, 0, "Looking.", NULL },
        { PLAY_CALL, 0, NULL, "one" },     { PLAY_ARGS, 0, "{\"v\":", NULL },
        { PLAY_ARGS, 0, " \"x\"}", NULL }, { PLAY_USAGE, 7, NULL, NULL },
        { PLAY_USAGE, 11, NULL, NULL },    { PLAY_FINISH, 0, "tool_calls", NULL },
        { PLAY_END, 0, NULL, NULL } };
  static const Play answers[] = { { PLAY_TEXT, 0, "Found ", NULL },
                                  { PLAY_TEXT, 0, "it.", NULL },
                                  { PLAY_FINISH, 0, "stop", NULL },
                                  { PLAY_END, 0, NULL, NULL } };
  static const Play *const script[] = { asks, answers };
  TestModel *model = test_model_new (script, 2);
  g_autoptr (RnlAgent) agent = rnl_agent_new (RNL_CHAT_MODEL (model), NULL, NULL);
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_SAFE);
  RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  Record record;
  Turn *turn;

  record_begin (&record, root);
  rnl_agent_add_tool (agent, RNL_TOOL (tool));
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Where?"));
  turn = turn_watch (rnl_agent_start (agent, history, root));
  rnl_test_wait_for (tool_runs, tool);
  test_tool_finish (tool, "there", NULL);
  turn_wait (turn);

  g_assert_true (has_line (&record, "block 0 #0"));
  g_assert_true (has_line (&record, "args={\"v\":\"x\"}"));
  g_assert_true (has_line (&record, " after "));
  record_check (&record);
  g_object_unref (root);
  turn_free (turn);
  g_clear_object (&agent);
  g_assert_finalize_object (model);
}

/* The rest of what models say: once each, through the one run. */
static void
test_chunks (void)
{
  static const RnlChunk chunks[] = {
    { .type = RNL_CHUNK_INFO, .id = "msg_1", .name = "m-1" },
    { .type = RNL_CHUNK_TEXT, .text = "", .length = 0 },
    { .type = RNL_CHUNK_REFUSAL, .text = "No.", .length = 3 },
    { .type = RNL_CHUNK_REMOTE_CALL,
      .index = 2,
      .id = "s",
      .name = "web",
      .text = "{",
      .length = 1 },
    { .type = RNL_CHUNK_REMOTE_CALL, .index = 2, .text = "}", .length = 1 },
    { .type = RNL_CHUNK_REMOTE_RESULT, .index = 2, .text = "found", .length = 5 },
    { .type = RNL_CHUNK_ANNOTATION, .text = "{\"url\":\"u\"}", .length = 11 },
    { .type = RNL_CHUNK_FILE, .id = "a.png", .name = "image/png", .text = "AAAA", .length = 4 },
    { .type = RNL_CHUNK_USAGE, .usage = { 5, 1, 6, 2, -1, 1 } },
    { .type = RNL_CHUNK_USAGE, .usage = { 5, 9, 14, 2, -1, 4 }, .earlier = { 5, 1, 6, 2, -1, 1 } },
    { .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_LENGTH },
  };
  static const RnlRunType types[] = { RNL_RUN_CHAT_MODEL, RNL_RUN_LLM };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (RnlRun) root = rnl_run_new (types[i], "m", NULL, NULL);
      RnlBlockMark mark = { .phase = RNL_BLOCK_FINISH,
                            .index = 3,
                            .type = RNL_PART_TOOL_CALL,
                            .call_id = (char *) "c",
                            .name = (char *) "n",
                            .error = (char *) "broken",
                            .text = (char *) "{\"half" };
      Record record;

      record_begin (&record, root);
      rnl_run_start (root, NULL);
      for (gsize k = 0; k < G_N_ELEMENTS (chunks); k++)
        rnl_run_stream_marked_chunk (root, &chunks[k], &mark, k == 1 ? 1 : 0);
      rnl_run_end (root, NULL);
      record_check (&record);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/replay-events/agent", test_agent);
  g_test_add_func ("/replay-events/chunks", test_chunks);

  return g_test_run ();
}
