/* rnl-markdown-entities.h: characters that are written by name or number
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void rnl_markdown_append_entity (GString *out, const char *entity, gsize length);
void rnl_markdown_unescape (GString *out, const char *text, gsize length);

G_END_DECLS
