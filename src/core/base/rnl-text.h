/* rnl-text.h: small text helpers
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rnl_set_str (char **dest, const char *value);
char *rnl_text_ellipsize (const char *text, gsize max_chars);
char *rnl_text_first_line (const char *text, gsize max_chars);
char *rnl_text_snippet (const char *markdown, gsize max_chars);
char *rnl_text_fence (const char *name, const char *text);
char *rnl_uuid_new (void);
char *rnl_time_to_iso8601 (gint64 unix_us);

G_END_DECLS
