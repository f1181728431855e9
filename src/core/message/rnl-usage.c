/* rnl-usage.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-usage.h"

G_DEFINE_BOXED_TYPE (RnlUsage, rnl_usage, rnl_usage_copy, rnl_usage_free)

/**
 * rnl_usage_copy:
 * @usage: token counts
 *
 * Returns: (transfer full): the same counts
 */
RnlUsage *
rnl_usage_copy (const RnlUsage *usage)
{
  return g_memdup2 (usage, sizeof *usage);
}

/**
 * rnl_usage_free:
 * @usage: (transfer full): a copy
 *
 * Frees what [method@Runnel.Usage.copy] made.
 */
void
rnl_usage_free (RnlUsage *usage)
{
  g_free (usage);
}

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
update_count (gint64 *count, gint64 newest)
{
  if (newest >= 0)
    *count = newest;
}

/**
 * rnl_usage_update:
 * @usage: (inout): the counts of a model call so far
 * @newest: a newer snapshot of the same call
 *
 * Takes over what @newest knows.
 */
void
rnl_usage_update (RnlUsage *usage, const RnlUsage *newest)
{
  update_count (&usage->input, newest->input);
  update_count (&usage->output, newest->output);
  update_count (&usage->total, newest->total);
  update_count (&usage->cached_input, newest->cached_input);
  update_count (&usage->cache_write, newest->cache_write);
  update_count (&usage->reasoning, newest->reasoning);
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
