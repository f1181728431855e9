/* rnl-trace-folder.h: the recordings on this machine
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-trace-file.h"

G_BEGIN_DECLS

#define RNL_TRACE_SUFFIX ".jsonl"

char *rnl_trace_folder_dup_default (void);
char *rnl_trace_folder_make_name (gint64 started, const char *id);
GPtrArray *rnl_trace_folder_list_paths (const char *folder);
char *rnl_trace_folder_find (const char *folder, const char *what, GError **error);
void rnl_trace_folder_prune (const char *folder, const RnlTraceLimits *limits);
gboolean rnl_trace_folder_is_growing (const char *path);

G_END_DECLS
