/* test-cli-trace.c: runs that runnel-cli recorded, from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "cli-harness.h"
#include "rnl-json-value.h"
#include "rnl-run-log.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define CAT "where is the cat hiding and what items are there?"

static JsonNode *
list_traces (void)
{
  g_autoptr (CliResult) list = cli_run (NULL, NULL, "trace", "list", "--json", NULL);
  JsonNode *node = json_from_string (list->out->str, NULL);

  g_assert_cmpint (list->status, ==, 0);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (node));

  return node;
}

static JsonObject *
newest (JsonNode *list)
{
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), >, 0);

  return json_array_get_object_element (json_node_get_array (list), 0);
}

/* What was live, what is exported and what is replayed are the same lines. */
static void
test_same_events (void)
{
  g_autoptr (CliResult) live = cli_run (NULL, NULL, "ask", "--format", "events", "--approve", "all",
                                        "--tag", "mine", "--metadata", "who=me", CAT, NULL);
  g_autoptr (JsonNode) list = list_traces ();
  const char *id = json_object_get_string_member (newest (list), "id");
  const char *path = json_object_get_string_member (newest (list), "path");
  g_autoptr (CliResult) exported = cli_run (NULL, NULL, "trace", "export", id, NULL);
  g_autoptr (CliResult) replayed
    = cli_run (NULL, NULL, "trace", "replay", path, "--speed", "0", "--format", "events", NULL);

  g_assert_cmpint (live->status, ==, 0);
  g_assert_cmpuint (live->lines->len, >, 10);
  g_assert_cmpstr (exported->out->str, ==, live->out->str);
  g_assert_cmpstr (replayed->out->str, ==, live->out->str);
  g_assert_cmpint (replayed->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (newest (list), "status"), ==, "finished");
  g_assert_cmpstr (json_object_get_string_member (newest (list), "question"), ==, CAT);
  g_assert_nonnull (json_object_get_string_member (newest (list), "session"));
}

/* The text of a replay is the text of the answer, and tells of runs when asked to. */
static void
test_text (void)
{
  g_autoptr (CliResult) live = cli_run (NULL, NULL, "ask", "--verbose", "What is 10 + 10", NULL);
  g_autoptr (CliResult) quiet = cli_run (NULL, NULL, "ask", "--no-trace", "What is 1 + 1", NULL);
  g_autoptr (JsonNode) list = list_traces ();
  const char *id = json_object_get_string_member (newest (list), "id");
  g_autoptr (CliResult) replayed
    = cli_run (NULL, NULL, "trace", "replay", id, "--speed", "0", "--verbose", NULL);
  g_autoptr (CliResult) shown = cli_run (NULL, NULL, "trace", "show", id, NULL);
  g_autoptr (CliResult) json = cli_run (NULL, NULL, "trace", "show", id, "--json", NULL);
  g_autoptr (JsonNode) tree = json_from_string (json->out->str, NULL);

  g_assert_cmpstr (quiet->err->str, ==, "");
  g_assert_nonnull (strstr (live->err->str, "Start >> add (tool), tags: []\n"));
  g_assert_nonnull (strstr (live->err->str, "End >> add [tool]\n"));
  g_assert_cmpstr (json_object_get_string_member (newest (list), "question"), ==,
                   "What is 10 + 10");
  g_assert_cmpstr (replayed->out->str, ==, live->out->str);
  g_assert_cmpstr (replayed->err->str, ==, live->err->str);
  g_assert_true (g_str_has_prefix (shown->out->str, "agent  agent  finished  "));
  g_assert_nonnull (strstr (shown->out->str, "\n  tool  add  finished  "));
  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (json_node_get_object (tree), "children")),
    >=, 3);
}

/* The log is a document's growth, with a filter too; saved, it plays as a trace does. */
static void
test_log (void)
{
  g_autoptr (CliResult) live
    = cli_run (NULL, NULL, "ask", "--format", "log", "--include-tag", "hiding_spot",
               "--include-type", "tool", "--exclude-name", "get_items", CAT, NULL);
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "saved.jsonl", NULL);
  g_autoptr (CliResult) played = NULL;
  g_autoptr (CliResult) again = NULL;
  g_autoptr (JsonNode) state = NULL;
  JsonObject *logs;

  g_assert_cmpint (live->status, ==, 0);
  for (guint i = 0; i < live->lines->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) patch = rnl_json_strict_parse (live->lines->pdata[i], -1, &error);

      g_assert_no_error (error);
      rnl_run_log_apply (&state, patch, &error);
      g_assert_no_error (error);
    }
  logs = json_object_get_object_member (json_node_get_object (state), "logs");
  g_assert_cmpuint (json_object_get_size (logs), ==, 2);
  g_assert_true (json_object_has_member (logs, "where_cat_at"));

  g_assert_true (g_file_set_contents (path, live->out->str, -1, NULL));
  played
    = cli_run (NULL, NULL, "trace", "replay", path, "--speed", "0", "--format", "events", NULL);
  g_assert_cmpint (played->status, ==, 0);
  g_assert_cmpuint (played->lines->len, >=, 5);
  for (guint i = 0; i < played->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *event = cli_parse_line (played, i, &owner);

      g_assert_cmpstr (json_object_get_string_member (event, "name"), !=, "get_items");
      g_assert_cmpstr (json_object_get_string_member (event, "name"), !=, "agent");
    }
  again = cli_run (NULL, NULL, "trace", "replay", path, "--speed", "0", "--format", "events",
                   "--include-type", "chat_model", NULL);
  g_assert_cmpuint (again->lines->len, >, 0);
  g_assert_cmpuint (again->lines->len, <, played->lines->len);
}

/* What is live, exported and replayed is the same log, its first line and its bytes too; the root's
 * output is the answer. */
static void
test_same_log (void)
{
  g_autoptr (CliResult) live
    = cli_run (NULL, NULL, "ask", "--format", "log", "Please write 30 words", NULL);
  g_autoptr (JsonNode) list = list_traces ();
  const char *id = json_object_get_string_member (newest (list), "id");
  g_autoptr (CliResult) exported
    = cli_run (NULL, NULL, "trace", "export", id, "--format", "log", NULL);
  g_autoptr (CliResult) replayed
    = cli_run (NULL, NULL, "trace", "replay", id, "--speed", "0", "--format", "log", NULL);
  g_autoptr (CliResult) only = cli_run (NULL, NULL, "trace", "export", id, "--format", "log",
                                        "--include-type", "tool", NULL);

  g_assert_cmpint (live->status, ==, 0);
  g_assert_nonnull (strstr (live->lines->pdata[0], "\"trace\":{\"version\":1,"));
  g_assert_nonnull (strstr (live->out->str, "[{\"op\":\"add\",\"path\":\"/streamed_output/-\""));
  g_assert_cmpstr (exported->out->str, ==, live->out->str);
  g_assert_cmpstr (replayed->out->str, ==, live->out->str);
  g_assert_cmpuint (only->lines->len, <, live->lines->len);
}

/* Killed in the middle of its answer, it leaves everything but its last moments. */

static gboolean
has_said_enough (gpointer user_data)
{
  g_autofree char *traces = g_build_filename (g_getenv ("XDG_DATA_HOME"), "runnel", "traces", NULL);
  g_autoptr (GDir) dir = g_dir_open (traces, 0, NULL);
  const char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_hash_table_contains (user_data, name))
      break;
  path = name != NULL ? g_build_filename (traces, name, NULL) : NULL;

  return path != NULL && g_file_get_contents (path, &text, NULL, NULL)
         && g_strstr_len (text, -1, "streamed_output_str/-") != NULL && strlen (text) > 4000;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GHashTable *
known_files (void)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonNode) list = list_traces ();

  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    g_hash_table_add (names,
                      g_path_get_basename (json_object_get_string_member (
                        json_array_get_object_element (json_node_get_array (list), i), "path")));

  return names;
}

static void
test_kill (void)
{
  g_autoptr (GHashTable) known = known_files ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) running = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (CliResult) events = NULL;
  guint tick = g_timeout_add (20, tick_cb, NULL);
  g_autofree char *pace = g_strdup_printf ("%.0f", 10 * rnl_test_get_slowdown ());
  const char *id;

  g_setenv ("RUNNEL_OFFLINE_PACE", pace, TRUE);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                              NULL, cli_get_program (), "ask", "write 500 words", NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  rnl_test_wait_for (has_said_enough, known);
  running = list_traces ();
  g_assert_cmpstr (json_object_get_string_member (newest (running), "status"), ==, "running");
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  g_source_remove (tick);

  list = list_traces ();
  g_assert_cmpstr (json_object_get_string_member (newest (list), "status"), ==, "interrupted");
  id = json_object_get_string_member (newest (list), "id");
  events = cli_run (NULL, NULL, "trace", "replay", id, "--speed", "0", "--format", "events", NULL);
  g_assert_cmpint (events->status, ==, 1);
  g_assert_nonnull (strstr (events->err->str, "interrupted"));
  g_assert_cmpuint (events->lines->len, >, 5);
  g_assert_nonnull (strstr (events->lines->pdata[0], "on_agent_start"));
  g_assert_nonnull (strstr (events->lines->pdata[events->lines->len - 1], "on_agent_cancel"));
}

/* A server that says the key back does not bring it into the trace. */
static void
test_no_keys (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) log = NULL;
  g_autoptr (JsonNode) list = NULL;

  rnl_test_server_push (
    server,
    &(RnlTestReply){ .status = 401,
                     .content_type = "application/json",
                     .body = "{\"error\":{\"message\":\"bad key sk-secret-quokka given\"}}" });
  g_setenv ("RUNNEL_API_KEY", "sk-secret-quokka", TRUE);
  result = cli_run (NULL, NULL, "ask", "--base-url", url, "--model", "m", "hi", NULL);
  g_unsetenv ("RUNNEL_API_KEY");
  g_assert_cmpint (result->status, ==, 1);
  list = list_traces ();
  g_assert_cmpstr (json_object_get_string_member (newest (list), "status"), ==, "failed");
  log = cli_run (NULL, NULL, "trace", "export", "--format", "log",
                 json_object_get_string_member (newest (list), "id"), NULL);
  g_assert_nonnull (strstr (log->out->str, "/error\""));
  g_assert_null (strstr (log->out->str, "quokka"));
}

/* No room for the trace: one notice, and the answer is there. */
static void
test_full_disk (void)
{
  g_autofree char *command = g_strdup_printf (
    "trap '' XFSZ; ulimit -f 8; '%s' ask 'write 500 words' </dev/null", cli_get_program ());
  g_autoptr (CliResult) result = cli_run_shell (command);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (result->out->len, >, 1500);
  g_assert_nonnull (strstr (result->err->str, "trace is incomplete"));
}

static void
test_usage (void)
{
  static const struct
  {
    const char *words[3];
    int status;
    const char *says;
  } cases[] = {
    { { "", NULL, NULL }, 2 },
    { { "show", NULL, NULL }, 2 },
    { { "list", "too", "much" }, 2 },
    { { "show", "no-such-trace", NULL }, 1 },
    { { "replay", "/dev/null", "--speed=0" }, 1, "not a regular file" },
    { { "replay", "x", "--speed=-1" }, 2, "--speed takes 0" },
    { { "replay", "x", "--speed=nan" }, 2, "--speed takes 0" },
    { { "replay", "x", "--include-type=bogus" }, 2, "chat_model" },
    { { "replay", "x", "--format=json" }, 2 },
    { { "export", "x", "--format=text" }, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliResult) result = cli_run (NULL, NULL, "trace", cases[i].words[0],
                                              cases[i].words[1], cases[i].words[2], NULL);

      g_assert_cmpint (result->status, ==, cases[i].status);
      g_assert_cmpuint (result->err->len, >, 0);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (result->err->str, cases[i].says));
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  cli_set_program (argv[1]);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_test_add_func ("/cli/trace/same-events", test_same_events);
  g_test_add_func ("/cli/trace/text", test_text);
  g_test_add_func ("/cli/trace/log", test_log);
  g_test_add_func ("/cli/trace/same-log", test_same_log);
  g_test_add_func ("/cli/trace/kill", test_kill);
  g_test_add_func ("/cli/trace/no-keys", test_no_keys);
  g_test_add_func ("/cli/trace/full-disk", test_full_disk);
  g_test_add_func ("/cli/trace/usage", test_usage);

  return g_test_run ();
}
