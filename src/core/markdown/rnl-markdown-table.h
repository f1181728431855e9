/* rnl-markdown-table.h: the rows of a table, shared by all states of it that are shown
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *cells; /* of RnlBlock, row by row; the first row is the header */
  GArray *aligns;   /* of RnlAlign */
} RnlMarkdownTable;

typedef void (*RnlMarkdownCellFunc) (
  RnlBlock *cell, const char *text, gsize length, gboolean last, gpointer user_data);

RnlMarkdownTable *
rnl_markdown_table_new (const char *head, gsize head_length, const char *rule, gsize rule_length);
RnlMarkdownTable *rnl_markdown_table_copy (const RnlMarkdownTable *self);
RnlMarkdownTable *rnl_markdown_table_ref (RnlMarkdownTable *self);
void rnl_markdown_table_unref (RnlMarkdownTable *self);
void rnl_markdown_table_read_row (const RnlMarkdownTable *self,
                                  const char *line,
                                  gsize length,
                                  GPtrArray *cells,
                                  RnlMarkdownCellFunc func,
                                  gpointer user_data);

G_END_DECLS
