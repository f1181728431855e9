/* rnl-composed-file.h: a text file as part of a question
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_COMPOSED_FILE_MAX_BYTES (256 * 1024)

void rnl_composed_file_read_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *rnl_composed_file_read_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
