/* rnl-text-splitter.h: long text in pieces that can be found
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RNL_TEXT_SPLITTER_SIZE    1000
#define RNL_TEXT_SPLITTER_OVERLAP 0

/**
 * RnlTextPiece:
 * @text: borrowed from the text that was split, not terminated by a zero
 * @length: of @text in bytes
 * @start: where it begins in the text, in characters
 */
typedef struct
{
  const char *text;
  gsize length;
  gsize start;
} RnlTextPiece;

GArray *rnl_text_splitter_split (const char *text, guint size, guint overlap);

G_END_DECLS
