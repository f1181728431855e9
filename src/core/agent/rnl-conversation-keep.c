/* rnl-conversation-keep.c: a chat of which nothing is written down, until somebody wants to keep it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-private.h"

#include "rnl-run-recorder.h"

/* What happens in a temporary chat is not traced either. */
void
rnl_conversation_update_recording (RnlConversation *self)
{
  g_autoptr (RnlRunConfig) config = NULL;

  if (rnl_chat_get_temporary (self->chat))
    {
      config = rnl_run_config_new ();
      rnl_run_config_add_tag (config, RNL_RUN_TAG_UNRECORDED);
    }
  rnl_run_scope_set_config (self->scope, config);
}

/* An answer that is being made is written down as far as it is, and from there on as it grows. */
static void
store_messages (RnlConversation *self, GPtrArray *messages)
{
  const char *chat_id = rnl_chat_get_id (self->chat);
  RnlMessage *growing = self->run != NULL ? rnl_agent_run_get_message (self->run) : NULL;

  for (guint i = 0; i < messages->len; i++)
    if (messages->pdata[i] == growing)
      self->journal = rnl_journal_new (self->library, chat_id, growing);
    else
      rnl_library_add_message (self->library, chat_id, messages->pdata[i]);
}

/**
 * rnl_conversation_keep:
 * @self: a conversation with a temporary chat
 *
 * Makes an ordinary chat of it: what was said in it is put into the library, and from now on it is
 * written down. Runs that have begun already are not recorded.
 */
void
rnl_conversation_keep (RnlConversation *self)
{
  g_autoptr (GPtrArray) messages = NULL;

  g_return_if_fail (RNL_IS_CONVERSATION (self));

  if (!rnl_chat_get_temporary (self->chat))
    return;

  rnl_chat_set_temporary (self->chat, FALSE);
  rnl_conversation_update_recording (self);
  messages = rnl_conversation_dup_history (self, NULL);
  if (self->library == NULL || messages->len == 0)
    return;

  rnl_library_add_chat (self->library, self->chat);
  self->stored = TRUE;
  store_messages (self, messages);
}
