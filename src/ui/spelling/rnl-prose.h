/* rnl-prose.h: the words of a text that a dictionary may judge
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More bytes in one line than a person writes: data, not prose. */
#define RNL_PROSE_MAX_LINE 8192

/**
 * RnlProseState:
 * @RNL_PROSE_TEXT: text
 * @RNL_PROSE_BACKTICKS: code that began with a line of backticks
 * @RNL_PROSE_TILDES: code that began with a line of tildes
 *
 * What comes after a line.
 */
typedef enum
{
  RNL_PROSE_TEXT,
  RNL_PROSE_BACKTICKS,
  RNL_PROSE_TILDES
} RnlProseState;

/**
 * RnlProseWord:
 * @start: where it begins, in bytes from the beginning of its line
 * @end: where it ends
 *
 * A word.
 */
typedef struct
{
  guint start;
  guint end;
} RnlProseWord;

RnlProseState
rnl_prose_read_line (const char *line, gsize length, RnlProseState state, GArray *words);
gboolean rnl_prose_is_in_word (gunichar c);

G_END_DECLS
