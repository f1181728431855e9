/* rnl-run-log-reader.c: events out of patches
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log-reader-private.h"

#include "rnl-json-members.h"
#include "rnl-run-recorded.h"

RnlRunLogReader *
rnl_run_log_reader_new (void)
{
  RnlRunLogReader *self = g_new0 (RnlRunLogReader, 1);

  self->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->guessed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->usage = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) rnl_usage_free);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
rnl_run_log_reader_free (RnlRunLogReader *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->open);
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->guessed);
  g_hash_table_unref (self->usage);
  g_clear_object (&self->root);
  g_free (self);
}

static void
forget_run (RnlRunLogReader *self, RnlRun *run, const char *path)
{
  g_ptr_array_remove (self->open, run);
  g_hash_table_remove (self->usage, run);
  g_hash_table_remove (self->by_id, rnl_run_get_id (run));
  g_hash_table_remove (self->by_path, path);
}

static RnlUsage *
usage_of (RnlRunLogReader *self, RnlRun *run)
{
  RnlUsage *usage = g_hash_table_lookup (self->usage, run);

  if (usage == NULL)
    {
      usage = rnl_usage_copy (&(RnlUsage) RNL_USAGE_INIT);
      g_hash_table_insert (self->usage, run, usage);
    }

  return usage;
}

static gboolean
emit_gathered (RnlRunLogReader *self, RnlGatheredEvent *gathered, GError **error)
{
  g_autoptr (RnlRun) run = g_object_ref (gathered->run);
  g_autoptr (JsonNode) recorded = json_node_init_object (json_node_alloc (), gathered->data);
  g_autoptr (GError) failure = NULL;
  RnlEvent *event = &gathered->event;

  if (event->seq < self->next_seq)
    return rnl_run_log_reader_fail (error, "its events are not in order at", gathered->path);
  self->next_seq = event->seq + 1;
  self->last_time = event->time;
  event->recorded = recorded;
  rnl_gathered_event_fill (gathered, usage_of (self, run), &failure);
  if (event->kind == RNL_EVENT_START)
    g_ptr_array_add (self->open, g_object_ref (run));
  if (rnl_event_is_terminal (event))
    forget_run (self, run, gathered->path);
  rnl_run_emit_recorded (run, event, gathered->duration);

  return TRUE;
}

/**
 * rnl_run_log_reader_begin:
 * @self: a reader that has read nothing
 * @first: the first patch of a log
 * @error: return location for an error
 *
 * Makes the root run, so that who wants its events can connect to it; @first is fed to
 * [method@RunLogReader.feed] all the same.
 *
 * Errors: `RNL_TRACE_ERROR_FORMAT`, `RNL_TRACE_ERROR_NEWER`.
 *
 * Returns: (transfer none) (nullable): the root
 */
RnlRun *
rnl_run_log_reader_begin (RnlRunLogReader *self, JsonNode *first, GError **error)
{
  g_auto (RnlGatheredEvent) gathered = { .path = g_strdup (""), .data = json_object_new () };
  JsonArray *operations
    = first != NULL && JSON_NODE_HOLDS_ARRAY (first) ? json_node_get_array (first) : NULL;
  JsonObject *operation = operations != NULL && json_array_get_length (operations) > 0
                            ? rnl_json_node_get_object (json_array_get_element (operations, 0))
                            : NULL;

  if (g_strcmp0 (rnl_json_object_get_string (operation, "path"), "") != 0
      || rnl_json_object_get_object (operation, "value") == NULL)
    {
      rnl_run_log_reader_fail (error, "it does not begin with a whole state", NULL);
      return NULL;
    }

  return rnl_run_log_reader_gather_run (self, &gathered, operation, error) ? self->root : NULL;
}

/**
 * rnl_run_log_reader_feed:
 * @self: a reader
 * @patch: the next patch of the log
 * @error: return location for an error
 *
 * The run it is about emits its event before this returns.
 *
 * Errors: `RNL_TRACE_ERROR_FORMAT`, `RNL_TRACE_ERROR_NEWER`.
 *
 * Returns: whether the log can go on
 */
gboolean
rnl_run_log_reader_feed (RnlRunLogReader *self, JsonNode *patch, GError **error)
{
  g_auto (RnlGatheredEvent) gathered = { .event.kind = RNL_EVENT_STREAM,
                                         .path = g_strdup (""),
                                         .data = json_object_new (),
                                         .duration = -1 };
  JsonArray *operations;

  if (!JSON_NODE_HOLDS_ARRAY (patch))
    return rnl_run_log_reader_fail (error, "a patch is an array", NULL);
  if (self->root == NULL && rnl_run_log_reader_begin (self, patch, error) == NULL)
    return FALSE;

  operations = json_node_get_array (patch);
  gathered.subject = rnl_run_log_reader_dup_subject (operations);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    if (!rnl_run_log_reader_gather (
          self, &gathered, rnl_json_node_get_object (json_array_get_element (operations, i)),
          error))
      return FALSE;

  return !gathered.is_signed || emit_gathered (self, &gathered, error);
}

/**
 * rnl_run_log_reader_end:
 * @self: a reader
 *
 * The log is over. Runs that are still alive are cancelled, the innermost first: their end is not
 * in the log, but every run has one.
 *
 * Returns: whether the log told how its root ended
 */
gboolean
rnl_run_log_reader_end (RnlRunLogReader *self)
{
  while (self->open->len > 0)
    {
      g_autoptr (RnlRun) run = g_object_ref (g_ptr_array_index (self->open, self->open->len - 1));
      RnlEvent event
        = { .kind = RNL_EVENT_CANCEL, .seq = self->next_seq++, .time = self->last_time };

      g_ptr_array_set_size (self->open, (gint) self->open->len - 1);
      rnl_run_emit_recorded (run, &event, self->last_time - rnl_run_get_started (run));
    }

  return self->complete;
}

/**
 * rnl_run_log_peek_time:
 * @patch: a patch of a log
 *
 * Returns: when its event happened, in microseconds since 1970, or -1 when it stands for none
 */
gint64
rnl_run_log_peek_time (JsonNode *patch)
{
  JsonArray *operations = JSON_NODE_HOLDS_ARRAY (patch) ? json_node_get_array (patch) : NULL;
  guint n = operations != NULL ? json_array_get_length (operations) : 0;

  return n == 0
           ? -1
           : rnl_json_object_get_int (
             rnl_json_node_get_object (json_array_get_element (operations, n - 1)), "time", -1);
}
