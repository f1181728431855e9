/* test-openai-request.c: turns unrolled to what Chat Completions wants
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-openai-chat-request.h"
#include "rnl-part-extra.h"
#include "rnl-test.h"
#include "request-harness.h"

#define MODEL "tiny"

static JsonObject *
build (const char *host, RnlChatRequest *request)
{
  return request_read_body (rnl_openai_chat_request_build (host, MODEL, request));
}

static void
assert_messages (RnlChatRequest *request, const char *wanted)
{
  g_autoptr (JsonObject) body = build (NULL, request);

  request_assert_json (json_object_get_member (body, "messages"), wanted);
}

static RnlPart *
add_part (RnlMessage *message, RnlPartType type, guint step, const char *text)
{
  return request_add_part (message, rnl_part_new (type, step), text);
}

static RnlPart *
add_call (RnlMessage *message,
          guint step,
          const char *id,
          const char *name,
          const char *arguments,
          RnlToolState state,
          const char *result)
{
  g_autoptr (RnlPart) part = rnl_part_new_tool_call (step, id, name);

  rnl_part_set_text (part, arguments);
  rnl_part_set_state (part, state);
  rnl_part_set_result (part, result);
  rnl_message_add_part (message, part);

  return part;
}

static void
test_plain (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi \"there\"\n");
  g_autoptr (JsonObject) body = build (NULL, request);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);

  /* Nothing that was not asked for. */
  request_assert_json (
    node, "{'model': 'tiny', 'stream': true, 'stream_options': {'include_usage': true},"
          "'messages': [{'role': 'user', 'content': 'Hi \\'there\\'\\n'}]}");
}

static void
test_options (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");
  g_autoptr (JsonObject) body = NULL;

  request->stream = FALSE;
  request->system = g_strdup ("Be brief.");
  request->max_tokens = 7;
  request->temperature = 0.5;
  request->reasoning_effort = g_strdup ("low");
  request->tool_choice = g_strdup ("any");
  rnl_chat_request_add_tool (request, add);
  body = build (NULL, request);

  g_assert_false (json_object_has_member (body, "stream"));
  g_assert_false (json_object_has_member (body, "stream_options"));
  g_assert_cmpint (json_object_get_int_member (body, "max_tokens"), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (body, "temperature"), ==, 0.5);
  g_assert_cmpstr (json_object_get_string_member (body, "reasoning_effort"), ==, "low");
  g_assert_cmpstr (json_object_get_string_member (body, "tool_choice"), ==, "required");
  request_assert_json (json_object_get_member (body, "tools"),
                       "[{'type': 'function', 'function': {'name': 'add', 'description': 'Adds',"
                       "  'parameters': {'type': 'object', 'properties': {}}}}]");
  assert_messages (request, "[{'role': 'system', 'content': 'Be brief.'},"
                            " {'role': 'user', 'content': 'Hi'}]");
}

static void
test_tool_choice (void)
{
  static const struct
  {
    const char *choice;
    const char *wanted;
  } cases[] = {
    { "auto", "'auto'" },
    { "none", "'none'" },
    { "any", "'required'" },
    { "add", "{'type': 'function', 'function': {'name': 'add'}}" },
  };
  g_autoptr (RnlToolSpec) add = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\"}");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
      g_autoptr (JsonObject) without = NULL;
      g_autoptr (JsonObject) with = NULL;

      request->tool_choice = g_strdup (cases[i].choice);
      without = build (NULL, request);
      g_assert_false (json_object_has_member (without, "tool_choice"));
      rnl_chat_request_add_tool (request, add);
      with = build (NULL, request);
      request_assert_json (json_object_get_member (with, "tool_choice"), cases[i].wanted);
    }
}

static void
test_dialects (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (JsonObject) openai = NULL;
  g_autoptr (JsonObject) mistral = NULL;
  g_autoptr (JsonObject) deepseek = NULL;
  g_autoptr (JsonObject) other = NULL;

  add_part (turn, RNL_PART_REASONING, 0, "hmm");
  add_call (turn, 0, "c1", "add", "{}", RNL_TOOL_DONE, "3");
  rnl_chat_request_add_message (request, turn);
  request->max_tokens = 7;
  openai = build ("api.openai.com", request);
  mistral = build ("api.mistral.ai", request);
  deepseek = build ("api.deepseek.com", request);
  other = build ("localhost:11434", request);

  g_assert_true (json_object_has_member (openai, "max_completion_tokens"));
  g_assert_false (json_object_has_member (openai, "max_tokens"));
  g_assert_true (json_object_has_member (other, "max_tokens"));
  g_assert_false (json_object_has_member (mistral, "stream_options"));
  request_assert_member (openai, "stream_options",
                         "{'include_usage': true, 'include_obfuscation': false}");
  request_assert_member (other, "stream_options", "{'include_usage': true}");
  g_assert_cmpstr (
    json_object_get_string_member (
      json_array_get_object_element (json_object_get_array_member (deepseek, "messages"), 1),
      "reasoning_content"),
    ==, "hmm");
  g_assert_false (json_object_has_member (
    json_array_get_object_element (json_object_get_array_member (other, "messages"), 1),
    "reasoning_content"));
}

static void
test_turn (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("(1 + 2) * 3?");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  add_part (turn, RNL_PART_REASONING, 0, "first add");
  add_part (turn, RNL_PART_TEXT, 0, "Adding.");
  add_call (turn, 0, "c1", "add", "{\"a\": 1, \"b\": 2}", RNL_TOOL_DONE, "3");
  add_call (turn, 0, "c2", "now", "", RNL_TOOL_DONE, "noon");
  add_call (turn, 1, "c3", "multiply", "{\"a\": 3}", RNL_TOOL_FAILED, "b is missing");
  add_part (turn, RNL_PART_TEXT, 2, "It is 9.");
  rnl_chat_request_add_message (request, turn);

  assert_messages (
    request, "[{'role': 'user', 'content': '(1 + 2) * 3?'},"
             " {'role': 'assistant', 'content': 'Adding.', 'tool_calls': ["
             "  {'id': 'c1', 'type': 'function', 'function': {'name': 'add',"
             "   'arguments': '{\\'a\\': 1, \\'b\\': 2}'}},"
             "  {'id': 'c2', 'type': 'function', 'function': {'name': 'now', 'arguments': '{}'}}]},"
             " {'role': 'tool', 'tool_call_id': 'c1', 'content': '3'},"
             " {'role': 'tool', 'tool_call_id': 'c2', 'content': 'noon'},"
             " {'role': 'assistant', 'content': null, 'tool_calls': ["
             "  {'id': 'c3', 'type': 'function', 'function': {'name': 'multiply',"
             "   'arguments': '{\\'a\\': 3}'}}]},"
             " {'role': 'tool', 'tool_call_id': 'c3', 'content': 'b is missing'},"
             " {'role': 'assistant', 'content': 'It is 9.'}]");
}

/* Whatever became of a call, the history has exactly one result for it. */
static void
test_every_state (void)
{
  for (gint state = RNL_TOOL_PREPARING; state <= RNL_TOOL_LIMIT; state++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new ();
      g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
      g_autoptr (JsonObject) body = NULL;
      JsonArray *messages;
      JsonObject *result;

      add_call (turn, 0, "c1", "add", "{\"a\"", (RnlToolState) state, NULL);
      rnl_chat_request_add_message (request, turn);
      body = build (NULL, request);
      messages = json_object_get_array_member (body, "messages");
      g_assert_cmpuint (json_array_get_length (messages), ==, 2);
      result = json_array_get_object_element (messages, 1);
      g_assert_cmpstr (json_object_get_string_member (result, "tool_call_id"), ==, "c1");
      if (state != RNL_TOOL_DONE)
        g_assert_cmpstr (json_object_get_string_member (result, "content"), !=, "");
    }
}

static void
test_broken_calls (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new ();
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  /* Twice the same id, no id, a name no server takes, no name at all, not an object. */
  add_call (turn, 0, "c", "add", "{}", RNL_TOOL_DONE, "1");
  add_call (turn, 0, "c", "add", "{}", RNL_TOOL_DONE, "2");
  add_call (turn, 0, NULL, "no such.tool", "[1]", RNL_TOOL_FAILED, "unknown");
  add_call (turn, 0, "d", NULL, "", RNL_TOOL_CANCELLED, NULL);
  rnl_chat_request_add_message (request, turn);

  assert_messages (
    request, "[{'role': 'assistant', 'content': null, 'tool_calls': ["
             "  {'id': 'c', 'type': 'function', 'function': {'name': 'add', 'arguments': '{}'}},"
             "  {'id': 'call_0_1', 'type': 'function',"
             "   'function': {'name': 'add', 'arguments': '{}'}},"
             "  {'id': 'call_0_2', 'type': 'function',"
             "   'function': {'name': 'no_such_tool', 'arguments': '{}'}}]},"
             " {'role': 'tool', 'tool_call_id': 'c', 'content': '1'},"
             " {'role': 'tool', 'tool_call_id': 'call_0_1', 'content': '2'},"
             " {'role': 'tool', 'tool_call_id': 'call_0_2', 'content': 'unknown'}]");
}

static void
test_empty_turn (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("a");
  g_autoptr (RnlMessage) failed = rnl_message_new (RNL_ROLE_ASSISTANT);

  add_part (failed, RNL_PART_REASONING, 0, "hmm");
  rnl_chat_request_add_message (request, failed);

  assert_messages (request, "[{'role': 'user', 'content': 'a'}]");
}

static void
test_files (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is this?");
  RnlPart *file = add_part (g_ptr_array_index (request->messages, 0), RNL_PART_FILE, 0, "a,b\xff");

  rnl_part_set_title (file, "x.csv");
  assert_messages (
    request, "[{'role': 'user',"
             "  'content': 'What is this?\\n\\nx.csv:\\n```csv\\na,b\357\277\275\\n```\\n'}]");
}

static void
add_file (RnlMessage *message, const char *title, const char *type, const char *data)
{
  RnlPart *file = add_part (message, RNL_PART_FILE, 0, data);

  rnl_part_set_title (file, title);
  rnl_part_set_extra_string (file, RNL_PART_EXTRA_MIME_TYPE, type);
}

/* Images and documents stand before the words about them; what no server reads is left out. */
static void
test_images (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is this?");
  g_autoptr (RnlMessage) bare = rnl_message_new (RNL_ROLE_USER);
  RnlMessage *asked = g_ptr_array_index (request->messages, 0);

  add_file (asked, "x.png", "image/png", "AAAA");
  add_file (asked, "y.pdf", "application/pdf", "BBBB");
  add_file (asked, "z.zip", "application/zip", "CCCC");
  add_file (bare, NULL, "image/jpeg", "DDDD");
  rnl_chat_request_add_message (request, bare);
  assert_messages (
    request, "[{'role': 'user', 'content': ["
             "  {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,AAAA'}},"
             "  {'type': 'file', 'file': {'filename': 'y.pdf',"
             "    'file_data': 'data:application/pdf;base64,BBBB'}},"
             "  {'type': 'text', 'text': 'What is this?'}]},"
             " {'role': 'user', 'content': ["
             "  {'type': 'image_url', 'image_url': {'url': 'data:image/jpeg;base64,DDDD'}}]}]");
}

/* Sealed thinking goes back as it came, to the model it is of. */
static void
test_reasoning_details (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (JsonNode) raw
    = json_from_string ("{\"reasoning_details\": [{\"type\": \"reasoning.encrypted\","
                        " \"data\": \"S\", \"index\": 0}]}",
                        NULL);
  RnlPart *thought = add_part (turn, RNL_PART_REASONING, 0, "hm");

  rnl_part_set_extra (thought, RNL_PART_EXTRA_RAW, raw);
  rnl_part_set_extra_string (thought, RNL_PART_EXTRA_PROTOCOL, "openai-chat");
  add_call (turn, 0, "c", "add", "{}", RNL_TOOL_DONE, "2");
  rnl_message_set_model (turn, "mine/" MODEL);
  rnl_chat_request_add_message (request, turn);
  assert_messages (request,
                   "[{'role': 'user', 'content': 'Go'}, {'role': 'assistant', 'content': null,"
                   "  'reasoning_details':"
                   "    [{'type': 'reasoning.encrypted', 'data': 'S', 'index': 0}],"
                   "  'tool_calls': [{'id': 'c', 'type': 'function', 'function': {'name': 'add',"
                   "    'arguments': '{}'}}]},"
                   " {'role': 'tool', 'tool_call_id': 'c', 'content': '2'}]");

  rnl_message_set_model (turn, "mine/another");
  assert_messages (request,
                   "[{'role': 'user', 'content': 'Go'}, {'role': 'assistant', 'content': null,"
                   "  'tool_calls': [{'id': 'c', 'type': 'function', 'function': {'name': 'add',"
                   "    'arguments': '{}'}}]},"
                   " {'role': 'tool', 'tool_call_id': 'c', 'content': '2'}]");
}

/* What came with a call goes back with it, to the model it is of. */
static void
test_extra_content (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (JsonNode) raw
    = json_from_string ("{\"extra_content\": {\"google\": {\"thought_signature\": \"S\"}}}", NULL);
  RnlPart *call;

  add_call (turn, 0, "c", "add", "{}", RNL_TOOL_DONE, "2");
  call = rnl_message_get_part (turn, 0);
  rnl_part_set_extra (call, RNL_PART_EXTRA_RAW, raw);
  rnl_part_set_extra_string (call, RNL_PART_EXTRA_PROTOCOL, "openai-chat");
  rnl_message_set_model (turn, MODEL);
  rnl_chat_request_add_message (request, turn);
  assert_messages (
    request, "[{'role': 'user', 'content': 'Go'}, {'role': 'assistant', 'content': null,"
             "  'tool_calls': [{'id': 'c', 'type': 'function', 'function': {'name': 'add',"
             "    'arguments': '{}'}, 'extra_content': {'google': {'thought_signature': 'S'}}}]},"
             " {'role': 'tool', 'tool_call_id': 'c', 'content': '2'}]");

  rnl_message_set_model (turn, "another");
  assert_messages (request,
                   "[{'role': 'user', 'content': 'Go'}, {'role': 'assistant', 'content': null,"
                   "  'tool_calls': [{'id': 'c', 'type': 'function', 'function': {'name': 'add',"
                   "    'arguments': '{}'}}]},"
                   " {'role': 'tool', 'tool_call_id': 'c', 'content': '2'}]");
}

/* What no server reads again, although a grammar lets a model write it; the rest stays as it came.
 */
static void
test_large_numbers (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Go");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);

  add_call (turn, 0, "a", "add", "{\"x\": [-4E+400], \"y\":  1}", RNL_TOOL_DONE, "1");
  add_call (turn, 0, "b", "add", "{ \"x\" :1E30 }", RNL_TOOL_DONE, "2");
  rnl_chat_request_add_message (request, turn);
  assert_messages (request,
                   "[{'role': 'user', 'content': 'Go'}, {'role': 'assistant', 'content': null,"
                   "  'tool_calls': [{'id': 'a', 'type': 'function', 'function': {'name': 'add',"
                   "    'arguments': '{\\'x\\':[-1.7976931348623157e+308],\\'y\\':1}'}},"
                   "   {'id': 'b', 'type': 'function', 'function': {'name': 'add',"
                   "    'arguments': '{ \\'x\\' :1E30 }'}}]},"
                   " {'role': 'tool', 'tool_call_id': 'a', 'content': '1'},"
                   " {'role': 'tool', 'tool_call_id': 'b', 'content': '2'}]");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/openai-request/plain", test_plain);
  g_test_add_func ("/openai-request/options", test_options);
  g_test_add_func ("/openai-request/tool-choice", test_tool_choice);
  g_test_add_func ("/openai-request/dialects", test_dialects);
  g_test_add_func ("/openai-request/turn", test_turn);
  g_test_add_func ("/openai-request/every-state", test_every_state);
  g_test_add_func ("/openai-request/broken-calls", test_broken_calls);
  g_test_add_func ("/openai-request/empty-turn", test_empty_turn);
  g_test_add_func ("/openai-request/files", test_files);
  g_test_add_func ("/openai-request/images", test_images);
  g_test_add_func ("/openai-request/large-numbers", test_large_numbers);
  g_test_add_func ("/openai-request/extra-content", test_extra_content);
  g_test_add_func ("/openai-request/reasoning-details", test_reasoning_details);

  return g_test_run ();
}
