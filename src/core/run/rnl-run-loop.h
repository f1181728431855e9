/* rnl-run-loop.h: where the code of one execution runs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlRunLoop:
 *
 * The main context and the cancellable of one execution: of a tool, a transform, a retriever.
 * Whoever runs foreign code inside a run makes one, enters it around the call and closes it when
 * the code is done:
 *
 *     loop = rnl_run_loop_new (run, cancellable);
 *     rnl_run_loop_enter (loop);
 *     something_async (self, rnl_run_loop_get_cancellable (loop), done_cb, data);
 *     rnl_run_loop_leave (loop);
 *     ...
 *     done_cb: rnl_run_loop_exit (loop, over_cb, data);   // still inside
 *     over_cb: finish the run                             // outside again, the loop is closed
 *
 * Between enter and leave the run is [func@Runnel.Run.get_current] and the loop's own main context
 * is the thread's default. What the code begins there (a #GTask, anything of GIO) calls back into
 * that context, and the loop is entered again for it. So everything that follows from the call
 * knows its run, and nobody hands it on.
 *
 * The context is iterated by a source of the home context: the one that was the thread's default
 * when the outermost loop of the tree was made. Atomically reference counted; used on the home
 * thread but for what says otherwise.
 */
typedef struct _RnlRunLoop RnlRunLoop;

typedef void (*RnlRunLoopFunc) (gpointer user_data);

RnlRunLoop *rnl_run_loop_new (RnlRun *run, GCancellable *cancellable);
RnlRunLoop *rnl_run_loop_ref (RnlRunLoop *self);
void rnl_run_loop_unref (RnlRunLoop *self);

RnlRun *rnl_run_loop_get_run (RnlRunLoop *self);
RnlRun *rnl_run_loop_dup_run (RnlRunLoop *self);
GCancellable *rnl_run_loop_get_cancellable (RnlRunLoop *self);
GMainContext *rnl_run_loop_get_home (RnlRunLoop *self);
gboolean rnl_run_loop_is_home_thread (RnlRunLoop *self);
gboolean rnl_run_loop_is_over (RnlRunLoop *self);
gboolean rnl_run_loop_is_within (RnlRunLoop *self, RnlRunLoop *other);

void rnl_run_loop_enter (RnlRunLoop *self);
void rnl_run_loop_leave (RnlRunLoop *self);
void rnl_run_loop_exit (RnlRunLoop *self, GSourceFunc func, gpointer user_data);
void rnl_run_loop_close (RnlRunLoop *self);

void rnl_run_loop_set_quiet_func (RnlRunLoop *self, RnlRunLoopFunc func, gpointer user_data);
void rnl_run_loop_hold (RnlRunLoop *self, gpointer object);
void rnl_run_loop_release (gpointer object);
gboolean rnl_run_loop_is_held (RnlRunLoop *self);

RnlRunLoop *rnl_run_loop_dup_around (RnlRun *run);
RnlRunLoop *rnl_run_loop_dup_for_cancellable (GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRunLoop, rnl_run_loop_unref)

G_END_DECLS
