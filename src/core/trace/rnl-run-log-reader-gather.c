/* rnl-run-log-reader-gather.c: what the operations of a patch say
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log-reader-private.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-run-recorded.h"
#include "rnl-trace-header.h"

/* Splits "/logs/KEY/rest" into the path of the run and the rest; other paths are the root's. */
static const char *
split_path (const char *path, char **run_path)
{
  const char *rest;

  if (!g_str_has_prefix (path, "/logs/"))
    {
      *run_path = g_strdup ("");
      return path;
    }
  rest = strchr (path + strlen ("/logs/"), '/');
  *run_path = rest != NULL ? g_strndup (path, (gsize) (rest - path)) : g_strdup (path);

  return rest != NULL ? rest : "";
}

char *
rnl_run_log_reader_dup_subject (JsonArray *operations)
{
  guint n = json_array_get_length (operations);
  JsonObject *last
    = n > 0 ? rnl_json_node_get_object (json_array_get_element (operations, n - 1)) : NULL;
  const char *path = rnl_json_object_get_string (last, "path");
  char *subject = NULL;

  if (path != NULL)
    split_path (path, &subject);

  return subject;
}

gboolean
rnl_run_log_reader_gather_run (RnlRunLogReader *self,
                               RnlGatheredEvent *gathered,
                               JsonObject *operation,
                               GError **error)
{
  JsonObject *entry = rnl_json_object_get_object (operation, "value");
  gint64 time = rnl_json_object_get_int (operation, "time", 0);
  gboolean root = *gathered->path == '\0';

  if (!root || self->root == NULL)
    {
      if (root && !rnl_run_log_reader_check_version (entry, error))
        return FALSE;
      gathered->run = rnl_run_log_reader_read_run (self, gathered->path, entry, time, error);
      if (gathered->run == NULL)
        return FALSE;
      if (root)
        {
          self->root = g_object_ref (gathered->run);
          rnl_trace_header_keep (self->root, rnl_json_object_get_value (entry, "trace"));
        }
    }
  else if (self->next_seq > 0 || self->open->len > 0)
    return rnl_run_log_reader_fail (error, "it begins twice", NULL);
  else
    gathered->run = self->root;

  gathered->event.kind = RNL_EVENT_START;
  if (json_object_has_member (entry, "inputs"))
    json_object_set_member (gathered->data, "input",
                            json_node_ref (json_object_get_member (entry, "inputs")));

  return TRUE;
}

static void
gather_status (RnlRunLogReader *self, RnlGatheredEvent *gathered, const char *status)
{
  if (g_strcmp0 (status, "running") == 0)
    return;
  gathered->event.kind = g_strcmp0 (status, "failed") == 0      ? RNL_EVENT_ERROR
                         : g_strcmp0 (status, "cancelled") == 0 ? RNL_EVENT_CANCEL
                                                                : RNL_EVENT_END;
  if (gathered->run == self->root)
    self->complete = TRUE;
}

static void
gather_block (RnlGatheredEvent *gathered, JsonNode *value)
{
  JsonArray *blocks = rnl_json_object_get_array (gathered->data, "blocks");

  if (blocks == NULL)
    {
      blocks = json_array_new ();
      json_object_set_array_member (gathered->data, "blocks", blocks);
    }
  json_array_add_element (blocks, json_node_ref (value));
}

static void
gather_custom (RnlGatheredEvent *gathered, JsonObject *custom)
{
  const char *name = rnl_json_object_get_string (custom, "name");

  gathered->event.kind = RNL_EVENT_CUSTOM;
  gathered->event.name = name != NULL ? name : "";
  if (custom != NULL && json_object_has_member (custom, "data"))
    json_object_set_member (gathered->data, "data",
                            json_node_ref (json_object_get_member (custom, "data")));
}

static void
copy_member_into_cb (JsonObject *from, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_ref (node));
}

static void
gather_metadata (RnlRun *run, JsonObject *metadata)
{
  JsonObject *own = rnl_run_get_metadata (run);
  g_autoptr (GList) names = json_object_get_members (own);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_remove_member (own, l->data);
  if (metadata != NULL)
    json_object_foreach_member (metadata, copy_member_into_cb, own);
}

/* One member of a run; what is not known is for other readers. */
static void
gather_member (RnlRunLogReader *self,
               RnlGatheredEvent *gathered,
               const char *member,
               JsonNode *value)
{
  static const struct
  {
    const char *member;
    const char *data;
  } plain[] = {
    { "/streamed_output/-", "chunk" },
    { "/inputs", "input" },
    { "/final_output", "output" },
    { "/error", "error" },
  };
  const char *text = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (member, plain[i].member))
      {
        json_object_set_member (gathered->data, plain[i].data, json_node_ref (value));
        return;
      }
  if (g_str_equal (member, "/blocks/-"))
    gather_block (gathered, value);
  else if (g_str_equal (member, "/custom_events/-"))
    gather_custom (gathered, rnl_json_node_get_object (value));
  else if (g_str_equal (member, "/status"))
    gather_status (self, gathered, text);
  else if (g_str_equal (member, "/duration_us") && JSON_NODE_HOLDS_VALUE (value))
    gathered->duration = json_node_get_int (value);
  else if (g_str_equal (member, "/metadata"))
    gather_metadata (gathered->run, rnl_json_node_get_object (value));
  else if (g_str_equal (member, "/tool_call_id"))
    rnl_run_set_tool_call_id (gathered->run, text);
}

gboolean
rnl_run_log_reader_gather (RnlRunLogReader *self,
                           RnlGatheredEvent *gathered,
                           JsonObject *operation,
                           GError **error)
{
  const char *path = rnl_json_object_get_string (operation, "path");
  JsonNode *value = operation != NULL ? json_object_get_member (operation, "value") : NULL;
  const char *rest;
  g_autofree char *run_path = NULL;

  if (path == NULL || value == NULL)
    return rnl_run_log_reader_fail (error, "this is no operation of one:", path);

  rest = split_path (path, &run_path);
  g_free (gathered->path);
  gathered->path = g_steal_pointer (&run_path);
  if (*rest == '\0')
    {
      if (!rnl_run_log_reader_gather_run (self, gathered, operation, error))
        return FALSE;
    }
  else
    {
      gathered->run = g_hash_table_lookup (self->by_path, gathered->path);
      if (gathered->run == NULL)
        return rnl_run_log_reader_fail (error, "there is no run at", path);
      /* What a model says is more of the root's answer too; it is the model's event. */
      if (g_strcmp0 (gathered->path, gathered->subject) == 0
          || !g_str_equal (rest, "/streamed_output/-"))
        gather_member (self, gathered, rest, value);
    }
  if (json_object_has_member (operation, "seq"))
    {
      gathered->is_signed = TRUE;
      gathered->event.seq = (guint64) rnl_json_object_get_int (operation, "seq", 0);
      gathered->event.time = rnl_json_object_get_int (operation, "time", 0);
    }

  return TRUE;
}
