/* rnl-decoder.h: what the decoders of all protocols need
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chunk.h"

G_BEGIN_DECLS

/**
 * RnlDecoderWord:
 * @word: a provider's word for why it stopped
 * @reason: what it means
 */
typedef struct
{
  const char *word;
  RnlFinishReason reason;
} RnlDecoderWord;

void rnl_decoder_emit_text (
  RnlChunkType type, const char *text, gsize length, RnlChunkFunc on_chunk, gpointer user_data);
void rnl_decoder_emit_raw (
  const char *protocol, gint index, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data);
void
rnl_decoder_emit_annotation (JsonObject *annotation, RnlChunkFunc on_chunk, gpointer user_data);
char *rnl_decoder_dup_result (JsonNode *content);
void rnl_decoder_emit_result (
  gint index, const char *text, gboolean failed, RnlChunkFunc on_chunk, gpointer user_data);
void rnl_decoder_emit_data_uri (const char *uri, RnlChunkFunc on_chunk, gpointer user_data);
void rnl_decoder_emit_finish (const RnlDecoderWord *words,
                              gsize n_words,
                              const char *word,
                              RnlChunkFunc on_chunk,
                              gpointer user_data);
gboolean rnl_decoder_fail_malformed (const char *data, gsize length, GError **error);

G_END_DECLS
