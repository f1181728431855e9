/* rnl-chat-page-commands.c: what can be done with the chat that is shown, from its composer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-page-private.h"

/* Returns: (transfer full) (nullable): the newest answer */
static RnlMessage *
dup_answer (RnlChatPage *self)
{
  GListModel *messages = rnl_conversation_list_messages (self->conversation);

  for (guint i = g_list_model_get_n_items (messages); i > 0; i--)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i - 1);

      if (rnl_message_get_role (message) == RNL_ROLE_ASSISTANT)
        return g_steal_pointer (&message);
    }

  return NULL;
}

static void
regenerate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlChatPage *self = RNL_CHAT_PAGE (widget);
  g_autoptr (RnlMessage) answer = dup_answer (self);

  if (answer != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->transcript), "transcript.regenerate", "s",
                                rnl_message_get_id (answer));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlChat *chat = rnl_conversation_get_chat (RNL_CHAT_PAGE (widget)->conversation);

  gtk_widget_activate_action (widget, "win.export-chat", "(ss)", rnl_chat_get_id (chat),
                              g_variant_get_string (parameter, NULL));
}

/* The actions `page.regenerate` and `page.export` (format). */
void
rnl_chat_page_install_commands (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.regenerate", NULL, regenerate_action);
  gtk_widget_class_install_action (widget_class, "page.export", "s", export_action);
}

void
rnl_chat_page_update_commands (RnlChatPage *self)
{
  g_autoptr (RnlMessage) answer = dup_answer (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.regenerate",
                                 answer != NULL && !rnl_conversation_get_busy (self->conversation));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export", answer != NULL);
}

/**
 * rnl_chat_page_set_workspace:
 * @self: a page
 * @workspace: whose prompts, chats and folders the composer offers
 */
void
rnl_chat_page_set_workspace (RnlChatPage *self, RnlWorkspace *workspace)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_composer_set_workspace (self->composer, workspace);
}
