/* rnl-block-private.h: how the parser fills a block
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-table.h"

G_BEGIN_DECLS

struct _RnlBlock
{
  GObject parent_instance;

  RnlBlockKind kind;
  RnlMarker marker;
  guint level;
  guint quote_depth;
  guint list_depth;
  guint number;

  /* owned */
  GString *text;
  GArray *spans; /* of RnlSpan, `NULL` for none */
  char *language;
  char *label;
  char *raw;          /* what to read again when the definitions are known; `NULL` for nothing */
  GArray *containers; /* of RnlContainer, shared, `NULL` for none */
  guint64 source_start;
  guint64 source_end;

  /* a table: the rows of the shared one that belong to this state of it, and one that grows */
  RnlMarkdownTable *table;
  guint n_rows;
  GPtrArray *last_row; /* `NULL` for none */
};

RnlBlock *rnl_block_new (RnlBlockKind kind);
void rnl_block_add_text (RnlBlock *self, const char *text, gsize length, const RnlSpan *look);
void rnl_block_adopt (RnlBlock *self, RnlBlock *newer);

G_END_DECLS
