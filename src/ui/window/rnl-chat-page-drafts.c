/* rnl-chat-page-drafts.c: what was written and not sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-page-private.h"

#define DRAFT_DELAY_MS 400

/* Nothing was said in it: its draft is all there is of it. */
static gboolean
is_unsent (RnlChatPage *self)
{
  const char *title = rnl_chat_get_title (rnl_conversation_get_chat (self->conversation));

  return (title == NULL || *title == '\0') && self->loading == NULL
         && g_list_model_get_n_items (rnl_conversation_list_messages (self->conversation)) == 0;
}

/* A chat is in the list as soon as there is something to find in it again, and no longer. */
static void
store_draft (RnlChatPage *self, RnlChat *chat)
{
  const char *id = rnl_chat_get_id (chat);
  gboolean worth = !is_unsent (self) || *rnl_chat_get_draft (chat) != '\0';

  if (worth)
    rnl_library_undelete_chat (self->library, id);
  if (rnl_library_find_chat (self->library, id) == NULL)
    {
      if (worth && is_unsent (self))
        rnl_library_add_chat (self->library, chat);
    }
  else if (worth)
    rnl_library_save_chat (self->library, chat);
  else
    rnl_library_delete_chat (self->library, id);
}

/**
 * rnl_chat_page_save_draft:
 * @self: a page
 *
 * Keeps what stands in the composer with the chat, unless it is an old message being edited.
 */
void
rnl_chat_page_save_draft (RnlChatPage *self)
{
  RnlChat *chat;
  g_autofree char *text = NULL;

  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->conversation == NULL || rnl_edit_bar_get_message (self->edit_bar) != NULL)
    return;

  chat = rnl_conversation_get_chat (self->conversation);
  text = rnl_composer_dup_text (self->composer);
  rnl_context_meter_set_draft (self->meter, text);
  if (g_strcmp0 (text, rnl_chat_get_draft (chat) != NULL ? rnl_chat_get_draft (chat) : "") == 0)
    return;

  rnl_chat_set_draft (chat, text);
  store_draft (self, chat);
}

static gboolean
draft_timeout_cb (gpointer user_data)
{
  RnlChatPage *self = user_data;

  self->draft_id = 0;
  rnl_chat_page_save_draft (self);

  return G_SOURCE_REMOVE;
}

static void
composer_changed_cb (RnlChatPage *self)
{
  if (self->draft_id == 0)
    self->draft_id = g_timeout_add (DRAFT_DELAY_MS, draft_timeout_cb, self);
}

/* Files are kept with their chat while the window is open. */

void
rnl_chat_page_keep_files (RnlChatPage *self)
{
  const char *id = rnl_chat_get_id (rnl_conversation_get_chat (self->conversation));
  GListStore *files = rnl_composer_get_files (self->composer);

  /* What is being edited has its own; those of the draft were kept when that began. */
  if (rnl_edit_bar_get_message (self->edit_bar) != NULL)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    g_hash_table_replace (self->drafted_files, g_strdup (id), g_object_ref (files));
  else
    g_hash_table_remove (self->drafted_files, id);
}

void
rnl_chat_page_restore_files (RnlChatPage *self)
{
  const char *id = rnl_chat_get_id (rnl_conversation_get_chat (self->conversation));

  rnl_composer_set_files (self->composer, g_hash_table_lookup (self->drafted_files, id));
}

void
rnl_chat_page_bind_drafts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, composer_changed_cb);
}
