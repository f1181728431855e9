/* markdown-html.h: blocks as HTML, to compare them with the examples of a specification
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-markdown-stream.h"

G_BEGIN_DECLS

char *blocks_to_html (RnlMarkdownStream *stream);
char *html_normalize (const char *html);

G_END_DECLS
