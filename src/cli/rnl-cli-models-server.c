/* rnl-cli-models-server.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-models-server.h"

#include "rnl-local-servers.h"
#include "rnl-model-library.h"

void
rnl_cli_server_clear (RnlCliServer *self)
{
  g_free (self->account);
  g_free (self->base_url);
}

/* The first account that can, else the one usual place. */
static RnlAccount *
find_account (RnlAccounts *accounts)
{
  g_auto (GStrv) usual = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (rnl_model_library_exists (account))
        return g_steal_pointer (&account);
    }
  usual = rnl_local_servers_dup_addresses (g_getenv ("OLLAMA_HOST"));

  return rnl_account_new ("ollama", "Ollama", "ollama", usual[0], NULL);
}

static RnlAccount *
choose_account (RnlCliServer *self)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (RnlAccounts) accounts = NULL;
  RnlAccount *account;

  if (self->base_url != NULL)
    return rnl_account_new ("ollama", self->base_url, "ollama", self->base_url, NULL);

  settings = rnl_cli_settings_new ();
  accounts = rnl_accounts_new (settings);
  if (self->account == NULL)
    return find_account (accounts);

  account = rnl_accounts_find (accounts, self->account);

  return account != NULL && rnl_model_library_exists (account) ? g_object_ref (account) : NULL;
}

/**
 * rnl_cli_server_parse:
 * @self: zeroed
 * @argc: (inout): number of arguments, the verb first
 * @argv: (inout): the arguments; one is left: the name of a model, checked
 * @status: (out): what to exit with when it failed, which was told then
 *
 * Reads what pull and delete have in common.
 *
 * Returns: (transfer full) (nullable): the account whose server is meant
 */
RnlAccount *
rnl_cli_server_parse (RnlCliServer *self, int *argc, char ***argv, RnlExit *status)
{
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &self->account,
      "The account of the server (default: the first one of Ollama, or OLLAMA_HOST)", "ID" },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &self->base_url,
      "Address of a server for this call only", "URL" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  RnlAccount *account;

  *status = RNL_EXIT_USAGE;
  if (!rnl_cli_parse ((GOptionEntry *) entries, "NAME", argc, argv, &error))
    {
      rnl_cli_fail_error (RNL_EXIT_USAGE, error);
      return NULL;
    }
  if (*argc != 2)
    {
      rnl_cli_fail (RNL_EXIT_USAGE, "models %s takes the name of one model", (*argv)[0]);
      return NULL;
    }
  if (!rnl_model_library_check_name ((*argv)[1], &error))
    {
      rnl_cli_fail_error (RNL_EXIT_USAGE, error);
      return NULL;
    }
  account = choose_account (self);
  if (account == NULL)
    rnl_cli_fail (RNL_EXIT_USAGE, "there is no account \"%s\" of an Ollama server", self->account);

  return account;
}
