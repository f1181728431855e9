/* rnl-message-fold-marks.c: where the blocks of an answer begin and end
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-fold-private.h"

#include "rnl-json-value.h"
#include "rnl-part-extra.h"

/* What is known of the block of a tool call. */
enum
{
  CALL_UNSEEN = -1,
  CALL_FINISHED = -2,
};

static RnlBlockMark *
add_mark (RnlMessageFold *self, RnlBlockPhase phase, guint index, RnlPartType type)
{
  RnlBlockMark mark = { .phase = phase, .index = index, .type = type };

  if (self->marks == NULL)
    {
      self->marks = g_array_new (FALSE, FALSE, sizeof (RnlBlockMark));
      g_array_set_clear_func (self->marks, (GDestroyNotify) rnl_block_mark_clear);
    }
  g_array_append_val (self->marks, mark);

  return &g_array_index (self->marks, RnlBlockMark, self->marks->len - 1);
}

/* Text and thinking: the fold's open part says it all. */
static void
mark_open_part (RnlMessageFold *self)
{
  if (self->open == self->marked)
    return;

  if (self->marked != NULL)
    add_mark (self, RNL_BLOCK_FINISH, self->marked_index, self->marked_type)->text
      = g_strdup (rnl_message_fold_peek_text (self, self->marked));
  self->marked = self->open;
  if (self->marked == NULL)
    return;
  self->marked_index = self->n_blocks++;
  self->marked_type = rnl_part_get_part_type (self->marked);
  add_mark (self, RNL_BLOCK_START, self->marked_index, self->marked_type);
}

static void
describe_call (RnlBlockMark *mark, RnlPart *part)
{
  mark->remote = rnl_part_is_remote (part);
  mark->call_id = g_strdup (rnl_part_get_call_id (part));
  mark->name = g_strdup (rnl_part_get_name (part));
}

static gint *
call_block (RnlMessageFold *self, guint index)
{
  static const gint unseen = CALL_UNSEEN;

  if (self->call_blocks == NULL)
    self->call_blocks = g_array_new (FALSE, FALSE, sizeof (gint));
  while (self->call_blocks->len <= index)
    g_array_append_val (self->call_blocks, unseen);

  return &g_array_index (self->call_blocks, gint, index);
}

static void
start_call (RnlMessageFold *self, guint index)
{
  gint *block = call_block (self, index);

  if (*block != CALL_UNSEEN)
    return;

  *block = (gint) self->n_blocks++;
  describe_call (add_mark (self, RNL_BLOCK_START, (guint) *block, RNL_PART_TOOL_CALL),
                 g_ptr_array_index (self->calls, index));
}

static void
read_arguments (RnlBlockMark *mark, RnlPart *part)
{
  gsize length = rnl_part_get_length (part);
  g_autoptr (GError) error = NULL;

  /* A call without arguments often comes with no text at all. */
  mark->args = rnl_json_strict_parse (length > 0 ? rnl_part_get_text (part) : "{}",
                                      length > 0 ? (gssize) length : 2, &error);
  if (mark->args == NULL)
    mark->error = g_strdup (error->message);
  else if (!JSON_NODE_HOLDS_OBJECT (mark->args))
    {
      g_clear_pointer (&mark->args, json_node_unref);
      mark->error = g_strdup ("The arguments are no JSON object");
    }
}

static void
finish_call (RnlMessageFold *self, guint index)
{
  gint *block = call_block (self, index);
  RnlPart *part = g_ptr_array_index (self->calls, index);
  RnlBlockMark *mark;

  if (*block < 0)
    return;

  mark = add_mark (self, RNL_BLOCK_FINISH, (guint) *block, RNL_PART_TOOL_CALL);
  *block = CALL_FINISHED;
  describe_call (mark, part);
  read_arguments (mark, part);
}

/* After a chunk was folded: what began and what ended with it. */
void
rnl_message_fold_mark_chunk (RnlMessageFold *self, const RnlChunk *chunk)
{
  if (self->marks != NULL && self->marks->len > 0)
    g_array_set_size (self->marks, 0);

  mark_open_part (self);
  switch ((gint) chunk->type)
    {
    case RNL_CHUNK_TOOL_CALL:
    case RNL_CHUNK_REMOTE_CALL:
      if (rnl_message_fold_find_call (self, chunk->index) != NULL)
        start_call (self, (guint) chunk->index);
      break;
    case RNL_CHUNK_REMOTE_RESULT:
      if (rnl_message_fold_find_call (self, chunk->index) != NULL)
        finish_call (self, (guint) chunk->index);
      break;
    case RNL_CHUNK_FILE:
      add_mark (self, RNL_BLOCK_START, self->n_blocks, RNL_PART_FILE);
      add_mark (self, RNL_BLOCK_FINISH, self->n_blocks++, RNL_PART_FILE);
      break;
    default:
      break;
    }
}

/* At the end: everything that is still open. Pieces of several calls may come in turns, so that
 * only here it is sure that a call is whole. */
void
rnl_message_fold_mark_end (RnlMessageFold *self)
{
  if (self->marks != NULL)
    g_array_set_size (self->marks, 0);

  mark_open_part (self);
  for (guint i = 0; i < self->calls->len; i++)
    if (rnl_message_fold_find_call (self, (gint) i) != NULL)
      finish_call (self, i);
}

void
rnl_message_fold_clear_marks (RnlMessageFold *self)
{
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->call_blocks, g_array_unref);
}

/**
 * rnl_message_fold_get_marks:
 * @self: a fold
 * @n_marks: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=n_marks): the blocks that began or ended with
 *   the last chunk, or with the end; lent until the next call
 */
const RnlBlockMark *
rnl_message_fold_get_marks (RnlMessageFold *self, guint *n_marks)
{
  *n_marks = self->marks != NULL ? self->marks->len : 0;

  return *n_marks > 0 ? (const RnlBlockMark *) self->marks->data : NULL;
}
