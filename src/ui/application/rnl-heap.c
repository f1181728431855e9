/* rnl-heap.c
 *
 * Glibc alone keeps memory in a way that is worth a word; elsewhere nothing is done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-heap.h"

#include <stdlib.h>

#ifdef __GLIBC__ /* as stdlib.h says */
#include <malloc.h>

/* The one of the main thread, and one for all others. */
#define N_ARENAS 2
#endif

/**
 * rnl_heap_set_up:
 *
 * Has the threads share their arenas: by default each of the dozen that read icons and run tasks
 * keeps one of its own for what it needed once. Before the first thread.
 */
void
rnl_heap_set_up (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, N_ARENAS);
#endif
}

/**
 * rnl_heap_give_back:
 *
 * Gives the system what is free, about a megabyte after the start: templates and style sheets that
 * were read, and layouts that were tried. Takes half a millisecond.
 */
void
rnl_heap_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
