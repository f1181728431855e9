/* bench-text.h: long answers, the same in every run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a token. */
#define BENCH_TOKEN 4

GString *bench_text_new (guint n_tokens);
GString *bench_text_new_code (guint n_tokens);
GString *bench_text_new_named (const char *name, guint n_tokens);

G_END_DECLS
