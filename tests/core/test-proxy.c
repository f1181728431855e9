/* test-proxy.c: proxies, authorities and headers that a person gives
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-account.h"
#include "rnl-http-header.h"
#include "rnl-http-model.h"
#include "rnl-provider-error.h"
#include "rnl-proxy-resolver.h"
#include "rnl-test-proxy.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

#define ANSWER                                                                                     \
  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\ndata: [DONE]\n\n"
#define PASSWORD "canary-of-the-proxy"
#define VALUE    "canary-of-the-header"

static const char *const variables[]
  = { "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy",   "ALL_PROXY",
      "all_proxy",   "NO_PROXY",    "no_proxy",   "SSL_CERT_FILE" };

static void
clear_environment (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

/* Which proxy. */

typedef struct
{
  const char *variables; /* NAME=VALUE, separated by semicolons */
  const char *given;
  const char *uri;
  const char *proxy; /* NULL: the desktop decides */
} Choice;

static const Choice choices[] = {
  { "", NULL, "https://api.example.org/v1", NULL },
  { "HTTPS_PROXY=http://p:1", NULL, "https://api.example.org/v1", "http://p:1" },
  { "https_proxy=http://small:1;HTTPS_PROXY=http://p:1", NULL, "https://api.example.org",
    "http://small:1" },
  { "HTTPS_PROXY=p:3128", NULL, "https://api.example.org", "http://p:3128" },
  { "HTTPS_PROXY=http://p:1", NULL, "http://api.example.org", "direct" },
  { "HTTP_PROXY=http://q:1", NULL, "http://api.example.org", "http://q:1" },
  { "ALL_PROXY=socks5h://s:1", NULL, "http://api.example.org", "socks5://s:1" },
  { "ALL_PROXY=socks5://s:1;HTTPS_PROXY=http://p:1", NULL, "https://api.example.org",
    "http://p:1" },
  { "HTTPS_PROXY=", NULL, "https://api.example.org", NULL },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=*", NULL, "https://api.example.org", "direct" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=example.org", NULL, "https://api.example.org", "direct" },
  { "HTTPS_PROXY=http://p:1;no_proxy=.example.org", NULL, "https://api.example.org", "direct" },
  { "HTTPS_PROXY=http://p:1;no_proxy=*.Example.org", NULL, "https://api.example.org", "direct" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=ample.org", NULL, "https://api.example.org", "http://p:1" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=a.org, example.org", NULL, "https://example.org", "direct" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=example.org:8443", NULL, "https://example.org", "http://p:1" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=example.org:8443", NULL, "https://example.org:8443",
    "direct" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=example.org:443", NULL, "https://example.org", "direct" },
  { "HTTP_PROXY=http://p:1;NO_PROXY=10.0.0.0/8", NULL, "http://10.1.2.3:8000/v1", "direct" },
  { "HTTP_PROXY=http://p:1;NO_PROXY=10.0.0.0/8", NULL, "http://11.1.2.3:8000/v1", "http://p:1" },
  { "HTTP_PROXY=http://p:1;NO_PROXY=10.1.2.3", NULL, "http://10.1.2.3:8000/v1", "direct" },
  { "HTTP_PROXY=http://p:1;NO_PROXY=fd00::/8", NULL, "http://[fd00::5]:8000/v1", "direct" },
  { "HTTP_PROXY=http://p:1;NO_PROXY=[fd00::5]:8000", NULL, "http://[fd00::5]:8000/v1", "direct" },
  { "HTTP_PROXY=http://p:1;HTTPS_PROXY=http://p:1", NULL, "http://127.0.0.1:11434", "direct" },
  { "HTTP_PROXY=http://p:1", NULL, "http://[::1]:11434", "direct" },
  { "HTTP_PROXY=http://p:1", NULL, "http://localhost:11434", "direct" },
  { "HTTP_PROXY=http://p:1", NULL, "http://models.localhost", "direct" },
  { "HTTP_PROXY=http://p:1", NULL, "http://localhost.example.org", "http://p:1" },
  { "HTTPS_PROXY=http://p:1", "http://own:1", "https://api.example.org", "http://own:1" },
  { "HTTPS_PROXY=http://p:1;NO_PROXY=*", "own:1", "https://api.example.org", "http://own:1" },
  { "HTTPS_PROXY=http://p:1", "direct", "https://api.example.org", "direct" },
  { "", "http://own:1", "http://127.0.0.1:1", "direct" },
  { "", "socks5://me:word@own:1", "https://api.example.org", "socks5://me:word@own:1" },
};

static void
test_choice (gconstpointer data)
{
  const Choice *choice = data;
  g_auto (GStrv) settings = g_strsplit (choice->variables, ";", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlProxyResolver) resolver = NULL;
  g_autofree char *proxy = NULL;

  clear_environment ();
  for (gsize i = 0; settings[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (settings[i], "=", 2);

      g_setenv (pair[0], pair[1], TRUE);
    }
  resolver = rnl_proxy_resolver_new (choice->given, &error);
  g_assert_no_error (error);
  proxy = rnl_proxy_resolver_find (resolver, choice->uri);
  g_assert_cmpstr (proxy, ==, choice->proxy);
  clear_environment ();
}

static void
test_no_proxy (void)
{
  static const char *const bad[] = { "http://", "ftp://p:1", "http://a b", "file:///x" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_proxy_resolver_new (bad[i], &error));
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
    }
}

/* What the environment does not say is asked of the desktop. */
static void
test_desktop (void)
{
  g_autoptr (RnlProxyResolver) resolver = rnl_proxy_resolver_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ours = NULL;
  g_auto (GStrv) theirs = NULL;

  clear_environment ();
  ours = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver), "https://a.example/", NULL, &error);
  g_assert_no_error (error);
  theirs
    = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), "https://a.example/", NULL, NULL);
  g_assert_cmpstrv (ours, theirs);
}

/* Headers. */

static void
test_headers (void)
{
  static const struct
  {
    const char *line;
    const char *name; /* NULL: refused */
    const char *value;
  } cases[] = {
    { "X-Team: blue", "X-Team", "blue" },
    { "X-Team:blue", "X-Team", "blue" },
    { " X-Team :  two words ", "X-Team", "two words" },
    { "Authorization: Basic eA==", "Authorization", "Basic eA==" },
    { "X-Url: http://a:1/", "X-Url", "http://a:1/" },
    { "X-Empty:", "X-Empty", "" },
    { "no colon", NULL, NULL },
    { ": nothing", NULL, NULL },
    { "X Team: " VALUE, NULL, NULL },
    { "X-Team: a\r\nHost: " VALUE, NULL, NULL },
    { "X-Team: " VALUE "\n", NULL, NULL },
    { "X-Team: a\177" VALUE, NULL, NULL },
    { "Host: " VALUE, NULL, NULL },
    { "content-length: " VALUE, NULL, NULL },
    { "Transfer-Encoding: " VALUE, NULL, NULL },
    { "Connection: " VALUE, NULL, NULL },
    { "Proxy-Authorization: " VALUE, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (rnl_http_header_split (cases[i].line, &name, &value, &error), ==,
                       cases[i].name != NULL);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpstr (value, ==, cases[i].value);
      if (cases[i].name != NULL)
        continue;
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
      g_assert_null (strstr (error->message, VALUE));
    }
}

/* Real connections: a secure server that only the proxy finds. */

typedef struct
{
  RnlTestServer *server;
  RnlTestProxy *proxy;
  RnlAccount *account;
  RnlChatModel *model;
  RnlChatRequest *request;
  WireAnswer *answer;
  GError *error;
  char *ca_file;
} Fixture;

static char *
tls_file (const char *name)
{
  return g_build_filename (g_getenv ("RNL_TEST_SOURCE_ROOT"), "tests/data/tls", name, NULL);
}

static void
setup (Fixture *self, gconstpointer credentials)
{
  g_autoptr (RnlSecretStore) secrets = rnl_secret_store_new_volatile ();
  g_autofree char *path = tls_file ("server.pem");
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &self->error);

  g_assert_no_error (self->error);
  clear_environment ();
  self->server = rnl_test_server_new_secure (certificate);
  self->proxy = rnl_test_proxy_new (rnl_test_server_get_port (self->server), credentials);
  self->ca_file = tls_file ("ca.pem");
  self->account = rnl_account_new ("work", "Work", "openai-chat", "https://model.test/v1", secrets);
  self->model = rnl_http_model_new_for_account (self->account, "tiny", NULL);
  rnl_http_model_set_retry_delay (RNL_HTTP_MODEL (self->model), 1);
  self->request = rnl_chat_request_new_prompt ("Hello?");
  self->answer = wire_answer_new ();
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = ANSWER });
}

static void
teardown (Fixture *self, gconstpointer data)
{
  if (self->error != NULL)
    {
      g_test_message ("%s", self->error->message);
      g_assert_null (strstr (self->error->message, PASSWORD));
      g_assert_null (strstr (self->error->message, VALUE));
    }
  clear_environment ();
  g_clear_error (&self->error);
  wire_answer_free (self->answer);
  rnl_chat_request_unref (self->request);
  g_assert_finalize_object (self->model);
  g_assert_finalize_object (self->account);
  rnl_test_proxy_free (self->proxy);
  g_clear_pointer (&self->server, rnl_test_server_free);
  g_free (self->ca_file);
}

static gboolean
ask (Fixture *self)
{
  return wire_answer_ask (self->answer, self->model, self->request, NULL, &self->error);
}

static void
assert_answered (Fixture *self)
{
  gboolean answered = ask (self);

  g_assert_no_error (self->error);
  g_assert_true (answered);
}

static char *
proxy_url (Fixture *self, const char *userinfo)
{
  return g_strdup_printf ("http://%s127.0.0.1:%u", userinfo, rnl_test_proxy_get_port (self->proxy));
}

static void
test_tunnel (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");
  g_autofree char *log = NULL;

  rnl_account_set_proxy (self->account, proxy);
  rnl_account_set_ca_file (self->account, self->ca_file);
  assert_answered (self);
  g_assert_cmpstr (self->answer->text->str, ==, "Hello");
  log = rnl_test_proxy_dup_log (self->proxy);
  g_assert_cmpstr (log, ==, "CONNECT model.test:443 HTTP/1.1\n");
}

/* What the session of an account without a proxy does. */
static void
test_environment (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");

  g_setenv ("HTTPS_PROXY", proxy, TRUE);
  rnl_account_set_ca_file (self->account, self->ca_file);
  assert_answered (self);
  g_assert_cmpuint (rnl_test_proxy_get_n_tunnels (self->proxy), ==, 1);

  /* An exception holds for what is asked from then on. */
  rnl_account_set_ca_file (self->account, NULL);
  g_setenv ("NO_PROXY", "model.test", TRUE);
  rnl_account_set_ca_file (self->account, self->ca_file);
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  g_assert_cmpuint (rnl_test_proxy_get_n_tunnels (self->proxy), ==, 1);
}

static void
test_ca_of_environment (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");

  g_setenv ("SSL_CERT_FILE", self->ca_file, TRUE);
  rnl_account_set_proxy (self->account, proxy);
  assert_answered (self);
}

static void
test_no_ca (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");

  rnl_account_set_proxy (self->account, proxy);
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  g_assert_nonnull (strstr (self->error->message, "secure connection"));
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 0);
}

static void
test_bad_ca (Fixture *self, gconstpointer data)
{
  g_autofree char *readme = tls_file ("README");
  g_autofree char *missing = tls_file ("missing.pem");
  const char *const files[] = { readme, missing };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      rnl_account_set_ca_file (self->account, files[i]);
      g_assert_false (ask (self));
      g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
      g_assert_nonnull (strstr (self->error->message, files[i]));
      g_clear_error (&self->error);
    }
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
store_private (Fixture *self, const char *header, const char *proxy)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_account_store_private_async (self->account, (const char *const[]){ header, NULL }, proxy,
                                   NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  g_assert_true (rnl_account_store_private_finish (self->account, result, &self->error));
}

/* One tunnel, and to the server. */
static void
assert_asked_once (Fixture *self)
{
  g_autofree char *log = rnl_test_proxy_dup_log (self->proxy);

  g_assert_cmpstr (log, ==, "CONNECT model.test:443 HTTP/1.1\n");
}

/* The value of a header and the password of a proxy are in the secret store and in requests, and
 * nowhere in the account. */
static void
test_private (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "me:" PASSWORD "@");
  g_autofree char *bare = proxy_url (self, "");
  const RnlTestRequest *request;

  rnl_account_set_ca_file (self->account, self->ca_file);
  store_private (self, "X-Team: " VALUE, proxy);
  g_assert_cmpstr (rnl_account_get_proxy (self->account), ==, bare);
  g_assert_cmpstr (rnl_account_get_headers (self->account)[0], ==, "X-Team:");
  assert_answered (self);
  assert_asked_once (self);
  request = rnl_test_server_get_request (self->server, 0);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-team"), ==, VALUE);
  g_assert_null (g_hash_table_lookup (request->headers, "proxy-authorization"));

  /* Stored again without a value, it keeps the one it has. */
  store_private (self, "X-Team:", bare);
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = ANSWER });
  assert_answered (self);
  request = rnl_test_server_get_request (self->server, 1);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-team"), ==, VALUE);

  /* A header whose value nobody knows is not sent empty. */
  store_private (self, "X-Other:", bare);
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_AUTHENTICATION);
  g_assert_nonnull (strstr (self->error->message, "X-Other"));
}

static void
test_proxy_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "me:wrong@");

  rnl_account_set_proxy (self->account, proxy);
  rnl_account_set_ca_file (self->account, self->ca_file);
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_AUTHENTICATION);
  g_assert_nonnull (strstr (self->error->message, "proxy"));
  g_assert_cmpuint (rnl_test_proxy_get_n_tunnels (self->proxy), ==, 0);
  g_assert_nonnull (strstr (self->error->message, "(407)"));
  g_assert_true (g_str_has_suffix (self->error->message, "Check the proxy of this account."));
  assert_asked_once (self);
}

/* It cannot reach the server: that is its word and not the server's. */
static void
test_proxy_fails (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");

  rnl_account_set_proxy (self->account, proxy);
  rnl_account_set_ca_file (self->account, self->ca_file);
  g_clear_pointer (&self->server, rnl_test_server_free);
  g_assert_false (ask (self));
  g_test_message ("%s", self->error->message);
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  g_assert_nonnull (strstr (self->error->message, "The proxy on the way to model.test"));
  g_assert_nonnull (strstr (self->error->message, "(502"));
}

/* A request without a tunnel: what a proxy says in the place of the server is not the server's. */
static void
test_plain_proxy (Fixture *self, gconstpointer data)
{
  g_autoptr (RnlTestServer) proxy = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (proxy, "");
  g_autofree char *host = g_strdup_printf ("The proxy 127.0.0.1:%u, or model.test behind it",
                                           rnl_test_server_get_port (proxy));

  g_setenv ("HTTP_PROXY", url, TRUE);
  rnl_account_set_base_url (self->account, "http://model.test/v1");
  rnl_test_server_push (proxy, &(RnlTestReply){ .status = 502,
                                                .content_type = "text/html",
                                                .headers = "x-should-retry: false\r\n",
                                                .body = "<html>Bad gateway</html>" });
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (self->error->message, host));
  g_assert_nonnull (strstr (self->error->message, "(502)"));
  g_assert_true (g_str_has_suffix (self->error->message, "Check the proxy of this account."));
  g_assert_cmpuint (rnl_provider_error_get_details (self->error)->status, ==, 502);

  /* What is of the protocol is the server's. */
  g_clear_error (&self->error);
  rnl_test_server_push (proxy, &(RnlTestReply){ .status = 502,
                                                .content_type = "application/json",
                                                .headers = "x-should-retry: false\r\n",
                                                .body = "{\"error\":{\"message\":\"No model\"}}" });
  g_assert_false (ask (self));
  g_assert_error (self->error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_OVERLOADED);
  g_assert_true (g_str_has_prefix (self->error->message, "model.test is too busy (502): No model"));
}

/* What an error body repeats of a header is taken out, as the key is. */
static void
test_echo (Fixture *self, gconstpointer data)
{
  g_autofree char *proxy = proxy_url (self, "");
  RnlProviderErrorDetails *details;

  rnl_account_set_proxy (self->account, proxy);
  rnl_account_set_ca_file (self->account, self->ca_file);
  rnl_account_set_headers (self->account, (const char *const[]){ "X-Team: " VALUE, NULL });
  assert_answered (self);
  rnl_test_server_push (self->server,
                        &(RnlTestReply){ .status = 400,
                                         .headers = "x-request-id: r-" VALUE "\r\n",
                                         .body = "{\"error\":{\"message\":\"bad " VALUE
                                                 "\",\"code\":\"c-" VALUE "\"}}" });
  g_assert_false (ask (self));
  details = rnl_provider_error_get_details (self->error);
  g_assert_null (strstr (details->body, VALUE));
  g_assert_null (strstr (details->request_id, VALUE));
  g_assert_null (strstr (details->code, VALUE));
}

static void
add (const char *name, const char *credentials, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/proxy/%s", name);

  g_test_add (path, Fixture, credentials, setup, func, teardown);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proxy/choice/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &choices[i], test_choice);
    }
  g_test_add_func ("/proxy/no-address", test_no_proxy);
  g_test_add_func ("/proxy/desktop", test_desktop);
  g_test_add_func ("/proxy/headers", test_headers);
  add ("tunnel", NULL, test_tunnel);
  add ("environment", NULL, test_environment);
  add ("ca/environment", NULL, test_ca_of_environment);
  add ("ca/none", NULL, test_no_ca);
  add ("ca/bad", NULL, test_bad_ca);
  add ("private", "me:" PASSWORD, test_private);
  add ("refuses", "me:" PASSWORD, test_proxy_refuses);
  add ("fails", NULL, test_proxy_fails);
  add ("plain", NULL, test_plain_proxy);
  add ("echo", NULL, test_echo);

  return g_test_run ();
}
