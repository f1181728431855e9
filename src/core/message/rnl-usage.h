/* rnl-usage.h: token counts of one model call or of a whole turn
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlUsage:
 * @input: tokens read
 * @output: tokens written
 * @total: as the server counts them; not always the sum
 * @cached_input: part of @input served from a cache
 * @cache_write: tokens written to a cache
 * @reasoning: tokens spent on thinking
 *
 * Counts in tokens; -1 where the server did not say. A usage is a snapshot of one model call:
 * what a newer one knows replaces what an older one of the same call said, and calls are added up.
 */
typedef struct
{
  gint64 input;
  gint64 output;
  gint64 total;
  gint64 cached_input;
  gint64 cache_write;
  gint64 reasoning;
} RnlUsage;

#define RNL_USAGE_INIT                                                                             \
  {                                                                                                \
    -1, -1, -1, -1, -1, -1                                                                         \
  }

#define RNL_TYPE_USAGE (rnl_usage_get_type ())
GType rnl_usage_get_type (void);

RnlUsage *rnl_usage_copy (const RnlUsage *usage);
void rnl_usage_free (RnlUsage *usage);
gboolean rnl_usage_is_known (const RnlUsage *usage);
void rnl_usage_update (RnlUsage *usage, const RnlUsage *newest);
void rnl_usage_add (RnlUsage *sum, const RnlUsage *usage);

G_END_DECLS
