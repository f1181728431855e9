/* rnl-cli-models-delete.c: `models delete`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-models-server.h"

#include "rnl-model-library.h"

RnlExit
rnl_cli_models_delete (int argc, char **argv)
{
  g_auto (RnlCliServer) server = { NULL };
  g_autoptr (RnlAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RnlExit status;

  account = rnl_cli_server_parse (&server, &argc, &argv, &status);
  if (account == NULL)
    return status;

  rnl_model_library_delete_async (account, argv[1], NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  if (!rnl_model_library_delete_finish (account, result, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  g_print ("%s is deleted from %s\n", argv[1], rnl_account_get_title (account));

  return RNL_EXIT_OK;
}
