/* rnl-store-terms.h: what a person looks for, as words of the index
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-store-tokenizer.h"

G_BEGIN_DECLS

/**
 * RnlStoreTerms:
 *
 * What was typed, taken apart: words, and phrases in straight quotes. All must occur; of the last
 * word, while it is being typed, the beginning is enough.
 */
typedef struct _RnlStoreTerms RnlStoreTerms;

RnlStoreTerms *rnl_store_terms_new (RnlStoreTokenizer *tokenizer, const char *text);
void rnl_store_terms_free (RnlStoreTerms *self);

const char *const *rnl_store_terms_get_words (const RnlStoreTerms *self);
gboolean rnl_store_terms_is_indexed (const RnlStoreTerms *self);
char *rnl_store_terms_dup_match (const RnlStoreTerms *self);

/* Words that stand next to each other. */
char *rnl_store_terms_dup_pairs (const RnlStoreTerms *self);
char *rnl_store_terms_dup_words (const RnlStoreTerms *self);
gboolean rnl_store_terms_all_occur (RnlStoreTerms *self, const char *text, gsize length);

/* The last word where the index would have to gather all words that begin so. */
gboolean rnl_store_terms_is_open (const RnlStoreTerms *self);
char *rnl_store_terms_dup_candidates (const RnlStoreTerms *self);
gboolean rnl_store_terms_last_occurs (RnlStoreTerms *self, const char *text, gsize length);

char *rnl_store_terms_cut_snippet (RnlStoreTerms *self, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStoreTerms, rnl_store_terms_free)

G_END_DECLS
