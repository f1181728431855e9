/* rnl-account-route.h: how the server of an account is reached
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-route.h"

G_BEGIN_DECLS

/* How long an address that answered instead of another one is asked first. */
#define RNL_ACCOUNT_GOOD_SECONDS 300

void rnl_account_find_route_async (RnlAccount *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
RnlRoute *rnl_account_find_route_finish (RnlAccount *self, GAsyncResult *result, GError **error);

G_END_DECLS
