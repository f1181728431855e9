/* rnl-chunk-filter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chunk-filter.h"

#include <string.h>

#include "rnl-secret-filter.h"

struct _RnlChunkFilter
{
  RnlSecretFilter *secrets; /* owned; NULL: there is nothing to look for */
  RnlChunkFunc func;
  gpointer user_data;

  /* what the text that is held back belongs to */
  RnlChunkType type;
  gint index;
};

/**
 * rnl_chunk_filter_new:
 * @secrets: (array zero-terminated=1): what no chunk may tell
 * @func: where chunks go
 * @user_data: for @func
 *
 * Servers have been seen to repeat the key they were asked with. What a model says is kept, so the
 * key is taken out of it, also when it is cut into several chunks.
 *
 * Returns: (transfer full): a filter
 */
RnlChunkFilter *
rnl_chunk_filter_new (const char *const *secrets, RnlChunkFunc func, gpointer user_data)
{
  RnlChunkFilter *self = g_new0 (RnlChunkFilter, 1);

  self->secrets = rnl_secret_filter_new (secrets);
  self->func = func;
  self->user_data = user_data;

  return self;
}

void
rnl_chunk_filter_free (RnlChunkFilter *self)
{
  g_clear_pointer (&self->secrets, rnl_secret_filter_free);
  g_free (self);
}

/**
 * rnl_chunk_filter_flush:
 * @self: a filter
 *
 * Gives on what was held back and is no secret after all.
 */
void
rnl_chunk_filter_flush (RnlChunkFilter *self)
{
  RnlChunk chunk = { .type = self->type, .index = self->index };

  if (self->secrets == NULL || !rnl_secret_filter_holds (self->secrets))
    return;
  chunk.text = rnl_secret_filter_flush (self->secrets, &chunk.length);
  self->func (&chunk, self->user_data);
}

/* More of the same may follow, so that a secret may be cut. */
static gboolean
is_piece (const RnlChunk *chunk)
{
  switch ((gint) chunk->type)
    {
    case RNL_CHUNK_TEXT:
    case RNL_CHUNK_REASONING:
    case RNL_CHUNK_REFUSAL:
    case RNL_CHUNK_TOOL_CALL:
    case RNL_CHUNK_REMOTE_CALL:
    case RNL_CHUNK_REMOTE_RESULT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* An id or a name; @copy owns what is returned when it is another word. */
static const char *
clean_word (RnlChunkFilter *self, const char *word, char **copy)
{
  gsize length;
  const char *clean;

  if (word == NULL)
    return NULL;
  clean = rnl_secret_filter_whole (self->secrets, word, strlen (word), &length);
  *copy = g_strndup (clean, length);

  return *copy;
}

/**
 * rnl_chunk_filter_feed:
 * @self: a filter
 * @chunk: the next chunk
 *
 * Gives a chunk on, without secrets.
 */
void
rnl_chunk_filter_feed (RnlChunkFilter *self, const RnlChunk *chunk)
{
  RnlChunk clean = *chunk;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (self->secrets == NULL)
    {
      self->func (chunk, self->user_data);
      return;
    }
  if (!is_piece (chunk) || chunk->type != self->type || chunk->index != self->index)
    rnl_chunk_filter_flush (self);
  clean.id = clean_word (self, chunk->id, &id);
  clean.name = clean_word (self, chunk->name, &name);
  if (chunk->text != NULL && !is_piece (chunk))
    clean.text = rnl_secret_filter_whole (self->secrets, chunk->text, chunk->length, &clean.length);
  else if (chunk->text != NULL)
    {
      self->type = chunk->type;
      self->index = chunk->index;
      clean.text
        = rnl_secret_filter_feed (self->secrets, chunk->text, chunk->length, &clean.length);
    }
  if (clean.length > 0 || chunk->length == 0 || chunk->id != NULL || chunk->name != NULL)
    self->func (&clean, self->user_data);
}
