/* rnl-test-loop.h: how long the main loop was away
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A frame at 60 Hz: who holds the main loop longer makes the window miss one. */
#define RNL_TEST_FRAME_MS 16.0

/**
 * RnlTestStall:
 * @cpu_ms: the longest time from one poll to the next, in CPU time of the main thread
 * @wall_ms: the same by the clock, with whatever else the machine did
 * @n_long: how often the CPU time was above `RNL_TEST_FRAME_MS`
 * @n_turns: how many turns of the loop there were
 */
typedef struct
{
  double cpu_ms;
  double wall_ms;
  guint n_long;
  guint n_turns;
} RnlTestStall;

double rnl_test_cpu_ms (void);
double rnl_test_get_slowdown (void);
guint rnl_test_fewer (guint n);

void rnl_test_loop_watch (void);
void rnl_test_loop_begin (void);
void rnl_test_loop_reset (void);
RnlTestStall rnl_test_loop_get_stall (void);

G_END_DECLS
