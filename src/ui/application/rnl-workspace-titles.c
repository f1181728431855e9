/* rnl-workspace-titles.c: chats get their names from a model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-workspace.h"

#include "rnl-conversation-title.h"

/* It would take words from the question, which is what the name is already. */
#define HELPER "offline/helper"

/* Who is asked: the model a person chose for it, or the one that answers. */
static RnlChatModel *
dup_title_model (RnlWorkspace *self, RnlConversation *conversation)
{
  g_autofree char *id = g_settings_get_string (rnl_workspace_get_settings (self), "title-model");
  g_autoptr (GError) error = NULL;
  RnlChatModel *model;

  if (*id == '\0')
    return g_object_ref (rnl_conversation_get_model (conversation));

  model = rnl_accounts_create_model (rnl_workspace_get_accounts (self), id, &error);
  /* Nobody else gets to read the chat for that. */
  if (model == NULL)
    g_message ("Model %s cannot name chats: %s", id, error->message);

  return model;
}

static void
titled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title
    = rnl_conversation_make_title_finish (RNL_CONVERSATION (source), result, &error);

  /* The chat has a name already: nobody needs to hear of it. */
  if (title == NULL)
    g_debug ("The chat keeps its name: %s", error->message);
}

/**
 * rnl_workspace_name_chat:
 * @self: a workspace
 * @conversation: one whose answer is complete
 *
 * Has a model name the chat, once, when the person wants that.
 */
void
rnl_workspace_name_chat (RnlWorkspace *self, RnlConversation *conversation)
{
  g_autoptr (RnlChatModel) model = NULL;

  if (!g_settings_get_boolean (rnl_workspace_get_settings (self), "name-chats")
      || !rnl_conversation_needs_title (conversation))
    return;

  model = dup_title_model (self, conversation);
  if (model != NULL && !g_str_equal (rnl_chat_model_get_id (model), HELPER))
    rnl_conversation_make_title_async (conversation, model, titled_cb, NULL);
}
