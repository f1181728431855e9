/* rnl-tool-watch.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-watch.h"

#include <string.h>

#include "rnl-json-value.h"

struct _RnlToolWatch
{
  /* owned */
  RnlRun *run;
  RnlPart *part;
  GHashTable *running; /* RnlRun, borrowed -> its RnlPart */

  gulong handler;
};

/* The part that the part of RUN stands in: that of the nearest tool around it. */
static RnlPart *
find_outer (RnlToolWatch *self, RnlRun *run)
{
  for (RnlRun *outer = rnl_run_get_parent (run); outer != NULL && outer != self->run;
       outer = rnl_run_get_parent (outer))
    {
      RnlPart *part = g_hash_table_lookup (self->running, outer);

      if (part != NULL && rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
        return part;
    }

  return self->part;
}

static void
add_part (RnlToolWatch *self, RnlRun *run, RnlPart *part, gint64 time)
{
  rnl_part_set_title (part, rnl_run_get_name (run));
  rnl_part_set_started (part, time);
  rnl_part_add_child (find_outer (self, run), part);
  g_hash_table_insert (self->running, run, part);
}

static void
model_started (RnlToolWatch *self, RnlRun *run, gint64 time)
{
  if (!rnl_run_is_internal (run))
    add_part (self, run, rnl_part_new (RNL_PART_TEXT, 0), time);
}

static void
tool_started (RnlToolWatch *self, const RnlEvent *event)
{
  const char *id = rnl_run_get_tool_call_id (event->run);
  RnlPart *part;

  if (rnl_run_is_internal (event->run))
    return;

  part = rnl_part_new_tool_call (0, id != NULL ? id : "", rnl_run_get_name (event->run));
  if (event->data != NULL)
    {
      g_autofree char *arguments = rnl_json_to_string (event->data, FALSE);

      rnl_part_append (part, arguments, strlen (arguments));
    }
  rnl_part_set_complete (part, TRUE);
  rnl_part_set_state (part, RNL_TOOL_RUNNING);
  add_part (self, event->run, part, event->time);
}

static void
run_streamed (RnlToolWatch *self, const RnlEvent *event)
{
  RnlPart *part = g_hash_table_lookup (self->running, event->run);

  if (part == NULL)
    return;
  if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    {
      if (event->text != NULL)
        rnl_part_append_output (part, event->text, strlen (event->text));
    }
  else if (event->chunk != NULL && event->chunk->type == RNL_CHUNK_TEXT)
    rnl_part_append (part, event->chunk->text, event->chunk->length);
}

static char *
dup_result (const RnlEvent *event)
{
  if (event->error != NULL)
    return g_strdup (event->error->message);
  if (event->data == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (event->data)
      && json_node_get_value_type (event->data) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (event->data));

  return rnl_json_to_string (event->data, FALSE);
}

static void
run_ended (RnlToolWatch *self, const RnlEvent *event)
{
  RnlPart *part = g_hash_table_lookup (self->running, event->run);
  g_autofree char *result = NULL;

  if (part != NULL && rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    {
      result = dup_result (event);
      rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
      rnl_part_set_result (part, result);
      rnl_part_set_state (part, event->kind == RNL_EVENT_END     ? RNL_TOOL_DONE
                                : event->kind == RNL_EVENT_ERROR ? RNL_TOOL_FAILED
                                                                 : RNL_TOOL_CANCELLED);
    }
  g_hash_table_remove (self->running, event->run);
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
      else if (rnl_run_get_run_type (event->run) == RNL_RUN_TOOL && event->run != self->run)
        tool_started (self, event);
      break;
    case RNL_EVENT_STREAM:
      run_streamed (self, event);
      break;
    case RNL_EVENT_END:
    case RNL_EVENT_ERROR:
    case RNL_EVENT_CANCEL:
      run_ended (self, event);
      break;
    case RNL_EVENT_CUSTOM:
    default:
      break;
    }
}

/* Also for what is cut off because the tool is over: its part does not grow again. */
static void
clear_part (gpointer data)
{
  RnlPart *part = data;

  if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
    rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
  else if (!rnl_tool_state_is_final (rnl_part_get_state (part)))
    rnl_part_set_state (part, RNL_TOOL_CANCELLED);
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
