/* rnl-part-call.c: what only the part of a tool call has: its name and state, what it printed, its
 * result, and the parts of what ran inside it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-part.h"

#include "rnl-part-private.h"
#include "rnl-text.h"

/**
 * rnl_part_get_call_id:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): for tool calls: the id the model gave the call
 */
const char *
rnl_part_get_call_id (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->call_id;
}

/**
 * rnl_part_set_call_id:
 * @self: a part
 * @call_id: (nullable): as the model gave it
 *
 * Sets the id of the call.
 */
void
rnl_part_set_call_id (RnlPart *self, const char *call_id)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->call_id, call_id))
    g_object_notify (G_OBJECT (self), "call-id");
}

/**
 * rnl_part_get_name:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): for tool calls: what the model calls the tool
 */
const char *
rnl_part_get_name (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->name;
}

/**
 * rnl_part_set_name:
 * @self: a part
 * @name: (nullable): what the model calls the tool
 *
 * Sets the name of the tool.
 */
void
rnl_part_set_name (RnlPart *self, const char *name)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->name, name))
    g_object_notify (G_OBJECT (self), "name");
}

/**
 * rnl_part_get_state:
 * @self: a part
 *
 * Returns: for tool calls: how far the call has come
 */
RnlToolState
rnl_part_get_state (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->state;
}

/**
 * rnl_part_set_state:
 * @self: a part
 * @state: how far the call has come
 *
 * Sets the state of a tool call.
 */
void
rnl_part_set_state (RnlPart *self, RnlToolState state)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

/**
 * rnl_part_get_output:
 * @self: a tool call
 *
 * Returns: (transfer none): what the tool printed so far, "" when nothing
 */
const char *
rnl_part_get_output (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->output != NULL ? self->output->str : "";
}

/**
 * rnl_part_get_output_length:
 * @self: a part
 *
 * Returns: the length of the output, in bytes
 */
gsize
rnl_part_get_output_length (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->output != NULL ? self->output->len : 0;
}

/**
 * rnl_part_append_output:
 * @self: a tool call
 * @text: UTF-8, cut between code points
 * @length: its length in bytes
 *
 * Appends and emits [signal@Runnel.Part::output-delta]; nothing happens for zero bytes.
 */
void
rnl_part_append_output (RnlPart *self, const char *text, gsize length)
{
  gsize offset;

  g_return_if_fail (RNL_IS_PART (self));

  if (length == 0)
    return;
  if (self->output == NULL)
    self->output = g_string_new (NULL);

  offset = self->output->len;
  g_string_append_len (self->output, text, (gssize) length);
  rnl_part_emit_output_delta (self, offset);
}

/**
 * rnl_part_get_result:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): for tool calls: what the model was told; `NULL` until it has
 *   a result
 */
const char *
rnl_part_get_result (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->result;
}

/**
 * rnl_part_set_result:
 * @self: a part
 * @result: (nullable): text for the model
 *
 * Sets the one result of a tool call.
 */
void
rnl_part_set_result (RnlPart *self, const char *result)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->result, result))
    g_object_notify (G_OBJECT (self), "result");
}

/**
 * rnl_part_get_progress:
 * @self: a tool call
 *
 * Returns: from 0 to 1, or -1 when the tool does not say
 */
double
rnl_part_get_progress (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->progress;
}

/**
 * rnl_part_set_progress:
 * @self: a part
 * @progress: from 0 to 1; -1 for unknown
 *
 * Sets how far the tool says it is.
 */
void
rnl_part_set_progress (RnlPart *self, double progress)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify (G_OBJECT (self), "progress");
}

/**
 * rnl_part_list_children:
 * @self: a part
 *
 * Returns: (transfer none): the [class@Runnel.Part]s of runs inside this one, in start order
 */
GListModel *
rnl_part_list_children (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  if (self->children == NULL)
    self->children = g_list_store_new (RNL_TYPE_PART);

  return G_LIST_MODEL (self->children);
}

/**
 * rnl_part_add_child:
 * @self: a part
 * @child: a part, text of an inner model for example
 *
 * Adds something that was said inside this call.
 */
void
rnl_part_add_child (RnlPart *self, RnlPart *child)
{
  g_return_if_fail (RNL_IS_PART (self));
  g_return_if_fail (RNL_IS_PART (child));

  g_list_store_append (G_LIST_STORE (rnl_part_list_children (self)), child);
}
