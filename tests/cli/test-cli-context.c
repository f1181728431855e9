/* test-cli-context.c: what a server's window does not hold, from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

/* The server takes no request that is longer than this. */
#define WINDOW_BYTES 6000

#define ANSWER                                                                                     \
  "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Understood.\"}, "                \
  "\"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n"
#define TOO_LONG                                                                                   \
  "{\"error\": {\"message\": \"This model's maximum context length is 1500 tokens.\", "            \
  "\"code\": \"context_length_exceeded\"}}"

static void
answer_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  if (!g_str_has_suffix (request->path, "/chat/completions"))
    *reply = (RnlTestReply){ .status = 404, .content_type = "text/plain", .body = "Not here" };
  else if (strlen (request->body) > WINDOW_BYTES)
    *reply = (RnlTestReply){ .status = 400, .content_type = "application/json", .body = TOO_LONG };
  else
    reply->body = ANSWER;
}

static CliResult *
ask (RnlTestServer *server, const char *format, const char *chat_id, guint number)
{
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autofree char *words = g_strnfill (1000, 'x');
  g_autofree char *question = g_strdup_printf ("Question %u: %s", number, words);

  return cli_run (NULL, NULL, "ask", "--protocol", "openai-chat", "--base-url", url, "--model", "m",
                  "--tools", "none", "--verbose", "--format", format,
                  chat_id != NULL ? "--chat" : "--save", chat_id != NULL ? chat_id : question,
                  chat_id != NULL ? question : NULL, NULL);
}

static char *
dup_chat_id (void)
{
  g_autoptr (CliResult) list = cli_run (NULL, NULL, "chats", "list", "--json", NULL);
  g_autoptr (JsonNode) node = json_from_string (list->out->str, NULL);
  JsonObject *chat = json_array_get_object_element (json_node_get_array (node), 0);

  return g_strdup (json_object_get_string_member (chat, "id"));
}

/* The chat outgrows the server's window: the oldest messages are left out, and that is said. */
static void
test_outgrown (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) outgrown = NULL;
  g_autoptr (CliResult) events = NULL;
  g_autofree char *chat_id = NULL;
  guint asked, i;

  rnl_test_server_set_handler (server, answer_cb, NULL);
  first = ask (server, "text", NULL, 0);
  g_assert_cmpint (first->status, ==, 0);
  g_assert_null (strstr (first->err->str, "Left out"));
  chat_id = dup_chat_id ();

  for (i = 1; i < 12; i++)
    {
      g_clear_pointer (&outgrown, cli_result_free);
      outgrown = ask (server, "text", chat_id, i);
      g_assert_cmpint (outgrown->status, ==, 0);
      g_assert_nonnull (strstr (outgrown->out->str, "Understood."));
      if (strstr (outgrown->err->str, "Left out >> the ") != NULL)
        break;
    }
  g_assert_cmpuint (i, <, 12);
  g_assert_nonnull (strstr (outgrown->err->str, " oldest messages: the model's window is full"));

  /* The next one knows, and begins where this one did: one request, and it fits. */
  asked = rnl_test_server_get_n_requests (server);
  events = ask (server, "events", chat_id, i + 1);
  g_assert_cmpint (events->status, ==, 0);
  g_assert_null (strstr (events->out->str, "context_trimmed"));
  g_assert_cmpuint (rnl_test_server_get_n_requests (server), ==, asked + 1);
}

/* Programs see it as an event of its own. */
static void
test_event (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autoptr (CliResult) saved = NULL;
  g_autofree char *chat_id = NULL;
  gboolean seen = FALSE;

  rnl_test_server_set_handler (server, answer_cb, NULL);
  saved = ask (server, "events", NULL, 0);
  chat_id = dup_chat_id ();
  for (guint i = 1; i < 12 && !seen; i++)
    {
      g_autoptr (CliResult) result = ask (server, "events", chat_id, i);

      g_assert_cmpint (result->status, ==, 0);
      seen = strstr (result->out->str, "\"context_trimmed\"") != NULL;
      if (seen)
        {
          g_assert_nonnull (strstr (result->out->str, "on_custom_event"));
          g_assert_nonnull (strstr (result->out->str, "\"left_out\""));
        }
    }
  g_assert_true (seen);
}

int
main (int argc, char *argv[])
{
  rnl_test_init (&argc, &argv);
  cli_set_program (argv[1]);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_test_add_func ("/cli-context/outgrown", test_outgrown);
  g_test_add_func ("/cli-context/event", test_event);

  return g_test_run ();
}
