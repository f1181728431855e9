/* rnl-run-log-reader-runs.c: the runs a log describes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log-reader-private.h"

#include "rnl-json-members.h"
#include "rnl-run-recorded.h"
#include "rnl-trace-header.h"

/* Runs nest this deep at most; a file from elsewhere may claim anything. */
#define MAX_PARENTS 256

gboolean
rnl_run_log_reader_fail (GError **error, const char *what, const char *path)
{
  g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT, "this is no log of a run: %s \"%s\"",
               what, path != NULL ? path : "");

  return FALSE;
}

static gboolean
read_type (const char *nick, RnlRunType *type)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_RUN_TYPE);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  if (value != NULL)
    *type = (RnlRunType) value->value;

  return value != NULL;
}

static char **
read_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

/* The run a new one happens in. A filter may have left it out: then its id is all that is known. */
static RnlRun *
find_parent (RnlRunLogReader *self, char **ids)
{
  static const char *const no_tags[] = { NULL };
  RnlRun *parent = NULL;

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      RnlRun *run = g_hash_table_lookup (self->by_id, ids[i]);
      RnlRecordedRun unknown
        = { .type = RNL_RUN_CHAIN, .id = ids[i], .name = "Unnamed", .tags = no_tags };

      if (run == NULL)
        {
          run = rnl_run_new_recorded (&unknown, parent);
          g_hash_table_insert (self->by_id, (gpointer) rnl_run_get_id (run), run);
          g_hash_table_add (self->guessed, g_strdup (ids[i]));
        }
      parent = run;
    }

  return parent;
}

RnlRun *
rnl_run_log_reader_read_run (
  RnlRunLogReader *self, const char *path, JsonObject *entry, gint64 started, GError **error)
{
  RnlRecordedRun recorded = {
    .id = rnl_json_object_get_string (entry, "id"),
    .name = rnl_json_object_get_string (entry, "name"),
    .metadata = rnl_json_object_get_object (entry, "metadata"),
    .tool_call_id = rnl_json_object_get_string (entry, "tool_call_id"),
    .started = started,
  };
  g_auto (GStrv) tags = read_strings (rnl_json_object_get_array (entry, "tags"));
  g_auto (GStrv) parents = read_strings (rnl_json_object_get_array (entry, "parent_ids"));
  RnlRun *run;

  if (recorded.id == NULL || recorded.name == NULL
      || !read_type (rnl_json_object_get_string (entry, "type"), &recorded.type)
      || g_strv_length (parents) > MAX_PARENTS
      || g_strv_contains ((const char *const *) parents, recorded.id))
    {
      rnl_run_log_reader_fail (error, "this does not describe a run:", path);
      return NULL;
    }
  if (g_hash_table_contains (self->by_path, path)
      || (g_hash_table_contains (self->by_id, recorded.id)
          && !g_hash_table_remove (self->guessed, recorded.id)))
    {
      rnl_run_log_reader_fail (error, "this run is there already:", path);
      return NULL;
    }

  recorded.tags = (const char *const *) tags;
  run = rnl_run_new_recorded (&recorded, find_parent (self, parents));
  g_hash_table_insert (self->by_path, g_strdup (path), run);
  g_hash_table_replace (self->by_id, (gpointer) rnl_run_get_id (run), g_object_ref (run));

  return run;
}

gboolean
rnl_run_log_reader_check_version (JsonObject *state, GError **error)
{
  gint64 version
    = rnl_json_object_get_int (rnl_json_object_get_object (state, "trace"), "version", 1);

  if (version == RNL_TRACE_VERSION)
    return TRUE;
  g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_NEWER,
               "a newer version of the program recorded this (format %" G_GINT64_FORMAT
               ", known is %d)",
               version, RNL_TRACE_VERSION);

  return FALSE;
}
