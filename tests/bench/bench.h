/* bench.h: what a benchmark needs: a home, the CPU time, what frames cost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-test-loop.h"

G_BEGIN_DECLS

/* What each frame cost, in milliseconds of CPU time of the main thread. */
typedef struct
{
  GArray *costs; /* double */
  double start;
} BenchFrames;

void bench_init (void);

double bench_process_cpu_ms (void);
double bench_peak_mb (void);
double bench_private_mb (void);
double bench_percentile (GArray *values, double part);
void bench_frames_watch (BenchFrames *self, gpointer clock);
void bench_frames_unwatch (BenchFrames *self, gpointer clock);

G_END_DECLS
