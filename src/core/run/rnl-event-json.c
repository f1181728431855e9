/* rnl-event-json.c: an event as one JSON object
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run.h"

#include "rnl-generation-json.h"
#include "rnl-message-chunk.h"
#include "rnl-message-export.h"
#include "rnl-text.h"

static const char *const kind_words[] = { "start", "stream", "end", "error", "cancel" };

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static JsonArray *
parent_ids (RnlRun *run)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  for (RnlRun *parent = rnl_run_get_parent (run); parent != NULL;
       parent = rnl_run_get_parent (parent))
    g_ptr_array_add (ids, (gpointer) rnl_run_get_id (parent));
  for (guint i = ids->len; i > 0; i--)
    json_array_add_string_element (array, g_ptr_array_index (ids, i - 1));

  return array;
}

static JsonArray *
blocks_to_json (const RnlEvent *event)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < event->n_blocks; i++)
    json_array_add_object_element (array, rnl_block_mark_to_json (&event->blocks[i]));

  return array;
}

static JsonNode *
chunk_to_json (const RnlEvent *event)
{
  if (rnl_run_get_run_type (event->run) == RNL_RUN_LLM)
    return rnl_generation_new_from_chunk (event->chunk);

  return rnl_chunk_to_json (event->chunk);
}

/**
 * rnl_event_data_to_json:
 * @event: an event
 *
 * Returns: (transfer full): an object, the member `data` of [method@Runnel.Event.to_json]
 */
JsonNode *
rnl_event_data_to_json (const RnlEvent *event)
{
  static const char *const members[] = { "input", "chunk", "output", "error", "", "data" };
  JsonNode *node;
  JsonObject *data;

  if (event->recorded != NULL)
    return json_node_copy (event->recorded);

  data = json_object_new ();
  if (event->n_blocks > 0)
    json_object_set_array_member (data, "blocks", blocks_to_json (event));
  if (event->chunk != NULL)
    json_object_set_member (data, "chunk", chunk_to_json (event));
  else if (event->text != NULL)
    json_object_set_string_member (data, "chunk", event->text);
  else if (event->error != NULL)
    json_object_set_object_member (data, "error", rnl_error_to_json (event->error));
  else if (event->data != NULL)
    json_object_set_member (data, members[event->kind], json_node_copy (event->data));
  if (event->input != NULL)
    json_object_set_member (data, "input", json_node_copy (event->input));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, data);

  return node;
}

/**
 * rnl_event_to_json:
 * @event: an event
 *
 * The envelope of LangChain's `astream_events` v2 with our additions:
 * `{event, name, run_id, parent_ids, tags, metadata, data, seq, time, tool_call_id?,
 * duration_us?}`; `parent_ids` stands root first, `time` is ISO 8601 in UTC.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
rnl_event_to_json (const RnlEvent *event)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *tags = json_array_new ();
  const char *const *tag = rnl_run_get_tags (event->run);
  const char *type = rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (event->run));
  g_autofree char *time = rnl_time_to_iso8601 (event->time);
  g_autofree char *word = NULL;

  if (event->kind == RNL_EVENT_CUSTOM)
    word = g_strdup ("on_custom_event");
  else
    word = g_strdup_printf ("on_%s_%s", type, kind_words[event->kind]);
  for (; *tag != NULL; tag++)
    json_array_add_string_element (tags, *tag);

  json_object_set_string_member (object, "event", word);
  json_object_set_string_member (object, "name",
                                 event->name != NULL ? event->name : rnl_run_get_name (event->run));
  json_object_set_string_member (object, "run_id", rnl_run_get_id (event->run));
  json_object_set_array_member (object, "parent_ids", parent_ids (event->run));
  json_object_set_array_member (object, "tags", tags);
  json_object_set_object_member (object, "metadata",
                                 json_object_ref (rnl_run_get_metadata (event->run)));
  json_object_set_member (object, "data", rnl_event_data_to_json (event));
  json_object_set_int_member (object, "seq", (gint64) event->seq);
  json_object_set_string_member (object, "time", time);
  set_string (object, "tool_call_id", rnl_run_get_tool_call_id (event->run));
  if (rnl_run_get_duration (event->run) >= 0)
    json_object_set_int_member (object, "duration_us", rnl_run_get_duration (event->run));
  json_node_take_object (node, object);

  return node;
}
