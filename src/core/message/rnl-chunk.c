/* rnl-chunk.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chunk.h"

G_DEFINE_ENUM_TYPE (RnlChunkType,
                    rnl_chunk_type,
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_REASONING, "reasoning"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_REFUSAL, "refusal"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_TOOL_CALL, "tool_call"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_USAGE, "usage"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_FINISH, "finish"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_INFO, "info"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_RAW, "raw"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_ANNOTATION, "annotation"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_REMOTE_CALL, "remote_call"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_REMOTE_RESULT, "remote_result"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (RNL_CHUNK_NOTICE, "notice"))

G_DEFINE_BOXED_TYPE (RnlChunk, rnl_chunk, rnl_chunk_copy, rnl_chunk_free)

/**
 * rnl_chunk_copy:
 * @chunk: a lent chunk
 *
 * Returns: (transfer full): one of our own; its text is terminated by a zero
 */
RnlChunk *
rnl_chunk_copy (const RnlChunk *chunk)
{
  RnlChunk *copy = g_memdup2 (chunk, sizeof *chunk);

  copy->text = chunk->text != NULL ? g_strndup (chunk->text, chunk->length) : NULL;
  copy->id = g_strdup (chunk->id);
  copy->name = g_strdup (chunk->name);

  return copy;
}

/**
 * rnl_chunk_free:
 * @chunk: (transfer full): a copy
 *
 * Frees what [method@Runnel.Chunk.copy] made.
 */
void
rnl_chunk_free (RnlChunk *chunk)
{
  g_free ((char *) chunk->text);
  g_free ((char *) chunk->id);
  g_free ((char *) chunk->name);
  g_free (chunk);
}
