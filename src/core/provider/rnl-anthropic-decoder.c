/* rnl-anthropic-decoder.c
 *
 * The many small deltas are read in one pass without a tree; json-glib reads what comes once in a
 * block or once in an answer.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-anthropic-decoder.h"

#include <string.h>

#include "rnl-anthropic-block.h"
#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-reader.h"
#include "rnl-json-value.h"
#include "rnl-provider-errors.h"

/* More blocks than this in one answer is a broken or hostile server. */
#define MAX_BLOCKS 4096

typedef struct
{
  RnlJsonReader reader;
  GPtrArray *blocks; /* of RnlAnthropicBlock, nullable, by the wire's index */
  RnlAnthropicCalls *calls;
  RnlUsage usage;
  gboolean finished; /* a reason was given */
  gboolean done;

  /* of the event that is being read */
  RnlChunkFunc on_chunk;
  gpointer user_data;
} Decoder;

static const RnlDecoderWord finish_words[] = {
  { "end_turn", RNL_FINISH_STOP },
  { "stop_sequence", RNL_FINISH_STOP },
  { "tool_use", RNL_FINISH_TOOL_CALLS },
  { "max_tokens", RNL_FINISH_LENGTH },
  { "model_context_window_exceeded", RNL_FINISH_LENGTH },
  { "refusal", RNL_FINISH_CONTENT_FILTER },
  { "pause_turn", RNL_FINISH_PAUSED },
};

static void
block_clear (gpointer block)
{
  if (block != NULL)
    rnl_anthropic_block_free (block);
}

gpointer
rnl_anthropic_decoder_new (void)
{
  Decoder *self = g_new0 (Decoder, 1);

  rnl_json_reader_init_static (&self->reader, "", 0);
  self->blocks = g_ptr_array_new_with_free_func (block_clear);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->usage = (RnlUsage) RNL_USAGE_INIT;

  return self;
}

void
rnl_anthropic_decoder_free (gpointer decoder)
{
  Decoder *self = decoder;

  rnl_json_reader_clear (&self->reader);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

/* Deltas. */

static void
read_text_delta (Decoder *self, RnlAnthropicBlock *block, RnlChunkType type)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (&self->reader, &text, &length))
    rnl_anthropic_block_add_text (block, type, text, length, self->on_chunk, self->user_data);
}

static void
read_input_delta (Decoder *self, RnlAnthropicBlock *block)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (&self->reader, &text, &length))
    rnl_anthropic_block_add_input (block, text, length, self->on_chunk, self->user_data);
}

static void
read_citation (Decoder *self, RnlAnthropicBlock *block)
{
  const char *json;
  gsize length;

  if (rnl_json_reader_read_raw (&self->reader, &json, &length))
    rnl_anthropic_block_add_citation (block, json, length, self->on_chunk, self->user_data);
}

/* A signature, or what a block that nobody knows grows by. */
static void
read_member_delta (Decoder *self, RnlAnthropicBlock *block, const char *key, gsize length)
{
  g_autofree char *name = g_strndup (key, length);
  const char *text;
  gsize size;

  if (rnl_json_reader_read_string (&self->reader, &text, &size))
    rnl_anthropic_block_add_member (block, name, text, size);
}

static void
read_delta_member (Decoder *self, RnlAnthropicBlock *block, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "type"))
    rnl_json_reader_skip (&self->reader);
  else if (rnl_json_key_is (key, length, "text"))
    read_text_delta (self, block, RNL_CHUNK_TEXT);
  else if (rnl_json_key_is (key, length, "thinking"))
    read_text_delta (self, block, RNL_CHUNK_REASONING);
  else if (rnl_json_key_is (key, length, "partial_json"))
    read_input_delta (self, block);
  else if (rnl_json_key_is (key, length, "citation"))
    read_citation (self, block);
  else
    read_member_delta (self, block, key, length);
}

static void
read_delta (Decoder *self, RnlAnthropicBlock *block, const char *json, gsize json_length)
{
  const char *key;
  gsize length;

  rnl_json_reader_reset_static (&self->reader, json, json_length);
  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    read_delta_member (self, block, key, length);
}

/* Events that come once. */

static void
read_count (JsonObject *usage, const char *name, gint64 *count)
{
  *count = rnl_json_object_get_int (usage, name, *count);
}

/* The counts at the end complete those at the start; both are of the whole answer. */
static void
read_usage (Decoder *self, JsonObject *usage)
{
  RnlUsage before = self->usage;

  if (usage == NULL)
    return;

  read_count (usage, "input_tokens", &self->usage.input);
  read_count (usage, "output_tokens", &self->usage.output);
  read_count (usage, "cache_read_input_tokens", &self->usage.cached_input);
  read_count (usage, "cache_creation_input_tokens", &self->usage.cache_write);
  if (memcmp (&before, &self->usage, sizeof before) != 0)
    self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_USAGE, .usage = self->usage }, self->user_data);
}

static void
read_message_start (Decoder *self, JsonObject *message)
{
  if (message == NULL)
    return;

  self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_INFO,
                               .id = rnl_json_object_get_string (message, "id"),
                               .name = rnl_json_object_get_string (message, "model") },
                  self->user_data);
  read_usage (self, rnl_json_object_get_object (message, "usage"));
}

/* Servers that translate leave the index out: then it is the newest block. */
static RnlAnthropicBlock *
find_block (Decoder *self, gint64 index)
{
  if (index < 0)
    index = (gint64) self->blocks->len - 1;

  return index >= 0 && index < self->blocks->len ? g_ptr_array_index (self->blocks, index) : NULL;
}

static void
end_block (Decoder *self, guint index, gboolean stopped)
{
  RnlAnthropicBlock *block = g_ptr_array_index (self->blocks, index);

  if (block == NULL)
    return;

  rnl_anthropic_block_end (block, stopped, self->on_chunk, self->user_data);
  block_clear (block);
  self->blocks->pdata[index] = NULL;
}

static void
stop_block (Decoder *self, gint64 index)
{
  if (index < 0)
    index = (gint64) self->blocks->len - 1;
  if (index >= 0 && index < self->blocks->len)
    end_block (self, (guint) index, TRUE);
}

/* Blocks come one behind the other; some servers do not say where one ends. */
static void
end_blocks (Decoder *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    end_block (self, i, FALSE);
}

static void
start_block (Decoder *self, gint64 index, JsonObject *start)
{
  if (index < 0)
    index = self->blocks->len;
  if (start == NULL || index >= MAX_BLOCKS)
    return;

  end_blocks (self);
  if (self->blocks->len <= index)
    g_ptr_array_set_size (self->blocks, (gint) index + 1);
  self->blocks->pdata[index]
    = rnl_anthropic_block_new (start, self->calls, self->on_chunk, self->user_data);
}

/* A block that nobody announced is what grows in it. Returns: (nullable): the block */
static RnlAnthropicBlock *
guess_block (Decoder *self, gint64 index, const char *delta, gsize length)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (delta, (gssize) length, NULL);
  const char *type = rnl_json_object_get_string (rnl_json_node_get_object (node), "type");
  g_autoptr (JsonObject) start = json_object_new ();

  if (g_strcmp0 (type, "text_delta") == 0)
    json_object_set_string_member (start, "type", "text");
  else if (g_strcmp0 (type, "thinking_delta") == 0)
    json_object_set_string_member (start, "type", "thinking");
  else
    return NULL;

  start_block (self, index, start);

  return find_block (self, index);
}

static void
read_stop_reason (Decoder *self, JsonObject *object)
{
  const char *word = rnl_json_object_get_string (object, "stop_reason");

  if (word == NULL)
    return;

  end_blocks (self);
  self->finished = TRUE;
  rnl_decoder_emit_finish (finish_words, G_N_ELEMENTS (finish_words), word, self->on_chunk,
                           self->user_data);
}

static gboolean
read_event (Decoder *self, const char *data, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (data, length, NULL);
  JsonObject *event = rnl_json_node_get_object (node);
  const char *type = event != NULL ? rnl_json_object_get_string (event, "type") : NULL;
  gint64 index;

  if (event == NULL)
    return rnl_decoder_fail_malformed (data, length, error);

  index = rnl_json_object_get_int (event, "index", -1);
  if (g_strcmp0 (type, "message_start") == 0)
    read_message_start (self, rnl_json_object_get_object (event, "message"));
  else if (g_strcmp0 (type, "content_block_start") == 0)
    start_block (self, index, rnl_json_object_get_object (event, "content_block"));
  else if (g_strcmp0 (type, "content_block_stop") == 0)
    stop_block (self, index);
  else if (g_strcmp0 (type, "message_delta") == 0)
    {
      read_usage (self, rnl_json_object_get_object (event, "usage"));
      read_stop_reason (self, rnl_json_object_get_object (event, "delta"));
    }
  else if (g_strcmp0 (type, "message_stop") == 0)
    self->done = TRUE;
  else if (g_strcmp0 (type, "error") == 0 || json_object_has_member (event, "error"))
    {
      g_propagate_error (error, rnl_provider_errors_from_text (data, length));
      return FALSE;
    }

  return TRUE;
}

/* What one pass over an event finds, when it is a delta. */
typedef struct
{
  gboolean is_delta;
  gint64 index;
  const char *delta;
  gsize length;
} Delta;

static gboolean
find_delta (Decoder *self, const char *data, gsize data_length, Delta *delta)
{
  const char *key, *type;
  gsize length, type_length;

  *delta = (Delta){ .index = -1 };
  rnl_json_reader_reset_static (&self->reader, data, data_length);
  if (!rnl_json_reader_enter_object (&self->reader))
    return FALSE;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "type"))
      delta->is_delta = rnl_json_reader_read_string (&self->reader, &type, &type_length)
                        && rnl_json_key_is (type, type_length, "content_block_delta");
    else if (rnl_json_key_is (key, length, "index"))
      rnl_json_reader_read_int (&self->reader, &delta->index);
    else if (rnl_json_key_is (key, length, "delta"))
      rnl_json_reader_read_raw (&self->reader, &delta->delta, &delta->length);
    else
      rnl_json_reader_skip (&self->reader);

  return !rnl_json_reader_is_failed (&self->reader);
}

/**
 * rnl_anthropic_decoder_feed:
 * @decoder: a decoder
 * @event: (nullable): the event's name; `type` in @data says the same
 * @data: one event of the stream, or `[DONE]`, as others say it
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything the event says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Events of unknown types are passed over; blocks of unknown types are kept for the next request.
 *
 * Errors: `RNL_PROVIDER_ERROR_PROTOCOL` when it is not JSON; the code of what the server reported
 * in an `error` event.
 *
 * Source: Anthropic API, "Streaming Messages" (types of @anthropic-ai/sdk 1.10.0).
 *
 * Returns: whether the answer goes on
 */
gboolean
rnl_anthropic_decoder_feed (gpointer decoder,
                            const char *event,
                            const char *data,
                            gsize length,
                            RnlChunkFunc on_chunk,
                            gpointer user_data,
                            GError **error)
{
  Decoder *self = decoder;
  RnlAnthropicBlock *block;
  Delta delta;

  if (self->done || length == 0 || (length >= 6 && memcmp (data, "[DONE]", 6) == 0))
    return TRUE;

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  if (!find_delta (self, data, length, &delta))
    return rnl_decoder_fail_malformed (data, length, error);
  if (!delta.is_delta)
    return read_event (self, data, length, error);

  block = find_block (self, delta.index);
  if (block == NULL && delta.delta != NULL)
    block = guess_block (self, delta.index, delta.delta, delta.length);
  if (block != NULL && delta.delta != NULL)
    read_delta (self, block, delta.delta, delta.length);

  return TRUE;
}

/**
 * rnl_anthropic_decoder_feed_whole:
 * @decoder: a fresh decoder
 * @data: a message object
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Reads an answer that was not streamed into the same chunks.
 *
 * Errors: as [func@Runnel.anthropic_decoder_feed].
 *
 * Returns: whether it was an answer
 */
gboolean
rnl_anthropic_decoder_feed_whole (gpointer decoder,
                                  const char *data,
                                  gsize length,
                                  RnlChunkFunc on_chunk,
                                  gpointer user_data,
                                  GError **error)
{
  Decoder *self = decoder;
  g_autoptr (JsonNode) node = rnl_json_strict_parse (data, length, NULL);
  JsonObject *message = node != NULL ? rnl_json_node_get_object (node) : NULL;
  JsonArray *content = message != NULL ? rnl_json_object_get_array (message, "content") : NULL;

  if (message != NULL && content == NULL && json_object_has_member (message, "error"))
    {
      g_propagate_error (error, rnl_provider_errors_from_text (data, length));
      return FALSE;
    }
  if (content == NULL)
    return rnl_decoder_fail_malformed (data, length, error);

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  read_message_start (self, message);
  for (guint i = 0; i < json_array_get_length (content); i++)
    {
      start_block (self, i, rnl_json_node_get_object (json_array_get_element (content, i)));
      stop_block (self, i);
    }
  read_stop_reason (self, message);
  self->done = TRUE;

  return TRUE;
}

gboolean
rnl_anthropic_decoder_is_done (gpointer decoder)
{
  return ((Decoder *) decoder)->done;
}

/**
 * rnl_anthropic_decoder_end:
 * @decoder: a decoder
 * @on_chunk: (scope call): not called: a block that was cut off is not whole
 * @user_data: for @on_chunk
 *
 * Returns: whether a reason to stop was given
 */
gboolean
rnl_anthropic_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data)
{
  Decoder *self = decoder;

  return self->done || self->finished;
}
