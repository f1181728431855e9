/* rnl-markdown-inline.h: the running text of one block
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-names.h"

G_BEGIN_DECLS

void rnl_markdown_inline (
  RnlBlock *block, const char *text, gsize length, RnlMarkdownNames *names, gboolean open);
gboolean rnl_markdown_is_safe_address (const char *address);

G_END_DECLS
