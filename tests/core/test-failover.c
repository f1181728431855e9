/* test-failover.c: a service at several addresses, some of which are not well
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-account-private.h"
#include "rnl-http-model.h"
#include "rnl-protocol.h"
#include "rnl-provider-error.h"
#include "rnl-route.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

#define CHUNK(text) "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define DONE        "data: [DONE]\n\n"
#define MODELS      "{\"data\":[{\"id\":\"tiny\"}]}"

static const RnlTestReply answers = { .body = CHUNK ("Hello") DONE };
static const RnlTestReply hangs_up = { .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD };

typedef struct
{
  RnlTestServer *first;
  RnlTestServer *second;
  RnlAccount *account;
  RnlChatModel *model;
  RnlChatRequest *request;
  WireAnswer *answer;
  GError *error;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  g_autoptr (RnlSecretStore) secrets = rnl_secret_store_new_volatile ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  self->first = rnl_test_server_new ();
  self->second = rnl_test_server_new ();
  first = rnl_test_server_dup_url (self->first, "/v1");
  second = rnl_test_server_dup_url (self->second, "/v1");
  self->account = rnl_account_new ("farm", "Farm", "openai-chat", first, secrets);
  rnl_account_set_addresses (self->account, (const char *const[]){ second, NULL });
  self->model = rnl_http_model_new_for_account (self->account, "tiny", NULL);
  rnl_http_model_set_retry_delay (RNL_HTTP_MODEL (self->model), 1);
  self->request = rnl_chat_request_new_prompt ("Hello?");
  self->answer = wire_answer_new ();
}

static void
teardown (Fixture *self, gconstpointer data)
{
  g_clear_error (&self->error);
  wire_answer_free (self->answer);
  rnl_chat_request_unref (self->request);
  g_assert_finalize_object (self->model);
  g_assert_finalize_object (self->account);
  g_clear_pointer (&self->first, rnl_test_server_free);
  g_clear_pointer (&self->second, rnl_test_server_free);
}

static gboolean
ask (Fixture *self)
{
  return wire_answer_ask (self->answer, self->model, self->request, NULL, &self->error);
}

static void
assert_asked (Fixture *self, guint first, guint second)
{
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->first), ==, first);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->second), ==, second);
}

/* Two servers, and one of them dies between two questions. */
static void
test_dies (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &answers);
  rnl_test_server_push (self->second, &answers);
  g_assert_true (ask (self));
  assert_asked (self, 1, 0);

  g_clear_pointer (&self->first, rnl_test_server_free);
  g_assert_true (ask (self));
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->answer->text->str, ==, "HelloHello");
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->second), ==, 1);
}

/* The connection breaks before a byte of the answer: the other one is asked, now and the next time,
 * until it has been long enough to try the first one again. */
static void
test_remembers (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &hangs_up);
  rnl_test_server_push (self->first, &answers);
  rnl_test_server_push (self->second, &answers);

  g_assert_true (ask (self));
  assert_asked (self, 1, 1);
  g_assert_true (ask (self));
  assert_asked (self, 1, 2);

  self->account->good_until = 0;
  g_assert_true (ask (self));
  assert_asked (self, 2, 2);
}

/* When the one that answered lately is gone as well, the first one is next. */
static void
test_comes_back (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &hangs_up);
  rnl_test_server_push (self->first, &answers);
  rnl_test_server_push (self->second, &answers);
  rnl_test_server_push (self->second, &hangs_up);

  g_assert_true (ask (self));
  g_assert_true (ask (self));
  assert_asked (self, 2, 2);
}

/* A status without a byte of body is no output yet. */
static void
test_head_only (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (
    self->first,
    &(RnlTestReply){ .body = CHUNK ("Hello"), .ending = RNL_TEST_RESET, .cut_after = 0 });
  rnl_test_server_push (self->second, &answers);

  g_assert_true (ask (self));
  g_assert_cmpstr (self->answer->text->str, ==, "Hello");
  assert_asked (self, 1, 1);
}

/* Nobody can take back what was told: an error, and what there is stays. */
static void
test_after_output (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &(RnlTestReply){ .body = CHUNK ("Hel") CHUNK ("lo") DONE,
                                                      .ending = RNL_TEST_RESET,
                                                      .cut_after = sizeof CHUNK ("Hel") - 1 });
  rnl_test_server_push (self->second, &answers);

  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  g_assert_cmpstr (self->answer->text->str, ==, "Hel");
  assert_asked (self, 1, 0);
}

/* A server that says no has answered. */
static void
test_status (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &(RnlTestReply){ .status = 401, .body = "{}" });
  rnl_test_server_push (self->second, &answers);

  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_AUTHENTICATION);
  assert_asked (self, 1, 0);
}

/* A server that thinks has the question: it is not asked of another one as well. */
static void
test_silence (Fixture *self, gconstpointer data)
{
  rnl_http_model_set_idle_timeout (RNL_HTTP_MODEL (self->model), 100);
  rnl_test_server_push (self->first, &(RnlTestReply){ .body = DONE, .head_delay_ms = 60000 });
  rnl_test_server_push (self->second, &answers);

  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT);
  assert_asked (self, 1, 0);
}

/* All of them count as one try. */
static void
test_all_dead (Fixture *self, gconstpointer data)
{
  rnl_test_server_push (self->first, &hangs_up);
  rnl_test_server_push (self->second, &hangs_up);

  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  assert_asked (self, 3, 3);
}

/* No trusted certificate is no connection. */
static void
test_tls (Fixture *self, gconstpointer data)
{
  g_autofree char *path
    = g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "tests/data/tls/server.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (RnlTestServer) secure = rnl_test_server_new_secure (certificate);
  g_autofree char *url = rnl_test_server_dup_url (secure, "/v1");

  rnl_account_set_base_url (self->account, url);
  rnl_test_server_push (self->second, &answers);
  g_assert_true (ask (self));
  g_assert_no_error (self->error);
  g_assert_cmpuint (rnl_test_server_get_n_requests (secure), ==, 0);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->second), ==, 1);
}

/* A name nobody knows. The resolver of the machine is not asked: it may think about it for long. */
static void
test_name (Fixture *self, gconstpointer data)
{
  rnl_account_set_base_url (self->account, "http://nobody.localhost.invalid:9/v1");
  rnl_test_server_push (self->second, &answers);

  g_assert_true (ask (self));
  g_assert_no_error (self->error);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->second), ==, 1);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static GPtrArray *
fetch_models (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_account_fetch_models_async (self->account, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);

  return rnl_account_fetch_models_finish (self->account, result, &self->error);
}

static void
test_models (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) models = NULL;

  rnl_test_server_push (self->first, &hangs_up);
  rnl_test_server_push (self->second,
                        &(RnlTestReply){ .body = MODELS, .content_type = "application/json" });
  models = fetch_models (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (models->len, ==, 1);
  assert_asked (self, 1, 1);

  /* A question about models is enough to know whom to ask for an answer. */
  rnl_test_server_push (self->second, &answers);
  g_assert_true (ask (self));
  assert_asked (self, 1, 2);
}

static void
test_models_dead (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->first, rnl_test_server_free);
  g_clear_pointer (&self->second, rnl_test_server_free);
  g_assert_null (fetch_models (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
}

/* The same headers and the same question go to every address. */
static void
test_same_question (Fixture *self, gconstpointer data)
{
  const RnlTestRequest *first, *second;

  rnl_account_set_key (self->account, "the-key-of-the-farm");
  rnl_account_set_headers (self->account, (const char *const[]){ "X-Team: blue", NULL });
  rnl_test_server_push (self->first, &hangs_up);
  rnl_test_server_push (self->second, &answers);
  g_assert_true (ask (self));

  first = rnl_test_server_get_request (self->first, 0);
  second = rnl_test_server_get_request (self->second, 0);
  g_assert_cmpstr (first->body, ==, second->body);
  g_assert_cmpstr (first->path, ==, second->path);
  g_assert_cmpstr (g_hash_table_lookup (second->headers, "authorization"), ==,
                   "Bearer the-key-of-the-farm");
  g_assert_cmpstr (g_hash_table_lookup (second->headers, "x-team"), ==, "blue");
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/failover/%s", name);

  g_test_add (path, Fixture, NULL, setup, func, teardown);
}

/* What a shell or an editor put around a key is no part of it, and two lines are no header. */
static void
test_key_lines (void)
{
  const RnlProtocol *protocol = rnl_protocol_find ("openai-chat", NULL);
  g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new ("http://127.0.0.1:9", "/v1", NULL, NULL);
  g_autoptr (RnlRoute) end_of_line = rnl_route_new (protocol, endpoint, " k\r\n");
  g_autoptr (RnlRoute) two_lines = NULL;

  g_assert_cmpstr (rnl_route_get_key (end_of_line), ==, "k");
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*more than one line*");
  two_lines = rnl_route_new (protocol, endpoint, "k\r\nX-More: 1");
  g_test_assert_expected_messages ();
  g_assert_null (rnl_route_get_key (two_lines));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  add ("dies", test_dies);
  add ("remembers", test_remembers);
  add ("comes-back", test_comes_back);
  add ("head-only", test_head_only);
  add ("after-output", test_after_output);
  add ("status", test_status);
  add ("silence", test_silence);
  add ("all-dead", test_all_dead);
  add ("tls", test_tls);
  add ("name", test_name);
  add ("models", test_models);
  add ("models/all-dead", test_models_dead);
  add ("same-question", test_same_question);
  g_test_add_func ("/failover/key-lines", test_key_lines);

  return g_test_run ();
}
