/* rnl-plain-line.h: text without marks of Markdown, for rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_plain_line (const char *text);

G_END_DECLS
