/* rnl-window-servers.c: one click from a server on this computer to a model that answers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

static void
models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlWindow) self = user_data;
  RnlAccount *account = RNL_ACCOUNT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = rnl_account_fetch_models_finish (account, result, &error);
  g_autofree char *id = NULL;

  /* Closed while the server was asked. */
  if (self->workspace == NULL)
    return;
  if (models == NULL)
    {
      rnl_window_show_toast (self, error->message);
      return;
    }
  if (models->len == 0)
    {
      rnl_window_show_toast (self, _ ("The server is connected, but it has no model yet"));
      return;
    }
  id = g_strdup_printf ("%s/%s", rnl_account_get_id (account),
                        rnl_model_info_get_id (g_ptr_array_index (models, 0)));
  rnl_window_choose_model (self, id);
}

/**
 * rnl_window_use_server:
 * @self: a window
 * @server: a server on this computer
 *
 * Adds an account for it and lets its first model answer.
 */
void
rnl_window_use_server (RnlWindow *self, RnlLocalServer *server)
{
  RnlAccounts *accounts = rnl_workspace_get_accounts (self->workspace);
  g_autoptr (GError) error = NULL;
  RnlAccount *account
    = rnl_accounts_add (accounts, server->title, server->protocol, server->base_url, &error);

  if (account == NULL)
    {
      rnl_window_show_toast (self, error->message);
      return;
    }
  rnl_account_fetch_models_async (account, NULL, models_cb, g_object_ref (self));
}
