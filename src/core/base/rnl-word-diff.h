/* rnl-word-diff.h: how much two texts have in common
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlWordDiff:
 * @same: words that both have, in the same order
 * @removed: words that only the first has
 * @added: words that only the second has
 */
typedef struct
{
  guint same;
  guint removed;
  guint added;
} RnlWordDiff;

void rnl_word_diff (const char *before, const char *after, RnlWordDiff *diff);

G_END_DECLS
