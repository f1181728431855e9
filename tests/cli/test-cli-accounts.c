/* test-cli-accounts.c: accounts from the command line, and a question in every protocol
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define KEY    "key-for-the-accounts-test"
#define SECRET "value-for-the-accounts-test"
#define MODELS "{\"data\":[{\"id\":\"small\"},{\"id\":\"large\"}]}"
#define ANSWER                                                                                     \
  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\ndata: [DONE]\n\n"

static const RnlTestReply hangs_up = { .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD };

/* Settings in a file, and a keyring in another one: what one command keeps the next one finds.
 * libsecret (0.20) forgets the tag of that file each time it has written it, in a way that no
 * suppression can name: the leak check looks elsewhere. */
static void
use_home (gboolean has_keyring)
{
  g_autofree char *keyring = g_build_filename (rnl_test_tmp_dir (), "test.keyring", NULL);

  if (has_keyring)
    g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("SECRET_BACKEND", has_keyring ? "file" : "service", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

static char *
dup_settings (void)
{
  g_autofree char *path
    = g_build_filename (g_getenv ("XDG_CONFIG_HOME"), "glib-2.0/settings/keyfile", NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");

  return text;
}

static JsonArray *
parse_array (const char *text, JsonNode **node)
{
  g_autoptr (GError) error = NULL;

  *node = json_from_string (text, &error);
  g_assert_no_error (error);

  return json_node_get_array (*node);
}

/* An account's whole life. */
static void
test_life (void)
{
  g_autoptr (RnlTestServer) first = rnl_test_server_new ();
  g_autoptr (RnlTestServer) second = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (first, "/v1");
  g_autofree char *other = rnl_test_server_dup_url (second, "/v1");
  g_autoptr (CliResult) add = NULL;
  g_autoptr (CliResult) key = NULL;
  g_autoptr (CliResult) list = NULL;
  g_autoptr (CliResult) test = NULL;
  g_autoptr (CliResult) ask = NULL;
  g_autoptr (CliResult) remove = NULL;
  g_autoptr (CliResult) nothing = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) reports = NULL;
  g_autofree char *settings = NULL;
  const RnlTestRequest *request;
  JsonObject *account, *report;

  use_home (TRUE);
  add = cli_run (SECRET "\n", NULL, "accounts", "add", "My Farm", "--base-url", url, "--address",
                 other, "--header", "X-Team", "--header", "X-Site: north", NULL);
  g_assert_cmpstr (add->err->str, ==, "");
  g_assert_cmpint (add->status, ==, 0);
  g_assert_cmpstr (add->out->str, ==, "my-farm\n");
  key = cli_run (KEY "\n", NULL, "accounts", "set-key", "my-farm", NULL);
  g_assert_cmpstr (key->err->str, ==, "");
  g_assert_cmpint (key->status, ==, 0);
  g_assert_cmpstr (key->out->str, ==, "");

  list = cli_run (NULL, NULL, "accounts", "list", "--json", NULL);
  account = json_array_get_object_element (parse_array (list->out->str, &node), 0);
  g_assert_cmpstr (json_object_get_string_member (account, "base_url"), ==, url);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (account, "headers")), ==,
                   2);
  g_assert_null (strstr (list->out->str, SECRET));
  settings = dup_settings ();
  g_assert_nonnull (strstr (settings, "X-Team"));
  g_assert_null (strstr (settings, SECRET));
  g_assert_null (strstr (settings, KEY));

  /* The first address is dead, which the test says and a question gets over. */
  rnl_test_server_push (first, &hangs_up);
  rnl_test_server_push (second,
                        &(RnlTestReply){ .body = MODELS, .content_type = "application/json" });
  test = cli_run (NULL, NULL, "accounts", "test", "my-farm", "--json", NULL);
  g_assert_cmpint (test->status, ==, 0);
  report = json_array_get_object_element (parse_array (test->out->str, &reports), 0);
  g_assert_false (json_object_get_boolean_member (report, "works"));
  g_assert_cmpstr (json_object_get_string_member (report, "code"), ==, "network");
  report = json_array_get_object_element (json_node_get_array (reports), 1);
  g_assert_true (json_object_get_boolean_member (report, "works"));
  g_assert_cmpint (json_object_get_int_member (report, "models"), ==, 2);

  rnl_test_server_push (second, &(RnlTestReply){ .body = ANSWER });
  ask = cli_run (NULL, NULL, "ask", "--model", "my-farm/small", "--tools", "none", "Hello?", NULL);
  g_assert_cmpstr (ask->out->str, ==, "Hello\n");
  request = rnl_test_server_get_request (second, rnl_test_server_get_n_requests (second) - 1);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer " KEY);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-team"), ==, SECRET);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-site"), ==, "north");

  remove = cli_run (NULL, NULL, "accounts", "remove", "my-farm", NULL);
  g_assert_cmpint (remove->status, ==, 0);
  nothing = cli_run (NULL, NULL, "accounts", "list", NULL);
  g_assert_cmpstr (nothing->out->str, ==, "");
  rnl_test_use_own_home ();
}

/* Without a keyring nothing secret is kept, and nothing is left half done. */
static void
test_no_keyring (void)
{
  g_autoptr (CliResult) add = NULL;
  g_autoptr (CliResult) list = NULL;

  use_home (FALSE);
  add = cli_run (SECRET "\n", NULL, "accounts", "add", "A", "--base-url", "http://127.0.0.1:9",
                 "--header", "X-Team", NULL);
  g_assert_cmpint (add->status, ==, 1);
  g_assert_nonnull (strstr (add->err->str, "keyring"));
  g_assert_null (strstr (add->err->str, SECRET));
  list = cli_run (NULL, NULL, "accounts", "list", NULL);
  g_assert_cmpstr (list->out->str, ==, "");
  rnl_test_use_own_home ();
}

static void
test_usage (void)
{
  static const char *const commands[][8] = {
    { "accounts" },
    { "accounts", "rename" },
    { "accounts", "add", "A" },
    { "accounts", "add", "--base-url", "http://127.0.0.1:9" },
    { "accounts", "add", "A", "--base-url", "ftp://x" },
    { "accounts", "add", "A", "--base-url", "http://127.0.0.1:9", "--address", "ftp://y" },
    { "accounts", "add", "A", "--base-url", "http://127.0.0.1:9", "--header", "Host: x" },
    { "accounts", "add", "A", "--base-url", "http://127.0.0.1:9", "--proxy", "ftp://x" },
    { "accounts", "add", "A", "--base-url", "http://127.0.0.1:9", "--ca-file", "/nonexistent" },
    { "accounts", "add", "A", "--base-url", "http://127.0.0.1:9", "--protocol", "telepathy" },
    { "accounts", "remove", "nobody" },
    { "accounts", "test", "nobody" },
    { "accounts", "set-key", "nobody" },
    { "accounts", "set-key", "nobody", KEY },
  };

  use_home (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *const *c = commands[i];
      g_autoptr (CliResult) result
        = cli_run ("", NULL, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], NULL);

      g_assert_cmpint (result->status, ==, 2);
      g_assert_cmpstr (result->err->str, !=, "");
    }
  rnl_test_use_own_home ();
}

/* One question in every protocol. */
typedef struct
{
  const char *protocol;
  const char *path;
  const char *type;
  const char *body;
} Protocol;

static const Protocol protocols[] = {
  { "openai-chat", "/v1/chat/completions", NULL, ANSWER },
  { "openai-responses", "/v1/responses", NULL,
    "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":"
    "\"message\",\"id\":\"m\",\"role\":\"assistant\",\"content\":[]}}\n\n"
    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
    "\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hello\"}\n\n"
    "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\","
    "\"status\":\"completed\",\"output\":[]}}\n\n" },
  { "anthropic", "/v1/messages", NULL,
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"role\":"
    "\"assistant\",\"content\":[],\"model\":\"tiny\",\"usage\":{\"input_tokens\":1,"
    "\"output_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
    "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
    "{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n"
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
    "\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n" },
  { "gemini", "/v1beta/models/tiny:streamGenerateContent?alt=sse", NULL,
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}],\"role\":\"model\"},"
    "\"finishReason\":\"STOP\",\"index\":0}]}\n\n" },
  { "ollama", "/api/chat", "application/x-ndjson",
    "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"done\":"
    "false}\n{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
    "\"done\":true,\"done_reason\":\"stop\"}\n" },
};

static void
test_protocol (gconstpointer data)
{
  const Protocol *protocol = data;
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (CliResult) result = NULL;

  rnl_test_server_push (server,
                        &(RnlTestReply){ .body = protocol->body, .content_type = protocol->type });
  result = cli_run (NULL, NULL, "ask", "--protocol", protocol->protocol, "--base-url", url,
                    "--model", "tiny", "--tools", "none", "Hello?", NULL);
  g_assert_cmpstr (result->err->str, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->out->str, ==, "Hello\n");
  g_assert_cmpstr (
    rnl_test_server_get_request (server, rnl_test_server_get_n_requests (server) - 1)->path, ==,
    protocol->path);
}

/* A wait for the next try is told where a person can see it, and nowhere else. */
static void
test_countdown (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (CliResult) quiet = NULL;
  g_autoptr (CliResult) shown = NULL;
  g_autofree char *script = g_find_program_in_path ("script");
  g_autofree char *command = NULL;
  RnlTestReply busy = { .status = 503, .headers = "retry-after-ms: 300\r\n", .body = "busy" };

  rnl_test_server_push (server, &busy);
  rnl_test_server_push (server, &(RnlTestReply){ .body = ANSWER });
  quiet = cli_run (NULL, NULL, "ask", "--base-url", url, "--model", "tiny", "--tools", "none",
                   "Hello?", NULL);
  g_assert_cmpstr (quiet->out->str, ==, "Hello\n");
  g_assert_cmpstr (quiet->err->str, ==, "");

  rnl_test_server_push (server, &busy);
  rnl_test_server_push (server, &(RnlTestReply){ .body = ANSWER });
  command = g_strdup_printf ("script -qec \"%s ask --base-url %s --model tiny --tools none "
                             "'Hello?'\" /dev/null",
                             cli_get_program (), url);
  if (script == NULL)
    {
      g_test_skip ("there is no terminal to look at without script(1)");
      return;
    }
  shown = cli_run_shell (command);
  g_assert_nonnull (strstr (shown->out->str, "trying again in 1 s (1 of 2)"));
  g_assert_nonnull (strstr (shown->out->str, "Hello"));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  cli_set_program (argv[1]);

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli-accounts/ask/%s", protocols[i].protocol);

      g_test_add_data_func (path, &protocols[i], test_protocol);
    }
  g_test_add_func ("/cli-accounts/countdown", test_countdown);
  g_test_add_func ("/cli-accounts/usage", test_usage);
  g_test_add_func ("/cli-accounts/no-keyring", test_no_keyring);
  g_test_add_func ("/cli-accounts/life", test_life);

  return g_test_run ();
}
