/* test-cli-again.c: a recorded model call, asked again from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-json-members.h"
#include "rnl-model-step.h"
#include "rnl-offline-helper.h"
#include "rnl-pipeline.h"
#include "rnl-prompt-template.h"
#include "rnl-run-recorder.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define FRAME(text) "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define END                                                                                        \
  "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"          \
  "{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}\n\ndata: [DONE]\n\n"

static const char first[] = FRAME ("the sky") FRAME (" is grey today") END;
static const char second[] = FRAME ("the sea") FRAME (" is grey today, too") END;

static JsonObject *
newest (JsonNode **owner)
{
  g_autoptr (CliResult) list = cli_run (NULL, NULL, "trace", "list", "--json", NULL);

  g_assert_cmpint (list->status, ==, 0);
  *owner = json_from_string (list->out->str, NULL);

  return json_array_get_object_element (json_node_get_array (*owner), 0);
}

static char *
newest_id (void)
{
  g_autoptr (JsonNode) owner = NULL;

  return g_strdup (json_object_get_string_member (newest (&owner), "id"));
}

/* One server, two answers: one for the question, one for asking again. */
typedef struct
{
  RnlTestServer *server;
  char *url;
  char *id;
} Asked;

static void
ask (Asked *asked)
{
  g_autoptr (CliResult) result = NULL;

  asked->server = rnl_test_server_new ();
  asked->url = rnl_test_server_dup_url (asked->server, "/v1");
  rnl_test_server_push (asked->server, &(RnlTestReply){ .body = first });
  rnl_test_server_push (asked->server, &(RnlTestReply){ .body = second });
  result = cli_run (NULL, NULL, "ask", "--base-url", asked->url, "--model", "m1", "--tools", "none",
                    "--system", "Be brief.", "What is it like?", NULL);
  g_assert_cmpstr (result->out->str, ==, "the sky is grey today\n");
  asked->id = newest_id ();
}

static void
asked_clear (Asked *asked)
{
  rnl_test_server_free (asked->server);
  g_free (asked->url);
  g_free (asked->id);
}

static JsonNode *
sent (Asked *asked, guint position)
{
  JsonNode *node
    = json_from_string (rnl_test_server_get_request (asked->server, position)->body, NULL);

  g_assert_nonnull (node);

  return node;
}

static const char *
said (JsonNode *body, guint position)
{
  JsonArray *messages = json_object_get_array_member (json_node_get_object (body), "messages");

  g_assert_cmpuint (position, <, json_array_get_length (messages));

  return json_object_get_string_member (json_array_get_object_element (messages, position),
                                        "content");
}

/* The same question under another system prompt, at another temperature, to another model; the
 * rest of what was asked is as it was. */
static void
test_edited (void)
{
  Asked asked;
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) shown = NULL;
  g_autoptr (JsonNode) before = NULL, after = NULL, json = NULL, tree = NULL;
  g_autofree char *id = NULL;
  JsonObject *object, *words, *metadata;

  ask (&asked);
  result = cli_run (NULL, NULL, "trace", "again", asked.id, "--base-url", asked.url, "--model",
                    "m2", "--system", "Be long.", "--temperature", "0.25", "--json", NULL);
  g_assert_cmpstr (result->err->str, ==, "");
  g_assert_cmpint (result->status, ==, 0);

  before = sent (&asked, 0);
  after = sent (&asked, 1);
  g_assert_cmpstr (said (before, 0), ==, "Be brief.");
  g_assert_cmpstr (said (after, 0), ==, "Be long.");
  g_assert_cmpstr (said (after, 1), ==, said (before, 1));
  object = json_node_get_object (after);
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "m2");
  g_assert_cmpfloat (json_object_get_double_member (object, "temperature"), ==, 0.25);

  json = json_from_string (result->out->str, NULL);
  object = json_node_get_object (json);
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (object, "before"), "text"), ==,
    "the sky is grey today");
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (object, "after"), "text"), ==,
    "the sea is grey today, too");
  g_assert_cmpint (
    json_object_get_int_member (json_object_get_object_member (object, "after"), "output_tokens"),
    ==, 4);
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "after"),
                                         "time_to_first_token_us"));
  words = json_object_get_object_member (object, "words");
  g_assert_cmpint (json_object_get_int_member (words, "same"), ==, 3); /* the, is, grey */
  g_assert_cmpint (json_object_get_int_member (words, "removed"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (words, "added"), ==, 3);

  /* It was recorded, and says what it repeats. */
  id = newest_id ();
  g_assert_cmpstr (id, !=, asked.id);
  shown = cli_run (NULL, NULL, "trace", "show", id, "--json", NULL);
  tree = json_from_string (shown->out->str, NULL);
  metadata = json_object_get_object_member (json_node_get_object (tree), "metadata");
  g_assert_cmpstr (json_object_get_string_member (metadata, "again_of_trace"), ==, asked.id);
  g_assert_true (json_object_has_member (metadata, "again_of"));
  asked_clear (&asked);
}

/* An answer to asking again can be asked again, in other words; nothing is recorded on request. */
static void
test_twice (void)
{
  Asked asked;
  g_autoptr (CliResult) result = NULL, third = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *id = NULL, *last = NULL;

  ask (&asked);
  result = cli_run (NULL, NULL, "trace", "again", asked.id, "--base-url", asked.url, "--model", "m",
                    NULL);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out->str, "Before: 127.0.0.1"));
  g_assert_nonnull (strstr (result->out->str, "/m1, "));
  g_assert_nonnull (strstr (result->out->str, "9 tokens in, 4 out\n\nthe sky is grey today\n"));
  g_assert_nonnull (strstr (result->out->str, "Now: 127.0.0.1"));
  g_assert_nonnull (strstr (result->out->str, "\n\nthe sea is grey today, too\n"));
  g_assert_nonnull (strstr (result->out->str, "Words: 3 the same, 2 only before, 3 only now\n"));

  id = newest_id ();
  third = cli_run (NULL, NULL, "trace", "again", id, "--base-url", asked.url, "--prompt",
                   "And the sea?", "--no-trace", "--json", NULL);
  g_assert_cmpint (third->status, ==, 0);
  body = sent (&asked, 2);
  g_assert_cmpstr (said (body, 0), ==, "Be brief.");
  g_assert_cmpstr (said (body, 1), ==, "And the sea?");
  last = newest_id ();
  g_assert_cmpstr (last, ==, id);
  asked_clear (&asked);
}

/* On a wide terminal the answers stand beside each other. */
static void
test_columns (void)
{
  Asked asked;
  g_autofree char *command = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autofree char *python = g_find_program_in_path ("python3");
  gboolean beside = FALSE;

  if (python == NULL)
    {
      g_test_skip ("no python3 to make a terminal with");
      return;
    }
  ask (&asked);
  command = g_strdup_printf (
    "%s -c 'import pty, sys; pty.spawn(sys.argv[1:])' sh -c 'stty cols 100; %s trace again %s"
    " --base-url %s --model m'",
    python, cli_get_program (), asked.id, asked.url);
  result = cli_run_shell (command);
  for (guint i = 0; i < result->lines->len; i++)
    {
      const char *line = g_ptr_array_index (result->lines, i);

      if (g_str_has_prefix (line, "the sky is grey today"))
        beside = strstr (line, "   the sea is grey today, too") != NULL
                 && strstr (line, "the sea") - line == 48 + 3;
    }
  g_assert_true (beside);
  asked_clear (&asked);
}

static void
flow_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = rnl_runnable_invoke_finish (RNL_RUNNABLE (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

/* A chain with a template: other words around the same value. */
static void
test_template (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("XDG_DATA_HOME"), "runnel", "traces", NULL);
  rnl_test_last RnlRunRecorder *recorder = rnl_run_recorder_new (folder);
  rnl_test_last RnlChatModel *model = rnl_offline_helper_new ();
  rnl_test_last RnlPipeline *chain = rnl_pipeline_new_steps (
    RNL_RUNNABLE (rnl_prompt_template_new ("tell me a joke about {topic}", NULL)),
    rnl_model_step_new (model), NULL);
  g_autoptr (JsonNode) values = json_from_string ("{\"topic\": \"parrot\"}", NULL);
  gboolean ended = FALSE, flushed = FALSE;
  g_autofree char *id = NULL;
  g_autoptr (CliResult) result = NULL, bad = NULL;
  g_autoptr (JsonNode) state = NULL;
  g_autoptr (CliResult) exported = NULL;
  g_autofree char *again = NULL;

  rnl_run_recorder_observe (recorder, rnl_run_scope_get_default ());
  rnl_runnable_invoke_async (RNL_RUNNABLE (chain), values, NULL, flow_ended_cb, &ended);
  rnl_test_wait_for (is_true, &ended);
  rnl_run_recorder_flush_async (recorder, NULL, flushed_cb, &flushed);
  rnl_test_wait_for (is_true, &flushed);
  id = newest_id ();

  result = cli_run (NULL, NULL, "trace", "again", id, "--template",
                    "write 20 words on a {topic}, please", NULL);
  g_assert_cmpstr (result->err->str, ==, "");
  g_assert_nonnull (strstr (result->out->str, "fowl language"));
  again = newest_id ();
  exported = cli_run (NULL, NULL, "trace", "export", again, "--format", "json", NULL);
  g_assert_nonnull (strstr (exported->out->str, "write 20 words on a parrot, please"));

  bad = cli_run (NULL, NULL, "trace", "again", id, "--template", "about {weather}", NULL);
  g_assert_cmpint (bad->status, ==, 2);
  g_assert_nonnull (strstr (bad->err->str, "weather"));
}

static void
test_refused (void)
{
  g_autoptr (CliResult) none = cli_run (NULL, NULL, "trace", "again", "no-such-trace", NULL);
  g_autoptr (CliResult) usage = cli_run (NULL, NULL, "trace", "again", NULL);
  g_autoptr (CliResult) sum = cli_run (NULL, NULL, "ask", "What is 10 + 10", NULL);
  g_autofree char *id = newest_id ();
  g_autoptr (CliResult) tool = cli_run (NULL, NULL, "trace", "again", id, "--run", "add", NULL);
  g_autoptr (CliResult) run = cli_run (NULL, NULL, "trace", "again", id, "--run", "x", NULL);
  g_autoptr (CliResult) model = cli_run (NULL, NULL, "trace", "again", id, "--model", "a/b", NULL);
  g_autoptr (CliResult) template
    = cli_run (NULL, NULL, "trace", "again", id, "--template", "hi", NULL);
  g_autoptr (CliResult) fine
    = cli_run (NULL, NULL, "trace", "again", id, "--run", "offline/helper", NULL);

  g_assert_cmpint (sum->status, ==, 0);
  g_assert_cmpint (none->status, ==, 1);
  g_assert_cmpint (usage->status, ==, 2);
  g_assert_cmpint (tool->status, ==, 1);
  g_assert_nonnull (strstr (tool->err->str, "it is no call of a model"));
  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpint (model->status, ==, 2);
  g_assert_cmpint (template->status, ==, 2);
  /* The first call of the turn asked for a tool, and does so again. */
  g_assert_cmpint (fine->status, ==, 0);
  g_assert_nonnull (strstr (fine->out->str, "[add {"));
  g_assert_nonnull (strstr (fine->out->str, " 0 only before, 0 only now\n"));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  cli_set_program (argv[1]);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_test_add_func ("/cli/again/edited", test_edited);
  g_test_add_func ("/cli/again/twice", test_twice);
  g_test_add_func ("/cli/again/columns", test_columns);
  g_test_add_func ("/cli/again/template", test_template);
  g_test_add_func ("/cli/again/refused", test_refused);

  return g_test_run ();
}
