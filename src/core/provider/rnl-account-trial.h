/* rnl-account-trial.h: whether the addresses of an account answer, each by itself
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"

G_BEGIN_DECLS

/**
 * RnlAddressReport:
 * @address: as it is asked
 * @models: (nullable) (element-type RnlModelInfo): the models it has, `NULL` when it failed
 * @error: (nullable): why
 * @duration: until the answer was there, in microseconds
 *
 * What one address said.
 */
typedef struct
{
  char *address;
  GPtrArray *models;
  GError *error;
  gint64 duration;
} RnlAddressReport;

void rnl_account_try_async (RnlAccount *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *rnl_account_try_finish (RnlAccount *self, GAsyncResult *result, GError **error);

G_END_DECLS
