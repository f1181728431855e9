/* rnl-text-match.h: finds words in a text whatever their case and accents
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RnlTextMatch RnlTextMatch;

/**
 * RnlTextSpan:
 * @start: first character
 * @end: first character behind
 */
typedef struct
{
  guint start;
  guint end;
} RnlTextSpan;

RnlTextMatch *rnl_text_match_new (const char *query, gboolean words);
void rnl_text_match_free (RnlTextMatch *self);
gboolean rnl_text_match_is_empty (const RnlTextMatch *self);
GArray *rnl_text_match_find (const RnlTextMatch *self, const char *text, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTextMatch, rnl_text_match_free)

G_END_DECLS
