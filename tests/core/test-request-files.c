/* test-request-files.c: files in every protocol's shape, or refused before they are sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-attachment.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-request-check.h"
#include "rnl-test.h"
#include "request-harness.h"

/* Two pictures' worth of bytes are enough to see where they go. */
typedef struct
{
  const char *protocol;
  const char *member;
  const char *question;
  const char *result;
} Shape;

static const Shape shapes[] = {
  { "openai-chat", "messages",
    "[{'role': 'user', 'content': ["
    "  {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,iVBO'}},"
    "  {'type': 'text', 'text': 'n.md:\\n```md\\n# N\\n```\\n\\n\\nWhat is it?'}]}]",
    "[{'role': 'user', 'content': 'Look'},"
    " {'role': 'assistant', 'content': null, 'tool_calls': ["
    "  {'id': 'a', 'type': 'function', 'function': {'name': 'shoot', 'arguments': '{}'}},"
    "  {'id': 'b', 'type': 'function', 'function': {'name': 'shoot', 'arguments': '{}'}}]},"
    " {'role': 'tool', 'tool_call_id': 'a', 'content': 'here'},"
    " {'role': 'tool', 'tool_call_id': 'b', 'content': 'dark'},"
    " {'role': 'user', 'content': ["
    "  {'type': 'text', 'text': 'Files from the result of shoot (a):'},"
    "  {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,iVBO'}}]}]" },
  { "openai-responses", "input",
    "[{'type': 'message', 'role': 'user', 'content': ["
    "  {'type': 'input_image', 'detail': 'auto', 'image_url': 'data:image/png;base64,iVBO'},"
    "  {'type': 'input_text', 'text': 'n.md:\\n```md\\n# N\\n```\\n\\n\\nWhat is it?'}]}]",
    "[{'type': 'message', 'role': 'user', 'content': [{'type': 'input_text', 'text': 'Look'}]},"
    " {'type': 'function_call', 'call_id': 'a', 'name': 'shoot', 'arguments': '{}'},"
    " {'type': 'function_call', 'call_id': 'b', 'name': 'shoot', 'arguments': '{}'},"
    " {'type': 'function_call_output', 'call_id': 'a', 'output': ["
    "  {'type': 'input_text', 'text': 'here'},"
    "  {'type': 'input_image', 'detail': 'auto', 'image_url': 'data:image/png;base64,iVBO'}]},"
    " {'type': 'function_call_output', 'call_id': 'b', 'output': 'dark'}]" },
  { "anthropic", "messages",
    "[{'role': 'user', 'content': ["
    "  {'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png',"
    "   'data': 'iVBO'}},"
    "  {'type': 'text', 'text': 'n.md:\\n```md\\n# N\\n```\\n\\n\\nWhat is it?'}]}]",
    "[{'role': 'user', 'content': [{'type': 'text', 'text': 'Look'}]},"
    " {'role': 'assistant', 'content': ["
    "  {'type': 'tool_use', 'id': 'a', 'name': 'shoot', 'input': {}},"
    "  {'type': 'tool_use', 'id': 'b', 'name': 'shoot', 'input': {}}]},"
    " {'role': 'user', 'content': ["
    "  {'type': 'tool_result', 'tool_use_id': 'a', 'content': ["
    "   {'type': 'text', 'text': 'here'},"
    "   {'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png',"
    "    'data': 'iVBO'}}]},"
    "  {'type': 'tool_result', 'tool_use_id': 'b', 'content': 'dark', 'is_error': true}]}]" },
  { "gemini", "contents",
    "[{'role': 'user', 'parts': [{'inlineData': {'mimeType': 'image/png', 'data': 'iVBO'}},"
    "  {'text': 'n.md:\\n```md\\n# N\\n```\\n\\n\\nWhat is it?'}]}]",
    "[{'role': 'user', 'parts': [{'text': 'Look'}]},"
    " {'role': 'model', 'parts': ["
    "  {'functionCall': {'name': 'shoot', 'args': {}},"
    "   'thoughtSignature': 'skip_thought_signature_validator'},"
    "  {'functionCall': {'name': 'shoot', 'args': {}}}]},"
    " {'role': 'user', 'parts': ["
    "  {'functionResponse': {'name': 'shoot', 'response': {'output': 'here'}, 'parts': ["
    "   {'inlineData': {'mimeType': 'image/png', 'data': 'iVBO'}}]}},"
    "  {'functionResponse': {'name': 'shoot', 'response': {'error': 'dark'}}}]}]" },
  { "ollama", "messages",
    "[{'role': 'user', 'content': 'n.md:\\n```md\\n# N\\n```\\n\\n\\nWhat is it?',"
    "  'images': ['iVBO']}]",
    "[{'role': 'user', 'content': 'Look'},"
    " {'role': 'assistant', 'content': '', 'tool_calls': ["
    "  {'id': 'a', 'function': {'name': 'shoot', 'arguments': {}}},"
    "  {'id': 'b', 'function': {'name': 'shoot', 'arguments': {}}}]},"
    " {'role': 'tool', 'content': 'here', 'tool_name': 'shoot', 'tool_call_id': 'a',"
    "  'images': ['iVBO']},"
    " {'role': 'tool', 'content': 'dark', 'tool_name': 'shoot', 'tool_call_id': 'b'}]" },
};

static RnlPart *
new_file (const char *title, const char *mime_type, const char *text)
{
  RnlPart *part = rnl_part_new (RNL_PART_FILE, 0);

  rnl_part_set_title (part, title);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, mime_type);
  rnl_part_set_text (part, text);

  return part;
}

static void
add_file (RnlMessage *message, const char *title, const char *mime_type, const char *text)
{
  g_autoptr (RnlPart) part = new_file (title, mime_type, text);

  rnl_message_add_part (message, part);
}

static void
assert_shape (const Shape *shape, RnlChatRequest *request, const char *wanted)
{
  const RnlProtocol *protocol = rnl_protocol_find (shape->protocol, NULL);
  g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new (
    "https://example.org", protocol->default_path, protocol->method_paths, NULL);
  g_autoptr (JsonObject) body
    = request_read_body (protocol->build_request (endpoint, "tiny", request));

  request_assert_member (body, shape->member, wanted);
}

/* A picture is one, a text file is words under its name; both before the words about them. */
static void
test_question (gconstpointer data)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new ();
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_USER);
  g_autoptr (RnlPart) text = rnl_part_new_text ("What is it?");

  add_file (message, "x.png", "image/png", "iVBO");
  add_file (message, "n.md", "text/markdown", "# N\n");
  rnl_message_add_part (message, text);
  rnl_chat_request_add_message (request, message);

  assert_shape (data, request, ((const Shape *) data)->question);
}

static void
add_call (RnlMessage *turn, const char *id, RnlToolState state, const char *result, RnlPart *file)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, id, "shoot");

  rnl_part_set_state (call, state);
  rnl_part_set_result (call, result);
  if (file != NULL)
    rnl_part_add_child (call, file);
  rnl_message_add_part (turn, call);
}

/* Parallel results: one with a picture, one that is an error. */
static void
test_result (gconstpointer data)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Look");
  g_autoptr (RnlMessage) turn = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) file = new_file ("x.png", "image/png", "iVBO");

  add_call (turn, "a", RNL_TOOL_DONE, "here", file);
  add_call (turn, "b", RNL_TOOL_FAILED, "dark", NULL);
  rnl_chat_request_add_message (request, turn);

  assert_shape (data, request, ((const Shape *) data)->result);
}

/* Before sending. */

static RnlChatRequest *
check (RnlChatRequest *request, const char *protocol, GError **error)
{
  return rnl_request_check_files (request, rnl_protocol_find (protocol, NULL), "tiny", NULL, error);
}

static void
test_taken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
      g_autoptr (RnlChatRequest) checked = NULL;
      g_autoptr (GError) error = NULL;

      add_file (g_ptr_array_index (request->messages, 0), "x.png", "image/png", "iVBO");
      add_file (g_ptr_array_index (request->messages, 0), "n.md", "text/markdown", "# N\n");
      checked = check (request, shapes[i].protocol, &error);
      g_assert_no_error (error);
      g_assert_true (checked == request);
    }
}

/* The error names the file and the model. */
static void
test_refused (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  g_autoptr (GError) error = NULL;

  add_file (g_ptr_array_index (request->messages, 0), "scan.pdf", "application/pdf", "JVBE");
  g_assert_null (check (request, "ollama", &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "scan.pdf"));
  g_assert_nonnull (strstr (error->message, "tiny"));
}

/* A protocol without a list of them would end the program at the first picture. */
static void
test_every_protocol (void)
{
  const char *const *names = rnl_protocol_list_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
      g_autoptr (RnlChatRequest) checked = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_text = g_str_equal (names[i], "openai-completions");

      add_file (g_ptr_array_index (request->messages, 0), "x.png", "image/png", "iVBO");
      checked = check (request, names[i], &error);
      g_assert_true ((checked == NULL) == is_text);
      if (is_text)
        g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_UNSUPPORTED);
    }
}

/* What is known of the model counts, what is not known is left to the server. */
static void
test_abilities (void)
{
  const RnlProtocol *protocol = rnl_protocol_find ("openai-chat", NULL);
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  g_autoptr (RnlModelInfo) info = rnl_model_info_new ("tiny", NULL, 0);
  g_autoptr (RnlChatRequest) unknown = NULL;
  g_autoptr (RnlChatRequest) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (rnl_request_has_files (request));
  add_file (g_ptr_array_index (request->messages, 0), "x.png", "image/png", "iVBO");
  g_assert_true (rnl_request_has_files (request));
  unknown = rnl_request_check_files (request, protocol, "tiny", info, &error);
  g_assert_no_error (error);
  g_assert_true (unknown == request);
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_IMAGES, FALSE);
  refused = rnl_request_check_files (request, protocol, "tiny", info, &error);
  g_assert_null (refused);
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_UNSUPPORTED);
}

/* What an earlier model was shown is no hindrance: a word stands for it. */
static void
test_earlier (void)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is it?");
  g_autoptr (RnlMessage) again = rnl_message_new_text (RNL_ROLE_USER, "And now?");
  g_autoptr (RnlChatRequest) checked = NULL;
  g_autoptr (GError) error = NULL;
  RnlMessage *first = g_ptr_array_index (request->messages, 0);
  g_autofree char *text = NULL;

  add_file (first, "scan.pdf", "application/pdf", "JVBE");
  add_file (first, "lost.png", "image/png", "");
  rnl_chat_request_add_message (request, again);

  checked = check (request, "ollama", &error);
  g_assert_no_error (error);
  g_assert_true (checked != request);
  text = rnl_message_dup_text (g_ptr_array_index (checked->messages, 0));
  g_assert_nonnull (strstr (text, "“scan.pdf”, a PDF"));
  g_assert_nonnull (strstr (text, "“lost.png”, a picture"));
  g_assert_nonnull (strstr (text, "deleted"));
  g_assert_true (g_ptr_array_index (checked->messages, 1) == again);

  /* The chat itself has lost nothing. */
  g_assert_true (g_ptr_array_index (request->messages, 0) == first);
  g_assert_cmpuint (rnl_message_get_n_parts (first), ==, 3);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *question
        = g_strconcat ("/request-files/", shapes[i].protocol, "/question", NULL);
      g_autofree char *result
        = g_strconcat ("/request-files/", shapes[i].protocol, "/result", NULL);

      g_test_add_data_func (question, &shapes[i], test_question);
      g_test_add_data_func (result, &shapes[i], test_result);
    }
  g_test_add_func ("/request-files/taken", test_taken);
  g_test_add_func ("/request-files/refused", test_refused);
  g_test_add_func ("/request-files/every-protocol", test_every_protocol);
  g_test_add_func ("/request-files/abilities", test_abilities);
  g_test_add_func ("/request-files/earlier", test_earlier);

  return g_test_run ();
}
