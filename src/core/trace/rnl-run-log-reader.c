/* rnl-run-log-reader.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-log-reader.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-provider-error.h"
#include "rnl-recorded-chunk.h"
#include "rnl-run-recorded.h"
#include "rnl-trace-header.h"

/* Runs nest this deep at most; a file from elsewhere may claim anything. */
#define MAX_PARENTS 256

struct _RnlRunLogReader
{
  /* owned */
  GHashTable *by_path; /* "" or "/logs/KEY" -> RnlRun, while it is alive */
  GHashTable *by_id;   /* its id -> RnlRun, while it is alive */
  GHashTable *guessed; /* ids of runs in by_id that the log has not described */
  GPtrArray *open;     /* RnlRun: they have started and not ended, in this order */
  RnlRun *root;

  guint64 next_seq;
  gint64 last_time;
  gboolean complete;
};

/* What the operations of one patch say about its event. */
typedef struct
{
  RnlRun *run; /* borrowed */
  char *path;
  char *subject; /* the path of the run it is about: that of the last operation */
  RnlEvent event;
  JsonObject *data;
  gint64 duration;
  gboolean is_signed;
} Gathered;

static void
gathered_clear (Gathered *gathered)
{
  g_free (gathered->path);
  g_free (gathered->subject);
  json_object_unref (gathered->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathered, gathered_clear)

RnlRunLogReader *
rnl_run_log_reader_new (void)
{
  RnlRunLogReader *self = g_new0 (RnlRunLogReader, 1);

  self->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->guessed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  g_clear_object (&self->root);
  g_free (self);
}

static gboolean
bad_log (GError **error, const char *what, const char *path)
{
  g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT, "this is no log of a run: %s \"%s\"",
               what, path != NULL ? path : "");

  return FALSE;
}

/* Runs */

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

static RnlRun *
read_run (
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
      bad_log (error, "this does not describe a run:", path);
      return NULL;
    }
  if (g_hash_table_contains (self->by_path, path)
      || (g_hash_table_contains (self->by_id, recorded.id)
          && !g_hash_table_remove (self->guessed, recorded.id)))
    {
      bad_log (error, "this run is there already:", path);
      return NULL;
    }

  recorded.tags = (const char *const *) tags;
  run = rnl_run_new_recorded (&recorded, find_parent (self, parents));
  g_hash_table_insert (self->by_path, g_strdup (path), run);
  g_hash_table_replace (self->by_id, (gpointer) rnl_run_get_id (run), g_object_ref (run));

  return run;
}

static gboolean
check_version (JsonObject *state, GError **error)
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

/* Operations */

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

static char *
dup_subject (JsonArray *operations)
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

static gboolean
gather_run (RnlRunLogReader *self, Gathered *gathered, JsonObject *operation, GError **error)
{
  JsonObject *entry = rnl_json_object_get_object (operation, "value");
  gint64 time = rnl_json_object_get_int (operation, "time", 0);
  gboolean root = *gathered->path == '\0';

  if (!root || self->root == NULL)
    {
      if (root && !check_version (entry, error))
        return FALSE;
      gathered->run = read_run (self, gathered->path, entry, time, error);
      if (gathered->run == NULL)
        return FALSE;
      if (root)
        {
          self->root = g_object_ref (gathered->run);
          rnl_trace_header_keep (self->root, rnl_json_object_get_value (entry, "trace"));
        }
    }
  else if (self->next_seq > 0 || self->open->len > 0)
    return bad_log (error, "it begins twice", NULL);
  else
    gathered->run = self->root;

  gathered->event.kind = RNL_EVENT_START;
  if (json_object_has_member (entry, "inputs"))
    json_object_set_member (gathered->data, "input",
                            json_node_ref (json_object_get_member (entry, "inputs")));

  return TRUE;
}

static void
gather_status (RnlRunLogReader *self, Gathered *gathered, const char *status)
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
gather_block (Gathered *gathered, JsonNode *value)
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
gather_custom (Gathered *gathered, JsonObject *custom)
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
gather_member (RnlRunLogReader *self, Gathered *gathered, const char *member, JsonNode *value)
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

static gboolean
gather (RnlRunLogReader *self, Gathered *gathered, JsonObject *operation, GError **error)
{
  const char *path = rnl_json_object_get_string (operation, "path");
  JsonNode *value = operation != NULL ? json_object_get_member (operation, "value") : NULL;
  const char *rest;
  g_autofree char *run_path = NULL;

  if (path == NULL || value == NULL)
    return bad_log (error, "this is no operation of one:", path);

  rest = split_path (path, &run_path);
  g_free (gathered->path);
  gathered->path = g_steal_pointer (&run_path);
  if (*rest == '\0')
    {
      if (!gather_run (self, gathered, operation, error))
        return FALSE;
    }
  else
    {
      gathered->run = g_hash_table_lookup (self->by_path, gathered->path);
      if (gathered->run == NULL)
        return bad_log (error, "there is no run at", path);
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

/* Events */

static gboolean
is_model (RnlRun *run)
{
  RnlRunType type = rnl_run_get_run_type (run);

  return type == RNL_RUN_CHAT_MODEL || type == RNL_RUN_LLM;
}

static GError *
read_error (JsonObject *object)
{
  const char *message = rnl_json_object_get_string (object, "message");
  const char *nick = rnl_json_object_get_string (object, "code");
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_PROVIDER_ERROR);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return value != NULL
           ? g_error_new_literal (RNL_PROVIDER_ERROR, value->value, message != NULL ? message : "")
           : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message != NULL ? message : "");
}

/* The typed members of the event, for listeners that do not read JSON. */
static void
fill_stream (Gathered *gathered, RnlChunk *chunk)
{
  JsonNode *value = json_object_get_member (gathered->data, "chunk");

  if (value == NULL)
    return;
  if (is_model (gathered->run) && JSON_NODE_HOLDS_OBJECT (value))
    {
      rnl_recorded_chunk_read (json_node_get_object (value), chunk);
      gathered->event.chunk = chunk;
    }
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    gathered->event.text = json_node_get_string (value);
  else
    gathered->event.data = value;
}

static void
fill_data (Gathered *gathered, RnlChunk *chunk, GError **failure)
{
  RnlEvent *event = &gathered->event;

  switch (event->kind)
    {
    case RNL_EVENT_START:
      event->data = json_object_get_member (gathered->data, "input");
      break;
    case RNL_EVENT_STREAM:
      fill_stream (gathered, chunk);
      break;
    case RNL_EVENT_CUSTOM:
      event->data = json_object_get_member (gathered->data, "data");
      break;
    case RNL_EVENT_ERROR:
      *failure = read_error (rnl_json_object_get_object (gathered->data, "error"));
      event->error = *failure;
      break;
    case RNL_EVENT_END:
      event->data = json_object_get_member (gathered->data, "output");
      event->input = json_object_get_member (gathered->data, "input");
      break;
    case RNL_EVENT_CANCEL:
    default:
      break;
    }
}

static void
forget_run (RnlRunLogReader *self, RnlRun *run, const char *path)
{
  g_ptr_array_remove (self->open, run);
  g_hash_table_remove (self->by_id, rnl_run_get_id (run));
  g_hash_table_remove (self->by_path, path);
}

static gboolean
emit_gathered (RnlRunLogReader *self, Gathered *gathered, GError **error)
{
  g_autoptr (RnlRun) run = g_object_ref (gathered->run);
  g_autoptr (JsonNode) recorded = json_node_init_object (json_node_alloc (), gathered->data);
  g_autoptr (GError) failure = NULL;
  RnlChunk chunk = { 0 };
  RnlEvent *event = &gathered->event;

  if (event->seq < self->next_seq)
    return bad_log (error, "its events are not in order at", gathered->path);
  self->next_seq = event->seq + 1;
  self->last_time = event->time;
  event->recorded = recorded;
  fill_data (gathered, &chunk, &failure);
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
  g_auto (Gathered) gathered = { .path = g_strdup (""), .data = json_object_new () };
  JsonArray *operations
    = first != NULL && JSON_NODE_HOLDS_ARRAY (first) ? json_node_get_array (first) : NULL;
  JsonObject *operation = operations != NULL && json_array_get_length (operations) > 0
                            ? rnl_json_node_get_object (json_array_get_element (operations, 0))
                            : NULL;

  if (g_strcmp0 (rnl_json_object_get_string (operation, "path"), "") != 0
      || rnl_json_object_get_object (operation, "value") == NULL)
    {
      bad_log (error, "it does not begin with a whole state", NULL);
      return NULL;
    }

  return gather_run (self, &gathered, operation, error) ? self->root : NULL;
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
  g_auto (Gathered) gathered = { .event.kind = RNL_EVENT_STREAM,
                                 .path = g_strdup (""),
                                 .data = json_object_new (),
                                 .duration = -1 };
  JsonArray *operations;

  if (!JSON_NODE_HOLDS_ARRAY (patch))
    return bad_log (error, "a patch is an array", NULL);
  if (self->root == NULL && rnl_run_log_reader_begin (self, patch, error) == NULL)
    return FALSE;

  operations = json_node_get_array (patch);
  gathered.subject = dup_subject (operations);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    if (!gather (self, &gathered, rnl_json_node_get_object (json_array_get_element (operations, i)),
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
