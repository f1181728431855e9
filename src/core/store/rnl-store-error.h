/* rnl-store-error.h: what went wrong with the chats on disk, by what a person can do about it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlStoreError:
 * @RNL_STORE_ERROR_FAILED: SQLite said something else
 * @RNL_STORE_ERROR_NEWER: the database was written by a newer Runnel; it was not touched
 * @RNL_STORE_ERROR_FULL: the disk is full
 * @RNL_STORE_ERROR_READ_ONLY: the folder or the file cannot be written
 * @RNL_STORE_ERROR_CORRUPT: the file is not a database of ours, or a damaged one
 * @RNL_STORE_ERROR_BUSY: another process holds it for too long
 * @RNL_STORE_ERROR_NOT_FOUND: no such chat or message
 * @RNL_STORE_ERROR_IO: the disk reported an error
 *
 * What went wrong with the chats on disk, by what a person can do about it.
 */
typedef enum
{
  RNL_STORE_ERROR_FAILED,
  RNL_STORE_ERROR_NEWER,
  RNL_STORE_ERROR_FULL,
  RNL_STORE_ERROR_READ_ONLY,
  RNL_STORE_ERROR_CORRUPT,
  RNL_STORE_ERROR_BUSY,
  RNL_STORE_ERROR_NOT_FOUND,
  RNL_STORE_ERROR_IO,
} RnlStoreError;

#define RNL_TYPE_STORE_ERROR (rnl_store_error_get_type ())
GType rnl_store_error_get_type (void);

#define RNL_STORE_ERROR (rnl_store_error_quark ())
GQuark rnl_store_error_quark (void);

G_END_DECLS
