/* rnl-run-recorded.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-recorded.h"

#include "rnl-run-private.h"
#include "rnl-text.h"

/**
 * rnl_run_new_recorded:
 * @recorded: what is known of it
 * @parent: (nullable): the recorded run it happened in
 *
 * Returns: (transfer full): a run that happens again, by [method@Runnel.Run.emit_recorded] alone
 */
RnlRun *
rnl_run_new_recorded (const RnlRecordedRun *recorded, RnlRun *parent)
{
  RnlRun *self = g_object_new (RNL_TYPE_RUN, NULL);

  rnl_run_settle (self, parent, NULL);
  self->type = recorded->type;
  self->config = rnl_run_config_new ();
  self->name = g_strdup (recorded->name);
  self->tool_call_id = g_strdup (recorded->tool_call_id);
  self->tags = g_strdupv ((char **) recorded->tags);
  self->started = recorded->started;
  rnl_set_str (&self->id, recorded->id);
  if (recorded->metadata != NULL)
    rnl_run_copy_metadata (recorded->metadata, self->metadata);

  return self;
}

/**
 * rnl_run_emit_recorded:
 * @self: a recorded run
 * @event: what happened, with its number and time
 * @duration: for an event that ends the run: how long it took, in microseconds, or -1
 *
 * Does what [method@Runnel.Run.start] and the others do, at the time and under the number it had.
 * What does not fit the state of the run (a second start, more after the end) is dropped; its start
 * may be missing.
 *
 * Returns: whether it was emitted
 */
gboolean
rnl_run_emit_recorded (RnlRun *self, RnlEvent *event, gint64 duration)
{
  gboolean starts = event->kind == RNL_EVENT_START;

  if (rnl_run_is_over (self) || (starts && self->state == RNL_RUN_RUNNING))
    return FALSE;

  self->root->next_seq = event->seq + 1;
  if (starts)
    {
      self->start_seq = event->seq;
      self->started_mono = g_get_monotonic_time ();
      rnl_run_join_parent (self);
      rnl_run_set_state (self, RNL_RUN_RUNNING, -1, NULL);
    }
  else if (rnl_event_is_terminal (event))
    {
      rnl_run_leave_parent (self);
      rnl_run_set_state (self, rnl_run_state_after (event->kind), duration, event->error);
    }
  rnl_run_emit (self, event);

  return TRUE;
}
