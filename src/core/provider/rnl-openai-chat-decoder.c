/* rnl-openai-chat-decoder.c
 *
 * One pass over each frame, no tree: the few members that matter are taken as they come, in
 * whatever order they come, and everything else is passed over. What servers do differently from
 * the one that invented the protocol is read, not refused.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-decoder.h"

#include "rnl-decoder.h"
#include "rnl-openai-chat-delta.h"
#include "rnl-openai-chat-usage.h"
#include "rnl-provider-errors.h"

#include <string.h>

typedef struct
{
  RnlJsonReader reader;
  RnlOpenaiChatDelta *delta;

  /* what was said already */
  char *id;
  char *model;
  char *finish;
  RnlUsage usage;

  gboolean done;  /* `[DONE]` was read */
  gboolean whole; /* reading an answer that is not a stream */
  gboolean plain; /* of a server that completes texts: the text is a member of the choice */

  /* of the frame that is being read */
  RnlChunkFunc on_chunk;
  gpointer user_data;
  const char *error; /* borrowed: an error object in the frame */
  gsize error_length;
  gboolean has_choices;
  gboolean has_usage; /* and it is news */
  gboolean is_error;
} Decoder;

/* The words that servers use, and what they mean. Anything else is RNL_FINISH_OTHER. */
static const RnlDecoderWord finish_words[] = {
  { "stop", RNL_FINISH_STOP },
  { "tool_calls", RNL_FINISH_TOOL_CALLS },
  { "length", RNL_FINISH_LENGTH },
  { "content_filter", RNL_FINISH_CONTENT_FILTER },
  { "function_call", RNL_FINISH_TOOL_CALLS },
  { "eos", RNL_FINISH_STOP },
  { "end_turn", RNL_FINISH_STOP },
  { "stop_sequence", RNL_FINISH_STOP },
  { "tool_use", RNL_FINISH_TOOL_CALLS },
  { "max_tokens", RNL_FINISH_LENGTH },
  { "max_output_tokens", RNL_FINISH_LENGTH },
  { "model_length", RNL_FINISH_LENGTH },
  { "model_context_window_exceeded", RNL_FINISH_LENGTH },
  { "sensitive", RNL_FINISH_CONTENT_FILTER },
  { "safety", RNL_FINISH_CONTENT_FILTER },
  { "refusal", RNL_FINISH_CONTENT_FILTER },
  { "error", RNL_FINISH_ERROR },
  { "network_error", RNL_FINISH_ERROR },
  { "insufficient_system_resource", RNL_FINISH_ERROR },
};

gpointer
rnl_openai_chat_decoder_new (void)
{
  Decoder *self = g_new0 (Decoder, 1);

  rnl_json_reader_init_static (&self->reader, "", 0);
  self->delta = rnl_openai_chat_delta_new ();
  self->usage = (RnlUsage) RNL_USAGE_INIT;

  return self;
}

/* Source: OpenAI API reference, "The completion object". */
gpointer
rnl_openai_completions_decoder_new (void)
{
  Decoder *self = rnl_openai_chat_decoder_new ();

  self->plain = TRUE;

  return self;
}

void
rnl_openai_chat_decoder_free (gpointer decoder)
{
  Decoder *self = decoder;

  rnl_json_reader_clear (&self->reader);
  rnl_openai_chat_delta_free (self->delta);
  g_free (self->id);
  g_free (self->model);
  g_free (self->finish);
  g_free (self);
}

/* Why it stopped. */

static void
read_finish (Decoder *self)
{
  const char *word;
  gsize length;

  /* Null in most chunks, and also after the real one, which it does not undo. */
  if (!rnl_json_reader_read_string (&self->reader, &word, &length) || length == 0)
    return;
  if (self->finish != NULL && strlen (self->finish) == length
      && memcmp (self->finish, word, length) == 0)
    return;

  g_free (self->finish);
  self->finish = g_strndup (word, length);
  rnl_decoder_emit_finish (finish_words, G_N_ELEMENTS (finish_words), self->finish, self->on_chunk,
                           self->user_data);
}

/* Errors are rare: only where they stand is noted, and json-glib reads them afterwards. */
static void
read_error (Decoder *self)
{
  RnlJsonTokenType type = rnl_json_reader_peek_type (&self->reader);
  const char *json;
  gsize length;

  if (type != RNL_JSON_OBJECT_START && type != RNL_JSON_STRING && type != RNL_JSON_ARRAY_START)
    rnl_json_reader_skip (&self->reader);
  else if (rnl_json_reader_read_raw (&self->reader, &json, &length) && length > 2)
    {
      self->error = json;
      self->error_length = length;
    }
}

/* Counts. */

static void
read_usage (Decoder *self)
{
  RnlUsage usage;

  if (!rnl_openai_chat_usage_read (&self->reader, &usage)
      || memcmp (&usage, &self->usage, sizeof usage) == 0)
    return;

  self->usage = usage;
  self->has_usage = TRUE;
}

/* Groq's own place for the counts. */
static void
read_x_groq (Decoder *self)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "usage"))
      read_usage (self);
    else if (rnl_json_key_is (key, length, "error"))
      read_error (self);
    else
      rnl_json_reader_skip (&self->reader);
}

/* Choices. */

/* Members of a choice may come in any order, so the text may stand before the number that says
 * whose it is: then it waits. */
typedef struct
{
  gint64 index;
  gboolean has_index;
  const char *delta;
  gsize delta_length;
} Choice;

static void
read_delta (Decoder *self)
{
  /* Only a text that is completed is no object. */
  if (!self->plain && rnl_json_reader_peek_type (&self->reader) == RNL_JSON_STRING)
    rnl_json_reader_skip (&self->reader);
  else
    rnl_openai_chat_delta_read (self->delta, &self->reader, self->on_chunk, self->user_data);
}

static void
read_delta_later (Decoder *self, Choice *choice)
{
  RnlJsonReader outer;

  if (choice->delta == NULL || choice->index != 0)
    return;

  outer = self->reader;
  rnl_json_reader_init_static (&self->reader, choice->delta, choice->delta_length);
  read_delta (self);
  rnl_json_reader_clear (&self->reader);
  self->reader = outer;
}

/* Some servers of chats send `text` beside the `delta`, the same words twice. */
static gboolean
is_answer (Decoder *self, const char *key, gsize length)
{
  if (self->plain)
    return rnl_json_key_is (key, length, "text");

  return rnl_json_key_is (key, length, "delta")
         || (self->whole && rnl_json_key_is (key, length, "message"));
}

static void
read_choice_member (Decoder *self, Choice *choice, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "index"))
    {
      rnl_json_reader_read_int (&self->reader, &choice->index);
      choice->has_index = TRUE;
    }
  else if (choice->index != 0)
    rnl_json_reader_skip (&self->reader);
  else if (is_answer (self, key, length))
    {
      if (choice->has_index)
        read_delta (self);
      else
        rnl_json_reader_read_raw (&self->reader, &choice->delta, &choice->delta_length);
    }
  else if (rnl_json_key_is (key, length, "finish_reason"))
    read_finish (self);
  else if (rnl_json_key_is (key, length, "usage") && !rnl_usage_is_known (&self->usage))
    read_usage (self); /* Moonshot's place for the counts */
  else if (rnl_json_key_is (key, length, "error"))
    read_error (self);
  else
    rnl_json_reader_skip (&self->reader);
}

static void
read_choices (Decoder *self)
{
  const char *key;
  gsize length;

  self->has_choices = TRUE;
  if (!rnl_json_reader_enter_array (&self->reader))
    return;

  while (rnl_json_reader_next_element (&self->reader))
    {
      Choice choice = { 0 };

      if (!rnl_json_reader_enter_object (&self->reader))
        continue;
      while (rnl_json_reader_next_member (&self->reader, &key, &length))
        read_choice_member (self, &choice, key, length);
      read_delta_later (self, &choice);
    }
}

/* Frames. */

/* Some servers give every chunk another id, some an empty one at first: the first real one counts.
 * Returns: whether it is news */
static gboolean
read_name (Decoder *self, char **into)
{
  const char *text;
  gsize length;

  if (*into != NULL)
    {
      rnl_json_reader_skip (&self->reader);
      return FALSE;
    }
  if (!rnl_json_reader_read_string (&self->reader, &text, &length) || length == 0)
    return FALSE;

  *into = g_strndup (text, length);

  return TRUE;
}

static void
read_object_type (Decoder *self)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (&self->reader, &text, &length))
    self->is_error |= rnl_json_key_is (text, length, "error");
}

/* Returns: whether the answer's id or model is news */
static gboolean
read_frame_member (Decoder *self, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "choices"))
    read_choices (self);
  else if (rnl_json_key_is (key, length, "id"))
    return read_name (self, &self->id);
  else if (rnl_json_key_is (key, length, "model"))
    return read_name (self, &self->model);
  else if (rnl_json_key_is (key, length, "usage"))
    read_usage (self);
  else if (rnl_json_key_is (key, length, "object"))
    read_object_type (self);
  else if (rnl_json_key_is (key, length, "error"))
    read_error (self);
  else if (rnl_json_key_is (key, length, "x_groq"))
    read_x_groq (self);
  else if (rnl_json_key_is (key, length, "citations"))
    rnl_openai_chat_delta_read_urls (self->delta, &self->reader);
  else if (rnl_json_key_is (key, length, "search_results"))
    rnl_openai_chat_delta_read_results (self->delta, &self->reader);
  else if (rnl_json_key_is (key, length, "detail") || rnl_json_key_is (key, length, "message"))
    {
      self->is_error |= rnl_json_reader_peek_type (&self->reader) == RNL_JSON_STRING;
      rnl_json_reader_skip (&self->reader);
    }
  else
    rnl_json_reader_skip (&self->reader);

  return FALSE;
}

static void
read_object (Decoder *self)
{
  gboolean news = FALSE;
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (&self->reader))
    return;

  while (rnl_json_reader_next_member (&self->reader, &key, &length))
    news |= read_frame_member (self, key, length);

  if (news)
    self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_INFO, .id = self->id, .name = self->model },
                    self->user_data);
}

/* Google puts what it says about an error into an array of one. */
static void
read_frame (Decoder *self)
{
  if (rnl_json_reader_peek_type (&self->reader) != RNL_JSON_ARRAY_START)
    read_object (self);
  else if (rnl_json_reader_enter_array (&self->reader))
    while (rnl_json_reader_next_element (&self->reader))
      read_object (self);
}

static gboolean
read_data (Decoder *self,
           const char *data,
           gsize length,
           RnlChunkFunc on_chunk,
           gpointer user_data,
           GError **error)
{
  self->on_chunk = on_chunk;
  self->user_data = user_data;
  self->error = NULL;
  self->has_choices = FALSE;
  self->has_usage = FALSE;
  self->is_error = FALSE;

  rnl_json_reader_reset_static (&self->reader, data, length);
  read_frame (self);
  if (rnl_json_reader_is_failed (&self->reader))
    return rnl_decoder_fail_malformed (data, length, error);

  if (self->is_error && !self->has_choices && self->error == NULL)
    {
      self->error = data;
      self->error_length = length;
    }
  if (self->error == NULL)
    {
      rnl_openai_chat_delta_tell (self->delta, self->on_chunk, self->user_data);
      if (self->has_usage)
        self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_USAGE, .usage = self->usage },
                        self->user_data);
      return TRUE;
    }

  /* The counts beside an error are of what was not delivered. */
  g_propagate_error (error, rnl_provider_errors_from_text (self->error, self->error_length));

  return FALSE;
}

/**
 * rnl_openai_chat_decoder_feed:
 * @decoder: a decoder
 * @event: (nullable): the frame's name
 * @data: one frame: a `chat.completion.chunk` object, an error in any shape, or `[DONE]`
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything the frame says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_PROTOCOL` when it is not JSON; the code of what the server reported
 * when it holds an error. What the frame says besides is given first.
 *
 * Source: OpenAI API reference, "The chat completion chunk object"; the differences of other
 * servers as recorded from them.
 *
 * Returns: whether the answer goes on
 */
gboolean
rnl_openai_chat_decoder_feed (gpointer decoder,
                              const char *event,
                              const char *data,
                              gsize length,
                              RnlChunkFunc on_chunk,
                              gpointer user_data,
                              GError **error)
{
  Decoder *self = decoder;

  if (self->done || length == 0)
    return TRUE;
  if (length >= 6 && memcmp (data, "[DONE]", 6) == 0)
    {
      self->done = TRUE;
      return TRUE;
    }
  if (event != NULL && g_str_equal (event, "error"))
    {
      g_propagate_error (error, rnl_provider_errors_from_text (data, length));
      return FALSE;
    }

  return read_data (self, data, length, on_chunk, user_data, error);
}

/**
 * rnl_openai_chat_decoder_feed_whole:
 * @decoder: a fresh decoder
 * @data: a `chat.completion` object, or an error in any shape
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Reads an answer that was not streamed into the same chunks.
 *
 * Errors: as [func@Runnel.openai_chat_decoder_feed].
 *
 * Returns: whether it was an answer
 */
gboolean
rnl_openai_chat_decoder_feed_whole (gpointer decoder,
                                    const char *data,
                                    gsize length,
                                    RnlChunkFunc on_chunk,
                                    gpointer user_data,
                                    GError **error)
{
  Decoder *self = decoder;

  self->whole = TRUE;
  if (!read_data (self, data, length, on_chunk, user_data, error))
    return FALSE;
  if (!self->has_choices)
    return rnl_decoder_fail_malformed (data, length, error);

  self->done = TRUE;

  return TRUE;
}

gboolean
rnl_openai_chat_decoder_is_done (gpointer decoder)
{
  return ((Decoder *) decoder)->done;
}

/**
 * rnl_openai_chat_decoder_end:
 * @decoder: a decoder
 * @on_chunk: (scope call): called for what was left open
 * @user_data: for @on_chunk
 *
 * Says that no more frames come.
 *
 * Returns: whether the answer is whole: `[DONE]` or a finish reason was read. Some servers send
 *   only one of them
 */
gboolean
rnl_openai_chat_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data)
{
  Decoder *self = decoder;

  if (!self->done && self->finish == NULL)
    return FALSE;

  rnl_openai_chat_delta_end (self->delta, on_chunk, user_data);

  return TRUE;
}
