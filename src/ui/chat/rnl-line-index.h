/* rnl-line-index.h: where the first and the last lines of a growing text are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many lines are known at each end. */
#define RNL_LINE_INDEX_LINES 8

/**
 * RnlLineIndex:
 *
 * Looks at each byte of a text once, however often it grows. A member of another struct; all zero
 * is an index of no text.
 */
typedef struct
{
  gsize length;
  gsize newlines;
  gboolean open;                        /* the text does not end with a newline */
  gsize head[RNL_LINE_INDEX_LINES + 1]; /* where the first lines begin */
  gsize tail[RNL_LINE_INDEX_LINES + 2]; /* where the last ones do, by line number */
} RnlLineIndex;

void rnl_line_index_feed (RnlLineIndex *self, const char *text, gsize length);
gsize rnl_line_index_get_lines (const RnlLineIndex *self);
void rnl_line_index_get_line (const RnlLineIndex *self, gsize line, gsize *start, gsize *end);

G_END_DECLS
