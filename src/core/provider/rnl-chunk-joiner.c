/* rnl-chunk-joiner.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chunk-joiner.h"

/**
 * RnlChunkJoiner:
 *
 * Joins the pieces of a text, a thought or a call into one chunk each, and hands it on when another
 * one begins. What is no piece of anything passes at once; only the finish waits for what was said
 * before it.
 */
struct _RnlChunkJoiner
{
  /* owned */
  RnlChunk *pending; /* its text is in @text */
  GString *text;

  /* borrowed */
  RnlChunkFunc func;
  gpointer user_data;
};

/**
 * rnl_chunk_joiner_new:
 * @func: (scope notified) (closure user_data): gets the joined chunks
 * @user_data: for @func
 *
 * Returns: (transfer full): a joiner
 */
RnlChunkJoiner *
rnl_chunk_joiner_new (RnlChunkFunc func, gpointer user_data)
{
  RnlChunkJoiner *self = g_new0 (RnlChunkJoiner, 1);

  self->text = g_string_new (NULL);
  self->func = func;
  self->user_data = user_data;

  return self;
}

void
rnl_chunk_joiner_free (RnlChunkJoiner *self)
{
  g_clear_pointer (&self->pending, rnl_chunk_free);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * rnl_chunk_joiner_flush:
 * @self: a joiner
 *
 * Hands on what waits for more.
 */
void
rnl_chunk_joiner_flush (RnlChunkJoiner *self)
{
  g_autoptr (RnlChunk) pending = g_steal_pointer (&self->pending);
  RnlChunk chunk;

  if (pending == NULL)
    return;

  chunk = *pending;
  chunk.text = self->text->str;
  chunk.length = self->text->len;
  self->func (&chunk, self->user_data);
  g_string_truncate (self->text, 0);
}

static gboolean
is_piece (const RnlChunk *chunk)
{
  return chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REASONING
         || chunk->type == RNL_CHUNK_REFUSAL || chunk->type == RNL_CHUNK_TOOL_CALL;
}

static gboolean
goes_on (RnlChunkJoiner *self, const RnlChunk *chunk)
{
  return self->pending != NULL && self->pending->type == chunk->type
         && self->pending->index == chunk->index
         && (chunk->id == NULL || g_strcmp0 (chunk->id, self->pending->id) == 0)
         && (chunk->name == NULL || g_strcmp0 (chunk->name, self->pending->name) == 0);
}

/**
 * rnl_chunk_joiner_feed:
 * @self: a joiner
 * @chunk: the next chunk
 */
void
rnl_chunk_joiner_feed (RnlChunkJoiner *self, const RnlChunk *chunk)
{
  if (!is_piece (chunk))
    {
      if (chunk->type != RNL_CHUNK_USAGE && chunk->type != RNL_CHUNK_INFO)
        rnl_chunk_joiner_flush (self);
      self->func (chunk, self->user_data);
      return;
    }
  /* An empty piece says nothing that the whole would not. */
  if (chunk->length == 0 && chunk->type != RNL_CHUNK_TOOL_CALL)
    return;

  if (!goes_on (self, chunk))
    {
      RnlChunk bare = *chunk;

      rnl_chunk_joiner_flush (self);
      bare.text = NULL;
      bare.length = 0;
      self->pending = rnl_chunk_copy (&bare);
    }
  if (chunk->length > 0)
    g_string_append_len (self->text, chunk->text, (gssize) chunk->length);
}
