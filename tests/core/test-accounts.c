/* test-accounts.c: accounts, their keys, their models, and servers on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-accounts.h"
#include "rnl-endpoint.h"
#include "rnl-http-model.h"
#include "rnl-local-servers.h"
#include "rnl-offline-helper.h"
#include "rnl-protocol.h"
#include "rnl-provider-error.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

/* Addresses. */

static void
test_endpoints (void)
{
  static const struct
  {
    const char *address;
    const char *uri;
    const char *host;
  } cases[] = {
    { "http://localhost:11434", "http://localhost:11434/v1/models", "localhost:11434" },
    { "http://localhost:11434/", "http://localhost:11434/v1/models", "localhost:11434" },
    { "  localhost:11434 ", "http://localhost:11434/v1/models", "localhost:11434" },
    { "127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/models", "127.0.0.1:8080" },
    { "[::1]:8080", "http://[::1]:8080/v1/models", "[::1]:8080" },
    { "api.openai.com", "https://api.openai.com/v1/models", "api.openai.com" },
    { "https://api.openai.com/v1/", "https://api.openai.com/v1/models", "api.openai.com" },
    { "https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/models",
      "api.openai.com" },
    { "https://api.openai.com/v1/chat/completions//", "https://api.openai.com/v1/models",
      "api.openai.com" },
    { "https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1/models", "openrouter.ai" },
    { "http://localhost:11434/api/tags", "http://localhost:11434/v1/models", "localhost:11434" },
    { "https://x.example/openai/v1/models?api-version=1",
      "https://x.example/openai/v1/models?api-version=1", "x.example" },
    { "HTTPS://Example.org/v1#top", "https://example.org/v1/models", "example.org" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnlEndpoint) endpoint
        = rnl_endpoint_new (cases[i].address, rnl_openai_chat_protocol.default_path,
                            rnl_openai_chat_protocol.method_paths, &error);
      g_autofree char *uri = NULL;

      g_assert_no_error (error);
      uri = rnl_endpoint_dup_uri (endpoint, "models");
      g_assert_cmpstr (uri, ==, cases[i].uri);
      g_assert_cmpstr (endpoint->host, ==, cases[i].host);
    }
}

/* Keys. */

static char *
lookup_key (RnlAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *key = NULL;

  rnl_account_lookup_key_async (account, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  g_assert_true (rnl_account_lookup_key_finish (account, result, &key, &error));
  g_assert_no_error (error);

  return key;
}

static void
store_key (RnlAccount *account, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_account_store_key_async (account, key, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  g_assert_true (rnl_account_store_key_finish (account, result, &error));
  g_assert_no_error (error);
}

static void
assert_key (RnlAccount *account, const char *wanted)
{
  g_autofree char *key = lookup_key (account);

  g_assert_cmpstr (key, ==, wanted);
}

static void
test_keys (void)
{
  RnlSecretStore *secrets = rnl_secret_store_new_volatile ();
  RnlAccount *account = rnl_account_new ("a", "A", "openai-chat", "http://localhost:1/v1", secrets);

  g_assert_true (rnl_secret_store_get_keys_are_volatile (secrets));
  assert_key (account, NULL);
  store_key (account, "first");
  assert_key (account, "first");
  rnl_account_set_key (account, "tried");
  assert_key (account, "tried");
  store_key (account, "second");
  assert_key (account, "second");

  g_setenv ("RUNNEL_API_KEY", "from-outside", TRUE);
  assert_key (account, "from-outside");
  g_unsetenv ("RUNNEL_API_KEY");

  /* A key is never given to another address. */
  rnl_account_set_base_url (account, "http://localhost:2/v1");
  assert_key (account, NULL);
  rnl_account_set_base_url (account, "http://localhost:1/v1");
  assert_key (account, "second");
  store_key (account, "");
  assert_key (account, NULL);

  g_assert_finalize_object (account);
  g_assert_finalize_object (secrets);
}

/* The list. */

typedef struct
{
  RnlAccounts *accounts;
  GSettings *settings;
  RnlSecretStore *secrets;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->n_changes++;
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->settings = g_settings_new (RNL_APP_ID);
  g_settings_reset (self->settings, "accounts");
  self->secrets = rnl_secret_store_new_volatile ();
  self->accounts = rnl_accounts_new_with_secrets (self->settings, self->secrets);
  g_signal_connect_swapped (self->accounts, "items-changed", G_CALLBACK (changed_cb), self);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->accounts);
  g_object_unref (self->settings);
  g_object_unref (self->secrets);
}

static RnlAccount *
add (Fixture *self, const char *title)
{
  g_autoptr (GError) error = NULL;
  RnlAccount *account
    = rnl_accounts_add (self->accounts, title, "openai-chat", "localhost:11434", &error);

  g_assert_no_error (error);

  return account;
}

static void
test_add_and_remove (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlAccounts) again = NULL;

  g_assert_cmpstr (rnl_account_get_id (add (self, "My Server!")), ==, "my-server");
  g_assert_cmpstr (rnl_account_get_id (add (self, "my server")), ==, "my-server-2");
  g_assert_cmpstr (rnl_account_get_id (add (self, "Offline")), ==, "offline-2");
  g_assert_cmpstr (rnl_account_get_id (add (self, "日本")), !=, "");
  g_assert_cmpuint (self->n_changes, ==, 4);

  g_assert_null (rnl_accounts_add (self->accounts, "Bad", "openai-chat", "ftp://x", &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  g_assert_null (rnl_accounts_add (self->accounts, "Bad", "telepathy", "http://x", &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);

  again = rnl_accounts_new_with_secrets (self->settings, self->secrets);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 4);
  g_assert_cmpstr (rnl_account_get_title (rnl_accounts_find (again, "my-server")), ==,
                   "My Server!");

  g_assert_true (rnl_accounts_remove (self->accounts, "my-server"));
  g_assert_false (rnl_accounts_remove (self->accounts, "my-server"));
  g_assert_null (rnl_accounts_find (again, "my-server"));
}

static void
test_follows_settings (Fixture *self, gconstpointer data)
{
  RnlAccount *account = add (self, "One");
  g_autoptr (GVariant) value = NULL;

  rnl_account_set_title (account, "Uno");
  value = g_settings_get_value (self->settings, "accounts");
  g_assert_cmpuint (g_variant_n_children (value), ==, 1);
  g_variant_unref (value);

  value = g_variant_ref_sink (g_variant_new_parsed (
    "[('one', 'Eins', 'openai-chat', 'http://h/v1'), ('two', 'Zwei', 'openai-chat', 'http://i')]"));
  g_settings_set_value (self->settings, "accounts", value);
  /* The same object, with what is new. */
  g_assert_true (rnl_accounts_find (self->accounts, "one") == account);
  g_assert_cmpstr (rnl_account_get_title (account), ==, "Eins");
  g_assert_nonnull (rnl_accounts_find (self->accounts, "two"));
  g_assert_cmpuint (self->n_changes, ==, 2);
}

/* What else an account has is kept, follows the settings, and goes with the account. */
static void
test_options (Fixture *self, gconstpointer data)
{
  RnlAccount *account = add (self, "One");
  g_autoptr (RnlAccounts) again = NULL;
  g_autoptr (GVariant) value = NULL;
  RnlAccount *copy;

  rnl_account_set_addresses (account, (const char *const[]){ "http://b", "", "http://c", NULL });
  rnl_account_set_headers (account, (const char *const[]){ "X-Team: blue", "X-Key:", NULL });
  rnl_account_set_ca_file (account, "/ca.pem");
  rnl_account_set_proxy (account, "direct");
  again = rnl_accounts_new_with_secrets (self->settings, self->secrets);
  copy = rnl_accounts_find (again, "one");
  g_assert_cmpstrv (rnl_account_get_addresses (copy),
                    ((const char *const[]){ "http://b", "http://c", NULL }));
  g_assert_cmpstrv (rnl_account_get_headers (copy),
                    ((const char *const[]){ "X-Team: blue", "X-Key:", NULL }));
  g_assert_cmpstr (rnl_account_get_ca_file (copy), ==, "/ca.pem");
  g_assert_cmpstr (rnl_account_get_proxy (copy), ==, "direct");

  value = g_variant_ref_sink (g_variant_new_parsed ("{'one': {'proxy': <'http://p:1'>}}"));
  g_settings_set_value (self->settings, "account-options", value);
  g_assert_cmpstr (rnl_account_get_proxy (account), ==, "http://p:1");
  g_assert_null (rnl_account_get_addresses (account)[0]);

  g_assert_true (rnl_accounts_remove (self->accounts, "one"));
  g_clear_pointer (&value, g_variant_unref);
  value = g_settings_get_value (self->settings, "account-options");
  g_assert_cmpuint (g_variant_n_children (value), ==, 0);
}

static void
test_create_model (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = { "", "one", "/", "one/", "/m", "nobody/m", "offline/brain" };
  g_autoptr (RnlChatModel) model = NULL;
  g_autoptr (GError) error = NULL;

  add (self, "One");
  model = rnl_accounts_create_model (self->accounts, "one/meta/tiny:latest", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_chat_model_get_id (model), ==, "one/meta/tiny:latest");
  g_assert_cmpstr (rnl_chat_model_get_title (model), ==, "meta/tiny:latest");

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (rnl_accounts_create_model (self->accounts, bad[i], &error));
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND);
      g_clear_error (&error);
    }
}

static void
test_create_offline (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) helper = NULL;
  g_autoptr (RnlChatModel) script = NULL;
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "a script.json", NULL);
  g_autofree char *id = g_strconcat ("offline/script:", path, NULL);

  g_settings_set_uint (self->settings, "offline-pace", 7);
  helper = rnl_accounts_create_model (self->accounts, "offline/helper", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_chat_model_get_id (helper), ==, "offline/helper");
  g_assert_cmpuint (rnl_offline_helper_get_pace (RNL_OFFLINE_HELPER (helper)), ==, 7);
  g_settings_reset (self->settings, "offline-pace");

  g_assert_null (rnl_accounts_create_model (self->accounts, id, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_file_set_contents (path, "{\"turns\": [{\"chunks\": [{\"text\": \"Hi\"}]}]}", -1, &error);
  g_assert_no_error (error);
  script = rnl_accounts_create_model (self->accounts, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (script);
}

/* A model of an account sends the key that is stored at the time. */
static void
test_model_key (Fixture *self, gconstpointer data)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Hello?");
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  g_autoptr (RnlChatModel) model = NULL;
  RnlAccount *account = rnl_accounts_add (self->accounts, "One", "openai-chat", url, NULL);

  model = rnl_accounts_create_model (self->accounts, "one/tiny", NULL);
  store_key (account, "the-key");
  rnl_test_server_push (server, &(RnlTestReply){ .body = "data: [DONE]\n\n" });
  g_assert_true (wire_answer_ask (answer, model, request, NULL, NULL));
  g_assert_cmpstr (
    g_hash_table_lookup (rnl_test_server_get_request (server, 0)->headers, "authorization"), ==,
    "Bearer the-key");
}

/* Lists of models. */

static GPtrArray *
fetch (const RnlTestReply *reply, GError **error)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (RnlSecretStore) secrets = rnl_secret_store_new_volatile ();
  g_autoptr (RnlAccount) account = rnl_account_new ("a", "A", "openai-chat", url, secrets);
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *models;

  rnl_account_set_key (account, "the-key");
  rnl_test_server_push (server, reply);
  rnl_account_fetch_models_async (account, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  models = rnl_account_fetch_models_finish (account, result, error);
  g_assert_cmpstr (rnl_test_server_get_request (server, 0)->path, ==, "/v1/models");
  g_assert_cmpstr (
    g_hash_table_lookup (rnl_test_server_get_request (server, 0)->headers, "authorization"), ==,
    "Bearer the-key");

  return models;
}

static void
test_fetch_models (void)
{
  static const char *const bodies[] = {
    "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"context_length\":4096},{\"id\":\"b/"
    "c\",\"name\":\"Bee\"},"
    "{\"id\":7},{},null]}",
    "[{\"id\":\"a\",\"context_length\":4096},{\"id\":\"b/c\",\"name\":\"Bee\"}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) models
        = fetch (&(RnlTestReply){ .content_type = "application/json", .body = bodies[i] }, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (models->len, ==, 2);
      g_assert_cmpstr (rnl_model_info_get_id (models->pdata[0]), ==, "a");
      g_assert_cmpstr (rnl_model_info_get_title (models->pdata[0]), ==, "a");
      g_assert_cmpint (rnl_model_info_get_context_length (models->pdata[0]), ==, 4096);
      g_assert_cmpstr (rnl_model_info_get_title (models->pdata[1]), ==, "Bee");
      g_assert_cmpint (rnl_model_info_get_context_length (models->pdata[1]), ==, 0);
    }
}

static void
test_fetch_fails (void)
{
  static const struct
  {
    RnlTestReply reply;
    RnlProviderError code;
    const char *message;
  } cases[] = {
    { { .status = 401, .body = "{\"error\":{\"message\":\"the-key is wrong\"}}" },
      RNL_PROVIDER_ERROR_AUTHENTICATION,
      "Check the API key" },
    { { .status = 404, .body = "404 page not found" },
      RNL_PROVIDER_ERROR_PROTOCOL,
      "nothing at /v1/models" },
    { { .body = "<!doctype html><p>Welcome" }, RNL_PROVIDER_ERROR_PROTOCOL, "web page" },
    { { .body = "{\"models\":7}" }, RNL_PROVIDER_ERROR_PROTOCOL, "not a list of models" },
    { { .body = "[[[" }, RNL_PROVIDER_ERROR_PROTOCOL, "127.0.0.1" },
    { { .body = "{}", .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD },
      RNL_PROVIDER_ERROR_NETWORK,
      "127.0.0.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) models = fetch (&cases[i].reply, &error);

      g_assert_null (models);
      g_assert_error (error, RNL_PROVIDER_ERROR, (gint) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_null (strstr (error->message, "the-key"));
    }
}

/* Servers on this machine. */

static void
local_handler (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  const char *const *answers = user_data;

  reply->content_type = "application/json";
  for (gsize i = 0; answers[i] != NULL; i += 2)
    if (g_str_equal (request->path, answers[i]))
      {
        reply->body = answers[i + 1];
        return;
      }
  reply->status = 404;
  reply->body = "{}";
}

static GPtrArray *
find (const char *const *addresses)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  rnl_local_servers_find_async (addresses, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  found = rnl_local_servers_find_finish (result, &error);
  g_assert_no_error (error);

  return found;
}

static void
test_local_servers (void)
{
  static const char *const kinds[][6] = {
    { "/api/version", "{\"version\":\"0.6\"}", "/v1/models", "{\"data\":[]}", NULL },
    { "/props", "{\"default_generation_settings\":{}}", "/v1/models", "{\"data\":[]}", NULL },
    { "/api/v0/models", "{\"data\":[]}", "/v1/models", "{\"data\":[]}", NULL },
    { "/api/v1/models", "{\"models\":[]}", "/v1/models", "{\"data\":[]}", NULL },
    { "/api/extra/version", "{\"result\":\"KoboldCpp\"}", "/v1/models", "{\"data\":[]}", NULL },
    { "/v1/models", "{\"data\":[]}", NULL },
    { "/v1/models", "[]", "/api/version", "<html>", NULL },
  };
  static const char *const titles[]
    = { "Ollama", "llama.cpp", "LM Studio", "LM Studio", "KoboldCpp", "OpenAI-compatible server" };
  RnlTestServer *servers[G_N_ELEMENTS (kinds)];
  const char *addresses[G_N_ELEMENTS (kinds) + 3] = { NULL };
  g_autoptr (GPtrArray) found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      servers[i] = rnl_test_server_new ();
      rnl_test_server_set_handler (servers[i], local_handler, (gpointer) kinds[i]);
      addresses[i] = rnl_test_server_dup_url (servers[i], "");
    }
  /* The first one again by another name, and what is no address. */
  addresses[G_N_ELEMENTS (kinds)]
    = g_strdup_printf ("http://localhost:%u", rnl_test_server_get_port (servers[0]));
  addresses[G_N_ELEMENTS (kinds) + 1] = g_strdup ("http://");
  found = find (addresses);

  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (titles));
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      RnlLocalServer *server = g_ptr_array_index (found, i);

      g_assert_cmpstr (server->title, ==, titles[i]);
      g_assert_cmpstr (server->base_url, ==, addresses[i]);
      g_assert_cmpstr (server->protocol, ==, i == 0 ? "ollama" : "openai-chat");
    }

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_free ((char *) addresses[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    rnl_test_server_free (servers[i]);
}

static void
test_local_nobody (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) found = find (none);

  g_assert_cmpuint (found->len, ==, 0);
}

/* A port that is taken and refuses connections. */
static GSocket *
open_refusing (char **address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) host = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (host, 0);
  g_autoptr (GSocketAddress) local = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, any, FALSE, &error);
  g_assert_no_error (error);
  local = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *address = g_strdup_printf ("http://127.0.0.1:%u",
                              g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)));

  return socket;
}

/* In a process of its own, which has seen no HTTP yet: that is what a start without a server has.
 */
static void
test_local_refused (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *address = NULL;
      g_autoptr (GSocket) socket = open_refusing (&address);
      const char *const addresses[] = { address, NULL };
      g_autoptr (GPtrArray) found = find (addresses);

      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (g_type_from_name ("SoupMessage"), ==, G_TYPE_INVALID);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* A server that accepts and then says nothing does not hold up the search. */
static void
test_local_silent (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  const char *const addresses[] = { url, NULL };
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) found = NULL;

  rnl_test_server_push (server, &(RnlTestReply){ .body = "{}", .head_delay_ms = 60000 });
  found = find (addresses);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

static void
test_ollama_host (void)
{
  static const struct
  {
    const char *value;
    const char *first;
    guint n;
  } cases[] = {
    { NULL, "http://127.0.0.1:11434", 12 },
    { "", "http://127.0.0.1:11434", 12 },
    { "0.0.0.0", "http://127.0.0.1:11434", 12 },
    { "0.0.0.0:9999", "http://127.0.0.1:9999", 13 },
    { ":9999", "http://127.0.0.1:9999", 13 },
    { "[::]:9999", "http://[::1]:9999", 13 },
    { "https://gpu.example:443/x", "https://gpu.example:443", 13 },
    { "gpu.example", "http://gpu.example:11434", 13 },
    { "\"127.0.0.1:9999\"", "http://127.0.0.1:9999", 13 },
    { "::1", "http://[::1]:11434", 12 },
    { "[::1]", "http://[::1]:11434", 12 },
    { "[::1]:9999", "http://[::1]:9999", 13 },
    { "http://gpu.example", "http://gpu.example:80", 13 },
    { "https://gpu.example/", "https://gpu.example:443", 13 },
    { "http://0.0.0.0:9999", "http://127.0.0.1:9999", 13 },
    { "gpu.example:none", "http://gpu.example:11434", 13 },
    { "gpu.example:70000", "http://gpu.example:11434", 13 },
    { "ftp://gpu.example", "http://127.0.0.1:11434", 12 },
    { "me@gpu.example", "http://127.0.0.1:11434", 12 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) addresses = rnl_local_servers_dup_addresses (cases[i].value);

      g_assert_cmpstr (addresses[0], ==, cases[i].first);
      g_assert_cmpuint (g_strv_length (addresses), ==, cases[i].n);
    }
}

static void
add_fixture_test (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, setup, func, teardown);
}

int
main (int argc, char **argv)
{
  g_unsetenv ("RUNNEL_API_KEY");
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/accounts/endpoints", test_endpoints);
  g_test_add_func ("/accounts/keys", test_keys);
  add_fixture_test ("/accounts/add-and-remove", test_add_and_remove);
  add_fixture_test ("/accounts/follows-settings", test_follows_settings);
  add_fixture_test ("/accounts/optionsoptions", test_options);
  add_fixture_test ("/accounts/create-model", test_create_model);
  add_fixture_test ("/accounts/create-offline", test_create_offline);
  add_fixture_test ("/accounts/model-key", test_model_key);
  g_test_add_func ("/accounts/fetch-models", test_fetch_models);
  g_test_add_func ("/accounts/fetch-models/fails", test_fetch_fails);
  g_test_add_func ("/accounts/local-servers", test_local_servers);
  g_test_add_func ("/accounts/local-servers/nobody", test_local_nobody);
  g_test_add_func ("/accounts/local-servers/refused", test_local_refused);
  g_test_add_func ("/accounts/local-servers/silent", test_local_silent);
  g_test_add_func ("/accounts/local-servers/ollama-host", test_ollama_host);

  return g_test_run ();
}
