/* rnl-note-link.h: addresses inside of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlNoteLink:
 * @RNL_NOTE_LINK_TO: from a reference to its footnote
 * @RNL_NOTE_LINK_BACK: from a footnote to its first reference
 */
typedef enum
{
  RNL_NOTE_LINK_TO,
  RNL_NOTE_LINK_BACK,
} RnlNoteLink;

char *rnl_note_link_new (RnlNoteLink kind, guint number);
gboolean rnl_note_link_parse (const char *address, RnlNoteLink *kind, guint *number);

G_END_DECLS
