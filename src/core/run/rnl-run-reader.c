/* rnl-run-reader.c: the run's own queue
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-private.h"

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RnlEvent *event = rnl_event_queue_next_finish (RNL_EVENT_QUEUE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, event, (GDestroyNotify) rnl_event_free);
}

/**
 * rnl_run_next_event_async:
 * @self: a run
 * @cancellable: (nullable): ends the waiting; no event is lost by it
 * @callback: (scope async) (closure user_data): called once
 * @user_data: for @callback
 *
 * Asks for the next event of this run or of a run inside it. The first call makes a
 * [class@Runnel.EventQueue] of everything, which holds the run when nobody reads on: who has had
 * enough calls [method@Runnel.Run.close_events].
 */
void
rnl_run_next_event_async (RnlRun *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_RUN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_run_next_event_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->reader == NULL)
    self->reader = rnl_event_queue_new (self, NULL, 0);
  rnl_event_queue_next_async (self->reader, cancellable, next_cb, g_steal_pointer (&task));
}

/**
 * rnl_run_next_event_finish:
 * @self: a run
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Tells the end as [method@Runnel.EventQueue.next_finish] does, with the same errors.
 *
 * Returns: (transfer full) (nullable): the next event, or `NULL` at the end
 */
RnlEvent *
rnl_run_next_event_finish (RnlRun *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_run_close_events:
 * @self: a run
 *
 * The reader of [method@Runnel.Run.next_event_async] has had enough: what it did not read is
 * dropped, and the run does not wait for it any more. A new reader may begin later.
 */
void
rnl_run_close_events (RnlRun *self)
{
  g_return_if_fail (RNL_IS_RUN (self));

  g_clear_object (&self->reader);
}
