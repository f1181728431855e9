/* rnl-run-current-private.h: who the current run is, for those who say so
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run-current.h"
#include "rnl-run-loop.h"

G_BEGIN_DECLS

/**
 * RnlRunCaller:
 * @loop: (nullable): the loop a call comes from
 * @run: (nullable): the run in it, when that is not the loop's own
 * @home: where runs, their events and the network of this tree live
 * @at_home: whether this thread is the one of @home
 *
 * Who begins something: found on the calling thread, used on the home thread.
 */
typedef struct
{
  RnlRunLoop *loop;
  RnlRun *run;
  GMainContext *home;
  gboolean at_home;
} RnlRunCaller;

#define RNL_RUN_CALLER_INIT                                                                        \
  {                                                                                                \
    NULL, NULL, NULL, FALSE                                                                        \
  }

gboolean rnl_run_caller_find (RnlRunCaller *self, GCancellable *cancellable, GError **error);
void rnl_run_caller_init (RnlRunCaller *self, RnlRunLoop *loop);
void rnl_run_caller_clear (RnlRunCaller *self);
void rnl_run_caller_invoke (RnlRunCaller *self,
                            GSourceFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy);
gboolean rnl_run_caller_get_run (RnlRunCaller *self, RnlRun **run, GError **error);

void rnl_run_await (gpointer object);
void rnl_run_push_current (RnlRun *run);
void rnl_run_pop_current (RnlRun *run);
void rnl_run_push_loop (RnlRunLoop *loop);
void rnl_run_pop_loop (RnlRunLoop *loop);

GMainContext *rnl_run_step_outside (void);
void rnl_run_step_inside (GMainContext *home);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlRunCaller, rnl_run_caller_clear)

G_END_DECLS
