/* rnl-cli-models-near.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-models-near.h"

#include <string.h>

#include "rnl-provider-error.h"

/* How many are named, and how much of a name two must share from its start to be alike. */
#define MAX_NAMED  5
#define ALIKE_FROM 3

static gboolean
is_alike (const char *a, const char *b)
{
  g_autofree char *one = g_utf8_strdown (a, -1);
  g_autofree char *other = g_utf8_strdown (b, -1);

  return strstr (one, other) != NULL || strstr (other, one) != NULL
         || (strlen (one) >= ALIKE_FROM && strncmp (one, other, ALIKE_FROM) == 0);
}

/* Those that are like NAME; when none is, the first ones. */
static char *
dup_alike (GPtrArray *models, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) named = NULL;
  guint n_named = 0;

  for (guint all = 0; all <= 1 && n_named == 0; all++)
    for (guint i = 0; i < models->len && n_named < MAX_NAMED; i++)
      {
        const char *model = rnl_model_info_get_id (models->pdata[i]);

        if (all == 0 && !is_alike (model, name))
          continue;
        g_strv_builder_add (builder, model);
        n_named++;
      }
  named = g_strv_builder_end (builder);

  return g_strjoinv (", ", named);
}

static gboolean
is_listed (RnlAccount *account, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) models = NULL;
  g_autofree char *alike = NULL;

  rnl_account_fetch_models_async (account, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  models = rnl_account_fetch_models_finish (account, result, error);
  if (models == NULL)
    return FALSE;
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (rnl_model_info_get_id (models->pdata[i]), name))
      return TRUE;

  alike = dup_alike (models, name);
  g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
               "%s has no model “%s”; it has: %s", rnl_account_get_title (account), name,
               *alike != '\0' ? alike : "none");

  return FALSE;
}

/**
 * rnl_cli_models_check:
 * @base_url: (nullable): the server that was named; else @id names the account, too
 * @protocol: how that server speaks
 * @id: what the person calls the model
 * @info: what is known of it
 * @error: return location for an error
 *
 * A model that nothing is known of, and that its server does not list, is none.
 *
 * Returns: whether there is such a model
 */
gboolean
rnl_cli_models_check (
  const char *base_url, const char *protocol, const char *id, RnlModelInfo *info, GError **error)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (RnlAccounts) accounts = NULL;
  g_autoptr (RnlAccount) server = NULL;
  g_autofree char *account_id = NULL;
  const char *slash = strchr (id, '/');
  RnlAccount *account;

  if (rnl_model_info_get_known_abilities (info) != 0 || rnl_model_info_get_price (info) != NULL)
    return TRUE;
  if (base_url != NULL)
    {
      server = rnl_account_new ("server", base_url, protocol, base_url, NULL);
      return is_listed (server, id, error);
    }
  if (slash == NULL)
    return TRUE;

  settings = rnl_cli_settings_new ();
  accounts = rnl_accounts_new (settings);
  account_id = g_strndup (id, (gsize) (slash - id));
  account = rnl_accounts_find (accounts, account_id);

  return account == NULL || is_listed (account, slash + 1, error);
}
