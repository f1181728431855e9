/* archive-harness.h: files of chats, made by the rules of their formats
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-archive-export.h"
#include "rnl-store-test.h"

G_BEGIN_DECLS

/**
 * ArchiveEntry:
 * @name: what the zip calls it
 * @data: its content
 * @size: of @data
 */
typedef struct
{
  const char *name;
  const char *data;
  gsize size;
} ArchiveEntry;

char *archive_write_file (const char *name, const char *data, gsize size);
char *archive_write_zip (const ArchiveEntry *entries, guint n);
gboolean archive_import (
  RnlLibrary *library, const char *path, guint *n_added, guint *n_known, GError **error);
char *archive_export (RnlLibrary *library, const char *const *ids, RnlArchiveFormat format);
char *archive_describe (const char *database);
void archive_assert_same (const char *was, const char *is);
void archive_fill (RnlLibrary *library, GRand *rand, guint n_chats);

G_END_DECLS
