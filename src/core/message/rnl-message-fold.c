/* rnl-message-fold.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-fold.h"

/* More calls than this in one answer is a broken or hostile server. */
#define MAX_CALLS 256

struct _RnlMessageFold
{
  /* owned */
  RnlMessage *message;
  GPtrArray *calls; /* of RnlPart, by the chunk's index */

  /* borrowed */
  RnlPart *open; /* the text or reasoning that grows now */

  guint step;
  RnlUsage usage;
};

/**
 * rnl_message_fold_new:
 * @message: what the parts are added to
 * @step: the number of the model call within the turn
 *
 * Returns: (transfer full): a fold of zero chunks
 */
RnlMessageFold *
rnl_message_fold_new (RnlMessage *message, guint step)
{
  RnlMessageFold *self = g_new0 (RnlMessageFold, 1);

  self->message = g_object_ref (message);
  self->calls = g_ptr_array_new_with_free_func (g_object_unref);
  self->step = step;
  self->usage = (RnlUsage) RNL_USAGE_INIT;

  return self;
}

void
rnl_message_fold_free (RnlMessageFold *self)
{
  g_object_unref (self->message);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

RnlMessage *
rnl_message_fold_get_message (RnlMessageFold *self)
{
  return self->message;
}

guint
rnl_message_fold_get_step (RnlMessageFold *self)
{
  return self->step;
}

/**
 * rnl_message_fold_get_usage:
 * @self: a fold
 *
 * Returns: (transfer none): the newest snapshot of this call's counts
 */
const RnlUsage *
rnl_message_fold_get_usage (RnlMessageFold *self)
{
  return &self->usage;
}

static void
complete_part (RnlPart *part)
{
  if (rnl_part_get_complete (part))
    return;

  if (rnl_part_get_part_type (part) == RNL_PART_REASONING)
    rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
  rnl_part_set_complete (part, TRUE);
}

static void
close_open_part (RnlMessageFold *self)
{
  if (self->open != NULL)
    complete_part (self->open);
  self->open = NULL;
}

static void
append_text (RnlMessageFold *self, RnlPartType type, const RnlChunk *chunk)
{
  if (chunk->length == 0)
    return;

  if (self->open == NULL || rnl_part_get_part_type (self->open) != type)
    {
      g_autoptr (RnlPart) part = rnl_part_new (type, self->step);

      close_open_part (self);
      rnl_message_add_part (self->message, part);
      self->open = part;
    }
  rnl_part_append (self->open, chunk->text, chunk->length);
}

static void
append_call (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *part;

  if (chunk->index < 0 || chunk->index >= MAX_CALLS)
    return;

  close_open_part (self);
  while (self->calls->len <= (guint) chunk->index)
    {
      RnlPart *fresh = rnl_part_new_tool_call (self->step, NULL, NULL);

      g_ptr_array_add (self->calls, fresh);
      if (self->calls->len == (guint) chunk->index + 1)
        {
          rnl_part_set_call_id (fresh, chunk->id);
          rnl_part_set_name (fresh, chunk->name);
        }
      rnl_message_add_part (self->message, fresh);
    }

  part = g_ptr_array_index (self->calls, chunk->index);
  if (chunk->id != NULL && rnl_part_get_call_id (part) == NULL)
    rnl_part_set_call_id (part, chunk->id);
  if (chunk->name != NULL && rnl_part_get_name (part) == NULL)
    rnl_part_set_name (part, chunk->name);
  if (chunk->length > 0)
    rnl_part_append (part, chunk->text, chunk->length);
}

/**
 * rnl_message_fold_chunk:
 * @self: a fold
 * @chunk: the next chunk
 *
 * A refusal is text: it is what the model answered. An empty chunk changes nothing that is seen.
 */
void
rnl_message_fold_chunk (RnlMessageFold *self, const RnlChunk *chunk)
{
  switch (chunk->type)
    {
    case RNL_CHUNK_TEXT:
    case RNL_CHUNK_REFUSAL:
      append_text (self, RNL_PART_TEXT, chunk);
      break;
    case RNL_CHUNK_REASONING:
      append_text (self, RNL_PART_REASONING, chunk);
      break;
    case RNL_CHUNK_TOOL_CALL:
      append_call (self, chunk);
      break;
    case RNL_CHUNK_USAGE:
      self->usage = chunk->usage;
      break;
    case RNL_CHUNK_FINISH:
      {
        g_autofree char *raw = chunk->text != NULL ? g_strndup (chunk->text, chunk->length) : NULL;

        rnl_message_set_finish_reason (self->message, chunk->finish, raw);
        break;
      }
    case RNL_CHUNK_INFO:
    default:
      break;
    }
}

/**
 * rnl_message_fold_end:
 * @self: a fold
 *
 * The call is over, whole or not: closes what is open and adds its usage to the message's. A call
 * that came without an id gets one, so its result can be told apart.
 */
void
rnl_message_fold_end (RnlMessageFold *self)
{
  RnlUsage sum = *rnl_message_get_usage (self->message);

  close_open_part (self);
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlPart *part = g_ptr_array_index (self->calls, i);

      if (rnl_part_get_call_id (part) == NULL)
        {
          g_autofree char *id = g_strdup_printf ("call_%u_%u", self->step, i);

          rnl_part_set_call_id (part, id);
        }
      rnl_part_set_complete (part, TRUE);
    }

  if (rnl_usage_is_known (&self->usage))
    {
      rnl_usage_add (&sum, &self->usage);
      rnl_message_set_usage (self->message, &sum);
    }
}
