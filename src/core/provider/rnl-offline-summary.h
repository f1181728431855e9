/* rnl-offline-summary.h: the sentences of a text that say most
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_offline_summarise (const char *text, guint n_sentences);
char *rnl_offline_quote_code (const char *text, gsize max_length);

G_END_DECLS
