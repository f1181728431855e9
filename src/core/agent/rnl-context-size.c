/* rnl-context-size.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-context-size.h"

#include "rnl-json-members.h"
#include "rnl-part-extra.h"

/* A server that counts only what it did not have in its cache, or nothing at all, says less than
 * half of what is there; no vocabulary makes more than this of a text. */
#define LEAST_RATIO 0.5
#define MOST_RATIO  4.0

static gboolean
is_believed (const RnlContextSize *self)
{
  return self->input > 0 && self->estimate > 0
         && (double) self->input >= LEAST_RATIO * (double) self->estimate
         && (double) self->input <= MOST_RATIO * (double) self->estimate;
}

static gboolean
read_part (RnlContextSize *self, RnlPart *part)
{
  JsonNode *node = rnl_part_get_extra (part, RNL_PART_EXTRA_CONTEXT);
  JsonObject *object = node != NULL ? rnl_json_node_get_object (node) : NULL;

  if (object == NULL)
    return FALSE;

  self->input = rnl_json_object_get_int (object, "input", 0);
  self->output = rnl_json_object_get_int (object, "output", 0);
  self->estimate = rnl_json_object_get_int (object, "estimate", 0);

  return is_believed (self);
}

static gboolean
read_message (RnlContextSize *self, RnlMessage *message)
{
  for (guint i = rnl_message_get_n_parts (message); i > 0; i--)
    if (read_part (self, rnl_message_get_part (message, i - 1)))
      return TRUE;

  return FALSE;
}

/**
 * rnl_context_size_find:
 * @self: (out caller-allocates): what is known
 * @history: (element-type RnlMessage): a conversation
 * @answer: (nullable): the answer that is being made to it
 *
 * Finds what was reported last.
 */
void
rnl_context_size_find (RnlContextSize *self, GPtrArray *history, RnlMessage *answer)
{
  if (answer != NULL && read_message (self, answer))
    return;
  for (guint i = history->len; i > 0; i--)
    if (read_message (self, g_ptr_array_index (history, i - 1)))
      return;

  *self = (RnlContextSize){ 0 };
}

/**
 * rnl_context_size_store:
 * @self: what a server said
 * @answer: its answer
 * @step: of the model call in it
 *
 * Keeps it with the answer, for what comes later and for the next start of the program.
 */
void
rnl_context_size_store (const RnlContextSize *self, RnlMessage *answer, guint step)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (!is_believed (self))
    return;

  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_object_set_int_member (object, "input", self->input);
  json_object_set_int_member (object, "output", self->output);
  json_object_set_int_member (object, "estimate", self->estimate);
  json_node_take_object (node, object);
  for (guint i = rnl_message_get_n_parts (answer); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (answer, i - 1);

      if (rnl_part_get_step (part) != step || rnl_part_is_note (part))
        continue;
      rnl_part_set_extra (part, RNL_PART_EXTRA_CONTEXT, node);
      return;
    }
}

static gint64
count_new (gint64 before, gint64 after)
{
  return after >= 0 ? after - MAX (before, 0) : -1;
}

/**
 * rnl_context_size_read:
 * @self: (inout): where @input and @output are set
 * @before: the counts of a turn before a model call
 * @after: the same counts after it
 *
 * Reads what one call added. A server that gives a total counts what it had in its cache as part of
 * the input; one that gives none (Anthropic) counts it apart.
 */
void
rnl_context_size_read (RnlContextSize *self, const RnlUsage *before, const RnlUsage *after)
{
  gint64 input = count_new (before->input, after->input);

  if (after->total < 0 && input >= 0)
    input += MAX (count_new (before->cached_input, after->cached_input), 0)
             + MAX (count_new (before->cache_write, after->cache_write), 0);
  self->input = MAX (input, 0);
  self->output = MAX (count_new (before->output, after->output), 0);
}

/**
 * rnl_context_size_apply:
 * @self: what was reported last
 * @estimate: what a request is estimated to have
 *
 * Of a request that has grown since only what was added is an estimate; of one that has shrunk the
 * same share is taken of what was reported.
 *
 * Returns: how many tokens it probably has
 */
gint64
rnl_context_size_apply (const RnlContextSize *self, gint64 estimate)
{
  if (!is_believed (self))
    return estimate;
  if (estimate >= self->estimate)
    return self->input + estimate - self->estimate;

  return (gint64) ((double) self->input * (double) estimate / (double) self->estimate);
}
