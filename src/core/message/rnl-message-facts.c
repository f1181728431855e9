/* rnl-message-facts.c: the facts about an answer: how far it came, why it ended, which model made
 * it, what it cost
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message.h"

#include "rnl-message-private.h"
#include "rnl-text.h"

/**
 * rnl_message_get_state:
 * @self: a message
 *
 * Returns: how far it has come
 */
RnlMessageState
rnl_message_get_state (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), RNL_MESSAGE_COMPLETE);

  return self->state;
}

/**
 * rnl_message_set_state:
 * @self: a message
 * @state: how far it has come
 *
 * Sets the state.
 */
void
rnl_message_set_state (RnlMessage *self, RnlMessageState state)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

/**
 * rnl_message_get_finish_reason:
 * @self: a message
 *
 * Returns: why the model or our loop stopped
 */
RnlFinishReason
rnl_message_get_finish_reason (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), RNL_FINISH_NONE);

  return self->finish_reason;
}

/**
 * rnl_message_is_cut_off:
 * @self: a message
 *
 * Returns: whether it is an answer that came to an end because it was as long as it may be, in the
 *   middle of what it had to say
 */
gboolean
rnl_message_is_cut_off (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), FALSE);

  return self->state == RNL_MESSAGE_COMPLETE && self->finish_reason == RNL_FINISH_LENGTH;
}

/**
 * rnl_message_get_raw_finish_reason:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the provider's own word
 */
const char *
rnl_message_get_raw_finish_reason (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return self->raw_finish_reason;
}

/**
 * rnl_message_set_finish_reason:
 * @self: a message
 * @reason: why it stopped
 * @raw: (nullable): the server’s own word for it
 *
 * Sets why the model or our loop stopped.
 */
void
rnl_message_set_finish_reason (RnlMessage *self, RnlFinishReason reason, const char *raw)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  rnl_set_str (&self->raw_finish_reason, raw);
  if (self->finish_reason == reason)
    return;

  self->finish_reason = reason;
  g_object_notify (G_OBJECT (self), "finish-reason");
}

/**
 * rnl_message_get_error:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what ended it, in state `RNL_MESSAGE_FAILED`
 */
const GError *
rnl_message_get_error (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return self->error;
}

/**
 * rnl_message_set_error:
 * @self: a message
 * @error: (nullable): what ended it; copied
 *
 * Set it before the state, so who watches the state finds it.
 */
void
rnl_message_set_error (RnlMessage *self, const GError *error)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

/**
 * rnl_message_get_model:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the id of the model that answered
 */
const char *
rnl_message_get_model (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return self->model;
}

/**
 * rnl_message_set_model:
 * @self: a message
 * @model: (nullable): `PROVIDER/MODEL`
 */
void
rnl_message_set_model (RnlMessage *self, const char *model)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  if (rnl_set_str (&self->model, model))
    g_object_notify (G_OBJECT (self), "model");
}

/**
 * rnl_message_get_usage:
 * @self: a message
 *
 * Returns: (transfer none): the sum over the turn's model calls
 */
const RnlUsage *
rnl_message_get_usage (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return &self->usage;
}

/**
 * rnl_message_set_usage:
 * @self: a message
 * @usage: token counts; copied
 *
 * Sets the token counts of the turn.
 */
void
rnl_message_set_usage (RnlMessage *self, const RnlUsage *usage)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  self->usage = *usage;
  g_object_notify (G_OBJECT (self), "usage-total");
}

/**
 * rnl_message_get_first_token:
 * @self: a message
 *
 * Returns: time from sending to the first chunk in microseconds, -1 when none came
 */
gint64
rnl_message_get_first_token (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), -1);

  return self->first_token;
}

/**
 * rnl_message_set_first_token:
 * @self: a message
 * @duration_us: microseconds; -1 for not yet
 *
 * Sets how long the first token took.
 */
void
rnl_message_set_first_token (RnlMessage *self, gint64 duration_us)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  self->first_token = duration_us;
}

/**
 * rnl_message_get_duration:
 * @self: a message
 *
 * Returns: how long the turn took in microseconds, -1 while it is not over
 */
gint64
rnl_message_get_duration (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), -1);

  return self->duration;
}

/**
 * rnl_message_set_duration:
 * @self: a message
 * @duration_us: microseconds; -1 for not yet
 *
 * Sets how long the turn took.
 */
void
rnl_message_set_duration (RnlMessage *self, gint64 duration_us)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  if (self->duration == duration_us)
    return;

  self->duration = duration_us;
  g_object_notify (G_OBJECT (self), "duration");
}

/**
 * rnl_message_get_wait_until:
 * @self: a message
 *
 * Returns: when the server is asked again, in microseconds of the monotonic clock; 0 while nobody
 *   waits for that
 */
gint64
rnl_message_get_wait_until (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 0);

  return self->wait_until;
}

/**
 * rnl_message_get_wait_reason:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what went wrong the last time the server was asked, `NULL`
 *   while nobody waits to ask it again
 */
const GError *
rnl_message_get_wait_reason (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return self->wait_reason;
}

/**
 * rnl_message_set_wait:
 * @self: a message that is being made
 * @until_us: when the server is asked again, in microseconds of the monotonic clock; 0 for no wait
 * @reason: (nullable): why
 *
 * Says that the answer waits, so that a person can be told. It is no part of what is kept.
 */
void
rnl_message_set_wait (RnlMessage *self, gint64 until_us, const GError *reason)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  if (self->wait_until == until_us)
    return;

  self->wait_until = until_us;
  g_clear_error (&self->wait_reason);
  self->wait_reason = until_us != 0 && reason != NULL ? g_error_copy (reason) : NULL;
  g_object_notify (G_OBJECT (self), "wait-until");
}
