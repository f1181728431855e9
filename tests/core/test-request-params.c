/* test-request-params.c: parameters in the words of each protocol, where they are allowed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "request-harness.h"
#include "rnl-json-members.h"
#include "rnl-http-model.h"
#include "rnl-protocol.h"
#include "rnl-request-dialect.h"
#include "rnl-test.h"

/* A request with every parameter set, but for what a case sets itself. */
static RnlChatRequest *
make_request (void)
{
  RnlChatRequest *request = rnl_chat_request_new_prompt ("Hi");
  g_autoptr (RnlToolSpec) add
    = rnl_tool_spec_new ("add", "Add", "Adds", "{\"type\": \"object\", \"properties\": {}}");

  rnl_chat_request_add_tool (request, add);
  request->system = g_strdup ("Be brief.");
  request->temperature = 0.5;
  request->top_p = 0.25;
  request->max_tokens = 7;
  request->num_ctx = 4096;
  request->stop = g_strsplit ("A,,B,C,D,E,F", ",", -1);
  request->reasoning_effort = g_strdup ("high");
  request->schema = request_parse ("{'type': 'object'}");
  request->schema_name = g_strdup ("a thing");

  return request;
}

static JsonObject *
build (const char *protocol, const char *host, const char *model, const RnlChatRequest *request)
{
  g_autoptr (GError) error = NULL;
  const RnlProtocol *found = rnl_protocol_find (protocol, &error);
  RnlEndpoint endpoint = { .host = (char *) host };

  g_assert_no_error (error);

  return request_read_body (found->build_request (&endpoint, model, request));
}

/* A member of a member: "options/num_ctx". */
static JsonNode *
find_member (JsonObject *body, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  guint n = g_strv_length (names);

  for (guint i = 0; body != NULL && i + 1 < n; i++)
    body = rnl_json_object_get_object (body, names[i]);

  return body != NULL ? rnl_json_object_get_value (body, names[n - 1]) : NULL;
}

/* @wanted: `NULL`: the member is not sent. */
static void
assert_at (JsonObject *body, const char *path, const char *wanted)
{
  JsonNode *got = find_member (body, path);

  if (wanted != NULL && got != NULL)
    request_assert_json (got, wanted);
  else if (wanted != NULL || got != NULL)
    g_error ("%s is %s", path, got != NULL ? "sent" : "not sent");
}

typedef struct
{
  const char *protocol;
  const char *host;
  const char *model;
  const char *path;
  const char *wanted;
} Case;

#define SCHEMA "{'name': 'a_thing', 'schema': {'type': 'object'}, 'strict': false}"
#define FORMAT                                                                                     \
  "{'type': 'json_schema', 'name': 'a_thing', 'schema': {'type': 'object'}, 'strict': false}"

static const Case cases[] = {
  /* A server that is nobody's takes what its protocol has. */
  { "openai-chat", "localhost:1", "tiny", "temperature", "0.5" },
  { "openai-chat", "localhost:1", "tiny", "top_p", "0.25" },
  { "openai-chat", "localhost:1", "tiny", "max_tokens", "7" },
  { "openai-chat", "localhost:1", "tiny", "stop", "['A', 'B', 'C', 'D']" },
  { "openai-chat", "localhost:1", "tiny", "reasoning_effort", "'high'" },
  { "openai-chat", "localhost:1", "tiny", "response_format/json_schema", SCHEMA },
  { "openai-chat", "localhost:1", "tiny", "prompt_cache_key", NULL },
  { "openai-chat", "localhost:1", "tiny", "store", NULL },
  { "openai-chat", "localhost:1", "tiny", "num_ctx", NULL },
  /* OpenAI: models that reason, and models that do not. */
  { "openai-chat", "api.openai.com", "gpt-5.1", "temperature", NULL },
  { "openai-chat", "api.openai.com", "gpt-5.1", "top_p", NULL },
  { "openai-chat", "api.openai.com", "gpt-5.1", "stop", NULL },
  { "openai-chat", "api.openai.com", "gpt-5.1", "max_completion_tokens", "7" },
  { "openai-chat", "api.openai.com", "gpt-5.1", "max_tokens", NULL },
  { "openai-chat", "api.openai.com", "gpt-5.1", "reasoning_effort", "'high'" },
  { "openai-chat", "api.openai.com", "gpt-5.1", "store", "false" },
  { "openai-chat", "api.openai.com:443", "o3-mini", "temperature", NULL },
  { "openai-chat", "eu.api.openai.com", "gpt-4.1", "temperature", "0.5" },
  { "openai-chat", "api.openai.com", "gpt-4.1", "reasoning_effort", NULL },
  { "openai-chat", "api.openai.com", "gpt-5-chat-latest", "temperature", "0.5" },
  { "openai-chat", "notopenai.com", "gpt-5.1", "temperature", "0.5" },
  { "openai-chat", "api.deepseek.com", "deepseek-chat", "response_format",
    "{'type': 'json_object'}" },
  { "openai-responses", "localhost:1", "tiny", "temperature", "0.5" },
  { "openai-responses", "localhost:1", "tiny", "max_output_tokens", "7" },
  { "openai-responses", "localhost:1", "tiny", "stop", NULL },
  { "openai-responses", "localhost:1", "tiny", "store", "false" },
  { "openai-responses", "localhost:1", "tiny", "include", "['reasoning.encrypted_content']" },
  { "openai-responses", "localhost:1", "tiny", "text/format", FORMAT },
  { "openai-responses", "api.openai.com", "gpt-5.1", "top_p", NULL },
  { "openai-responses", "api.openai.com", "gpt-5.1", "reasoning",
    "{'effort': 'high', 'summary': 'auto'}" },
  { "openai-responses", "api.openai.com", "gpt-4.1", "top_p", "0.25" },
  { "openai-responses", "api.openai.com", "gpt-4.1", "reasoning", NULL },
  { "openai-responses", "api.openai.com", "gpt-4.1", "include", NULL },
  { "anthropic", "localhost:1", "tiny", "temperature", "0.5" },
  { "anthropic", "localhost:1", "tiny", "system", "'Be brief.'" },
  { "anthropic", "localhost:1", "tiny", "stop_sequences", "['A', 'B', 'C', 'D']" },
  { "anthropic", "localhost:1", "tiny", "thinking",
    "{'type': 'adaptive', 'display': 'summarized'}" },
  { "anthropic", "localhost:1", "tiny", "output_config",
    "{'effort': 'high', 'format': {'type': 'json_schema', 'schema': {'type': 'object'}}}" },
  { "anthropic", "api.anthropic.com", "new", "temperature", NULL },
  { "anthropic", "api.anthropic.com", "new", "top_p", NULL },
  { "anthropic", "gateway.example", "anthropic/claude-5", "temperature", NULL },
  { "anthropic", "gateway.example", "anthropic/claude-5", "system",
    "[{'type': 'text', 'text': 'Be brief.', 'cache_control': {'type': 'ephemeral'}}]" },
  { "gemini", "localhost:1", "tiny", "generationConfig/temperature", "0.5" },
  { "gemini", "localhost:1", "tiny", "generationConfig/topP", "0.25" },
  { "gemini", "localhost:1", "tiny", "generationConfig/maxOutputTokens", "7" },
  { "gemini", "localhost:1", "tiny", "generationConfig/stopSequences",
    "['A', 'B', 'C', 'D', 'E']" },
  { "gemini", "localhost:1", "tiny", "generationConfig/responseMimeType", "'application/json'" },
  { "gemini", "localhost:1", "tiny", "generationConfig/responseJsonSchema", "{'type': 'object'}" },
  { "gemini", "localhost:1", "tiny", "generationConfig/thinkingConfig",
    "{'thinkingLevel': 'HIGH', 'includeThoughts': true}" },
  { "gemini", "localhost:1", "tiny", "store", NULL },
  { "gemini", "generativelanguage.googleapis.com", "gemini-3-pro", "store", "false" },
  { "gemini", "generativelanguage.googleapis.com", "gemini-2.5-flash",
    "generationConfig/thinkingConfig", "{'thinkingBudget': 24576, 'includeThoughts': true}" },
  { "ollama", "localhost:1", "tiny", "options",
    "{'num_ctx': 4096, 'num_predict': 7, 'temperature': 0.5, 'top_p': 0.25,"
    " 'stop': ['A', 'B', 'C', 'D', 'E', 'F']}" },
  { "ollama", "localhost:1", "tiny", "format", "{'type': 'object'}" },
  { "ollama", "localhost:1", "tiny", "think", "'high'" },
};

static void
test_cases (void)
{
  g_autoptr (RequestOfTest) request = make_request ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *item = &cases[i];
      g_autoptr (JsonObject) body = build (item->protocol, item->host, item->model, request);

      g_test_message ("%s %s %s %s", item->protocol, item->host, item->model, item->path);
      assert_at (body, item->path, item->wanted);
    }
}

/* Nothing that was not asked for. */
static void
test_unset (void)
{
  static const char *const names[]
    = { "temperature",      "top_p",  "max_tokens",       "stop",  "stop_sequences",
        "reasoning_effort", "think",  "reasoning",        "text",  "thinking",
        "response_format",  "format", "generationConfig", "tools", "options",
        "tool_choice",      "system", "output_config",    NULL };
  g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");

  for (const char *const *protocol = rnl_protocol_list_names (); *protocol != NULL; protocol++)
    {
      g_autoptr (JsonObject) body = build (*protocol, "localhost:1", "tiny", request);

      for (gsize i = 0; names[i] != NULL; i++)
        /* Anthropic's protocol wants a bound, and the default of Completions is of no use. */
        if (!g_str_equal (names[i], "max_tokens")
            || (!g_str_equal (*protocol, "anthropic")
                && !g_str_equal (*protocol, "openai-completions")))
          assert_at (body, names[i], NULL);
    }
}

/* One word for how hard to think, and what each protocol calls it. */
static void
test_efforts (void)
{
  static const struct
  {
    const char *effort;
    const char *anthropic; /* nullable: it does not think */
    const char *level;
    const char *budget;
    const char *think;
  } efforts[] = {
    { "none", NULL, "'MINIMAL'", "0", "false" },
    { "minimal", "'low'", "'MINIMAL'", "1024", "'low'" },
    { "low", "'low'", "'LOW'", "1024", "'low'" },
    { "medium", "'medium'", "'MEDIUM'", "8192", "'medium'" },
    { "high", "'high'", "'HIGH'", "24576", "'high'" },
    { "xhigh", "'xhigh'", "'HIGH'", "24576", "'high'" },
    { "max", "'max'", "'HIGH'", "24576", "'high'" },
    { "own", "'own'", "'own'", NULL, "'own'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (efforts); i++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
      g_autofree char *word = g_strdup_printf ("'%s'", efforts[i].effort);
      g_autoptr (JsonObject) chat = NULL, responses = NULL, anthropic = NULL, gemini = NULL,
                             budget = NULL, ollama = NULL;

      request->reasoning_effort = g_strdup (efforts[i].effort);
      chat = build ("openai-chat", NULL, "tiny", request);
      responses = build ("openai-responses", NULL, "tiny", request);
      anthropic = build ("anthropic", NULL, "tiny", request);
      gemini = build ("gemini", NULL, "tiny", request);
      budget = build ("gemini", NULL, "gemini-2.5-pro", request);
      ollama = build ("ollama", NULL, "tiny", request);
      assert_at (chat, "reasoning_effort", word);
      assert_at (responses, "reasoning/effort", word);
      assert_at (anthropic, "output_config/effort", efforts[i].anthropic);
      assert_at (anthropic, "thinking/type",
                 efforts[i].anthropic != NULL ? "'adaptive'" : "'disabled'");
      assert_at (gemini, "generationConfig/thinkingConfig/thinkingLevel", efforts[i].level);
      assert_at (budget, "generationConfig/thinkingConfig/thinkingBudget", efforts[i].budget);
      assert_at (ollama, "think", efforts[i].think);
    }
}

static void
test_tool_choice (void)
{
  static const struct
  {
    const char *choice;
    const char *chat;
    const char *responses;
    const char *anthropic;
    const char *gemini;
    guint n_ollama; /* the protocol has no choice, only what is offered */
  } choices[] = {
    { "auto", "'auto'", "'auto'", "{'type': 'auto'}", "{'mode': 'AUTO'}", 2 },
    { "none", "'none'", "'none'", "{'type': 'none'}", "{'mode': 'NONE'}", 0 },
    { "any", "'required'", "'required'", "{'type': 'any'}", "{'mode': 'ANY'}", 2 },
    { "add", "{'type': 'function', 'function': {'name': 'add'}}",
      "{'type': 'function', 'name': 'add'}", "{'type': 'tool', 'name': 'add'}",
      "{'mode': 'ANY', 'allowedFunctionNames': ['add']}", 1 },
  };
  g_autoptr (RnlToolSpec) other = rnl_tool_spec_new ("other", "Other", "", "{}");

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (RequestOfTest) request = make_request ();
      g_autoptr (JsonObject) chat = NULL, responses = NULL, anthropic = NULL, gemini = NULL,
                             ollama = NULL;
      JsonArray *offered;

      rnl_chat_request_add_tool (request, other);
      request->tool_choice = g_strdup (choices[i].choice);
      chat = build ("openai-chat", NULL, "tiny", request);
      responses = build ("openai-responses", NULL, "tiny", request);
      anthropic = build ("anthropic", NULL, "tiny", request);
      gemini = build ("gemini", NULL, "tiny", request);
      ollama = build ("ollama", NULL, "tiny", request);
      assert_at (chat, "tool_choice", choices[i].chat);
      assert_at (responses, "tool_choice", choices[i].responses);
      assert_at (anthropic, "tool_choice", choices[i].anthropic);
      assert_at (gemini, "toolConfig/functionCallingConfig", choices[i].gemini);
      offered = rnl_json_object_get_array (ollama, "tools");
      g_assert_cmpuint (offered != NULL ? json_array_get_length (offered) : 0, ==,
                        choices[i].n_ollama);
    }
}

/* OpenAI holds a model to a schema only that says all of every object. */
static void
test_strict (void)
{
  static const struct
  {
    const char *schema;
    const char *strict;
  } schemas[] = {
    { "{'type': 'string'}", "true" },
    { "{'type': 'object'}", "false" },
    { "{'type': 'object', 'additionalProperties': false}", "true" },
    { "{'type': 'object', 'additionalProperties': false, 'properties': {'a': {}},"
      " 'required': ['a']}",
      "true" },
    { "{'type': 'object', 'additionalProperties': false, 'properties': {'a': {}}}", "false" },
    { "{'type': 'array', 'items': {'type': 'object'}}", "false" },
    { "{'type': 'object', 'additionalProperties': false, 'required': ['a'],"
      " 'properties': {'a': {'properties': {}}}}",
      "false" },
    { "{'anyOf': [{'type': 'object'}]}", "false" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autoptr (RequestOfTest) request = rnl_chat_request_new_prompt ("Hi");
      g_autoptr (JsonObject) body = NULL;

      request->schema = request_parse (schemas[i].schema);
      body = build ("openai-responses", NULL, "tiny", request);
      assert_at (body, "text/format/strict", schemas[i].strict);
      assert_at (body, "text/format/name", "'answer'");
    }
}

/* The name of the cache is that of the beginning of a chat, whatever comes after it. */
static void
test_cache_key (void)
{
  g_autoptr (RequestOfTest) request = make_request ();
  g_autoptr (RnlMessage) more = rnl_message_new_text (RNL_ROLE_ASSISTANT, "Hello.");
  g_autoptr (JsonObject) first = build ("openai-chat", "api.openai.com", "gpt-5.1", request);
  g_autoptr (JsonObject) second = NULL, third = NULL;
  const char *key = json_object_get_string_member (first, "prompt_cache_key");

  rnl_chat_request_add_message (request, more);
  second = build ("openai-chat", "api.openai.com", "gpt-5.1", request);
  g_assert_cmpstr (json_object_get_string_member (second, "prompt_cache_key"), ==, key);
  g_free (request->system);
  request->system = g_strdup ("Be long.");
  third = build ("openai-responses", "api.openai.com", "gpt-5.1", request);
  g_assert_cmpstr (json_object_get_string_member (third, "prompt_cache_key"), !=, key);
}

/* What the window offers for a model is what its protocol sends. */
static void
test_taken (void)
{
  static const struct
  {
    const char *protocol;
    const char *url;
    const char *model;
    guint left_out;
  } models[] = {
    { "openai-chat", "https://example.org", "m", 0 },
    { "openai-chat", "https://api.openai.com/v1", "o3",
      RNL_MODEL_PARAM_TEMPERATURE | RNL_MODEL_PARAM_TOP_P | RNL_MODEL_PARAM_STOP },
    { "openai-chat", "https://api.openai.com/v1", "gpt-4o", RNL_MODEL_PARAM_REASONING_EFFORT },
    { "openai-responses", "https://example.org", "m", RNL_MODEL_PARAM_STOP },
    { "openai-responses", "https://api.openai.com/v1", "gpt-5",
      RNL_MODEL_PARAM_STOP | RNL_MODEL_PARAM_TEMPERATURE | RNL_MODEL_PARAM_TOP_P },
    { "anthropic", "https://api.anthropic.com/v1", "claude-9",
      RNL_MODEL_PARAM_TEMPERATURE | RNL_MODEL_PARAM_TOP_P },
    { "gemini", "https://example.org", "gemini-3-pro", 0 },
    { "ollama", "http://127.0.0.1:11434", "qwen3", 0 },
    { "openai-completions", "https://example.org", "m", RNL_MODEL_PARAM_REASONING_EFFORT },
  };
  const guint all = 2 * RNL_MODEL_PARAM_REASONING_EFFORT - 1;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (GError) error = NULL;
      rnl_test_last RnlChatModel *model
        = rnl_http_model_new (models[i].protocol, models[i].url, models[i].model, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmphex (rnl_chat_model_get_params (model), ==, all & ~models[i].left_out);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/request-params/cases", test_cases);
  g_test_add_func ("/request-params/unset", test_unset);
  g_test_add_func ("/request-params/efforts", test_efforts);
  g_test_add_func ("/request-params/tool-choice", test_tool_choice);
  g_test_add_func ("/request-params/strict", test_strict);
  g_test_add_func ("/request-params/cache-key", test_cache_key);

  g_test_add_func ("/request-params/taken", test_taken);

  return g_test_run ();
}
