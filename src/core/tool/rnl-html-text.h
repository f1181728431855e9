/* rnl-html-text.h: a page as text to read
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_html_to_text (const char *bytes,
                        gsize length,
                        const char *encoding,
                        const char *base,
                        gsize max_output,
                        char **title);

G_END_DECLS
