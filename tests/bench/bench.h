/* bench.h: what a benchmark needs: a home, the CPU time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-test-loop.h"

G_BEGIN_DECLS

void bench_init (void);

double bench_process_cpu_ms (void);
double bench_peak_mb (void);
double bench_private_mb (void);
double bench_percentile (GArray *values, double part);

G_END_DECLS
