/* rnl-spoken-text.h: an answer as it is being written, sentence by sentence, to be said
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RnlSpokenText:
 * @offset: bytes of the text that have been said, or need not be
 * @code: whether they end inside of fenced code
 *
 * How far a growing text has been said; all zero for nothing.
 */
typedef struct
{
  gsize offset;
  gboolean code;
} RnlSpokenText;

char *rnl_spoken_text_next (RnlSpokenText *self, const char *text, gsize length, gboolean complete);

G_END_DECLS
