/* rnl-chat-page-versions.c: editing what was said, branching, finding it again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-page-private.h"

#include <glib/gi18n.h>

#include "rnl-message-outline.h"

/* Editing. */

static const char *
get_draft (RnlChatPage *self)
{
  return rnl_chat_get_draft (rnl_conversation_get_chat (self->conversation));
}

static void
leave_edit (RnlChatPage *self)
{
  if (rnl_edit_bar_get_message (self->edit_bar) == NULL)
    return;

  rnl_edit_bar_set_message (self->edit_bar, NULL);
  rnl_composer_set_text (self->composer, get_draft (self));
  rnl_chat_page_restore_files (self);
  rnl_chat_page_focus_composer (self);
}

static void
edit_cb (RnlChatPage *self, RnlMessage *message)
{
  g_autofree char *text = rnl_message_dup_text (message);

  rnl_chat_page_save_draft (self);
  rnl_chat_page_keep_files (self);
  rnl_edit_bar_set_message (self->edit_bar, message);
  rnl_composer_set_text (self->composer, text);
  rnl_composer_set_files (self->composer, NULL);
  rnl_composer_set_parts (self->composer, message);
  rnl_chat_page_focus_composer (self);
}

static void
edit_last (RnlChatPage *self)
{
  GListModel *messages = rnl_conversation_list_messages (self->conversation);

  for (guint i = g_list_model_get_n_items (messages); i > 0; i--)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i - 1);

      if (rnl_message_get_role (message) != RNL_ROLE_USER)
        continue;
      /* So far above the end that its text is not there: not what was said last. */
      if (!rnl_message_is_outline (message))
        edit_cb (self, message);
      return;
    }
}

/* Arrow up in an empty composer edits the last message; Escape leaves it as it was. */
static gboolean
composer_key_pressed_cb (RnlChatPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean editing = rnl_edit_bar_get_message (self->edit_bar) != NULL;
  g_autofree char *text = NULL;

  if ((state & gtk_accelerator_get_default_mod_mask ()) == GDK_ALT_MASK
      && (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up))
    return gtk_widget_activate_action (GTK_WIDGET (self->transcript), "transcript.previous-message",
                                       NULL);
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (editing && keyval == GDK_KEY_Escape)
    {
      leave_edit (self);
      return GDK_EVENT_STOP;
    }
  if (editing || (keyval != GDK_KEY_Up && keyval != GDK_KEY_KP_Up))
    return GDK_EVENT_PROPAGATE;

  text = rnl_composer_dup_text (self->composer);
  if (*text != '\0')
    return GDK_EVENT_PROPAGATE;
  edit_last (self);

  return GDK_EVENT_STOP;
}

/* Asks again with EDITED instead of what is being edited. */
void
rnl_chat_page_send_edited (RnlChatPage *self, RnlMessage *edited)
{
  RnlMessage *original = rnl_edit_bar_get_message (self->edit_bar);

  if (rnl_conversation_edit (self->conversation, original, edited) == NULL)
    {
      g_autofree char *text = rnl_message_dup_text (edited);

      rnl_composer_set_text (self->composer, text);
      rnl_composer_set_parts (self->composer, edited);
      rnl_chat_page_fail (self, _ ("This message is not in the conversation any more"));
      return;
    }

  leave_edit (self);
  rnl_transcript_view_scroll_to_end (self->transcript);
}

/* Versions. */

static void
branch_cb (RnlChatPage *self, RnlMessage *message)
{
  const char *title = rnl_chat_get_title (rnl_conversation_get_chat (self->conversation));
  /* Translators: the title of a chat that goes on from the middle of the chat %s */
  g_autofree char *name = g_strdup_printf (_ ("%s (branch)"), title);
  g_autoptr (RnlChat) chat = rnl_conversation_branch (self->conversation, message, name);

  if (chat != NULL)
    g_signal_emit_by_name (self, "open-chat", chat);
}

static void
version_failed_cb (RnlChatPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    text = g_strdup (_ ("An answer is on its way; stop it first (Escape)"));
  else
    text = g_strdup_printf (_ ("This version could not be read: %s"), error->message);
  rnl_chat_page_fail (self, text);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlChatPage) self = user_data;
  RnlConversation *conversation = RNL_CONVERSATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) message
    = rnl_conversation_show_message_finish (conversation, result, &error);
  g_autofree char *words = NULL;
  guint position;

  if (conversation != self->conversation)
    return;
  words = g_steal_pointer (&self->wanted_words);
  if (message == NULL)
    version_failed_cb (self, error);
  else if (g_list_store_find (G_LIST_STORE (rnl_conversation_list_messages (conversation)), message,
                              &position))
    {
      rnl_message_list_show_message (rnl_transcript_view_get_list (self->transcript), position);
      if (words != NULL && *words != '\0')
        rnl_find_bar_show_words (self->find_bar, words, position);
    }
}

/* Goes to the message that was asked for while there were none. */
void
rnl_chat_page_show_wanted (RnlChatPage *self)
{
  g_autofree char *id = g_steal_pointer (&self->wanted_message);

  if (id == NULL)
    return;

  rnl_chat_page_cancel_return (self);
  rnl_conversation_show_message_async (self->conversation, id, NULL, shown_cb, g_object_ref (self));
}

void
rnl_chat_page_bind_versions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, branch_cb);
  gtk_widget_class_bind_template_callback (widget_class, composer_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_edit);
  gtk_widget_class_bind_template_callback (widget_class, version_failed_cb);
}
