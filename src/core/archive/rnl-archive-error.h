/* rnl-archive-error.h: why an archive cannot be read or written
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlArchiveError:
 * @RNL_ARCHIVE_ERROR_BROKEN: it is damaged: not JSON, or not a zip, or ends too early
 * @RNL_ARCHIVE_ERROR_UNKNOWN: whole, but of no kind that is known
 * @RNL_ARCHIVE_ERROR_NEWER: of a newer version of our own format
 * @RNL_ARCHIVE_ERROR_HOSTILE: it unpacks to more than anybody's chats are
 * @RNL_ARCHIVE_ERROR_BUSY: another archive is being imported
 *
 * Why an archive of chats was refused. The message names the place; nothing has changed then.
 */
typedef enum
{
  RNL_ARCHIVE_ERROR_BROKEN,
  RNL_ARCHIVE_ERROR_UNKNOWN,
  RNL_ARCHIVE_ERROR_NEWER,
  RNL_ARCHIVE_ERROR_HOSTILE,
  RNL_ARCHIVE_ERROR_BUSY,
} RnlArchiveError;

#define RNL_ARCHIVE_ERROR (rnl_archive_error_quark ())
GQuark rnl_archive_error_quark (void);

#define RNL_TYPE_ARCHIVE_ERROR (rnl_archive_error_get_type ())
GType rnl_archive_error_get_type (void);

G_END_DECLS
