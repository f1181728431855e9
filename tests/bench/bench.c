/* bench.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bench.h"

#include <string.h>
#include <time.h>

#include "rnl-test.h"

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

/**
 * bench_process_cpu_ms:
 *
 * Returns: the CPU time of all threads, user and system, in milliseconds
 */
double
bench_process_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/**
 * bench_peak_mb:
 *
 * Of this program: what `getrusage ()` says begins with what its parent had.
 *
 * Returns: the most memory that was resident, in MiB
 */
double
bench_peak_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      || (line = strstr (status, "VmHWM:")) == NULL)
    return 0;

  return (double) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024;
}

/**
 * bench_private_mb:
 *
 * Returns: the memory that was written to and is in no other process, in MiB; pages of libraries,
 *   which become private when other programs end, do not count
 */
double
bench_private_mb (void)
{
  g_autofree char *rollup = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &rollup, NULL, NULL)
      || (line = strstr (rollup, "Private_Dirty:")) == NULL)
    return 0;

  return (double) g_ascii_strtoull (line + strlen ("Private_Dirty:"), NULL, 10) / 1024;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/**
 * bench_percentile:
 * @values: (element-type double): what was measured, in any order; is sorted
 * @part: 0.95 for what 95 % do not exceed
 *
 * Returns: that value, 0 if nothing was measured
 */
double
bench_percentile (GArray *values, double part)
{
  if (values->len == 0)
    return 0;

  g_array_sort (values, compare_doubles);

  return g_array_index (values, double, (guint) (part * (values->len - 1)));
}

static void
before_paint_cb (gpointer clock, BenchFrames *self)
{
  self->start = rnl_test_cpu_ms ();
}

static void
after_paint_cb (gpointer clock, BenchFrames *self)
{
  double cost = rnl_test_cpu_ms () - self->start;

  g_array_append_val (self->costs, cost);
}

/**
 * bench_frames_watch:
 * @self: uninitialized
 * @clock: a `GdkFrameClock`
 *
 * Notes what the frames of a window cost from the next one on.
 */
void
bench_frames_watch (BenchFrames *self, gpointer clock)
{
  self->costs = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

/**
 * bench_frames_unwatch:
 * @self: what watches
 * @clock: that clock
 *
 * Notes no more, and forgets what was noted.
 */
void
bench_frames_unwatch (BenchFrames *self, gpointer clock)
{
  g_signal_handlers_disconnect_by_data (clock, self);
  g_clear_pointer (&self->costs, g_array_unref);
}
