/* rnl-search-hit.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rnl-library.h"

G_DEFINE_BOXED_TYPE (RnlSearchHit, rnl_search_hit, rnl_search_hit_copy, rnl_search_hit_free)

/**
 * rnl_search_hit_copy:
 * @hit: a hit
 *
 * Returns: (transfer full): one of our own
 */
RnlSearchHit *
rnl_search_hit_copy (const RnlSearchHit *hit)
{
  RnlSearchHit *copy = g_memdup2 (hit, sizeof *hit);

  copy->chat_id = g_strdup (hit->chat_id);
  copy->message_id = g_strdup (hit->message_id);
  copy->title = g_strdup (hit->title);
  copy->snippet = g_strdup (hit->snippet);

  return copy;
}

/**
 * rnl_search_hit_free:
 * @hit: (transfer full): a hit
 *
 * Frees a hit.
 */
void
rnl_search_hit_free (RnlSearchHit *hit)
{
  g_free (hit->chat_id);
  g_free (hit->message_id);
  g_free (hit->title);
  g_free (hit->snippet);
  g_free (hit);
}
