/* rnl-offline-script-ops.c: the chunks of a script, read
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-script-ops.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-offline-tokens.h"
#include "rnl-provider-error.h"

#define MAX_REPEAT 100000000
#define MAX_DELAY  3600000

typedef gboolean (*ReadOp) (JsonNode *node, const char *place, GPtrArray *ops, GError **error);

static void
op_free (RnlOfflineOp *op)
{
  g_clear_pointer (&op->chunk, rnl_chunk_free);
  g_clear_error (&op->error);
  g_clear_pointer (&op->body, g_ptr_array_unref);
  g_free (op);
}

static RnlOfflineOp *
add_op (GPtrArray *ops, RnlOfflineMove move)
{
  RnlOfflineOp *op = g_new0 (RnlOfflineOp, 1);

  op->move = move;
  g_ptr_array_add (ops, op);

  return op;
}

static RnlChunk *
add_chunk (GPtrArray *ops, RnlChunkType type, const char *text, gsize length)
{
  RnlOfflineOp *op = add_op (ops, RNL_OFFLINE_CHUNK);
  RnlChunk chunk = { .type = type, .text = text, .length = length };

  op->chunk = rnl_chunk_copy (&chunk);

  return op->chunk;
}

/**
 * rnl_offline_script_error:
 * @error: return location for an error
 * @place: a JSON pointer
 * @format: what is wrong there
 *
 * Sets `RNL_PROVIDER_ERROR_BAD_REQUEST` with the place before the words.
 */
void
rnl_offline_script_error (GError **error, const char *place, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST, "Script, at %s: %s",
               *place != '\0' ? place : "the top", what);
}

static const char *
get_string (JsonNode *node, const char *place, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  rnl_offline_script_error (error, place, "a string is wanted");

  return NULL;
}

static gboolean
get_count (JsonNode *node, gint64 max, const char *place, gint64 *count, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
      && json_node_get_int (node) >= 0 && json_node_get_int (node) <= max)
    {
      *count = json_node_get_int (node);
      return TRUE;
    }
  rnl_offline_script_error (error, place, "a whole number from 0 to %" G_GINT64_FORMAT " is wanted",
                            max);

  return FALSE;
}

static JsonObject *
get_object (JsonNode *node, const char *const *members, const char *place, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      rnl_offline_script_error (error, place, "an object is wanted");
      return NULL;
    }
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (members, name))
      {
        rnl_offline_script_error (error, place, "there is no member \"%s\"", name);
        return NULL;
      }

  return json_node_get_object (node);
}

static gboolean
read_piece (JsonNode *node, RnlChunkType type, const char *place, GPtrArray *ops, GError **error)
{
  const char *text = get_string (node, place, error);

  if (text == NULL)
    return FALSE;
  add_chunk (ops, type, text, strlen (text));

  return TRUE;
}

static gboolean
read_text (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  return read_piece (node, RNL_CHUNK_TEXT, place, ops, error);
}

static gboolean
read_reasoning (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  return read_piece (node, RNL_CHUNK_REASONING, place, ops, error);
}

static gboolean
read_refusal (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  return read_piece (node, RNL_CHUNK_REFUSAL, place, ops, error);
}

static void
add_tokens (GPtrArray *ops, RnlChunkType type, gint index, const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gsize length = rnl_offline_token_length (text, left);

      add_chunk (ops, type, text, length)->index = index;
      text += length;
      left -= length;
    }
}

static gboolean
read_tokens (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  const char *text = get_string (node, place, error);

  if (text == NULL)
    return FALSE;
  add_tokens (ops, RNL_CHUNK_TEXT, 0, text);

  return TRUE;
}

static gboolean
read_optional (
  JsonObject *object, const char *member, const char *place, const char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *inner = g_strdup_printf ("%s/%s", place, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  *value = get_string (node, inner, error);

  return *value != NULL;
}

static gboolean
read_index (JsonObject *object, const char *place, gint64 *index, GError **error)
{
  g_autofree char *inner = g_strdup_printf ("%s/index", place);

  *index = 0;
  if (!json_object_has_member (object, "index"))
    return TRUE;

  return get_count (json_object_get_member (object, "index"), 1000, inner, index, error);
}

static gboolean
read_tool_call (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  static const char *const members[] = { "index", "id", "name", "arguments", NULL };
  JsonObject *object = get_object (node, members, place, error);
  const char *id, *name, *arguments = NULL;
  gint64 index;
  JsonNode *value;
  RnlChunk *chunk;

  if (object == NULL || !read_index (object, place, &index, error)
      || !read_optional (object, "id", place, &id, error)
      || !read_optional (object, "name", place, &name, error))
    return FALSE;

  value = json_object_get_member (object, "arguments");
  if (value != NULL && !JSON_NODE_HOLDS_OBJECT (value)
      && !read_optional (object, "arguments", place, &arguments, error))
    return FALSE;

  chunk
    = add_chunk (ops, RNL_CHUNK_TOOL_CALL, arguments, arguments != NULL ? strlen (arguments) : 0);
  chunk->index = (gint) index;
  chunk->id = g_strdup (id);
  chunk->name = g_strdup (name);
  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    {
      g_autofree char *json = rnl_json_to_string (value, FALSE);

      add_tokens (ops, RNL_CHUNK_TOOL_CALL, (gint) index, json);
    }

  return TRUE;
}

static gboolean
read_usage (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  static const char *const members[]
    = { "input", "output", "total", "cached_input", "cache_write", "reasoning", NULL };
  JsonObject *object = get_object (node, members, place, error);
  RnlUsage usage = RNL_USAGE_INIT;
  gint64 *const counts[] = { &usage.input,        &usage.output,      &usage.total,
                             &usage.cached_input, &usage.cache_write, &usage.reasoning };

  if (object == NULL)
    return FALSE;
  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonNode *count = json_object_get_member (object, members[i]);
      g_autofree char *inner = g_strdup_printf ("%s/%s", place, members[i]);

      if (count != NULL && !get_count (count, G_MAXINT64, inner, counts[i], error))
        return FALSE;
    }
  add_chunk (ops, RNL_CHUNK_USAGE, NULL, 0)->usage = usage;

  return TRUE;
}

static void
add_finish (GPtrArray *ops, const char *word)
{
  gint finish = RNL_FINISH_OTHER;

  rnl_enum_from_nick (RNL_TYPE_FINISH_REASON, word, &finish);
  add_chunk (ops, RNL_CHUNK_FINISH, word, strlen (word))->finish = (RnlFinishReason) finish;
}

static gboolean
read_finish (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  const char *word;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      add_op (ops, RNL_OFFLINE_END);
      return TRUE;
    }
  word = get_string (node, place, error);
  if (word == NULL)
    return FALSE;
  add_finish (ops, word);

  return TRUE;
}

static gboolean
read_delay (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  gint64 delay;

  if (!get_count (node, MAX_DELAY, place, &delay, error))
    return FALSE;
  add_op (ops, RNL_OFFLINE_WAIT)->wait_ms = (guint) delay;

  return TRUE;
}

static gboolean
read_error_details (JsonObject *object,
                    const char *place,
                    RnlProviderErrorDetails *details,
                    GError **error)
{
  JsonNode *status = json_object_get_member (object, "status");
  JsonNode *retry = json_object_get_member (object, "retry_after_ms");
  g_autofree char *status_place = g_strdup_printf ("%s/status", place);
  g_autofree char *retry_place = g_strdup_printf ("%s/retry_after_ms", place);
  gint64 number;

  if (status != NULL)
    {
      if (!get_count (status, 999, status_place, &number, error))
        return FALSE;
      details->status = (guint) number;
    }
  if (retry != NULL && !get_count (retry, MAX_DELAY, retry_place, &details->retry_after_ms, error))
    return FALSE;

  return TRUE;
}

static gboolean
read_error (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  static const char *const members[] = { "code", "message", "status", "retry_after_ms", NULL };
  JsonObject *object = get_object (node, members, place, error);
  g_autoptr (GError) scripted = NULL;
  const char *word, *message;
  gint code = RNL_PROVIDER_ERROR_FAILED;

  if (object == NULL || !read_optional (object, "code", place, &word, error)
      || !read_optional (object, "message", place, &message, error))
    return FALSE;
  if (word != NULL && !rnl_enum_from_nick (RNL_TYPE_PROVIDER_ERROR, word, &code))
    {
      rnl_offline_script_error (error, place, "there is no error code \"%s\"", word);
      return FALSE;
    }

  scripted = rnl_provider_error_new ((RnlProviderError) code, "%s",
                                     message != NULL ? message : "The script says it failed.");
  if (!read_error_details (object, place, rnl_provider_error_get_details (scripted), error))
    return FALSE;
  add_op (ops, RNL_OFFLINE_FAIL)->error = g_steal_pointer (&scripted);

  return TRUE;
}

static gboolean
get_true (JsonNode *node, const char *place, GError **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
      && json_node_get_boolean (node))
    return TRUE;
  rnl_offline_script_error (error, place, "only true makes sense here");

  return FALSE;
}

static gboolean
read_reset (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  if (!get_true (node, place, error))
    return FALSE;
  add_op (ops, RNL_OFFLINE_FAIL)->error = rnl_provider_error_new (
    RNL_PROVIDER_ERROR_NETWORK, "The connection broke in the middle of the answer.");

  return TRUE;
}

static gboolean
read_hang (JsonNode *node, const char *place, GPtrArray *ops, GError **error)
{
  if (!get_true (node, place, error))
    return FALSE;
  add_op (ops, RNL_OFFLINE_HANG);

  return TRUE;
}

static const struct
{
  const char *name;
  ReadOp read;
} readers[] = {
  { "text", read_text },       { "tokens", read_tokens },       { "reasoning", read_reasoning },
  { "refusal", read_refusal }, { "tool_call", read_tool_call }, { "usage", read_usage },
  { "finish", read_finish },   { "delay", read_delay },         { "error", read_error },
  { "reset", read_reset },     { "hang", read_hang },
};

static GPtrArray *parse_ops (JsonNode *node, const char *place, guint nesting, GError **error);

static gboolean
read_repeat (JsonNode *node, const char *place, guint nesting, GPtrArray *ops, GError **error)
{
  static const char *const members[] = { "repeat", "chunks", NULL };
  JsonObject *object = get_object (node, members, place, error);
  g_autofree char *times_place = g_strdup_printf ("%s/repeat", place);
  g_autofree char *body_place = g_strdup_printf ("%s/chunks", place);
  g_autoptr (GPtrArray) body = NULL;
  RnlOfflineOp *op;
  gint64 times;

  if (object == NULL
      || !get_count (json_object_get_member (object, "repeat"), MAX_REPEAT, times_place, &times,
                     error))
    return FALSE;
  body = parse_ops (json_object_get_member (object, "chunks"), body_place, nesting + 1, error);
  if (body == NULL)
    return FALSE;

  op = add_op (ops, RNL_OFFLINE_CHUNK);
  op->times = (guint64) times;
  op->body = g_steal_pointer (&body);

  return TRUE;
}

static gboolean
read_op (JsonNode *node, const char *place, guint nesting, GPtrArray *ops, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *inner = NULL;

  if (object != NULL && json_object_has_member (object, "repeat"))
    return read_repeat (node, place, nesting, ops, error);

  if (object == NULL || json_object_get_size (object) != 1)
    {
      rnl_offline_script_error (error, place, "an object with one member is wanted");
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (json_object_has_member (object, readers[i].name))
      {
        inner = g_strdup_printf ("%s/%s", place, readers[i].name);
        return readers[i].read (json_object_get_member (object, readers[i].name), inner, ops,
                                error);
      }
  rnl_offline_script_error (error, place, "there is no chunk of this kind");

  return FALSE;
}

static GPtrArray *
parse_ops (JsonNode *node, const char *place, guint nesting, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) op_free);
  JsonArray *array;

  if (nesting > RNL_OFFLINE_SCRIPT_MAX_NESTING)
    {
      rnl_offline_script_error (error, place, "repeats are nested more than %d deep",
                                RNL_OFFLINE_SCRIPT_MAX_NESTING);
      return NULL;
    }
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      rnl_offline_script_error (error, place, "an array of chunks is wanted");
      return NULL;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s/%u", place, i);

      if (!read_op (json_array_get_element (array, i), inner, nesting, ops, error))
        return NULL;
    }

  return g_steal_pointer (&ops);
}

/**
 * rnl_offline_ops_parse:
 * @chunks: (nullable): an array of chunks
 * @place: where it stands, as a JSON pointer
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST`, with the place.
 *
 * Returns: (transfer full) (nullable) (element-type RnlOfflineOp): what to play
 */
GPtrArray *
rnl_offline_ops_parse (JsonNode *chunks, const char *place, GError **error)
{
  return parse_ops (chunks, place, 0, error);
}

/**
 * rnl_offline_ops_end:
 * @ops: what was parsed
 *
 * Adds the reason to stop where the script leaves it out: "tool_calls" after tool calls, else
 * "stop". A script that ends by itself (finish, error, reset, hang) is left alone.
 */
void
rnl_offline_ops_end (GPtrArray *ops)
{
  gboolean calls = FALSE;

  for (guint i = 0; i < ops->len; i++)
    {
      RnlOfflineOp *op = g_ptr_array_index (ops, i);

      if (op->move != RNL_OFFLINE_CHUNK && op->move != RNL_OFFLINE_WAIT)
        return;
      if (op->chunk == NULL)
        continue;
      if (op->chunk->type == RNL_CHUNK_FINISH)
        return;
      calls |= op->chunk->type == RNL_CHUNK_TOOL_CALL;
    }
  add_finish (ops, calls ? "tool_calls" : "stop");
}
