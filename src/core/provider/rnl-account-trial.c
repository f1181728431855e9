/* rnl-account-trial.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-account-trial.h"

#include "rnl-account-route.h"
#include "rnl-server-get.h"

#define TIMEOUT_MS 15000

/* One trial: every address at once. */
typedef struct
{
  GPtrArray *reports;
  RnlRoute *route;
  gint64 began;
  guint n_open;
} Trial;

/* One address of a trial. */
typedef struct
{
  GTask *task;
  guint index;
} Question;

static void
report_free (gpointer data)
{
  RnlAddressReport *report = data;

  g_free (report->address);
  g_clear_pointer (&report->models, g_ptr_array_unref);
  g_clear_error (&report->error);
  g_free (report);
}

static void
trial_free (Trial *trial)
{
  g_clear_pointer (&trial->reports, g_ptr_array_unref);
  g_clear_pointer (&trial->route, rnl_route_unref);
  g_free (trial);
}

static void
fill_report (RnlAddressReport *report, RnlRoute *route, GAsyncResult *result)
{
  g_autoptr (JsonNode) node = rnl_server_ask_finish (result, &report->error);

  if (node == NULL)
    return;
  report->models = rnl_route_get_protocol (route)->parse_models (node);
  if (report->models == NULL)
    report->error = rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                            "This address answered with something that is not a "
                                            "list of models.");
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Trial *trial = g_task_get_task_data (task);
  RnlAddressReport *report = g_ptr_array_index (trial->reports, question->index);

  report->duration = g_get_monotonic_time () - trial->began;
  fill_report (report, trial->route, result);
  if (--trial->n_open > 0)
    return;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&trial->reports),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  trial->route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);
  if (trial->route == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  trial->n_open = rnl_route_get_n_endpoints (trial->route);
  trial->began = g_get_monotonic_time ();
  for (guint i = 0; i < rnl_route_get_n_endpoints (trial->route); i++)
    {
      g_autoptr (RnlRoute) only = rnl_route_new_only (trial->route, i);
      RnlAddressReport *report = g_new0 (RnlAddressReport, 1);
      Question *question = g_new0 (Question, 1);

      report->address = g_strdup (rnl_route_get_endpoint (trial->route, i)->base);
      g_ptr_array_add (trial->reports, report);
      question->task = g_object_ref (task);
      question->index = i;
      rnl_server_ask_async (only, rnl_route_get_protocol (only)->models_path, NULL, TIMEOUT_MS,
                            g_task_get_cancellable (task), answered_cb, question);
    }
}

/**
 * rnl_account_try_async:
 * @self: an account
 * @cancellable: (nullable): closes the connections
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks every address of the account for its models at once: the test of address, key, headers,
 * proxy and authorities.
 */
void
rnl_account_try_async (RnlAccount *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Trial *trial;

  g_return_if_fail (RNL_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_account_try_async);
  trial = g_new0 (Trial, 1);
  trial->reports = g_ptr_array_new_with_free_func (report_free);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  rnl_account_find_route_async (self, cancellable, route_cb, task);
}

/**
 * rnl_account_try_finish:
 * @self: an account
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: those of [method@Account.find_route_finish]; what an address says is in its report.
 *
 * Returns: (transfer full) (nullable) (element-type RnlAddressReport): a report for each address,
 *   in the order they are tried
 */
GPtrArray *
rnl_account_try_finish (RnlAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
