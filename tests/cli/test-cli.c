/* test-cli.c: runnel-cli from outside, on the offline helper and on bad servers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define QUESTION "What is (10 + 10) * 3?"

static void
test_text (void)
{
  g_autoptr (CliResult) result
    = cli_run (NULL, NULL, "ask", "--model", "offline/helper", QUESTION, NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out->str, "60"));
  g_assert_true (g_str_has_suffix (result->out->str, "\n"));
  g_assert_cmpstr (result->err->str, ==, "");
}

/* Each delta is written as it comes. */
static void
test_flushes (void)
{
  g_autoptr (CliResult) result = NULL;

  g_setenv ("RUNNEL_OFFLINE_PACE", "25", TRUE);
  result = cli_run (NULL, NULL, "ask", "tell me a joke about parrots", "--tools", "none", NULL);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (result->n_reads, >=, 5);
}

/* What stands on standard input is the prompt, or goes with it. */
static void
test_input (void)
{
  g_autoptr (CliResult) alone = cli_run (QUESTION "\n", NULL, "ask", NULL);
  g_autoptr (CliResult) nothing = cli_run ("", NULL, "ask", NULL);

  g_assert_nonnull (strstr (alone->out->str, "60"));
  g_assert_cmpint (nothing->status, ==, 2);
}

typedef struct
{
  GHashTable *open;  /* run id -> itself, started and not ended */
  GHashTable *names; /* "start tool add" -> count */
  char *root;
  gint64 first_token;
  gint64 last_tool_end;
  gint64 answer_end;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_hash_table_unref (seen->open);
  g_hash_table_unref (seen->names);
  g_free (seen->root);
}

static void
check_parents (JsonObject *event, Seen *seen)
{
  JsonArray *parents = json_object_get_array_member (event, "parent_ids");

  if (seen->root == NULL)
    {
      g_assert_cmpuint (json_array_get_length (parents), ==, 0);
      seen->root = g_strdup (json_object_get_string_member (event, "run_id"));
      return;
    }
  for (guint i = 0; i < json_array_get_length (parents); i++)
    g_assert_true (g_hash_table_contains (seen->open, json_array_get_string_element (parents, i)));
  if (json_array_get_length (parents) > 0)
    g_assert_cmpstr (json_array_get_string_element (parents, 0), ==, seen->root);
}

static void
check_life (const char *word, const char *id, Seen *seen)
{
  if (g_str_has_suffix (word, "_start"))
    g_assert_true (g_hash_table_add (seen->open, g_strdup (id)));
  else
    g_assert_true (g_hash_table_contains (seen->open, id));
  if (g_str_has_suffix (word, "_end") || g_str_has_suffix (word, "_error")
      || g_str_has_suffix (word, "_cancel"))
    g_hash_table_remove (seen->open, id);
}

/* Every line is an event of the envelope; runs nest, start once and end once. */
static void
check_events (CliResult *result, Seen *seen)
{
  seen->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < result->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *event = cli_parse_line (result, i, &owner);
      const char *word = json_object_get_string_member (event, "event");
      const char *name = json_object_get_string_member (event, "name");
      gint64 arrived = g_array_index (result->arrived, gint64, i);

      g_assert_cmpint (json_object_get_int_member (event, "seq"), ==, i);
      check_parents (event, seen);
      check_life (word, json_object_get_string_member (event, "run_id"), seen);
      g_hash_table_add (seen->names, g_strdup_printf ("%s %s", word, name));
      if (g_str_equal (word, "on_chat_model_stream") && seen->first_token == 0)
        seen->first_token = arrived;
      if (g_str_equal (word, "on_tool_end"))
        seen->last_tool_end = arrived;
      if (g_str_equal (word, "on_agent_end"))
        seen->answer_end = arrived;
    }
  g_assert_cmpuint (g_hash_table_size (seen->open), ==, 0);
}

static void
test_events (void)
{
  g_autoptr (CliResult) result = NULL;
  Seen seen = { 0 };

  g_setenv ("RUNNEL_OFFLINE_PACE", "10", TRUE);
  result = cli_run (NULL, NULL, "ask", "--format", "events", QUESTION, NULL);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  g_assert_cmpint (result->status, ==, 0);
  check_events (result, &seen);

  g_assert_true (g_hash_table_contains (seen.names, "on_tool_start add"));
  g_assert_true (g_hash_table_contains (seen.names, "on_tool_end add"));
  g_assert_true (g_hash_table_contains (seen.names, "on_tool_start multiply"));
  g_assert_true (g_hash_table_contains (seen.names, "on_tool_end multiply"));
  g_assert_true (g_hash_table_contains (seen.names, "on_agent_end agent"));
  g_assert_cmpint (seen.first_token, >, 0);
  g_assert_cmpint (seen.first_token, <, seen.last_tool_end);
  /* Both may come in one read. */
  g_assert_cmpint (seen.last_tool_end, <=, seen.answer_end);
  seen_clear (&seen);
}

/* Only the model inside a tool, picked by its tag. */
static void
test_filter (void)
{
  g_autoptr (CliResult) result
    = cli_run (NULL, NULL, "ask", "--format", "events", "--include-tag", "hiding_spot",
               "where is the cat hiding and what items are there?", NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (result->lines->len, >=, 3);
  for (guint i = 0; i < result->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *event = cli_parse_line (result, i, &owner);

      g_assert_cmpstr (json_object_get_string_member (event, "name"), ==, "where_cat_at");
      g_assert_true (
        g_str_has_prefix (json_object_get_string_member (event, "event"), "on_chat_model_"));
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (event, "parent_ids")),
                        ==, 2);
    }
}

static void
test_json (void)
{
  g_autoptr (CliResult) result = cli_run (NULL, NULL, "ask", "--format", "json", QUESTION, NULL);
  g_autoptr (JsonNode) node = json_from_string (result->out->str, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_nonnull (strstr (json_object_get_string_member (object, "content"), "60"));
  g_assert_cmpstr (json_object_get_string_member (object, "finish_reason"), ==, "stop");
  g_assert_cmpint (json_object_get_int_member (object, "steps"), ==, 3);
  g_assert_true (json_object_has_member (object, "usage"));
}

static void
test_exit_status (void)
{
  g_autoptr (CliResult) limit = cli_run (NULL, NULL, "ask", "--max-steps", "1", QUESTION, NULL);
  g_autoptr (CliResult) refused = cli_run (NULL, NULL, "ask", "--approve", "none", QUESTION, NULL);
  g_autoptr (CliResult) option = cli_run (NULL, NULL, "ask", "--colour", "blue", QUESTION, NULL);
  g_autoptr (CliResult) model
    = cli_run (NULL, NULL, "ask", "--model", "nobody/nothing", QUESTION, NULL);
  g_autoptr (CliResult) tool = cli_run (NULL, NULL, "ask", "--tools", "teleport", QUESTION, NULL);
  g_autoptr (CliResult) key = cli_run (NULL, NULL, "ask", "--metadata", "=x", QUESTION, NULL);
  g_autoptr (CliResult) verb = cli_run (NULL, NULL, "sing", NULL);
  g_autoptr (CliResult) gone = cli_run (NULL, NULL, "ask", "--protocol", "openai-chat",
                                        "--base-url", "http://127.0.0.1:9/v1", "hi", NULL);

  g_assert_cmpint (limit->status, ==, 3);
  g_assert_nonnull (strstr (limit->err->str, "--max-steps"));
  g_assert_cmpint (key->status, ==, 2);
  g_assert_nonnull (strstr (key->err->str, "KEY=VALUE"));
  g_assert_cmpint (refused->status, ==, 4);
  g_assert_cmpint (option->status, ==, 2);
  g_assert_cmpint (model->status, ==, 2);
  g_assert_nonnull (strstr (model->err->str, "nobody"));
  g_assert_cmpint (tool->status, ==, 2);
  g_assert_cmpint (verb->status, ==, 2);
  g_assert_cmpint (gone->status, ==, 1);
  g_assert_nonnull (strstr (gone->err->str, "127.0.0.1:9"));
}

/* What a server is asked with these options, and what became of its answer. */
static CliResult *
ask_schema (const char *answer, const char *schema, char **body)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "country.schema.json", NULL);
  g_autofree char *reply
    = g_strdup_printf ("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},"
                       "\"finish_reason\":\"stop\"}]}",
                       answer);
  CliResult *result;

  g_assert_true (g_file_set_contents (path, schema, -1, NULL));
  rnl_test_server_push (server,
                        &(RnlTestReply){ .content_type = "application/json", .body = reply });
  result = cli_run (NULL, NULL, "ask", "--base-url", url, "--model", "m", "--schema", path,
                    "--stop", "END", "--stop", "FIN", "--effort", "low", "--max-tokens", "50",
                    "--temperature", "0.5", "--top-p", "0.25", "--tool-choice", "none", "hi", NULL);
  *body = rnl_test_server_get_n_requests (server) > 0
            ? g_strdup (rnl_test_server_get_request (server, 0)->body)
            : NULL;

  return result;
}

static void
test_params (void)
{
  static const char *const schema
    = "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}";
  static const char *const sent[] = {
    "\"stop\":[\"END\",\"FIN\"]",
    "\"reasoning_effort\":\"low\"",
    "\"max_tokens\":50",
    "\"temperature\":0.5",
    "\"top_p\":0.25",
    "\"tool_choice\":\"none\"",
    "\"json_schema\":{\"name\":\"country\",\"schema\":{\"type\":\"object\"",
  };
  g_autofree char *body = NULL, *other = NULL, *unsent = NULL;
  g_autoptr (CliResult) fits = ask_schema ("{\\\"name\\\": \\\"France\\\"}", schema, &body);
  g_autoptr (CliResult) wrong = ask_schema ("{\\\"name\\\": 1}", schema, &other);
  g_autoptr (CliResult) words = NULL, list = NULL, hot = NULL;

  g_assert_cmpint (fits->status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (sent); i++)
    if (strstr (body, sent[i]) == NULL)
      g_error ("%s is not in %s", sent[i], body);
  g_assert_cmpint (wrong->status, ==, 5);
  g_assert_nonnull (strstr (wrong->err->str, "/name must be a string"));
  g_clear_pointer (&other, g_free);
  words = ask_schema ("It is France.", schema, &other);
  g_assert_cmpint (words->status, ==, 5);

  list = ask_schema ("{}", "[]", &unsent);
  g_assert_cmpint (list->status, ==, 2);
  g_assert_null (unsent);
  hot = cli_run (NULL, NULL, "ask", "--temperature", "3", "hi", NULL);
  g_assert_cmpint (hot->status, ==, 2);
  g_assert_nonnull (strstr (hot->err->str, "0 to 2"));
}

/* What no model can be asked with is said before it is asked. */
static void
test_bad_params (void)
{
  static const struct
  {
    const char *option, *value, *said;
  } rows[] = {
    { "--temperature", "nan", "0 to 2" },
    { "--effort", "silly", "none, minimal, low, medium, high, xhigh, max" },
    { "--temperature", "-1", "0 to 2" },
    { "--top-p", "-0.5", "0 to 1" },
    { "--top-p", "1.5", "0 to 1" },
    { "--tool-choice", "nosuch", "not a tool" },
    { "--schema", "/dev/zero", "more than 1" },
    { "--api-key-file", "/dev/zero", "more than 64" },
    { "--schema", "/", "is a folder" },
  };

  g_autofree char *key = g_build_filename (rnl_test_tmp_dir (), "key", NULL);
  g_autoptr (CliResult) lines = NULL;

  g_assert_true (g_file_set_contents (key, "sk-1\r\nX-More: 1\n", -1, NULL));
  lines = cli_run (NULL, NULL, "ask", "--api-key-file", key, "hi", NULL);
  g_assert_cmpint (lines->status, ==, 2);
  g_assert_nonnull (strstr (lines->err->str, "more than one line"));
  g_assert_null (strstr (lines->err->str, "sk-1"));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CliResult) result
        = cli_run (NULL, NULL, "ask", rows[i].option, rows[i].value, "hi", NULL);

      g_assert_cmpint (result->status, ==, 2);
      if (strstr (result->err->str, rows[i].said) == NULL)
        g_error ("%s is not in %s", rows[i].said, result->err->str);
    }
}

static void
test_interrupt (void)
{
  g_autoptr (CliResult) result = NULL;

  g_setenv ("RUNNEL_OFFLINE_PACE", "30", TRUE);
  result = cli_run (NULL, " ", "ask", "write 500 words", NULL);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_assert_cmpint (result->status, ==, 130);
  g_assert_cmpuint (result->out->len, <, 1500);
}

/* A chat leaves the library, and comes back as it was; a broken file changes nothing. */
static void
test_archive (const char *id)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-archive-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chats.json", NULL);
  g_autofree char *chat_id = g_strdup (id);
  g_autofree char *before = NULL;
  g_autoptr (CliResult) out = cli_run (NULL, NULL, "chats", "export", "-o", path, NULL);
  g_autoptr (CliResult) html
    = cli_run (NULL, NULL, "chats", "export", chat_id, "--format", "html", NULL);
  g_autoptr (CliResult) unknown = cli_run (NULL, NULL, "chats", "export", "--format", "doc", NULL);
  g_autoptr (CliResult) as_json
    = cli_run (NULL, NULL, "chats", "export", "--format", "json", "-o", path, NULL);
  g_autoptr (CliResult) gone = cli_run (NULL, NULL, "chats", "delete", chat_id, NULL);
  g_autoptr (CliResult) back = cli_run (NULL, NULL, "chats", "import", path, NULL);
  g_autoptr (CliResult) again = cli_run (NULL, NULL, "chats", "export", "--format", "json", NULL);
  g_autoptr (CliResult) broken = NULL;

  g_assert_cmpint (out->status, ==, 0);
  g_assert_cmpint (as_json->status, ==, 0);
  g_assert_true (g_str_has_prefix (html->out->str, "<!DOCTYPE html>"));
  g_assert_cmpint (unknown->status, ==, 2);
  g_assert_cmpint (gone->status, ==, 0);
  g_assert_cmpint (back->status, ==, 0);
  g_assert_nonnull (strstr (back->out->str, "1 new, 0 already there"));
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_cmpstr (again->out->str, ==, before);

  g_assert_true (g_file_set_contents (path, "[{\"messages\":[]},{]", -1, NULL));
  broken = cli_run (NULL, NULL, "chats", "import", path, NULL);
  g_assert_cmpint (broken->status, ==, 1);
  g_assert_nonnull (strstr (broken->err->str, "conversation 2"));
}

/* A chat that was saved is listed, shown, found and exported, and goes on. */
static void
test_chats (void)
{
  g_autoptr (CliResult) saved = cli_run (NULL, NULL, "ask", "--save", QUESTION, NULL);
  g_autoptr (CliResult) list = cli_run (NULL, NULL, "chats", "list", "--json", NULL);
  g_autoptr (JsonNode) node = json_from_string (list->out->str, NULL);
  JsonObject *chat;
  const char *id;
  g_autoptr (CliResult) more = NULL;
  g_autoptr (CliResult) shown = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (CliResult) found = NULL;
  g_autoptr (CliResult) hits = NULL;
  g_autoptr (CliResult) missing = NULL;
  g_autoptr (JsonNode) exported = NULL;
  JsonArray *array;

  g_assert_cmpstr (saved->err->str, ==, "");
  g_assert_cmpint (saved->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
  chat = json_array_get_object_element (json_node_get_array (node), 0);
  id = json_object_get_string_member (chat, "id");
  g_assert_cmpstr (json_object_get_string_member (chat, "title"), ==, QUESTION);

  more = cli_run (NULL, NULL, "ask", "--chat", id, "What is 2 ^ 5?", NULL);
  g_assert_nonnull (strstr (more->out->str, "32"));
  shown = cli_run (NULL, NULL, "chats", "show", id, NULL);
  g_assert_nonnull (strstr (shown->out->str, "**Tool: multiply** (done)"));
  g_assert_nonnull (strstr (shown->out->str, "2 ^ 5"));
  json = cli_run (NULL, NULL, "chats", "export", id, "--format", "json", NULL);
  exported = json_from_string (json->out->str, NULL);
  array = json_object_get_array_member (json_node_get_object (exported), "chats");
  array = json_object_get_array_member (json_array_get_object_element (array, 0), "messages");
  g_assert_cmpuint (json_array_get_length (array), ==, 4);
  found = cli_run (NULL, NULL, "chats", "search", "10 10", NULL);
  g_assert_nonnull (strstr (found->out->str, id));
  hits = cli_run (NULL, NULL, "chats", "search", "10 10", "--json", NULL);
  /* The title says what the question says, so it is no hit of its own. */
  g_assert_nonnull (strstr (hits->out->str, "message_id"));
  g_assert_null (strstr (hits->out->str, "null"));
  missing = cli_run (NULL, NULL, "chats", "show", "no-such-chat", NULL);
  g_assert_cmpint (missing->status, ==, 1);
  test_archive (id);
}

static CliResult *
ask_server (const RnlTestReply *reply)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");

  rnl_test_server_push (server, reply);

  return cli_run (NULL, NULL, "ask", "--protocol", "openai-chat", "--base-url", url, "--model", "m",
                  "hi", NULL);
}

/* A server that goes on with a text: its runs are of their own type. */
static void
test_completions (void)
{
  static const char body[]
    = "data: {\"choices\":[{\"text\":\" ten\",\"index\":0}],\"model\":\"m\"}\n\n"
      "data: {\"choices\":[{\"text\":\" tokens\",\"index\":0,\"finish_reason\":\"stop\"}]}\n\n"
      "data: [DONE]\n\n";
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) events = NULL;

  rnl_test_server_push (server, &(RnlTestReply){ .body = body });
  text = cli_run (NULL, NULL, "ask", "--protocol", "openai-completions", "--base-url", url,
                  "--model", "m", "hi", NULL);
  g_assert_cmpstr (text->err->str, ==, "");
  g_assert_cmpstr (text->out->str, ==, " ten tokens\n");
  g_assert_cmpstr (rnl_test_server_get_request (server, 0)->path, ==, "/v1/completions");

  events = cli_run (NULL, NULL, "ask", "--protocol", "openai-completions", "--base-url", url,
                    "--model", "m", "--format", "events", "--include-type", "llm", "hi", NULL);
  g_assert_cmpint (events->status, ==, 0);
  g_assert_cmpuint (events->lines->len, >=, 4);
  for (guint i = 0; i < events->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *event = cli_parse_line (events, i, &owner);
      const char *wanted = i == 0                        ? "on_llm_start"
                           : i + 1 == events->lines->len ? "on_llm_end"
                                                         : "on_llm_stream";

      g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, wanted);
    }
}

/* What a bad server says becomes one sentence on standard error, and what came before stays. */
static void
test_bad_servers (void)
{
  static const char tokens[] = "data: {\"choices\":[{\"delta\":{\"content\":\"ten\"}}]}\n\n"
                               "data: {\"choices\":[{\"delta\":{\"content\":\" tokens\"}}]}\n\n"
                               "data: {\"choices\":[{\"delta\":{\"content\":\" more\"}}]}\n\n";
  g_autoptr (CliResult) key = ask_server (
    &(RnlTestReply){ .status = 401,
                     .content_type = "application/json",
                     .body = "{\"error\":{\"message\":\"Incorrect API key provided\"}}" });
  g_autoptr (CliResult) page = ask_server (&(RnlTestReply){
    .content_type = "text/html", .body = "<html><title>Sign in to the proxy</title></html>" });
  g_autoptr (CliResult) reset = ask_server (&(RnlTestReply){
    .body = tokens, .ending = RNL_TEST_RESET, .cut_after = (gssize) (strlen (tokens) - 10) });

  g_assert_cmpint (key->status, ==, 1);
  g_assert_nonnull (strstr (key->err->str, "key"));
  g_assert_cmpint (page->status, ==, 1);
  g_assert_nonnull (strstr (page->err->str, "web page"));
  g_assert_cmpint (reset->status, ==, 1);
  g_assert_cmpstr (reset->out->str, ==, "ten tokens\n");
  g_assert_cmpuint (reset->err->len, >, 0);
}

/* "What is 10 + 10": add, then the answer by the tool for it, as text and in the events. */
static void
test_final_answer (void)
{
  g_autoptr (CliResult) text
    = cli_run (NULL, NULL, "ask", "What is 10 + 10", "--final-answer", NULL);
  g_autoptr (CliResult) events = cli_run (NULL, NULL, "ask", "What is 10 + 10", "--final-answer",
                                          "--format", "events", "--include-type", "tool", NULL);
  g_autoptr (CliResult) json
    = cli_run (NULL, NULL, "ask", "What is 10 + 10", "--final-answer", "--format", "json", NULL);
  static const char *const expected[]
    = { "on_tool_start add", "on_tool_end add", "on_tool_start final_answer",
        "on_tool_end final_answer" };

  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpstr (text->out->str, ==, "10 + 10 = 20\n");
  g_assert_nonnull (strstr (json->out->str, "\"tools_used\""));
  g_assert_cmpuint (events->lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < events->lines->len; i++)
    {
      g_autoptr (JsonNode) owner = NULL;
      JsonObject *event = cli_parse_line (events, i, &owner);
      g_autofree char *line
        = g_strdup_printf ("%s %s", json_object_get_string_member (event, "event"),
                           json_object_get_string_member (event, "name"));

      g_assert_cmpstr (line, ==, expected[i]);
      g_assert_true (json_object_has_member (event, "tool_call_id"));
    }
}

/* A full disk must not look like an export. */
static void
test_full_output (void)
{
  g_autoptr (CliResult) full = NULL;
  g_autofree char *command = g_strdup_printf ("'%s' tools > /dev/full", cli_get_program ());

  full = cli_run_shell (command);
  g_assert_cmpint (full->status, ==, 1);
  g_assert_nonnull (strstr (full->err->str, "cannot be written"));
}

static void
test_lists (void)
{
  g_autoptr (CliResult) tools = cli_run (NULL, NULL, "tools", "--json", NULL);
  g_autoptr (JsonNode) node = json_from_string (tools->out->str, NULL);
  g_autoptr (CliResult) models = cli_run (NULL, NULL, "models", NULL);
  g_autoptr (CliResult) version = cli_run (NULL, NULL, "--version", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), >=, 15);
  g_assert_nonnull (strstr (models->out->str, "offline/helper"));
  g_assert_cmpstr (version->out->str, ==, "runnel-cli " RNL_VERSION "\n");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  cli_set_program (argv[1]);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);

  g_test_add_func ("/cli/ask/text", test_text);
  g_test_add_func ("/cli/ask/flushes", test_flushes);
  g_test_add_func ("/cli/ask/input", test_input);
  g_test_add_func ("/cli/ask/events", test_events);
  g_test_add_func ("/cli/ask/filter", test_filter);
  g_test_add_func ("/cli/ask/json", test_json);
  g_test_add_func ("/cli/ask/final-answer", test_final_answer);
  g_test_add_func ("/cli/ask/exit-status", test_exit_status);
  g_test_add_func ("/cli/ask/params", test_params);
  g_test_add_func ("/cli/ask/bad-params", test_bad_params);
  g_test_add_func ("/cli/ask/interrupt", test_interrupt);
  g_test_add_func ("/cli/ask/bad-servers", test_bad_servers);
  g_test_add_func ("/cli/ask/completions", test_completions);
  g_test_add_func ("/cli/chats", test_chats);
  g_test_add_func ("/cli/full-output", test_full_output);
  g_test_add_func ("/cli/lists", test_lists);

  return g_test_run ();
}
