/* rnl-markdown-hold.h: what of an unfinished text can be shown without taking it back
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize
rnl_markdown_hold (const char *text, gsize length, gsize line, gboolean in_fence, GString *closers);

G_END_DECLS
