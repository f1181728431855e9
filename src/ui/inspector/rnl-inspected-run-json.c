/* rnl-inspected-run-json.c: a run, with what is inside it, as an object to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-inspected-run.h"

#include "rnl-text.h"

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_count (JsonObject *object, const char *name, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
}

static void
set_node (JsonObject *object, const char *name, JsonNode *value)
{
  if (value != NULL)
    json_object_set_member (object, name, json_node_copy (value));
}

static JsonArray *
make_tags (char **tags)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);

  return array;
}

static JsonArray *
make_children (RnlInspectedRun *self)
{
  GListModel *children = rnl_inspected_run_list_children (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlInspectedRun) child = g_list_model_get_item (children, i);

      json_array_add_element (array, rnl_inspected_run_to_json (child));
    }

  return array;
}

static const char *
get_status (const RnlInspectedFacts *facts)
{
  return facts->interrupted ? "interrupted" : rnl_enum_nick (RNL_TYPE_RUN_STATE, facts->state);
}

static void
set_usage (JsonObject *object, const RnlUsage *usage)
{
  JsonObject *counts;

  if (usage->input < 0 && usage->output < 0)
    return;

  counts = json_object_new ();
  set_count (counts, "input", usage->input);
  set_count (counts, "output", usage->output);
  json_object_set_object_member (object, "usage", counts);
}

/**
 * rnl_inspected_run_to_json:
 * @self: a run
 *
 * Returns: (transfer full): an object with the members that a trace has for a run, and the runs
 *   inside it as `children`
 */
JsonNode *
rnl_inspected_run_to_json (RnlInspectedRun *self)
{
  const RnlInspectedFacts *facts = rnl_inspected_run_get_facts (self);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *started = rnl_time_to_iso8601 (facts->started);

  set_text (object, "id", facts->id);
  set_text (object, "parent_id", facts->parent_id);
  set_text (object, "name", facts->name);
  set_text (object, "type", rnl_enum_nick (RNL_TYPE_RUN_TYPE, facts->type));
  set_text (object, "status", get_status (facts));
  json_object_set_array_member (object, "tags", make_tags (facts->tags));
  set_node (object, "metadata", facts->metadata);
  set_text (object, "tool_call_id", facts->tool_call_id);
  set_text (object, "start_time", started);
  set_count (object, "duration_us", facts->duration);
  set_count (object, "time_to_first_token_us", facts->first_token);
  set_usage (object, &facts->usage);
  set_count (object, "events", (gint64) facts->n_events);
  set_node (object, "inputs", facts->input);
  if (facts->output != NULL)
    set_node (object, "final_output", facts->output);
  else if (facts->streamed->len > 0)
    set_text (object, "streamed_output_str", facts->streamed->str);
  set_node (object, "error", facts->error);
  json_object_set_array_member (object, "children", make_children (self));
  json_node_take_object (node, object);

  return node;
}
