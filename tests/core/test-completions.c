/* test-completions.c: models that go on with a text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "pipeline-harness.h"
#include "request-harness.h"
#include "rnl-completion-prompt.h"
#include "rnl-http-model.h"
#include "rnl-model-step.h"
#include "rnl-pipeline.h"
#include "rnl-prompt-template.h"
#include "rnl-provider-error.h"
#include "rnl-run-log-reader.h"
#include "rnl-run-patcher.h"
#include "rnl-test-server.h"
#include "rnl-text-parser.h"

/* Two choices in one frame: the second is not asked for. `text` stands before its `index`, as it
 * does in the answers of the protocol's inventor. */
static const char streamed[]
  = "data: {\"id\":\"cmpl-7\",\"object\":\"text_completion\",\"created\":1,\"choices\":[{\"text\":"
    "\" Polly\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"model\":\"old-1\"}\n\n"
    "data: {\"id\":\"cmpl-7\",\"object\":\"text_completion\",\"created\":1,\"choices\":[{\"text\":"
    "\" wants\",\"index\":0,\"logprobs\":null,\"finish_reason\":null},{\"text\":\" NO\",\"index\":"
    "1,\"finish_reason\":null}],\"model\":\"old-1\"}\n\n"
    "data: {\"id\":\"cmpl-7\",\"object\":\"text_completion\",\"created\":1,\"choices\":[{\"text\":"
    "\" caf\\u00e9.\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}],\"model\":"
    "\"old-1\"}\n\n"
    "data: {\"id\":\"cmpl-7\",\"object\":\"text_completion\",\"choices\":[],\"usage\":"
    "{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}\n\n"
    "data: [DONE]\n\n";

static const char whole[]
  = "{\"id\":\"cmpl-8\",\"object\":\"text_completion\",\"model\":\"old-1\",\"choices\":[{\"text\":"
    "\" Polly wants café.\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}],"
    "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}";

#define ANSWER " Polly wants café."

/* A server that answers once, and the model behind it. */
typedef struct
{
  RnlTestServer *server;
  RnlChatModel *model;
} Fixture;

static void
fixture_set_up (Fixture *fixture, const RnlTestReply *reply)
{
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = rnl_test_server_new ();
  rnl_test_server_push (fixture->server, reply);
  url = rnl_test_server_dup_url (fixture->server, "/v1");
  fixture->model = rnl_http_model_new ("openai-completions", url, "old-1", "k", &error);
  g_assert_no_error (error);
}

static void
fixture_tear_down (Fixture *fixture)
{
  g_assert_finalize_object (fixture->model);
  rnl_test_server_free (fixture->server);
}

static JsonObject *
sent_body (Fixture *fixture)
{
  const RnlTestRequest *request = rnl_test_server_get_request (fixture->server, 0);

  g_assert_cmpstr (request->path, ==, "/v1/completions");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer k");

  return request_read_json (g_bytes_new (request->body, strlen (request->body)));
}

/* The text that is sent. */

static RnlMessage *
add_message (RnlChatRequest *request, RnlRole role, const char *text)
{
  g_autoptr (RnlMessage) message = rnl_message_new_text (role, text);

  rnl_chat_request_add_message (request, message);

  return message;
}

static void
assert_prompt (RnlChatRequest *request, const char *wanted)
{
  g_autofree char *prompt = rnl_completion_prompt_new (request);

  g_assert_cmpstr (prompt, ==, wanted);
}

static void
test_prompt (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Once upon");
  RnlMessage *turn;

  assert_prompt (request, "Once upon");
  g_assert_true (rnl_completion_prompt_is_plain (request));

  request->system = g_strdup ("Be brief.");
  assert_prompt (request, "Be brief.\n\nUser: Once upon\n\nAssistant:");
  g_assert_false (rnl_completion_prompt_is_plain (request));

  turn = add_message (request, RNL_ROLE_ASSISTANT, "a time");
  assert_prompt (request, "Be brief.\n\nUser: Once upon\n\nAssistant: a time");
  add_message (request, RNL_ROLE_USER, "and?");
  request_add_part (turn, rnl_part_new_tool_call (0, "c", "clock"), "{}");
  rnl_part_set_state (rnl_message_get_part (turn, 1), RNL_TOOL_DONE);
  rnl_part_set_result (rnl_message_get_part (turn, 1), "noon");
  assert_prompt (request, "Be brief.\n\nUser: Once upon\n\nAssistant: a time\n\n"
                          "[clock {}: noon]\n\nUser: and?\n\nAssistant:");
}

/* An agent's turn, seen through its events. */

typedef struct
{
  GPtrArray *json; /* JsonNode */
  GPtrArray *log;  /* JsonNode */
  RnlRunPatcher *patcher;
} Seen;

static void
seen_event_cb (RnlRun *root, const RnlEvent *event, gpointer user_data)
{
  Seen *seen = user_data;

  g_ptr_array_add (seen->json, rnl_event_to_json (event));
  if (seen->patcher != NULL)
    {
      GString *line = g_string_new (NULL);
      JsonNode *patch;

      /* As a recorder does it: the short way first. */
      if (rnl_run_patcher_append_text (seen->patcher, event, line))
        patch = json_from_string (line->str, NULL);
      else
        patch = rnl_run_patcher_take_event (seen->patcher, event);
      g_ptr_array_add (seen->log, patch);
      g_string_free (line, TRUE);
    }
}

static JsonObject *
find (Seen *seen, const char *word, guint position)
{
  for (guint i = 0; i < seen->json->len; i++)
    {
      JsonObject *event = json_node_get_object (g_ptr_array_index (seen->json, i));

      if (g_str_equal (json_object_get_string_member (event, "event"), word) && position-- == 0)
        return event;
    }

  return NULL;
}

static JsonNode *
get_data (JsonObject *event, const char *member)
{
  g_assert_nonnull (event);

  return json_object_get_member (json_object_get_object_member (event, "data"), member);
}

static Turn *
ask_agent (Fixture *fixture, Seen *seen, gboolean stream)
{
  g_autoptr (RnlAgent) agent = rnl_agent_new (fixture->model, NULL, NULL);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TestTool) tool = test_tool_new ("one", RNL_TOOL_SAFE);
  g_autoptr (RnlRun) root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  Turn *turn;

  seen->json = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  seen->log = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  seen->patcher = rnl_run_patcher_new (root, NULL);
  g_signal_connect (root, "event", G_CALLBACK (seen_event_cb), seen);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "What does Polly want?"));
  /* A tool it cannot call is not offered, and does no harm. */
  rnl_agent_add_tool (agent, RNL_TOOL (tool));
  rnl_agent_set_system (agent, "You are a parrot.");
  rnl_agent_set_stream (agent, stream);
  turn = turn_watch (rnl_agent_start (agent, history, root));
  turn_wait (turn);

  return turn;
}

static void
seen_clear (Seen *seen)
{
  g_ptr_array_unref (seen->json);
  g_ptr_array_unref (seen->log);
  rnl_run_patcher_free (seen->patcher);
}

static void
test_agent (void)
{
  Fixture fixture;
  Seen seen = { 0 };
  Turn *turn;
  RnlMessage *message;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  fixture_set_up (&fixture, &(RnlTestReply){ .body = streamed, .piece = 7 });
  turn = ask_agent (&fixture, &seen, TRUE);
  message = rnl_agent_run_get_message (turn->run);
  text = rnl_message_dup_text (message);

  g_assert_cmpstr (text, ==, ANSWER);
  g_assert_cmpstr (turn->text->str, ==, ANSWER);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_STOP);
  g_assert_cmpint (rnl_message_get_usage (message)->output, ==, 3);

  body = sent_body (&fixture);
  request_assert_member (body, "prompt",
                         "'You are a parrot.\\n\\nUser: What does Polly want?\\n\\nAssistant:'");
  request_assert_member (body, "stop", "['\\nUser:']");
  request_assert_member (body, "stream_options", "{'include_usage': true}");
  g_assert_cmpint (json_object_get_int_member (body, "max_tokens"), >, 16);
  g_assert_false (json_object_has_member (body, "tools"));
  g_assert_false (json_object_has_member (body, "messages"));

  request_assert_json (get_data (find (&seen, "on_llm_start", 0), "input"),
                       "{'prompts': ['You are a parrot.\\n\\nUser: What does Polly want?\\n\\n"
                       "Assistant:']}");
  request_assert_json (get_data (find (&seen, "on_llm_stream", 1), "chunk"),
                       "{'text': '', 'generation_info': {'model_name': 'old-1', 'id': 'cmpl-7'}}");
  request_assert_json (get_data (find (&seen, "on_llm_stream", 0), "chunk"), "{'text': ' Polly'}");
  request_assert_json (
    get_data (find (&seen, "on_llm_end", 0), "output"),
    "{'generations': [[{'text': ' Polly wants café.', 'generation_info': {'model_name': 'old-1',"
    "'finish_reason': 'stop', 'id': 'cmpl-7', 'usage_metadata': {'input_tokens': 5,"
    "'output_tokens': 3, 'total_tokens': 8}}, 'type': 'Generation'}]],"
    "'llm_output': {'model_name': 'old-1', 'token_usage': {'input_tokens': 5, 'output_tokens': 3,"
    "'total_tokens': 8}}}");
  g_assert_null (find (&seen, "on_chat_model_start", 0));

  turn_free (turn);
  seen_clear (&seen);
  fixture_tear_down (&fixture);
}

/* What was recorded of it comes back as it was. */
static void
test_recorded (void)
{
  Fixture fixture;
  Seen seen = { 0 }, again = { .json = NULL };
  Turn *turn;
  RnlRunLogReader *reader = rnl_run_log_reader_new ();
  RnlRun *root;
  g_autoptr (GError) error = NULL;

  fixture_set_up (&fixture, &(RnlTestReply){ .body = streamed });
  turn = ask_agent (&fixture, &seen, TRUE);
  again.json = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  root = rnl_run_log_reader_begin (reader, g_ptr_array_index (seen.log, 0), &error);
  g_assert_no_error (error);
  g_signal_connect (root, "event", G_CALLBACK (seen_event_cb), &again);
  for (guint i = 0; i < seen.log->len; i++)
    {
      rnl_run_log_reader_feed (reader, g_ptr_array_index (seen.log, i), &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (again.json->len, ==, seen.json->len);
  for (guint i = 0; i < seen.json->len; i++)
    {
      g_autofree char *was = json_to_string (g_ptr_array_index (seen.json, i), FALSE);

      request_assert_json (g_ptr_array_index (again.json, i), was);
    }

  g_ptr_array_unref (again.json);
  rnl_run_log_reader_free (reader);
  turn_free (turn);
  seen_clear (&seen);
  fixture_tear_down (&fixture);
}

static void
test_whole (void)
{
  Fixture fixture;
  Seen seen = { 0 };
  Turn *turn;
  RnlMessage *message;
  g_autoptr (JsonObject) body = NULL;

  fixture_set_up (&fixture, &(RnlTestReply){ .body = whole, .content_type = "application/json" });
  turn = ask_agent (&fixture, &seen, FALSE);
  message = rnl_agent_run_get_message (turn->run);
  body = sent_body (&fixture);

  g_assert_cmpstr (turn->text->str, ==, ANSWER);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_LENGTH);
  g_assert_cmpint (rnl_message_get_usage (message)->input, ==, 5);
  g_assert_false (json_object_has_member (body, "stream"));

  turn_free (turn);
  seen_clear (&seen);
  fixture_tear_down (&fixture);
}

/* prompt | model | parser: the template is the prompt, sent as it is. */
static void
test_pipeline (void)
{
  Fixture fixture;
  g_autoptr (RnlPipeline) chain = NULL;
  g_autoptr (PipeRun) run = NULL;
  g_autofree char *outputs = NULL, *events = NULL;
  g_autoptr (JsonObject) body = NULL;

  fixture_set_up (&fixture, &(RnlTestReply){ .body = streamed, .piece = 50 });
  chain = rnl_pipeline_new_steps (RNL_RUNNABLE (rnl_prompt_template_new ("The {bird} says:", NULL)),
                                  rnl_model_step_new (fixture.model), rnl_text_parser_new (), NULL);
  run = pipe_run (RNL_RUNNABLE (chain), "{\"bird\": \"parrot\"}");
  outputs = pipe_join_outputs (run);
  events = pipe_join_events (run);
  body = sent_body (&fixture);

  g_assert_cmpstr (json_object_get_string_member (body, "prompt"), ==, "The parrot says:");
  g_assert_false (json_object_has_member (body, "stop"));
  g_assert_nonnull (strstr (outputs, "wants"));
  g_assert_nonnull (strstr (events, "prompt_end llm_start parser_start "));
  g_assert_nonnull (strstr (events, "llm_stream parser_stream chain_stream"));
  g_assert_true (g_str_has_suffix (events, "llm_end parser_end chain_end"));

  g_clear_pointer (&run, pipe_free);
  g_clear_object (&chain);
  fixture_tear_down (&fixture);
}

/* Errors before the answer and inside it; what came before stays. */
static void
test_errors (void)
{
  static const char broken[]
    = "data: {\"choices\":[{\"text\":\"so far\",\"index\":0}]}\n\n"
      "data: {\"error\":{\"message\":\"The engine is overloaded\",\"type\":\"server_error\"}}\n\n";
  static const struct
  {
    RnlTestReply reply;
    const char *said;
    gint code;
  } cases[] = {
    { { .status = 401,
        .content_type = "application/json",
        .body = "{\"error\":{\"message\":\"Incorrect API key\",\"type\":\"invalid_request_error\","
                "\"code\":\"invalid_api_key\"}}" },
      "",
      RNL_PROVIDER_ERROR_AUTHENTICATION },
    { { .body = broken }, "so far", RNL_PROVIDER_ERROR_OVERLOADED },
    { { .body = "data: {\"choices\":[{\"text\":\"so far\",\"index\":0}]}\n\n" },
      "so far",
      RNL_PROVIDER_ERROR_NETWORK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;
      Seen seen = { 0 };
      Turn *turn;
      const GError *error;

      fixture_set_up (&fixture, &cases[i].reply);
      turn = ask_agent (&fixture, &seen, TRUE);
      error = rnl_message_get_error (rnl_agent_run_get_message (turn->run));

      g_assert_error (error, RNL_PROVIDER_ERROR, cases[i].code);
      g_assert_cmpstr (turn->text->str, ==, cases[i].said);
      g_assert_nonnull (find (&seen, "on_llm_error", 0));
      g_assert_null (find (&seen, "on_llm_end", 0));

      turn_free (turn);
      seen_clear (&seen);
      fixture_tear_down (&fixture);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/completions/prompt", test_prompt);
  g_test_add_func ("/completions/agent", test_agent);
  g_test_add_func ("/completions/recorded", test_recorded);
  g_test_add_func ("/completions/whole", test_whole);
  g_test_add_func ("/completions/pipeline", test_pipeline);
  g_test_add_func ("/completions/errors", test_errors);

  return g_test_run ();
}
