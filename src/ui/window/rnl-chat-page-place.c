/* rnl-chat-page-place.c: where the person was reading is kept with the chat
 *
 * In the chat it is the id of a message, a blank, and where the top of that message stood, in
 * pixels from the top of the view. The end is no place: who left a chat there finds it there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-page-private.h"

#include <stdlib.h>
#include <string.h>

#include "rnl-conversation-outline.h"

/* So long after the person began to scroll it is written down. */
#define SAVE_SECONDS 5

/* Read with the message the place is in, so that the view is full at once. */
#define MESSAGES_ABOVE 2
#define MESSAGES_BELOW 12

static RnlMessageList *
get_list (RnlChatPage *self)
{
  return rnl_transcript_view_get_list (self->transcript);
}

static GListModel *
get_messages (RnlChatPage *self)
{
  return rnl_conversation_list_messages (self->conversation);
}

/* Returns: (transfer full) (nullable): NULL for the end */
static char *
dup_place (RnlChatPage *self)
{
  g_autoptr (RnlMessage) message = NULL;
  guint position;
  int y;

  if (!rnl_message_list_get_place (get_list (self), &position, &y))
    return NULL;
  message = g_list_model_get_item (get_messages (self), position);

  return message != NULL ? g_strdup_printf ("%s %d", rnl_message_get_id (message), y) : NULL;
}

/**
 * rnl_chat_page_save_place:
 * @self: a page
 *
 * Keeps where the view stands with the chat, unless the person has not been brought there yet.
 */
void
rnl_chat_page_save_place (RnlChatPage *self)
{
  RnlChat *chat;
  g_autofree char *place = NULL;

  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  g_clear_handle_id (&self->place_id, g_source_remove);
  if (self->conversation == NULL || self->returning || self->loading != NULL)
    return;

  chat = rnl_conversation_get_chat (self->conversation);
  place = dup_place (self);
  if (g_strcmp0 (place, rnl_chat_get_place (chat)) == 0)
    return;

  rnl_chat_set_place (chat, place);
  if (rnl_library_find_chat (self->library, rnl_chat_get_id (chat)) != NULL)
    rnl_library_save_chat (self->library, chat);
}

static gboolean
save_timeout_cb (gpointer user_data)
{
  RnlChatPage *self = user_data;

  self->place_id = 0;
  rnl_chat_page_save_place (self);

  return G_SOURCE_REMOVE;
}

/* An answer that is followed to its end is no reason to write. */
static void
scrolled_cb (RnlChatPage *self)
{
  if (self->place_id == 0 && self->conversation != NULL
      && (rnl_chat_get_place (rnl_conversation_get_chat (self->conversation)) != NULL
          || !rnl_scroll_follower_get_following (rnl_message_list_get_follower (get_list (self)))))
    self->place_id = g_timeout_add_seconds (SAVE_SECONDS, save_timeout_cb, self);
}

void
rnl_chat_page_watch_place (RnlChatPage *self)
{
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_list (self))),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/* Returning. */

/* Returns: whether there is the message of PLACE */
static gboolean
find_place (RnlChatPage *self, const char *place, guint *position, int *y)
{
  const char *blank = place != NULL ? strchr (place, ' ') : NULL;
  GListModel *messages = get_messages (self);

  if (blank == NULL)
    return FALSE;
  *y = atoi (blank + 1);
  for (guint i = g_list_model_get_n_items (messages); i > 0; i--)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i - 1);
      const char *id = rnl_message_get_id (message);

      if (strlen (id) == (gsize) (blank - place) && g_str_has_prefix (place, id))
        {
          *position = i - 1;
          return TRUE;
        }
    }

  return FALSE;
}

/* Nothing is seen of the end before the person is where they were. */
static void
set_returning (RnlChatPage *self, gboolean returning)
{
  self->returning = returning;
  gtk_widget_set_opacity (GTK_WIDGET (get_list (self)), returning ? 0 : 1);
}

/* The person goes elsewhere. */
void
rnl_chat_page_cancel_return (RnlChatPage *self)
{
  if (self->returning)
    set_returning (self, FALSE);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlChatPage) self = user_data;
  const char *place;
  guint position;
  int y;

  /* What could not be read is said where it is looked at. */
  rnl_conversation_fill_finish (RNL_CONVERSATION (source), result, NULL);
  if (RNL_CONVERSATION (source) != self->conversation || !self->returning)
    return;

  place = rnl_chat_get_place (rnl_conversation_get_chat (self->conversation));
  if (!rnl_conversation_get_busy (self->conversation) && find_place (self, place, &position, &y))
    rnl_message_list_set_place (get_list (self), position, y);
  set_returning (self, FALSE);
}

/* The conversation that was set will be shown where the person left it, when it is there. Who left
 * while an answer was made comes to see that. */
void
rnl_chat_page_begin_return (RnlChatPage *self)
{
  const char *place = rnl_chat_get_place (rnl_conversation_get_chat (self->conversation));

  set_returning (self, place != NULL && !rnl_conversation_get_busy (self->conversation));
}

/* The conversation is there. */
void
rnl_chat_page_end_return (RnlChatPage *self)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = get_messages (self);
  guint position;
  int y;

  if (!self->returning)
    return;
  if (!find_place (self, rnl_chat_get_place (rnl_conversation_get_chat (self->conversation)),
                   &position, &y))
    {
      set_returning (self, FALSE);
      return;
    }

  for (guint i = position - MIN (position, MESSAGES_ABOVE);
       i < MIN (position + MESSAGES_BELOW, g_list_model_get_n_items (all)); i++)
    g_ptr_array_add (messages, g_list_model_get_item (all, i));
  rnl_conversation_fill_async (self->conversation, messages, NULL, filled_cb, g_object_ref (self));
}
