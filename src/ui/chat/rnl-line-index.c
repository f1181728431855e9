/* rnl-line-index.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-line-index.h"

#include <string.h>

/**
 * rnl_line_index_feed:
 * @self: an index
 * @text: what the text got more of
 * @length: in bytes
 */
void
rnl_line_index_feed (RnlLineIndex *self, const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *p = text; p < end && (p = memchr (p, '\n', (gsize) (end - p))) != NULL;)
    {
      gsize start = self->length + (gsize) (++p - text);

      self->newlines++;
      if (self->newlines < G_N_ELEMENTS (self->head))
        self->head[self->newlines] = start;
      self->tail[self->newlines % G_N_ELEMENTS (self->tail)] = start;
    }
  self->length += length;
  if (length > 0)
    self->open = end[-1] != '\n';
}

/**
 * rnl_line_index_get_lines:
 * @self: an index
 *
 * Returns: how many lines the text has, the one that still grows with them
 */
gsize
rnl_line_index_get_lines (const RnlLineIndex *self)
{
  return self->newlines + (self->open ? 1 : 0);
}

static gsize
get_start (const RnlLineIndex *self, gsize line)
{
  if (line < G_N_ELEMENTS (self->head))
    return self->head[line];

  return self->tail[line % G_N_ELEMENTS (self->tail)];
}

/**
 * rnl_line_index_get_line:
 * @self: an index
 * @line: one of the first or of the last `RNL_LINE_INDEX_LINES`
 * @start: (out): where it begins, in bytes
 * @end: (out): where it ends, without its newline
 */
void
rnl_line_index_get_line (const RnlLineIndex *self, gsize line, gsize *start, gsize *end)
{
  g_return_if_fail (line < RNL_LINE_INDEX_LINES
                    || line + RNL_LINE_INDEX_LINES >= rnl_line_index_get_lines (self));

  *start = get_start (self, line);
  *end = line < self->newlines ? get_start (self, line + 1) - 1 : self->length;
}
