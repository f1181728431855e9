/* rnl-word-embedder.h: vectors without a model: which words a text has
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-embedder.h"

G_BEGIN_DECLS

#define RNL_TYPE_WORD_EMBEDDER (rnl_word_embedder_get_type ())
G_DECLARE_FINAL_TYPE (RnlWordEmbedder, rnl_word_embedder, RNL, WORD_EMBEDDER, GObject)

RnlEmbedder *rnl_word_embedder_new (void);

G_END_DECLS
