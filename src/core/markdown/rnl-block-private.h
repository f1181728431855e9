/* rnl-block-private.h: how the parser fills a block
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"

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
  GArray *containers; /* of RnlContainer, shared, `NULL` for none */
  guint64 source_start;
  guint64 source_end;

  /* tables: cells by row, the first row is the header */
  GPtrArray *cells;
  GArray *aligns;
  guint n_columns;
};

RnlBlock *rnl_block_new (RnlBlockKind kind);
void rnl_block_add_text (
  RnlBlock *self, const char *text, gsize length, RnlSpanFlags flags, const char *href);

G_END_DECLS
