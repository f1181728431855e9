/* rnl-tool-watch.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-watch.h"

struct _RnlToolWatch
{
  /* owned */
  RnlRun *run;
  RnlPart *part;
  GHashTable *running; /* RnlRun of a model, borrowed -> its RnlPart, or NULL when nobody sees it */

  gulong handler;
};

static void
model_started (RnlToolWatch *self, RnlRun *run, gint64 time)
{
  RnlPart *child = NULL;

  if (!rnl_run_is_internal (run))
    {
      child = rnl_part_new (RNL_PART_TEXT, 0);
      rnl_part_set_title (child, rnl_run_get_name (run));
      rnl_part_set_started (child, time);
      rnl_part_add_child (self->part, child);
    }
  g_hash_table_insert (self->running, run, child);
}

static void
model_streamed (RnlToolWatch *self, const RnlEvent *event)
{
  RnlPart *child = g_hash_table_lookup (self->running, event->run);

  if (child != NULL && event->chunk != NULL && event->chunk->type == RNL_CHUNK_TEXT)
    rnl_part_append (child, event->chunk->text, event->chunk->length);
}

static void
model_ended (RnlToolWatch *self, RnlRun *run)
{
  g_hash_table_remove (self->running, run);
}

static gboolean
is_model (RnlRun *run)
{
  RnlRunType type = rnl_run_get_run_type (run);

  return type == RNL_RUN_CHAT_MODEL || type == RNL_RUN_LLM;
}

static void
event_cb (RnlRun *run, const RnlEvent *event, gpointer user_data)
{
  RnlToolWatch *self = user_data;

  switch (event->kind)
    {
    case RNL_EVENT_START:
      if (is_model (event->run))
        model_started (self, event->run, event->time);
      break;
    case RNL_EVENT_STREAM:
      model_streamed (self, event);
      break;
    case RNL_EVENT_END:
    case RNL_EVENT_ERROR:
    case RNL_EVENT_CANCEL:
      model_ended (self, event->run);
      break;
    case RNL_EVENT_CUSTOM:
    default:
      break;
    }
}

/* Also for a model call that is cut off because the tool is over: its part does not grow again. */
static void
clear_part (gpointer part)
{
  if (part == NULL)
    return;

  rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
  rnl_part_set_complete (part, TRUE);
  g_object_unref (part);
}

/**
 * rnl_tool_watch_new:
 * @run: a tool's run
 * @part: the call it answers
 *
 * Returns: (transfer full): a watch
 */
RnlToolWatch *
rnl_tool_watch_new (RnlRun *run, RnlPart *part)
{
  RnlToolWatch *self = g_new0 (RnlToolWatch, 1);

  self->run = g_object_ref (run);
  self->part = g_object_ref (part);
  self->running = g_hash_table_new_full (NULL, NULL, NULL, clear_part);
  self->handler = g_signal_connect (self->run, "event", G_CALLBACK (event_cb), self);

  return self;
}

void
rnl_tool_watch_free (RnlToolWatch *self)
{
  g_clear_signal_handler (&self->handler, self->run);
  g_clear_object (&self->run);
  g_clear_object (&self->part);
  g_clear_pointer (&self->running, g_hash_table_unref);
  g_free (self);
}
