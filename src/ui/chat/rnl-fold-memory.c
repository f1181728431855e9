/* rnl-fold-memory.c
 *
 * Widgets come and go with the scrolling and when a chat is read again; what the person opened
 * stays open as long as the program runs. Only what they touched is kept, by the id of its part.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-fold-memory.h"

static GHashTable *
get_folds (void)
{
  static GHashTable *folds;

  if (folds == NULL)
    folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return folds;
}

/**
 * rnl_fold_memory_get:
 * @key: (nullable): the id of a part
 *
 * Returns: what the person did with it since the program started
 */
RnlFold
rnl_fold_memory_get (const char *key)
{
  if (key == NULL)
    return RNL_FOLD_UNTOUCHED;

  return (RnlFold) GPOINTER_TO_INT (g_hash_table_lookup (get_folds (), key));
}

/**
 * rnl_fold_memory_set:
 * @key: (nullable): the id of a part
 * @open: whether the person opened it, or closed it
 */
void
rnl_fold_memory_set (const char *key, gboolean open)
{
  if (key != NULL)
    g_hash_table_insert (get_folds (), g_strdup (key),
                         GINT_TO_POINTER (open ? RNL_FOLD_OPEN : RNL_FOLD_CLOSED));
}
