/* rnl-model-library.h: the models on the disk of a server that keeps its own
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-stored-model.h"

G_BEGIN_DECLS

gboolean rnl_model_library_exists (RnlAccount *account);
gboolean rnl_model_library_check_name (const char *name, GError **error);

void rnl_model_library_list_async (RnlAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *
rnl_model_library_list_finish (RnlAccount *account, GAsyncResult *result, GError **error);

void rnl_model_library_delete_async (RnlAccount *account,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
rnl_model_library_delete_finish (RnlAccount *account, GAsyncResult *result, GError **error);

G_END_DECLS
