/* test-cli-ends.c: every protocol from the command, and every end of an answer as it is told
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define SSE    "text/event-stream"
#define NDJSON "application/x-ndjson"

/* An answer in the words of a protocol; `%s` is why it stopped. */
typedef struct
{
  const char *protocol;
  const char *content_type;
  const char *body;
  const char *stopped;
  const char *cut;
  const char *filtered; /* nullable: the protocol has no such word */
} Speech;

static const Speech speeches[] = {
  { "openai-chat", SSE,
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
    "data: "
    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"%s\"}]}\n\n"
    "data: [DONE]\n\n",
    "stop", "length", "content_filter" },
  { "openai-responses", SSE,
    "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":"
    "\"message\",\"id\":\"m\",\"content\":[]}}\n\n"
    "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"item_id\":\"m\","
    "\"content_index\":0,\"delta\":\"Hello\"}\n\n"
    "data: {\"type\":\"response.incomplete\",\"response\":{\"id\":\"r\",\"output\":[],"
    "\"incomplete_details\":{\"reason\":\"%s\"}}}\n\n",
    "completed", "max_output_tokens", "content_filter" },
  { "anthropic", SSE,
    "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[]}}\n\n"
    "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\","
    "\"text\":\"\"}}\n\n"
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
    "\"text\":\"Hello\"}}\n\n"
    "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}\n\n"
    "data: {\"type\":\"message_stop\"}\n\n",
    "end_turn", "max_tokens", "refusal" },
  { "gemini", SSE,
    "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
    "\"finishReason\":\"%s\"}]}\r\n\r\n",
    "STOP", "MAX_TOKENS", "SAFETY" },
  { "ollama", NDJSON,
    "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"done\":false}"
    "\n"
    "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
    "\"done_reason\":\"%s\"}\n",
    "stop", "length", NULL },
};

static CliResult *
ask (const Speech *speech, const char *word)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_auto (GStrv) halves = g_strsplit (speech->body, "%s", 2);
  g_autofree char *body = g_strconcat (halves[0], word, halves[1], NULL);

  rnl_test_server_push (server,
                        &(RnlTestReply){ .content_type = speech->content_type, .body = body });

  return cli_run (NULL, NULL, "ask", "--protocol", speech->protocol, "--base-url", url, "--model",
                  "tiny", "--num-ctx", "4096", "--tools", "none", "hi", NULL);
}

static void
test_whole (gconstpointer data)
{
  const Speech *speech = data;
  g_autoptr (CliResult) result = ask (speech, speech->stopped);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->out->str, ==, "Hello\n");
  g_assert_cmpstr (result->err->str, ==, "");
}

/* It is an answer, but not all of one. */
static void
test_cut (gconstpointer data)
{
  const Speech *speech = data;
  g_autoptr (CliResult) result = ask (speech, speech->cut);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->out->str, ==, "Hello\n");
  g_assert_nonnull (strstr (result->err->str, "cut off"));
}

static void
test_filtered (gconstpointer data)
{
  const Speech *speech = data;
  g_autoptr (CliResult) result = ask (speech, speech->filtered);

  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpstr (result->out->str, ==, "Hello\n");
  g_assert_nonnull (strstr (result->err->str, speech->filtered));
  g_assert_nonnull (strstr (result->err->str, "Put the question differently."));
}

static void
add (const Speech *speech, const char *name, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/cli-ends/%s/%s", speech->protocol, name);

  g_test_add_data_func (path, speech, func);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, >, 1);
  cli_set_program (argv[1]);

  for (gsize i = 0; i < G_N_ELEMENTS (speeches); i++)
    {
      add (&speeches[i], "whole", test_whole);
      add (&speeches[i], "cut", test_cut);
      if (speeches[i].filtered != NULL)
        add (&speeches[i], "filtered", test_filtered);
    }

  return g_test_run ();
}
