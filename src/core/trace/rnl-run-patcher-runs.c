/* rnl-run-patcher-runs.c: how the log tells of a run
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher-private.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-text.h"
#include "rnl-trace-header.h"

void
rnl_log_entry_free (RnlLogEntry *entry)
{
  g_free (entry->path);
  g_free (entry->json_path);
  g_free (entry->tool_call_id);
  g_clear_pointer (&entry->metadata, json_node_unref);
  g_free (entry);
}

static JsonNode *
metadata_of (RnlRun *run)
{
  g_autoptr (JsonNode) node
    = json_node_init_object (json_node_alloc (), rnl_run_get_metadata (run));

  return rnl_json_value_copy (node);
}

static JsonArray *
tags_of (RnlRun *run)
{
  JsonArray *tags = json_array_new ();

  for (const char *const *tag = rnl_run_get_tags (run); *tag != NULL; tag++)
    json_array_add_string_element (tags, *tag);

  return tags;
}

static JsonArray *
parents_of (RnlRun *run)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  while ((run = rnl_run_get_parent (run)) != NULL)
    g_ptr_array_add (ids, (gpointer) rnl_run_get_id (run));
  for (guint i = ids->len; i > 0; i--)
    json_array_add_string_element (array, g_ptr_array_index (ids, i - 1));

  return array;
}

static JsonObject *
describe_run (RnlRun *run)
{
  JsonObject *object = json_object_new ();
  g_autofree char *started = rnl_time_to_iso8601 (rnl_run_get_started (run));

  json_object_set_string_member (object, "id", rnl_run_get_id (run));
  json_object_set_string_member (object, "name", rnl_run_get_name (run));
  json_object_set_string_member (
    object, "type", rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (run)));
  json_object_set_array_member (object, "parent_ids", parents_of (run));
  json_object_set_array_member (object, "tags", tags_of (run));
  json_object_set_member (object, "metadata", metadata_of (run));
  if (rnl_run_get_tool_call_id (run) != NULL)
    json_object_set_string_member (object, "tool_call_id", rnl_run_get_tool_call_id (run));
  json_object_set_string_member (object, "start_time", started);
  json_object_set_string_member (object, "status", "running");
  json_object_set_array_member (object, "streamed_output_str", json_array_new ());
  json_object_set_array_member (object, "streamed_output", json_array_new ());
  json_object_set_array_member (object, "blocks", json_array_new ());
  json_object_set_array_member (object, "custom_events", json_array_new ());

  return object;
}

/* "name", "name:2", ...; a run that calls itself "name:2" is not taken for the second "name". */
static char *
make_path (RnlRunPatcher *self, const char *name)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, name));
  g_autoptr (GString) path = NULL;
  char *key;

  do
    key = ++n == 1 ? g_strdup (name) : g_strdup_printf ("%s:%u", name, n);
  while (g_hash_table_contains (self->keys, key) && (g_free (key), TRUE));
  g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (n));
  g_hash_table_add (self->keys, key);

  path = g_string_new (key);
  g_string_replace (path, "~", "~0", 0);
  g_string_replace (path, "/", "~1", 0);
  g_string_prepend (path, "/logs/");

  return g_string_free (g_steal_pointer (&path), FALSE);
}

static char *
escape_path (const char *path)
{
  g_autoptr (GString) out = g_string_new (NULL);

  rnl_run_patcher_append_escaped (out, path, strlen (path));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
rnl_log_patch_begin_run (RnlLogPatch *patch, RnlRun *run, JsonNode *input)
{
  RnlRunPatcher *self = patch->self;
  gboolean root = run == self->root;
  RnlLogEntry *entry = g_new0 (RnlLogEntry, 1);
  JsonObject *object = describe_run (run);
  JsonNode *value = json_node_alloc ();
  JsonNode *header = root && patch->event->run == run && patch->event->kind == RNL_EVENT_START
                       ? rnl_trace_header_new (patch->event)
                       : NULL;

  entry->path = root ? g_strdup ("") : make_path (self, rnl_run_get_name (run));
  entry->json_path = escape_path (entry->path);
  entry->tool_call_id = g_strdup (rnl_run_get_tool_call_id (run));
  entry->metadata = metadata_of (run);
  entry->usage = (RnlUsage) RNL_USAGE_INIT;
  entry->first_token = -1;
  g_hash_table_replace (self->entries, run, entry);
  patch->entry = entry;

  if (input != NULL)
    json_object_set_member (object, "inputs", rnl_json_value_copy (input));
  json_object_set_null_member (object, "final_output");
  json_object_set_null_member (object, "end_time");
  if (root)
    json_object_set_object_member (object, "logs", json_object_new ());
  if (header != NULL)
    json_object_set_member (object, "trace", header);
  json_node_take_object (json_node_init (value, JSON_NODE_OBJECT), object);
  rnl_log_patch_add (patch, root ? "replace" : "add", "", value);
}

void
rnl_log_patch_note_changes (RnlLogPatch *patch)
{
  RnlLogEntry *entry = patch->entry;
  RnlRun *run = patch->event->run;

  if (!json_object_equal (json_node_get_object (entry->metadata), rnl_run_get_metadata (run)))
    {
      g_clear_pointer (&entry->metadata, json_node_unref);
      entry->metadata = metadata_of (run);
      rnl_log_patch_add_copy (patch, "/metadata", entry->metadata);
    }
  if (rnl_run_get_tool_call_id (run) != NULL
      && rnl_set_str (&entry->tool_call_id, rnl_run_get_tool_call_id (run)))
    rnl_log_patch_add_string (patch, "/tool_call_id", entry->tool_call_id);
}
