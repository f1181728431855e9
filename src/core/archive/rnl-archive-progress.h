/* rnl-archive-progress.h: telling the main context how far a thread is
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-import.h"

G_BEGIN_DECLS

typedef struct _RnlArchiveProgress RnlArchiveProgress;

RnlArchiveProgress *rnl_archive_progress_new (RnlArchiveProgressFunc func, gpointer user_data);
void rnl_archive_progress_stop (RnlArchiveProgress *self);
void rnl_archive_progress_unref (RnlArchiveProgress *self);
void rnl_archive_progress_tell (RnlArchiveProgress *self, guint64 done, guint64 total);

/* A result of something asynchronous, waited for on a thread with a context of its own. */
void rnl_archive_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void rnl_archive_wait (GMainContext *context, GAsyncResult **result);

G_END_DECLS
