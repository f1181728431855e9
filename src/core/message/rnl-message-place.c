/* rnl-message-place.c: where a message stands: what it follows, which of several versions it is
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message.h"

#include "rnl-message-private.h"
#include "rnl-text.h"

/**
 * rnl_message_get_parent_id:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the id of the message it follows; `NULL` for the first one,
 *   and for one that has not come from a store
 */
const char *
rnl_message_get_parent_id (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return self->parent_id;
}

/**
 * rnl_message_set_parent_id:
 * @self: a message
 * @parent_id: (nullable): the id of the message it follows
 *
 * Says what it follows. The store knows by itself and does not ask.
 */
void
rnl_message_set_parent_id (RnlMessage *self, const char *parent_id)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  rnl_set_str (&self->parent_id, parent_id);
}

/**
 * rnl_message_get_version:
 * @self: a message
 *
 * Returns: which of the versions at its place it is, from 1, in the order they were made
 */
guint
rnl_message_get_version (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 1);

  return self->version;
}

/**
 * rnl_message_get_n_versions:
 * @self: a message
 *
 * A question that was edited and an answer that was made again have versions: messages that follow
 * the same one.
 *
 * Returns: how many versions there are at its place, itself included
 */
guint
rnl_message_get_n_versions (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 1);

  return self->n_versions;
}

/**
 * rnl_message_set_versions:
 * @self: a message
 * @version: which one it is, from 1
 * @n_versions: how many there are
 *
 * Says which of the versions at its place it is.
 */
void
rnl_message_set_versions (RnlMessage *self, guint version, guint n_versions)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));
  g_return_if_fail (version >= 1 && version <= n_versions);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->version != version)
    {
      self->version = version;
      g_object_notify (G_OBJECT (self), "version");
    }
  if (self->n_versions != n_versions)
    {
      self->n_versions = n_versions;
      g_object_notify (G_OBJECT (self), "n-versions");
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * rnl_message_new_edited:
 * @original: what the person said
 * @text: what they say instead
 *
 * Returns: (transfer full): a new, complete message of the same role: @text, then copies of all
 *   parts of @original that are not text
 */
RnlMessage *
rnl_message_new_edited (RnlMessage *original, const char *text)
{
  RnlMessage *self;

  g_return_val_if_fail (RNL_IS_MESSAGE (original), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = rnl_message_new_text (rnl_message_get_role (original), text);
  for (guint i = 0; i < rnl_message_get_n_parts (original); i++)
    {
      RnlPart *part = rnl_message_get_part (original, i);
      g_autoptr (RnlPart) copy = NULL;

      if (rnl_part_get_part_type (part) == RNL_PART_TEXT)
        continue;
      copy = rnl_part_copy (part);
      rnl_message_add_part (self, copy);
    }

  return self;
}
