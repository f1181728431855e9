/* test-run-log.c: a run as a document that grows, and the way back to its events
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-provider-error.h"
#include "rnl-run-log-reader.h"
#include "rnl-run-log.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"
#include "rnl-text.h"

/* A run whose life is written down three ways: as events, as patches, and as the state that a
 * plain reading of the events gives. */
typedef struct
{
  RnlRun *root;
  RnlRunLog *log;
  RnlEventFilter filter;
  GPtrArray *events;  /* JsonNode: what rnl_event_to_json () said live */
  GPtrArray *patches; /* JsonNode */
  JsonNode *applied;  /* all patches so far, applied to nothing */
  JsonObject *oracle;
  GHashTable *keys;  /* run id -> key in logs */
  GHashTable *names; /* name -> count */
  gboolean check;
} Life;

static JsonObject *
oracle_entry (JsonObject *event, RnlRun *run)
{
  JsonObject *entry = json_object_new ();
  JsonObject *data = json_object_get_object_member (event, "data");
  g_autofree char *started = rnl_time_to_iso8601 (rnl_run_get_started (run));
  static const char *const same[] = { "name", "parent_ids", "tags", "metadata", "tool_call_id" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    if (json_object_has_member (event, same[i]))
      json_object_set_member (entry, same[i],
                              rnl_json_value_copy (json_object_get_member (event, same[i])));
  json_object_set_string_member (entry, "id", json_object_get_string_member (event, "run_id"));
  json_object_set_string_member (entry, "type",
                                 rnl_enum_nick (RNL_TYPE_RUN_TYPE, rnl_run_get_run_type (run)));
  json_object_set_string_member (entry, "start_time", started);
  json_object_set_string_member (entry, "status", "running");
  json_object_set_array_member (entry, "streamed_output", json_array_new ());
  json_object_set_array_member (entry, "streamed_output_str", json_array_new ());
  json_object_set_array_member (entry, "blocks", json_array_new ());
  json_object_set_array_member (entry, "custom_events", json_array_new ());
  json_object_set_null_member (entry, "final_output");
  json_object_set_null_member (entry, "end_time");
  if (json_object_has_member (data, "input"))
    json_object_set_member (entry, "inputs",
                            rnl_json_value_copy (json_object_get_member (data, "input")));

  return entry;
}

static JsonObject *
oracle_find (Life *life, RnlRun *run)
{
  if (run == life->root)
    return life->oracle;

  return json_object_get_object_member (json_object_get_object_member (life->oracle, "logs"),
                                        g_hash_table_lookup (life->keys, rnl_run_get_id (run)));
}

static void
oracle_start (Life *life, JsonObject *event, RnlRun *run)
{
  JsonObject *entry = oracle_entry (event, run);
  guint n;

  if (run == life->root)
    {
      json_object_set_object_member (entry, "logs", json_object_new ());
      life->oracle = entry;
      return;
    }
  n = GPOINTER_TO_UINT (g_hash_table_lookup (life->names, rnl_run_get_name (run))) + 1;
  g_hash_table_insert (life->names, g_strdup (rnl_run_get_name (run)), GUINT_TO_POINTER (n));
  g_hash_table_insert (life->keys, g_strdup (rnl_run_get_id (run)),
                       n == 1 ? g_strdup (rnl_run_get_name (run))
                              : g_strdup_printf ("%s:%u", rnl_run_get_name (run), n));
  json_object_set_object_member (json_object_get_object_member (life->oracle, "logs"),
                                 g_hash_table_lookup (life->keys, rnl_run_get_id (run)), entry);
}

static void
oracle_end (JsonObject *entry, JsonObject *event, const char *status)
{
  JsonObject *data = json_object_get_object_member (event, "data");
  static const char *const pairs[][2]
    = { { "output", "final_output" }, { "error", "error" }, { "input", "inputs" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (json_object_has_member (data, pairs[i][0]))
      json_object_set_member (entry, pairs[i][1],
                              rnl_json_value_copy (json_object_get_member (data, pairs[i][0])));
  json_object_set_string_member (entry, "status", status);
  json_object_set_string_member (entry, "end_time", json_object_get_string_member (event, "time"));
  json_object_set_int_member (entry, "duration_us",
                              json_object_get_int_member (event, "duration_us"));
}

static void
oracle_stream (JsonObject *entry, JsonObject *data, const RnlEvent *live)
{
  JsonNode *chunk = json_object_get_member (data, "chunk");
  const char *text = rnl_run_get_run_type (live->run) == RNL_RUN_LLM ? "text" : "content";

  if (chunk == NULL)
    return;
  json_array_add_element (json_object_get_array_member (entry, "streamed_output"),
                          rnl_json_value_copy (chunk));
  if (live->chunk != NULL)
    json_array_add_string_element (
      json_object_get_array_member (entry, "streamed_output_str"),
      json_object_get_string_member_with_default (json_node_get_object (chunk), text, ""));
}

static void
oracle_take (Life *life, JsonObject *event, const RnlEvent *live)
{
  static const char *const words[] = { "finished", "failed", "cancelled" };
  JsonObject *data = json_object_get_object_member (event, "data");
  JsonObject *entry, *custom;

  if (live->kind == RNL_EVENT_START)
    {
      oracle_start (life, event, live->run);
      return;
    }
  entry = oracle_find (life, live->run);
  if (live->chunk != NULL && rnl_run_get_parent (live->run) == life->root
      && (live->chunk->type == RNL_CHUNK_TEXT || live->chunk->type == RNL_CHUNK_REFUSAL)
      && live->chunk->length > 0)
    json_array_add_string_element (json_object_get_array_member (life->oracle, "streamed_output"),
                                   live->chunk->text);
  json_object_set_member (entry, "metadata",
                          rnl_json_value_copy (json_object_get_member (event, "metadata")));
  if (live->kind == RNL_EVENT_STREAM)
    oracle_stream (entry, data, live);
  else if (live->kind == RNL_EVENT_CUSTOM)
    {
      custom = json_object_new ();
      json_object_set_string_member (custom, "name", live->name);
      if (json_object_has_member (data, "data"))
        json_object_set_member (custom, "data",
                                rnl_json_value_copy (json_object_get_member (data, "data")));
      json_array_add_object_element (json_object_get_array_member (entry, "custom_events"), custom);
    }
  else
    oracle_end (entry, event, words[live->kind - RNL_EVENT_END]);
}

static void
assert_same (JsonNode *a, JsonNode *b)
{
  g_autofree char *left = NULL, *right = NULL;

  if (rnl_json_value_equal (a, b))
    return;
  left = rnl_json_to_string (a, TRUE);
  right = rnl_json_to_string (b, TRUE);
  g_error ("not the same:\n%s\nand\n%s", left, right);
}

/* What is measured is left out of the comparison with the oracle, which does not measure. */
static void
drop_measures (JsonObject *entry)
{
  g_autoptr (GList) logs = NULL;

  json_object_remove_member (entry, "usage");
  json_object_remove_member (entry, "time_to_first_token_us");
  json_object_remove_member (entry, "trace");
  if (!json_object_has_member (entry, "logs"))
    return;
  logs = json_object_get_values (json_object_get_object_member (entry, "logs"));
  for (GList *l = logs; l != NULL; l = l->next)
    drop_measures (json_node_get_object (l->data));
}

static void
check_state (Life *life)
{
  g_autoptr (JsonNode) oracle = json_node_init_object (json_node_alloc (), life->oracle);
  g_autoptr (JsonNode) state = NULL;

  assert_same (life->applied, rnl_run_log_get_state (life->log));
  state = rnl_json_value_copy (life->applied);
  drop_measures (json_node_get_object (state));
  assert_same (state, oracle);
}

static void
live_event_cb (RnlRun *root, const RnlEvent *event, Life *life)
{
  JsonNode *node;

  if (!rnl_event_filter_matches (&life->filter, event))
    return;
  node = rnl_event_to_json (event);
  /* Later events must not change what was said earlier. */
  g_ptr_array_add (life->events, rnl_json_value_copy (node));
  if (life->check)
    oracle_take (life, json_node_get_object (node), event);
  json_node_unref (node);
}

static void
patch_cb (RnlRunLog *log, JsonNode *patch, Life *life)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (life->patches, json_node_ref (patch));
  rnl_run_log_apply (&life->applied, patch, &error);
  g_assert_no_error (error);
  if (life->check)
    check_state (life);
}

static void
life_begin (Life *life, const char *name, RnlEventFilter filter)
{
  *life = (Life){ .filter = filter, .check = filter.include_types == NULL };
  life->root = rnl_run_new (RNL_RUN_AGENT, name, NULL, NULL);
  life->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  life->patches = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  life->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  life->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (life->root, "event", G_CALLBACK (live_event_cb), life);
  life->log = rnl_run_log_new (life->root, &filter);
  g_signal_connect (life->log, "patch", G_CALLBACK (patch_cb), life);
}

static void
life_clear (Life *life)
{
  g_assert_finalize_object (life->log);
  g_assert_finalize_object (life->root);
  g_ptr_array_unref (life->events);
  g_ptr_array_unref (life->patches);
  g_hash_table_unref (life->keys);
  g_hash_table_unref (life->names);
  g_clear_pointer (&life->applied, json_node_unref);
  g_clear_pointer (&life->oracle, json_object_unref);
}

static void
replayed_cb (RnlRun *root, const RnlEvent *event, GPtrArray *events)
{
  g_autoptr (JsonNode) node = rnl_event_to_json (event);

  g_ptr_array_add (events, rnl_json_value_copy (node));
}

/* The patches, through text as on a disk, give the very events that were live. */
static void
check_way_back (Life *life)
{
  g_autoptr (RnlRunLogReader) reader = rnl_run_log_reader_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < life->patches->len; i++)
    {
      g_autofree char *line = rnl_json_to_string (life->patches->pdata[i], FALSE);
      g_autoptr (JsonNode) patch = rnl_json_strict_parse (line, -1, &error);

      g_assert_no_error (error);
      if (i == 0)
        {
          RnlRun *root = rnl_run_log_reader_begin (reader, patch, &error);

          g_assert_no_error (error);
          g_signal_connect (root, "event", G_CALLBACK (replayed_cb), events);
        }
      rnl_run_log_reader_feed (reader, patch, &error);
      g_assert_no_error (error);
    }
  g_assert_true (rnl_run_log_reader_end (reader));

  g_assert_cmpuint (events->len, ==, life->events->len);
  for (guint i = 0; i < events->len; i++)
    assert_same (events->pdata[i], life->events->pdata[i]);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rnl_json_strict_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

static void
say (RnlRun *run, RnlChunkType type, const char *text)
{
  RnlChunk chunk = { .type = type, .text = text, .length = strlen (text), .usage = RNL_USAGE_INIT };

  rnl_run_stream_chunk (run, &chunk);
}

/* A tool asked for, a model inside it, something of its own, a failure, and a cancel. */
static void
live_a_day (Life *life)
{
  g_autoptr (JsonNode) input = parse ("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  g_autoptr (JsonNode) output = parse ("{\"content\":\"done\",\"n\":[1,2.5,null,true]}");
  g_autoptr (GError) error = rnl_provider_error_new (RNL_PROVIDER_ERROR_RATE_LIMIT, "slow down");
  static const char *const tags[] = { "hiding_spot", NULL };
  g_autoptr (RnlRun) model = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", life->root, NULL);
  g_autoptr (RnlRun) tool = rnl_run_new (RNL_RUN_TOOL, "where/is~it", life->root, NULL);
  g_autoptr (RnlRun) inner = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", tool, tags);
  g_autoptr (RnlRun) failing = rnl_run_new (RNL_RUN_TOOL, "where/is~it", life->root, NULL);
  g_autoptr (RnlRun) parser = rnl_run_new (RNL_RUN_PARSER, "parser", life->root, NULL);
  g_autoptr (RnlRun) last = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", life->root, NULL);
  RnlChunk call
    = { .type = RNL_CHUNK_TOOL_CALL, .id = "c1", .name = "where", .text = "{}", .length = 2 };
  RnlChunk usage = { .type = RNL_CHUNK_USAGE, .usage = { 5, 7, 12, -1, -1, -1 } };
  RnlChunk finish = { .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_TOOL_CALLS };

  rnl_run_set_metadata (life->root, "who", "me");
  rnl_run_start (life->root, input);
  rnl_run_start (model, input);
  say (model, RNL_CHUNK_TEXT, "");
  say (model, RNL_CHUNK_REASONING, "hm \"quoted\" \\ \n");
  say (model, RNL_CHUNK_TEXT, "Looking ");
  rnl_run_stream_chunk (model, &call);
  rnl_run_stream_chunk (model, &usage);
  rnl_run_stream_chunk (model, &finish);
  rnl_run_end (model, output);
  rnl_run_set_tool_call_id (tool, "c1");
  rnl_run_start (tool, NULL);
  rnl_run_start (inner, input);
  say (inner, RNL_CHUNK_TEXT, "The Fuzzy Fortress");
  rnl_run_emit_custom (tool, "progress", output);
  rnl_run_emit_custom (tool, "nothing", NULL);
  rnl_run_end (inner, output);
  rnl_run_stream_text (tool, "printed\n");
  rnl_run_end (tool, output);
  rnl_run_start (failing, output);
  rnl_run_fail (failing, error);
  rnl_run_start (parser, NULL);
  rnl_run_stream_value (parser, output);
  rnl_run_stream_value (parser, NULL);
  rnl_run_set_input (parser, input);
  rnl_run_end (parser, NULL);
  rnl_run_start (last, input);
  say (last, RNL_CHUNK_TEXT, "half an ans");
  rnl_run_cancel (life->root);
}

static JsonObject *
find_log (Life *life, const char *key)
{
  JsonObject *logs = json_object_get_object_member (json_node_get_object (life->applied), "logs");

  g_assert_true (json_object_has_member (logs, key));

  return json_object_get_object_member (logs, key);
}

static void
test_day (void)
{
  Life life;
  JsonObject *root, *model;

  life_begin (&life, "agent", (RnlEventFilter){ 0 });
  live_a_day (&life);
  check_way_back (&life);

  root = json_node_get_object (life.applied);
  g_assert_cmpstr (json_object_get_string_member (root, "status"), ==, "cancelled");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (root, "logs")), ==, 6);
  g_assert_cmpstr (
    json_object_get_string_member (
      json_object_get_object_member (find_log (&life, "where/is~it:2"), "error"), "code"),
    ==, "rate-limit");
  g_assert_cmpstr (json_object_get_string_member (find_log (&life, "m:3"), "status"), ==,
                   "cancelled");
  model = find_log (&life, "m");
  g_assert_true (json_object_has_member (model, "time_to_first_token_us"));
  g_assert_true (json_object_has_member (model, "usage"));
  g_assert_true (json_object_has_member (root, "usage"));
  life_clear (&life);
}

static char *
dup_paths (JsonNode *patch)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *operations = json_node_get_array (patch);

  for (guint i = 0; i < json_array_get_length (operations); i++)
    {
      JsonObject *operation = json_array_get_object_element (operations, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                              json_object_get_string_member (operation, "op"),
                              json_object_get_string_member (operation, "path"));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The operations of the reference, in its order. */
static void
test_operations (void)
{
  static const char *const expected[] = {
    "replace ",
    "add /logs/where~1is~0it",
    "add /logs/m",
    "add /logs/m/streamed_output_str/-, add /logs/m/streamed_output/-",
    "add /logs/m/final_output, add /logs/m/status, add /logs/m/duration_us, "
    "add /logs/m/time_to_first_token_us, add /logs/m/end_time",
    "add /logs/where~1is~0it/streamed_output/-",
    "add /logs/where~1is~0it/error, add /logs/where~1is~0it/status, "
    "add /logs/where~1is~0it/duration_us, add /logs/where~1is~0it/end_time",
    "add /streamed_output/-",
    "add /final_output, add /status, add /duration_us, add /end_time",
  };
  Life life;
  g_autoptr (JsonNode) output = parse ("\"text\"");
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  RnlRun *tool, *model;

  life_begin (&life, "agent", (RnlEventFilter){ 0 });
  tool = rnl_run_new (RNL_RUN_TOOL, "where/is~it", life.root, NULL);
  model = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", tool, NULL);
  rnl_run_start (life.root, NULL);
  rnl_run_start (tool, NULL);
  rnl_run_start (model, NULL);
  say (model, RNL_CHUNK_TEXT, "tok");
  rnl_run_end (model, output);
  rnl_run_stream_text (tool, "piece");
  rnl_run_fail (tool, error);
  rnl_run_stream_text (life.root, "piece");
  rnl_run_end (life.root, output);

  g_assert_cmpuint (life.patches->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < life.patches->len; i++)
    {
      g_autofree char *paths = dup_paths (life.patches->pdata[i]);

      g_assert_cmpstr (paths, ==, expected[i]);
    }
  g_object_unref (model);
  g_object_unref (tool);
  life_clear (&life);
}

static char *
dup_root_output (Life *life)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *output
    = json_object_get_array_member (json_node_get_object (life->applied), "streamed_output");

  for (guint i = 0; i < json_array_get_length (output); i++)
    g_string_append_printf (text, "%s|", json_array_get_string_element (output, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* An agent answers in several ways; what is not its answer is not in its output. */
static void
answer_in_many_ways (Life *life)
{
  static const char *const internal[] = { RNL_RUN_TAG_INTERNAL, NULL };
  g_autoptr (RnlRun) model = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", life->root, NULL);
  g_autoptr (RnlRun) hidden = rnl_run_new (RNL_RUN_CHAT_MODEL, "title", life->root, internal);
  g_autoptr (RnlRun) tool = rnl_run_new (RNL_RUN_TOOL, "t", life->root, NULL);
  g_autoptr (RnlRun) inner = rnl_run_new (RNL_RUN_CHAT_MODEL, "m", tool, NULL);
  static const char *const pieces[] = { "{\"answer\": \"4", "2\", \"tools_used\": [\"x\"]}" };
  RnlChunk call = { .type = RNL_CHUNK_TOOL_CALL, .id = "c", .index = 1, .usage = RNL_USAGE_INIT };

  rnl_run_start (life->root, NULL);
  rnl_run_start (model, NULL);
  say (model, RNL_CHUNK_REASONING, "hm");
  say (model, RNL_CHUNK_TEXT, "Let ");
  say (model, RNL_CHUNK_TEXT, "");
  say (model, RNL_CHUNK_TEXT, "me");
  rnl_run_start (hidden, NULL);
  say (hidden, RNL_CHUNK_TEXT, "Title");
  rnl_run_end (hidden, NULL);
  rnl_run_start (tool, NULL);
  rnl_run_start (inner, NULL);
  say (inner, RNL_CHUNK_TEXT, "Fortress");
  rnl_run_end (tool, NULL);
  call.name = "final_answer";
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      call.text = pieces[i];
      call.length = strlen (pieces[i]);
      rnl_run_stream_chunk (model, &call);
      call.name = NULL;
    }
  rnl_run_end (life->root, NULL);
}

/* The root's output is its answer, piece by piece, with a filter that leaves out the model too. */
static void
test_root_output (void)
{
  char *types[] = { (char *) "tool", NULL };
  RnlEventFilter filters[] = { { 0 }, { .include_types = g_strdupv (types) } };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      Life life;
      g_autofree char *output = NULL;

      life_begin (&life, "agent", filters[i]);
      life.check = FALSE;
      answer_in_many_ways (&life);
      output = dup_root_output (&life);
      g_assert_cmpstr (output, ==, "Let |me|4|2|");
      check_way_back (&life);
      rnl_event_filter_clear (&life.filter);
      life_clear (&life);
    }
}

/* A name that looks like a counted one takes nobody's place. */
static void
test_names (void)
{
  Life life;
  static const char *const names[] = { "a:2", "a", "a", "a:2" };
  static const char *const keys[] = { "a:2", "a", "a:3", "a:2:2" };

  life_begin (&life, "agent", (RnlEventFilter){ 0 });
  life.check = FALSE;
  rnl_run_start (life.root, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_TOOL, names[i], life.root, NULL);

      rnl_run_start (run, NULL);
      g_assert_cmpstr (json_object_get_string_member (find_log (&life, keys[i]), "id"), ==,
                       rnl_run_get_id (run));
      rnl_run_end (run, NULL);
    }
  rnl_run_end (life.root, NULL);
  check_way_back (&life);
  life_clear (&life);
}

/* With a filter names are counted over what is in the log, and the way back gives what the filter
 * lets through. */
static void
test_filter (void)
{
  Life life;
  char *types[] = { (char *) "chat_model", (char *) "custom", NULL };
  JsonObject *logs;

  life_begin (&life, "agent", (RnlEventFilter){ .include_types = g_strdupv (types) });
  live_a_day (&life);
  logs = json_object_get_object_member (json_node_get_object (life.applied), "logs");
  /* Three models, and the tool that said something of its own. */
  g_assert_cmpuint (json_object_get_size (logs), ==, 4);
  g_assert_true (json_object_has_member (logs, "where/is~it"));
  check_way_back (&life);
  rnl_event_filter_clear (&life.filter);
  life_clear (&life);
}

/* Trees and streams of any shape. */

typedef struct
{
  GRand *rand;
  GPtrArray *alive; /* RnlRun */
  GPtrArray *all;
} Wood;

static JsonNode *
random_value (GRand *rand)
{
  static const char *const values[] = { "null",  "\"text\"", "{\"a\":{\"b/~\":[1,{}]}}", "[]", "12",
                                        "-0.25", "true",     "\"\\u0001\\\"\"" };

  return parse (values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
}

static void
grow (Wood *wood)
{
  static const char *const names[] = { "a", "b/c", "~", "a:2x", "", "ü" };
  RnlRun *parent = wood->alive->pdata[g_rand_int_range (wood->rand, 0, (gint) wood->alive->len)];
  RnlRun *run
    = rnl_run_new ((RnlRunType) g_rand_int_range (wood->rand, 0, RNL_RUN_PARSER + 1),
                   names[g_rand_int_range (wood->rand, 0, G_N_ELEMENTS (names))], parent, NULL);
  g_autoptr (JsonNode) input = g_rand_boolean (wood->rand) ? random_value (wood->rand) : NULL;

  rnl_run_start (run, input);
  g_ptr_array_add (wood->alive, run);
  g_ptr_array_add (wood->all, run);
}

static void
prune (Wood *wood)
{
  for (guint i = wood->alive->len; i > 1; i--)
    if (rnl_run_is_over (wood->alive->pdata[i - 1]))
      g_ptr_array_remove_index (wood->alive, i - 1);
}

static void
live_a_moment (Wood *wood)
{
  RnlRun *run = wood->alive->pdata[g_rand_int_range (wood->rand, 0, (gint) wood->alive->len)];
  RnlRunType type = rnl_run_get_run_type (run);
  g_autoptr (JsonNode) value = random_value (wood->rand);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "broken");
  gboolean root = run == wood->alive->pdata[0];

  switch (g_rand_int_range (wood->rand, 0, 12))
    {
    case 0:
    case 1:
      grow (wood);
      break;
    case 2:
      rnl_run_emit_custom (run, "said", g_rand_boolean (wood->rand) ? value : NULL);
      break;
    case 3:
      if (!root)
        rnl_run_end (run, value);
      break;
    case 4:
      if (!root)
        rnl_run_fail (run, error);
      break;
    case 5:
      if (!root)
        rnl_run_cancel (run);
      break;
    case 6:
      rnl_run_set_metadata (run, "k", g_rand_boolean (wood->rand) ? "1" : "2");
      break;
    case 7:
      rnl_run_set_input (run, value);
      break;
    default:
      if (type == RNL_RUN_CHAT_MODEL || type == RNL_RUN_LLM)
        say (run, (RnlChunkType) g_rand_int_range (wood->rand, 0, RNL_CHUNK_REFUSAL + 1), "tök \n");
      else if (g_rand_boolean (wood->rand))
        rnl_run_stream_text (run, "piece");
      else
        rnl_run_stream_value (run, value);
      break;
    }
  prune (wood);
}

static void
test_random (void)
{
  guint n = rnl_test_fewer (40);

  for (guint32 seed = 0; seed < n; seed++)
    {
      Life life;
      Wood wood = { .rand = g_rand_new_with_seed (seed),
                    .alive = g_ptr_array_new (),
                    .all = g_ptr_array_new_with_free_func (g_object_unref) };

      life_begin (&life, "root", (RnlEventFilter){ 0 });
      rnl_run_start (life.root, NULL);
      g_ptr_array_add (wood.alive, life.root);
      for (guint i = 0; i < 60; i++)
        live_a_moment (&wood);
      rnl_run_end (life.root, NULL);
      check_way_back (&life);
      g_ptr_array_unref (wood.alive);
      g_ptr_array_unref (wood.all);
      g_rand_free (wood.rand);
      life_clear (&life);
    }
}

/* What is applied is a copy: changing the patch afterwards changes no state. */
static void
test_no_alias (void)
{
  g_autoptr (JsonNode) patch = parse ("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"l\":[]}},"
                                      "{\"op\":\"add\",\"path\":\"/l/-\",\"value\":{\"x\":[]}}]");
  g_autoptr (JsonNode) more = parse ("[{\"op\":\"add\",\"path\":\"/l/0/x/-\",\"value\":1}]");
  g_autoptr (JsonNode) expected = parse ("{\"l\":[{\"x\":[1]},{\"x\":[]}]}");
  g_autoptr (JsonNode) again = parse ("[{\"op\":\"add\",\"path\":\"/l/-\",\"value\":{\"x\":[]}}]");
  g_autoptr (JsonNode) state = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rnl_run_log_apply (&state, patch, &error));
  g_assert_true (rnl_run_log_apply (&state, again, &error));
  g_assert_true (rnl_run_log_apply (&state, more, &error));
  g_assert_true (rnl_json_value_equal (state, expected));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      json_object_get_object_member (
                        json_array_get_object_element (json_node_get_array (patch), 1), "value"),
                      "x")),
                    ==, 0);
}

/* Files from elsewhere are refused with a reason, whatever is in them. */
static void
test_hostile (void)
{
#define ROOT                                                                                       \
  "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"id\":\"r\",\"name\":\"n\",\"type\":\"agent\""
  static const char *const files[][2] = {
    { "[]", NULL },
    { "{}", NULL },
    { "[1]", NULL },
    { "[{\"op\":\"add\",\"path\":\"/x\",\"value\":1}]", NULL },
    { "[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]", NULL },
    { ROOT ",\"type\":\"witch\"}}]", NULL },
    { ROOT ",\"id\":7}}]", NULL },
    { ROOT ",\"trace\":{\"version\":2}}}]", NULL },
    { ROOT ",\"parent_ids\":[\"r\"]}}]", NULL },
    { ROOT "},\"seq\":0,\"time\":1}]", "7" },
    { ROOT "},\"seq\":0,\"time\":1}]", "[7]" },
    { ROOT "},\"seq\":0,\"time\":1}]",
      "[{\"op\":\"add\",\"path\":\"/logs/x/end_time\",\"value\":\"\"}]" },
    { ROOT "},\"seq\":0,\"time\":1}]", "[{\"op\":\"add\",\"path\":\"/logs/x\",\"value\":{}}]" },
    { ROOT "},\"seq\":0,\"time\":1}]",
      "[{\"op\":\"add\",\"path\":\"/streamed_output/-\",\"value\":1,\"seq\":0,\"time\":2}]" },
    { ROOT "},\"seq\":3,\"time\":1}]", ROOT "},\"seq\":4,\"time\":1}]" },
  };
#undef ROOT

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (RnlRunLogReader) reader = rnl_run_log_reader_new ();
      g_autoptr (JsonNode) first = parse (files[i][0]);
      g_autoptr (JsonNode) second = files[i][1] != NULL ? parse (files[i][1]) : NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = rnl_run_log_reader_feed (reader, first, &error);

      g_assert_true (ok == (second != NULL));
      if (second != NULL)
        g_assert_false (rnl_run_log_reader_feed (reader, second, &error));
      g_assert_true (error != NULL && error->domain == RNL_TRACE_ERROR);
      g_assert_cmpint (error->code, ==,
                       strstr (files[i][0], "version") != NULL ? RNL_TRACE_ERROR_NEWER
                                                               : RNL_TRACE_ERROR_FORMAT);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run-log/day", test_day);
  g_test_add_func ("/run-log/operations", test_operations);
  g_test_add_func ("/run-log/root-output", test_root_output);
  g_test_add_func ("/run-log/names", test_names);
  g_test_add_func ("/run-log/filter", test_filter);
  g_test_add_func ("/run-log/random", test_random);
  g_test_add_func ("/run-log/no-alias", test_no_alias);
  g_test_add_func ("/run-log/hostile", test_hostile);

  return g_test_run ();
}
