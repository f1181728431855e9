/* rnl-message-outline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-outline.h"

#include "rnl-message-private.h"
#include "rnl-text.h"

/**
 * rnl_message_new_outline:
 * @role: who speaks
 * @id: a UUID
 * @length: of its text, in bytes
 *
 * An outline has its place, its speaker and its size, and no parts: what a list of thousands of
 * messages needs of those nobody looks at. What is to be shown, sent or written has to be filled
 * before.
 *
 * Returns: (transfer full): a complete message without its content
 */
RnlMessage *
rnl_message_new_outline (RnlRole role, const char *id, gsize length)
{
  RnlMessage *self = rnl_message_new (role);

  rnl_message_set_id (self, id);
  self->state = RNL_MESSAGE_COMPLETE;
  self->outline = TRUE;
  self->outline_length = length;

  return self;
}

/**
 * rnl_message_is_outline:
 * @self: a message
 *
 * Returns: whether its content is in the store only
 */
gboolean
rnl_message_is_outline (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), FALSE);

  return self->outline;
}

/**
 * rnl_message_get_outline_length:
 * @self: an outline
 *
 * Returns: how much text it has in the store, in bytes
 */
gsize
rnl_message_get_outline_length (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 0);

  return self->outline_length;
}

static void
take_facts (RnlMessage *self, RnlMessage *whole)
{
  self->state = whole->state;
  self->finish_reason = whole->finish_reason;
  self->usage = whole->usage;
  self->created = whole->created;
  self->first_token = whole->first_token;
  self->duration = whole->duration;
  rnl_set_str (&self->model, whole->model);
  rnl_set_str (&self->raw_finish_reason, whole->raw_finish_reason);
  g_clear_error (&self->error);
  self->error = whole->error != NULL ? g_error_copy (whole->error) : NULL;
}

/**
 * rnl_message_fill:
 * @self: a message; nothing happens when it is no outline
 * @whole: the same message as the store has it; its parts go to @self
 *
 * Makes an outline the whole message. It keeps its place, and what is known of its versions.
 */
void
rnl_message_fill (RnlMessage *self, RnlMessage *whole)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));
  g_return_if_fail (RNL_IS_MESSAGE (whole));

  if (!self->outline)
    return;

  self->outline = FALSE;
  self->filled = TRUE;
  take_facts (self, whole);
  g_set_object (&self->parts, whole->parts);
}

/* Notes on what is sent to a model are asked for without waiting. */
static gboolean
has_note (RnlMessage *self)
{
  for (guint i = 0; i < rnl_message_get_n_parts (self); i++)
    if (rnl_part_get_part_type (rnl_message_get_part (self, i)) == RNL_PART_OPAQUE)
      return TRUE;

  return FALSE;
}

/**
 * rnl_message_empty:
 * @self: a message that is in the store as it is here; nothing happens when it was no outline, or
 *   has got a note since
 *
 * Makes it an outline again. Who holds one of its parts keeps that.
 */
void
rnl_message_empty (RnlMessage *self)
{
  gsize length = 0;

  g_return_if_fail (RNL_IS_MESSAGE (self));

  if (self->outline || !self->filled || self->state == RNL_MESSAGE_STREAMING || has_note (self))
    return;

  for (guint i = 0; i < rnl_message_get_n_parts (self); i++)
    {
      RnlPart *part = rnl_message_get_part (self, i);

      length += rnl_part_get_part_type (part) == RNL_PART_TEXT ? rnl_part_get_length (part) : 0;
    }
  self->outline = TRUE;
  self->outline_length = length;
  g_clear_object (&self->parts);
}
