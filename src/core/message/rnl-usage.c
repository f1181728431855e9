/* rnl-usage.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-usage.h"

/**
 * rnl_usage_is_known:
 * @usage: token counts
 *
 * Returns: whether any count is known
 */
gboolean
rnl_usage_is_known (const RnlUsage *usage)
{
  return usage->input >= 0 || usage->output >= 0 || usage->total >= 0;
}

static void
add_count (gint64 *sum, gint64 value)
{
  if (value >= 0)
    *sum = MAX (*sum, 0) + value;
}

/**
 * rnl_usage_add:
 * @sum: (inout): the counts so far
 * @usage: the counts of one more model call
 *
 * Adds what is known; what nobody reported stays -1.
 */
void
rnl_usage_add (RnlUsage *sum, const RnlUsage *usage)
{
  add_count (&sum->input, usage->input);
  add_count (&sum->output, usage->output);
  add_count (&sum->total, usage->total);
  add_count (&sum->cached_input, usage->cached_input);
  add_count (&sum->cache_write, usage->cache_write);
  add_count (&sum->reasoning, usage->reasoning);
}
