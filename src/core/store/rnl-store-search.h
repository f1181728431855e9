/* rnl-store-search.h: finding words in titles and messages; on the worker only
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-db.h"

G_BEGIN_DECLS

/**
 * RnlStoreQuery:
 * @text: what a person typed, anything
 * @limit: how many hits at most
 * @budget: how long it may take, in microseconds; what was found by then is the answer
 */
typedef struct
{
  char *text;
  guint limit;
  gint64 budget;
} RnlStoreQuery;

RnlStoreQuery *rnl_store_query_new (const char *text, guint limit);
void rnl_store_query_free (RnlStoreQuery *self);

gpointer rnl_store_search (RnlStoreDb *db, gpointer query, GError **error);

/* Pure, for tests. */
char *rnl_store_cut_snippet (const char *text, const char *word);

G_END_DECLS
