/* bench.h: what a benchmark needs: a home, the CPU time, how long the main loop was away
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenchStall:
 * @cpu_ms: the longest time from one poll to the next, in CPU time of the main thread
 * @wall_ms: the same by the clock, with whatever else the machine did
 * @n_long: how often the CPU time was above 16 ms: frames that were missed
 */
typedef struct
{
  double cpu_ms;
  double wall_ms;
  guint n_long;
} BenchStall;

void bench_init (void);

double bench_cpu_ms (void);
double bench_process_cpu_ms (void);

void bench_loop_watch (void);
void bench_loop_begin (void);
void bench_loop_reset (void);
BenchStall bench_loop_get_stall (void);

G_END_DECLS
