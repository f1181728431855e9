/* rnl-protocol.h: what one wire protocol does differently from the others
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"
#include "rnl-chunk.h"
#include "rnl-endpoint.h"
#include "rnl-frame-parser.h"
#include "rnl-model-info.h"
#include "rnl-request-body.h"

G_BEGIN_DECLS

/**
 * RnlProtocolHeader:
 * @name: of the header
 * @value: of the header
 */
typedef struct
{
  const char *name;
  const char *value;
} RnlProtocolHeader;

/**
 * RnlProtocol:
 * @name: as on the command line and in settings ("openai-chat")
 * @title: for a person
 * @takes_text: whether its models go on with a text instead of answering messages: their runs are
 *   of type `llm`
 * @framing: how a stream's frames are set apart
 * @default_path: the base path of an address that has none
 * @method_paths: (array zero-terminated=1): endings of pasted addresses to cut off
 * @models_path: where the list of models is, relative to the base
 * @key_header: the header that carries the key
 * @key_prefix: what stands before the key in it
 * @headers: (nullable): more headers of every request, ended by an empty one
 * @file_types: (array zero-terminated=1): what the types of files begin with that can be sent
 * @dup_path: where answers are made, relative to the base
 * @build_request: the body of a request
 * @decoder_new: the state of one answer while it is read; the base only carries it
 * @decoder_feed: reads one frame of a stream: @event is its name where the framing has names;
 *   @data is not NUL-terminated. Calls @on_chunk. `FALSE` with an `RNL_PROVIDER_ERROR` ends the
 *   answer: its message is what the server said and nothing else
 * @decoder_feed_whole: reads an answer that came in one piece
 * @decoder_is_done: whether the protocol's own end mark was read: nothing more is worth reading
 * @decoder_end: the last chunks, after the last frame; whether the answer is whole
 * @decoder_free: frees it
 * @parse_models: reads the list of models: `RnlModelInfo`s
 * @show_path: (nullable): where the server says more about one model, relative to the base
 * @build_show: (nullable): the body of that question
 * @parse_show: (nullable): reads the answer into the description; how many tokens of context the
 *   model's own settings want, 0 when they do not say. `FALSE` when it is no such answer
 * @image_tokens: what an image is taken for when a request is estimated, in tokens
 * @dup_count_path: (nullable): where tokens are counted, relative to the base; `NULL` where the
 *   protocol has no endpoint for it
 * @build_count: (nullable): the body of that request, from the body of the one that is counted
 * @count_member: (nullable): the member of the answer that is the count
 *
 * A table of functions and words: the base ([class@Runnel.HttpModel]) does the rest.
 */
typedef struct
{
  const char *name;
  const char *title;
  gboolean takes_text;
  RnlFraming framing;
  const char *default_path;
  const char *const *method_paths;
  const char *models_path;
  const char *key_header;
  const char *key_prefix;
  const RnlProtocolHeader *headers;
  const char *const *file_types;

  char *(*dup_path) (const char *model, gboolean stream);
  RnlRequestBody *(*build_request) (const RnlEndpoint *endpoint,
                                    const char *model,
                                    const RnlChatRequest *request);

  gpointer (*decoder_new) (void);
  gboolean (*decoder_feed) (gpointer decoder,
                            const char *event,
                            const char *data,
                            gsize length,
                            RnlChunkFunc on_chunk,
                            gpointer user_data,
                            GError **error);
  gboolean (*decoder_feed_whole) (gpointer decoder,
                                  const char *data,
                                  gsize length,
                                  RnlChunkFunc on_chunk,
                                  gpointer user_data,
                                  GError **error);
  gboolean (*decoder_is_done) (gpointer decoder);
  gboolean (*decoder_end) (gpointer decoder, RnlChunkFunc on_chunk, gpointer user_data);
  void (*decoder_free) (gpointer decoder);

  GPtrArray *(*parse_models) (JsonNode *node);
  const char *show_path;
  RnlRequestBody *(*build_show) (const char *model);
  gboolean (*parse_show) (JsonNode *node, RnlModelInfo *info, gint64 *wanted_context);

  guint image_tokens;
  char *(*dup_count_path) (const char *model);
  JsonNode *(*build_count) (const char *model, JsonObject *request);
  const char *count_member;
} RnlProtocol;

const RnlProtocol *rnl_protocol_find (const char *name, GError **error);
const char *const *rnl_protocol_list_names (void);

/* Of the protocols that take both. */
extern const char *const rnl_protocol_images_and_pdf[];

extern const RnlProtocol rnl_openai_chat_protocol;
extern const RnlProtocol rnl_openai_responses_protocol;
extern const RnlProtocol rnl_anthropic_protocol;
extern const RnlProtocol rnl_gemini_protocol;
extern const RnlProtocol rnl_ollama_protocol;
extern const RnlProtocol rnl_openai_completions_protocol;

G_END_DECLS
