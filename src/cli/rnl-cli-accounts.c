/* rnl-cli-accounts.c: the servers a person uses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <string.h>
#include <unistd.h>

#include "rnl-account-trial.h"
#include "rnl-cli-secret.h"
#include "rnl-provider-error.h"

static RnlAccount *
find_account (RnlAccounts *accounts, int argc, char **argv, GError **error)
{
  RnlAccount *account = argc == 2 ? rnl_accounts_find (accounts, argv[1]) : NULL;

  if (argc != 2)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "accounts %s takes the id of one account", argv[0]);
  else if (account == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "There is no account \"%s\"; \"runnel-cli accounts list\" shows them", argv[1]);

  return account;
}

/* What is kept only in memory would be forgotten with this command. */
static gboolean
check_kept (RnlAccounts *accounts, const char *what, GError **error)
{
  if (!rnl_secret_store_get_keys_are_volatile (rnl_accounts_get_secrets (accounts)))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "There is no keyring on this system, so %s cannot be kept. A key can be given in "
               "RUNNEL_API_KEY or with --api-key-file instead",
               what);

  return FALSE;
}

/* list */

static JsonArray *
strings_to_json (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return array;
}

/* Names only: nobody expects a secret in a list. */
static JsonArray *
header_names_to_json (const char *const *headers)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; headers[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (headers[i], strcspn (headers[i], ":"));

      json_array_add_string_element (array, name);
    }

  return array;
}

/* Without a password that somebody wrote into the settings by hand. */
static char *
dup_public_proxy (RnlAccount *account)
{
  const char *proxy = rnl_account_get_proxy (account);
  const char *at = proxy != NULL ? strrchr (proxy, '@') : NULL;

  return g_strdup (at != NULL ? at + 1 : proxy);
}

static JsonObject *
account_to_json (RnlAccount *account)
{
  JsonObject *object = json_object_new ();
  g_autofree char *proxy = dup_public_proxy (account);

  json_object_set_string_member (object, "id", rnl_account_get_id (account));
  json_object_set_string_member (object, "title", rnl_account_get_title (account));
  json_object_set_string_member (object, "protocol", rnl_account_get_protocol (account));
  json_object_set_string_member (object, "base_url", rnl_account_get_base_url (account));
  json_object_set_array_member (object, "addresses",
                                strings_to_json (rnl_account_get_addresses (account)));
  json_object_set_array_member (object, "headers",
                                header_names_to_json (rnl_account_get_headers (account)));
  if (rnl_account_get_ca_file (account) != NULL)
    json_object_set_string_member (object, "ca_file", rnl_account_get_ca_file (account));
  if (proxy != NULL)
    json_object_set_string_member (object, "proxy", proxy);

  return object;
}

static RnlExit
list_accounts (RnlAccounts *accounts, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[]
    = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL }, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  if (!rnl_cli_parse ((GOptionEntry *) entries, NULL, &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (json)
        json_array_add_object_element (array, account_to_json (account));
      else
        g_print ("%-18s %-17s %s\n", rnl_account_get_id (account),
                 rnl_account_get_protocol (account), rnl_account_get_base_url (account));
    }
  if (json)
    rnl_cli_print_json (node, TRUE);

  return RNL_EXIT_OK;
}

/* add */

typedef struct
{
  char *id;
  char *protocol;
  char *base_url;
  char *key_file;
  char *ca_file;
  char *proxy;
  char **addresses;
  char **headers;
} NewAccount;

static void
new_account_clear (NewAccount *account)
{
  g_free (account->protocol);
  g_free (account->base_url);
  g_free (account->key_file);
  g_free (account->ca_file);
  g_free (account->proxy);
  g_strfreev (account->addresses);
  g_strfreev (account->headers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewAccount, new_account_clear)

/* A header without a value is asked for, so that a secret need not stand on the command line. */
static gboolean
complete_headers (NewAccount *new, GError **error)
{
  for (gsize i = 0; new->headers != NULL &&new->headers[i] != NULL; i++)
    {
      g_autofree char *name
        = g_strstrip (g_strndup (new->headers[i], strcspn (new->headers[i], ":")));
      g_autofree char *prompt = NULL;
      g_autofree char *value = NULL;

      if (strchr (new->headers[i], ':') != NULL)
        continue;
      prompt = g_strdup_printf ("Value of %s: ", name);
      value = rnl_cli_read_secret (prompt, error);
      if (value == NULL)
        return FALSE;
      g_free (new->headers[i]);
      new->headers[i] = g_strdup_printf ("%s: %s", name, value);
    }

  return TRUE;
}

/* Everything is looked at before anything is kept. */
static gboolean
check_new (NewAccount *new, const char *title, GError **error)
{
  g_autoptr (RnlSecretStore) nowhere = rnl_secret_store_new_volatile ();
  g_autoptr (RnlAccount) trial
    = rnl_account_new ("trial", title, new->protocol, new->base_url, nowhere);

  rnl_account_set_addresses (trial, (const char *const *) new->addresses);
  rnl_account_set_headers (trial, (const char *const *) new->headers);
  rnl_account_set_proxy (trial, new->proxy);
  if (new->ca_file != NULL && !g_file_test (new->ca_file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no file %s",
                   new->ca_file);
      return FALSE;
    }

  return rnl_account_check (trial, error);
}

static gboolean
keep_private (RnlAccounts *accounts, RnlAccount *account, NewAccount *new, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean has_secret = (new->headers != NULL &&*new->headers != NULL)
                        || (new->proxy != NULL &&strchr (new->proxy, '@') != NULL);

  rnl_account_store_private_async (account, (const char *const *) new->headers, new->proxy, NULL,
                                   rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);

  return rnl_account_store_private_finish (account, result, error)
         && (!has_secret || check_kept (accounts, "a header or the password of a proxy", error));
}

static gboolean
keep_key (RnlAccounts *accounts, RnlAccount *account, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_account_store_key_async (account, key, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);

  return rnl_account_store_key_finish (account, result, error)
         && check_kept (accounts, "a key", error);
}

static gboolean
keep_new (RnlAccounts *accounts, NewAccount *new, const char *title, GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *ca_file
    = new->ca_file != NULL ? g_canonicalize_filename (new->ca_file, NULL) : NULL;
  RnlAccount *account;

  if (new->key_file != NULL && !g_file_get_contents (new->key_file, &key, NULL, error))
    return FALSE;
  account = rnl_accounts_add (accounts, title, new->protocol, new->base_url, error);
  if (account == NULL)
    return FALSE;

  rnl_account_set_addresses (account, (const char *const *) new->addresses);
  rnl_account_set_ca_file (account, ca_file);
  if (!keep_private (accounts, account, new, error)
      || (key != NULL && !keep_key (accounts, account, g_strstrip (key), error)))
    {
      rnl_accounts_remove (accounts, rnl_account_get_id (account));
      return FALSE;
    }
  g_print ("%s\n", rnl_account_get_id (account));

  return TRUE;
}

static RnlExit
add_account (RnlAccounts *accounts, int argc, char **argv)
{
  g_auto (NewAccount) new = { NULL };
  const GOptionEntry entries[] = {
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &new.protocol,
      "What the server speaks (default: openai-chat)",
      "openai-chat|openai-completions|openai-responses|anthropic|gemini|ollama" },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &new.base_url, "Where the server is", "URL" },
    { "address", 0, 0, G_OPTION_ARG_STRING_ARRAY, &new.addresses,
      "Where the same service is, too: asked when there is no connection to the first", "URL" },
    { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &new.headers,
      "A header of every request; without a value it is asked for and not shown", "NAME[: VALUE]" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &new.ca_file,
      "Certificates to trust instead of the system's", "FILE" },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &new.proxy,
      "The proxy for this account; direct: none (default: HTTPS_PROXY, ... or the desktop's)",
      "URL|direct" },
    { "api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &new.key_file, "Keep the key in this file",
      "FILE" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;

  if (!rnl_cli_parse ((GOptionEntry *) entries, "NAME", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (argc != 2 || new.base_url == NULL)
    return rnl_cli_fail (RNL_EXIT_USAGE, "accounts add takes a name and --base-url");
  if (new.protocol == NULL)
    new.protocol = g_strdup ("openai-chat");
  if (!complete_headers (&new, &error) || !check_new (&new, argv[1], &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  return keep_new (accounts, &new, argv[1], &error) ? RNL_EXIT_OK
                                                    : rnl_cli_fail_error (RNL_EXIT_FAILED, error);
}

/* remove, set-key */

static RnlExit
remove_account (RnlAccounts *accounts, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  RnlAccount *account = find_account (accounts, argc, argv, &error);

  if (account == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  rnl_account_forget_async (account, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  if (!rnl_account_forget_finish (account, result, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  rnl_accounts_remove (accounts, argv[1]);

  return RNL_EXIT_OK;
}

static RnlExit
set_key (RnlAccounts *accounts, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  RnlAccount *account = find_account (accounts, argc, argv, &error);

  if (account == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  key = rnl_cli_read_secret ("Key (empty: forget it): ", &error);
  if (key == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  return keep_key (accounts, account, key, &error) ? RNL_EXIT_OK
                                                   : rnl_cli_fail_error (RNL_EXIT_FAILED, error);
}

/* test */

static JsonObject *
report_to_json (const RnlAddressReport *report)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "address", report->address);
  json_object_set_boolean_member (object, "works", report->error == NULL);
  json_object_set_double_member (object, "seconds", (double) report->duration / G_USEC_PER_SEC);
  if (report->models != NULL)
    json_object_set_int_member (object, "models", report->models->len);
  if (report->error != NULL)
    {
      json_object_set_string_member (object, "code", rnl_provider_error_nick (report->error));
      json_object_set_string_member (object, "error", report->error->message);
    }

  return object;
}

static void
print_reports (GPtrArray *reports, gboolean json)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; i < reports->len; i++)
    {
      const RnlAddressReport *report = g_ptr_array_index (reports, i);

      if (json)
        json_array_add_object_element (array, report_to_json (report));
      else if (report->error != NULL)
        g_print ("%s: %s\n", report->address, report->error->message);
      else
        g_print ("%s: works, %u models, %.1f s\n", report->address, report->models->len,
                 (double) report->duration / G_USEC_PER_SEC);
    }
  if (json)
    rnl_cli_print_json (node, TRUE);
}

static RnlExit
test_account (RnlAccounts *accounts, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[]
    = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL }, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  RnlAccount *account;

  if (!rnl_cli_parse ((GOptionEntry *) entries, "ID", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  account = find_account (accounts, argc, argv, &error);
  if (account == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  rnl_account_try_async (account, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  reports = rnl_account_try_finish (account, result, &error);
  if (reports == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  print_reports (reports, json);
  for (guint i = 0; i < reports->len; i++)
    if (((RnlAddressReport *) g_ptr_array_index (reports, i))->error == NULL)
      return RNL_EXIT_OK;

  return RNL_EXIT_FAILED;
}

RnlExit
rnl_cli_accounts (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    RnlExit (*func) (RnlAccounts *accounts, int argc, char **argv);
  } commands[] = {
    { "list", list_accounts }, { "add", add_account }, { "remove", remove_account },
    { "test", test_account },  { "set-key", set_key },
  };
  g_autoptr (GSettings) settings = rnl_cli_settings_new ();
  g_autoptr (RnlAccounts) accounts = rnl_accounts_new (settings);
  RnlExit status = RNL_EXIT_USAGE;
  gboolean found = FALSE;

  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, argv[1]))
      {
        found = TRUE;
        status = commands[i].func (accounts, argc - 1, argv + 1);
      }
  if (!found)
    return rnl_cli_fail (RNL_EXIT_USAGE, "accounts takes one of: list, add, remove, test, set-key");
  /* What was changed is on its way to the settings. */
  g_settings_sync ();

  return status;
}
