/* rnl-test-loop.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-test-loop.h"

#include <string.h>
#include <time.h>

static RnlTestStall stall;
static double left_cpu_ms = -1; /* when poll returned, -1: not yet */
static double left_wall_ms;

/**
 * rnl_test_cpu_ms:
 *
 * Returns: the CPU time of the calling thread in milliseconds: other programs do not count
 */
double
rnl_test_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/**
 * rnl_test_get_slowdown:
 *
 * Returns: how much slower this process is than people's: 1, more with a sanitizer or in valgrind
 */
double
rnl_test_get_slowdown (void)
{
  const char *preload = g_getenv ("LD_PRELOAD");

  if (preload != NULL && strstr (preload, "vgpreload") != NULL)
    return 60;
#ifdef RNL_TEST_SANITIZED
  return 6;
#else
  return 1;
#endif
}

/**
 * rnl_test_fewer:
 * @n: of what a test repeats, or the size of what it makes
 *
 * For what needs no certain number. Who slows the process down finds its errors in fewer, too.
 *
 * Returns: @n, or a part of it with a sanitizer or in valgrind; at least 1
 */
guint
rnl_test_fewer (guint n)
{
  double part = MAX (rnl_test_get_slowdown () / 3, 1);

  return MAX ((guint) (n / part), 1);
}

static double
wall_ms (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

static gint
poll_watched (GPollFD *fds, guint n, gint timeout)
{
  gint result;

  if (left_cpu_ms >= 0)
    {
      double cpu = rnl_test_cpu_ms () - left_cpu_ms;

      stall.cpu_ms = MAX (stall.cpu_ms, cpu);
      stall.wall_ms = MAX (stall.wall_ms, wall_ms () - left_wall_ms);
      stall.n_long += cpu > RNL_TEST_FRAME_MS;
      stall.n_turns++;
    }
  result = g_poll (fds, n, timeout);
  left_cpu_ms = rnl_test_cpu_ms ();
  left_wall_ms = wall_ms ();

  return result;
}

/**
 * rnl_test_loop_watch:
 *
 * Measures the default main context from now on. Call it once, on the main thread.
 */
void
rnl_test_loop_watch (void)
{
  g_main_context_set_poll_func (NULL, poll_watched);
}

/**
 * rnl_test_loop_begin:
 *
 * Begins a new measure. The turn of the loop this is called in belongs to it.
 */
void
rnl_test_loop_begin (void)
{
  stall = (RnlTestStall){ 0 };
}

/**
 * rnl_test_loop_reset:
 *
 * Begins a new measure with the next turn of the loop: what the caller does now is not in it.
 */
void
rnl_test_loop_reset (void)
{
  rnl_test_loop_begin ();
  left_cpu_ms = -1;
}

RnlTestStall
rnl_test_loop_get_stall (void)
{
  return stall;
}
