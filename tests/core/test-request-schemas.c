/* test-request-schemas.c: every request is one that its vendor's types allow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "request-harness.h"
#include "request-schemas.h"
#include "rnl-http-model.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"
#include "rnl-protocol.h"
#include "rnl-provider-error.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

static void
assert_allowed (const RequestTarget *target, JsonNode *schema, JsonNode *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (request_schema_check (schema, body, &error))
    return;
  text = rnl_json_to_string (body, FALSE);
  g_error ("%s, %s, %s: %s in\n%s", target->protocol, target->host, target->model, error->message,
           text);
}

/* Every scenario, in every dialect. */
static void
test_scenarios (void)
{
  for (guint i = 0; i < request_n_targets; i++)
    {
      const RequestTarget *target = &request_targets[i];
      g_autoptr (JsonNode) schema = request_schema_load (target);

      for (guint k = 0; k < request_n_scenarios; k++)
        for (guint stream = 0; stream < 2; stream++)
          {
            g_autoptr (RequestOfTest) request = request_scenarios[k].make (target->protocol);
            g_autoptr (JsonNode) body = NULL;

            request->stream = stream != 0;
            g_test_message ("%s %s %s", target->protocol, target->host, request_scenarios[k].name);
            body = request_target_build (target, request);
            assert_allowed (target, schema, body);
          }
    }
}

/* A server that reads what it is sent. */

typedef struct
{
  const RequestTarget *target;
  const char *path;
  const char *answer;
  JsonNode *schema;
  GPtrArray *refusals; /* of char *, kept while the server may still write them */
} Reader;

static void
read_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  Reader *reader = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = rnl_json_strict_parse (request->body, -1, &error);

  reply->content_type = "application/json";
  /* What is asked about the model itself is no question to it. */
  if (!g_str_equal (request->path, reader->path))
    {
      reply->status = 404;
      return;
    }
  if (error == NULL && request_schema_check (reader->schema, body, &error))
    {
      reply->body = reader->answer;
      return;
    }
  reply->status = 400;
  reply->body = g_strdup_printf ("{\"error\": {\"message\": \"%s\"}}", error->message);
  g_ptr_array_add (reader->refusals, (char *) reply->body);
}

static const struct
{
  const char *protocol;
  const char *path;
  const char *answer;
} servers[] = {
  { "openai-chat", "/v1/chat/completions",
    "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},"
    "\"finish_reason\":\"stop\"}]}" },
  { "openai-responses", "/v1/responses",
    "{\"id\":\"r\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"id\":\"m\","
    "\"role\":\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\","
    "\"text\":\"ok\",\"annotations\":[]}]}]}" },
  { "anthropic", "/v1/messages",
    "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
    "\"text\":\"ok\"}],\"stop_reason\":\"end_turn\"}" },
  { "gemini", "/v1beta/models/tiny:generateContent",
    "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"ok\"}]},"
    "\"finishReason\":\"STOP\"}]}" },
  { "ollama", "/api/chat",
    "{\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},\"done\":true,"
    "\"done_reason\":\"stop\"}" },
};

static const RequestTarget *
find_target (const char *protocol)
{
  for (guint i = 0; i < request_n_targets; i++)
    if (g_str_equal (request_targets[i].protocol, protocol))
      return &request_targets[i];

  g_assert_not_reached ();
}

static guint
count_questions (RnlTestServer *server, Reader *reader)
{
  guint n = 0;

  for (guint i = 0; i < rnl_test_server_get_n_requests (server); i++)
    if (g_str_equal (rnl_test_server_get_request (server, i)->path, reader->path))
      n++;

  return n;
}

static void
ask_everything (RnlTestServer *server, Reader *reader)
{
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (GError) error = NULL;
  rnl_test_last RnlChatModel *model
    = rnl_http_model_new (reader->target->protocol, url, "tiny", "key", &error);

  g_assert_no_error (error);
  for (guint k = 0; k < request_n_scenarios; k++)
    {
      g_autoptr (RequestOfTest) request = request_scenarios[k].make (reader->target->protocol);
      g_autoptr (WireAnswer) answer = wire_answer_new ();

      request->stream = FALSE;
      g_assert_true (wire_answer_ask (answer, model, request, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (answer->text->str, ==, "ok");
    }
  g_assert_cmpuint (count_questions (server, reader), ==, request_n_scenarios);
}

static void
test_served (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      const RequestTarget *target = find_target (servers[i].protocol);
      Reader reader = { target, servers[i].path, servers[i].answer };
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();

      reader.schema = request_schema_load (target);
      reader.refusals = g_ptr_array_new_with_free_func (g_free);
      rnl_test_server_set_handler (server, read_cb, &reader);
      ask_everything (server, &reader);
      g_clear_pointer (&server, rnl_test_server_free);
      json_node_unref (reader.schema);
      g_ptr_array_unref (reader.refusals);
    }
}

/* The server does refuse: a request with what its protocol does not know is not answered. */
static void
test_served_refused (void)
{
  const RequestTarget *target = find_target ("openai-chat");
  Reader reader = { target, "/v1/chat/completions", servers[0].answer };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (GError) error = NULL;
  rnl_test_last RnlChatModel *model = rnl_http_model_new ("openai-chat", url, "tiny", NULL, &error);
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (WireAnswer) answer = wire_answer_new ();

  g_assert_no_error (error);
  request->temperature = 3;
  reader.schema = request_schema_load (target);
  reader.refusals = g_ptr_array_new_with_free_func (g_free);
  rnl_test_server_set_handler (server, read_cb, &reader);
  g_assert_false (wire_answer_ask (answer, model, request, NULL, &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (error->message, "/temperature must be at most 2"));
  g_clear_pointer (&server, rnl_test_server_free);
  json_node_unref (reader.schema);
  g_ptr_array_unref (reader.refusals);
}

/* The schemas themselves. */

static void
check_references (JsonNode *node, JsonObject *definitions)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *reference = rnl_json_object_get_string (object, "$ref");
  JsonObjectIter iter;
  JsonNode *member;

  if (reference != NULL)
    {
      g_assert_true (g_str_has_prefix (reference, "#/$defs/"));
      g_assert_true (json_object_has_member (definitions, reference + strlen ("#/$defs/")));
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    check_references (json_array_get_element (array, i), definitions);
  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    check_references (member, definitions);
}

/* A reference to nothing would allow everything. */
static void
test_references (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (JsonNode) schema = request_schema_load (find_target (servers[i].protocol));

      check_references (schema,
                        json_object_get_object_member (json_node_get_object (schema), "$defs"));
    }
}

static const struct
{
  const char *protocol;
  const char *body;
  const char *message;
} wrong[] = {
  { "openai-chat", "{'messages': [{'role': 'user', 'content': 'a'}]}", "/model is missing" },
  { "openai-chat", "{'model': 'm', 'messages': []}", "/messages must have at least 1 elements" },
  { "openai-chat", "{'model': 'm', 'messages': [{'role': 'user', 'content': 'a'}], 'top_k': 1}",
    "/top_k is not known here" },
  { "openai-chat", "{'model': 'm', 'messages': [{'role': 'user', 'content': 'a', 'id': 1}]}",
    "/messages/0/id is not known here" },
  { "openai-chat", "{'model': 'm', 'messages': [{'role': 'tool', 'content': 'a'}]}",
    "/messages/0/tool_call_id is missing" },
  { "openai-chat",
    "{'model': 'm', 'messages': [{'role': 'tool', 'content': 'a', 'tool_call_id': 'x'}]}",
    "x is no call that waits for a result" },
  { "openai-chat",
    "{'model': 'm', 'messages': [{'role': 'assistant', 'content': null, 'tool_calls': [{'id': 'x',"
    " 'type': 'function', 'function': {'name': 'a', 'arguments': '{}'}}]}]}",
    "a call has no result" },
  { "openai-chat",
    "{'model': 'm', 'messages': [{'role': 'assistant', 'content': null, 'tool_calls': [{'id': 'x',"
    " 'type': 'function', 'function': {'name': 'a', 'arguments': {}}}]}]}",
    "must be a string" },
  { "openai-responses",
    "{'model': 'm', 'input': [{'role': 'assistant', 'type': 'message',"
    " 'content': [{'type': 'output_text', 'text': 'a'}]}]}",
    "/input/0" },
  { "openai-responses",
    "{'model': 'm', 'input': [{'role': 'user', 'content':"
    " [{'type': 'input_image', 'image_url': 'data:'}]}]}",
    "/input/0" },
  { "openai-responses", "{'model': 'm', 'input': 'a', 'stop': ['a']}", "/stop is not known here" },
  { "openai-responses", "{'model': 'm', 'input': 'a', 'include': ['everything']}",
    "/include/0 must be one of" },
  { "anthropic", "{'model': 'm', 'messages': [{'role': 'user', 'content': 'a'}]}",
    "/max_tokens is missing" },
  { "anthropic",
    "{'model': 'm', 'max_tokens': 1, 'messages': [{'role': 'user', 'content':"
    " [{'type': 'text', 'text': ''}]}]}",
    "/messages/0" },
  { "anthropic",
    "{'model': 'm', 'max_tokens': 1, 'messages': [{'role': 'user', 'content': 'a'}],"
    " 'tool_choice': {'type': 'tool'}}",
    "/tool_choice/name is missing" },
  { "anthropic",
    "{'model': 'm', 'max_tokens': 1, 'messages': [{'role': 'user', 'content': 'a'}],"
    " 'top_k': 1}",
    "/top_k is not known here" },
  { "gemini", "{'contents': [{'role': 'assistant', 'parts': [{'text': 'a'}]}]}",
    "/contents/0/role must be one of" },
  { "gemini",
    "{'contents': [{'parts': [{'text': 'a'}]}], 'generationConfig':"
    " {'thinkingConfig': {'thinkingLevel': 'high'}}}",
    "/generationConfig/thinkingConfig/thinkingLevel must be one of" },
  { "gemini", "{'contents': [{'parts': [{'inlineData': {'mime_type': 'a', 'data': 'b'}}]}]}",
    "/contents/0/parts/0/inlineData/mimeType is missing" },
  { "ollama", "{'model': 'm', 'messages': [{'role': 'user'}]}", "/messages/0/content is missing" },
  { "ollama", "{'model': 'm', 'messages': [{'role': 'user', 'content': 'a'}], 'think': 'max'}",
    "/think must be one of" },
  { "ollama",
    "{'model': 'm', 'messages': [{'role': 'user', 'content': 'a'}],"
    " 'options': {'max_tokens': 1}}",
    "/options/max_tokens is not known here" },
};

/* What is not as the types have it is found. */
static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      /* The dialect of the vendor: nothing besides the types. */
      const RequestTarget *target = find_target (wrong[i].protocol);
      g_autoptr (JsonNode) schema
        = request_schema_load (&(RequestTarget){ .protocol = target->protocol });
      g_autoptr (JsonNode) body = request_parse (wrong[i].body);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i].body);
      g_assert_false (request_schema_check (schema, body, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].message));
    }
}

/* A fifth mark for the cache is one too many. */
static void
test_marks (void)
{
  const RequestTarget *target = find_target ("anthropic");
  g_autoptr (JsonNode) schema = request_schema_load (target);

  for (guint n = 4; n <= 5; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) body = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text,
                                "%s{'type': 'text', 'text': 'a', 'cache_control':"
                                " {'type': 'ephemeral'}}",
                                i > 0 ? "," : "");
      g_string_prepend (text, "{'model': 'm', 'max_tokens': 1, 'messages': [{'role': 'user',"
                              " 'content': [");
      g_string_append (text, "]}]}");
      body = request_parse (text->str);
      g_assert_cmpint (request_schema_check (schema, body, &error), ==, n == 4);
    }
}

/* From one provider to another. */

static gboolean
has_members (JsonObject *object, JsonNode *wanted)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (wanted))
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (wanted));
  while (json_object_iter_next (&iter, &name, &member))
    if (!json_object_has_member (object, name)
        || !json_node_equal (json_object_get_member (object, name), member))
      return FALSE;

  return TRUE;
}

/* What a decoder keeps of an item may be a part of it only: a signature, say. */
static gboolean
holds (JsonNode *node, JsonNode *wanted)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObjectIter iter;
  JsonNode *member;

  if (json_node_equal (node, wanted) || (object != NULL && has_members (object, wanted)))
    return TRUE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (holds (json_array_get_element (array, i), wanted))
      return TRUE;
  if (object == NULL)
    return FALSE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (holds (member, wanted))
      return TRUE;

  return FALSE;
}

/* Items are in the body as they came; of a call, what really ran goes back instead. */
static void
assert_verbatim (RnlMessage *turn, JsonNode *body)
{
  for (guint i = 0; i < rnl_message_get_n_parts (turn); i++)
    {
      RnlPart *part = rnl_message_get_part (turn, i);
      JsonNode *raw = rnl_part_get_extra (part, RNL_PART_EXTRA_RAW);
      JsonArray *several
        = raw != NULL && JSON_NODE_HOLDS_ARRAY (raw) ? json_node_get_array (raw) : NULL;

      if (raw == NULL
          || (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL && !rnl_part_is_remote (part)))
        continue;
      for (guint k = 0; several != NULL && k < json_array_get_length (several); k++)
        g_assert_true (holds (body, json_array_get_element (several, k)));
      if (several == NULL)
        g_assert_true (holds (body, raw));
    }
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;

  return n;
}

static void
switch_to (const char *from, const RequestTarget *target, JsonNode *schema)
{
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("What is 1 + 2?");
  g_autoptr (RnlMessage) turn = request_turn_new (from);
  g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_USER, "And twice that?");
  gboolean same = g_str_equal (from, target->protocol);
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *text = NULL;

  rnl_chat_request_add_message (request, turn);
  rnl_chat_request_add_message (request, more);
  request->reasoning_effort = g_strdup ("high");
  body = request_target_build (target, request);
  text = rnl_json_to_string (body, FALSE);
  g_test_message ("%s to %s: %s", from, target->protocol, text);
  assert_allowed (target, schema, body);

  /* What was said and done is all there, once and in order. */
  g_assert_cmpuint (count (text, "What is 1 + 2?"), ==, 1);
  g_assert_cmpuint (count (text, "I add."), >=, 1);
  g_assert_cmpuint (count (text, "It is three"), ==, 1);
  g_assert_cmpuint (count (text, "Three."), ==, 1);
  g_assert_cmpuint (count (text, "And twice that?"), ==, 1);
  g_assert_true (strstr (text, "It is three") < strstr (text, "Three."));
  /* Sealed words go to who sealed them, and to nobody else: not to a server that took over the
   * words of a protocol only, either. */
  if (same && target->takes_sealed)
    assert_verbatim (turn, body);
  else
    g_assert_cmpuint (count (text, "SEAL"), ==, 0);
}

/* All five by all five: twenty ways to switch, and five to stay. */
static void
test_switch (void)
{
  guint n = 0;

  for (guint i = 0; i < request_n_targets; i++)
    {
      const RequestTarget *target = &request_targets[i];
      g_autoptr (JsonNode) schema = request_schema_load (target);

      for (gsize k = 0; k < G_N_ELEMENTS (servers); k++, n++)
        switch_to (servers[k].protocol, target, schema);
    }
  g_assert_cmpuint (n, ==, request_n_targets * G_N_ELEMENTS (servers));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/request-schemas/references", test_references);
  g_test_add_func ("/request-schemas/wrong", test_wrong);
  g_test_add_func ("/request-schemas/marks", test_marks);
  g_test_add_func ("/request-schemas/scenarios", test_scenarios);
  g_test_add_func ("/request-schemas/served", test_served);
  g_test_add_func ("/request-schemas/served-refused", test_served_refused);
  g_test_add_func ("/request-schemas/switch", test_switch);

  return g_test_run ();
}
