/* rnl-ca-file.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-ca-file.h"

#include "rnl-provider-error.h"

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  g_autoptr (GError) error = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &error);
  GTlsDatabase *database = certificates != NULL ? g_tls_file_database_new (path, &error) : NULL;

  g_list_free_full (certificates, g_object_unref);
  if (database != NULL)
    g_task_return_pointer (task, database, g_object_unref);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                             "The certificates in %s cannot be used: %s.", path,
                             error != NULL ? error->message : "there are none");
}

/**
 * rnl_ca_file_load_async:
 * @path: of a file in PEM format
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads the certificates of authorities, in a thread: the file may be far away.
 */
void
rnl_ca_file_load_async (const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_ca_file_load_async);
  g_task_set_task_data (task, g_canonicalize_filename (path, NULL), g_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * rnl_ca_file_load_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when there is no certificate in the file, or no file;
 * `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): what trusts these authorities and no others
 */
GTlsDatabase *
rnl_ca_file_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_ca_file_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
