/* rnl-chunk.h: the smallest thing a model says
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message-enums.h"
#include "rnl-usage.h"

G_BEGIN_DECLS

/**
 * RnlChunkType:
 * @RNL_CHUNK_TEXT: @text is more of the answer (may be empty)
 * @RNL_CHUNK_REASONING: @text is more of the thinking
 * @RNL_CHUNK_REFUSAL: @text is more of a refusal
 * @RNL_CHUNK_TOOL_CALL: more of the call @index: its @id and @name where they came, @text a piece
 *   of the arguments' JSON
 * @RNL_CHUNK_USAGE: @usage is the newest snapshot of this call's counts
 * @RNL_CHUNK_FINISH: @finish, with the provider's own word in @text
 * @RNL_CHUNK_INFO: @id is the server's id of the answer, @name the model that answers
 * @RNL_CHUNK_RAW: @text is the JSON object of the item that was just said, whole, as protocol @name
 *   wants it back: of the call @index; with -1, of what was said last; with
 *   %RNL_CHUNK_OF_THOUGHT, of the thinking. It is of nothing shown when nothing was said since the
 *   item before, or no thinking was shown
 * @RNL_CHUNK_ANNOTATION: @text is the JSON object of a citation of the text said last
 * @RNL_CHUNK_REMOTE_CALL: as @RNL_CHUNK_TOOL_CALL, for a tool the provider runs itself
 * @RNL_CHUNK_REMOTE_RESULT: @text is more of what the remote call @index gave; @finish is
 *   %RNL_FINISH_ERROR when it failed
 * @RNL_CHUNK_FILE: @text is a whole file in base 64, @name its type, @id (nullable) its name
 * @RNL_CHUNK_NOTICE: nothing of the answer: something happened on its way that those who wait for
 * it may want to know. @name says what, @text is a JSON object about it. Whoever calls the model
 * makes a custom event of it; it is no part of a message
 *
 * What a chunk carries.
 */
typedef enum
{
  RNL_CHUNK_TEXT,
  RNL_CHUNK_REASONING,
  RNL_CHUNK_REFUSAL,
  RNL_CHUNK_TOOL_CALL,
  RNL_CHUNK_USAGE,
  RNL_CHUNK_FINISH,
  RNL_CHUNK_INFO,
  RNL_CHUNK_RAW,
  RNL_CHUNK_ANNOTATION,
  RNL_CHUNK_REMOTE_CALL,
  RNL_CHUNK_REMOTE_RESULT,
  RNL_CHUNK_FILE,
  RNL_CHUNK_NOTICE,
} RnlChunkType;

#define RNL_TYPE_CHUNK_TYPE (rnl_chunk_type_get_type ())
GType rnl_chunk_type_get_type (void);

/**
 * RNL_CHUNK_OF_THOUGHT:
 *
 * The @index of a %RNL_CHUNK_RAW that belongs to the thinking of the answer, wherever that stood.
 */
#define RNL_CHUNK_OF_THOUGHT (-2)

/**
 * RnlChunk:
 * @type: what it carries
 * @index: which tool call of the message, in order of appearance; decoders give dense numbers from
 *   0 whatever the wire says (-1, missing, repeated), so a fold needs no special case
 * @text: (nullable): bytes of UTF-8, cut between code points, NOT terminated by a zero
 * @length: of @text, in bytes
 * @id: (nullable): see the type
 * @name: (nullable): see the type
 * @finish: for @RNL_CHUNK_FINISH
 * @usage: for @RNL_CHUNK_USAGE
 * @earlier: for @RNL_CHUNK_USAGE: what was known before it, 0 or -1 where nothing was; the
 *   difference is what the chunk adds. Set by who streams the answer, not by who decodes it
 *
 * A chunk is lent for the time of a call: its strings point into the reader's buffer. Who keeps
 * one copies it ([method@Runnel.Chunk.copy]).
 */
typedef struct
{
  RnlChunkType type;
  gint index;
  const char *text;
  gsize length;
  const char *id;
  const char *name;
  RnlFinishReason finish;
  RnlUsage usage;
  RnlUsage earlier;
} RnlChunk;

#define RNL_TYPE_CHUNK (rnl_chunk_get_type ())
GType rnl_chunk_get_type (void);

RnlChunk *rnl_chunk_copy (const RnlChunk *chunk);
void rnl_chunk_free (RnlChunk *chunk);

/**
 * RnlChunkFunc:
 * @chunk: lent for the time of the call
 * @user_data: the closure
 *
 * Called on the main thread, in order.
 */
typedef void (*RnlChunkFunc) (const RnlChunk *chunk, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlChunk, rnl_chunk_free)

G_END_DECLS
