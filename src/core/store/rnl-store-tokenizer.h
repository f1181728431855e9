/* rnl-store-tokenizer.h: how text becomes the words of the index
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The names of the tokenizers in the schema: of words, and of pairs of them. */
#define RNL_STORE_TOKENIZER       "runnel"
#define RNL_STORE_TOKENIZER_PAIRS "runnel_pairs"

/**
 * RnlStoreTokenFunc:
 * @data: what the caller gave
 * @token: the word, folded: no case, no diacritics; not terminated
 * @length: of @token, in bytes
 * @start: where it stands in the text, in bytes
 * @end: where it ends there
 *
 * Returns: whether to go on
 */
typedef gboolean (*RnlStoreTokenFunc) (
  gpointer data, const char *token, gsize length, gsize start, gsize end);

int rnl_store_tokenizer_register (sqlite3 *handle);
gboolean rnl_store_char_is_unspaced (gunichar c);

/* The same words outside of a statement. */
typedef struct _RnlStoreTokenizer RnlStoreTokenizer;

RnlStoreTokenizer *rnl_store_tokenizer_new (sqlite3 *handle);
void rnl_store_tokenizer_free (RnlStoreTokenizer *self);
void rnl_store_tokenizer_run (
  RnlStoreTokenizer *self, const char *text, gsize length, RnlStoreTokenFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlStoreTokenizer, rnl_store_tokenizer_free)

G_END_DECLS
