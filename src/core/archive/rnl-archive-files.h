/* rnl-archive-files.h: what else lies in an archive, unpacked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-part.h"

G_BEGIN_DECLS

/**
 * RnlArchiveFiles:
 *
 * The files of an archive beside the chats, in a folder of our own under numbers: what they were
 * called there is only looked up, never a path.
 */
typedef struct _RnlArchiveFiles RnlArchiveFiles;

RnlArchiveFiles *rnl_archive_files_new (GError **error);
void rnl_archive_files_free (RnlArchiveFiles *self);
char *rnl_archive_files_add (RnlArchiveFiles *self, const char *name);
RnlPart *rnl_archive_files_make_part (RnlArchiveFiles *self,
                                      const char *key,
                                      const char *name,
                                      const char *mime_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlArchiveFiles, rnl_archive_files_free)

G_END_DECLS
