/* rnl-block-writer.h: a stretch of blocks as Markdown, plain text or HTML
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block-range.h"

G_BEGIN_DECLS

GPtrArray *rnl_blocks_parse (const char *text, gsize length, gboolean complete);
char *rnl_blocks_to_markdown (GPtrArray *blocks, const RnlBlockRange *range, const char *source);
char *rnl_blocks_to_plain_text (GPtrArray *blocks, const RnlBlockRange *range);
char *rnl_blocks_to_html (GPtrArray *blocks, const RnlBlockRange *range);

G_END_DECLS
