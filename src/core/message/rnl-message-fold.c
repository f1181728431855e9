/* rnl-message-fold.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-fold.h"

#include "rnl-message-fold-private.h"
#include "rnl-part-extra.h"
#include "rnl-text.h"

/* More calls than this in one answer is a broken or hostile server. */
#define MAX_CALLS 256

/* An index that no call came with has none. */
static void
clear_call (gpointer call)
{
  g_clear_object (&call);
}

/**
 * rnl_message_fold_new:
 * @message: what the parts are added to
 * @step: the number of the model call within the turn; the one of
 *   [func@Runnel.MessageFold.find_open] to go on with that text
 *
 * Returns: (transfer full): a fold of zero chunks
 */
RnlMessageFold *
rnl_message_fold_new (RnlMessage *message, guint step)
{
  RnlMessageFold *self = g_new0 (RnlMessageFold, 1);

  self->message = g_object_ref (message);
  self->calls = g_ptr_array_new_with_free_func (clear_call);
  self->step = step;
  self->usage = (RnlUsage) RNL_USAGE_INIT;
  self->n_parts = rnl_message_get_n_parts (message);
  self->before = rnl_message_fold_find_open (message);
  if (self->before != NULL && rnl_part_get_step (self->before) != step)
    self->before = NULL;
  if (self->before != NULL)
    self->told = rnl_part_get_length (self->before);

  return self;
}

void
rnl_message_fold_free (RnlMessageFold *self)
{
  g_object_unref (self->message);
  g_ptr_array_unref (self->calls);
  g_free (self->answer_tool);
  rnl_message_fold_clear_marks (self);
  g_clear_pointer (&self->answer, rnl_fold_answer_free);
  g_free (self->id);
  g_free (self->model);
  g_free (self);
}

/**
 * rnl_message_fold_set_answer_tool:
 * @self: a fold of zero chunks
 * @name: (nullable): the tool whose argument `answer` is the answer
 *
 * The first call of that tool is not shown: from the chunk on that names it there is a text part
 * instead, which grows with the argument.
 */
void
rnl_message_fold_set_answer_tool (RnlMessageFold *self, const char *name)
{
  g_return_if_fail (self->calls->len == 0);

  rnl_set_str (&self->answer_tool, name);
}

/**
 * rnl_message_fold_check_answer:
 * @self: a fold whose model call ended well, after [method@Runnel.MessageFold.end]
 *
 * Where the tool for the answer was called with something that is no answer, that call is shown as
 * one that has no result yet; its text stays, as text.
 */
void
rnl_message_fold_check_answer (RnlMessageFold *self)
{
  gboolean truncated = rnl_message_get_finish_reason (self->message) == RNL_FINISH_LENGTH;

  if (self->answer == NULL || rnl_fold_answer_check (self->answer, truncated))
    return;

  rnl_message_add_part (self->message, rnl_fold_answer_get_call (self->answer));
  g_clear_pointer (&self->answer, rnl_fold_answer_free);
}

/**
 * rnl_message_fold_get_answer_call:
 * @self: a fold
 *
 * Returns: (transfer none) (nullable): the call that gives the answer, which is no part of the
 *   message
 */
RnlPart *
rnl_message_fold_get_answer_call (RnlMessageFold *self)
{
  return self->answer != NULL ? rnl_fold_answer_get_call (self->answer) : NULL;
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
set_flag (RnlPart *part, const char *key)
{
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);

  rnl_part_set_extra (part, key, yes);
}

static gboolean
is_open (RnlMessageFold *self, RnlPartType type, gboolean refusal)
{
  return self->open != NULL && rnl_part_get_part_type (self->open) == type
         && rnl_part_is_refusal (self->open) == refusal;
}

static void
append_text (RnlMessageFold *self, RnlPartType type, const RnlChunk *chunk)
{
  gboolean refusal = chunk->type == RNL_CHUNK_REFUSAL;

  if (chunk->length == 0)
    return;

  if (type == RNL_PART_TEXT && !refusal && self->open == NULL)
    rnl_message_fold_resume (self, chunk);
  if (!is_open (self, type, refusal))
    {
      g_autoptr (RnlPart) part = rnl_part_new (type, self->step);

      close_open_part (self);
      if (refusal)
        set_flag (part, RNL_PART_EXTRA_REFUSAL);
      rnl_message_add_part (self->message, part);
      self->open = part;
    }
  self->last = self->open;
  rnl_part_append (self->open, chunk->text, chunk->length);
}

static void
set_remote (RnlPart *part)
{
  set_flag (part, RNL_PART_EXTRA_REMOTE);
  rnl_part_set_state (part, RNL_TOOL_RUNNING);
}

/* Returns: (nullable): the call that came with an index */
RnlPart *
rnl_message_fold_find_call (RnlMessageFold *self, gint index)
{
  return index >= 0 && (guint) index < self->calls->len ? g_ptr_array_index (self->calls, index)
                                                        : NULL;
}

/* A call whose name is known is shown, or is the answer. */
static void
place_call (RnlMessageFold *self, RnlPart *call)
{
  if (self->answer == NULL && g_str_equal (rnl_part_get_name (call), self->answer_tool))
    self->answer = rnl_fold_answer_new (call, self->message);
  else
    rnl_message_add_part (self->message, call);
}

/* Servers leave indexes out: only what came is a call. */
static RnlPart *
add_call (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *fresh = rnl_part_new_tool_call (self->step, NULL, NULL);

  if (self->calls->len <= (guint) chunk->index)
    g_ptr_array_set_size (self->calls, chunk->index + 1);
  self->calls->pdata[chunk->index] = fresh;
  if (self->answer_tool != NULL)
    return fresh; /* it has its place when its name is known */

  rnl_part_set_call_id (fresh, chunk->id);
  rnl_part_set_name (fresh, chunk->name);
  rnl_message_add_part (self->message, fresh);

  return fresh;
}

static void
append_call (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *part;
  gboolean unnamed;

  if (chunk->index < 0 || chunk->index >= MAX_CALLS)
    return;

  close_open_part (self);
  part = rnl_message_fold_find_call (self, chunk->index);
  if (part == NULL)
    part = add_call (self, chunk);
  unnamed = rnl_part_get_name (part) == NULL;
  if (chunk->id != NULL && rnl_part_get_call_id (part) == NULL)
    rnl_part_set_call_id (part, chunk->id);
  if (chunk->name != NULL && rnl_part_get_name (part) == NULL)
    rnl_part_set_name (part, chunk->name);
  if (self->answer_tool != NULL && unnamed && chunk->name != NULL)
    place_call (self, part);
  self->last = part;
  if (chunk->type == RNL_CHUNK_REMOTE_CALL && !rnl_part_is_remote (part))
    set_remote (part);
  if (chunk->length > 0)
    rnl_part_append (part, chunk->text, chunk->length);
  if (self->answer != NULL && part == rnl_fold_answer_get_call (self->answer))
    rnl_fold_answer_feed (self->answer, chunk->text, chunk->length);
}

/* What ran elsewhere has its result when it comes, in one piece or several. */
static void
append_remote_result (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *part = rnl_message_fold_find_call (self, chunk->index);
  g_autofree char *more = g_strndup (chunk->text != NULL ? chunk->text : "", chunk->length);
  g_autofree char *result = NULL;

  if (part == NULL)
    return;

  result = g_strconcat (rnl_part_get_result (part) != NULL ? rnl_part_get_result (part) : "", more,
                        NULL);
  /* What says so is an item of its own. */
  self->last = NULL;
  rnl_part_set_result (part, result);
  rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
  rnl_part_set_complete (part, TRUE);
  rnl_part_set_state (part, chunk->finish == RNL_FINISH_ERROR ? RNL_TOOL_FAILED : RNL_TOOL_DONE);
}

static JsonNode *
chunk_object (const RnlChunk *chunk)
{
  g_autofree char *text = g_strndup (chunk->text != NULL ? chunk->text : "", chunk->length);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* A new part that is whole as it comes. */
static RnlPart *
add_whole_part (RnlMessageFold *self, RnlPartType type, const char *text, gsize length)
{
  g_autoptr (RnlPart) part = rnl_part_new (type, self->step);

  close_open_part (self);
  rnl_part_append (part, text, length);
  rnl_part_set_complete (part, TRUE);
  rnl_message_add_part (self->message, part);

  return part;
}

static RnlPart *
find_last_part (RnlMessageFold *self, RnlPartType type)
{
  for (guint i = rnl_message_get_n_parts (self->message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (self->message, i - 1);

      if (rnl_part_get_part_type (part) == type && rnl_part_get_step (part) == self->step)
        return part;
    }

  return NULL;
}

static RnlPart *
find_part_of_raw (RnlMessageFold *self, const RnlChunk *chunk)
{
  if (chunk->index == RNL_CHUNK_OF_THOUGHT)
    return find_last_part (self, RNL_PART_REASONING);

  return chunk->index >= 0 ? rnl_message_fold_find_call (self, chunk->index) : self->last;
}

static void
add_raw (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *part = find_part_of_raw (self, chunk);
  g_autoptr (JsonNode) item = chunk_object (chunk);

  if (item == NULL)
    return;
  if (part == NULL)
    part = add_whole_part (self, RNL_PART_OPAQUE, NULL, 0);
  /* One item stands alone, several in an array. */
  if (rnl_part_get_extra (part, RNL_PART_EXTRA_RAW) == NULL)
    rnl_part_set_extra (part, RNL_PART_EXTRA_RAW, item);
  else
    rnl_part_append_extra (part, RNL_PART_EXTRA_RAW, item);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_PROTOCOL, chunk->name);
  /* A text goes on in the next item; a thought does not. */
  if (part == self->open && rnl_part_get_part_type (part) == RNL_PART_REASONING)
    close_open_part (self);
  self->last = NULL;
}

static void
add_annotation (RnlMessageFold *self, const RnlChunk *chunk)
{
  g_autoptr (JsonNode) annotation = chunk_object (chunk);
  RnlPart *part = find_last_part (self, RNL_PART_TEXT);

  if (annotation != NULL && part != NULL)
    rnl_part_add_annotation (part, annotation);
}

static void
add_file (RnlMessageFold *self, const RnlChunk *chunk)
{
  RnlPart *part = add_whole_part (self, RNL_PART_FILE, chunk->text, chunk->length);

  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, chunk->name);
  rnl_part_set_title (part, chunk->id);
  self->last = part;
}

/* Of each, the first that is told stays. */
static void
take_info (RnlMessageFold *self, const RnlChunk *chunk)
{
  if (self->id == NULL)
    self->id = g_strdup (chunk->id);
  if (self->model == NULL)
    self->model = g_strdup (chunk->name);
}

/**
 * rnl_message_fold_chunk:
 * @self: a fold
 * @chunk: the next chunk
 *
 * A refusal is text: it is what the model answered; it stands in a part of its own. An empty chunk
 * changes nothing that is seen.
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
    case RNL_CHUNK_REMOTE_CALL:
      append_call (self, chunk);
      break;
    case RNL_CHUNK_REMOTE_RESULT:
      append_remote_result (self, chunk);
      break;
    case RNL_CHUNK_RAW:
      add_raw (self, chunk);
      break;
    case RNL_CHUNK_ANNOTATION:
      add_annotation (self, chunk);
      break;
    case RNL_CHUNK_FILE:
      add_file (self, chunk);
      break;
    case RNL_CHUNK_USAGE:
      rnl_usage_update (&self->usage, &chunk->usage);
      break;
    case RNL_CHUNK_FINISH:
      {
        g_autofree char *raw = chunk->text != NULL ? g_strndup (chunk->text, chunk->length) : NULL;

        self->finish = chunk->finish;
        rnl_message_set_finish_reason (self->message, chunk->finish, raw);
        break;
      }
    case RNL_CHUNK_INFO:
      take_info (self, chunk);
      break;
    case RNL_CHUNK_NOTICE:
    default:
      break;
    }
  rnl_message_fold_mark_chunk (self, chunk);
}

/* What the provider runs itself keeps its id, which the provider knows it by. */
static void
add_remote_ids (RnlMessageFold *self, GHashTable *ids)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlPart *part = g_ptr_array_index (self->calls, i);

      if (part != NULL && rnl_part_is_remote (part) && rnl_part_get_call_id (part) != NULL)
        g_hash_table_add (ids, g_strdup (rnl_part_get_call_id (part)));
    }
}

static void
ensure_call_id (RnlMessageFold *self, GHashTable *ids, guint index)
{
  RnlPart *part = g_ptr_array_index (self->calls, index);
  const char *given = rnl_part_get_call_id (part);
  g_autofree char *base
    = given != NULL ? g_strdup (given) : g_strdup_printf ("call_%u_%u", self->step, index);
  g_autofree char *id = g_strdup (base);

  for (guint i = 1; g_hash_table_contains (ids, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s_%u", base, i);
    }
  if (g_strcmp0 (given, id) != 0)
    {
      rnl_part_set_call_id (part, id);
      /* The item as the server said it has the other id, or none. */
      if (given != NULL)
        rnl_part_set_extra (part, RNL_PART_EXTRA_RAW, NULL);
    }
  g_hash_table_add (ids, g_steal_pointer (&id));
}

/* One result for each id, and one id for each call: an id that is missing or was taken is made. */
static void
end_calls (RnlMessageFold *self)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_remote_ids (self, ids);
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlPart *part = g_ptr_array_index (self->calls, i);

      if (part == NULL)
        continue;
      if (!rnl_part_is_remote (part) || rnl_part_get_call_id (part) == NULL)
        ensure_call_id (self, ids, i);
      if (self->answer_tool != NULL && rnl_part_get_name (part) == NULL)
        rnl_message_add_part (self->message, part);
      rnl_part_set_complete (part, TRUE);
    }
}

/**
 * rnl_message_fold_end:
 * @self: a fold
 *
 * The call is over, whole or not: closes what is open and adds its usage to the message's. A call
 * that came without an id, or with the id of another one, gets one, so its result can be told
 * apart. A second time does nothing.
 */
void
rnl_message_fold_end (RnlMessageFold *self)
{
  RnlUsage sum = *rnl_message_get_usage (self->message);

  if (self->ended)
    return;

  self->ended = TRUE;
  close_open_part (self);
  end_calls (self);
  if (self->answer != NULL)
    rnl_fold_answer_end (self->answer);
  rnl_message_fold_mark_end (self);

  if (rnl_usage_is_known (&self->usage))
    {
      rnl_usage_add (&sum, &self->usage);
      rnl_message_set_usage (self->message, &sum);
    }
}
