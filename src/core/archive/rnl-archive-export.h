/* rnl-archive-export.h: chats from the library into a file
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-import.h"

G_BEGIN_DECLS

/**
 * RnlArchiveFormat:
 * @RNL_ARCHIVE_MARKDOWN: what the chats show, as Markdown
 * @RNL_ARCHIVE_HTML: the same as one page that needs nothing else
 * @RNL_ARCHIVE_JSON: everything, to be imported again
 * @RNL_ARCHIVE_TEXT: the words alone
 *
 * What a file of chats is.
 */
typedef enum
{
  RNL_ARCHIVE_MARKDOWN,
  RNL_ARCHIVE_HTML,
  RNL_ARCHIVE_JSON,
  RNL_ARCHIVE_TEXT,
} RnlArchiveFormat;

#define RNL_TYPE_ARCHIVE_FORMAT (rnl_archive_format_get_type ())
GType rnl_archive_format_get_type (void);

const char *rnl_archive_format_get_suffix (RnlArchiveFormat format);

void rnl_archive_export_async (RnlLibrary *library,
                               const char *const *chat_ids,
                               RnlArchiveFormat format,
                               GOutputStream *stream,
                               RnlArchiveProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rnl_archive_export_finish (RnlLibrary *library, GAsyncResult *result, GError **error);

G_END_DECLS
