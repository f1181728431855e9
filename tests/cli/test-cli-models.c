/* test-cli-models.c: models pull and delete, as a person and a script run them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define NDJSON "application/x-ndjson"

#define BEGIN                                                                                      \
  "{\"status\":\"pulling manifest\"}\n"                                                            \
  "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":2000000,\"completed\":900000}\n"
#define REST                                                                                       \
  "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":2000000,\"completed\":2000000}\n"          \
  "{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"success\"}\n"

typedef struct
{
  RnlTestServer *server;
  char *url;
} Fixture;

static void
fixture_init (Fixture *fixture)
{
  fixture->server = rnl_test_server_new ();
  fixture->url = rnl_test_server_dup_url (fixture->server, "");
}

static void
fixture_clear (Fixture *fixture)
{
  rnl_test_server_free (fixture->server);
  g_free (fixture->url);
}

static void
push (Fixture *fixture, const char *body, RnlTestEnding ending)
{
  rnl_test_server_push (fixture->server, &(RnlTestReply){ .content_type = NDJSON,
                                                          .body = body,
                                                          .ending = ending,
                                                          .cut_after = (gssize) strlen (body) });
}

/* A script gets lines, without a control character in them. */
static void
test_plain (void)
{
  Fixture fixture;
  g_autoptr (CliResult) result = NULL;

  fixture_init (&fixture);
  push (&fixture, BEGIN REST, RNL_TEST_END);
  result = cli_run (NULL, NULL, "models", "pull", "--base-url", fixture.url, "tiny:1b", NULL);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->err->str, ==, "");
  g_assert_cmpstr (g_ptr_array_index (result->lines, 0), ==, "tiny:1b  looking it up");
  g_assert_nonnull (strstr (result->out->str, "tiny:1b   45%  900.0\302\240kB of 2.0\302\240MB\n"));
  g_assert_nonnull (strstr (result->out->str, "tiny:1b  checking 2.0\302\240MB\n"));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (result->lines, result->lines->len - 1),
                                   "tiny:1b (2.0\302\240MB) is on http"));
  g_assert_null (strpbrk (result->out->str, "\r\033"));
  fixture_clear (&fixture);
}

/* A terminal gets one line that is written over, and no rest of it stays. */
static void
test_terminal (void)
{
  Fixture fixture;
  g_autoptr (CliResult) result = NULL;
  g_autofree char *command = NULL;
  g_autofree char *script = g_find_program_in_path ("script");

  if (script == NULL)
    {
      g_test_skip ("no program “script”");
      return;
    }
  fixture_init (&fixture);
  push (&fixture, BEGIN REST, RNL_TEST_END);
  command = g_strdup_printf ("stty cols 40; %s models pull --base-url %s "
                             "a-name-that-is-longer-than-the-terminal-is-wide",
                             cli_get_program (), fixture.url);
  g_setenv ("RUNNEL_TEST_COMMAND", command, TRUE);
  result = cli_run_shell ("script -qec \"$RUNNEL_TEST_COMMAND\" /dev/null </dev/null");
  g_unsetenv ("RUNNEL_TEST_COMMAND");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out->str, "\ra-name-that-is-longer"));
  g_assert_nonnull (strstr (result->out->str, "…\033[K\r"));
  g_assert_nonnull (strstr (result->out->str, "\r\033[Ka-name"));
  g_assert_nonnull (strstr (result->out->str, " is on http"));
  fixture_clear (&fixture);
}

static gboolean
is_abandoned (RnlTestServer *server)
{
  return rnl_test_server_get_n_abandoned (server) > 0;
}

/* Ctrl+C closes the connection; the same command goes on. */
static void
test_interrupt (void)
{
  Fixture fixture;
  g_autoptr (CliResult) stopped = NULL;
  g_autoptr (CliResult) resumed = NULL;

  fixture_init (&fixture);
  push (&fixture, BEGIN, RNL_TEST_SILENCE);
  push (&fixture, BEGIN REST, RNL_TEST_END);
  stopped = cli_run (NULL, "45%", "models", "pull", "tiny", "--base-url", fixture.url, NULL);
  g_assert_cmpint (stopped->status, ==, 130);
  g_assert_nonnull (strstr (stopped->err->str, "the same command goes on"));
  rnl_test_wait_for (is_abandoned, fixture.server);

  resumed = cli_run (NULL, NULL, "models", "pull", "tiny", "--base-url", fixture.url, NULL);
  g_assert_cmpint (resumed->status, ==, 0);
  g_assert_cmpstr (rnl_test_server_get_request (fixture.server, 0)->body, ==,
                   rnl_test_server_get_request (fixture.server, 1)->body);
  fixture_clear (&fixture);
}

/* What went wrong is told once, with what to do. */
static void
test_errors (void)
{
  Fixture fixture;
  g_autoptr (CliResult) full = NULL;
  g_autoptr (CliResult) dead = NULL;
  g_autoptr (CliResult) name = NULL;
  g_autoptr (CliResult) none = NULL;
  g_autoptr (CliResult) account = NULL;

  fixture_init (&fixture);
  push (&fixture, BEGIN "{\"error\":\"write x: no space left on device\"}\n", RNL_TEST_END);
  push (&fixture, BEGIN, RNL_TEST_RESET);
  full = cli_run (NULL, NULL, "models", "pull", "tiny", "--base-url", fixture.url, NULL);
  g_assert_cmpint (full->status, ==, 1);
  g_assert_nonnull (strstr (full->err->str, "Make room"));
  dead = cli_run (NULL, NULL, "models", "pull", "tiny", "--base-url", fixture.url, NULL);
  g_assert_cmpint (dead->status, ==, 1);
  g_assert_nonnull (strstr (dead->err->str, "server"));
  name = cli_run (NULL, NULL, "models", "pull", "two words", "--base-url", fixture.url, NULL);
  g_assert_cmpint (name->status, ==, 2);
  none = cli_run (NULL, NULL, "models", "pull", "--base-url", fixture.url, NULL);
  g_assert_cmpint (none->status, ==, 2);
  account = cli_run (NULL, NULL, "models", "pull", "tiny", "--account", "nobody", NULL);
  g_assert_cmpint (account->status, ==, 2);
  g_assert_cmpuint (rnl_test_server_get_n_requests (fixture.server), ==, 2);
  fixture_clear (&fixture);
}

/* Without a word about the server the one of OLLAMA_HOST is meant. */
static void
test_delete (void)
{
  Fixture fixture;
  g_autoptr (CliResult) gone = NULL;
  g_autoptr (CliResult) again = NULL;

  fixture_init (&fixture);
  rnl_test_server_push (fixture.server,
                        &(RnlTestReply){ .content_type = NDJSON, .framing = RNL_TEST_LENGTH });
  rnl_test_server_push (fixture.server,
                        &(RnlTestReply){ .status = 404,
                                         .content_type = NDJSON,
                                         .body = "{\"error\":\"model 'tiny' not found\"}" });
  g_setenv ("OLLAMA_HOST", strstr (fixture.url, "127"), TRUE);
  gone = cli_run (NULL, NULL, "models", "delete", "tiny", NULL);
  again = cli_run (NULL, NULL, "models", "delete", "tiny", NULL);
  g_unsetenv ("OLLAMA_HOST");
  g_assert_cmpint (gone->status, ==, 0);
  g_assert_cmpstr (gone->out->str, ==, "tiny is deleted from Ollama\n");
  g_assert_cmpstr (rnl_test_server_get_request (fixture.server, 0)->method, ==, "DELETE");
  g_assert_cmpint (again->status, ==, 1);
  g_assert_nonnull (strstr (again->err->str, "does not have the model “tiny”"));
  fixture_clear (&fixture);
}

/* Lists, and one model: for a person, and as JSON. */

#define LIST                                                                                       \
  "{\"data\":[{\"id\":\"v/one\",\"context_length\":4096,\"pricing\":{\"prompt\":\"0.000001\","     \
  "\"completion\":\"0.0000025\"},\"supported_parameters\":[\"tools\"]},{\"id\":\"two\"}]}"

static void
test_list (void)
{
  Fixture fixture;
  g_autoptr (CliResult) text = NULL, json = NULL, wrong = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *one, *two;

  fixture_init (&fixture);
  push (&fixture, LIST, RNL_TEST_END);
  text = cli_run (NULL, NULL, "models", "--base-url", fixture.url, NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpstr (text->err->str, ==, "");
  g_assert_cmpuint (text->lines->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (text->lines, 0), ==,
                   "v/one                                        4096      $1/$2.5 tools");
  g_assert_cmpstr (g_ptr_array_index (text->lines, 1), ==,
                   "two                                             -            - -");

  json = cli_run (NULL, NULL, "models", "--format", "json", "--base-url", fixture.url, NULL);
  node = json_from_string (json->out->str, NULL);
  one = json_array_get_object_element (json_node_get_array (node), 0);
  two = json_array_get_object_element (json_node_get_array (node), 1);
  g_assert_cmpint (json_object_get_int_member (one, "context_length"), ==, 4096);
  g_assert_cmpfloat (
    json_object_get_double_member (json_object_get_object_member (one, "price"), "output"), ==,
    2.5);
  g_assert_true (
    json_object_get_boolean_member (json_object_get_object_member (one, "abilities"), "tools"));
  g_assert_false (json_object_has_member (two, "context_length"));
  g_assert_false (json_object_has_member (two, "price"));

  wrong = cli_run (NULL, NULL, "models", "--format", "xml", NULL);
  g_assert_cmpint (wrong->status, ==, 2);
  fixture_clear (&fixture);
}

static void
test_show (void)
{
  Fixture fixture;
  g_autoptr (CliResult) text = NULL, none = NULL;

  fixture_init (&fixture);
  push (&fixture, LIST, RNL_TEST_END);
  text = cli_run (NULL, NULL, "models", "show", "--base-url", fixture.url, "v/one", NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_nonnull (strstr (text->out->str, "context        4096\n"));
  g_assert_nonnull (strstr (text->out->str, "can            tools\n"));
  g_assert_nonnull (strstr (text->out->str, "price          $1/$2.5\n"));
  none = cli_run (NULL, NULL, "models", "show", NULL);
  g_assert_cmpint (none->status, ==, 2);
  fixture_clear (&fixture);
}

/* The person's own table is used; a broken one is told about and hides nothing. */
static void
test_own_table (void)
{
  Fixture fixture;
  g_autofree char *folder = g_build_filename (rnl_test_tmp_dir (), "config", "runnel", NULL);
  g_autofree char *path = g_build_filename (folder, "models.json", NULL);
  g_autofree char *config = g_path_get_dirname (folder);
  g_autoptr (CliResult) used = NULL, broken = NULL;

  fixture_init (&fixture);
  push (&fixture, LIST, RNL_TEST_END);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_assert_true (
    g_file_set_contents (path, "{\"models\":[{\"prefix\":\"two\",\"context\":77}]}", -1, NULL));
  used = cli_run (NULL, NULL, "models", "--base-url", fixture.url, NULL);
  g_assert_nonnull (strstr (g_ptr_array_index (used->lines, 1), " 77 "));

  g_assert_true (g_file_set_contents (path, "{\"models\":[{\"prefx\":1}]}", -1, NULL));
  broken = cli_run (NULL, NULL, "models", "--base-url", fixture.url, NULL);
  g_assert_cmpint (broken->status, ==, 0);
  g_assert_cmpuint (broken->lines->len, ==, 2);
  /* Once is enough. */
  g_assert_true (g_str_has_prefix (broken->err->str, "runnel-cli: "));
  g_assert_nonnull (strstr (broken->err->str, "models.json is not used: row 1 has no “prefix”"));
  g_assert_cmpint (g_remove (path), ==, 0);
  fixture_clear (&fixture);
}

#define TAGS "{\"models\": [{\"name\": \"tiny:1b\"}, {\"name\": \"other:2b\"}]}"

/* A model that is not there is an error that says which are like it. */
static void
test_show_unknown (void)
{
  Fixture fixture;
  g_autoptr (CliResult) result = NULL;

  fixture_init (&fixture);
  rnl_test_server_set_path (fixture.server, "/api/tags");
  rnl_test_server_push (fixture.server, &(RnlTestReply){ .body = TAGS });
  result = cli_run (NULL, NULL, "models", "show", "--protocol", "ollama", "--base-url", fixture.url,
                    "tiny:3b", NULL);
  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpstr (result->out->str, ==, "");
  g_assert_nonnull (strstr (result->err->str, "has no model “tiny:3b”; it has: tiny:1b\n"));
  fixture_clear (&fixture);
}

/* What pull and delete mean is listed, too, and where it is. */
static void
test_list_of_host (void)
{
  Fixture fixture;
  g_autoptr (CliResult) result = NULL;

  fixture_init (&fixture);
  rnl_test_server_set_path (fixture.server, "/api/tags");
  rnl_test_server_push (fixture.server, &(RnlTestReply){ .body = TAGS });
  g_setenv ("OLLAMA_HOST", strstr (fixture.url, "127"), TRUE);
  result = cli_run (NULL, NULL, "models", NULL);
  g_unsetenv ("OLLAMA_HOST");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_true (g_str_has_prefix (result->out->str, "offline/helper"));
  g_assert_nonnull (strstr (result->out->str, "\ntiny:1b "));
  g_assert_nonnull (strstr (result->out->str, " at http://127.0.0.1:"));
  fixture_clear (&fixture);
}

/* One's own table of models that can never be read is told of, and not waited for. */
static void
test_pipe_as_table (void)
{
  g_autofree char *folder = g_build_filename (rnl_test_tmp_dir (), "pipe", "runnel", NULL);
  g_autofree char *path = g_build_filename (folder, "models.json", NULL);
  g_autofree char *config = g_path_get_dirname (folder);
  g_autofree char *before = g_strdup (g_getenv ("XDG_CONFIG_HOME"));
  g_autoptr (CliResult) result = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_no_errno (mkfifo (path, 0600));
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  result = cli_run (NULL, NULL, "models", NULL);
  g_setenv ("XDG_CONFIG_HOME", before, TRUE);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->err->str, "models.json is not used: it is not a file\n"));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  cli_set_program (argv[1]);

  g_test_add_func ("/cli/models/pull/plain", test_plain);
  g_test_add_func ("/cli/models/pull/terminal", test_terminal);
  g_test_add_func ("/cli/models/pull/interrupt", test_interrupt);
  g_test_add_func ("/cli/models/pull/errors", test_errors);
  g_test_add_func ("/cli/models/delete", test_delete);
  g_test_add_func ("/cli/models/list", test_list);
  g_test_add_func ("/cli/models/show", test_show);
  g_test_add_func ("/cli/models/own-table", test_own_table);
  g_test_add_func ("/cli-models/show-unknown", test_show_unknown);
  g_test_add_func ("/cli-models/list-of-host", test_list_of_host);
  g_test_add_func ("/cli-models/pipe-as-table", test_pipe_as_table);

  return g_test_run ();
}
