/* fuzz.h: what a fuzzed reader looks like
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is two bytes that say how the rest is split, and the rest. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FUZZ_HEAD 2

/* The reader's own: aborts on anything that must not be. A seed of 0 is one piece. */
void fuzz_one (const guint8 *bytes, gsize length, guint32 seed);

gsize fuzz_next_piece (guint32 *seed, gsize left);
void fuzz_input (const guint8 *input, gsize size);

G_END_DECLS
