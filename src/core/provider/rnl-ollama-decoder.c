/* rnl-ollama-decoder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-ollama-decoder.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-json-reader.h"
#include "rnl-provider-errors.h"

typedef struct
{
  RnlJsonReader reader;
  gint n_calls;
  gboolean named; /* the model's name was told */
  gboolean done;

  /* of the line that is being read */
  RnlChunkFunc on_chunk;
  gpointer user_data;
  RnlUsage usage;
  char *finish;
  gboolean is_error;
  gboolean is_last;
} Decoder;

/* Calls end with "stop", too. */
static const RnlDecoderWord finish_words[] = {
  { "stop", RNL_FINISH_STOP },
  { "length", RNL_FINISH_LENGTH },
};

gpointer
rnl_ollama_decoder_new (void)
{
  Decoder *self = g_new0 (Decoder, 1);

  rnl_json_reader_init_static (&self->reader, "", 0);

  return self;
}

void
rnl_ollama_decoder_free (gpointer decoder)
{
  Decoder *self = decoder;

  rnl_json_reader_clear (&self->reader);
  g_free (self->finish);
  g_free (self);
}

static void
read_text (Decoder *self, RnlChunkType type)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (&self->reader, &text, &length))
    rnl_decoder_emit_text (type, text, length, self->on_chunk, self->user_data);
}

/* A call; the id may stand before the function or behind it. */
typedef struct
{
  char *id;
  char *name;
  char *arguments;
} Call;

static void
call_clear (Call *call)
{
  g_free (call->id);
  g_free (call->name);
  g_free (call->arguments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

/* A value, not text; models have been seen to write the text into a string. */
static char *
dup_arguments (RnlJsonReader *reader)
{
  RnlJsonTokenType type = rnl_json_reader_peek_type (reader);

  if (type == RNL_JSON_STRING)
    return rnl_json_reader_dup_string (reader);
  if (type == RNL_JSON_OBJECT_START)
    return rnl_json_reader_dup_value_json (reader);
  rnl_json_reader_skip (reader);

  return NULL;
}

/* `{name, arguments: {...}}` */
static void
read_function (Decoder *self, Call *call)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "name") && call->name == NULL)
      call->name = rnl_json_reader_dup_string (&self->reader);
    else if (rnl_json_key_is (key, length, "arguments") && call->arguments == NULL)
      call->arguments = dup_arguments (&self->reader);
    else
      rnl_json_reader_skip (&self->reader);
}

static void
read_call (Decoder *self)
{
  RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL };
  g_auto (Call) call = { NULL };
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "id") && call.id == NULL)
      call.id = rnl_json_reader_dup_string (&self->reader);
    else if (rnl_json_key_is (key, length, "function"))
      read_function (self, &call);
    else
      rnl_json_reader_skip (&self->reader);

  if (call.name == NULL || rnl_json_reader_is_failed (&self->reader))
    return;
  chunk.index = self->n_calls++;
  chunk.id = call.id;
  chunk.name = call.name;
  chunk.text = call.arguments;
  chunk.length = call.arguments != NULL ? strlen (call.arguments) : 0;
  self->on_chunk (&chunk, self->user_data);
}

static void
read_calls (Decoder *self)
{
  if (!rnl_json_reader_enter_array (&self->reader))
    return;

  while (rnl_json_reader_next_element (&self->reader))
    read_call (self);
}

/* A line with thinking has an empty text before it. */
static void
read_message (Decoder *self)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "content"))
      read_text (self, RNL_CHUNK_TEXT);
    else if (rnl_json_key_is (key, length, "thinking"))
      read_text (self, RNL_CHUNK_REASONING);
    else if (rnl_json_key_is (key, length, "tool_calls"))
      read_calls (self);
    else
      rnl_json_reader_skip (&self->reader);
}

static void
read_model (Decoder *self)
{
  g_autofree char *name = self->named ? NULL : rnl_json_reader_dup_string (&self->reader);

  if (self->named)
    rnl_json_reader_skip (&self->reader);
  if (name == NULL)
    return;

  self->named = TRUE;
  self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_INFO, .name = name }, self->user_data);
}

/* Only that there is one: json-glib reads it afterwards. */
static void
read_error (Decoder *self)
{
  const char *json;
  gsize length;

  if (rnl_json_reader_peek_type (&self->reader) == RNL_JSON_NULL)
    rnl_json_reader_skip (&self->reader);
  else if (rnl_json_reader_read_raw (&self->reader, &json, &length))
    self->is_error |= length > 2;
}

static void
read_member (Decoder *self, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "message"))
    read_message (self);
  else if (rnl_json_key_is (key, length, "model"))
    read_model (self);
  else if (rnl_json_key_is (key, length, "done"))
    rnl_json_reader_read_boolean (&self->reader, &self->is_last);
  else if (rnl_json_key_is (key, length, "done_reason") && self->finish == NULL)
    self->finish = rnl_json_reader_dup_string (&self->reader);
  else if (rnl_json_key_is (key, length, "prompt_eval_count"))
    rnl_json_reader_read_int (&self->reader, &self->usage.input);
  else if (rnl_json_key_is (key, length, "eval_count"))
    rnl_json_reader_read_int (&self->reader, &self->usage.output);
  else if (rnl_json_key_is (key, length, "error"))
    read_error (self);
  else
    rnl_json_reader_skip (&self->reader);
}

/* Servers of 2024 do not say why. */
static void
end_answer (Decoder *self)
{
  self->done = TRUE;
  if (rnl_usage_is_known (&self->usage))
    self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_USAGE, .usage = self->usage }, self->user_data);
  if (self->finish == NULL)
    self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_STOP },
                    self->user_data);
  else
    rnl_decoder_emit_finish (finish_words, G_N_ELEMENTS (finish_words), self->finish,
                             self->on_chunk, self->user_data);
}

/**
 * rnl_ollama_decoder_feed:
 * @decoder: a decoder
 * @event: (nullable): not used: lines have no names
 * @data: one line: `{model, message: {content, thinking, tool_calls}, done, done_reason,
 *   prompt_eval_count, eval_count}`, or `{error}`
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything the line says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_PROTOCOL` when it is not JSON; the code of what the server reported
 * when it holds an error.
 *
 * Source: Ollama API, "Generate a chat message" (types of ollama-js 0.6.4).
 *
 * Returns: whether the answer goes on
 */
gboolean
rnl_ollama_decoder_feed (gpointer decoder,
                         const char *event,
                         const char *data,
                         gsize length,
                         RnlChunkFunc on_chunk,
                         gpointer user_data,
                         GError **error)
{
  Decoder *self = decoder;
  const char *key;
  gsize key_length;

  if (self->done)
    return TRUE;

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  self->usage = (RnlUsage) RNL_USAGE_INIT;
  self->is_error = FALSE;
  self->is_last = FALSE;
  g_clear_pointer (&self->finish, g_free);
  rnl_json_reader_reset_static (&self->reader, data, length);
  if (rnl_json_reader_enter_object (&self->reader))
    while (rnl_json_reader_next_member (&self->reader, &key, &key_length))
      read_member (self, key, key_length);

  if (rnl_json_reader_is_failed (&self->reader))
    return rnl_decoder_fail_malformed (data, length, error);
  if (self->is_error)
    {
      g_propagate_error (error, rnl_provider_errors_from_text (data, length));
      return FALSE;
    }
  if (self->is_last)
    end_answer (self);

  return TRUE;
}

/**
 * rnl_ollama_decoder_feed_whole:
 * @decoder: a fresh decoder
 * @data: the one object of an answer that was not streamed
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Errors: as [func@Runnel.ollama_decoder_feed].
 *
 * Returns: whether it was an answer
 */
gboolean
rnl_ollama_decoder_feed_whole (gpointer decoder,
                               const char *data,
                               gsize length,
                               RnlChunkFunc on_chunk,
                               gpointer user_data,
                               GError **error)
{
  return rnl_ollama_decoder_feed (decoder, NULL, data, length, on_chunk, user_data, error)
         && (rnl_ollama_decoder_is_done (decoder)
             || rnl_decoder_fail_malformed (data, length, error));
}

gboolean
rnl_ollama_decoder_is_done (gpointer decoder)
{
  return ((Decoder *) decoder)->done;
}

/**
 * rnl_ollama_decoder_end:
 * @decoder: a decoder
 * @on_chunk: (scope call): not called: nothing is ever left open
 * @user_data: for @on_chunk
 *
 * Returns: whether the last line, the one that says `done`, was read
 */
gboolean
rnl_ollama_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data)
{
  return ((Decoder *) decoder)->done;
}
