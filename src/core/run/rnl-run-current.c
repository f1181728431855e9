/* rnl-run-current.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-current.h"

#include <unistd.h>

#include "rnl-run-current-private.h"
#include "rnl-run-open.h"

/* One entry of a thread's stack of runs. An entry without loop and run is a step outside: what
 * happens there belongs to nobody. */
typedef struct
{
  /* owned */
  RnlRunLoop *loop;
  RnlRun *run;
} Frame;

static void free_frames (gpointer data);

static GPrivate current_frames = G_PRIVATE_INIT (free_frames);

/* Not g_main_context_invoke (): that one runs in the calling thread when the other one happens to
 * be between two iterations. */
static void
call_home (GMainContext *home, GSourceFunc func, gpointer user_data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "Runnel call home");
  g_source_set_callback (source, func, user_data, destroy);
  g_source_attach (source, home);
}

static gboolean
unref_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE; /* the reference goes with the source */
}

/* A run is the home thread's: whoever drops the last reference runs its observers' destructors. */
static void
release_run (RnlRun *run, RnlRunLoop *loop)
{
  if (loop == NULL || rnl_run_loop_is_home_thread (loop))
    g_object_unref (run);
  else
    call_home (rnl_run_loop_get_home (loop), unref_cb, run, g_object_unref);
}

static void
frame_clear (gpointer data)
{
  Frame *frame = data;

  if (frame->run != NULL)
    release_run (g_steal_pointer (&frame->run), frame->loop);
  g_clear_pointer (&frame->loop, rnl_run_loop_unref);
}

static void
free_frames (gpointer data)
{
  g_array_unref (data);
}

static Frame *
get_frame (void)
{
  GArray *frames = g_private_get (&current_frames);

  return frames != NULL && frames->len > 0 ? &g_array_index (frames, Frame, frames->len - 1) : NULL;
}

static void
push_frame (RnlRunLoop *loop, RnlRun *run)
{
  GArray *frames = g_private_get (&current_frames);
  Frame frame
    = { loop != NULL ? rnl_run_loop_ref (loop) : NULL, run != NULL ? g_object_ref (run) : NULL };

  if (frames == NULL)
    {
      frames = g_array_new (FALSE, FALSE, sizeof (Frame));
      g_array_set_clear_func (frames, frame_clear);
      g_private_set (&current_frames, frames);
    }
  g_array_append_val (frames, frame);
}

static void
pop_frame (void)
{
  GArray *frames = g_private_get (&current_frames);

  g_assert (frames != NULL && frames->len > 0);
  g_array_set_size (frames, frames->len - 1);
}

/* The thread that has the main loop of the program: the first one. */
static gboolean
is_main_thread (void)
{
  return gettid () == getpid ();
}

/**
 * rnl_run_get_current:
 *
 * The run whose code this thread executes: between the lines of a tool, in a callback of anything
 * that was begun there, and in threads started with [func@Runnel.Run.task_in_thread].
 *
 * Returns: (transfer none) (nullable): the innermost run, `NULL` outside of all
 */
RnlRun *
rnl_run_get_current (void)
{
  Frame *frame = get_frame ();

  if (frame == NULL)
    return NULL;
  if (frame->run == NULL && frame->loop != NULL)
    frame->run = rnl_run_loop_dup_run (frame->loop);

  return frame->run;
}

/**
 * rnl_run_get_current_cancellable:
 *
 * The cancellable of the tool, transform or retriever whose code this thread executes. It is
 * cancelled when the run is, and whatever gets it as its cancellable belongs to the run, on any
 * thread.
 *
 * Returns: (transfer none) (nullable): the cancellable, `NULL` outside
 */
GCancellable *
rnl_run_get_current_cancellable (void)
{
  Frame *frame = get_frame ();

  return frame != NULL && frame->loop != NULL ? rnl_run_loop_get_cancellable (frame->loop) : NULL;
}

/**
 * rnl_run_await: (skip)
 * @object: (type GObject.Object): a task
 *
 * The code that is executing goes on when @object is done: a tool that returned nothing waits for
 * it. Every function of ours that calls back says so.
 */
void
rnl_run_await (gpointer object)
{
  Frame *frame = get_frame ();

  if (frame != NULL)
    rnl_run_loop_hold (frame->loop, object);
}

/**
 * rnl_run_push_current: (skip)
 * @run: a run, on its home thread
 *
 * Makes it the current one for synchronous code, inside the loop that is entered.
 */
void
rnl_run_push_current (RnlRun *run)
{
  Frame *frame = get_frame ();

  push_frame (frame != NULL ? frame->loop : NULL, run);
}

void
rnl_run_pop_current (RnlRun *run)
{
  g_assert (get_frame () != NULL && get_frame ()->run == run);

  pop_frame ();
}

void
rnl_run_push_loop (RnlRunLoop *loop)
{
  push_frame (loop, NULL);
}

void
rnl_run_pop_loop (RnlRunLoop *loop)
{
  g_assert (get_frame () != NULL && get_frame ()->loop == loop);

  pop_frame ();
}

/**
 * rnl_run_step_outside: (skip)
 *
 * Leaves the code of a run for a moment, on the home thread: to call those who watch it, or to
 * begin what outlives it. What they begin neither belongs to the run nor calls back into its
 * context.
 *
 * Returns: (nullable): for [func@Runnel.run_step_inside]; `NULL` when there was nothing to leave
 */
GMainContext *
rnl_run_step_outside (void)
{
  Frame *frame = get_frame ();
  GMainContext *home;

  if (frame == NULL || frame->loop == NULL || !rnl_run_loop_is_home_thread (frame->loop))
    return NULL;

  home = rnl_run_loop_get_home (frame->loop);
  g_main_context_push_thread_default (home);
  push_frame (NULL, NULL);

  return home;
}

void
rnl_run_step_inside (GMainContext *home)
{
  if (home == NULL)
    return;

  pop_frame ();
  g_main_context_pop_thread_default (home);
}

/* Callers. */

static gboolean
find_by_frame (RnlRunCaller *self, RnlRunLoop *said)
{
  Frame *frame = get_frame ();

  if (frame == NULL || (frame->loop == NULL && frame->run == NULL))
    return FALSE;
  /* A cancellable of somewhere else is a wish; one of around us says less than we know. */
  if (said != NULL && (frame->loop == NULL || !rnl_run_loop_is_within (frame->loop, said)))
    return FALSE;

  if (frame->loop != NULL)
    self->loop = rnl_run_loop_ref (frame->loop);
  /* In a thread the run is the loop's, and asked for at home. */
  if (frame->run != NULL && (self->loop == NULL || rnl_run_loop_is_home_thread (self->loop)))
    self->run = g_object_ref (frame->run);

  return TRUE;
}

/* A call from nowhere: from a source of the default main context or a thread that nobody announced.
 * With one tool at work it is that tool's; among several nobody can know. What happens in a step
 * outside is nobody's on purpose. */
static gboolean
find_by_elimination (RnlRunCaller *self, GError **error)
{
  guint n;

  if (get_frame () != NULL)
    return TRUE;

  n = rnl_run_open_dup_only (&self->loop);
  if (n > 1)
    g_set_error (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT,
                 "%u tools are at work, and nothing says to which of them this call belongs: pass"
                 " the cancellable of the tool's context, or start the thread with"
                 " rnl_run_task_in_thread () and the timer in the thread-default main context",
                 n);

  return n <= 1;
}

static void
find_home (RnlRunCaller *self)
{
  self->at_home = self->loop == NULL || rnl_run_loop_is_home_thread (self->loop);
  self->home = self->loop != NULL ? g_main_context_ref (rnl_run_loop_get_home (self->loop))
                                  : g_main_context_ref_thread_default ();
}

/**
 * rnl_run_caller_find: (skip)
 * @self: a cleared caller
 * @cancellable: (nullable): what the call was given
 * @error: return location for an error
 *
 * Finds out whose call this is: that of the code that is executing, or of the execution whose own
 * cancellable it passes, or that of the only tool at work, or, when there is none and on the main
 * thread only, nobody's.
 *
 * Errors: `G_IO_ERROR_CANCELLED`, `RNL_RUN_ERROR_NO_CONTEXT`.
 *
 * Returns: whether that is known
 */
gboolean
rnl_run_caller_find (RnlRunCaller *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (RnlRunLoop) said = rnl_run_loop_dup_for_cancellable (cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!find_by_frame (self, said))
    self->loop = g_steal_pointer (&said);
  if (self->loop == NULL && self->run == NULL && !find_by_elimination (self, error))
    return FALSE;
  if (self->loop == NULL && self->run == NULL && !is_main_thread ())
    {
      g_set_error_literal (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT,
                           "This thread belongs to no run: start it with rnl_run_task_in_thread (),"
                           " or pass the cancellable that the tool was given");
      return FALSE;
    }

  find_home (self);

  return TRUE;
}

/**
 * rnl_run_caller_init: (skip)
 * @self: a cleared caller
 * @loop: (nullable): the loop it comes from, `NULL` for nobody on the home thread
 */
void
rnl_run_caller_init (RnlRunCaller *self, RnlRunLoop *loop)
{
  if (loop != NULL)
    self->loop = rnl_run_loop_ref (loop);
  find_home (self);
}

/**
 * rnl_run_caller_get_run: (skip)
 * @self: a caller, on the home thread
 * @run: (out) (transfer none) (nullable): the run to begin under, `NULL` for a root
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED` when the run is over: nothing begins in it any more.
 *
 * Returns: whether something may begin
 */
gboolean
rnl_run_caller_get_run (RnlRunCaller *self, RnlRun **run, GError **error)
{
  *run = self->run;
  if (*run == NULL && self->loop != NULL)
    *run = rnl_run_loop_get_run (self->loop);

  if ((self->loop != NULL && rnl_run_loop_is_over (self->loop))
      || (*run != NULL && rnl_run_is_over (*run)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The run is over");
      return FALSE;
    }

  return TRUE;
}

/**
 * rnl_run_caller_invoke: (skip)
 * @self: a caller that was found
 * @func: called once, outside of the caller's code; returns `G_SOURCE_REMOVE`
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Calls @func on the home thread: at once when this is it.
 */
void
rnl_run_caller_invoke (RnlRunCaller *self,
                       GSourceFunc func,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  if (self->at_home)
    {
      GMainContext *stepped = rnl_run_step_outside ();

      func (user_data);
      if (destroy != NULL)
        destroy (user_data);
      rnl_run_step_inside (stepped);
    }
  else
    call_home (self->home, func, user_data, destroy);
}

void
rnl_run_caller_clear (RnlRunCaller *self)
{
  g_clear_object (&self->run);
  g_clear_pointer (&self->loop, rnl_run_loop_unref);
  g_clear_pointer (&self->home, g_main_context_unref);
}

/**
 * rnl_emit_custom_event:
 * @name: what the caller calls its event
 * @data: (nullable) (transfer none): anything, not to be changed any more
 * @error: return location for an error
 *
 * Lets the current run say something of its own to those who watch it. From another thread than the
 * run's it arrives a little later, in order.
 *
 * Errors: `RNL_RUN_ERROR_NO_CONTEXT` outside of a run.
 *
 * Returns: whether there is a current run
 */
gboolean
rnl_emit_custom_event (const char *name, JsonNode *data, GError **error)
{
  RnlRun *run = rnl_run_get_current ();

  g_return_val_if_fail (name != NULL, FALSE);

  if (run == NULL)
    {
      g_set_error (error, RNL_RUN_ERROR, RNL_RUN_ERROR_NO_CONTEXT,
                   "The event “%s” was emitted outside of a run", name);
      return FALSE;
    }

  rnl_run_emit_custom (run, name, data);

  return TRUE;
}

/* Threads. */

typedef struct
{
  RnlRunLoop *loop;
  GTaskThreadFunc func;
} ThreadData;

static GQuark
thread_quark (void)
{
  return g_quark_from_static_string ("rnl-run-thread");
}

static void
thread_data_free (ThreadData *data)
{
  g_clear_pointer (&data->loop, rnl_run_loop_unref);
  g_free (data);
}

static void
thread_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ThreadData *data = g_object_get_qdata (G_OBJECT (task), thread_quark ());

  if (data->loop != NULL)
    rnl_run_push_loop (data->loop);
  data->func (task, source, task_data, cancellable);
  if (data->loop != NULL)
    rnl_run_pop_loop (data->loop);
}

/**
 * rnl_run_task_in_thread: (skip)
 * @task: a task
 * @func: as for g_task_run_in_thread()
 *
 * Runs @func in a worker thread that belongs to the current run: what it asks of a model, blocking
 * or not, appears under the run. Use it wherever g_task_run_in_thread() would do.
 */
void
rnl_run_task_in_thread (GTask *task, GTaskThreadFunc func)
{
  Frame *frame = get_frame ();
  ThreadData *data = g_new0 (ThreadData, 1);

  g_return_if_fail (G_IS_TASK (task));

  data->func = func;
  if (frame != NULL && frame->loop != NULL)
    data->loop = rnl_run_loop_ref (frame->loop);
  rnl_run_await (task);
  g_object_set_qdata_full (G_OBJECT (task), thread_quark (), data,
                           (GDestroyNotify) thread_data_free);
  g_task_run_in_thread (task, thread_cb);
}
