/* rnl-archive-zip.h: a zip, unpacked within bounds
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-archive-files.h"

G_BEGIN_DECLS

gboolean rnl_archive_zip_is (const char *path);
char **rnl_archive_zip_unpack (const char *path,
                               RnlArchiveFiles *files,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
