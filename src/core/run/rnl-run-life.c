/* rnl-run-life.c: what happens to a run, from its start to its end
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-current-private.h"
#include "rnl-run-private.h"

static void happen (RnlRun *self, RnlEvent *event);

static gboolean
happen_cb (gpointer user_data)
{
  RnlEvent *event = user_data;

  happen (event->run, event);

  return G_SOURCE_REMOVE;
}

/* Brings what happened in another thread home. Sources of one priority keep their order. */
static void
send_home (RnlRun *self, RnlEvent *event)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  event->run = self;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, happen_cb, rnl_event_copy (event),
                         (GDestroyNotify) rnl_event_free);
  g_source_set_static_name (source, "[runnel] event");
  g_source_attach (source, self->root->home);
}

static void
number (RnlRun *self, RnlEvent *event)
{
  event->seq = self->root->next_seq++;
  event->time = g_get_real_time ();
}

void
rnl_run_join_parent (RnlRun *self)
{
  if (self->parent == NULL)
    return;
  g_ptr_array_add (self->parent->children, self);
  if (self->parent->steps != NULL)
    g_list_store_append (self->parent->steps, self);
}

void
rnl_run_leave_parent (RnlRun *self)
{
  if (self->parent != NULL)
    g_ptr_array_remove (self->parent->children, self);
}

/* A parent that is over takes nobody in any more; a thread may not have heard of it yet. */
static void
begin (RnlRun *self, RnlEvent *event)
{
  g_return_if_fail (self->state == RNL_RUN_PENDING);

  if (self->parent != NULL && self->parent->state != RNL_RUN_RUNNING)
    return;

  number (self, event);
  self->start_seq = event->seq;
  self->started = event->time;
  self->started_mono = g_get_monotonic_time ();
  self->input = event->data != NULL ? json_node_ref (event->data) : NULL;
  rnl_run_join_parent (self);
  rnl_run_set_state (self, RNL_RUN_RUNNING, -1, NULL);
  rnl_run_emit (self, event);
}

static gboolean
is_output (const RnlEvent *event)
{
  if (event->kind != RNL_EVENT_STREAM)
    return FALSE;
  if (event->chunk == NULL)
    return TRUE;

  return event->chunk->type != RNL_CHUNK_INFO && event->chunk->type != RNL_CHUNK_USAGE
         && event->chunk->type != RNL_CHUNK_FINISH;
}

/* How a run stands after the event that ended it. */
RnlRunState
rnl_run_state_after (RnlEventKind kind)
{
  if (kind == RNL_EVENT_END)
    return RNL_RUN_FINISHED;

  return kind == RNL_EVENT_ERROR ? RNL_RUN_FAILED : RNL_RUN_CANCELLED;
}

static void
finish (RnlRun *self, RnlEvent *event)
{
  while (self->children->len > 0)
    rnl_run_cancel (g_ptr_array_index (self->children, self->children->len - 1));
  /* An observer of a child may have been quicker. */
  if (self->state != RNL_RUN_RUNNING)
    return;

  if (self->close_blocks != NULL)
    event->blocks = self->close_blocks (&event->n_blocks, self->close_data);
  if (event->kind == RNL_EVENT_END)
    event->input = self->late_input;
  number (self, event);
  g_clear_pointer (&self->input, json_node_unref);
  rnl_run_leave_parent (self);
  rnl_run_set_state (self, rnl_run_state_after (event->kind),
                     g_get_monotonic_time () - self->started_mono, event->error);
  rnl_run_emit (self, event);
}

static void
happen_here (RnlRun *self, RnlEvent *event)
{
  if (event->kind == RNL_EVENT_START)
    {
      begin (self, event);
      return;
    }
  if (self->state != RNL_RUN_RUNNING)
    return;
  if (rnl_event_is_terminal (event))
    {
      finish (self, event);
      return;
    }

  if (self->first_output < 0 && is_output (event))
    rnl_run_set_first_output (self);
  number (self, event);
  rnl_run_emit (self, event);
}

static void
happen (RnlRun *self, RnlEvent *event)
{
  GMainContext *stepped;

  if (G_UNLIKELY (self->root->home_thread != g_thread_self ()))
    {
      send_home (self, event);
      return;
    }

  /* Whoever watches is no part of what it watches, and what it begins outlives it. */
  stepped = rnl_run_step_outside ();
  happen_here (self, event);
  rnl_run_step_inside (stepped);
}

/**
 * rnl_run_start:
 * @self: a run that has not started
 * @input: (nullable) (transfer none): what goes in, not to be changed any more
 *
 * Does nothing when the parent is over: then the run stays silent.
 */
void
rnl_run_start (RnlRun *self, JsonNode *input)
{
  RnlEvent event = { .kind = RNL_EVENT_START, .data = input };

  g_return_if_fail (RNL_IS_RUN (self));

  happen (self, &event);
}

/**
 * rnl_run_stream_chunk:
 * @self: a run
 * @chunk: what the model said
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_chunk (RnlRun *self, const RnlChunk *chunk)
{
  rnl_run_stream_marked_chunk (self, chunk, NULL, 0);
}

/**
 * rnl_run_stream_marked_chunk: (skip)
 * @self: a run
 * @chunk: what the model said
 * @blocks: (nullable) (array length=n_blocks): what begins or ends with it
 * @n_blocks: how many
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_marked_chunk (RnlRun *self,
                             const RnlChunk *chunk,
                             const RnlBlockMark *blocks,
                             guint n_blocks)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .chunk = chunk };

  g_return_if_fail (RNL_IS_RUN (self));

  event.blocks = blocks;
  event.n_blocks = n_blocks;
  happen (self, &event);
}

/**
 * rnl_run_set_blocks_func: (skip)
 * @self: a run
 * @func: (nullable): closes the blocks that are open, called before the event that ends the run
 * @user_data: for @func
 */
void
rnl_run_set_blocks_func (RnlRun *self, RnlRunBlocksFunc func, gpointer user_data)
{
  g_return_if_fail (RNL_IS_RUN (self));

  self->close_blocks = func;
  self->close_data = user_data;
}

/**
 * rnl_run_set_input:
 * @self: a run that was started without an input
 * @input: (transfer none): what went in, not to be changed any more
 *
 * For who streams its input: what it was is known at the end, and END carries it.
 */
void
rnl_run_set_input (RnlRun *self, JsonNode *input)
{
  g_return_if_fail (RNL_IS_RUN (self));

  g_clear_pointer (&self->late_input, json_node_unref);
  self->late_input = json_node_ref (input);
}

/**
 * rnl_run_stream_value:
 * @self: a run
 * @value: (transfer none): a piece of output that is no text, not to be changed any more
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_value (RnlRun *self, JsonNode *value)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .data = value };

  g_return_if_fail (RNL_IS_RUN (self));

  happen (self, &event);
}

/**
 * rnl_run_stream_text:
 * @self: a run
 * @text: what a tool printed, or a parser read
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_text (RnlRun *self, const char *text)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .text = text };

  g_return_if_fail (RNL_IS_RUN (self));

  happen (self, &event);
}

/**
 * rnl_run_emit_custom:
 * @self: a run
 * @name: what a component calls its event
 * @data: (nullable) (transfer none): anything, not to be changed any more
 *
 * Does nothing when the run is over.
 */
void
rnl_run_emit_custom (RnlRun *self, const char *name, JsonNode *data)
{
  RnlEvent event = { .kind = RNL_EVENT_CUSTOM, .name = name, .data = data };

  g_return_if_fail (RNL_IS_RUN (self));
  g_return_if_fail (name != NULL);

  happen (self, &event);
}

/**
 * rnl_run_end:
 * @self: a run
 * @output: (nullable) (transfer none): what came out, not to be changed any more
 *
 * Children that are still alive are cancelled first. Does nothing when the run is over.
 */
void
rnl_run_end (RnlRun *self, JsonNode *output)
{
  RnlEvent event = { .kind = RNL_EVENT_END, .data = output };

  g_return_if_fail (RNL_IS_RUN (self));

  happen (self, &event);
}

/**
 * rnl_run_fail:
 * @self: a run
 * @error: why; a cancelled operation is reported as cancelled
 *
 * Children that are still alive are cancelled first. Does nothing when the run is over.
 */
void
rnl_run_fail (RnlRun *self, const GError *error)
{
  RnlEvent event = { .kind = RNL_EVENT_ERROR, .error = error };

  g_return_if_fail (RNL_IS_RUN (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    event = (RnlEvent){ .kind = RNL_EVENT_CANCEL };
  happen (self, &event);
}

/**
 * rnl_run_cancel:
 * @self: a run
 *
 * Says that it was stopped; stopping is up to who stops it. Children that are still alive are
 * cancelled first. Does nothing when the run is over.
 */
void
rnl_run_cancel (RnlRun *self)
{
  RnlEvent event = { .kind = RNL_EVENT_CANCEL };

  g_return_if_fail (RNL_IS_RUN (self));

  happen (self, &event);
}
