/* rnl-file-search.h: find text in the names and lines of files
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RnlFileSearch RnlFileSearch;

RnlFileSearch *rnl_file_search_new (const char *query, gsize max_output, GCancellable *cancellable);
void rnl_file_search_free (RnlFileSearch *self);
void rnl_file_search_take (RnlFileSearch *self, int fd, const char *path);
char *rnl_file_search_finish (RnlFileSearch *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlFileSearch, rnl_file_search_free)

G_END_DECLS
