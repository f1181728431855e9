/* rnl-index-report.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-index-report.h"

G_DEFINE_BOXED_TYPE (RnlIndexReport, rnl_index_report, rnl_index_report_copy, rnl_index_report_free)

/**
 * rnl_index_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): another one that says the same
 */
RnlIndexReport *
rnl_index_report_copy (const RnlIndexReport *self)
{
  RnlIndexReport *copy = g_memdup2 (self, sizeof *self);

  copy->skipped = g_strdupv (self->skipped);

  return copy;
}

/**
 * rnl_index_report_free:
 * @self: (transfer full): a report
 *
 * Frees a report.
 */
void
rnl_index_report_free (RnlIndexReport *self)
{
  g_strfreev (self->skipped);
  g_free (self);
}
