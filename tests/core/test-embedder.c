/* test-embedder.c: vectors from a server's /v1/embeddings
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-http-embedder.h"
#include "rnl-provider-error.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "rnl-word-embedder.h"

static const char *const two[] = { "one \"text\"", "another", NULL };

static GArray *
embed (RnlEmbedder *embedder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_embedder_embed_async (embedder, two, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_embedder_embed_finish (embedder, result, error);
}

static RnlEmbedder *
embedder_of (const char *protocol, const char *base_url)
{
  g_autoptr (RnlSecretStore) secrets = rnl_secret_store_new_volatile ();
  g_autoptr (RnlAccount) account = rnl_account_new ("a", "A", protocol, base_url, secrets);

  return rnl_http_embedder_new (account, "embed-small");
}

static void
test_places (void)
{
  static const struct
  {
    const char *protocol;
    const char *base;
  } cases[] = { { "openai-chat", "/v1" }, { "ollama", "" } };
  const RnlTestReply reply
    = { .content_type = "application/json",
        .body = "{\"data\": [{\"index\": 1, \"embedding\": [0, 2.5]},"
                " {\"index\": 0, \"embedding\": [1, -1]}], \"model\": \"embed-small\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autofree char *url = rnl_test_server_dup_url (server, cases[i].base);
      g_autoptr (RnlEmbedder) embedder = embedder_of (cases[i].protocol, url);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) vectors = NULL;
      const RnlTestRequest *request;

      rnl_test_server_push (server, &reply);
      vectors = embed (embedder, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (vectors->len, ==, 4);
      g_assert_cmpfloat (g_array_index (vectors, float, 0), ==, 1);
      g_assert_cmpfloat (g_array_index (vectors, float, 3), ==, 2.5);
      g_assert_cmpstr (rnl_embedder_get_id (embedder), ==, "a/embed-small");
      request = rnl_test_server_get_request (server, 0);
      g_assert_cmpstr (request->method, ==, "POST");
      g_assert_cmpstr (request->path, ==, "/v1/embeddings");
      g_assert_cmpstr (request->body, ==,
                       "{\"model\":\"embed-small\",\"input\":[\"one \\\"text\\\"\",\"another\"],"
                       "\"encoding_format\":\"float\"}");
    }
}

static void
test_bad_answers (void)
{
  static const char *const bodies[]
    = { "{}",
        "[]",
        "{\"data\": []}",
        "{\"data\": [{\"embedding\": [1]}]}",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [1, 2]}]}",
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 0, \"embedding\": [2]}]}",
        "{\"data\": [{\"index\": 7, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [2]}]}",
        "{\"data\": [{\"embedding\": []}, {\"embedding\": []}]}",
        "{\"data\": [{\"embedding\": [[1]]}, {\"embedding\": [[2]]}]}",
        "{\"data\": [1, 2]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const RnlTestReply reply = { .content_type = "application/json", .body = bodies[i] };
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
      g_autoptr (RnlEmbedder) embedder = embedder_of ("openai-chat", url);
      g_autoptr (GError) error = NULL;

      rnl_test_server_push (server, &reply);
      g_assert_null (embed (embedder, &error));
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL);
    }
}

static void
test_no_embeddings (void)
{
  g_autoptr (RnlEmbedder) embedder = embedder_of ("anthropic", "http://localhost:1");
  g_autoptr (GError) error = NULL;

  g_assert_null (embed (embedder, &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
}

static void
test_words (void)
{
  g_autoptr (RnlEmbedder) embedder = rnl_word_embedder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) once = embed (embedder, &error);
  g_autoptr (GArray) twice = embed (embedder, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (once->data, once->len * sizeof (float), twice->data,
                   twice->len * sizeof (float));
  g_assert_cmpuint (once->len % 2, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&embedder));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/embedder/places", test_places);
  g_test_add_func ("/embedder/bad-answers", test_bad_answers);
  g_test_add_func ("/embedder/no-embeddings", test_no_embeddings);
  g_test_add_func ("/embedder/words", test_words);

  return g_test_run ();
}
