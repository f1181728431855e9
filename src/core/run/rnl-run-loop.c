/* rnl-run-loop.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-loop.h"

#include "rnl-context-source.h"
#include "rnl-run-current-private.h"

/* Contexts of finished executions that are still looked after, per thread. */
#define MAX_PARKED 32

struct _RnlRunLoop
{
  gatomicrefcount refs;

  /* owned, for good */
  RnlRunLoop *outer;
  GMainContext *home;
  GMainContext *inner;
  GThread *thread;
  GCancellable *cancellable;

  /* owned until the end; the home thread's, which alone changes them */
  GMutex lock; /* for run, which other threads may read */
  RnlRun *run;
  GCancellable *turn;
  gulong turn_handler;
  GSource *source;

  /* borrowed, set before the code of the run executes */
  RnlRunLoopFunc quiet;
  gpointer quiet_data;

  int n_holds; /* atomic */
  int over;    /* atomic */
};

static void free_parked (gpointer data);

static GPrivate parked_loops = G_PRIVATE_INIT (free_parked);

static GQuark
loop_quark (void)
{
  return g_quark_from_static_string ("rnl-run-loop");
}

RnlRunLoop *
rnl_run_loop_ref (RnlRunLoop *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/* Safe on any thread: what belongs to the home thread is gone since the end, or goes with the last
 * reference there. */
void
rnl_run_loop_unref (RnlRunLoop *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_assert (self->source == NULL);
  g_clear_pointer (&self->outer, rnl_run_loop_unref);
  g_clear_pointer (&self->home, g_main_context_unref);
  g_clear_pointer (&self->inner, g_main_context_unref);
  g_clear_pointer (&self->thread, g_thread_unref);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gpointer
dup_loop (gpointer loop, gpointer user_data)
{
  return loop != NULL ? rnl_run_loop_ref (loop) : NULL;
}

/**
 * rnl_run_loop_dup_around:
 * @run: (nullable): a run, on its home thread
 *
 * Returns: (transfer full) (nullable): the innermost open loop of @run and the runs around it
 */
RnlRunLoop *
rnl_run_loop_dup_around (RnlRun *run)
{
  for (; run != NULL; run = rnl_run_get_parent (run))
    {
      RnlRunLoop *loop = g_object_dup_qdata (G_OBJECT (run), loop_quark (), dup_loop, NULL);

      if (loop != NULL)
        return loop;
    }

  return NULL;
}

/* A plain handler, not g_cancellable_connect (): that one must not be taken away from inside a
 * cancellation, and the end of an execution may be. */
static void
turn_cancelled_cb (GCancellable *turn, GCancellable *own)
{
  g_cancellable_cancel (own);
}

static void
follow_turn (RnlRunLoop *self, GCancellable *turn)
{
  if (turn == NULL)
    return;

  self->turn = g_object_ref (turn);
  self->turn_handler = g_signal_connect_object (turn, "cancelled", G_CALLBACK (turn_cancelled_cb),
                                                self->cancellable, 0);
  if (g_cancellable_is_cancelled (turn))
    g_cancellable_cancel (self->cancellable);
}

/**
 * rnl_run_loop_new:
 * @run: (nullable): the run of an execution that begins
 * @cancellable: (nullable): the turn's: it cancels the loop's own
 *
 * Returns: (transfer full): a loop on this thread, which has to be closed
 */
RnlRunLoop *
rnl_run_loop_new (RnlRun *run, GCancellable *cancellable)
{
  RnlRunLoop *self = g_new0 (RnlRunLoop, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->outer = rnl_run_loop_dup_around (run);
  self->home = self->outer != NULL ? g_main_context_ref (self->outer->home)
                                   : g_main_context_ref_thread_default ();
  self->inner = g_main_context_new_with_flags (G_MAIN_CONTEXT_FLAGS_OWNERLESS_POLLING);
  self->thread = g_thread_ref (g_thread_self ());
  self->cancellable = g_cancellable_new ();
  g_object_set_qdata_full (G_OBJECT (self->cancellable), loop_quark (), rnl_run_loop_ref (self),
                           (GDestroyNotify) rnl_run_loop_unref);
  if (run != NULL)
    {
      self->run = g_object_ref (run);
      g_object_set_qdata_full (G_OBJECT (run), loop_quark (), rnl_run_loop_ref (self),
                               (GDestroyNotify) rnl_run_loop_unref);
    }
  follow_turn (self, cancellable);

  self->source = rnl_context_source_new (
    self->inner, (RnlContextFunc) rnl_run_loop_enter, (RnlContextFunc) rnl_run_loop_leave,
    rnl_run_loop_ref (self), (GDestroyNotify) rnl_run_loop_unref);
  g_source_attach (self->source, self->home);

  return self;
}

/**
 * rnl_run_loop_get_run:
 * @self: a loop, on its home thread
 *
 * Returns: (transfer none) (nullable): the run, `NULL` when it has none or is closed
 */
RnlRun *
rnl_run_loop_get_run (RnlRunLoop *self)
{
  return self->run;
}

/**
 * rnl_run_loop_dup_run:
 * @self: a loop; any thread
 *
 * Returns: (transfer full) (nullable): the run. The last reference is to be dropped on the home
 *   thread
 */
RnlRun *
rnl_run_loop_dup_run (RnlRunLoop *self)
{
  RnlRun *run;

  g_mutex_lock (&self->lock);
  run = self->run != NULL ? g_object_ref (self->run) : NULL;
  g_mutex_unlock (&self->lock);

  return run;
}

/**
 * rnl_run_loop_get_cancellable:
 * @self: a loop; any thread
 *
 * Whoever passes it to a call says that the call belongs to this run. It is cancelled with the turn
 * and when the loop is closed.
 *
 * Returns: (transfer none): the execution's own cancellable
 */
GCancellable *
rnl_run_loop_get_cancellable (RnlRunLoop *self)
{
  return self->cancellable;
}

/**
 * rnl_run_loop_get_home:
 * @self: a loop; any thread
 *
 * Returns: (transfer none): where runs, their events and the network live
 */
GMainContext *
rnl_run_loop_get_home (RnlRunLoop *self)
{
  return self->home;
}

gboolean
rnl_run_loop_is_home_thread (RnlRunLoop *self)
{
  return self->thread == g_thread_self ();
}

/**
 * rnl_run_loop_is_over:
 * @self: a loop; any thread
 *
 * Returns: whether it is closed: what its code begins now belongs to nothing
 */
gboolean
rnl_run_loop_is_over (RnlRunLoop *self)
{
  return g_atomic_int_get (&self->over);
}

/**
 * rnl_run_loop_is_within:
 * @self: a loop; any thread
 * @other: a loop
 *
 * Returns: whether @self is @other or was made inside it
 */
gboolean
rnl_run_loop_is_within (RnlRunLoop *self, RnlRunLoop *other)
{
  while (self != NULL && self != other)
    self = self->outer;

  return self != NULL;
}

/**
 * rnl_run_loop_enter:
 * @self: a loop, on its home thread
 *
 * From here on the code of the run executes.
 */
void
rnl_run_loop_enter (RnlRunLoop *self)
{
  g_main_context_push_thread_default (self->inner);
  rnl_run_push_loop (self);
}

/**
 * rnl_run_loop_leave:
 * @self: the loop entered last
 */
void
rnl_run_loop_leave (RnlRunLoop *self)
{
  rnl_run_pop_loop (self);
  g_main_context_pop_thread_default (self->inner);
}

typedef struct
{
  RnlRunLoop *loop;
  GSourceFunc func;
  gpointer user_data;
} ExitData;

static void
exit_data_free (ExitData *data)
{
  rnl_run_loop_unref (data->loop);
  g_free (data);
}

static gboolean
exit_cb (gpointer user_data)
{
  ExitData *data = user_data;

  rnl_run_loop_close (data->loop);

  return data->func (data->user_data);
}

/**
 * rnl_run_loop_exit:
 * @self: a loop, on its home thread
 * @func: (scope async): called once in the home context, never from inside this call; returns
 *   `G_SOURCE_REMOVE`
 * @user_data: for @func
 *
 * The code of the run is done: closes the loop, then calls @func outside of it.
 */
void
rnl_run_loop_exit (RnlRunLoop *self, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  ExitData *data = g_new0 (ExitData, 1);

  data->loop = rnl_run_loop_ref (self);
  data->func = func;
  data->user_data = user_data;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "Runnel run exit");
  g_source_set_callback (source, exit_cb, data, (GDestroyNotify) exit_data_free);
  g_source_attach (source, self->home);
}

/* Parking. A call that was begun inside may still be on its way in a thread; its result will be
 * attached to our context, and would stay there for ever if nobody looked. Nobody can know whether
 * there is such a call, so the context is looked after until many others were closed after it. */

static void
drop_parked (RnlRunLoop *self)
{
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  rnl_run_loop_unref (self);
}

static void
free_parked (gpointer data)
{
  g_queue_free_full (data, (GDestroyNotify) drop_parked);
}

static void
park (RnlRunLoop *self)
{
  GQueue *parked = g_private_get (&parked_loops);

  if (parked == NULL)
    {
      parked = g_queue_new ();
      g_private_set (&parked_loops, parked);
    }
  rnl_context_source_park (self->source);
  g_queue_push_tail (parked, rnl_run_loop_ref (self));
  if (parked->length > MAX_PARKED)
    drop_parked (g_queue_pop_head (parked));
}

/**
 * rnl_run_loop_close:
 * @self: a loop, on its home thread, outside of it
 *
 * The execution is over. Its cancellable is cancelled, and a model that is asked from now on by
 * what it left behind is refused. What comes late is still delivered. Closing twice does nothing.
 */
void
rnl_run_loop_close (RnlRunLoop *self)
{
  g_autoptr (RnlRun) run = NULL;

  if (rnl_run_loop_is_over (self))
    return;

  g_atomic_int_set (&self->over, TRUE);
  g_clear_signal_handler (&self->turn_handler, self->turn);
  g_clear_object (&self->turn);
  g_mutex_lock (&self->lock);
  run = g_steal_pointer (&self->run);
  g_mutex_unlock (&self->lock);
  if (run != NULL)
    g_object_set_qdata (G_OBJECT (run), loop_quark (), NULL);

  rnl_run_loop_enter (self);
  g_cancellable_cancel (self->cancellable);
  rnl_run_loop_leave (self);
  /* It held us. Who has it still knows enough: it is cancelled. */
  g_object_set_qdata (G_OBJECT (self->cancellable), loop_quark (), NULL);
  park (self);
}

/* What is under way. The code of a run may return and go on in a callback: as long as something is
 * on its way that will call back, it is not done. */

static GQuark
hold_quark (void)
{
  return g_quark_from_static_string ("rnl-run-hold");
}

static gboolean
quiet_cb (gpointer user_data)
{
  RnlRunLoop *self = user_data;

  if (!rnl_run_loop_is_over (self) && !rnl_run_loop_is_held (self))
    self->quiet (self->quiet_data);

  return G_SOURCE_REMOVE;
}

/* Later, and after everything else: a callback that comes with default priority may begin the next
 * thing. */
static void
end_hold (gpointer user_data)
{
  g_autoptr (RnlRunLoop) self = user_data;
  g_autoptr (GSource) source = NULL;

  if (!g_atomic_int_dec_and_test (&self->n_holds) || self->quiet == NULL
      || rnl_run_loop_is_over (self))
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_LOW);
  g_source_set_static_name (source, "Runnel run quiet");
  g_source_set_callback (source, quiet_cb, rnl_run_loop_ref (self),
                         (GDestroyNotify) rnl_run_loop_unref);
  g_source_attach (source, self->inner);
}

/**
 * rnl_run_loop_set_quiet_func:
 * @self: a loop that was not entered yet
 * @func: called inside the loop, each time when nothing is under way any more
 * @user_data: for @func; stays until the loop is closed
 */
void
rnl_run_loop_set_quiet_func (RnlRunLoop *self, RnlRunLoopFunc func, gpointer user_data)
{
  self->quiet = func;
  self->quiet_data = user_data;
}

/**
 * rnl_run_loop_hold:
 * @self: (nullable): a loop; any thread
 * @object: (type GObject.Object): what is under way: a task, a run
 *
 * Says that the code of the run goes on when @object is done: until it is released or finalized.
 */
void
rnl_run_loop_hold (RnlRunLoop *self, gpointer object)
{
  if (self == NULL)
    return;

  g_atomic_int_inc (&self->n_holds);
  g_object_set_qdata_full (object, hold_quark (), rnl_run_loop_ref (self), end_hold);
}

/**
 * rnl_run_loop_release:
 * @object: (type GObject.Object): what may have been held; any thread
 */
void
rnl_run_loop_release (gpointer object)
{
  g_object_set_qdata (object, hold_quark (), NULL);
}

/**
 * rnl_run_loop_is_held:
 * @self: a loop; any thread
 *
 * Returns: whether something is under way that will call back
 */
gboolean
rnl_run_loop_is_held (RnlRunLoop *self)
{
  return g_atomic_int_get (&self->n_holds) > 0;
}

/**
 * rnl_run_loop_dup_for_cancellable:
 * @cancellable: (nullable): a cancellable
 *
 * On any thread.
 *
 * Returns: (transfer full) (nullable): the loop whose own cancellable it is
 */
RnlRunLoop *
rnl_run_loop_dup_for_cancellable (GCancellable *cancellable)
{
  if (cancellable == NULL)
    return NULL;

  return g_object_dup_qdata (G_OBJECT (cancellable), loop_quark (), dup_loop, NULL);
}
