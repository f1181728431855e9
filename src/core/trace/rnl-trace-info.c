/* rnl-trace-info.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-info.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-patch.h"
#include "rnl-json-value.h"
#include "rnl-run-config.h"
#include "rnl-text.h"
#include "rnl-trace-folder.h"

/* The end of a recording is looked for in this much of it, then in ever more. */
#define TAIL_BYTES (64 * 1024)

G_DEFINE_BOXED_TYPE (RnlTraceInfo, rnl_trace_info, rnl_trace_info_copy, rnl_trace_info_free)

/**
 * rnl_trace_info_free:
 * @self: (transfer full): a copy
 *
 * Frees a copy.
 */
void
rnl_trace_info_free (RnlTraceInfo *self)
{
  g_free (self->path);
  g_free (self->id);
  g_free (self->name);
  g_free (self->question);
  g_free (self->session);
  g_free (self->started);
  g_free (self->status);
  g_free (self);
}

/**
 * rnl_trace_info_copy:
 * @self: what is known of a recording
 *
 * Returns: (transfer full): one of our own
 */
RnlTraceInfo *
rnl_trace_info_copy (const RnlTraceInfo *self)
{
  RnlTraceInfo *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->question = g_strdup (self->question);
  copy->session = g_strdup (self->session);
  copy->started = g_strdup (self->started);
  copy->status = g_strdup (self->status);

  return copy;
}

/* The beginning */

static JsonNode *
read_first_line (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  gsize length = 0;

  if (stream == NULL)
    return NULL;
  lines = g_data_input_stream_new (G_INPUT_STREAM (stream));
  line = g_data_input_stream_read_line (lines, &length, NULL, error);
  if (line == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT, "%s is empty", path);
      return NULL;
    }

  return rnl_json_strict_parse (line, (gssize) length, error);
}

static JsonObject *
first_operation (JsonNode *patch)
{
  JsonArray *operations
    = patch != NULL && JSON_NODE_HOLDS_ARRAY (patch) ? json_node_get_array (patch) : NULL;

  return operations != NULL && json_array_get_length (operations) > 0
           ? rnl_json_node_get_object (json_array_get_element (operations, 0))
           : NULL;
}

static gboolean
has_internal_tag (JsonObject *state)
{
  JsonArray *tags = rnl_json_object_get_array (state, "tags");

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      JsonNode *tag = json_array_get_element (tags, i);

      if (JSON_NODE_HOLDS_VALUE (tag)
          && g_strcmp0 (json_node_get_string (tag), RNL_RUN_TAG_INTERNAL) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_beginning (RnlTraceInfo *self, GError **error)
{
  g_autoptr (JsonNode) patch = read_first_line (self->path, error);
  JsonObject *state = rnl_json_object_get_object (first_operation (patch), "value");
  JsonObject *header = rnl_json_object_get_object (state, "trace");
  JsonObject *session = rnl_json_object_get_object (header, "session");

  if (patch == NULL)
    return FALSE;
  self->id = g_strdup (rnl_json_object_get_string (state, "id"));
  self->name = g_strdup (rnl_json_object_get_string (state, "name"));
  self->started = g_strdup (rnl_json_object_get_string (state, "start_time"));
  self->question = g_strdup (rnl_json_object_get_string (header, "question"));
  self->session = g_strdup (rnl_json_object_get_string (session, "id"));
  self->internal = has_internal_tag (state);
  if (self->id != NULL && self->name != NULL && self->started != NULL)
    return TRUE;
  g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT,
               "%s, line 1: this is no log of a run", self->path);

  return FALSE;
}

/* The end */

/* The last whole line of what was read; `NULL` when it begins before. */
static JsonNode *
parse_last_line (const char *tail, gsize length, gboolean from_start)
{
  const char *end = length > 0 ? memrchr (tail, '\n', length) : NULL;
  const char *before = end != NULL ? memrchr (tail, '\n', (gsize) (end - tail)) : NULL;

  if (end == NULL || (before == NULL && !from_start))
    return NULL;
  before = before != NULL ? before + 1 : tail;

  return rnl_json_strict_parse (before, end - before, NULL);
}

static JsonNode *
read_last_line (const char *path, gint64 size)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);

  for (gint64 want = TAIL_BYTES; stream != NULL; want *= 8)
    {
      gint64 offset = MAX (0, size - want);
      gsize length = 0;
      g_autofree char *tail = g_malloc ((gsize) (size - offset));
      JsonNode *node;

      if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, NULL)
          || !g_input_stream_read_all (G_INPUT_STREAM (stream), tail, (gsize) (size - offset),
                                       &length, NULL, NULL))
        return NULL;
      node = parse_last_line (tail, length, offset == 0);
      if (node != NULL || offset == 0)
        return node;
    }

  return NULL;
}

static gint64
count_tokens (JsonObject *usage)
{
  gint64 input = rnl_json_object_get_int (usage, "input", 0);
  gint64 output = rnl_json_object_get_int (usage, "output", 0);

  return rnl_json_object_get_int (usage, "total", input + output);
}

static void
take_member (RnlTraceInfo *self, JsonObject *operation)
{
  const char *path = rnl_json_object_get_string (operation, "path");

  if (g_strcmp0 (path, "/status") == 0)
    rnl_set_str (&self->status, rnl_json_object_get_string (operation, "value"));
  else if (g_strcmp0 (path, "/duration_us") == 0)
    self->duration = rnl_json_object_get_int (operation, "value", -1);
  else if (g_strcmp0 (path, "/time_to_first_token_us") == 0)
    self->first_token = rnl_json_object_get_int (operation, "value", -1);
  else if (g_strcmp0 (path, "/usage") == 0)
    self->tokens = count_tokens (rnl_json_object_get_object (operation, "value"));
}

static void
read_end (RnlTraceInfo *self)
{
  g_autoptr (JsonNode) patch = read_last_line (self->path, self->size);
  JsonArray *operations
    = patch != NULL && JSON_NODE_HOLDS_ARRAY (patch) ? json_node_get_array (patch) : NULL;

  for (guint i = 0; operations != NULL && i < json_array_get_length (operations); i++)
    take_member (self, rnl_json_node_get_object (json_array_get_element (operations, i)));
  if (self->status == NULL)
    self->status = g_strdup (rnl_trace_folder_is_growing (self->path) ? "running" : "interrupted");
}

/**
 * rnl_trace_info_read:
 * @path: (type filename): a recording
 * @error: return location for an error
 *
 * Looks at the beginning and the end of it. Blocks; for a worker thread.
 *
 * Errors: `RNL_TRACE_ERROR_FORMAT`, `RNL_JSON_ERROR`, `G_IO_ERROR`.
 *
 * Returns: (transfer full) (nullable): what it is
 */
RnlTraceInfo *
rnl_trace_info_read (const char *path, GError **error)
{
  g_autoptr (RnlTraceInfo) self = g_new0 (RnlTraceInfo, 1);
  GStatBuf info;

  self->path = g_strdup (path);
  self->duration = self->first_token = self->tokens = -1;
  if (g_stat (path, &info) == 0)
    self->size = info.st_size;
  if (!read_beginning (self, error))
    return NULL;
  read_end (self);

  return g_steal_pointer (&self);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static void
set_count (JsonObject *object, const char *member, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

/**
 * rnl_trace_info_to_json:
 * @self: what is known of a recording
 *
 * Returns: (transfer full): `{id, name, question?, session?, start_time, status, duration_us?,
 *   time_to_first_token_us?, tokens?, bytes, path}`
 */
JsonNode *
rnl_trace_info_to_json (const RnlTraceInfo *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  set_string (object, "id", self->id);
  set_string (object, "name", self->name);
  set_string (object, "question", self->question);
  set_string (object, "session", self->session);
  set_string (object, "start_time", self->started);
  set_string (object, "status", self->status);
  set_count (object, "duration_us", self->duration);
  set_count (object, "time_to_first_token_us", self->first_token);
  set_count (object, "tokens", self->tokens);
  set_count (object, "bytes", self->size);
  set_string (object, "path", self->path);
  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_trace_list:
 * @folder: (nullable) (type filename): where; `NULL` for `$XDG_DATA_HOME/runnel/traces`
 *
 * Files that are no recordings are left out. Blocks; for a worker thread.
 *
 * Returns: (transfer full) (element-type RnlTraceInfo): the recordings, the newest first
 */
GPtrArray *
rnl_trace_list (const char *folder)
{
  g_autofree char *home = folder != NULL ? g_strdup (folder) : rnl_trace_folder_dup_default ();
  g_autoptr (GPtrArray) paths = rnl_trace_folder_list_paths (home);
  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_trace_info_free);

  for (guint i = paths->len; i > 0; i--)
    {
      g_autoptr (GError) error = NULL;
      RnlTraceInfo *info = rnl_trace_info_read (paths->pdata[i - 1], &error);

      if (info != NULL)
        g_ptr_array_add (traces, info);
      else
        g_debug ("not a trace: %s", error->message);
    }

  return traces;
}

static gboolean
apply_line (JsonNode **state, const char *line, gsize length, GError **error)
{
  g_autoptr (JsonNode) patch = rnl_json_strict_parse (line, (gssize) length, error);

  return patch != NULL && rnl_json_patch_apply_in_place (state, patch, error);
}

/**
 * rnl_trace_load_state:
 * @path: (type filename): a recording
 * @whole: (out) (optional): whether its last line is whole
 * @error: return location for an error
 *
 * Applies every line of it. A torn last line is left out. Blocks; for a worker thread.
 *
 * Errors: naming the line: `RNL_JSON_ERROR`; `G_FILE_ERROR`; `RNL_TRACE_ERROR_FORMAT`.
 *
 * Returns: (transfer full) (nullable): the state of the run's log at its end, see
 *   [class@Runnel.RunLog]
 */
JsonNode *
rnl_trace_load_state (const char *path, gboolean *whole, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (JsonNode) state = NULL;
  const char *p, *end;
  guint line = 1;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  for (p = text; (end = memchr (p, '\n', length - (gsize) (p - text))) != NULL; p = end + 1, line++)
    if (!apply_line (&state, p, (gsize) (end - p), error))
      {
        g_prefix_error (error, "%s, line %u: ", path, line);
        return NULL;
      }
  if (whole != NULL)
    *whole = p == text + length;
  if (state == NULL)
    g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT,
                 "%s, line 1: this is no log of a run", path);

  return g_steal_pointer (&state);
}

/**
 * rnl_trace_load_log:
 * @path: (type filename): a recording
 * @error: return location for an error
 *
 * Reads the lines of it as they stand. A torn last line is left out. Blocks; for a worker thread.
 *
 * Errors: `G_FILE_ERROR`.
 *
 * Returns: (transfer full) (nullable): JSON Lines, one patch a line, see [class@Runnel.RunLog]
 */
GBytes *
rnl_trace_load_log (const char *path, GError **error)
{
  char *text = NULL;
  gsize length = 0;
  const char *last;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  last = length > 0 ? memrchr (text, '\n', length) : NULL;

  return g_bytes_new_take (text, last != NULL ? (gsize) (last + 1 - text) : 0);
}
