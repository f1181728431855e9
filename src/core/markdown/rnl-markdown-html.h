/* rnl-markdown-html.h: blocks of raw HTML
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint rnl_html_block_begins (const char *line, gsize length, gboolean in_text);
gboolean rnl_html_block_ends (guint kind, const char *line, gsize length);

G_END_DECLS
