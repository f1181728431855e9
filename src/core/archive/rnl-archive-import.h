/* rnl-archive-import.h: chats from a file into the library
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-error.h"
#include "rnl-library.h"

G_BEGIN_DECLS

/**
 * RnlArchiveProgressFunc:
 * @done: how far it is
 * @total: how far it goes, in the same unit; 0 when nobody knows
 * @user_data: what the caller gave
 *
 * Called on the caller's main context, a few times a second at most.
 */
typedef void (*RnlArchiveProgressFunc) (guint64 done, guint64 total, gpointer user_data);

void rnl_archive_import_async (RnlLibrary *library,
                               GFile *file,
                               RnlArchiveProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_archive_import_finish (
  RnlLibrary *library, GAsyncResult *result, guint *n_added, guint *n_known, GError **error);

G_END_DECLS
