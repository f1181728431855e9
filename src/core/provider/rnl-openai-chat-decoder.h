/* rnl-openai-chat-decoder.h: answers of Chat Completions, frame by frame
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chunk.h"

G_BEGIN_DECLS

gpointer rnl_openai_chat_decoder_new (void);
gpointer rnl_openai_completions_decoder_new (void);
void rnl_openai_chat_decoder_free (gpointer decoder);

gboolean rnl_openai_chat_decoder_feed (gpointer decoder,
                                       const char *event,
                                       const char *data,
                                       gsize length,
                                       RnlChunkFunc on_chunk,
                                       gpointer user_data,
                                       GError **error);
gboolean rnl_openai_chat_decoder_feed_whole (gpointer decoder,
                                             const char *data,
                                             gsize length,
                                             RnlChunkFunc on_chunk,
                                             gpointer user_data,
                                             GError **error);
gboolean rnl_openai_chat_decoder_is_done (gpointer decoder);
gboolean rnl_openai_chat_decoder_end (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data);

G_END_DECLS
