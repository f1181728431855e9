/* test-llama-cli.c: runnel-cli and a real llama.cpp server, over the protocols that it offers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "llama-server.h"
#include "rnl-test.h"

static const char *const protocols[] = { "openai-chat", "openai-responses", "anthropic" };

static const char *const usual[] = { "--predict", "600", NULL };
static const char *const endless[] = { "--ignore-eos", NULL };

static LlamaServer *server;

/* A server of another version may not have a protocol: then it says so, and so do we. */
static gboolean
is_offered (CliResult *result, const char *protocol)
{
  g_autofree char *text = NULL;

  if (result->status == 0 || strstr (result->err->str, " has nothing at ") == NULL)
    return TRUE;
  text = g_strdup_printf ("this server does not offer %s", protocol);
  g_test_skip (text);

  return FALSE;
}

/* Words that mean nothing, but they come, are counted and end. */
static void
check_text (gconstpointer user_data, const char *option)
{
  const char *protocol = user_data;
  g_autofree char *url = llama_server_dup_url (server, "/v1");
  g_autoptr (CliResult) result
    = cli_run (NULL, NULL, "ask", "--protocol", protocol, "--base-url", url, "--tools", "none",
               "--system", "You say words.", "--format", "json", "Say words.", option, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *message;

  if (!is_offered (result, protocol))
    return;
  g_assert_cmpstr (result->err->str, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  node = json_from_string (result->out->str, NULL);
  message = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (message, "state"), ==, "complete");
  g_assert_cmpuint (strlen (json_object_get_string_member (message, "content")), >, 0);
  g_assert_cmpint (
    json_object_get_int_member (json_object_get_object_member (message, "usage"), "output"), >, 0);
}

static void
test_text (gconstpointer user_data)
{
  check_text (user_data, NULL);
}

static void
test_whole (gconstpointer user_data)
{
  check_text (user_data, "--no-stream");
}

/* The events of one kind of run, by its name. */
static guint
count (CliResult *result, const char *event, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < result->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *object = cli_parse_line (result, i, &owner);

      n += g_str_equal (json_object_get_string_member (object, "event"), event)
           && g_str_equal (json_object_get_string_member (object, "name"), name);
    }

  return n;
}

/* Who must call a tool is forced to by a grammar: the model knows nothing, and its call is right.
 * The next step carries the call and its result back. */
static void
test_forced_call (gconstpointer user_data)
{
  const char *protocol = user_data;
  g_autofree char *url = llama_server_dup_url (server, "/v1");

  for (guint round = 0, added = 0; added == 0; round++)
    {
      g_autoptr (CliResult) result
        = cli_run (NULL, NULL, "ask", "--protocol", protocol, "--base-url", url, "--tools",
                   "add,final_answer", "--max-steps", "3", "--format", "events", "1 and 2", NULL);
      guint answered;

      if (!is_offered (result, protocol))
        return;
      added = count (result, "on_tool_start", "add");
      answered = count (result, "on_tool_start", "final_answer");
      g_assert_cmpuint (added + answered, >, 0);
      g_assert_cmpuint (
        added, ==, count (result, "on_tool_end", "add") + count (result, "on_tool_error", "add"));
      g_assert_true (result->status == 0 || result->status == 3);
      /* It throws dice, in so far as which tool it takes. */
      g_assert_cmpuint (round, <, 20);
    }
}

/* The whole answer is one call that the grammar forces. */
static void
test_final_answer (gconstpointer user_data)
{
  const char *protocol = user_data;
  g_autofree char *url = llama_server_dup_url (server, "/v1");
  g_autoptr (CliResult) result
    = cli_run (NULL, NULL, "ask", "--protocol", protocol, "--base-url", url, "--tools",
               "final_answer", "--max-steps", "1", "--format", "events", "Say words.", NULL);

  if (!is_offered (result, protocol))
    return;
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (count (result, "on_tool_end", "final_answer"), ==, 1);
}

/* A chat that holds calls and results goes on, and with another protocol, too. */
static void
test_goes_on (gconstpointer user_data)
{
  const char *protocol = user_data;
  g_autofree char *url = llama_server_dup_url (server, "/v1");
  g_autoptr (CliResult) first
    = cli_run (NULL, NULL, "ask", "--protocol", protocol, "--base-url", url, "--tools",
               "add,final_answer", "--max-steps", "3", "--save", "1 and 2", NULL);
  g_autoptr (CliResult) list = NULL;
  g_autofree char *id = NULL;

  if (!is_offered (first, protocol))
    return;
  list = cli_run (NULL, NULL, "chats", "list", NULL);
  id = g_strndup (g_ptr_array_index (list->lines, 0), 36);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autoptr (CliResult) next
        = cli_run (NULL, NULL, "ask", "--protocol", protocols[i], "--base-url", url, "--tools",
                   "none", "--chat", id, "And now?", NULL);

      if (strstr (next->err->str, " has nothing at ") != NULL)
        continue;
      g_assert_cmpstr (next->err->str, ==, "");
      g_assert_cmpint (next->status, ==, 0);
    }
}

/* More than the window holds is told as that, with the server's own numbers. */
static void
test_too_long (gconstpointer user_data)
{
  const char *protocol = user_data;
  g_autofree char *url = llama_server_dup_url (server, "/v1");
  g_autofree char *question = g_strnfill (10000, 'x');
  g_autoptr (CliResult) result = cli_run (NULL, NULL, "ask", "--protocol", protocol, "--base-url",
                                          url, "--tools", "none", question, NULL);

  if (!is_offered (result, protocol))
    return;
  g_assert_cmpint (result->status, ==, 1);
  g_assert_nonnull (strstr (result->err->str, "context"));
  g_assert_nonnull (strstr (result->err->str, "start a new chat"));
}

static gboolean
is_idle (LlamaServer *self)
{
  return !llama_server_is_busy (self);
}

/* Ctrl+C in the middle of an answer without an end: the server stops, too. */
static void
test_cancel (gconstpointer user_data)
{
  const char *protocol = user_data;
  g_autoptr (LlamaServer) talker = llama_server_start (endless);
  g_autofree char *url = llama_server_dup_url (talker, "/v1");
  g_autoptr (CliResult) result
    = cli_run (NULL, "on_chat_model_stream", "ask", "--protocol", protocol, "--base-url", url,
               "--tools", "none", "--format", "events", "Say words.", NULL);

  if (!is_offered (result, protocol))
    return;
  g_assert_cmpint (result->status, ==, 130);
  g_assert_true (rnl_test_run_until ((RnlTestCondition) is_idle, talker, 20000));
}

static void
add_tests (const char *name, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *path = g_strdup_printf ("/llama-cli/%s/%s", name, protocols[i]);

      g_test_add_data_func (path, protocols[i], func);
    }
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  cli_set_program (argv[1]);
  if (!llama_server_is_there ())
    return 0;

  server = llama_server_start (usual);
  add_tests ("text", test_text);
  add_tests ("whole", test_whole);
  add_tests ("forced-call", test_forced_call);
  add_tests ("final-answer", test_final_answer);
  add_tests ("goes-on", test_goes_on);
  add_tests ("too-long", test_too_long);
  add_tests ("cancel", test_cancel);
  status = g_test_run ();
  llama_server_stop (server);

  return status;
}
