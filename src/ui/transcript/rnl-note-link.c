/* rnl-note-link.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-note-link.h"

#include <string.h>

static const char *const prefixes[] = { "#note-", "#note-reference-" };

/**
 * rnl_note_link_new:
 * @kind: which way
 * @number: of the footnote
 *
 * Returns: (transfer full): an address that leads there
 */
char *
rnl_note_link_new (RnlNoteLink kind, guint number)
{
  return g_strdup_printf ("%s%u", prefixes[kind], number);
}

/**
 * rnl_note_link_parse:
 * @address: any address
 * @kind: (out): which way it leads
 * @number: (out): of the footnote
 *
 * Returns: whether it is an address inside of an answer
 */
gboolean
rnl_note_link_parse (const char *address, RnlNoteLink *kind, guint *number)
{
  for (guint i = G_N_ELEMENTS (prefixes); i > 0; i--)
    if (g_str_has_prefix (address, prefixes[i - 1]))
      {
        guint64 value = g_ascii_strtoull (address + strlen (prefixes[i - 1]), NULL, 10);

        *kind = (RnlNoteLink) (i - 1);
        *number = (guint) MIN (value, G_MAXUINT);
        return TRUE;
      }

  return FALSE;
}
