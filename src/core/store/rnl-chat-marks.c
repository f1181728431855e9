/* rnl-chat-marks.c: the names and flags a chat carries
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-private.h"

#include <string.h>

static void
set_flag (RnlChat *self, gboolean *field, gboolean value, const char *name)
{
  value = !!value;
  if (*field == value)
    return;

  *field = value;
  g_object_notify (G_OBJECT (self), name);
}

static void
set_names (RnlChat *self, GStrv *field, const char *const *names, const char *name)
{
  static const char *const none[] = { NULL };
  GStrv copy;

  if (names == NULL)
    names = none;
  if (g_strv_equal (names, (const char *const *) *field))
    return;

  copy = g_strdupv ((GStrv) names);
  g_strfreev (*field);
  *field = copy;
  g_object_notify (G_OBJECT (self), name);
}

/**
 * rnl_chat_get_allowed_tools:
 * @self: a chat
 *
 * Returns: (transfer none) (array zero-terminated=1): the tools the person allowed in this chat
 */
const char *const *
rnl_chat_get_allowed_tools (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return (const char *const *) self->allowed_tools;
}

/**
 * rnl_chat_set_allowed_tools:
 * @self: a chat
 * @names: (nullable) (array zero-terminated=1): names of tools
 *
 * Sets the tools the person allowed in this chat.
 */
void
rnl_chat_set_allowed_tools (RnlChat *self, const char *const *names)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_names (self, &self->allowed_tools, names, "allowed-tools");
}

/**
 * rnl_chat_get_labels:
 * @self: a chat
 *
 * Returns: (transfer none) (array zero-terminated=1): in the order of the alphabet
 */
const char *const *
rnl_chat_get_labels (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return (const char *const *) self->labels;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * rnl_chat_set_labels:
 * @self: a chat
 * @labels: (nullable) (array zero-terminated=1): names; spaces around them, empty ones and those
 *   that are there twice do not count
 *
 * Sets what the person sorts it by.
 */
void
rnl_chat_set_labels (RnlChat *self, const char *const *labels)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (RNL_IS_CHAT (self));

  for (; labels != NULL && *labels != NULL; labels++)
    {
      g_autofree char *name = g_strstrip (g_strdup (*labels));

      if (*name != '\0' && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  set_names (self, &self->labels, (const char *const *) names->pdata, "labels");
}

/**
 * rnl_chat_get_queue:
 * @self: a chat
 *
 * Returns: (transfer none) (array zero-terminated=1): what is to be said next, first things first
 */
const char *const *
rnl_chat_get_queue (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return (const char *const *) self->queue;
}

/**
 * rnl_chat_set_queue:
 * @self: a chat
 * @texts: (nullable) (array zero-terminated=1): texts
 *
 * Sets what is to be said when the answer that is being made has ended.
 */
void
rnl_chat_set_queue (RnlChat *self, const char *const *texts)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_names (self, &self->queue, texts, "queue");
}

/**
 * rnl_chat_get_pinned:
 * @self: a chat
 *
 * Returns: whether it stands before those that are not
 */
gboolean
rnl_chat_get_pinned (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), FALSE);

  return self->pinned;
}

/**
 * rnl_chat_set_pinned:
 * @self: a chat
 * @pinned: whether it stands first
 *
 * Says whether it stands before those that are not.
 */
void
rnl_chat_set_pinned (RnlChat *self, gboolean pinned)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_flag (self, &self->pinned, pinned, "pinned");
}

/**
 * rnl_chat_get_busy:
 * @self: a chat
 *
 * Returns: whether an answer is being made
 */
gboolean
rnl_chat_get_busy (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), FALSE);

  return self->busy;
}

/**
 * rnl_chat_set_busy:
 * @self: a chat
 * @busy: whether an answer is being made
 *
 * Says whether an answer is being made; not stored.
 */
void
rnl_chat_set_busy (RnlChat *self, gboolean busy)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_flag (self, &self->busy, busy, "busy");
}

/**
 * rnl_chat_get_attention:
 * @self: a chat
 *
 * Returns: whether the person should look
 */
gboolean
rnl_chat_get_attention (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), FALSE);

  return self->attention;
}

/**
 * rnl_chat_set_attention:
 * @self: a chat
 * @attention: whether the person should look
 *
 * Says whether the person should look; not stored.
 */
void
rnl_chat_set_attention (RnlChat *self, gboolean attention)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_flag (self, &self->attention, attention, "attention");
}

/**
 * rnl_chat_get_temporary:
 * @self: a chat
 *
 * Returns: whether nothing of it is written anywhere
 */
gboolean
rnl_chat_get_temporary (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), FALSE);

  return self->temporary;
}

/**
 * rnl_chat_set_temporary:
 * @self: a chat that is in no library
 * @temporary: whether nothing of it is written anywhere
 *
 * Says whether a library takes it. To keep one that has been temporary, see
 * [method@Runnel.Conversation.keep].
 */
void
rnl_chat_set_temporary (RnlChat *self, gboolean temporary)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_flag (self, &self->temporary, temporary, "temporary");
}

/* A person finds it by its title and its labels. */
void
rnl_chat_note_renamed (GObject *chat, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "title") || g_str_equal (pspec->name, "labels"))
    RNL_CHAT (chat)->renamed = TRUE;
}

/* Returns: whether one of them has become another since this was asked last */
gboolean
rnl_chat_take_renamed (RnlChat *self)
{
  gboolean renamed = self->renamed;

  self->renamed = FALSE;

  return renamed;
}
