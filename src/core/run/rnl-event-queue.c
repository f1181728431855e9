/* rnl-event-queue.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-event-queue.h"

#include <string.h>

#include "rnl-run-error.h"
#include "rnl-run-private.h"

/* How much text is joined into one event while the reader is away. */
#define MAX_JOINED_BYTES (64 * 1024)

/**
 * RnlEventQueue:
 *
 * The pull side of a run: its events, and those of the runs inside it, in their order, for a reader
 * that asks for the next one when it has time. A run may have several, each with a filter of its
 * own.
 *
 * A queue that is made while runs are alive begins with their START events, the outer ones first;
 * what else happened before is not in it.
 *
 * It holds a bounded number of events. When it is full, text that follows text of the same run is
 * joined to it (the event has the number of its last piece then), and when that is not enough the
 * run is held with [method@Runnel.Run.hold] until half of the queue was read: nothing is lost, the
 * model has to wait.
 *
 * It does not keep the run alive, but the events in it do. When the queue is dropped the run is not
 * held any more. For the run's thread.
 */
struct _RnlEventQueue
{
  GObject parent_instance;

  /* owned */
  RnlEventFilter *filter;
  RnlGate *gate;
  GQueue events;    /* of RnlEvent */
  GString *joining; /* the text of the last event, while more is joined to it */
  GTask *reader;
  GSource *cancelled;
  GError *error;

  /* borrowed */
  RnlRun *run; /* weak */

  /* sources and handlers */
  gulong event_id;

  guint capacity;
  gboolean holding;
  gboolean ended;
  gboolean told_end;
};

G_DEFINE_FINAL_TYPE (RnlEventQueue, rnl_event_queue, G_TYPE_OBJECT)

static void run_gone_cb (gpointer user_data, GObject *run);

static void
set_holding (RnlEventQueue *self, gboolean holding)
{
  if (self->holding == holding)
    return;

  self->holding = holding;
  if (holding)
    rnl_gate_hold (self->gate);
  else
    rnl_gate_release (self->gate);
}

static void
let_go_of_run (RnlEventQueue *self)
{
  if (self->run == NULL)
    return;

  g_signal_handler_disconnect (self->run, self->event_id);
  g_object_weak_unref (G_OBJECT (self->run), run_gone_cb, self);
  self->run = NULL;
}

/* Joining. */

static gboolean
is_text (const RnlEvent *event)
{
  if (event->kind != RNL_EVENT_STREAM || event->n_blocks > 0 || event->recorded != NULL)
    return FALSE;
  if (event->chunk == NULL)
    return event->text != NULL;

  return event->chunk->type == RNL_CHUNK_TEXT || event->chunk->type == RNL_CHUNK_REASONING
         || event->chunk->type == RNL_CHUNK_REFUSAL
         || (event->chunk->type == RNL_CHUNK_TOOL_CALL && event->chunk->id == NULL
             && event->chunk->name == NULL);
}

static gboolean
can_join (const RnlEvent *last, const RnlEvent *event)
{
  if (last == NULL || last->run != event->run || !is_text (last) || !is_text (event))
    return FALSE;
  if (last->chunk == NULL || event->chunk == NULL)
    return last->chunk == event->chunk;

  return last->chunk->type == event->chunk->type && last->chunk->index == event->chunk->index;
}

static void
append_joined (RnlEventQueue *self, const RnlEvent *event)
{
  if (event->chunk != NULL)
    g_string_append_len (self->joining, event->chunk->text, (gssize) event->chunk->length);
  else
    g_string_append (self->joining, event->text);
}

/* The last event gets the text that was joined to it. */
static void
end_joining (RnlEventQueue *self)
{
  RnlEvent *last = g_queue_peek_tail (&self->events);
  gsize length;
  char *text;

  if (self->joining == NULL)
    return;

  length = self->joining->len;
  text = g_string_free (g_steal_pointer (&self->joining), FALSE);
  if (last->chunk != NULL)
    {
      RnlChunk *chunk = (RnlChunk *) last->chunk;

      g_free ((char *) chunk->text);
      chunk->text = text;
      chunk->length = length;
    }
  else
    {
      g_free ((char *) last->text);
      last->text = text;
    }
}

static void
join (RnlEventQueue *self, const RnlEvent *event)
{
  RnlEvent *last = g_queue_peek_tail (&self->events);

  if (self->joining == NULL)
    {
      self->joining = g_string_new (NULL);
      append_joined (self, last);
    }
  append_joined (self, event);
  last->seq = event->seq;
  if (self->joining->len >= MAX_JOINED_BYTES)
    set_holding (self, TRUE);
}

static void
push (RnlEventQueue *self, const RnlEvent *event)
{
  gboolean full = self->events.length >= self->capacity;

  if (full && can_join (g_queue_peek_tail (&self->events), event))
    {
      join (self, event);
      return;
    }

  end_joining (self);
  g_queue_push_tail (&self->events, rnl_event_copy (event));
  if (full)
    set_holding (self, TRUE);
}

/* Reading. */

static RnlEvent *
pop (RnlEventQueue *self)
{
  if (self->events.length == 1)
    end_joining (self);
  if (self->events.length <= self->capacity / 2 + 1)
    set_holding (self, FALSE);

  return g_queue_pop_head (&self->events);
}

static void
return_end (RnlEventQueue *self, GTask *task)
{
  if (self->told_end)
    g_task_return_new_error (task, RNL_RUN_ERROR, RNL_RUN_ERROR_ENDED,
                             "The end of the run was told before");
  else if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, NULL, NULL);
  self->told_end = TRUE;
}

/* Takes @task. */
static void
answer (RnlEventQueue *self, GTask *taken)
{
  g_autoptr (GTask) task = taken;

  if (self->events.length > 0)
    g_task_return_pointer (task, pop (self), (GDestroyNotify) rnl_event_free);
  else
    return_end (self, task);
}

static void
clear_cancelled (RnlEventQueue *self)
{
  if (self->cancelled == NULL)
    return;
  g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
}

static void
wake_reader (RnlEventQueue *self)
{
  if (self->reader == NULL || (self->events.length == 0 && !self->ended))
    return;

  clear_cancelled (self);
  answer (self, g_steal_pointer (&self->reader));
}

/* There is nothing more to come. */
static void
end (RnlEventQueue *self, RnlRunState state, const GError *error)
{
  self->ended = TRUE;
  if (error != NULL)
    self->error = g_error_copy (error);
  else if (state != RNL_RUN_FINISHED)
    self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The run was cancelled");
  set_holding (self, FALSE);
  let_go_of_run (self);
}

static void
event_cb (RnlRun *run, const RnlEvent *event, RnlEventQueue *self)
{
  g_autoptr (RnlEventQueue) alive = g_object_ref (self);

  if (rnl_event_filter_matches (self->filter, event))
    push (self, event);
  if (event->run == run && rnl_event_is_terminal (event))
    end (self, rnl_run_state_after (event->kind), event->error);
  wake_reader (self);
}

/* A run that was dropped before it began. */
static void
run_gone_cb (gpointer user_data, GObject *run)
{
  RnlEventQueue *self = user_data;

  self->run = NULL;
  end (self, RNL_RUN_CANCELLED, NULL);
  wake_reader (self);
}

static void
rnl_event_queue_dispose (GObject *object)
{
  RnlEventQueue *self = RNL_EVENT_QUEUE (object);

  let_go_of_run (self);
  clear_cancelled (self);
  if (self->gate != NULL)
    set_holding (self, FALSE);
  g_clear_object (&self->gate);
  end_joining (self);
  g_queue_clear_full (&self->events, (GDestroyNotify) rnl_event_free);

  G_OBJECT_CLASS (rnl_event_queue_parent_class)->dispose (object);
}

static void
rnl_event_queue_finalize (GObject *object)
{
  RnlEventQueue *self = RNL_EVENT_QUEUE (object);

  g_clear_pointer (&self->filter, rnl_event_filter_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rnl_event_queue_parent_class)->finalize (object);
}

static void
rnl_event_queue_class_init (RnlEventQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_event_queue_dispose;
  object_class->finalize = rnl_event_queue_finalize;
}

static void
rnl_event_queue_init (RnlEventQueue *self)
{
  g_queue_init (&self->events);
}

static void
collect_alive (RnlRun *run, GPtrArray *runs)
{
  g_ptr_array_add (runs, run);
  for (guint i = 0; i < run->children->len; i++)
    collect_alive (g_ptr_array_index (run->children, i), runs);
}

static gint
compare_start (gconstpointer a, gconstpointer b)
{
  const RnlRun *one = *(RnlRun *const *) a, *other = *(RnlRun *const *) b;

  return one->start_seq < other->start_seq ? -1 : one->start_seq > other->start_seq;
}

/* What is alive has started, as far as the reader is concerned, now. */
static void
push_starts (RnlEventQueue *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();

  collect_alive (self->run, runs);
  g_ptr_array_sort (runs, compare_start);
  for (guint i = 0; i < runs->len; i++)
    {
      RnlRun *run = g_ptr_array_index (runs, i);
      RnlEvent event = { .kind = RNL_EVENT_START, .run = run, .data = run->input };

      event.seq = run->start_seq;
      event.time = run->started;
      if (rnl_event_filter_matches (self->filter, &event))
        push (self, &event);
    }
}

/**
 * rnl_event_queue_new:
 * @run: a run; that it started or is over already is no mistake
 * @filter: (nullable): what the reader wants to see, `NULL` for everything; copied
 * @capacity: how many events wait before text is joined, 0 for
 *   %RNL_EVENT_QUEUE_DEFAULT_CAPACITY
 *
 * Returns: (transfer full): a queue
 */
RnlEventQueue *
rnl_event_queue_new (RnlRun *run, const RnlEventFilter *filter, guint capacity)
{
  RnlEventQueue *self;

  g_return_val_if_fail (RNL_IS_RUN (run), NULL);

  self = g_object_new (RNL_TYPE_EVENT_QUEUE, NULL);
  self->filter = filter != NULL ? rnl_event_filter_copy (filter) : rnl_event_filter_new ();
  self->capacity = capacity > 0 ? capacity : RNL_EVENT_QUEUE_DEFAULT_CAPACITY;
  self->gate = g_object_ref (rnl_run_get_gate (run));
  if (rnl_run_is_over (run))
    {
      end (self, run->state, run->error);
      return self;
    }

  self->run = run;
  self->event_id = g_signal_connect (run, "event", G_CALLBACK (event_cb), self);
  g_object_weak_ref (G_OBJECT (run), run_gone_cb, self);
  if (run->state == RNL_RUN_RUNNING)
    push_starts (self);

  return self;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  RnlEventQueue *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->reader);

  clear_cancelled (self);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Reading was cancelled");

  return G_SOURCE_REMOVE;
}

/**
 * rnl_event_queue_next_async:
 * @self: a queue
 * @cancellable: (nullable): ends the waiting; no event is lost by it
 * @callback: (scope async) (closure user_data): called once
 * @user_data: for @callback
 *
 * Asks for the next event. Nothing wakes up while there is none. One question at a time: an earlier
 * one that waits still gets its answer, and the new one `RNL_RUN_ERROR_BUSY`.
 */
void
rnl_event_queue_next_async (RnlEventQueue *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_EVENT_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_event_queue_next_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* An event that was taken out of the queue is given to the reader, whatever happens meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->reader != NULL)
    {
      g_task_return_new_error (task, RNL_RUN_ERROR, RNL_RUN_ERROR_BUSY,
                               "The reader waits for an event already");
      return;
    }
  if (self->events.length > 0 || self->ended)
    {
      answer (self, g_steal_pointer (&task));
      return;
    }

  self->reader = g_steal_pointer (&task);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelled, g_task_get_context (self->reader));
    }
}

/**
 * rnl_event_queue_next_finish:
 * @self: a queue
 * @result: as given to the callback
 * @error: return location for an error
 *
 * After the last event the end is told exactly once: by `NULL` without an error when the run
 * finished, by its error when it failed, by `G_IO_ERROR_CANCELLED` when it was stopped or dropped.
 * Who asks again gets `RNL_RUN_ERROR_ENDED`.
 *
 * Errors: as above, `RNL_RUN_ERROR_BUSY`, and `G_IO_ERROR_CANCELLED` when waiting was cancelled.
 *
 * Returns: (transfer full) (nullable): the next event, or `NULL` at the end
 */
RnlEvent *
rnl_event_queue_next_finish (RnlEventQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_event_queue_get_length:
 * @self: a queue
 *
 * Returns: how many events wait
 */
guint
rnl_event_queue_get_length (RnlEventQueue *self)
{
  g_return_val_if_fail (RNL_IS_EVENT_QUEUE (self), 0);

  return self->events.length;
}
