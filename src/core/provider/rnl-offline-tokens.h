/* rnl-offline-tokens.h: text in word-sized pieces
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize rnl_offline_token_length (const char *text, gsize length);
guint rnl_offline_count_tokens (const char *text);

G_END_DECLS
