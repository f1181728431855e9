/* rnl-markdown-parse.h: one stretch of Markdown to blocks
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"

G_BEGIN_DECLS

/* What the stretch continues. */
typedef struct
{
  guint number; /* of the first ordered item, when @renumber */
  gboolean renumber;
  guint list_depth; /* added to every block: the stretch is the inside of a list item */
} RnlMarkdownContext;

void rnl_markdown_parse (const char *text,
                         gsize length,
                         const RnlMarkdownContext *context,
                         GPtrArray *blocks);
gboolean rnl_markdown_is_safe_address (const char *address);

G_END_DECLS
