/* test-provider-error-shapes.c: what each service calls an error, and what it is
 *
 * Shapes from the references of the services: OpenAI "Error codes", Anthropic "Errors", Gemini
 * "Troubleshooting" and google.rpc.Status, Ollama's `{"error": text}`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "provider-fixture.h"
#include "rnl-protocol.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"

#define OPENAI(type, code, message)                                                                \
  "{\"error\":{\"message\":\"" message "\",\"type\":\"" type "\",\"param\":null,\"code\":" code "}}"
#define ANTHROPIC(type, message)                                                                   \
  "{\"type\":\"error\",\"error\":{\"type\":\"" type "\",\"message\":\"" message                    \
  "\"},\"request_id\":\"req_1\"}"
#define GOOGLE(code, status, message, details)                                                     \
  "{\"error\":{\"code\":" #code ",\"status\":\"" status "\",\"message\":\"" message "\"" details   \
  "}}"
#define OLLAMA(message) "{\"error\":\"" message "\"}"

typedef struct
{
  RnlProviderError code;
  const char *name;
  guint status;
  const char *body;
  const char *wire_code; /* nullable: what the service calls it */
  gint64 retry_after_ms; /* 0: not said */
  const char *words;     /* nullable: what of it is told */
} Shape;

static const Shape openai[] = {
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "key", 401,
    OPENAI ("invalid_request_error", "\"invalid_api_key\"", "Incorrect API key provided: sk-x."),
    "invalid_api_key" },
  { RNL_PROVIDER_ERROR_PERMISSION, "region", 403,
    OPENAI ("request_forbidden", "\"unsupported_country_region_territory\"", "Not supported"),
    "unsupported_country_region_territory" },
  { RNL_PROVIDER_ERROR_QUOTA, "quota", 429,
    OPENAI ("insufficient_quota", "\"insufficient_quota\"", "You exceeded your current quota"),
    "insufficient_quota" },
  { RNL_PROVIDER_ERROR_QUOTA, "payment", 402,
    "{\"error\":{\"message\":\"Insufficient Balance\"}}" },
  { RNL_PROVIDER_ERROR_RATE_LIMIT, "rate", 429,
    OPENAI ("requests", "\"rate_limit_exceeded\"", "Rate limit reached"), "rate_limit_exceeded" },
  { RNL_PROVIDER_ERROR_MODEL_NOT_FOUND, "model", 404,
    OPENAI ("invalid_request_error", "\"model_not_found\"", "The model `tiny` does not exist"),
    "model_not_found" },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "context", 400,
    OPENAI ("invalid_request_error", "\"context_length_exceeded\"", "too many tokens"),
    "context_length_exceeded" },
  { RNL_PROVIDER_ERROR_CONTENT_REFUSED, "policy", 400,
    OPENAI ("invalid_request_error", "\"content_policy_violation\"", "not allowed"),
    "content_policy_violation" },
  { RNL_PROVIDER_ERROR_CONTENT_REFUSED, "filter", 400,
    OPENAI ("null", "\"content_filter\"", "content management policy"), "content_filter" },
  { RNL_PROVIDER_ERROR_OVERLOADED, "busy", 503,
    OPENAI ("server_error", "null", "The engine is currently overloaded") },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "request", 400,
    OPENAI ("invalid_request_error", "\"unsupported_parameter\"", "Unsupported parameter"),
    "unsupported_parameter" },
  { RNL_PROVIDER_ERROR_PROTOCOL, "page", 404, "<html>404</html>" },
  { RNL_PROVIDER_ERROR_TIMEOUT, "timeout", 504, "{}" },
  { RNL_PROVIDER_ERROR_FAILED, "server", 500, OPENAI ("server_error", "null", "oops") },
  { RNL_PROVIDER_ERROR_RATE_LIMIT, "gateway", 429,
    "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,\"metadata\":{\"raw\":\"tiny "
    "is limited upstream\",\"provider_name\":\"Small\"}}}",
    "429", 0, "Provider returned error (Small): tiny is limited upstream" },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "gateway-json", 400,
    "{\"error\":{\"message\":\"Provider returned error\",\"code\":400,\"metadata\":{\"raw\":\""
    "{\\\"error\\\":{\\\"message\\\":\\\"bad schema\\\"}}\"}}}",
    "400", 0, "Provider returned error: bad schema" },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "two-words", 400,
    "{\"error\":\"Bad Request\",\"message\":\"the field x is missing\"}", NULL, 0,
    "Bad Request: the field x is missing" },
};

static const Shape anthropic[] = {
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "key", 401,
    ANTHROPIC ("authentication_error", "invalid x-api-key"), "authentication_error" },
  { RNL_PROVIDER_ERROR_PERMISSION, "permission", 403, ANTHROPIC ("permission_error", "no"),
    "permission_error" },
  { RNL_PROVIDER_ERROR_QUOTA, "billing", 402, ANTHROPIC ("billing_error", "pay"), "billing_error" },
  { RNL_PROVIDER_ERROR_QUOTA, "credit", 400,
    ANTHROPIC ("invalid_request_error", "Your credit balance is too low to access the API.") },
  { RNL_PROVIDER_ERROR_QUOTA, "spend", 429,
    "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"no\",\"details\":"
    "{\"error_code\":\"enforced_spend_limit_reached\"}}}" },
  { RNL_PROVIDER_ERROR_RATE_LIMIT, "rate", 429, ANTHROPIC ("rate_limit_error", "slower"),
    "rate_limit_error" },
  { RNL_PROVIDER_ERROR_MODEL_NOT_FOUND, "model", 404, ANTHROPIC ("not_found_error", "model: tiny"),
    "not_found_error" },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "context", 400,
    ANTHROPIC ("invalid_request_error", "prompt is too long: 3 tokens > 2 maximum") },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "large", 413, ANTHROPIC ("request_too_large", "big") },
  { RNL_PROVIDER_ERROR_CONTENT_REFUSED, "filter", 400,
    ANTHROPIC ("invalid_request_error", "Output blocked by content filtering policy") },
  { RNL_PROVIDER_ERROR_OVERLOADED, "overloaded", 529, ANTHROPIC ("overloaded_error", "Overloaded"),
    "overloaded_error" },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "request", 400,
    ANTHROPIC ("invalid_request_error", "messages: at least one message is required"),
    "invalid_request_error" },
  { RNL_PROVIDER_ERROR_TIMEOUT, "timeout", 504, ANTHROPIC ("timeout_error", "late") },
  { RNL_PROVIDER_ERROR_FAILED, "api", 500, ANTHROPIC ("api_error", "oops"), "api_error" },
};

static const Shape gemini[] = {
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "key", 400,
    GOOGLE (400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", "") },
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "reason", 400,
    GOOGLE (400,
            "INVALID_ARGUMENT",
            "Bad",
            ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
            "\"reason\":\"API_KEY_INVALID\"}]") },
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "401", 401, GOOGLE (401, "UNAUTHENTICATED", "no", "") },
  { RNL_PROVIDER_ERROR_PERMISSION, "permission", 403, GOOGLE (403, "PERMISSION_DENIED", "no", "") },
  { RNL_PROVIDER_ERROR_QUOTA, "quota", 429,
    GOOGLE (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, check your billing", "") },
  { RNL_PROVIDER_ERROR_RATE_LIMIT, "rate", 429,
    GOOGLE (429,
            "RESOURCE_EXHAUSTED",
            "You exceeded your current quota, check your billing",
            ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
            "\"retryDelay\":\"3600.5s\"}]"),
    NULL, 3600500 },
  { RNL_PROVIDER_ERROR_MODEL_NOT_FOUND, "model", 404,
    GOOGLE (404, "NOT_FOUND", "models/tiny is not found for API version v1beta", "") },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "context", 400,
    GOOGLE (400,
            "INVALID_ARGUMENT",
            "The input token count (9) exceeds the maximum number of tokens allowed (8).",
            "") },
  { RNL_PROVIDER_ERROR_OVERLOADED, "overloaded", 503,
    GOOGLE (503, "UNAVAILABLE", "The model is overloaded. Please try again later.", "") },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "request", 400,
    GOOGLE (400, "INVALID_ARGUMENT", "Unknown name \\\"x\\\"", "") },
  { RNL_PROVIDER_ERROR_TIMEOUT, "deadline", 504, GOOGLE (504, "DEADLINE_EXCEEDED", "late", "") },
  { RNL_PROVIDER_ERROR_FAILED, "internal", 500, GOOGLE (500, "INTERNAL", "oops", "") },
};

static const Shape ollama[] = {
  { RNL_PROVIDER_ERROR_AUTHENTICATION, "key", 401, OLLAMA ("unauthorized") },
  { RNL_PROVIDER_ERROR_PERMISSION, "permission", 403,
    OLLAMA ("this model requires a subscription") },
  { RNL_PROVIDER_ERROR_RATE_LIMIT, "rate", 429, OLLAMA ("too many requests") },
  { RNL_PROVIDER_ERROR_MODEL_NOT_FOUND, "model", 404, OLLAMA ("model 'tiny' not found") },
  { RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG, "context", 400,
    OLLAMA ("the input length exceeds the context length") },
  { RNL_PROVIDER_ERROR_OVERLOADED, "overloaded", 503,
    OLLAMA ("server busy, please try again. maximum pending requests exceeded") },
  { RNL_PROVIDER_ERROR_BAD_REQUEST, "tools", 400, OLLAMA ("tiny does not support tools") },
  { RNL_PROVIDER_ERROR_PROTOCOL, "path", 404, "404 page not found" },
  { RNL_PROVIDER_ERROR_FAILED, "memory", 500, OLLAMA ("requires more system memory (9 GiB)") },
};

static const struct
{
  const char *protocol;
  const Shape *shapes;
  gsize n_shapes;
} services[] = {
  { "openai-chat", openai, G_N_ELEMENTS (openai) },
  { "openai-responses", openai, G_N_ELEMENTS (openai) },
  { "anthropic", anthropic, G_N_ELEMENTS (anthropic) },
  { "gemini", gemini, G_N_ELEMENTS (gemini) },
  { "ollama", ollama, G_N_ELEMENTS (ollama) },
};

/* One shape of one service. */
typedef struct
{
  const char *protocol;
  const Shape *shape;
} Case;

static Case cases[2 * G_N_ELEMENTS (openai) + G_N_ELEMENTS (anthropic) + G_N_ELEMENTS (gemini)
                  + G_N_ELEMENTS (ollama)];
static gsize n_cases;

static void
set_up (ProviderFixture *self, gconstpointer data)
{
  provider_fixture_set_up_protocol (self, ((const Case *) data)->protocol);
}

static void
test_shape (ProviderFixture *self, gconstpointer data)
{
  const Shape *shape = ((const Case *) data)->shape;
  const RnlProviderErrorDetails *details;

  rnl_test_server_push (self->server, &(RnlTestReply){ .status = shape->status,
                                                       .content_type = "application/json",
                                                       .headers = "request-id: req-7\r\n"
                                                                  "x-should-retry: false\r\n",
                                                       .body = shape->body });
  g_assert_false (provider_fixture_ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, (gint) shape->code);
  g_assert_nonnull (strstr (self->error->message, "127.0.0.1"));
  details = rnl_provider_error_get_details (self->error);
  g_assert_cmpuint (details->status, ==, shape->status);
  g_assert_cmpstr (details->request_id, ==, "req-7");
  g_assert_cmpstr (details->body, !=, "");
  g_assert_cmpint (details->retry_after_ms, ==,
                   shape->retry_after_ms != 0 ? shape->retry_after_ms : -1);
  if (shape->words != NULL)
    g_assert_nonnull (strstr (self->error->message, shape->words));
  if (shape->wire_code != NULL)
    g_assert_cmpstr (details->code, ==, shape->wire_code);
}

/* A body without an end is kept as far as it is of use. */
static void
test_bounded (ProviderFixture *self, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"error\":{\"message\":\"%s\"}}", filler);

  rnl_test_server_push (self->server, &(RnlTestReply){ .status = 400, .body = body });
  g_assert_false (provider_fixture_ask (self));
  g_assert_cmpuint (strlen (self->error->message), <, 2200);
  g_assert_cmpuint (strlen (rnl_provider_error_get_details (self->error)->body), <=,
                    RNL_PROVIDER_ERROR_MAX_BODY);
}

/* Every code there is has a word of its own. */
static void
test_words (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_PROVIDER_ERROR);

  g_assert_cmpuint (klass->n_values, >=, 13);
  for (guint i = 0; i < klass->n_values; i++)
    {
      RnlProviderError code = (RnlProviderError) klass->values[i].value;
      g_autoptr (GError) error = rnl_provider_error_new (code, "x");

      g_assert_cmpint ((gint) rnl_provider_error_from_nick (rnl_provider_error_nick (error)), ==,
                       (gint) code);
    }
  g_assert_cmpint ((gint) rnl_provider_error_from_nick ("no such word"), ==,
                   RNL_PROVIDER_ERROR_FAILED);
}

static void
add_shapes (const char *protocol, const Shape *shapes, gsize n_shapes)
{
  for (gsize i = 0; i < n_shapes; i++)
    {
      Case *item = &cases[n_cases++];
      g_autofree char *path
        = g_strdup_printf ("/provider-error-shapes/%s/%s", protocol, shapes[i].name);

      g_assert_cmpuint (n_cases, <=, G_N_ELEMENTS (cases));
      item->protocol = protocol;
      item->shape = &shapes[i];
      g_test_add_vtable (path, sizeof (ProviderFixture), item, (GTestFixtureFunc) set_up,
                         (GTestFixtureFunc) test_shape,
                         (GTestFixtureFunc) provider_fixture_tear_down);
    }
}

int
main (int argc, char **argv)
{
  static const Case any = { "openai-chat", NULL };

  rnl_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    add_shapes (services[i].protocol, services[i].shapes, services[i].n_shapes);
  g_test_add ("/provider-error-shapes/bounded", ProviderFixture, &any, set_up, test_bounded,
              provider_fixture_tear_down);
  g_test_add_func ("/provider-error-shapes/words", test_words);

  return g_test_run ();
}
