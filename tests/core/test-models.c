/* test-models.c: what is known of models: lists, the catalogue, and asking about one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-account.h"
#include "rnl-http-model.h"
#include "rnl-json-error.h"
#include "rnl-model-catalog.h"
#include "rnl-model-describe.h"
#include "rnl-protocol.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
add_abilities (GString *out, const char *label, RnlModelAbilities abilities)
{
  g_autofree char *words = g_flags_to_string (RNL_TYPE_MODEL_ABILITIES, abilities);
  g_auto (GStrv) parts = g_strsplit (words, " | ", -1);

  g_string_append (out, label);
  for (gsize i = 0; abilities != 0 && parts[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strdown (parts[i] + strlen ("RNL_MODEL_ABILITY_"), -1);

      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", word);
    }
}

/* "ID CONTEXT/OUTPUT +can -cannot $input/output/cached" */
static char *
describe_info (RnlModelInfo *info)
{
  GString *out = g_string_new (NULL);
  RnlModelAbilities known = rnl_model_info_get_known_abilities (info);
  const RnlModelPrice *price = rnl_model_info_get_price (info);

  g_string_append_printf (out, "%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          rnl_model_info_get_id (info), rnl_model_info_get_context_length (info),
                          rnl_model_info_get_max_output (info));
  add_abilities (out, " +", rnl_model_info_get_abilities (info));
  add_abilities (out, " -", known & ~rnl_model_info_get_abilities (info));
  if (price != NULL)
    g_string_append_printf (out, " $%g/%g/%g", price->input, price->output, price->cached_input);

  return g_string_free (out, FALSE);
}

/* The description itself. */

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_info (void)
{
  RnlModelInfo *info = rnl_model_info_new ("a/b", NULL, -1);
  g_autoptr (RnlModelPrice) price = rnl_model_price_new (1, 2, -1, "2026-01-02");
  g_autoptr (RnlModelInfo) copy = NULL;
  g_autofree char *text = NULL;
  guint notified = 0;

  g_signal_connect_swapped (info, "notify", G_CALLBACK (count_cb), &notified);
  g_assert_cmpstr (rnl_model_info_get_title (info), ==, "a/b");
  g_assert_cmpint (rnl_model_info_get_context_length (info), ==, 0);
  g_assert_true (rnl_model_info_can (info, RNL_MODEL_ABILITY_IMAGES));

  rnl_model_info_set_context_length (info, 10);
  rnl_model_info_set_context_length (info, 10);
  g_assert_cmpuint (notified, ==, 1);
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_IMAGES, FALSE);
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_IMAGES, FALSE);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_false (rnl_model_info_can (info, RNL_MODEL_ABILITY_IMAGES));
  g_assert_false (rnl_model_info_can (info, RNL_MODEL_ABILITY_IMAGES | RNL_MODEL_ABILITY_TOOLS));
  g_assert_true (rnl_model_info_can (info, RNL_MODEL_ABILITY_TOOLS));
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_TOOLS, TRUE);
  rnl_model_info_set_max_output (info, 5);
  rnl_model_info_set_price (info, price);

  copy = rnl_model_info_copy (info);
  text = describe_info (copy);
  g_assert_cmpstr (text, ==, "a/b 10/5 +tools -images $1/2/-1");
  g_assert_cmpstr (rnl_model_info_get_price (copy)->date, ==, "2026-01-02");
  g_assert_finalize_object (info);
}

static void
test_cost (void)
{
  g_autoptr (RnlModelPrice) price = rnl_model_price_new (2, 10, 0.5, NULL);
  g_autoptr (RnlModelPrice) plain = rnl_model_price_new (2, 10, -1, NULL);
  g_autoptr (RnlModelPrice) half = rnl_model_price_new (2, -1, -1, NULL);
  RnlUsage usage = RNL_USAGE_INIT;

  g_assert_cmpfloat (rnl_model_price_get_cost (price, &usage), <, 0);
  usage.input = 1000000;
  usage.output = 100000;
  g_assert_cmpfloat_with_epsilon (rnl_model_price_get_cost (price, &usage), 3, 1e-9);
  g_assert_cmpfloat (rnl_model_price_get_cost (half, &usage), <, 0);
  usage.cached_input = 600000;
  g_assert_cmpfloat_with_epsilon (rnl_model_price_get_cost (price, &usage), 2.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (rnl_model_price_get_cost (plain, &usage), 3, 1e-9);
  usage.cached_input = 9000000; /* more than was read: a server's mistake */
  g_assert_cmpfloat_with_epsilon (rnl_model_price_get_cost (price, &usage), 1.5, 1e-9);
}

/* Lists, each in its server's words. The ids are such that the catalogue knows none of them. */

static void
test_lists (void)
{
  static const struct
  {
    const char *protocol;
    const char *body;
    const char *expected;
  } cases[] = {
    { "anthropic",
      "{\"data\":[{\"id\":\"x-1\",\"display_name\":\"X\",\"max_input_tokens\":200000,"
      "\"max_tokens\":64000,\"capabilities\":{\"image_input\":{\"supported\":true},"
      "\"pdf_input\":{\"supported\":false},\"thinking\":{\"supported\":true,\"types\":{}},"
      "\"structured_outputs\":{\"supported\":true}}},{\"id\":\"x-2\",\"max_input_tokens\":null,"
      "\"capabilities\":null},{\"id\":\"x-3\",\"lifecycle\":\"retired\"},7,null]}",
      "x-1 200000/64000 +images,reasoning,schema -pdf; x-2 0/0 + -" },
    { "gemini",
      "{\"models\":[{\"name\":\"models/x-1\",\"inputTokenLimit\":1048576,"
      "\"outputTokenLimit\":65536,\"thinking\":true,\"maxTemperature\":2,"
      "\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]},"
      "{\"name\":\"models/x-embed\",\"supportedGenerationMethods\":[\"embedContent\"]}]}",
      "x-1 1048576/65536 +reasoning,sampling -" },
    { "ollama",
      "{\"models\":[{\"model\":\"x:7b\",\"capabilities\":[\"completion\",\"tools\"]},"
      "{\"name\":\"old:1b\"},{\"name\":\"embed\",\"capabilities\":[\"embedding\"]}]}",
      "x:7b 0/0 +tools,schema,sampling -images,pdf,reasoning; old:1b 0/0 +schema,sampling -pdf" },
    { "openai-chat", /* OpenRouter */
      "{\"data\":[{\"id\":\"v/x\",\"context_length\":131072,\"top_provider\":"
      "{\"max_completion_tokens\":8192},\"architecture\":{\"input_modalities\":[\"text\",\"file\"]}"
      ","
      "\"pricing\":{\"prompt\":\"0.000003\",\"completion\":\"0.000015\","
      "\"input_cache_read\":\"0.0000003\"},\"supported_parameters\":[\"tools\",\"temperature\"]},"
      "{\"id\":\"v/auto\",\"pricing\":{\"prompt\":\"-1\",\"completion\":\"-1\"}}]}",
      "v/x 131072/8192 +tools,pdf,sampling -images,reasoning,schema $3/15/0.3; v/auto 0/0 + -" },
    { "openai-chat", /* Together, an array alone */
      "[{\"id\":\"x\",\"type\":\"chat\",\"context_length\":4096,\"pricing\":{\"input\":0.5,"
      "\"output\":1}},{\"id\":\"y\",\"type\":\"embedding\"}]",
      "x 4096/0 + - $0.5/1/-1" },
    { "openai-responses", /* LM Studio */
      "{\"data\":[{\"id\":\"x\",\"type\":\"vlm\",\"max_context_length\":32768,"
      "\"loaded_context_length\":4096,\"capabilities\":[\"tool_use\"]},"
      "{\"id\":\"y\",\"type\":\"embeddings\"}]}",
      "x 4096/0 +tools,images -" },
    { "openai-chat", /* vLLM; llama.cpp; Mistral */
      "{\"data\":[{\"id\":\"x\",\"max_model_len\":8192},{\"id\":\"y\",\"meta\":"
      "{\"n_ctx_train\":4096}},{\"id\":\"z\",\"max_context_length\":64,\"capabilities\":"
      "{\"completion_chat\":true,\"function_calling\":false,\"vision\":true}},"
      "{\"id\":\"ocr\",\"capabilities\":{\"completion_chat\":false}}]}",
      "x 8192/0 + -; y 4096/0 + -; z 64/0 +images -tools" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlTestServer) server = rnl_test_server_new ();
      g_autofree char *url = rnl_test_server_dup_url (server, "");
      g_autoptr (RnlSecretStore) secrets = rnl_secret_store_new_volatile ();
      g_autoptr (RnlAccount) account = rnl_account_new ("a", "A", cases[i].protocol, url, secrets);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) models = NULL;
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      rnl_test_server_push (server, &(RnlTestReply){ .body = cases[i].body });
      rnl_account_fetch_models_async (account, NULL, rnl_test_result_cb, &result);
      rnl_test_wait_for (is_set, &result);
      models = rnl_account_fetch_models_finish (account, result, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < models->len; j++)
        g_ptr_array_add (texts, describe_info (models->pdata[j]));
      g_ptr_array_add (texts, NULL);
      text = g_strjoinv ("; ", (char **) texts->pdata);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* The catalogue. */

static RnlModelCatalog *
new_catalog (const char *text)
{
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "models.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  else
    g_unlink (path);

  return rnl_model_catalog_new (file);
}

static char *
complete (RnlModelCatalog *catalog, RnlModelInfo *info /* (transfer full) */)
{
  g_autoptr (RnlModelInfo) own = info;

  rnl_model_catalog_complete (catalog, own);

  return describe_info (own);
}

static void
test_catalog_table (void)
{
  static const struct
  {
    const char *id;
    const char *expected;
  } cases[] = {
    { "gpt-4o", "gpt-4o 128000/16384 +tools,images,schema,sampling -reasoning $2.5/10/1.25" },
    { "gpt-4o-2024-08-06",
      "gpt-4o-2024-08-06 128000/16384 +tools,images,schema,sampling -reasoning $2.5/10/1.25" },
    { "gpt-4o-mini", "gpt-4o-mini 128000/16384 +tools,images,schema,sampling -reasoning"
                     " $0.15/0.6/0.075" },
    /* A gateway's price is its own. */
    { "openai/gpt-4o-mini",
      "openai/gpt-4o-mini 128000/16384 +tools,images,schema,sampling -reasoning" },
    /* What comes after a model is not that model. */
    { "gpt-4o-audio-preview", "gpt-4o-audio-preview 0/0 + -" },
    { "gpt-5.9", "gpt-5.9 0/0 + -" },
    { "claude-sonnet-4-20250514",
      "claude-sonnet-4-20250514 200000/64000 +tools,images,pdf,reasoning -sampling $3/15/0.3" },
    { "claude-new-9", "claude-new-9 0/0 +tools,images -sampling" },
    { "nobody-knows", "nobody-knows 0/0 + -" },
  };
  g_autoptr (RnlModelCatalog) catalog = new_catalog (NULL);

  g_assert_null (rnl_model_catalog_get_error (catalog));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = complete (catalog, rnl_model_info_new (cases[i].id, NULL, 0));

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_catalog_server_first (void)
{
  g_autoptr (RnlModelCatalog) catalog = new_catalog (NULL);
  g_autoptr (RnlModelPrice) price = rnl_model_price_new (7, 8, -1, NULL);
  RnlModelInfo *info = rnl_model_info_new ("gpt-4o", NULL, 1000);
  g_autofree char *text = NULL;

  rnl_model_info_set_price (info, price);
  rnl_model_info_set_ability (info, RNL_MODEL_ABILITY_IMAGES, FALSE);
  text = complete (catalog, info);
  g_assert_cmpstr (text, ==, "gpt-4o 1000/16384 +tools,schema,sampling -images,reasoning $7/8/-1");
}

static void
test_catalog_own_file (void)
{
  g_autoptr (RnlModelCatalog) catalog
    = new_catalog ("{\"models\":[{\"prefix\":\"gpt-4o\",\"context\":5000,\"images\":false},"
                   "{\"prefix\":\"my-\",\"context\":1,\"tools\":true},"
                   "{\"prefix\":\"my-best\",\"context\":2,\"input\":0,\"output\":0,"
                   "\"date\":\"2026-11-01\"}]}");
  g_autofree char *known = NULL, *family = NULL, *best = NULL;

  g_assert_null (rnl_model_catalog_get_error (catalog));
  /* The person has the last word, also over the server. */
  known = complete (catalog, rnl_model_info_new ("gpt-4o", NULL, 1000));
  g_assert_cmpstr (known, ==,
                   "gpt-4o 5000/16384 +tools,schema,sampling -images,reasoning $2.5/10/1.25");
  family = complete (catalog, rnl_model_info_new ("my-old", NULL, 0));
  g_assert_cmpstr (family, ==, "my-old 1/0 +tools -");
  best = complete (catalog, rnl_model_info_new ("my-best:7b", NULL, 0));
  g_assert_cmpstr (best, ==, "my-best:7b 2/0 +tools - $0/0/-1");
}

static void
test_catalog_broken_file (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "{\"models\":[{\"prefix\":\"a\"},]}", "models.json is not used: " },
    { "[]", "there is no list “models”" },
    { "{\"models\":[7]}", "row 1 is not an object" },
    { "{\"models\":[{\"prefix\":\"gpt-4o\"},{\"context\":7}]}", "row 2 has no “prefix”" },
    { "{\"models\":[{\"prefix\":\"gpt-4o\",\"contxt\":7}]}", "row 1: “contxt”" },
    { "{\"models\":[{\"prefix\":\"gpt-4o\",\"context\":\"7\"}]}", "row 1: “context”" },
    { "{\"models\":[{\"prefix\":\"gpt-4o\",\"input\":-1}]}", "row 1: “input”" },
    { "{\"models\":[{\"prefix\":\"gpt-4o\",\"date\":\"yesterday\"}]}", "row 1: “date”" },
    { "{\"models\":[{\"prefix\":\"\"}]}", "row 1: “prefix”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlModelCatalog) catalog = new_catalog (cases[i].text);
      const GError *error = rnl_model_catalog_get_error (catalog);
      g_autofree char *text = complete (catalog, rnl_model_info_new ("gpt-4o", NULL, 0));
      g_autofree char *left = NULL;

      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, RNL_JSON_ERROR);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_nonnull (strstr (error->message, rnl_test_tmp_dir ()));
      /* The program's own table still counts, and the file is as it was. */
      g_assert_true (g_str_has_prefix (text, "gpt-4o 128000/16384"));
      g_assert_true (
        g_file_load_contents (rnl_model_catalog_get_file (catalog), NULL, &left, NULL, NULL, NULL));
      g_assert_cmpstr (left, ==, cases[i].text);
    }
}

/* Asking about one model. */

typedef struct
{
  RnlTestServer *server;
  RnlChatModel *model;
  RnlTestReply show;  /* for /api/show */
  RnlTestReply other; /* for everything else */
} Fixture;

static void
reply_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  Fixture *self = user_data;

  *reply = strcmp (request->path, "/api/show") == 0 ? self->show : self->other;
}

static void
setup (Fixture *self, gconstpointer protocol)
{
  g_autofree char *url = NULL;

  self->server = rnl_test_server_new ();
  rnl_test_server_set_handler (self->server, reply_cb, self);
  url = rnl_test_server_dup_url (self->server, "");
  self->model = rnl_http_model_new (protocol, url, "x:7b", NULL, NULL);
  self->other.body
    = "{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":true,\"done_reason\":"
      "\"stop\"}\n";
}

static void
teardown (Fixture *self, gconstpointer protocol)
{
  g_object_unref (self->model);
  rnl_test_server_free (self->server);
}

static RnlModelInfo *
describe (Fixture *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_chat_model_describe_async (self->model, cancellable, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);

  return rnl_chat_model_describe_finish (self->model, result, error);
}

/* Whoever describes a model is not waited for long: a program that is slowed down asks again. */
static void
assert_description (Fixture *self, const char *expected)
{
  g_autofree char *text = NULL;
  guint tries = rnl_test_get_slowdown () > 1 ? 5 : 1;

  while (tries-- > 0 && g_strcmp0 (text, expected) != 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnlModelInfo) info = describe (self, NULL, &error);

      g_assert_no_error (error);
      g_free (text);
      text = describe_info (info);
    }
  g_assert_cmpstr (text, ==, expected);
}

/* Asks; returns the `num_ctx` that the server was told, 0 for none. */
static gint64
ask (Fixture *self)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Hello?");
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("\"num_ctx\":(\\d+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;
  guint n;

  wire_answer_ask (answer, self->model, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->text->str, ==, "Hi");
  g_assert_cmpuint (request->num_ctx, ==, 0);

  n = rnl_test_server_get_n_requests (self->server);
  if (!g_regex_match (regex, rnl_test_server_get_request (self->server, n - 1)->body, 0, &match))
    return 0;
  number = g_match_info_fetch (match, 1);

  return g_ascii_strtoll (number, NULL, 10);
}

#define SHOW(PARAMETERS, CONTEXT)                                                                  \
  "{\"capabilities\":[\"completion\",\"tools\",\"thinking\"],\"parameters\":\"" PARAMETERS         \
  "\",\"model_info\":{\"general.architecture\":\"x\",\"x.context_length\":" CONTEXT "}}"

#define ABILITIES " +tools,reasoning,schema,sampling -images,pdf"

static void
test_ollama_show (Fixture *self, gconstpointer protocol)
{
  self->show.body = SHOW ("stop \\\"<end>\\\"\\ntemperature 0.7", "131072");

  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 2);
  g_assert_cmpstr (rnl_test_server_get_request (self->server, 0)->body, ==, "{\"model\":\"x:7b\"}");
  /* Its window is what it is told to make room for. It is asked about once. */
  assert_description (self, "x:7b 16384/0" ABILITIES);
  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 3);

  rnl_http_model_set_context_limit (RNL_HTTP_MODEL (self->model), 65536);
  g_assert_cmpint (ask (self), ==, 65536);
  assert_description (self, "x:7b 65536/0" ABILITIES);
  rnl_http_model_set_context_limit (RNL_HTTP_MODEL (self->model), 1000000);
  g_assert_cmpint (ask (self), ==, 131072);
}

static void
test_ollama_own_context (Fixture *self, gconstpointer protocol)
{
  self->show.body = SHOW ("num_ctx                        32768\\nstop x", "131072");
  g_assert_cmpint (ask (self), ==, 32768);
}

static void
test_ollama_small_model (Fixture *self, gconstpointer protocol)
{
  self->show.body = SHOW ("num_ctx 9999", "2048");
  g_assert_cmpint (ask (self), ==, 2048);
}

static void
test_ollama_own_request (Fixture *self, gconstpointer protocol)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Hello?");
  g_autoptr (WireAnswer) answer = wire_answer_new ();

  request->num_ctx = 777;
  g_assert_true (wire_answer_ask (answer, self->model, request, NULL, NULL));
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 1);
  g_assert_nonnull (
    strstr (rnl_test_server_get_request (self->server, 0)->body, "\"num_ctx\":777"));
}

static void
test_ollama_show_fails (Fixture *self, gconstpointer protocol)
{
  self->show = (RnlTestReply){ .status = 404, .body = "{\"error\":\"model not found\"}" };

  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 3);
}

/* A server that takes the question and is silent holds one answer up, and not for long. */
static void
test_ollama_show_hangs (Fixture *self, gconstpointer protocol)
{
  gint64 before = g_get_monotonic_time (), first, second;

  self->show = (RnlTestReply){ .body = "{", .ending = RNL_TEST_SILENCE };

  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  first = g_get_monotonic_time () - before;
  before = g_get_monotonic_time ();
  g_assert_cmpint (ask (self), ==, RNL_HTTP_MODEL_CONTEXT_LIMIT);
  second = g_get_monotonic_time () - before;
  g_assert_cmpint (second * 4, <, first);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 3);
}

static void
test_describe_from_list (Fixture *self, gconstpointer protocol)
{
  self->other.body = "{\"data\":[{\"id\":\"a\"},{\"id\":\"x:7b\",\"context_length\":4096}]}";

  assert_description (self, "x:7b 4096/0 + -");
  assert_description (self, "x:7b 4096/0 + -");
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 1);
}

static void
test_describe_unknown (Fixture *self, gconstpointer protocol)
{
  self->other = (RnlTestReply){ .status = 500, .body = "no" };

  assert_description (self, "x:7b 0/0 + -");
  assert_description (self, "x:7b 0/0 + -");
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 1);
}

static gboolean
was_asked (gpointer user_data)
{
  return rnl_test_server_get_n_requests (user_data) > 0;
}

static void
test_describe_cancelled (Fixture *self, gconstpointer protocol)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) before = NULL, during = NULL;

  self->other = (RnlTestReply){ .body = "{", .ending = RNL_TEST_SILENCE };
  rnl_chat_model_describe_async (self->model, cancellable, rnl_test_result_cb, &result);
  rnl_test_wait_for (was_asked, self->server);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (is_set, &result);
  g_assert_null (rnl_chat_model_describe_finish (self->model, result, &during));
  g_assert_error (during, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_null (describe (self, cancellable, &before));
  g_assert_error (before, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_model_test (const char *path, const char *protocol, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, protocol, setup, func, teardown);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/models/info", test_info);
  g_test_add_func ("/models/cost", test_cost);
  g_test_add_func ("/models/lists", test_lists);
  g_test_add_func ("/models/catalog/table", test_catalog_table);
  g_test_add_func ("/models/catalog/server-first", test_catalog_server_first);
  g_test_add_func ("/models/catalog/own-file", test_catalog_own_file);
  g_test_add_func ("/models/catalog/broken-file", test_catalog_broken_file);
  add_model_test ("/models/ollama/show", "ollama", test_ollama_show);
  add_model_test ("/models/ollama/own-context", "ollama", test_ollama_own_context);
  add_model_test ("/models/ollama/small-model", "ollama", test_ollama_small_model);
  add_model_test ("/models/ollama/own-request", "ollama", test_ollama_own_request);
  add_model_test ("/models/ollama/show-fails", "ollama", test_ollama_show_fails);
  add_model_test ("/models/ollama/show-hangs", "ollama", test_ollama_show_hangs);
  add_model_test ("/models/describe/from-list", "openai-chat", test_describe_from_list);
  add_model_test ("/models/describe/unknown", "openai-chat", test_describe_unknown);
  add_model_test ("/models/describe/cancelled", "openai-chat", test_describe_cancelled);

  return g_test_run ();
}
