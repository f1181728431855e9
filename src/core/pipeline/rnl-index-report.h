/* rnl-index-report.h: what became of a folder
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlIndexReport:
 * @n_read: files that were read, because they are new or have changed
 * @n_unchanged: files that were there already
 * @n_removed: files that are gone from the folder
 * @n_pieces: pieces the read files were cut into
 * @skipped: (array zero-terminated=1): "PATH: reason" of files that could not be read
 *
 * What became of a folder.
 */
typedef struct
{
  guint n_read;
  guint n_unchanged;
  guint n_removed;
  guint n_pieces;
  char **skipped;
} RnlIndexReport;

#define RNL_TYPE_INDEX_REPORT (rnl_index_report_get_type ())
GType rnl_index_report_get_type (void);

RnlIndexReport *rnl_index_report_copy (const RnlIndexReport *self);
void rnl_index_report_free (RnlIndexReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlIndexReport, rnl_index_report_free)

G_END_DECLS
