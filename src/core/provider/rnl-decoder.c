/* rnl-decoder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-decoder.h"

#include "rnl-provider-error.h"

#define MAX_QUOTED 120

/**
 * rnl_decoder_find_word:
 * @words: (array length=n_words): the words a protocol has
 * @n_words: how many
 * @word: the one that came
 *
 * Returns: what it means, `RNL_FINISH_OTHER` when nobody knows
 */
RnlFinishReason
rnl_decoder_find_word (const RnlDecoderWord *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      return words[i].reason;

  return RNL_FINISH_OTHER;
}

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
