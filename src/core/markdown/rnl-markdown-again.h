/* rnl-markdown-again.h: references to links that were defined after them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-names.h"

G_BEGIN_DECLS

guint rnl_markdown_read_again (GPtrArray *blocks, RnlMarkdownNames *names);

G_END_DECLS
