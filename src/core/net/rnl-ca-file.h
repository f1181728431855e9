/* rnl-ca-file.h: certificates that a person trusts
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void rnl_ca_file_load_async (const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GTlsDatabase *rnl_ca_file_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
