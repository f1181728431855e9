/* test-gemini-request.c: turns unrolled to what Gemini wants
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-gemini-request.h"
#include "rnl-part-extra.h"
#include "rnl-protocol.h"
#include "rnl-test.h"
#include "request-harness.h"

static void
assert_member (RnlChatRequest *request, const char *name, const char *wanted)
{
  g_autoptr (JsonObject) body
    = request_read_body (rnl_gemini_request_build (NULL, "gemini-3-pro", request));

  request_assert_member (body, name, wanted);
}

static RnlPart *
add_part (RnlMessage *message, RnlPart *taken, const char *text, const char *raw)
{
  return raw != NULL ? request_add_item (message, taken, text, "gemini", raw)
                     : request_add_part (message, taken, text);
}

static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");

  request->system = g_strdup ("Be brief.");
  request->max_tokens = 7;
  request->temperature = 0.5;
  request->reasoning_effort = g_strdup ("low");
  request->tool_choice = g_strdup ("add");
  rnl_chat_request_add_tool (request, add);
  assert_member (request, "systemInstruction", "{'parts': [{'text': 'Be brief.'}]}");
  assert_member (request, "contents", "[{'role': 'user', 'parts': [{'text': 'Hi'}]}]");
  assert_member (request, "generationConfig",
                 "{'maxOutputTokens': 7, 'temperature': 0.5, 'thinkingConfig':"
                 " {'thinkingLevel': 'LOW', 'includeThoughts': true}}");
  assert_member (request, "toolConfig",
                 "{'functionCallingConfig': {'mode': 'ANY', 'allowedFunctionNames': ['add']}}");
  assert_member (request, "tools",
                 "[{'functionDeclarations': [{'name': 'add', 'description': 'Adds',"
                 " 'parametersJsonSchema': {'type': 'object', 'properties': {}}}]}]");
}

/* The signature stays with its part, a call keeps the id it had or had not, and an edited call goes
 * back as it ran. */
static void
test_verbatim (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  RnlPart *first = rnl_part_new_tool_call (0, "call_0_0", "add");
  RnlPart *second = rnl_part_new_tool_call (0, "g7", "mul");

  add_part (turn, rnl_part_new (RNL_PART_REASONING, 0), "hm", NULL);
  rnl_part_set_state (first, RNL_TOOL_DONE);
  rnl_part_set_result (first, "3");
  add_part (turn, first, "{\"x\": 2}",
            "{'functionCall': {'name': 'add', 'args': {'x': 1}}, 'thoughtSignature': 's'}");
  rnl_part_set_state (second, RNL_TOOL_FAILED);
  rnl_part_set_result (second, "no");
  add_part (turn, second, "{}", "{'functionCall': {'name': 'mul', 'args': {}, 'id': 'g7'}}");
  add_part (turn, rnl_part_new (RNL_PART_TEXT, 1), "Three.", "{'thoughtSignature': 't'}");
  rnl_chat_request_add_message (request, turn);

  assert_member (
    request, "contents",
    "[{'role': 'user', 'parts': [{'text': 'Go'}]},"
    " {'role': 'model', 'parts': ["
    "  {'functionCall': {'name': 'add', 'args': {'x': 2}}, 'thoughtSignature': 's'},"
    "  {'functionCall': {'name': 'mul', 'args': {}, 'id': 'g7'}}]},"
    " {'role': 'user', 'parts': ["
    "  {'functionResponse': {'name': 'add', 'response': {'output': '3'}}},"
    "  {'functionResponse': {'id': 'g7', 'name': 'mul', 'response': {'error': 'no'}}}]},"
    " {'role': 'model', 'parts': [{'text': 'Three.', 'thoughtSignature': 't'}]}]");
}

/* What another model called has no signature; the vendor wants that said, once a step. */
static void
test_converted (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  request_add_file (turn, "image/png", "iVBORw0KGgo=");
  add_part (turn, rnl_part_new_tool_call (0, "a", "look"), "", NULL);
  add_part (turn, rnl_part_new_tool_call (0, "b", "look"), "", NULL);
  rnl_chat_request_add_message (request, turn);

  assert_member (request, "contents",
                 "[{'role': 'user', 'parts': [{'text': 'Go'}]},"
                 " {'role': 'model', 'parts': ["
                 "  {'inlineData': {'mimeType': 'image/png', 'data': 'iVBORw0KGgo='}},"
                 "  {'functionCall': {'name': 'look', 'args': {}}, 'thoughtSignature':"
                 "   'skip_thought_signature_validator'},"
                 "  {'functionCall': {'name': 'look', 'args': {}}}]},"
                 " {'role': 'user', 'parts': ["
                 "  {'functionResponse': {'name': 'look', 'response': {'error':"
                 "   'The call was interrupted and has no result.'}}},"
                 "  {'functionResponse': {'name': 'look', 'response': {'error':"
                 "   'The call was interrupted and has no result.'}}}]}]");
}

static void
test_address (void)
{
  const RnlProtocol *protocol = rnl_protocol_find ("gemini", NULL);
  g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new (
    "https://example.org?key=x", protocol->default_path, protocol->method_paths, NULL);
  g_autofree char *path = protocol->dup_path ("tiny", TRUE);
  g_autofree char *uri = rnl_endpoint_dup_uri (endpoint, path);

  g_assert_cmpstr (uri, ==,
                   "https://example.org/v1beta/models/tiny:streamGenerateContent?alt=sse&key=x");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/gemini/request/options", test_options);
  g_test_add_func ("/gemini/request/verbatim", test_verbatim);
  g_test_add_func ("/gemini/request/converted", test_converted);
  g_test_add_func ("/gemini/address", test_address);

  return g_test_run ();
}
