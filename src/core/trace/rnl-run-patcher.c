/* rnl-run-patcher.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-final-answer.h"
#include "rnl-json-value.h"
#include "rnl-message-export.h"
#include "rnl-partial-json.h"
#include "rnl-text.h"
#include "rnl-trace-header.h"

/* What is known of a run that is in the log and alive. */
typedef struct
{
  /* owned */
  char *path;      /* "" is the root's, "/logs/KEY" that of the others */
  char *json_path; /* the same inside a JSON string */
  char *tool_call_id;
  JsonNode *metadata;

  RnlUsage usage;
  gint64 first_token; /* microseconds after the start, -1 before it */
} Entry;

struct _RnlRunPatcher
{
  /* owned */
  GHashTable *entries;    /* RnlRun -> Entry; removed with the run's last event */
  GHashTable *names;      /* name -> how many runs had it */
  GHashTable *keys;       /* keys that were given away */
  RnlPartialJson *answer; /* the arguments of final_answer while they stream */

  /* borrowed */
  RnlRun *root;
  const RnlEventFilter *filter;

  gint answer_index; /* which call of its message is @answer */
  RnlUsage usage;    /* of every model run so far */
  gboolean begun;
};

/* One patch while it is put together. */
typedef struct
{
  RnlRunPatcher *self;
  const RnlEvent *event;
  Entry *entry;
  JsonArray *operations;
} Patch;

static void
entry_free (Entry *entry)
{
  g_free (entry->path);
  g_free (entry->json_path);
  g_free (entry->tool_call_id);
  g_clear_pointer (&entry->metadata, json_node_unref);
  g_free (entry);
}

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
  self->entries
    = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) entry_free);
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

/* Operations */

static JsonObject *
add_operation (Patch *patch, const char *op, const char *member, JsonNode *value)
{
  JsonObject *operation = json_object_new ();
  g_autofree char *path = g_strconcat (patch->entry->path, member, NULL);

  json_object_set_string_member (operation, "op", op);
  json_object_set_string_member (operation, "path", path);
  json_object_set_member (operation, "value", value);
  json_array_add_object_element (patch->operations, operation);

  return operation;
}

static void
add_string (Patch *patch, const char *member, const char *value)
{
  add_operation (patch, "add", member, json_node_init_string (json_node_alloc (), value));
}

static void
add_int (Patch *patch, const char *member, gint64 value)
{
  add_operation (patch, "add", member, json_node_init_int (json_node_alloc (), value));
}

static void
add_copy (Patch *patch, const char *member, JsonNode *value)
{
  if (value != NULL)
    add_operation (patch, "add", member, rnl_json_value_copy (value));
}

static void
add_object (Patch *patch, const char *member, JsonObject *object)
{
  add_operation (patch, "add", member, json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

/* The last operation of a patch says which event it was. */
static void
sign (Patch *patch)
{
  guint n = json_array_get_length (patch->operations);
  JsonObject *last = json_array_get_object_element (patch->operations, n - 1);

  json_object_set_int_member (last, "seq", (gint64) patch->event->seq);
  json_object_set_int_member (last, "time", patch->event->time);
}

/* Runs */

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

/* The inside of a JSON string, as rnl_json_to_string () writes it. */
static void
append_escaped (GString *out, const char *text, gsize length)
{
  static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *from = text, *end = text + length;

  for (const char *p = text; p < end; p++)
    {
      const char *found = *p != '\0' ? strchr (shorts, *p) : NULL;

      if (found == NULL && (guchar) *p >= ' ' && *p != 0x7f)
        continue;
      g_string_append_len (out, from, p - from);
      if (found != NULL)
        g_string_append_printf (out, "\\%c", letters[found - shorts]);
      else
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      from = p + 1;
    }
  g_string_append_len (out, from, end - from);
}

static char *
escape_path (const char *path)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_escaped (out, path, strlen (path));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
begin_run (Patch *patch, RnlRun *run, JsonNode *input)
{
  RnlRunPatcher *self = patch->self;
  gboolean root = run == self->root;
  Entry *entry = g_new0 (Entry, 1);
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
  add_operation (patch, root ? "replace" : "add", "", value);
}

/* Events */

static void
note_changes (Patch *patch)
{
  Entry *entry = patch->entry;
  RnlRun *run = patch->event->run;

  if (!json_object_equal (json_node_get_object (entry->metadata), rnl_run_get_metadata (run)))
    {
      g_clear_pointer (&entry->metadata, json_node_unref);
      entry->metadata = metadata_of (run);
      add_copy (patch, "/metadata", entry->metadata);
    }
  if (rnl_run_get_tool_call_id (run) != NULL
      && rnl_set_str (&entry->tool_call_id, rnl_run_get_tool_call_id (run)))
    add_string (patch, "/tool_call_id", entry->tool_call_id);
}

static void
note_first_token (Patch *patch, Entry *entry, RnlRun *run)
{
  if (entry != NULL && entry->first_token < 0)
    entry->first_token = MAX (0, patch->event->time - rnl_run_get_started (run));
}

/* The text that is the `answer` of a call of final_answer: what is new of it. */
static const char *
read_final_answer (RnlRunPatcher *self, const RnlChunk *chunk, gsize *length)
{
  if (chunk->name != NULL)
    {
      g_clear_pointer (&self->answer, rnl_partial_json_free);
      if (g_str_equal (chunk->name, RNL_FINAL_ANSWER_TOOL))
        self->answer = rnl_partial_json_new ();
      self->answer_index = chunk->index;
    }
  if (self->answer == NULL || chunk->index != self->answer_index || chunk->length == 0)
    return NULL;
  rnl_partial_json_feed (self->answer, chunk->text, (gssize) chunk->length);

  return rnl_partial_json_take_string_delta (self->answer, "answer", length);
}

/* What the event adds to the answer that is shown: of a model that the root asked itself. Each
 * event is to be read once, in order. */
static const char *
read_answer (RnlRunPatcher *self, const RnlEvent *event, gsize *length)
{
  const RnlChunk *chunk = event->chunk;
  const char *text = NULL;

  *length = 0;
  if (event->kind != RNL_EVENT_STREAM || chunk == NULL
      || rnl_run_get_parent (event->run) != self->root
      || rnl_run_has_tag (event->run, RNL_RUN_TAG_INTERNAL))
    return NULL;
  if (chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REFUSAL)
    {
      text = chunk->text;
      *length = chunk->length;
    }
  else if (chunk->type == RNL_CHUNK_TOOL_CALL)
    text = read_final_answer (self, chunk, length);

  return *length > 0 ? text : NULL;
}

/* An agent streams what its models answer; other roots stream what they make of it. */
static gboolean
root_streams_answer (RnlRunPatcher *self)
{
  return rnl_run_get_run_type (self->root) == RNL_RUN_AGENT;
}

static void
note_chunk (Patch *patch, const RnlChunk *chunk)
{
  RnlRun *run = patch->event->run;

  /* What was recorded is what came to the counts, not what they are. */
  if (chunk->type == RNL_CHUNK_USAGE && patch->event->recorded != NULL)
    rnl_usage_add (&patch->entry->usage, &chunk->usage);
  else if (chunk->type == RNL_CHUNK_USAGE)
    patch->entry->usage = chunk->usage;
  if (chunk->length == 0)
    return;
  if (chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REASONING
      || chunk->type == RNL_CHUNK_REFUSAL || chunk->type == RNL_CHUNK_TOOL_CALL)
    note_first_token (patch, patch->entry, run);
}

/* More of the answer is more of the root too. */
static void
add_answer (Patch *patch)
{
  RnlRunPatcher *self = patch->self;
  Entry *entry = patch->entry;
  gsize length;
  const char *text = read_answer (self, patch->event, &length);
  g_autofree char *piece = text != NULL ? g_strndup (text, length) : NULL;

  if (piece == NULL)
    return;
  patch->entry = g_hash_table_lookup (self->entries, self->root);
  note_first_token (patch, patch->entry, self->root);
  if (root_streams_answer (self))
    add_string (patch, "/streamed_output/-", piece);
  patch->entry = entry;
}

static void
add_blocks (Patch *patch, JsonObject *data)
{
  JsonArray *blocks = rnl_json_object_get_array (data, "blocks");

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    add_copy (patch, "/blocks/-", json_array_get_element (blocks, i));
}

static void
take_stream (Patch *patch, JsonObject *data)
{
  const RnlChunk *chunk = patch->event->chunk;
  JsonNode *value = json_object_get_member (data, "chunk");

  add_blocks (patch, data);
  if (chunk != NULL)
    {
      const char *text = rnl_json_object_get_string (rnl_json_node_get_object (value), "content");

      note_chunk (patch, chunk);
      add_string (patch, "/streamed_output_str/-", text != NULL ? text : "");
    }
  if (value != NULL)
    add_copy (patch, "/streamed_output/-", value);
  else
    add_string (patch, "/status", "running"); /* nothing new, but it happened */
}

static void
take_custom (Patch *patch, JsonObject *data)
{
  JsonObject *custom = json_object_new ();

  json_object_set_string_member (custom, "name", patch->event->name);
  if (json_object_has_member (data, "data"))
    json_object_set_member (custom, "data",
                            rnl_json_value_copy (json_object_get_member (data, "data")));
  add_object (patch, "/custom_events/-", custom);
}

static void
take_terminal (Patch *patch, JsonObject *data, const char *status)
{
  RnlRunPatcher *self = patch->self;
  RnlRun *run = patch->event->run;
  Entry *entry = patch->entry;
  g_autofree char *time = rnl_time_to_iso8601 (patch->event->time);
  const RnlUsage *usage = run == self->root ? &self->usage : &entry->usage;

  rnl_usage_add (&self->usage, &entry->usage);
  add_copy (patch, "/inputs", json_object_get_member (data, "input"));
  add_blocks (patch, data);
  add_copy (patch, "/final_output", json_object_get_member (data, "output"));
  add_copy (patch, "/error", json_object_get_member (data, "error"));
  add_string (patch, "/status", status);
  if (rnl_run_get_duration (run) >= 0)
    add_int (patch, "/duration_us", rnl_run_get_duration (run));
  if (entry->first_token >= 0)
    add_int (patch, "/time_to_first_token_us", entry->first_token);
  if (rnl_usage_is_known (usage))
    add_object (patch, "/usage", rnl_usage_to_json (usage));
  add_string (patch, "/end_time", time);
}

/* Whether the event is in the log, beside what it must say about a run. */
static gboolean
is_wanted (RnlRunPatcher *self, const RnlEvent *event)
{
  return self->filter == NULL || rnl_event_filter_matches (self->filter, event);
}

static void
take_data (Patch *patch, JsonObject *data)
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
begin_root (Patch *patch)
{
  RnlRunPatcher *self = patch->self;

  if (!self->begun && patch->event->run != self->root)
    begin_run (patch, self->root, NULL);
  self->begun = TRUE;
}

static void
take_event (Patch *patch)
{
  RnlRunPatcher *self = patch->self;
  const RnlEvent *event = patch->event;
  gboolean starts = event->kind == RNL_EVENT_START;
  g_autoptr (JsonNode) data = rnl_event_data_to_json (event);
  JsonObject *members = json_node_get_object (data);

  begin_root (patch);
  patch->entry = g_hash_table_lookup (self->entries, event->run);
  if (patch->entry == NULL)
    begin_run (patch, event->run, starts ? json_object_get_member (members, "input") : NULL);
  else
    note_changes (patch);
  add_answer (patch);
  take_data (patch, members);
}

/* Of an event that is not in the log only the root has something. */
static void
take_left_out (Patch *patch)
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
 * two members that are not JSON Patch's, `seq` and `time` (microseconds since 1970) of the event
 * it stands for. What the filter leaves out has no operation; only the root is always there, with
 * the text of its answer, then without these two.
 *
 * Returns: (transfer full) (nullable): a JSON Patch that shares nothing with @event, or `NULL` when
 *   the event is not in the log
 */
JsonNode *
rnl_run_patcher_take_event (RnlRunPatcher *self, const RnlEvent *event)
{
  Patch patch = { .self = self, .event = event };
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
    sign (&patch);
  if (rnl_event_is_terminal (event))
    g_hash_table_remove (self->entries, event->run);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, patch.operations);

  return node;
}

static void
append_operation (GString *line, const Entry *entry, const char *member)
{
  g_string_append (line, "{\"op\":\"add\",\"path\":\"");
  g_string_append (line, entry->json_path);
  g_string_append (line, member);
  g_string_append (line, "\",\"value\":");
}

/**
 * rnl_run_patcher_append_text:
 * @self: a patcher without a filter
 * @event: what happened
 * @line: where the patch is added, as JSON without an end of line
 *
 * The short way for what happens most often, more text of a model: the same patch as that of
 * [method@RunPatcher.take_event], without a tree.
 *
 * Returns: whether it was such an event; otherwise nothing was done
 */
gboolean
rnl_run_patcher_append_text (RnlRunPatcher *self, const RnlEvent *event, GString *line)
{
  const RnlChunk *chunk = event->chunk;
  Entry *entry = g_hash_table_lookup (self->entries, event->run);
  Entry *root = g_hash_table_lookup (self->entries, self->root);
  Patch patch = { .self = self, .event = event, .entry = entry };
  const char *answer;
  gsize length;

  if (event->kind != RNL_EVENT_STREAM || chunk == NULL || chunk->type != RNL_CHUNK_TEXT
      || event->recorded != NULL || event->n_blocks > 0 || entry == NULL || self->filter != NULL
      || !json_object_equal (json_node_get_object (entry->metadata),
                             rnl_run_get_metadata (event->run)))
    return FALSE;

  note_chunk (&patch, chunk);
  answer = read_answer (self, event, &length);
  if (answer != NULL)
    note_first_token (&patch, root, self->root);
  g_string_append_c (line, '[');
  if (answer != NULL && root_streams_answer (self))
    {
      append_operation (line, root, "/streamed_output/-");
      g_string_append_c (line, '"');
      append_escaped (line, answer, length);
      g_string_append (line, "\"},");
    }
  append_operation (line, entry, "/streamed_output_str/-");
  g_string_append_c (line, '"');
  append_escaped (line, chunk->text, chunk->length);
  g_string_append (line, "\"},");
  append_operation (line, entry, "/streamed_output/-");
  g_string_append (line, "{\"content\":\"");
  append_escaped (line, chunk->text, chunk->length);
  g_string_append_printf (line, "\"},\"seq\":%" G_GUINT64_FORMAT ",\"time\":%" G_GINT64_FORMAT "}]",
                          event->seq, event->time);

  return TRUE;
}
