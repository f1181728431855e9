/* rnl-decoder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-decoder.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-provider-error.h"

#define MAX_QUOTED 120

/* What is shown of the result of a tool that ran elsewhere. */
#define MAX_RESULT (64 * 1024)

/**
 * rnl_decoder_emit_text:
 * @type: text, reasoning or a refusal
 * @text: its bytes
 * @length: of @text; nothing is said for 0
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_text (
  RnlChunkType type, const char *text, gsize length, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = type, .text = text, .length = length };

  if (length > 0)
    on_chunk (&chunk, user_data);
}

static void
emit_object (RnlChunk *chunk, JsonObject *object, RnlChunkFunc on_chunk, gpointer user_data)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = rnl_json_to_string (node, FALSE);

  chunk->text = text;
  chunk->length = strlen (text);
  on_chunk (chunk, user_data);
}

/**
 * rnl_decoder_emit_raw:
 * @protocol: who understands the item
 * @index: the call it is of, -1 for what was said last, or `RNL_CHUNK_OF_THOUGHT`
 * @item: what has to go back, verbatim
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_raw (
  const char *protocol, gint index, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = RNL_CHUNK_RAW, .index = index, .name = protocol };

  emit_object (&chunk, item, on_chunk, user_data);
}

/**
 * rnl_decoder_emit_annotation:
 * @annotation: a citation of the text said last
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_annotation (JsonObject *annotation, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = RNL_CHUNK_ANNOTATION, .index = -1 };

  emit_object (&chunk, annotation, on_chunk, user_data);
}

/**
 * rnl_decoder_emit_result:
 * @index: a call that ran at the provider
 * @text: (nullable): what it gave; of a very long one the beginning is told, for all of it goes
 *   back as an item all the same
 * @failed: whether it says what went wrong
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_result (
  gint index, const char *text, gboolean failed, RnlChunkFunc on_chunk, gpointer user_data)
{
  const char *whole = text != NULL ? text : "";
  g_autofree char *shown = g_utf8_make_valid (whole, (gssize) MIN (strlen (whole), MAX_RESULT));
  RnlChunk chunk = { .type = RNL_CHUNK_REMOTE_RESULT,
                     .index = index,
                     .text = shown,
                     .length = strlen (shown),
                     .finish = failed ? RNL_FINISH_ERROR : RNL_FINISH_NONE };

  on_chunk (&chunk, user_data);
}

/**
 * rnl_decoder_emit_finish:
 * @words: (array length=n_words): the words a protocol has
 * @n_words: how many
 * @word: the one that came; `RNL_FINISH_OTHER` when nobody knows what it means
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_finish (const RnlDecoderWord *words,
                         gsize n_words,
                         const char *word,
                         RnlChunkFunc on_chunk,
                         gpointer user_data)
{
  RnlChunk chunk = {
    .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_OTHER, .text = word, .length = strlen (word)
  };

  for (gsize i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      {
        chunk.finish = words[i].reason;
        break;
      }
  on_chunk (&chunk, user_data);
}

/**
 * rnl_decoder_fail_malformed:
 * @data: what came and cannot be read
 * @length: of @data in bytes
 * @error: return location for an error
 *
 * Sets `RNL_PROVIDER_ERROR_PROTOCOL` with the beginning of it.
 *
 * Returns: `FALSE`
 */
gboolean
rnl_decoder_fail_malformed (const char *data, gsize length, GError **error)
{
  g_autofree char *piece = g_utf8_make_valid (data, (gssize) MIN (length, MAX_QUOTED));
  GError *failure
    = rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL, "what came is not JSON: “%s%s”", piece,
                              length > MAX_QUOTED ? "…" : "");

  rnl_provider_error_get_details (failure)->body
    = g_utf8_make_valid (data, (gssize) MIN (length, RNL_PROVIDER_ERROR_MAX_BODY / 4));
  g_propagate_error (error, failure);

  return FALSE;
}
