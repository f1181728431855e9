/* rnl-markdown-chunker.h: cuts growing Markdown into stretches that can be parsed alone
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-lines.h"

G_BEGIN_DECLS

typedef enum
{
  RNL_CHUNK_NONE,     /* between blocks */
  RNL_CHUNK_TEXT,     /* a paragraph, table or quote: up to a blank line */
  RNL_CHUNK_INDENTED, /* indented code: blank lines do not end it */
  RNL_CHUNK_LIST,     /* one item of a list */
  RNL_CHUNK_FENCE,    /* a fenced code block, read here without the parser */
} RnlChunkState;

/* A fence inside a list item or a quote. */
typedef struct
{
  gboolean open;
  RnlFence fence;
} RnlInnerFence;

typedef struct
{
  GString *source; /* what is not parsed for good, valid UTF-8, line ends as `\n` */
  gsize start;     /* of the open stretch */
  gsize line;      /* of the unfinished line */
  gsize scan;      /* no line end between `line` and here */
  RnlChunkState state;

  /* text */
  gboolean quote;
  guint n_lines;
  gsize table_head; /* length of a table's header and rule */

  /* list */
  RnlListMarker marker;
  guint number;    /* of the open item */
  gboolean blank;  /* the last line was blank */
  gboolean inside; /* the stretch begins inside the item */
  RnlInnerFence inner;
  GString *inner_line; /* that opened it */

  /* parsed before the stretch: what a cut by size took away from it */
  GString *prefix;

  /* fence */
  RnlFence fence;
  RnlBlock *code;      /* owned; `NULL` outside a fence */
  gboolean code_lines; /* it has a line */
  gsize code_taken;    /* bytes of the unfinished line that are in the block */

  /* output */
  GPtrArray *blocks; /* closed ones, for the owner to take */
  GString *scratch;
  guint64 parsed;
} RnlChunker;

void rnl_chunker_init (RnlChunker *self);
void rnl_chunker_clear (RnlChunker *self);
void rnl_chunker_advance (RnlChunker *self, gboolean final);
void rnl_chunker_parse_open (RnlChunker *self, GPtrArray *blocks);
gsize rnl_chunker_get_open_length (const RnlChunker *self);
void rnl_chunker_compact (RnlChunker *self);

G_END_DECLS
