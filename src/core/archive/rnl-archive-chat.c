/* rnl-archive-chat.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-chat.h"

#include "rnl-archive-error.h"
#include "rnl-text.h"

#define SNIPPET_CHARS 120

/**
 * rnl_archive_error_quark:
 *
 * Returns: the domain of [error@Runnel.ArchiveError]
 */
G_DEFINE_QUARK (rnl_archive_error, rnl_archive_error)

G_DEFINE_ENUM_TYPE (RnlArchiveError,
                    rnl_archive_error,
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_ERROR_BROKEN, "broken"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_ERROR_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_ERROR_NEWER, "newer"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_ERROR_HOSTILE, "hostile"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_ERROR_BUSY, "busy"))

/**
 * rnl_archive_chat_new:
 *
 * Returns: (transfer full): a chat in which nothing was said
 */
RnlArchiveChat *
rnl_archive_chat_new (void)
{
  RnlArchiveChat *self = g_new0 (RnlArchiveChat, 1);

  self->chat = rnl_chat_new ();
  self->messages = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
rnl_archive_chat_free (RnlArchiveChat *self)
{
  g_clear_object (&self->chat);
  g_ptr_array_unref (self->messages);
  g_free (self->current_id);
  g_free (self);
}

/**
 * rnl_archive_chat_add:
 * @self: a chat
 * @role: who says it
 * @parent_id: (nullable): what it follows, added before
 *
 * Returns: (transfer none): a new message, complete as far as nobody says otherwise
 */
RnlMessage *
rnl_archive_chat_add (RnlArchiveChat *self, RnlRole role, const char *parent_id)
{
  RnlMessage *message = rnl_message_new (role);

  rnl_message_set_parent_id (message, parent_id);
  rnl_message_set_created (message, rnl_chat_get_created (self->chat));
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_ptr_array_add (self->messages, message);

  return message;
}

static RnlMessage *
find_message (RnlArchiveChat *self, const char *id)
{
  for (guint i = self->messages->len; id != NULL && i > 0; i--)
    if (g_str_equal (rnl_message_get_id (self->messages->pdata[i - 1]), id))
      return self->messages->pdata[i - 1];

  return NULL;
}

/* Returns: the newest message on the way to what is shown that says something in words */
static char *
dup_last_text (RnlArchiveChat *self)
{
  RnlMessage *message = find_message (self, self->current_id);

  if (message == NULL && self->messages->len > 0)
    message = self->messages->pdata[self->messages->len - 1];
  while (message != NULL)
    {
      g_autofree char *text = rnl_message_dup_text (message);

      if (*text != '\0')
        return g_steal_pointer (&text);
      message = find_message (self, rnl_message_get_parent_id (message));
    }

  return g_strdup ("");
}

/**
 * rnl_archive_chat_finish:
 * @self: a chat with all its messages
 *
 * Gives it what a list shows of it, where the archive did not.
 */
void
rnl_archive_chat_finish (RnlArchiveChat *self)
{
  g_autofree char *text = NULL;
  g_autofree char *snippet = NULL;

  if (find_message (self, self->current_id) == NULL)
    g_clear_pointer (&self->current_id, g_free);
  if (*rnl_chat_get_snippet (self->chat) != '\0')
    return;

  text = dup_last_text (self);
  snippet = rnl_text_snippet (text, SNIPPET_CHARS);
  rnl_chat_set_snippet (self->chat, snippet);
}
