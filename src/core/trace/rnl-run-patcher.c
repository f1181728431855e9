/* rnl-run-patcher.c: a patch for each event
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher-private.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-export.h"
#include "rnl-text.h"

/**
 * rnl_run_patcher_new:
 * @root: the run the log is about; it outlives the patcher
 * @filter: (nullable): which runs and events are in the log, `NULL` for all; it outlives the
 *   patcher
 *
 * Returns: (transfer full): a patcher that has seen nothing
 */
RnlRunPatcher *
rnl_run_patcher_new (RnlRun *root, const RnlEventFilter *filter)
{
  RnlRunPatcher *self = g_new0 (RnlRunPatcher, 1);

  self->root = root;
  self->filter = filter;
  self->entries = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                         (GDestroyNotify) rnl_log_entry_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->usage = (RnlUsage) RNL_USAGE_INIT;

  return self;
}

void
rnl_run_patcher_free (RnlRunPatcher *self)
{
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->keys);
  g_clear_pointer (&self->answer, rnl_partial_json_free);
  g_free (self);
}

/* Events */

/* More of the answer is more of the root too. */
static void
add_answer (RnlLogPatch *patch)
{
  RnlRunPatcher *self = patch->self;
  RnlLogEntry *entry = patch->entry;
  gsize length;
  const char *text = rnl_run_patcher_read_answer (self, patch->event, &length);
  g_autofree char *piece = text != NULL ? g_strndup (text, length) : NULL;

  if (piece == NULL)
    return;
  patch->entry = g_hash_table_lookup (self->entries, self->root);
  rnl_log_entry_note_first_token (patch->entry, self->root, patch->event->time);
  if (rnl_run_patcher_root_streams_answer (self))
    rnl_log_patch_add_string (patch, "/streamed_output/-", piece);
  patch->entry = entry;
}

static void
add_blocks (RnlLogPatch *patch, JsonObject *data)
{
  JsonArray *blocks = rnl_json_object_get_array (data, "blocks");

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    rnl_log_patch_add_copy (patch, "/blocks/-", json_array_get_element (blocks, i));
}

static void
take_stream (RnlLogPatch *patch, JsonObject *data)
{
  const RnlChunk *chunk = patch->event->chunk;
  JsonNode *value = json_object_get_member (data, "chunk");

  add_blocks (patch, data);
  if (chunk != NULL)
    {
      g_autofree char *text = chunk->type == RNL_CHUNK_TEXT && chunk->length > 0
                                ? g_strndup (chunk->text, chunk->length)
                                : g_strdup ("");

      rnl_log_entry_note_chunk (patch->entry, patch->event);
      rnl_log_patch_add_string (patch, "/streamed_output_str/-", text);
    }
  if (value != NULL)
    rnl_log_patch_add_copy (patch, "/streamed_output/-", value);
  else
    rnl_log_patch_add_string (patch, "/status", "running"); /* nothing new, but it happened */
}

static void
take_custom (RnlLogPatch *patch, JsonObject *data)
{
  JsonObject *custom = json_object_new ();

  json_object_set_string_member (custom, "name", patch->event->name);
  if (json_object_has_member (data, "data"))
    json_object_set_member (custom, "data",
                            rnl_json_value_copy (json_object_get_member (data, "data")));
  rnl_log_patch_add_object (patch, "/custom_events/-", custom);
}

static void
take_terminal (RnlLogPatch *patch, JsonObject *data, const char *status)
{
  RnlRunPatcher *self = patch->self;
  RnlRun *run = patch->event->run;
  RnlLogEntry *entry = patch->entry;
  g_autofree char *time = rnl_time_to_iso8601 (patch->event->time);
  const RnlUsage *usage = run == self->root ? &self->usage : &entry->usage;

  rnl_usage_add (&self->usage, &entry->usage);
  rnl_log_patch_add_copy (patch, "/inputs", json_object_get_member (data, "input"));
  add_blocks (patch, data);
  rnl_log_patch_add_copy (patch, "/final_output", json_object_get_member (data, "output"));
  rnl_log_patch_add_copy (patch, "/error", json_object_get_member (data, "error"));
  rnl_log_patch_add_string (patch, "/status", status);
  if (rnl_run_get_duration (run) >= 0)
    rnl_log_patch_add_int (patch, "/duration_us", rnl_run_get_duration (run));
  if (entry->first_token >= 0)
    rnl_log_patch_add_int (patch, "/time_to_first_token_us", entry->first_token);
  if (rnl_usage_is_known (usage))
    rnl_log_patch_add_object (patch, "/usage", rnl_usage_to_json (usage));
  rnl_log_patch_add_string (patch, "/end_time", time);
}

/* Whether the event is in the log, beside what it must say about a run. */
static gboolean
is_wanted (RnlRunPatcher *self, const RnlEvent *event)
{
  return self->filter == NULL || rnl_event_filter_matches (self->filter, event);
}

static void
take_data (RnlLogPatch *patch, JsonObject *data)
{
  switch (patch->event->kind)
    {
    case RNL_EVENT_STREAM:
      take_stream (patch, data);
      break;
    case RNL_EVENT_CUSTOM:
      take_custom (patch, data);
      break;
    case RNL_EVENT_END:
      take_terminal (patch, data, "finished");
      break;
    case RNL_EVENT_ERROR:
      take_terminal (patch, data, "failed");
      break;
    case RNL_EVENT_CANCEL:
      take_terminal (patch, data, "cancelled");
      break;
    case RNL_EVENT_START:
    default:
      break;
    }
}

/* Who began to listen in the middle has not seen the beginning. */
static void
begin_root (RnlLogPatch *patch)
{
  RnlRunPatcher *self = patch->self;

  if (!self->begun && patch->event->run != self->root)
    rnl_log_patch_begin_run (patch, self->root, NULL);
  self->begun = TRUE;
}

static void
take_event (RnlLogPatch *patch)
{
  RnlRunPatcher *self = patch->self;
  const RnlEvent *event = patch->event;
  gboolean starts = event->kind == RNL_EVENT_START;
  g_autoptr (JsonNode) data = rnl_event_data_to_json (event);
  JsonObject *members = json_node_get_object (data);

  begin_root (patch);
  patch->entry = g_hash_table_lookup (self->entries, event->run);
  if (patch->entry == NULL)
    rnl_log_patch_begin_run (patch, event->run,
                             starts ? json_object_get_member (members, "input") : NULL);
  else
    rnl_log_patch_note_changes (patch);
  add_answer (patch);
  take_data (patch, members);
}

/* Of an event that is not in the log only the root has something. */
static void
take_left_out (RnlLogPatch *patch)
{
  begin_root (patch);
  add_answer (patch);
}

/**
 * rnl_run_patcher_take_event:
 * @self: a patcher
 * @event: what happened to the root or inside it
 *
 * The operations are those of LangChain's `astream_log`, with members of ours; the last one has
 * two members that are not JSON RnlLogPatch's, `seq` and `time` (microseconds since 1970) of the
 * event it stands for. What the filter leaves out has no operation; only the root is always there,
 * with the text of its answer, then without these two.
 *
 * Returns: (transfer full) (nullable): a JSON RnlLogPatch that shares nothing with @event, or
 * `NULL` when the event is not in the log
 */
JsonNode *
rnl_run_patcher_take_event (RnlRunPatcher *self, const RnlEvent *event)
{
  RnlLogPatch patch = { .self = self, .event = event };
  gboolean wanted = is_wanted (self, event);
  JsonNode *node;

  patch.operations = json_array_new ();
  if (wanted || (event->run == self->root && event->kind != RNL_EVENT_CUSTOM))
    take_event (&patch);
  else
    take_left_out (&patch);
  if (json_array_get_length (patch.operations) == 0)
    {
      json_array_unref (patch.operations);
      return NULL;
    }
  if (wanted)
    rnl_log_patch_sign (&patch);
  if (rnl_event_is_terminal (event))
    g_hash_table_remove (self->entries, event->run);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, patch.operations);

  return node;
}
