/* test-token-count.c: tokens are counted where a server does it, and estimated where not
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rnl-http-model.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "rnl-token-count.h"

/* What o200k, the vocabulary of the GPT-4o family, makes of them. */
static const struct
{
  const char *text;
  gint64 tokens;
} samples[] = {
  { "The quick brown fox jumps over the lazy dog.", 10 },
  { "Runnel is a native desktop chat window for agents. It shows every token and every step "
    "while they happen, keeps what was said on your own disk, and asks before a tool does "
    "something that cannot be undone.",
    43 },
  { "for (guint i = 0; i < list->len; i++)\n  total += g_array_index (list, int, i);\n", 30 },
  { "Die Zusammenfassung älterer Nachrichten erspart dem Modell das Lesen des ganzen Gesprächs.",
    18 },
  { "{\"name\": \"add\", \"arguments\": {\"x\": 10, \"y\": 32}}", 21 },
};

static void
test_estimate (void)
{
  gint64 sum = 0, expected = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gint64 tokens = rnl_text_estimate_tokens (samples[i].text, -1);

      g_test_message ("%" G_GINT64_FORMAT " for %" G_GINT64_FORMAT ": %s", tokens,
                      samples[i].tokens, samples[i].text);
      g_assert_cmpint (tokens, >=, samples[i].tokens * 2 / 3);
      g_assert_cmpint (tokens, <=, samples[i].tokens * 3 / 2);
      sum += tokens;
      expected += samples[i].tokens;
    }
  g_assert_cmpint (sum, >=, expected * 4 / 5);
  g_assert_cmpint (sum, <=, expected * 6 / 5);

  g_assert_cmpint (rnl_text_estimate_tokens (NULL, -1), ==, 0);
  g_assert_cmpint (rnl_text_estimate_tokens ("", -1), ==, 0);
  /* A character each. */
  g_assert_cmpint (rnl_text_estimate_tokens ("漢字仮名", -1), ==, 4);
}

/* The same text, however it came, is the same number. */
static void
test_estimate_grows (void)
{
  const char *text = "Text, grown byte by byte: größer,  größer,\n\n1234567 und 漢字 — Ende!";
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);
  gint64 empty;

  rnl_message_add_part (message, part);
  empty = rnl_message_estimate_tokens (message, 0);
  for (gsize i = 0; i < strlen (text); i++)
    {
      gint64 before = rnl_message_estimate_tokens (message, 0);

      rnl_part_append (part, text + i, 1);
      g_assert_cmpint (rnl_message_estimate_tokens (message, 0), >=, before);
    }
  g_assert_cmpint (rnl_message_estimate_tokens (message, 0) - empty, ==,
                   rnl_text_estimate_tokens (text, -1));

  rnl_part_set_text (part, "short");
  g_assert_cmpint (rnl_message_estimate_tokens (message, 0) - empty, ==, 1);
}

/* A request over a long chat costs its messages, not its bytes: what was looked at stays known. */
static void
test_estimate_is_incremental (void)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (RnlMessage) message = NULL;
  gint64 first, second, start;

  while (text->len < 8 * 1024 * 1024)
    g_string_append (text, "some more words of a long conversation, ");
  message = rnl_message_new_text (RNL_ROLE_USER, text->str);
  rnl_chat_request_add_message (request, message);

  start = g_get_monotonic_time ();
  g_assert_cmpint (rnl_chat_request_estimate_tokens (request, NULL), >, 1000000);
  first = g_get_monotonic_time () - start;
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    rnl_chat_request_estimate_tokens (request, NULL);
  second = g_get_monotonic_time () - start;
  g_test_message ("first %" G_GINT64_FORMAT " us, then %" G_GINT64_FORMAT " us for twenty", first,
                  second);
  g_assert_cmpint (second, <, first);
}

static RnlPart *
new_file (const char *mime_type, const char *text)
{
  RnlPart *part = rnl_part_new (RNL_PART_FILE, 0);

  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, mime_type);
  rnl_part_set_text (part, text);

  return part;
}

static void
test_estimate_files (void)
{
  g_autofree char *content = g_strnfill (400000, 'A');
  g_autoptr (RnlMessage) message = rnl_message_new (RNL_ROLE_USER);
  g_autoptr (RnlPart) image = new_file ("image/png", content);
  g_autoptr (RnlPart) text = new_file ("text/plain", "four words of text");
  g_autoptr (RnlPart) document = new_file ("application/pdf", content);
  gint64 empty = rnl_message_estimate_tokens (message, 1000);

  rnl_message_add_part (message, image);
  g_assert_cmpint (rnl_message_estimate_tokens (message, 1000) - empty, ==, 1000);
  rnl_message_add_part (message, text);
  g_assert_cmpint (rnl_message_estimate_tokens (message, 1000) - empty, ==, 1004);
  rnl_message_add_part (message, document);
  g_assert_cmpint (rnl_message_estimate_tokens (message, 1000) - empty, ==, 1004 + 10000);
}

/* Endpoints. */

static gint64
count (RnlChatModel *model, GError **error)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("How many?");
  g_autoptr (RnlToolSpec) spec
    = rnl_tool_spec_new ("add", "Add", "Adds.", "{\"type\": \"object\"}");
  g_autoptr (GAsyncResult) result = NULL;

  request->system = g_strdup ("Be brief.");
  request->max_tokens = 99;
  request->temperature = 0.5;
  rnl_chat_request_add_tool (request, spec);
  rnl_chat_model_count_tokens_async (model, request, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_chat_model_count_tokens_finish (model, result, error);
}

static RnlChatModel *
new_model (const char *protocol, RnlTestServer *server, const char *base)
{
  g_autofree char *url = rnl_test_server_dup_url (server, base);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_http_model_new (protocol, url, "some-model", "key", &error);

  g_assert_no_error (error);

  return model;
}

static void
assert_members (JsonObject *object, const char *expected)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);
  g_autoptr (GString) line = g_string_new (NULL);

  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", (const char *) name->data);
  g_assert_cmpstr (line->str, ==, expected);
}

static void
test_endpoints (void)
{
  static const struct
  {
    const char *protocol;
    const char *base;
    const char *answer;
    const char *path;
    const char *inner;
    const char *members;
  } cases[] = {
    { "anthropic", "/v1", "{\"input_tokens\": 42}", "/v1/messages/count_tokens", NULL,
      "messages model system tools" },
    { "openai-responses", "/v1", "{\"object\": \"response.input_tokens\", \"input_tokens\": 42}",
      "/v1/responses/input_tokens", NULL, "input instructions model tools" },
    { "gemini", "/v1beta", "{\"totalTokens\": 42}", "/v1beta/models/some-model:countTokens",
      "generateContentRequest", "contents generationConfig model systemInstruction tools" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autoptr (RnlChatModel) model = new_model (cases[i].protocol, server, cases[i].base);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;
      const RnlTestRequest *request;
      JsonObject *body;

      rnl_test_server_push (
        server, &(RnlTestReply){ .content_type = "application/json", .body = cases[i].answer });
      g_assert_cmpint (count (model, &error), ==, 42);
      g_assert_no_error (error);
      request = rnl_test_server_get_request (server, 0);
      g_assert_cmpstr (request->method, ==, "POST");
      g_assert_cmpstr (request->path, ==, cases[i].path);
      g_assert_true (json_parser_load_from_data (parser, request->body, -1, NULL));
      body = json_node_get_object (json_parser_get_root (parser));
      if (cases[i].inner != NULL)
        {
          assert_members (body, cases[i].inner);
          body = json_object_get_object_member (body, cases[i].inner);
          g_assert_cmpstr (json_object_get_string_member (body, "model"), ==, "models/some-model");
        }
      assert_members (body, cases[i].members);
      g_assert_finalize_object (g_steal_pointer (&model));
    }
}

static void
test_no_endpoint (void)
{
  static const char *const protocols[] = { "openai-chat", "ollama" };

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autoptr (RnlChatModel) model = new_model (protocols[i], server, "/v1");
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (count (model, &error), ==, -1);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      g_assert_cmpuint (rnl_test_server_get_n_requests (server), ==, 0);
      g_assert_cmpuint (rnl_chat_model_get_image_tokens (model), >, 0);
    }
}

static void
test_bad_answers (void)
{
  static const RnlTestReply replies[] = {
    { .content_type = "application/json", .body = "{}" },
    { .content_type = "application/json", .body = "[42]" },
    { .content_type = "application/json", .body = "{\"input_tokens\": \"many\"}" },
    { .content_type = "application/json", .body = "{\"input_tokens\": -3}" },
    { .status = 404, .content_type = "text/html", .body = "<html>Not here</html>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autoptr (RnlChatModel) model = new_model ("anthropic", server, "/v1");
      g_autoptr (GError) error = NULL;

      rnl_test_server_push (server, &replies[i]);
      g_assert_cmpint (count (model, &error), ==, -1);
      g_assert_nonnull (error);
      g_assert_true (error->domain == RNL_PROVIDER_ERROR);
    }
}

int
main (int argc, char *argv[])
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/token-count/estimate", test_estimate);
  g_test_add_func ("/token-count/estimate/grows", test_estimate_grows);
  g_test_add_func ("/token-count/estimate/incremental", test_estimate_is_incremental);
  g_test_add_func ("/token-count/estimate/files", test_estimate_files);
  g_test_add_func ("/token-count/endpoints", test_endpoints);
  g_test_add_func ("/token-count/no-endpoint", test_no_endpoint);
  g_test_add_func ("/token-count/bad-answers", test_bad_answers);

  return g_test_run ();
}
