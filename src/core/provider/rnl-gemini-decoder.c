/* rnl-gemini-decoder.c
 *
 * A frame is a whole response object. One that is only a piece of text is read as it lies there;
 * for the others there is a tree. The protocol has no mark for its end: the reason to stop is the
 * last thing that has to come.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-gemini-decoder.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-gemini-plain.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-provider-errors.h"

#define PROTOCOL "gemini"

typedef struct
{
  RnlJsonReader reader;
  RnlUsage usage;
  char *finish;          /* the last reason that was given */
  JsonObject *sources;   /* nullable: the newest grounding */
  JsonObject *citations; /* nullable: the newest citations */
  gint n_calls;
  gint remote; /* the call that runs at the provider, -1 for none */
  gboolean named;
  gboolean over; /* nothing that could be read will come */

  /* of the frame that is being read */
  RnlChunkFunc on_chunk;
  gpointer user_data;
} Decoder;

static const RnlDecoderWord finish_words[] = {
  { "STOP", RNL_FINISH_STOP },
  { "MAX_TOKENS", RNL_FINISH_LENGTH },
  { "SAFETY", RNL_FINISH_CONTENT_FILTER },
  { "RECITATION", RNL_FINISH_CONTENT_FILTER },
  { "BLOCKLIST", RNL_FINISH_CONTENT_FILTER },
  { "PROHIBITED_CONTENT", RNL_FINISH_CONTENT_FILTER },
  { "SPII", RNL_FINISH_CONTENT_FILTER },
  { "LANGUAGE", RNL_FINISH_CONTENT_FILTER },
  { "IMAGE_SAFETY", RNL_FINISH_CONTENT_FILTER },
  { "IMAGE_PROHIBITED_CONTENT", RNL_FINISH_CONTENT_FILTER },
  { "IMAGE_RECITATION", RNL_FINISH_CONTENT_FILTER },
  { "MALFORMED_FUNCTION_CALL", RNL_FINISH_ERROR },
  { "MALFORMED_RESPONSE", RNL_FINISH_ERROR },
  { "MISSING_THOUGHT_SIGNATURE", RNL_FINISH_ERROR },
  { "TOO_MANY_TOOL_CALLS", RNL_FINISH_ERROR },
  { "UNEXPECTED_TOOL_CALL", RNL_FINISH_ERROR },
};

gpointer
rnl_gemini_decoder_new (void)
{
  Decoder *self = g_new0 (Decoder, 1);

  rnl_json_reader_init_static (&self->reader, "", 0);
  self->usage = (RnlUsage) RNL_USAGE_INIT;
  self->remote = -1;

  return self;
}

void
rnl_gemini_decoder_free (gpointer decoder)
{
  Decoder *self = decoder;

  rnl_json_reader_clear (&self->reader);
  g_free (self->finish);
  g_clear_pointer (&self->sources, json_object_unref);
  g_clear_pointer (&self->citations, json_object_unref);
  g_free (self);
}

/* Parts. */

static char *
to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return rnl_json_to_string (node, FALSE);
}

static void
say_raw (Decoder *self, JsonObject *item, gint call)
{
  rnl_decoder_emit_raw (PROTOCOL, call, item, self->on_chunk, self->user_data);
}

/* Of text and files the signature is all that has to be remembered. */
static void
say_signature (Decoder *self, JsonObject *part)
{
  const char *signature = rnl_json_object_get_string (part, "thoughtSignature");
  g_autoptr (JsonObject) item = NULL;

  if (signature == NULL)
    return;

  item = json_object_new ();
  json_object_set_string_member (item, "thoughtSignature", signature);
  say_raw (self, item, -1);
}

static void
say_text (Decoder *self, JsonObject *part, const char *text)
{
  gboolean thought = rnl_json_object_get_boolean (part, "thought", FALSE);

  rnl_decoder_emit_text (thought ? RNL_CHUNK_REASONING : RNL_CHUNK_TEXT, text, strlen (text),
                         self->on_chunk, self->user_data);
  say_signature (self, part);
}

static void
say_call (
  Decoder *self, JsonObject *part, JsonObject *call, const char *name, JsonObject *arguments)
{
  gboolean remote = !json_object_has_member (part, "functionCall");
  g_autofree char *text = arguments != NULL ? to_text (arguments) : NULL;
  RnlChunk chunk = { .type = remote ? RNL_CHUNK_REMOTE_CALL : RNL_CHUNK_TOOL_CALL,
                     .index = self->n_calls++,
                     .id = rnl_json_object_get_string (call, "id"),
                     .name = name,
                     .text = text };

  chunk.length = text != NULL ? strlen (text) : 0;
  self->on_chunk (&chunk, self->user_data);
  if (remote)
    self->remote = chunk.index;
  say_raw (self, part, chunk.index);
}

static void
say_result (Decoder *self, JsonObject *part, const char *text, gboolean failed)
{
  if (self->remote >= 0)
    rnl_decoder_emit_result (self->remote, text, failed, self->on_chunk, self->user_data);
  self->remote = -1;
  say_raw (self, part, -1);
}

static void
say_file (Decoder *self, JsonObject *part, JsonObject *data)
{
  const char *content = rnl_json_object_get_string (data, "data");
  const char *type = rnl_json_object_get_string (data, "mimeType");
  RnlChunk chunk = { .type = RNL_CHUNK_FILE, .text = content, .name = type };

  if (content == NULL || type == NULL)
    return;

  chunk.length = strlen (content);
  self->on_chunk (&chunk, self->user_data);
  say_signature (self, part);
}

static void
read_part (Decoder *self, JsonObject *part)
{
  const char *text = rnl_json_object_get_string (part, "text");
  JsonObject *object;

  if (text != NULL)
    say_text (self, part, text);
  else if ((object = rnl_json_object_get_object (part, "functionCall")) != NULL)
    say_call (self, part, object, rnl_json_object_get_string (object, "name"),
              rnl_json_object_get_object (object, "args"));
  else if ((object = rnl_json_object_get_object (part, "executableCode")) != NULL)
    say_call (self, part, object, "code_execution", object);
  else if ((object = rnl_json_object_get_object (part, "toolCall")) != NULL)
    say_call (self, part, object, rnl_json_object_get_string (object, "toolType"),
              rnl_json_object_get_object (object, "args"));
  else if ((object = rnl_json_object_get_object (part, "codeExecutionResult")) != NULL)
    say_result (self, part, rnl_json_object_get_string (object, "output"),
                g_strcmp0 (rnl_json_object_get_string (object, "outcome"), "OUTCOME_OK") != 0);
  else if ((object = rnl_json_object_get_object (part, "toolResponse")) != NULL)
    say_result (self, part, NULL, FALSE);
  else if ((object = rnl_json_object_get_object (part, "inlineData")) != NULL)
    say_file (self, part, object);
  else if (json_object_get_size (part) > 0)
    say_raw (self, part, -1);
}

/* Candidates. */

static void
read_content (Decoder *self, JsonObject *content)
{
  JsonArray *parts = rnl_json_object_get_array (content, "parts");

  if (content == NULL)
    return;
  /* Not even the first and the last frame look like this: the answer has gone wrong. */
  if (parts == NULL && json_object_get_size (content) > 0
      && !json_object_has_member (content, "role"))
    self->over = TRUE;
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = rnl_json_node_get_object (json_array_get_element (parts, i));

      if (part != NULL)
        read_part (self, part);
    }
}

static void
read_finish (Decoder *self, const char *word)
{
  if (word == NULL || g_strcmp0 (word, self->finish) == 0)
    return;

  g_free (self->finish);
  self->finish = g_strdup (word);
  rnl_decoder_emit_finish (finish_words, G_N_ELEMENTS (finish_words), word, self->on_chunk,
                           self->user_data);
}

/* They come again with each frame: the last word counts. */
static void
keep_newest (JsonObject **kept, JsonObject *newest)
{
  if (newest == NULL)
    return;

  g_clear_pointer (kept, json_object_unref);
  *kept = json_object_ref (newest);
}

static void
keep_sources (Decoder *self, JsonObject *candidate)
{
  JsonObject *grounding = rnl_json_object_get_object (candidate, "groundingMetadata");

  if (rnl_json_object_get_array (grounding, "groundingChunks") != NULL)
    keep_newest (&self->sources, grounding);
  keep_newest (&self->citations, rnl_json_object_get_object (candidate, "citationMetadata"));
}

static void
read_candidates (Decoder *self, JsonArray *candidates)
{
  for (guint i = 0; candidates != NULL && i < json_array_get_length (candidates); i++)
    {
      JsonObject *candidate = rnl_json_node_get_object (json_array_get_element (candidates, i));

      if (rnl_json_object_get_int (candidate, "index", 0) != 0)
        continue;
      read_content (self, rnl_json_object_get_object (candidate, "content"));
      keep_sources (self, candidate);
      read_finish (self, rnl_json_object_get_string (candidate, "finishReason"));
    }
}

static void
say_source (Decoder *self, const char *address, const char *title)
{
  g_autoptr (JsonObject) annotation = NULL;

  if (address == NULL)
    return;

  annotation = json_object_new ();
  json_object_set_string_member (annotation, "type", "url_citation");
  json_object_set_string_member (annotation, "url", address);
  if (title != NULL)
    json_object_set_string_member (annotation, "title", title);
  rnl_decoder_emit_annotation (annotation, self->on_chunk, self->user_data);
}

/* Where an answer was looked up: a page, a file of one's own, a place, a picture. */
static void
say_grounding (Decoder *self, JsonObject *chunk)
{
  static const char *const kinds[] = { "web", "retrievedContext", "maps", "image" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *source = rnl_json_object_get_object (chunk, kinds[i]);
      const char *address = rnl_json_object_get_string (source, "uri");

      if (address == NULL)
        address = rnl_json_object_get_string (source, "sourceUri");
      say_source (self, address, rnl_json_object_get_string (source, "title"));
    }
}

/* What a text repeats; the list goes by two names. */
static void
say_citations (Decoder *self)
{
  JsonArray *citations = rnl_json_object_get_array (self->citations, "citations");

  if (citations == NULL)
    citations = rnl_json_object_get_array (self->citations, "citationSources");
  for (guint i = 0; citations != NULL && i < json_array_get_length (citations); i++)
    {
      JsonObject *source = rnl_json_node_get_object (json_array_get_element (citations, i));

      say_source (self, rnl_json_object_get_string (source, "uri"),
                  rnl_json_object_get_string (source, "title"));
    }
}

static void
say_sources (Decoder *self)
{
  JsonArray *chunks = rnl_json_object_get_array (self->sources, "groundingChunks");

  for (guint i = 0; chunks != NULL && i < json_array_get_length (chunks); i++)
    say_grounding (self, rnl_json_node_get_object (json_array_get_element (chunks, i)));
  say_citations (self);
  g_clear_pointer (&self->sources, json_object_unref);
  g_clear_pointer (&self->citations, json_object_unref);
}

/* The rest of a frame. */

static void
say_usage (Decoder *self, const RnlUsage *counts)
{
  if (memcmp (counts, &self->usage, sizeof *counts) == 0)
    return;

  self->usage = *counts;
  self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_USAGE, .usage = *counts }, self->user_data);
}

static void
read_usage (Decoder *self, JsonObject *usage)
{
  RnlUsage counts = RNL_USAGE_INIT;

  if (usage == NULL)
    return;

  counts.input = rnl_json_object_get_int (usage, "promptTokenCount", -1);
  counts.output = rnl_json_object_get_int (usage, "candidatesTokenCount", -1);
  counts.total = rnl_json_object_get_int (usage, "totalTokenCount", -1);
  counts.reasoning = rnl_json_object_get_int (usage, "thoughtsTokenCount", -1);
  counts.cached_input = rnl_json_object_get_int (usage, "cachedContentTokenCount", -1);
  say_usage (self, &counts);
}

static void
read_name (Decoder *self, JsonObject *frame)
{
  const char *id = rnl_json_object_get_string (frame, "responseId");
  const char *model = rnl_json_object_get_string (frame, "modelVersion");

  if (self->named || (id == NULL && model == NULL))
    return;

  self->named = TRUE;
  self->on_chunk (&(RnlChunk){ .type = RNL_CHUNK_INFO, .id = id, .name = model }, self->user_data);
}

/* The question itself was refused. */
static void
read_feedback (Decoder *self, JsonObject *feedback)
{
  const char *word = rnl_json_object_get_string (feedback, "blockReason");
  RnlChunk chunk = { .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_CONTENT_FILTER, .text = word };

  if (word == NULL || self->over)
    return;

  self->over = TRUE;
  chunk.length = strlen (word);
  self->on_chunk (&chunk, self->user_data);
}

static void
read_frame (Decoder *self, JsonObject *frame)
{
  read_name (self, frame);
  read_candidates (self, rnl_json_object_get_array (frame, "candidates"));
  read_usage (self, rnl_json_object_get_object (frame, "usageMetadata"));
  read_feedback (self, rnl_json_object_get_object (frame, "promptFeedback"));
}

/* Returns: whether that was all of the frame */
static gboolean
read_plain (Decoder *self, const char *data, gsize length)
{
  RnlGeminiPlain plain;
  const char *text;
  gsize size;

  /* The first frame also says whose answer it is. */
  if (!self->named || !rnl_gemini_plain_read (&plain, &self->reader, data, length))
    return FALSE;

  rnl_json_reader_reset_static (&self->reader, plain.text, plain.length);
  if (!rnl_json_reader_read_string (&self->reader, &text, &size))
    return FALSE;
  rnl_decoder_emit_text (plain.thought ? RNL_CHUNK_REASONING : RNL_CHUNK_TEXT, text, size,
                         self->on_chunk, self->user_data);
  if (plain.has_usage)
    say_usage (self, &plain.usage);

  return TRUE;
}

static gboolean
read_response (Decoder *self, JsonNode *node, GError **error)
{
  JsonObject *frame = rnl_json_node_get_object (node);

  if (rnl_json_object_get_value (frame, "error") != NULL)
    {
      g_propagate_error (error, rnl_provider_errors_from_json (node));
      return FALSE;
    }
  if (frame != NULL)
    read_frame (self, frame);

  return TRUE;
}

/* Without `alt=sse` the frames are the elements of one array; so is a late error. */
static gboolean
read_whole (Decoder *self, const char *data, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (data, (gssize) length, NULL);
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL && rnl_json_node_get_object (node) == NULL)
    return rnl_decoder_fail_malformed (data, length, error);
  if (array == NULL)
    return read_response (self, node, error);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_response (self, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

/**
 * rnl_gemini_decoder_feed:
 * @decoder: a decoder
 * @event: (nullable): not used: events have no names
 * @data: a `GenerateContentResponse`, or `{error}`
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_PROTOCOL` when it is not JSON; the code of what the server reported
 * when it holds an error.
 *
 * Source: Gemini API, "streamGenerateContent" (types of @google/genai 2.32.0).
 *
 * Returns: whether the answer goes on
 */
gboolean
rnl_gemini_decoder_feed (gpointer decoder,
                         const char *event,
                         const char *data,
                         gsize length,
                         RnlChunkFunc on_chunk,
                         gpointer user_data,
                         GError **error)
{
  Decoder *self = decoder;

  self->on_chunk = on_chunk;
  self->user_data = user_data;

  return read_plain (self, data, length) || read_whole (self, data, length, error);
}

/**
 * rnl_gemini_decoder_feed_whole:
 * @decoder: a fresh decoder
 * @data: a `GenerateContentResponse`, an array of them, or `{error}`
 * @length: of @data in bytes
 * @on_chunk: (scope call): called for everything it says
 * @user_data: for @on_chunk
 * @error: return location for an error
 *
 * Errors: as [func@Runnel.gemini_decoder_feed].
 *
 * Returns: whether it was an answer
 */
gboolean
rnl_gemini_decoder_feed_whole (gpointer decoder,
                               const char *data,
                               gsize length,
                               RnlChunkFunc on_chunk,
                               gpointer user_data,
                               GError **error)
{
  Decoder *self = decoder;

  if (!rnl_gemini_decoder_feed (decoder, NULL, data, length, on_chunk, user_data, error))
    return FALSE;

  return self->finish != NULL || self->over || rnl_decoder_fail_malformed (data, length, error);
}

gboolean
rnl_gemini_decoder_is_done (gpointer decoder)
{
  return ((Decoder *) decoder)->over;
}

/**
 * rnl_gemini_decoder_end:
 * @decoder: a decoder
 * @on_chunk: (scope call): told of the sources
 * @user_data: for @on_chunk
 *
 * Returns: whether a reason to stop was given
 */
gboolean
rnl_gemini_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data)
{
  Decoder *self = decoder;

  self->on_chunk = on_chunk;
  self->user_data = user_data;
  say_sources (self);

  return self->finish != NULL || self->over;
}
