/* test-provider-errors.c: everything that goes wrong between us and a server
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "provider-fixture.h"
#include "rnl-http-stream.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"

static GString *logged;

/* One answer of a server, and what becomes of it. */
typedef struct
{
  const char *name;
  RnlTestReply reply;
  RnlProviderError code;
  const char *message; /* has to be in ours */
  const char *text;    /* what had come before */
  guint n_requests;
} Failure;

static const Failure failures[] = {
  { "key",
    { .status = 401,
      .content_type = "application/json",
      .body = "{\"error\":{\"message\":\"Incorrect API key provided: " CANARY
              ".\",\"code\":\"invalid_api_key\"}}" },
    RNL_PROVIDER_ERROR_AUTHENTICATION,
    "Check the API key",
    "",
    1 },
  { "permission",
    { .status = 403, .body = "{\"error\":{\"message\":\"Not for you\"}}" },
    RNL_PROVIDER_ERROR_PERMISSION,
    "Not for you",
    "",
    1 },
  { "model",
    { .status = 404, .body = "{\"error\":{\"message\":\"model 'tiny' not found\"}}" },
    RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
    "“tiny”",
    "",
    1 },
  { "path",
    { .status = 404, .body = "{\"detail\":\"Not Found\"}" },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "/v1/chat/completions",
    "",
    1 },
  { "page",
    { .content_type = "text/html", .body = "<!DOCTYPE html><html>Sign in</html>" },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "web page",
    "",
    1 },
  { "page-404",
    { .status = 404, .content_type = "text/html", .body = "<html>no</html>" },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "Check the address",
    "",
    1 },
  { "redirect",
    { .status = 307, .headers = "Location: https://example.org/v1\r\n", .body = " " },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "https://example.org/v1",
    "",
    1 },
  { "nothing", { .body = " " }, RNL_PROVIDER_ERROR_PROTOCOL, "nothing", "", 1 },
  { "not-events",
    { .body = "hello there, I am no stream\n\n" },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "I am no stream",
    "",
    1 },
  { "quota",
    { .status = 429,
      .body = "{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":"
              "\"insufficient_quota\"}}" },
    RNL_PROVIDER_ERROR_QUOTA,
    "credit",
    "",
    1 },
  { "rate-limit",
    { .status = 429, .headers = "retry-after-ms: 0\r\n", .body = "{\"error\":\"slow down\"}" },
    RNL_PROVIDER_ERROR_RATE_LIMIT,
    "slow down",
    "",
    3 },
  { "long-wait",
    { .status = 429, .headers = "Retry-After: 3600\r\n", .body = "{}" },
    RNL_PROVIDER_ERROR_RATE_LIMIT,
    "Wait",
    "",
    1 },
  { "no-retry",
    { .status = 503, .headers = "x-should-retry: false\r\n", .body = "busy" },
    RNL_PROVIDER_ERROR_OVERLOADED,
    "busy",
    "",
    1 },
  { "overloaded",
    { .status = 503, .body = "busy" },
    RNL_PROVIDER_ERROR_OVERLOADED,
    "too busy (503): busy",
    "",
    3 },
  { "context",
    { .status = 400,
      .body = "{\"error\":{\"message\":\"too big\",\"code\":\"context_length_exceeded\"}}" },
    RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG,
    "too big",
    "",
    1 },
  { "filter",
    { .status = 400, .body = "{\"error\":{\"message\":\"no\",\"code\":\"content_filter\"}}" },
    RNL_PROVIDER_ERROR_CONTENT_REFUSED,
    "differently",
    "",
    1 },
  { "bad-request",
    { .status = 422, .body = "{\"detail\":[{\"msg\":\"field required\"}]}" },
    RNL_PROVIDER_ERROR_BAD_REQUEST,
    "field required",
    "",
    1 },
  { "json-error",
    { .content_type = "application/json", .body = "{\"error\":{\"message\":\"oops\"}}" },
    RNL_PROVIDER_ERROR_FAILED,
    "oops",
    "",
    1 },
  { "json-other",
    { .content_type = "application/json", .body = "{\"hello\":1}" },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "hello",
    "",
    1 },
  { "malformed",
    { .body = CHUNK ("Hi") "data: {\"choices\":[{]}\n\n" FINISH },
    RNL_PROVIDER_ERROR_PROTOCOL,
    "not JSON",
    "Hi",
    1 },
  { "in-stream",
    { .body = CHUNK ("Hi") "data: {\"error\":{\"message\":\"GPU fell off\"}}\n\n" },
    RNL_PROVIDER_ERROR_FAILED,
    "GPU fell off",
    "Hi",
    1 },
  { "event-error",
    { .body = CHUNK ("Hi") "event: error\ndata: out of steam\n\n" },
    RNL_PROVIDER_ERROR_FAILED,
    "out of steam",
    "Hi",
    1 },
  { "in-stream-overloaded",
    { .body = "data: {\"object\":\"error\",\"message\":\"overloaded\",\"code\":503}\n\n" },
    RNL_PROVIDER_ERROR_OVERLOADED,
    "overloaded",
    "",
    1 },
  { "truncated",
    { .body = CHUNK ("Hi") "data: {\"choices\":[{\"del" },
    RNL_PROVIDER_ERROR_NETWORK,
    "middle of the answer",
    "Hi",
    1 },
  { "reset",
    { .body = HELLO, .ending = RNL_TEST_RESET, .cut_after = sizeof CHUNK ("Hel") + 3 },
    RNL_PROVIDER_ERROR_NETWORK,
    "broke",
    "Hel",
    1 },
  { "cut",
    { .body = HELLO, .ending = RNL_TEST_CUT, .cut_after = sizeof CHUNK ("Hel") + 3 },
    RNL_PROVIDER_ERROR_NETWORK,
    "broke",
    "Hel",
    1 },
  { "no-head",
    { .body = HELLO, .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD },
    RNL_PROVIDER_ERROR_NETWORK,
    "127.0.0.1",
    "",
    3 },
};

static void
test_failure (ProviderFixture *self, gconstpointer data)
{
  const Failure *failure = data;

  rnl_test_server_push (self->server, &failure->reply);
  g_assert_false (provider_fixture_ask (self));

  g_assert_error (self->error, RNL_PROVIDER_ERROR, (gint) failure->code);
  g_assert_nonnull (strstr (self->error->message, failure->message));
  g_assert_nonnull (strstr (self->error->message, "127.0.0.1"));
  g_assert_cmpstr (self->answer->text->str, ==, failure->text);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, failure->n_requests);
}

/* What looks broken and is not. */
typedef struct
{
  const char *name;
  RnlTestReply reply;
} Success;

#define WHOLE                                                                                      \
  "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"         \
  "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}"

static const Success successes[] = {
  { "plain", { .body = HELLO } },
  { "bytes", { .body = HELLO, .piece = 1 } },
  { "gzip", { .body = HELLO, .gzip = TRUE } },
  { "wrong-type", { .body = HELLO, .content_type = "application/octet-stream" } },
  { "no-done", { .body = CHUNK ("Hello") FINISH } },
  { "no-finish", { .body = CHUNK ("Hello") DONE } },
  { "no-blank-line",
    { .body = CHUNK ("Hello") "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}" } },
  { "cut-after-finish",
    { .body = HELLO "data: more", .ending = RNL_TEST_CUT, .cut_after = sizeof HELLO - 8 } },
  { "reset-after-finish",
    { .body = HELLO "data: more", .ending = RNL_TEST_RESET, .cut_after = sizeof HELLO - 8 } },
  { "silence-after-done", { .body = HELLO, .ending = RNL_TEST_SILENCE } },
  { "whole", { .body = WHOLE, .content_type = "application/json" } },
};

static void
test_success (ProviderFixture *self, gconstpointer data)
{
  const Success *success = data;
  const RnlTestRequest *request;

  rnl_test_server_push (self->server, &success->reply);
  g_assert_true (provider_fixture_ask (self));
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->answer->text->str, ==, "Hello");

  request = rnl_test_server_get_request (self->server, 0);
  g_assert_cmpstr (request->path, ==, "/v1/chat/completions");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer " CANARY);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "content-type"), ==, "application/json");
}

static void
test_refused (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (RnlTestServer) gone = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (gone, "/v1/");
  rnl_test_last RnlChatModel *model = rnl_http_model_new ("openai-chat", url, "tiny", NULL, NULL);

  g_clear_pointer (&gone, rnl_test_server_free);
  rnl_http_model_set_retry_delay (RNL_HTTP_MODEL (model), 1);
  g_assert_false (wire_answer_ask (self->answer, model, self->request, NULL, &self->error));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
}

static void
test_no_key (ProviderFixture *self, gconstpointer data)
{
  g_autofree char *url = rnl_test_server_dup_url (self->server, "/v1/chat/completions/");
  rnl_test_last RnlChatModel *model = rnl_http_model_new ("openai-chat", url, "tiny", "", NULL);

  rnl_test_server_push (self->server, &(RnlTestReply){ .status = 401, .body = "{}" });
  g_assert_false (wire_answer_ask (self->answer, model, self->request, NULL, &self->error));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_AUTHENTICATION);
  g_assert_nonnull (strstr (self->error->message, "asks for an API key"));
  g_assert_null (
    g_hash_table_lookup (rnl_test_server_get_request (self->server, 0)->headers, "authorization"));
}

static void
test_timeout_head (ProviderFixture *self, gconstpointer data)
{
  rnl_http_model_set_idle_timeout (RNL_HTTP_MODEL (self->model), 100);
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO, .head_delay_ms = 60000 });

  g_assert_false (provider_fixture_ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 1);
}

static void
test_timeout_body (ProviderFixture *self, gconstpointer data)
{
  rnl_http_model_set_idle_timeout (RNL_HTTP_MODEL (self->model), 200);
  rnl_test_server_push (self->server,
                        &(RnlTestReply){ .body = CHUNK ("Hel"), .ending = RNL_TEST_SILENCE });

  g_assert_false (provider_fixture_ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  g_assert_cmpstr (self->answer->text->str, ==, "Hel");
}

/* Each piece begins the silence anew. */
static void
test_slow_is_not_silent (ProviderFixture *self, gconstpointer data)
{
  rnl_http_model_set_idle_timeout (RNL_HTTP_MODEL (self->model), 1000);
  rnl_test_server_push (self->server,
                        &(RnlTestReply){ .body = HELLO, .piece = 16, .piece_delay_ms = 100 });

  g_assert_true (provider_fixture_ask (self));
  g_assert_cmpstr (self->answer->text->str, ==, "Hello");
}

static void
test_addresses (void)
{
  static const char *const bad[] = { "",        "  ",         "ftp://example.org",
                                     "http://", "http://a b", "https://me:secret@example.org/v1" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_http_model_new ("openai-chat", bad[i], "tiny", NULL, &error));
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* Everything that was logged in this program, with all debugging on. */
static void
test_canary (void)
{
  g_assert_cmpuint (logged->len, >, 0);
  g_assert_null (strstr (logged->str, CANARY));
}

static GLogWriterOutput
log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0)
      g_string_append_printf (logged, "%s=%s\n", fields[i].key, (const char *) fields[i].value);

  /* Debugging goes to standard output, where the results are. */
  return level <= G_LOG_LEVEL_WARNING ? g_log_writer_default (level, fields, n_fields, user_data)
                                      : G_LOG_WRITER_HANDLED;
}

static void
add (const char *name, gconstpointer data, void (*func) (ProviderFixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/provider-errors/%s", name);

  g_test_add (path, ProviderFixture, data, provider_fixture_set_up, func,
              provider_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  logged = g_string_new (NULL);
  rnl_test_init (&argc, &argv);
  g_log_set_writer_func (log_writer, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *name = g_strconcat ("failure/", failures[i].name, NULL);

      add (name, &failures[i], test_failure);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (successes); i++)
    {
      g_autofree char *name = g_strconcat ("success/", successes[i].name, NULL);

      add (name, &successes[i], test_success);
    }
  add ("refused", NULL, test_refused);
  add ("no-key", NULL, test_no_key);
  add ("timeout/head", NULL, test_timeout_head);
  add ("timeout/body", NULL, test_timeout_body);
  add ("timeout/slow-is-not-silent", NULL, test_slow_is_not_silent);
  g_test_add_func ("/provider-errors/addresses", test_addresses);
  g_test_add_func ("/provider-errors/logs/canary", test_canary);

  return g_test_run ();
}
