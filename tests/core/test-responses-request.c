/* test-responses-request.c: turns unrolled to what OpenAI's Responses want
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-part-extra.h"
#include "rnl-responses-request.h"
#include "rnl-test.h"
#include "request-harness.h"

static JsonObject *
build (RnlChatRequest *request)
{
  return request_read_body (rnl_responses_request_build (NULL, "tiny", request));
}

static void
assert_member (RnlChatRequest *request, const char *name, const char *wanted)
{
  g_autoptr (JsonObject) body = build (request);

  request_assert_member (body, name, wanted);
}

static RnlPart *
add_part (RnlMessage *message, RnlPart *taken, const char *text, const char *raw)
{
  return raw != NULL ? request_add_item (message, taken, text, "openai-responses", raw)
                     : request_add_part (message, taken, text);
}

static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");
  g_autoptr (JsonObject) plain = build (request);

  g_assert_false (json_object_has_member (plain, "tools"));
  g_assert_false (json_object_has_member (plain, "temperature"));
  assert_member (request, "store", "false");
  assert_member (request, "stream", "true");
  assert_member (request, "include", "['reasoning.encrypted_content']");
  assert_member (request, "input",
                 "[{'type': 'message', 'role': 'user', 'content': [{'type': 'input_text',"
                 " 'text': 'Hi'}]}]");

  request->system = g_strdup ("Be brief.");
  request->max_tokens = 7;
  request->temperature = 0.5;
  request->reasoning_effort = g_strdup ("low");
  request->tool_choice = g_strdup ("any");
  rnl_chat_request_add_tool (request, add);
  assert_member (request, "instructions", "'Be brief.'");
  assert_member (request, "max_output_tokens", "7");
  assert_member (request, "temperature", "0.5");
  assert_member (request, "reasoning", "{'effort': 'low', 'summary': 'auto'}");
  assert_member (request, "tool_choice", "'required'");
  assert_member (request, "tools",
                 "[{'type': 'function', 'name': 'add', 'description': 'Adds', 'parameters':"
                 " {'type': 'object', 'properties': {}}, 'strict': false}]");
}

/* Items go back as they came, but for thoughts that only a server that keeps answers would know;
 * what ran is what goes back, also when a person changed it. */
static void
test_verbatim (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *call = rnl_part_new_tool_call (0, "c1", "add");

  add_part (turn, rnl_part_new (RNL_PART_OPAQUE, 0), "", "{'type': 'reasoning', 'id': 'rs_1'}");
  add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm",
            "{'type': 'reasoning', 'id': 'rs_2', 'encrypted_content': 'x'}");
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_part_set_result (call, "3");
  add_part (turn, call, "{\"x\": 2}",
            "{'type': 'function_call', 'id': 'fc_1', 'call_id': 'c1', 'name': 'add',"
            " 'arguments': '{}'}");
  add_part (turn, rnl_part_new (RNL_PART_TEXT, 1), "Three.", NULL);
  rnl_chat_request_add_message (request, turn);

  assert_member (request, "input",
                 "[{'type': 'message', 'role': 'user', 'content': [{'type': 'input_text',"
                 " 'text': 'Go'}]},"
                 " {'type': 'reasoning', 'id': 'rs_2', 'encrypted_content': 'x'},"
                 " {'type': 'function_call', 'id': 'fc_1', 'call_id': 'c1', 'name': 'add',"
                 "  'arguments': '{\\'x\\': 2}'},"
                 " {'type': 'function_call_output', 'call_id': 'c1', 'output': '3'},"
                 " {'type': 'message', 'role': 'assistant', 'content': 'Three.'}]");
}

/* What only the vendor's own server is known to take. */
static void
test_dialects (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (JsonObject) other = build (request);
  g_autoptr (JsonObject) openai
    = request_read_body (rnl_responses_request_build ("api.openai.com", "tiny", request));

  request_assert_member (openai, "stream_options", "{'include_obfuscation': false}");
  g_assert_true (json_object_has_member (openai, "prompt_cache_key"));
  g_assert_false (json_object_has_member (other, "stream_options"));
  g_assert_false (json_object_has_member (other, "prompt_cache_key"));
}

static void
test_files (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  RnlMessage *message = g_ptr_array_index (request->messages, 0);

  request_add_file (message, "image/png", "iVBORw0KGgo=");
  rnl_part_set_title (request_add_file (message, "application/pdf", "JVBERi0="), "a.pdf");
  assert_member (
    request, "input",
    "[{'type': 'message', 'role': 'user', 'content': [{'type': 'input_image',"
    " 'detail': 'auto', 'image_url': 'data:image/png;base64,iVBORw0KGgo='}, {'type': 'input_file',"
    " 'filename': 'a.pdf', 'file_data': 'data:application/pdf;base64,JVBERi0='},"
    " {'type': 'input_text', 'text': 'What is it?'}]}]");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/responses/request/options", test_options);
  g_test_add_func ("/responses/request/verbatim", test_verbatim);
  g_test_add_func ("/responses/request/files", test_files);
  g_test_add_func ("/responses/request/dialects", test_dialects);

  return g_test_run ();
}
