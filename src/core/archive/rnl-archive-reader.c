/* rnl-archive-reader.c
 *
 * The document is read by tokens. A list at its top, or the list "chats" of ours, is taken apart:
 * each element becomes a tree that is dropped before the next one. Any other object is one
 * conversation by itself.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-reader.h"

#include <string.h>

#include "rnl-archive-chatgpt.h"
#include "rnl-archive-claude.h"
#include "rnl-archive-error.h"
#include "rnl-archive-json.h"
#include "rnl-archive-members.h"
#include "rnl-json-tree-private.h"

#define PIECE (256 * 1024)

struct _RnlArchiveReader
{
  /* owned */
  GInputStream *stream;
  char *name;
  char *piece;
  RnlJsonReader reader;
  RnlJsonTree tree;
  RnlJsonTree header; /* of ours: what stands before the chats */

  /* borrowed */
  RnlArchiveFiles *files;

  guint list_depth; /* of the elements' list, 0 before it has begun */
  gboolean chats_next;
  gboolean list_ended;
  gboolean in_element;
  gboolean done;
  guint n_read;
  guint64 position;
  guint64 element_start;
};

/**
 * rnl_archive_reader_new:
 * @stream: JSON
 * @name: what a person calls it, for errors
 * @files: (nullable): what lay beside it; outlives the reader
 *
 * Returns: (transfer full): a reader before the first conversation
 */
RnlArchiveReader *
rnl_archive_reader_new (GInputStream *stream, const char *name, RnlArchiveFiles *files)
{
  RnlArchiveReader *self = g_new0 (RnlArchiveReader, 1);

  self->stream = g_object_ref (stream);
  self->name = g_strdup (name);
  self->piece = g_malloc (PIECE);
  self->files = files;
  rnl_json_reader_init (&self->reader);
  self->reader.unbounded = TRUE;
  rnl_json_tree_init (&self->tree);
  rnl_json_tree_init (&self->header);

  return self;
}

void
rnl_archive_reader_free (RnlArchiveReader *self)
{
  rnl_json_reader_clear (&self->reader);
  rnl_json_tree_clear (&self->tree);
  rnl_json_tree_clear (&self->header);
  g_object_unref (self->stream);
  g_free (self->name);
  g_free (self->piece);
  g_free (self);
}

/* Returns: how many bytes of the file have been read */
guint64
rnl_archive_reader_get_position (const RnlArchiveReader *self)
{
  return self->position;
}

/* Says where in the file, and in which conversation, an error is. */
static void
place_error (RnlArchiveReader *self, GError **error)
{
  if (error == NULL || *error == NULL || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->list_depth > 0)
    g_prefix_error (error, "%s, conversation %u: ", self->name, self->n_read + 1);
  else
    g_prefix_error (error, "%s: ", self->name);
}

/* Feeds the next bytes, or says that there are none. */
static gboolean
feed (RnlArchiveReader *self, GCancellable *cancellable, GError **error)
{
  gssize n = g_input_stream_read (self->stream, self->piece, PIECE, cancellable, error);

  if (n < 0)
    return FALSE;
  if (n == 0)
    rnl_json_reader_end (&self->reader);
  else
    rnl_json_reader_feed (&self->reader, self->piece, (gsize) n);
  self->position += (guint64) n;

  return TRUE;
}

static gboolean
check_syntax (RnlArchiveReader *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (rnl_json_reader_check (&self->reader, &failure))
    return TRUE;

  g_set_error_literal (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN, failure->message);

  return FALSE;
}

/* What is held must not grow without end. */
static gboolean
check_size (RnlArchiveReader *self, GError **error)
{
  if (self->position - self->element_start <= RNL_ARCHIVE_MAX_CHAT)
    return TRUE;

  g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_HOSTILE,
               "one conversation is larger than %d MB", RNL_ARCHIVE_MAX_CHAT / (1024 * 1024));

  return FALSE;
}

static gboolean
check_header (JsonNode *header, GError **error)
{
  JsonObject *object
    = header != NULL && JSON_NODE_HOLDS_OBJECT (header) ? json_node_get_object (header) : NULL;

  if (object == NULL || g_strcmp0 (rnl_archive_string (object, "format"), RNL_ARCHIVE_FORMAT) != 0)
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_UNKNOWN,
                   "a list of chats without the format “%s” before it", RNL_ARCHIVE_FORMAT);
      return FALSE;
    }
  if (rnl_archive_int (object, "version", 0) > RNL_ARCHIVE_VERSION)
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_NEWER,
                   "it was written by a newer Runnel (version %d of the format, this one knows up "
                   "to %d)",
                   (int) rnl_archive_int (object, "version", 0), RNL_ARCHIVE_VERSION);
      return FALSE;
    }

  return TRUE;
}

/* What a token is at the top of the document.
 *
 * Returns: whether that may be */
static gboolean
take_top (RnlArchiveReader *self, const RnlJsonToken *token, guint depth, GError **error)
{
  if (token->type == RNL_JSON_ARRAY_START && depth == 1)
    {
      self->list_depth = 1;
      return TRUE;
    }
  if (token->type == RNL_JSON_ARRAY_START && depth == 2 && self->chats_next)
    {
      self->list_depth = 2;
      return check_header (rnl_json_tree_peek (&self->header), error);
    }
  if (depth == 0 && token->type != RNL_JSON_OBJECT_END)
    {
      g_set_error_literal (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_UNKNOWN,
                           "neither a list of conversations nor one of them");
      return FALSE;
    }

  self->chats_next = token->type == RNL_JSON_KEY && depth == 1
                     && rnl_json_key_is (token->text, token->len, "chats");
  if (!self->chats_next)
    (void) rnl_json_tree_push (&self->header, token);

  return check_size (self, error);
}

/* What a token is among the elements.
 *
 * Returns: whether an element is complete with it */
static gboolean
take_element (RnlArchiveReader *self, const RnlJsonToken *token, guint depth, GError **error)
{
  if (!self->in_element)
    {
      self->list_ended = self->list_ended || depth < self->list_depth;
      if (self->list_ended)
        return FALSE;
      self->in_element = TRUE;
      self->element_start = self->position;
      rnl_json_tree_reset (&self->tree);
    }
  (void) rnl_json_tree_push (&self->tree, token);
  if (self->position - self->element_start > RNL_ARCHIVE_MAX_CHAT)
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_HOSTILE, "it is larger than %d MB",
                   RNL_ARCHIVE_MAX_CHAT / (1024 * 1024));
      return FALSE;
    }
  if (depth > self->list_depth
      || ((token->type == RNL_JSON_STRING || token->type == RNL_JSON_KEY) && !token->final))
    return FALSE;

  self->in_element = FALSE;

  return TRUE;
}

/* Returns: (transfer full) (nullable): the tree of the next conversation; NULL without an error at
 * the end */
static JsonNode *
next_tree (RnlArchiveReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (!self->done && failure == NULL)
    {
      RnlJsonToken token;
      RnlJsonTokenType type = rnl_json_reader_next (&self->reader, &token);
      guint depth = rnl_json_reader_get_depth (&self->reader);

      if (type == RNL_JSON_NEED_MORE)
        {
          if (!feed (self, cancellable, error))
            return NULL;
        }
      else if (type == RNL_JSON_DONE)
        {
          self->done = TRUE;
          if (self->list_depth == 0)
            return rnl_json_tree_steal (&self->header);
        }
      else if (!check_syntax (self, &failure))
        break;
      else if (self->list_depth == 0)
        take_top (self, &token, depth, &failure);
      else if (take_element (self, &token, depth, &failure))
        return rnl_json_tree_steal (&self->tree);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static RnlArchiveChat *
convert (RnlArchiveReader *self, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (rnl_archive_object (object, "mapping") != NULL)
    return rnl_archive_chatgpt_read (object, self->files, error);
  if (rnl_archive_array (object, "chat_messages") != NULL)
    return rnl_archive_claude_read (object, self->files, error);
  if (rnl_archive_array (object, "messages") != NULL)
    return rnl_archive_chat_from_json (object, error);

  g_set_error_literal (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_UNKNOWN,
                       "this is no conversation of Runnel, ChatGPT or Claude");

  return NULL;
}

/**
 * rnl_archive_reader_next:
 * @self: a reader
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Blocks; belongs on a thread of its own.
 *
 * Errors: `RNL_ARCHIVE_ERROR`, with the place; those of the stream
 *
 * Returns: (transfer full) (nullable): the next conversation; `NULL` without an error at the end
 */
RnlArchiveChat *
rnl_archive_reader_next (RnlArchiveReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) tree = next_tree (self, cancellable, &failure);
  RnlArchiveChat *chat = tree != NULL ? convert (self, tree, &failure) : NULL;

  if (failure != NULL)
    {
      place_error (self, &failure);
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  self->n_read += chat != NULL;

  return chat;
}
