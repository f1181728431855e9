/* rnl-account-models.c: the list of models of an account's server
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account.h"

#include "rnl-account-private.h"
#include "rnl-account-route.h"
#include "rnl-model-catalog.h"
#include "rnl-model-describe.h"
#include "rnl-server-get.h"

#define FETCH_TIMEOUT_MS 15000

/* What the server says is kept for who asks about one of the models; then it is completed. */
static void
return_models (GTask *task, RnlRoute *route, GPtrArray *models /* (transfer full) */)
{
  rnl_model_describe_keep_list (rnl_route_get_protocol (route), rnl_route_get_endpoint (route, 0),
                                models);
  for (guint i = 0; i < models->len; i++)
    rnl_model_catalog_complete (rnl_model_catalog_get_default (), models->pdata[i]);
  g_task_return_pointer (task, models, (GDestroyNotify) g_ptr_array_unref);
}

static void
fetch_ask_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlRoute *route = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rnl_server_ask_finish (result, &error);
  GPtrArray *models;

  if (node == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  models = rnl_route_get_protocol (route)->parse_models (node);
  if (models != NULL)
    return_models (task, route, models);
  else
    g_task_return_error (
      task, rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                    "%s answered with something that is not a list of models. "
                                    "Check the address of this account.",
                                    rnl_route_get_endpoint (route, 0)->host));
}

static void
fetch_route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RnlRoute *route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);

  if (route == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, route, (GDestroyNotify) rnl_route_unref);
  rnl_server_ask_async (route, rnl_route_get_protocol (route)->models_path, NULL, FETCH_TIMEOUT_MS,
                        g_task_get_cancellable (task), fetch_ask_cb, g_object_ref (task));
}

/**
 * rnl_account_fetch_models_async:
 * @self: an account
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the server for its models: at once the test of address and key.
 */
void
rnl_account_fetch_models_async (RnlAccount *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_fetch_models_async);
  rnl_account_find_route_async (self, cancellable, fetch_route_cb, task);
}

/**
 * rnl_account_fetch_models_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable) (element-type RnlModelInfo): the models, as the server orders
 *   them
 */
GPtrArray *
rnl_account_fetch_models_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_account_peek_model:
 * @self: an account
 * @model: the name of a model on its server
 *
 * Says what is known of a model without asking the server: from what it said before, from the
 * tables.
 *
 * Returns: (transfer full): a description; where nothing is known it holds the name alone
 */
RnlModelInfo *
rnl_account_peek_model (RnlAccount *self, const char *model)
{
  g_autoptr (RnlEndpoint) endpoint = NULL;
  RnlModelPlace place = { .account = self, .model = model };

  g_return_val_if_fail (RNL_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (model != NULL, NULL);

  endpoint = rnl_account_make_endpoint (self, &place.protocol, NULL);
  if (endpoint == NULL)
    return rnl_model_info_new (model, NULL, 0);

  place.endpoint = endpoint;
  place.context_limit = G_MAXINT;

  return rnl_model_describe_peek (&place);
}
