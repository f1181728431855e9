/* rnl-responses-decoder.c
 *
 * The many small deltas are read in one pass without a tree; json-glib reads what comes once in an
 * item or once in an answer.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-responses-decoder.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-reader.h"
#include "rnl-json-value.h"
#include "rnl-provider-errors.h"
#include "rnl-responses-item.h"

/* More items than this in one answer is a broken or hostile server. */
#define MAX_ITEMS 4096

#define MAX_TYPE 80

typedef struct
{
  RnlJsonReader reader;
  GArray *items; /* of RnlResponsesItem, in order of appearance */
  gint n_calls;
  gboolean named; /* id and model were told */
  gboolean finished;

  /* of the event that is being read */
  RnlChunkFunc on_chunk;
  gpointer user_data;
} Decoder;

/* A delta as one pass over the event finds it. */
typedef struct
{
  char type[MAX_TYPE];
  gint64 index;
  gint64 part;
  const char *delta;
  gsize length;
  const char *id; /* a string of JSON, nullable */
  gsize id_length;
} Delta;

static const RnlDecoderWord finish_words[] = {
  { "completed", RNL_FINISH_STOP },
  { "max_output_tokens", RNL_FINISH_LENGTH },
  { "content_filter", RNL_FINISH_CONTENT_FILTER },
  { "cancelled", RNL_FINISH_CANCELLED },
  { "failed", RNL_FINISH_ERROR },
};

/* Deltas of text, and what they are. */
static const struct
{
  const char *type;
  RnlChunkType chunk;
} text_deltas[] = {
  { "response.output_text.delta", RNL_CHUNK_TEXT },
  { "response.refusal.delta", RNL_CHUNK_REFUSAL },
  { "response.reasoning_summary_text.delta", RNL_CHUNK_REASONING },
  { "response.reasoning_text.delta", RNL_CHUNK_REASONING },
};

/* What says that the response is over. */
static const char *const last_events[]
  = { "response.completed", "response.incomplete", "response.failed", "response.cancelled", NULL };

static void
item_clear (gpointer item)
{
  rnl_responses_item_clear (item);
}

gpointer
rnl_responses_decoder_new (void)
{
  Decoder *self = g_new0 (Decoder, 1);

  rnl_json_reader_init_static (&self->reader, "", 0);
  self->items = g_array_new (FALSE, TRUE, sizeof (RnlResponsesItem));
  g_array_set_clear_func (self->items, item_clear);

  return self;
}

void
rnl_responses_decoder_free (gpointer decoder)
{
  Decoder *self = decoder;

  rnl_json_reader_clear (&self->reader);
  g_array_unref (self->items);
  g_free (self);
}

/* Items. They are known by their index, and by their name where there is none (llama.cpp) or all
 * have the same one; gateways give them another name in each event. */

static RnlResponsesItem *
get_item (Decoder *self, guint position)
{
  return &g_array_index (self->items, RnlResponsesItem, position);
}

static RnlResponsesItem *
find_by_id (Decoder *self, const char *id, gsize length)
{
  for (guint i = self->items->len; id != NULL && i > 0; i--)
    {
      const char *known = get_item (self, i - 1)->id;

      if (known != NULL && strlen (known) == length && memcmp (known, id, length) == 0)
        return get_item (self, i - 1);
    }

  return NULL;
}

static RnlResponsesItem *
find_by_index (Decoder *self, gint64 index)
{
  for (guint i = self->items->len; index >= 0 && i > 0; i--)
    if (get_item (self, i - 1)->index == index)
      return get_item (self, i - 1);

  return NULL;
}

static RnlResponsesItem *
find_item (Decoder *self, gint64 index, const char *id, gsize length)
{
  RnlResponsesItem *found = find_by_id (self, id, length);

  if (found == NULL && index < 0 && id == NULL && self->items->len > 0)
    return get_item (self, self->items->len - 1);

  return found != NULL ? found : find_by_index (self, index);
}

/* Returns: (nullable): an item of which nothing is known yet */
static RnlResponsesItem *
add_item (Decoder *self, gint64 index, const char *id, gsize length)
{
  RnlResponsesItem fresh;

  if (self->items->len >= MAX_ITEMS)
    return NULL;

  rnl_responses_item_init (&fresh, index, id, length);
  g_array_append_val (self->items, fresh);

  return get_item (self, self->items->len - 1);
}

static RnlResponsesItem *
add_named_item (Decoder *self, gint64 index, JsonObject *item)
{
  const char *id = rnl_json_object_get_string (item, "id");

  return add_item (self, index, id, id != NULL ? strlen (id) : 0);
}

static RnlResponsesItem *
find_named_item (Decoder *self, gint64 index, JsonObject *item)
{
  const char *id = rnl_json_object_get_string (item, "id");

  return find_item (self, index, id, id != NULL ? strlen (id) : 0);
}

static void
announce (Decoder *self, RnlResponsesItem *found, JsonObject *item)
{
  if (!found->announced)
    rnl_responses_item_start (found, item, &self->n_calls, self->on_chunk, self->user_data);
}

/* An item that is announced is a new one, unless a delta of it came before. */
static void
start_item (Decoder *self, gint64 index, JsonObject *item)
{
  RnlResponsesItem *found;

  if (item == NULL)
    return;

  found = find_named_item (self, index, item);
  if (found == NULL || found->announced)
    found = add_named_item (self, index, item);
  if (found != NULL)
    announce (self, found, item);
}

static void
say_result (Decoder *self, JsonObject *item)
{
  for (guint i = self->items->len; i > 0; i--)
    if (rnl_responses_item_is_result_of (get_item (self, i - 1), item))
      {
        rnl_responses_item_say_result (get_item (self, i - 1), item, self->on_chunk,
                                       self->user_data);
        return;
      }
}

/* Takes @found, the item as far as it is known. */
static void
complete_item (Decoder *self, RnlResponsesItem *found, gint64 index, JsonObject *item)
{
  if (found == NULL)
    found = add_named_item (self, index, item);
  if (found == NULL || found->done)
    return;

  announce (self, found, item);
  say_result (self, item);
  rnl_responses_item_end (found, item, self->on_chunk, self->user_data);
}

static void
end_item (Decoder *self, gint64 index, JsonObject *item)
{
  RnlResponsesItem *found;

  if (item == NULL)
    return;

  found = find_named_item (self, index, item);
  /* The same index for another item. */
  if (found != NULL && found->done)
    found = NULL;
  complete_item (self, found, index, item);
}

/* One of the items of a response that is over: what was not said of it. */
static void
read_output (Decoder *self, guint position, JsonObject *item)
{
  RnlResponsesItem *found;

  if (item == NULL)
    return;

  found = find_named_item (self, position, item);
  if (found == NULL && position < self->items->len)
    found = get_item (self, position);
  complete_item (self, found, position, item);
}

static void
say_annotation (Decoder *self, JsonObject *event, gint64 index)
{
  JsonObject *annotation = rnl_json_object_get_object (event, "annotation");
  const char *id = rnl_json_object_get_string (event, "item_id");
  RnlResponsesItem *found = find_item (self, index, id, id != NULL ? strlen (id) : 0);

  if (annotation != NULL && found != NULL)
    rnl_responses_item_add_annotation (found, annotation, self->on_chunk, self->user_data);
}

/* The response object. */

static void
read_name (Decoder *self, JsonObject *response)
{
  if (self->named || response == NULL)
    return;

  self->named = TRUE;
  self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_INFO,
                               .id = rnl_json_object_get_string (response, "id"),
                               .name = rnl_json_object_get_string (response, "model") },
                  self->user_data);
}

static void
read_usage (Decoder *self, JsonObject *usage)
{
  RnlChunk chunk = { .type = RNL_CHUNK_USAGE, .usage = RNL_USAGE_INIT };
  JsonObject *input, *output;

  if (usage == NULL)
    return;

  input = rnl_json_object_get_object (usage, "input_tokens_details");
  output = rnl_json_object_get_object (usage, "output_tokens_details");
  chunk.usage.input = rnl_json_object_get_int (usage, "input_tokens", -1);
  chunk.usage.output = rnl_json_object_get_int (usage, "output_tokens", -1);
  chunk.usage.total = rnl_json_object_get_int (usage, "total_tokens", -1);
  chunk.usage.cached_input = rnl_json_object_get_int (input, "cached_tokens", -1);
  chunk.usage.reasoning = rnl_json_object_get_int (output, "reasoning_tokens", -1);
  self->on_chunk (&chunk, self->user_data);
}

static void
read_finish (Decoder *self, JsonObject *response)
{
  JsonObject *details = rnl_json_object_get_object (response, "incomplete_details");
  const char *word = rnl_json_object_get_string (details, "reason");

  if (word == NULL)
    word = rnl_json_object_get_string (response, "status");
  if (word == NULL)
    word = "completed";

  self->finished = TRUE;
  rnl_decoder_emit_finish (finish_words, G_N_ELEMENTS (finish_words), word, self->on_chunk,
                           self->user_data);
}

/* Of what the provider ran and said no more about. */
static void
end_calls (Decoder *self)
{
  for (guint i = 0; i < self->items->len; i++)
    rnl_responses_item_say_result (get_item (self, i), NULL, self->on_chunk, self->user_data);
}

/* What the answer is in the end; what of it was not said before is said now. */
static gboolean
read_response (Decoder *self, JsonObject *response, GError **error)
{
  JsonArray *output = rnl_json_object_get_array (response, "output");
  JsonObject *failure = rnl_json_object_get_object (response, "error");

  read_name (self, response);
  for (guint i = 0; output != NULL && i < json_array_get_length (output); i++)
    read_output (self, i, rnl_json_node_get_object (json_array_get_element (output, i)));
  end_calls (self);
  read_usage (self, rnl_json_object_get_object (response, "usage"));
  if (failure != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), failure);

      g_propagate_error (error, rnl_provider_errors_from_json (node));
      return FALSE;
    }
  read_finish (self, response);

  return TRUE;
}

/* Events. */

static gboolean
read_event (Decoder *self, const char *data, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (data, (gssize) length, NULL);
  JsonObject *event = rnl_json_node_get_object (node);
  const char *type = rnl_json_object_get_string (event, "type");
  JsonObject *response = rnl_json_object_get_object (event, "response");
  JsonObject *item = rnl_json_object_get_object (event, "item");
  gint64 index = rnl_json_object_get_int (event, "output_index", -1);

  if (event == NULL)
    return rnl_decoder_fail_malformed (data, length, error);

  if (g_strcmp0 (type, "response.output_item.added") == 0)
    start_item (self, index, item);
  else if (g_strcmp0 (type, "response.output_item.done") == 0)
    end_item (self, index, item);
  else if (g_strcmp0 (type, "response.output_text.annotation.added") == 0)
    say_annotation (self, event, index);
  else if (type != NULL && g_strv_contains (last_events, type))
    return response == NULL || read_response (self, response, error);
  else if (g_strcmp0 (type, "error") == 0
           || (type == NULL && json_object_has_member (event, "error")))
    {
      g_propagate_error (error, rnl_provider_errors_from_text (data, length));
      return FALSE;
    }
  else
    read_name (self, response);

  return TRUE;
}

static void
read_type (Decoder *self, Delta *delta)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (&self->reader, &text, &length))
    {
      length = MIN (length, MAX_TYPE - 1);
      memcpy (delta->type, text, length);
      delta->type[length] = '\0';
    }
}

static gboolean
find_delta (Decoder *self, const char *data, gsize data_length, Delta *delta)
{
  const char *key;
  gsize length;

  delta->type[0] = '\0';
  delta->index = delta->part = -1;
  delta->delta = delta->id = NULL;
  rnl_json_reader_reset_static (&self->reader, data, data_length);
  if (!rnl_json_reader_enter_object (&self->reader))
    return FALSE;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "type"))
      read_type (self, delta);
    else if (rnl_json_key_is (key, length, "output_index"))
      rnl_json_reader_read_int (&self->reader, &delta->index);
    else if (rnl_json_key_is (key, length, "item_id"))
      rnl_json_reader_read_raw (&self->reader, &delta->id, &delta->id_length);
    else if (rnl_json_key_is (key, length, "content_index")
             || rnl_json_key_is (key, length, "summary_index"))
      rnl_json_reader_read_int (&self->reader, &delta->part);
    else if (rnl_json_key_is (key, length, "delta"))
      rnl_json_reader_read_raw (&self->reader, &delta->delta, &delta->length);
    else
      rnl_json_reader_skip (&self->reader);

  return !rnl_json_reader_is_failed (&self->reader);
}

/* The name stands between quotes. Text is shown even when its item was not announced. */
static RnlResponsesItem *
find_delta_item (Decoder *self, const Delta *delta, gboolean is_text)
{
  gboolean named = delta->id != NULL && delta->id_length >= 2 && *delta->id == '"';
  const char *id = named ? delta->id + 1 : NULL;
  gsize length = named ? delta->id_length - 2 : 0;
  RnlResponsesItem *found = find_item (self, delta->index, id, length);

  return found == NULL && is_text ? add_item (self, delta->index, id, length) : found;
}

/* Returns: whether the event is one of the deltas we show while they come */
static gboolean
read_delta (Decoder *self, const Delta *delta)
{
  RnlResponsesItem *item;
  gboolean arguments = g_str_equal (delta->type, "response.function_call_arguments.delta")
                       || g_str_equal (delta->type, "response.mcp_call_arguments.delta");
  const char *text;
  gsize length, kind = 0;

  while (kind < G_N_ELEMENTS (text_deltas) && !g_str_equal (delta->type, text_deltas[kind].type))
    kind++;
  if (!arguments && kind == G_N_ELEMENTS (text_deltas))
    return FALSE;
  item = find_delta_item (self, delta, !arguments);
  if (item == NULL || delta->delta == NULL)
    return TRUE;

  rnl_json_reader_reset_static (&self->reader, delta->delta, delta->length);
  if (!rnl_json_reader_read_string (&self->reader, &text, &length))
    return TRUE;
  if (arguments)
    rnl_responses_item_add_arguments (item, text, length, self->on_chunk, self->user_data);
  else
    rnl_responses_item_add_text (item, text_deltas[kind].chunk, delta->part, text, length,
                                 self->on_chunk, self->user_data);

  return TRUE;
}

/**
 * rnl_responses_decoder_feed:
 * @decoder: a decoder
 * @event: (nullable): the event's name; `type` in @data says the same
 * @data: one event of the stream, or `[DONE]`
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything the event says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Events of unknown types are passed over; items of unknown types are kept for the next request.
 *
 * Errors: `RNL_PROVIDER_ERROR_PROTOCOL` when it is not JSON; the code of what the server reported
 * in an `error` event or a failed response.
 *
 * Source: OpenAI API reference, "Streaming events" of Responses (types of openai-node 6.49.0).
 *
 * Returns: whether the answer goes on
 */
gboolean
rnl_responses_decoder_feed (gpointer decoder,
                            const char *event,
                            const char *data,
                            gsize length,
                            RnlChunkFunc on_chunk,
                            gpointer user_data,
                            GError **error)
{
  Decoder *self = decoder;
  Delta delta;

  if (self->finished || length == 0 || (length >= 6 && memcmp (data, "[DONE]", 6) == 0))
    return TRUE;

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  if (!find_delta (self, data, length, &delta))
    return rnl_decoder_fail_malformed (data, length, error);

  return read_delta (self, &delta) || read_event (self, data, length, error);
}

/**
 * rnl_responses_decoder_feed_whole:
 * @decoder: a fresh decoder
 * @data: a response object
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Reads an answer that was not streamed into the same chunks.
 *
 * Errors: as [func@Runnel.responses_decoder_feed].
 *
 * Returns: whether it was an answer
 */
gboolean
rnl_responses_decoder_feed_whole (gpointer decoder,
                                  const char *data,
                                  gsize length,
                                  RnlChunkFunc on_chunk,
                                  gpointer user_data,
                                  GError **error)
{
  Decoder *self = decoder;
  g_autoptr (JsonNode) node = rnl_json_strict_parse (data, (gssize) length, NULL);
  JsonObject *response = rnl_json_node_get_object (node);

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  if (rnl_json_object_get_array (response, "output") != NULL)
    return read_response (self, response, error);
  if (response == NULL || rnl_json_object_get_value (response, "error") == NULL)
    return rnl_decoder_fail_malformed (data, length, error);

  g_propagate_error (error, rnl_provider_errors_from_text (data, length));

  return FALSE;
}

gboolean
rnl_responses_decoder_is_done (gpointer decoder)
{
  return ((Decoder *) decoder)->finished;
}

/**
 * rnl_responses_decoder_end:
 * @decoder: a decoder
 * @on_chunk: (scope call): not called: an item that was cut off is not whole
 * @user_data: for @on_chunk
 *
 * Returns: whether the response was completed, or said why it was not
 */
gboolean
rnl_responses_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data)
{
  return ((Decoder *) decoder)->finished;
}
