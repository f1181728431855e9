/* test-anthropic-request.c: turns unrolled to what Anthropic's Messages want
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-anthropic-request.h"
#include "rnl-part-extra.h"
#include "rnl-test.h"
#include "request-harness.h"

static JsonObject *
build (const char *host, RnlChatRequest *request)
{
  return request_read_body (rnl_anthropic_request_build (host, "tiny", request));
}

static void
assert_messages (RnlChatRequest *request, const char *wanted)
{
  g_autoptr (JsonObject) body = build (NULL, request);

  request_assert_member (body, "messages", wanted);
}

static RnlPart *
add_part (RnlMessage *message, RnlPart *taken, const char *text, const char *raw)
{
  return raw != NULL ? request_add_item (message, taken, text, "anthropic", raw)
                     : request_add_part (message, taken, text);
}

/* A number that no double holds is the largest there is, as it was for the tool; never `null`. */
static void
test_large_number (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlMessage) answer = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c1", "add");
  g_autoptr (JsonObject) body = NULL;
  JsonObject *use;

  rnl_part_append (call, "{\"x\": 1e999}", -1);
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_message_add_part (answer, call);
  rnl_chat_request_add_message (request, answer);
  body = build (NULL, request);
  use = json_array_get_object_element (
    json_object_get_array_member (
      json_array_get_object_element (json_object_get_array_member (body, "messages"), 1),
      "content"),
    0);
  g_assert_cmpfloat (
    json_object_get_double_member (json_object_get_object_member (use, "input"), "x"), ==,
    G_MAXDOUBLE);
}

static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");
  g_autoptr (JsonObject) plain = build ("localhost:1234", request);
  g_autoptr (JsonObject) body = NULL;

  g_assert_cmpint (json_object_get_int_member (plain, "max_tokens"), ==, 8192);
  g_assert_false (json_object_has_member (plain, "cache_control"));
  g_assert_false (json_object_has_member (plain, "system"));

  request->system = g_strdup ("Be brief.");
  request->max_tokens = 7;
  request->temperature = 0.5;
  request->reasoning_effort = g_strdup ("low");
  request->tool_choice = g_strdup ("add");
  rnl_chat_request_add_tool (request, add);
  body = build ("api.anthropic.com", request);
  request_assert_member (body, "max_tokens", "7");
  request_assert_member (body, "system",
                         "[{'type': 'text', 'text': 'Be brief.',"
                         "  'cache_control': {'type': 'ephemeral'}}]");
  request_assert_member (body, "messages",
                         "[{'role': 'user', 'content': [{'type': 'text', 'text': 'Hi',"
                         "  'cache_control': {'type': 'ephemeral'}}]}]");
  /* Who must call does not think first. */
  g_assert_false (json_object_has_member (body, "thinking"));
  request_assert_member (body, "output_config", "{'effort': 'low'}");
  request_assert_member (body, "tool_choice", "{'type': 'tool', 'name': 'add'}");
  request_assert_member (body, "tools",
                         "[{'name': 'add', 'description': 'Adds', 'input_schema':"
                         " {'type': 'object', 'properties': {}},"
                         "  'cache_control': {'type': 'ephemeral'}}]");
  g_assert_false (json_object_has_member (body, "temperature"));
}

/* Thinking with its signature stands before its call; results open the next message; what ran is
 * what goes back, also when a person changed it. */
static void
test_verbatim (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *call = rnl_part_new_tool_call (0, "c1", "add");

  add_part (turn, rnl_part_new (RNL_PART_OPAQUE, 0), "",
            "{'type': 'redacted_thinking', 'data': 'x'}");
  add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm",
            "{'type': 'thinking', 'thinking': 'hm', 'signature': 's'}");
  add_part (turn, rnl_part_new (RNL_PART_TEXT, 0), "So: ab",
            "[{'type': 'text', 'text': 'So: '}, {'type': 'text', 'text': ''},"
            " {'type': 'text', 'text': 'ab', 'citations': []}]");
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_part_set_result (call, "3");
  add_part (turn, call, "{\"x\": 2}",
            "{'type': 'tool_use', 'id': 'c1', 'name': 'add', 'input': {'x': 1}, 'caller': 'me'}");
  rnl_chat_request_add_message (request, turn);

  assert_messages (
    request,
    "[{'role': 'user', 'content': [{'type': 'text', 'text': 'Go'}]},"
    " {'role': 'assistant', 'content': [{'type': 'redacted_thinking', 'data': 'x'},"
    "  {'type': 'thinking', 'thinking': 'hm', 'signature': 's'}, {'type': 'text', 'text': 'So: '},"
    "  {'type': 'text', 'text': 'ab', 'citations': []},"
    "  {'type': 'tool_use', 'id': 'c1', 'name': 'add', 'input': {'x': 2}, 'caller': 'me'}]},"
    " {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'c1',"
    "  'content': '3'}]}]");
  /* The part still holds what came. */
  g_assert_cmpint (
    json_object_get_int_member (
      json_object_get_object_member (
        json_node_get_object (rnl_part_get_extra (call, RNL_PART_EXTRA_RAW)), "input"),
      "x"),
    ==, 1);
}

/* What another protocol said: thoughts stay behind, text and calls come along. */
static void
test_converted (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *foreign = rnl_part_new (RNL_PART_OPAQUE, 0);
  RnlPart *refused = rnl_part_new_tool_call (0, NULL, "look");

  add_part (turn, foreign, "", "{'type': 'reasoning', 'encrypted_content': 'x'}");
  rnl_part_set_extra_string (foreign, RNL_PART_EXTRA_PROTOCOL, "openai-responses");
  add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm", NULL);
  add_part (turn, rnl_part_new (RNL_PART_TEXT, 0), "Let me see.", NULL);
  rnl_part_set_state (refused, RNL_TOOL_REFUSED);
  add_part (turn, refused, "", NULL);
  rnl_chat_request_add_message (request, turn);

  assert_messages (
    request,
    "[{'role': 'user', 'content': [{'type': 'text', 'text': 'Go'}]},"
    " {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Let me see.'},"
    "  {'type': 'tool_use', 'id': 'call_0_0', 'name': 'look', 'input': {}}]},"
    " {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': 'call_0_0', 'content':"
    "  'The person refused to let this tool run.', 'is_error': true}]}]");
}

static void
test_files (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  RnlMessage *message = g_ptr_array_index (request->messages, 0);

  request_add_file (message, "image/png", "iVBORw0KGgo=");
  request_add_file (message, "application/pdf", "JVBERi0=");
  assert_messages (
    request,
    "[{'role': 'user', 'content': [{'type': 'image', 'source': {'type': 'base64', 'media_type':"
    " 'image/png', 'data': 'iVBORw0KGgo='}}, {'type': 'document', 'title': 'attachment', 'source': "
    "{'type': 'base64',"
    " 'media_type': 'application/pdf', 'data': 'JVBERi0='}},"
    " {'type': 'text', 'text': 'What is it?'}]}]");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/anthropic/request/options", test_options);
  g_test_add_func ("/anthropic/request/verbatim", test_verbatim);
  g_test_add_func ("/anthropic/request/converted", test_converted);
  g_test_add_func ("/anthropic/request/files", test_files);
  g_test_add_func ("/anthropic/request/large-number", test_large_number);

  return g_test_run ();
}
