/* test-chat-request.c: what a model was asked, written down so that it can be asked again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-chat-request.h"
#include "rnl-json-error.h"
#include "rnl-part-extra.h"
#include "rnl-request-params.h"
#include "rnl-test.h"
#include "request-harness.h"
#include "rnl-trace-repeat.h"

static void
assert_json (RnlChatRequest *request, const char *quoted)
{
  g_autoptr (JsonNode) got = rnl_chat_request_to_json (request);

  request_assert_json (got, quoted);
}

/* What was written down says the same when it was read. */
static void
assert_way_back (RnlChatRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) was = rnl_chat_request_to_json (request);
  g_autoptr (RnlChatRequest) again = rnl_chat_request_new_from_json (was, &error);
  g_autofree char *wanted = json_to_string (was, FALSE);

  g_assert_no_error (error);
  assert_json (again, wanted);
}

static void
add_call (RnlMessage *message, guint step, const char *id, RnlToolState state, const char *result)
{
  RnlPart *call
    = request_add_part (message, rnl_part_new_tool_call (step, id, "add"), "{\"x\": 1}");

  rnl_part_set_state (call, state);
  rnl_part_set_result (call, result);
}

static void
test_plain (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlMessage) said = rnl_message_new_text (RNL_ROLE_ASSISTANT, "Hello.");
  g_autoptr (RnlMessage) broken = rnl_message_new_text (RNL_ROLE_USER, "a\xff");

  rnl_chat_request_add_message (request, said);
  rnl_chat_request_add_message (request, broken);
  assert_json (request, "{'messages': [{'role': 'user', 'content': 'Hi'},"
                        " {'role': 'assistant', 'content': 'Hello.'},"
                        " {'role': 'user', 'content': 'a\357\277\275'}]}");
  assert_way_back (request);
}

/* What is set, and nothing else. */
static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\"}");

  request->system = g_strdup ("Be brief.");
  request->tool_choice = g_strdup ("any");
  request->reasoning_effort = g_strdup ("low");
  request->max_tokens = 7;
  request->temperature = 0;
  request->top_p = 0.5;
  request->num_ctx = 4096;
  request->stop = g_strsplit ("END,.", ",", -1);
  request->schema = request_parse ("{'type': 'object'}");
  request->schema_name = g_strdup ("thing");
  rnl_chat_request_add_tool (request, add);
  assert_json (request,
               "{'messages': [{'role': 'user', 'content': 'Hi'}], 'tools': [{'name': 'add',"
               " 'description': 'Adds', 'parameters': {'type': 'object'}}],"
               " 'params': {'system': 'Be brief.', 'tool_choice': 'any', 'reasoning_effort': 'low',"
               " 'max_tokens': 7, 'num_ctx': 4096, 'temperature': 0.0, 'top_p': 0.5,"
               " 'stop': ['END', '.'], 'schema': {'type': 'object'}, 'schema_name': 'thing'}}");
  assert_way_back (request);
}

/* A copy is the same question, and can be changed alone. */
static void
test_copy (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlChatRequest) copy = NULL;
  g_autoptr (JsonNode) before = NULL;

  request->system = g_strdup ("Be brief.");
  request->answer_tool = g_strdup ("final_answer");
  request->top_p = 0.5;
  request->num_ctx = 4096;
  request->stop = g_strsplit ("END", ",", -1);
  request->schema = request_parse ("{'type': 'object'}");
  request->schema_name = g_strdup ("thing");
  before = rnl_chat_request_to_json (request);
  copy = rnl_chat_request_copy (request);
  g_clear_pointer (&request, rnl_chat_request_unref);

  g_assert_cmpstr (copy->answer_tool, ==, "final_answer");
  {
    g_autoptr (JsonNode) after = rnl_chat_request_to_json (copy);

    g_assert_true (json_node_equal (before, after));
  }
}

/* What a config says goes over what the request had; what is of the wrong kind does not. */
static void
test_params (void)
{
  static const char *const params
    = "{'temperature': 1, 'top_p': 0.25, 'max_tokens': 9.0, 'num_ctx': 64, 'stop': 'END',"
      " 'tool_choice': 'none', 'reasoning_effort': 'high', 'schema': {}, 'schema_name': 'x'}";
  static const char *const wrong
    = "{'temperature': '1', 'top_p': null, 'max_tokens': -1, 'num_ctx': [], 'stop': 3,"
      " 'tool_choice': 1, 'reasoning_effort': true, 'schema': 'x', 'schema_name': {}}";
  static const char *const wanted
    = "{'messages': [{'role': 'user', 'content': 'Hi'}], 'params': {'tool_choice': 'none',"
      " 'reasoning_effort': 'high', 'max_tokens': 9, 'num_ctx': 64, 'temperature': 1.0,"
      " 'top_p': 0.25, 'stop': ['END'], 'schema': {}, 'schema_name': 'x'}}";
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  const char *const both[] = { params, wrong };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
      g_autoptr (JsonNode) node = request_parse (both[i]);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &value))
        rnl_run_config_set_param (config, name, value);
      rnl_chat_request_apply_params (request, config);
      assert_json (request, wanted);
    }
}

static void
test_turn (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  request_add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm");
  request_add_part (turn, rnl_part_new (RNL_PART_TEXT, 0), "I add.");
  add_call (turn, 0, "c1", RNL_TOOL_DONE, "2");
  add_call (turn, 0, "c2", RNL_TOOL_REFUSED, NULL);
  request_add_part (turn, rnl_part_new (RNL_PART_TEXT, 1), "Two.");
  rnl_chat_request_add_message (request, turn);
  assert_json (request,
               "{'messages': [{'role': 'user', 'content': 'Go'}, {'role': 'assistant',"
               " 'content': 'I add.', 'tool_calls': [{'id': 'c1', 'name': 'add', 'args': {'x': 1}},"
               " {'id': 'c2', 'name': 'add', 'args': {'x': 1}}]},"
               " {'role': 'tool', 'tool_call_id': 'c1', 'content': '2'},"
               " {'role': 'tool', 'tool_call_id': 'c2', 'is_error': true,"
               "  'content': 'The person refused to let this tool run.'},"
               " {'role': 'assistant', 'content': 'Two.'}]}");
  assert_way_back (request);
}

/* What cannot be asked again is refused, not asked otherwise. */
static void
test_bad (void)
{
  static const char *const bad[] = {
    "[]",
    "{}",
    "{'messages': []}",
    "{'messages': [{'role': 'user'}]}",
    "{'messages': [{'role': 'owl', 'content': 'hu'}]}",
    "{'messages': [{'role': 'tool', 'content': '2', 'tool_call_id': 'c'}]}",
    "{'messages': [{'role': 'user', 'content': 'a', 'files': [{'mime_type': 'image/png'}]}]}",
    "{'messages': [{'role': 'user', 'content': 'a'}], 'tools': [{'name': 'add'}]}",
    "{'prompts': [7]}",
  };
  g_autoptr (JsonNode) prompt
    = request_parse ("{'prompts': ['Once'], 'params': {'max_tokens': 3}}");
  g_autoptr (RnlChatRequest) plain = rnl_chat_request_new_from_json (prompt, NULL);

  assert_json (plain, "{'messages': [{'role': 'user', 'content': 'Once'}],"
                      " 'params': {'max_tokens': 3}}");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) json = request_parse (bad[i]);

      g_assert_null (rnl_chat_request_new_from_json (json, &error));
      g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA);
    }
}

static RnlTraceRepeat
get_repeat (RnlChatRequest *request, const char *output)
{
  g_autoptr (JsonObject) entry = json_object_new ();

  json_object_set_string_member (entry, "type", "chat_model");
  json_object_set_member (entry, "inputs", rnl_chat_request_to_json (request));
  json_object_set_member (entry, "final_output", request_parse (output));

  return rnl_trace_get_repeat (entry);
}

/* A recording says of itself whether the call can be made again. */
static void
test_repeat (void)
{
  static const char *const calling = "{'content': '', 'tool_calls': [{'name': 'add'}]}";
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\"}");
  RnlPart *file;

  g_assert_cmpint (get_repeat (request, "{'content': 'a'}"), ==, RNL_TRACE_REPEAT_YES);
  g_assert_cmpint (get_repeat (request, calling), ==, RNL_TRACE_REPEAT_NO_TOOLS);
  rnl_chat_request_add_tool (request, add);
  g_assert_cmpint (get_repeat (request, calling), ==, RNL_TRACE_REPEAT_YES);

  /* Text goes in whole; an image is named only. */
  file = request_add_part (g_ptr_array_index (request->messages, 0),
                           rnl_part_new (RNL_PART_FILE, 0), "a,b");
  rnl_part_set_title (file, "x.csv");
  g_assert_cmpint (get_repeat (request, calling), ==, RNL_TRACE_REPEAT_YES);
  rnl_part_set_extra_string (file, RNL_PART_EXTRA_MIME_TYPE, "image/png");
  g_assert_cmpint (get_repeat (request, calling), ==, RNL_TRACE_REPEAT_NO_FILES);
}

static void
test_files (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is this?");
  RnlMessage *message = g_ptr_array_index (request->messages, 0);
  RnlPart *text = request_add_part (message, rnl_part_new (RNL_PART_FILE, 0), "a,b");
  RnlPart *image = request_add_part (message, rnl_part_new (RNL_PART_FILE, 0), "AAAA");

  rnl_part_set_title (text, "x.csv");
  rnl_part_set_title (image, "x.png");
  rnl_part_set_extra_string (image, RNL_PART_EXTRA_MIME_TYPE, "image/png");
  assert_json (request, "{'messages': [{'role': 'user',"
                        " 'content': 'What is this?\\n\\nx.csv:\\n```csv\\na,b\\n```\\n',"
                        " 'files': [{'name': 'x.png', 'mime_type': 'image/png'}]}]}");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/chat-request/plain", test_plain);
  g_test_add_func ("/chat-request/options", test_options);
  g_test_add_func ("/chat-request/copy", test_copy);
  g_test_add_func ("/chat-request/params", test_params);
  g_test_add_func ("/chat-request/turn", test_turn);
  g_test_add_func ("/chat-request/bad", test_bad);
  g_test_add_func ("/chat-request/repeat", test_repeat);
  g_test_add_func ("/chat-request/files", test_files);

  return g_test_run ();
}
