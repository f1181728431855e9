/* rnl-fold-memory.h: what the person opened and closed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlFold:
 * @RNL_FOLD_UNTOUCHED: the person left it as it came
 * @RNL_FOLD_OPEN: they opened it
 * @RNL_FOLD_CLOSED: they closed it
 *
 * What a person did with something that folds.
 */
typedef enum
{
  RNL_FOLD_UNTOUCHED,
  RNL_FOLD_OPEN,
  RNL_FOLD_CLOSED,
} RnlFold;

RnlFold rnl_fold_memory_get (const char *key);
void rnl_fold_memory_set (const char *key, gboolean open);

G_END_DECLS
