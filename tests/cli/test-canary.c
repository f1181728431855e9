/* test-canary.c: keys are in requests and nowhere else
 *
 * runnel-cli with all debugging on against servers that repeat the key, the header and the password
 * of the proxy wherever they can; then everything it wrote is looked through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-proxy.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define CANARY "canary-7d1f0c55e9a2"

/* What a server of this protocol answers. */
typedef struct
{
  const char *protocol;
  const char *type;
  const char *answer;
} Protocol;

static const Protocol protocols[] = {
  { "openai-chat", NULL,
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"why " CANARY "\"}}]}\n\n"
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"You sent " CANARY "\"}}]}\n\n"
    "data: [DONE]\n\n" },
  { "openai-responses", NULL,
    "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":"
    "\"message\",\"id\":\"m\",\"role\":\"assistant\",\"content\":[]}}\n\n"
    "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"output_index\":0,"
    "\"content_index\":0,\"delta\":\"You sent " CANARY "\"}\n\n"
    "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r-" CANARY "\",\"status\":"
    "\"completed\",\"output\":[{\"type\":\"message\",\"id\":\"m\",\"role\":\"assistant\","
    "\"content\":[{\"type\":\"output_text\",\"text\":\"You sent " CANARY "\"}]}]}}\n\n" },
  { "anthropic", NULL,
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m-" CANARY "\","
    "\"role\":\"assistant\",\"content\":[],\"model\":\"tiny\",\"usage\":{\"input_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
    "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
    "{\"type\":\"text_delta\",\"text\":\"You sent " CANARY "\"}}\n\n"
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n" },
  { "gemini", NULL,
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"You sent " CANARY "\"}],\"role\":"
    "\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"responseId\":\"" CANARY "\"}\n\n" },
  { "ollama", "application/x-ndjson",
    "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"You sent " CANARY "\"},"
    "\"done\":false}\n{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
    "\"done\":true,\"done_reason\":\"stop\"}\n" },
};

/* No file below @folder has the canary in it: chats, traces, settings. Returns how many there are.
 */
static guint
search_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += search_folder (path);
          continue;
        }
      if (!g_file_get_contents (path, &text, &length, NULL))
        continue;
      if (memmem (text, length, CANARY, strlen (CANARY)) != NULL)
        g_error ("%s has the canary in it", path);
      n++;
    }

  return n;
}

static void
assert_silent (CliResult *result)
{
  if (strstr (result->out->str, CANARY) != NULL)
    g_error ("standard output has the canary in it: %s", result->out->str);
  if (strstr (result->err->str, CANARY) != NULL)
    g_error ("standard error has the canary in it: %s", result->err->str);
}

/* The server repeats the key in the answer, whole and cut into bytes, in headers, and in errors. */
static void
test_protocol (gconstpointer data)
{
  const Protocol *protocol = data;
  static const char *const formats[] = { "text", "events", "log", "json" };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  const char *error = "{\"error\":{\"message\":\"bad key " CANARY "\",\"code\":\"" CANARY "\"}}";
  RnlTestReply replies[] = {
    { .body = protocol->answer,
      .content_type = protocol->type,
      .headers = "x-request-id: " CANARY "\r\n" },
    { .body = protocol->answer, .content_type = protocol->type, .piece = 1 },
    { .status = 401, .body = error, .headers = "x-request-id: " CANARY "\r\n" },
    { .status = 503, .body = error, .headers = "retry-after-ms: 1\r\nset-cookie: " CANARY "\r\n" },
    { .status = 307, .headers = "Location: http://127.0.0.1:9/" CANARY "\r\n", .body = " " },
    { .body = "event: error\ndata: " CANARY "\n\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    for (gsize f = 0; f < G_N_ELEMENTS (formats); f++)
      {
        g_autoptr (CliResult) result = NULL;

        rnl_test_server_push (server, &replies[i]);
        result = cli_run (NULL, NULL, "ask", "--save", "--verbose", "--protocol",
                          protocol->protocol, "--base-url", url, "--model", "tiny", "--tools",
                          "none", "--format", formats[f], "Hello?", NULL);
        assert_silent (result);
        if (i < 2 && f == 0)
          g_assert_nonnull (strstr (result->out->str, "You sent [redacted]"));
      }
  /* It was asked with the key, and kept what came. */
  g_assert_cmpuint (rnl_test_server_get_n_requests (server), >=, G_N_ELEMENTS (replies));
  g_assert_cmpuint (search_folder (g_getenv ("XDG_DATA_HOME")), >, 0);
  g_assert_cmpuint (search_folder (rnl_test_tmp_dir ()), >, 0);
}

/* The same in an account's header and its proxy. */
static void
test_account (void)
{
  g_autofree char *pem
    = g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "tests/data/tls/server.pem", NULL);
  g_autofree char *ca
    = g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "tests/data/tls/ca.pem", NULL);
  g_autofree char *keyring = g_build_filename (rnl_test_tmp_dir (), "test.keyring", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, NULL);
  g_autoptr (RnlTestServer) server = rnl_test_server_new_secure (certificate);
  g_autoptr (RnlTestProxy) proxy
    = rnl_test_proxy_new (rnl_test_server_get_port (server), "me:" CANARY);
  g_autofree char *address
    = g_strdup_printf ("http://me:" CANARY "@127.0.0.1:%u", rnl_test_proxy_get_port (proxy));
  const char *const *command;
  static const char *const commands[][5] = {
    { "accounts", "list", "--json" },
    { "accounts", "test", "work" },
    { "models" },
    { "ask", "--model", "work/tiny", "--verbose", "Hello?" },
  };
  g_autoptr (CliResult) add = NULL;

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  add
    = cli_run (CANARY "\n", NULL, "accounts", "add", "Work", "--base-url", "https://model.test/v1",
               "--header", "X-Team", "--proxy", address, "--ca-file", ca, NULL);
  assert_silent (add);
  g_assert_cmpint (add->status, ==, 0);
  rnl_test_server_push (server, &(RnlTestReply){ .body = protocols[0].answer });
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliResult) result = NULL;

      command = commands[i];
      result
        = cli_run (NULL, NULL, command[0], command[1], command[2], command[3], command[4], NULL);
      assert_silent (result);
      if (i == G_N_ELEMENTS (commands) - 1
          && strstr (result->out->str, "You sent [redacted]") == NULL)
        g_error ("the answer did not come: %s%s", result->out->str, result->err->str);
    }
  g_assert_cmpuint (rnl_test_proxy_get_n_tunnels (proxy), >=, 1);
  g_assert_cmpuint (search_folder (rnl_test_tmp_dir ()), >, 0);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  cli_set_program (argv[1]);
  cli_set_debug ("all");
  g_setenv ("RUNNEL_API_KEY", CANARY, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *path = g_strdup_printf ("/canary/%s", protocols[i].protocol);

      g_test_add_data_func (path, &protocols[i], test_protocol);
    }
  g_test_add_func ("/canary/account", test_account);

  return g_test_run ();
}
