/* fuzz.c: an input is split as it says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fuzz.h"

/* The next length of a piece, 1 to @left; mostly short. Numerical Recipes' generator. */
gsize
fuzz_next_piece (guint32 *seed, gsize left)
{
  guint32 most;

  if (*seed == 0)
    return left;

  *seed = *seed * 1664525 + 1013904223;
  most = (*seed >> 8) % 4 == 0 ? 200 : 7;

  return MIN (left, 1 + (*seed >> 16) % most);
}

void
fuzz_input (const guint8 *input, gsize size)
{
  if (size >= FUZZ_HEAD)
    fuzz_one (input + FUZZ_HEAD, size - FUZZ_HEAD, 1u + input[0] + 256u * input[1]);
}
