/* fuzz-engine.c: the reader as libFuzzer calls it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput (const guint8 *input, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *input, gsize size)
{
  fuzz_input (input, size);

  return 0;
}
