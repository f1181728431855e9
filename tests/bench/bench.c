/* bench.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bench.h"

#include <time.h>

#include "rnl-test.h"

#define FRAME_MS 16.0

static BenchStall stall;
static double left_cpu_ms = -1; /* when poll returned, -1: not yet */
static double left_wall_ms;

/**
 * bench_init:
 *
 * A home of its own, and everything that is installed: highlighting and icons cost something too.
 */
void
bench_init (void)
{
  rnl_test_use_own_home ();
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
}

static double
read_clock_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/**
 * bench_cpu_ms:
 *
 * Returns: the CPU time of the calling thread in milliseconds
 */
double
bench_cpu_ms (void)
{
  return read_clock_ms (CLOCK_THREAD_CPUTIME_ID);
}

/**
 * bench_process_cpu_ms:
 *
 * Returns: the CPU time of all threads, user and system, in milliseconds
 */
double
bench_process_cpu_ms (void)
{
  return read_clock_ms (CLOCK_PROCESS_CPUTIME_ID);
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
      double cpu = bench_cpu_ms () - left_cpu_ms;

      stall.cpu_ms = MAX (stall.cpu_ms, cpu);
      stall.wall_ms = MAX (stall.wall_ms, wall_ms () - left_wall_ms);
      stall.n_long += cpu > FRAME_MS;
    }
  result = g_poll (fds, n, timeout);
  left_cpu_ms = bench_cpu_ms ();
  left_wall_ms = wall_ms ();

  return result;
}

/**
 * bench_loop_watch:
 *
 * Measures the default main context from now on. Call it once, on the main thread.
 */
void
bench_loop_watch (void)
{
  g_main_context_set_poll_func (NULL, poll_watched);
}

/**
 * bench_loop_begin:
 *
 * Begins a new measure. The turn of the loop this is called in belongs to it.
 */
void
bench_loop_begin (void)
{
  stall = (BenchStall){ 0 };
}

/**
 * bench_loop_reset:
 *
 * Begins a new measure with the next turn of the loop: what the caller does now is not in it.
 */
void
bench_loop_reset (void)
{
  bench_loop_begin ();
  left_cpu_ms = -1;
}

BenchStall
bench_loop_get_stall (void)
{
  return stall;
}
