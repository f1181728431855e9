/* test-ollama-request.c: turns unrolled to what Ollama wants
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-ollama-request.h"
#include "rnl-part-extra.h"
#include "rnl-test.h"
#include "request-harness.h"

static void
assert_body (RnlChatRequest *request, const char *wanted)
{
  g_autoptr (JsonObject) body = request_read_body (rnl_ollama_request_build ("tiny", request));
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);

  request_assert_json (node, wanted);
}

static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");

  assert_body (
    request, "{'model': 'tiny', 'stream': true, 'messages': [{'role': 'user', 'content': 'Hi'}]}");

  request->stream = FALSE;
  request->system = g_strdup ("Be brief.");
  request->max_tokens = 7;
  request->temperature = 0.5;
  request->reasoning_effort = g_strdup ("low");
  rnl_chat_request_add_tool (request, add);
  assert_body (request,
               "{'model': 'tiny', 'stream': false, 'think': 'low', 'options': {'num_predict': 7,"
               " 'temperature': 0.5}, 'messages': [{'role': 'system', 'content': 'Be brief.'},"
               " {'role': 'user', 'content': 'Hi'}], 'tools': [{'type': 'function', 'function':"
               " {'name': 'add', 'description': 'Adds', 'parameters':"
               " {'type': 'object', 'properties': {}}}}]}");

  request->tool_choice = g_strdup ("none");
  request->system[0] = '\0';
  assert_body (request,
               "{'model': 'tiny', 'stream': false, 'think': 'low', 'options': {'num_predict': 7,"
               " 'temperature': 0.5}, 'messages': [{'role': 'user', 'content': 'Hi'}]}");
}

/* Arguments as objects, thinking with its step, one result for each call, whatever became of it. */
static void
test_turn (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *refused = rnl_part_new_tool_call (0, NULL, "look");

  request_add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm");
  request_add_part (turn, rnl_part_new_tool_call (0, "c1", "add"), "{\"x\": 1");
  rnl_part_set_state (refused, RNL_TOOL_REFUSED);
  request_add_part (turn, refused, "{\"at\": [2]}");
  request_add_part (turn, rnl_part_new (RNL_PART_TEXT, 1), "Done.");
  rnl_chat_request_add_message (request, turn);

  assert_body (
    request,
    "{'model': 'tiny', 'stream': true, 'messages': [{'role': 'user', 'content': 'Go'},"
    " {'role': 'assistant', 'content': '', 'thinking': 'hm', 'tool_calls': ["
    "  {'id': 'c1', 'function': {'name': 'add', 'arguments': {}}},"
    "  {'id': 'call_0_1', 'function': {'name': 'look', 'arguments': {'at': [2]}}}]},"
    " {'role': 'tool', 'content': 'The tool was not run: its arguments were not a complete JSON"
    " object.', 'tool_name': 'add', 'tool_call_id': 'c1'},"
    " {'role': 'tool', 'content': 'The person refused to let this tool run.', 'tool_name': 'look',"
    "  'tool_call_id': 'call_0_1'},"
    " {'role': 'assistant', 'content': 'Done.'}]}");
}

static void
test_image (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  RnlMessage *message = g_ptr_array_index (request->messages, 0);

  request_add_file (message, "image/png", "iVBORw0KGgo=");
  assert_body (request, "{'model': 'tiny', 'stream': true, 'messages': [{'role': 'user',"
                        " 'content': 'What is it?', 'images': ['iVBORw0KGgo=']}]}");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/ollama/request/options", test_options);
  g_test_add_func ("/ollama/request/turn", test_turn);
  g_test_add_func ("/ollama/request/image", test_image);

  return g_test_run ();
}
