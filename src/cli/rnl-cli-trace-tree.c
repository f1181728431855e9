/* rnl-cli-trace-tree.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-trace-tree.h"

#include "rnl-cli.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-trace-repeat.h"

/* A file may claim to nest deeper than any run does. */
#define MAX_DEPTH 64

static const char *
parent_of (JsonObject *entry)
{
  JsonArray *parents = rnl_json_object_get_array (entry, "parent_ids");
  guint n = parents != NULL ? json_array_get_length (parents) : 0;
  JsonNode *last = n > 0 ? json_array_get_element (parents, n - 1) : NULL;

  return last != NULL && JSON_NODE_HOLDS_VALUE (last) ? json_node_get_string (last) : NULL;
}

static const char *
status_of (JsonObject *entry)
{
  const char *status = rnl_json_object_get_string (entry, "status");

  return g_strcmp0 (status, "running") == 0 || status == NULL ? "interrupted" : status;
}

/* The tree */

static JsonObject *make_branch (JsonObject *entry, JsonObject *logs, guint depth);

static JsonArray *
make_children (const char *id, JsonObject *logs, guint depth)
{
  JsonArray *children = json_array_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (logs == NULL || id == NULL || depth > MAX_DEPTH)
    return children;
  json_object_iter_init_ordered (&iter, logs);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *entry = rnl_json_node_get_object (node);

      if (g_strcmp0 (parent_of (entry), id) == 0)
        json_array_add_object_element (children, make_branch (entry, logs, depth + 1));
    }

  return children;
}

/* What a person wants to know of a run, and the runs inside it. */
static JsonObject *
make_branch (JsonObject *entry, JsonObject *logs, guint depth)
{
  static const char *const same[] = { "id",         "name",        "type",
                                      "tags",       "metadata",    "tool_call_id",
                                      "start_time", "duration_us", "time_to_first_token_us",
                                      "usage",      "error" };
  JsonObject *branch = json_object_new ();
  RnlTraceRepeat repeat = rnl_trace_get_repeat (entry);

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      JsonNode *value = rnl_json_object_get_value (entry, same[i]);

      if (value != NULL)
        json_object_set_member (branch, same[i], rnl_json_value_copy (value));
    }
  json_object_set_string_member (branch, "status", status_of (entry));
  if (repeat != RNL_TRACE_REPEAT_NO_MODEL)
    json_object_set_boolean_member (branch, "repeatable", repeat == RNL_TRACE_REPEAT_YES);
  if (repeat != RNL_TRACE_REPEAT_NO_MODEL && repeat != RNL_TRACE_REPEAT_YES)
    json_object_set_string_member (branch, "not_repeatable_because",
                                   rnl_trace_repeat_get_reason (repeat));
  json_object_set_array_member (
    branch, "children", make_children (rnl_json_object_get_string (entry, "id"), logs, depth));

  return branch;
}

/* Lines */

static void
append_seconds (GString *line, JsonObject *branch, const char *member, const char *label)
{
  gint64 us = rnl_json_object_get_int (branch, member, -1);

  if (us >= 0)
    g_string_append_printf (line, "  %s%.3f s", label, (double) us / 1e6);
}

static void
append_tokens (GString *line, JsonObject *usage)
{
  if (usage != NULL)
    g_string_append_printf (line, "  %" G_GINT64_FORMAT " tokens in, %" G_GINT64_FORMAT " out",
                            rnl_json_object_get_int (usage, "input", 0),
                            rnl_json_object_get_int (usage, "output", 0));
}

static void
append_tags (GString *line, JsonArray *tags)
{
  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    g_string_append_printf (line, "%s%s", i == 0 ? "  tags: " : ", ",
                            json_array_get_string_element (tags, i));
}

static void
print_branch (JsonObject *branch, guint depth)
{
  g_autoptr (GString) line = g_string_new (NULL);
  JsonObject *error = rnl_json_object_get_object (branch, "error");
  const char *why = rnl_json_object_get_string (branch, "not_repeatable_because");
  JsonArray *children = json_object_get_array_member (branch, "children");

  g_string_append_printf (
    line, "%*s%s  %s  %s", (int) depth * 2, "", rnl_json_object_get_string (branch, "type"),
    rnl_json_object_get_string (branch, "name"), rnl_json_object_get_string (branch, "status"));
  append_seconds (line, branch, "duration_us", "");
  append_seconds (line, branch, "time_to_first_token_us", "first token ");
  append_tokens (line, rnl_json_object_get_object (branch, "usage"));
  append_tags (line, rnl_json_object_get_array (branch, "tags"));
  if (error != NULL)
    g_string_append_printf (line, "  error: %s", rnl_json_object_get_string (error, "message"));
  if (why != NULL)
    g_string_append_printf (line, "  cannot be asked again: %s", why);
  g_print ("%s\n", line->str);
  for (guint i = 0; i < json_array_get_length (children); i++)
    print_branch (json_array_get_object_element (children, i), depth + 1);
}

/**
 * rnl_cli_trace_tree_print:
 * @state: the state of a run's log
 * @json: as one object, not as lines
 */
void
rnl_cli_trace_tree_print (JsonNode *state, gboolean json)
{
  JsonObject *root = rnl_json_node_get_object (state);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, make_branch (root, rnl_json_object_get_object (root, "logs"), 0));
  if (json)
    rnl_cli_print_json (node, TRUE);
  else
    print_branch (json_node_get_object (node), 0);
}
