/* rnl-markdown-blocks.h: lines to blocks
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-lines.h"
#include "rnl-markdown-names.h"
#include "rnl-markdown-table.h"

G_BEGIN_DECLS

/* Text in deeper quotes and lists is text of the deepest. */
#define RNL_MAX_OPEN 32

/* A block never gets longer than this, except code and tables: it bounds the work for one more
 * token, whatever the text. Where it is cut depends on the text alone. */
#define RNL_MAX_TEXT 2560

/* Of where something stands in the source. */
typedef struct
{
  guint64 start;
  guint64 end;
} RnlSourceRange;

typedef struct
{
  RnlContainerKind kind;
  guint serial;
  guint item;
  guint number;
  char delimiter;
  guint content;       /* columns from its parent to its text */
  RnlSourceRange line; /* it began in */
  gboolean waiting;    /* its marker is not shown yet */
  gboolean filled;     /* something began in it */
} RnlOpenContainer;

/* The list that the next item of the same kind goes on with; its delimiter is 0 for none. */
typedef struct
{
  char delimiter;
  guint serial;
  guint item;
  guint number;
} RnlOpenList;

typedef enum
{
  RNL_LEAF_NONE,
  RNL_LEAF_TEXT,
  RNL_LEAF_FENCE,
  RNL_LEAF_INDENTED,
  RNL_LEAF_HTML,
  RNL_LEAF_MATH,
  RNL_LEAF_TABLE,
} RnlLeafKind;

typedef struct
{
  RnlOpenContainer open[RNL_MAX_OPEN];
  RnlOpenList lists[RNL_MAX_OPEN + 1]; /* by how deep they stand */
  guint depth;
  guint serial;

  RnlLeafKind leaf;
  GString *text;        /* of the leaf; blank lines that may belong to indented code */
  GArray *lines;        /* of RnlSourceRange, of the leaf's text */
  RnlSourceRange where; /* the leaf stands */
  RnlSourceRange line;  /* that is being taken */
  RnlFence fence;       /* around code or maths */
  char math_mark;       /* '$' or '\\', or 0 in a fence */
  guint html_kind;
  RnlMarkdownTable *table;
  RnlBlock *code; /* grows while it is open */
  gboolean code_lines;
  gsize code_pos;      /* bytes of the unfinished line that are in the code */
  gboolean code_begun; /* the line was cut, and its beginning is in the code */

  RnlMarkdownNames *names; /* borrowed */
  GPtrArray *blocks;       /* borrowed: takes what is finished */
  guint64 *parsed;         /* borrowed: counts bytes */
  gboolean draft;          /* a copy: what it makes is shown for now */
  gboolean unfinished;     /* the line that is being taken has no end yet */
  gboolean open_end;       /* more text may come to the leaf that is being closed */
} RnlBlockParser;

void rnl_block_parser_init (RnlBlockParser *self, RnlMarkdownNames *names, GPtrArray *blocks);
void rnl_block_parser_clear (RnlBlockParser *self);

gboolean
rnl_block_parser_take_code (RnlBlockParser *self, const char *text, gsize length, gboolean whole);
void rnl_block_parser_take_line (RnlBlockParser *self, const char *text, gsize length);
void rnl_block_parser_take_rest (RnlBlockParser *self, const char *text, gsize length);
void rnl_block_parser_note_cut (RnlBlockParser *self);
void rnl_block_parser_finish (RnlBlockParser *self);
void rnl_block_parser_draft (
  const RnlBlockParser *self, const char *text, gsize length, gboolean rest, GPtrArray *blocks);

/* {{{ Leaves */

RnlBlock *rnl_leaf_begin_block (RnlBlockParser *self, RnlBlockKind kind, RnlSourceRange where);
void rnl_leaf_read_inline (
  RnlBlockParser *self, RnlBlock *block, const char *text, gsize length, gboolean open);
void rnl_leaf_marker (RnlBlockParser *self, guint depth);

void rnl_leaf_begin (RnlBlockParser *self, RnlLeafKind kind);
void rnl_leaf_add_line (RnlBlockParser *self, const RnlLine *line);
void rnl_leaf_close (RnlBlockParser *self);
void rnl_leaf_heading (RnlBlockParser *self, const char *text, gsize length, guint level);
gboolean rnl_leaf_setext (RnlBlockParser *self, guint level);
void rnl_leaf_rule (RnlBlockParser *self);

void rnl_leaf_fence (RnlBlockParser *self, const RnlFence *fence, const char *info, gsize length);
void rnl_leaf_code_line (RnlBlockParser *self, const RnlLine *line);
void rnl_leaf_close_code (RnlBlockParser *self);
void rnl_leaf_math (RnlBlockParser *self, const char *line, gsize length, gboolean whole);
void rnl_leaf_math_line (RnlBlockParser *self, const RnlLine *line);
void rnl_leaf_close_math (RnlBlockParser *self);
gboolean rnl_leaf_table (RnlBlockParser *self, const char *rule, gsize length);
void rnl_leaf_row (RnlBlockParser *self, const RnlLine *line);
void rnl_leaf_show_table (RnlBlockParser *self, GPtrArray *last_row);

/* }}} */

G_END_DECLS
