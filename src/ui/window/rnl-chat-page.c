/* rnl-chat-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-page-private.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-conversation-outline.h"
#include "rnl-local-servers.h"

/* Read at once, more than a window shows. */
#define FIRST_MESSAGES 24

/**
 * RnlChatPage:
 *
 * The transcript of one conversation, or the start page while it is empty, and the composer below.
 * A question that is being edited stands in the composer in the place of the draft, which comes
 * back afterwards. Signals: `failed (message)` when something cannot be done, `use-server
 * (RnlLocalServer)`, `open-chat (RnlChat)`.
 */

enum
{
  FAILED,
  USE_SERVER,
  OPEN_CHAT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlChatPage, rnl_chat_page, GTK_TYPE_WIDGET)

static void
update_stack (RnlChatPage *self)
{
  GListModel *messages = rnl_conversation_list_messages (self->conversation);
  gboolean empty = g_list_model_get_n_items (messages) == 0 && self->loading == NULL;

  gtk_stack_set_visible_child_name (self->stack, empty ? "start" : "transcript");
  rnl_chat_page_update_commands (self);
}

static void
busy_changed_cb (RnlChatPage *self)
{
  rnl_composer_set_busy (self->composer, rnl_conversation_get_busy (self->conversation));
  rnl_chat_page_update_commands (self);
}

static void
model_changed_cb (RnlChatPage *self)
{
  rnl_start_page_set_model (self->start_page, rnl_conversation_get_model (self->conversation));
}

static void
temporary_changed_cb (RnlChatPage *self)
{
  RnlChat *chat = rnl_conversation_get_chat (self->conversation);

  rnl_composer_set_placeholder (self->composer, rnl_chat_get_temporary (chat)
                                                  ? _ ("Ask anything; it is not saved")
                                                  : _ ("Ask anything"));
}

void
rnl_chat_page_fail (RnlChatPage *self, const char *message)
{
  g_signal_emit (self, signals[FAILED], 0, message);
}

/* What a person does. */

static void
send_cb (RnlChatPage *self, RnlMessage *message)
{
  if (rnl_edit_bar_get_message (self->edit_bar) != NULL)
    {
      rnl_chat_page_send_edited (self, message);
      return;
    }
  if (rnl_conversation_send_message (self->conversation, message, NULL) == NULL)
    {
      g_autofree char *text = rnl_message_dup_text (message);

      /* Not lost: it goes back to where it was written. */
      rnl_composer_set_text (self->composer, text);
      rnl_composer_set_parts (self->composer, message);
      return;
    }
  rnl_chat_page_save_draft (self);
}

static void
problem_cb (RnlChatPage *self, const char *text)
{
  g_signal_emit (self, signals[FAILED], 0, text);
}

static void
dropped_cb (RnlChatPage *self, const GValue *value)
{
  rnl_composer_attach_value (self->composer, value);
  rnl_chat_page_focus_composer (self);
}

static gboolean
send_later_cb (RnlChatPage *self, const char *text)
{
  if (rnl_edit_bar_get_message (self->edit_bar) != NULL)
    return FALSE;

  rnl_queue_bar_add (self->queue_bar, text);

  return TRUE;
}

/* What is there already comes behind it. */
static void
edit_queued_cb (RnlChatPage *self, const char *text)
{
  g_autofree char *present = rnl_composer_dup_text (self->composer);
  g_autofree char *both = g_strconcat (text, *present != '\0' ? "\n" : "", present, NULL);

  rnl_composer_set_text (self->composer, both);
  rnl_chat_page_focus_composer (self);
}

/* Not lost when it cannot be sent: it can be changed then. */
static void
send_queued_cb (RnlChatPage *self, const char *text)
{
  if (rnl_conversation_send (self->conversation, text) == NULL)
    edit_queued_cb (self, text);
  else
    rnl_chat_page_focus_composer (self);
}

static void
send_refused_cb (RnlChatPage *self)
{
  rnl_chat_page_fail (self, _ ("An answer is on its way; stop it first (Escape)"));
}

static void
stop_cb (RnlChatPage *self)
{
  rnl_conversation_stop (self->conversation);
}

static void
example_cb (RnlChatPage *self, const char *text)
{
  /* What was clicked goes away with the page. */
  rnl_chat_page_focus_composer (self);
  rnl_composer_set_text (self->composer, text);
  rnl_composer_send (self->composer);
}

static void
use_server_cb (RnlChatPage *self, RnlLocalServer *server)
{
  g_signal_emit (self, signals[USE_SERVER], 0, server);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlChatPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rnl_conversation_open_finish (RNL_CONVERSATION (source), result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->conversation != RNL_CONVERSATION (source))
    return;

  g_clear_object (&self->loading);
  update_stack (self);
  rnl_chat_page_end_return (self);
  if (error != NULL)
    {
      g_autofree char *message
        = g_strdup_printf (_ ("This chat could not be read: %s"), error->message);

      rnl_chat_page_fail (self, message);
      return;
    }
  rnl_chat_page_show_wanted (self);
}

static void
drop_conversation (RnlChatPage *self)
{
  if (self->conversation == NULL)
    return;

  rnl_chat_page_save_draft (self);
  rnl_chat_page_save_place (self);
  rnl_chat_page_keep_files (self);
  rnl_edit_bar_set_message (self->edit_bar, NULL);
  g_clear_pointer (&self->wanted_message, g_free);
  g_clear_pointer (&self->wanted_words, g_free);
  rnl_find_bar_close (self->find_bar);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_signal_handlers_disconnect_by_data (rnl_conversation_get_chat (self->conversation), self);
  g_signal_handlers_disconnect_by_data (rnl_conversation_list_messages (self->conversation), self);
  rnl_transcript_view_set_conversation (self->transcript, NULL);
  rnl_context_meter_set_conversation (self->meter, NULL);
  g_clear_object (&self->conversation);
}

static void
rnl_chat_page_dispose (GObject *object)
{
  RnlChatPage *self = RNL_CHAT_PAGE (object);

  drop_conversation (self);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  g_clear_handle_id (&self->place_id, g_source_remove);
  g_clear_object (&self->library);
  g_clear_pointer (&self->drafted_files, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_CHAT_PAGE);

  G_OBJECT_CLASS (rnl_chat_page_parent_class)->dispose (object);
}

static void
rnl_chat_page_class_init (RnlChatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_chat_page_dispose;

  signals[FAILED] = g_signal_new ("failed", RNL_TYPE_CHAT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN_CHAT] = g_signal_new ("open-chat", RNL_TYPE_CHAT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_CHAT);
  signals[USE_SERVER] = g_signal_new ("use-server", RNL_TYPE_CHAT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_LOCAL_SERVER);

  g_type_ensure (RNL_TYPE_START_PAGE);
  g_type_ensure (RNL_TYPE_COMPOSER);
  g_type_ensure (RNL_TYPE_CONTEXT_METER);
  g_type_ensure (RNL_TYPE_EDIT_BAR);
  g_type_ensure (RNL_TYPE_QUEUE_BAR);
  g_type_ensure (RNL_TYPE_FIND_BAR);
  g_type_ensure (RNL_TYPE_DROP_AREA);
  g_type_ensure (RNL_TYPE_TRANSCRIPT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, box);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, start_page);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, transcript);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, composer);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, queue_bar);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, edit_bar);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, meter);
  rnl_chat_page_bind_drafts (widget_class);
  rnl_chat_page_bind_versions (widget_class);
  rnl_chat_page_install_commands (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RnlChatPage, drop_area);
  gtk_widget_class_bind_template_callback (widget_class, example_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_server_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_later_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_queued_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_queued_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_cb);
}

static void
rnl_chat_page_init (RnlChatPage *self)
{
  self->drafted_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->stack));
  rnl_drop_area_watch (self->drop_area, GTK_WIDGET (self));
  rnl_find_bar_set_transcript (self->find_bar, self->transcript);
  rnl_chat_page_watch_place (self);
}

/**
 * rnl_chat_page_get_conversation:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it shows
 */
RnlConversation *
rnl_chat_page_get_conversation (RnlChatPage *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_PAGE (self), NULL);

  return self->conversation;
}

/**
 * rnl_chat_page_set_conversation:
 * @self: a page
 * @conversation: what to show; it is loaded here
 * @library: where drafts are kept
 */
void
rnl_chat_page_set_conversation (RnlChatPage *self,
                                RnlConversation *conversation,
                                RnlLibrary *library)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  if (self->conversation == conversation)
    return;

  drop_conversation (self);
  g_set_object (&self->library, library);
  self->conversation = g_object_ref (conversation);
  self->loading = g_cancellable_new ();
  rnl_composer_set_text (self->composer,
                         rnl_chat_get_draft (rnl_conversation_get_chat (conversation)));
  rnl_chat_page_restore_files (self);
  rnl_queue_bar_set_chat (self->queue_bar, library, rnl_conversation_get_chat (conversation));
  rnl_transcript_view_set_conversation (self->transcript, conversation);
  rnl_chat_page_begin_return (self);
  rnl_context_meter_set_conversation (self->meter, conversation);
  rnl_context_meter_set_draft (self->meter,
                               rnl_chat_get_draft (rnl_conversation_get_chat (conversation)));
  g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (busy_changed_cb), self);
  g_signal_connect_swapped (conversation, "notify::model", G_CALLBACK (model_changed_cb), self);
  g_signal_connect_swapped (rnl_conversation_list_messages (conversation), "items-changed",
                            G_CALLBACK (update_stack), self);
  g_signal_connect_swapped (rnl_conversation_get_chat (conversation), "notify::temporary",
                            G_CALLBACK (temporary_changed_cb), self);
  busy_changed_cb (self);
  model_changed_cb (self);
  temporary_changed_cb (self);
  if (g_list_model_get_n_items (rnl_conversation_list_messages (conversation)) > 0
      && !rnl_conversation_get_has_earlier (conversation))
    {
      g_clear_object (&self->loading);
      rnl_chat_page_end_return (self);
    }
  else
    rnl_conversation_open_async (conversation, FIRST_MESSAGES, self->loading, load_cb,
                                 g_object_ref (self));
  update_stack (self);
}

/**
 * rnl_chat_page_show_message:
 * @self: a page with a conversation
 * @message_id: one of its messages, in whatever version
 * @words: (nullable): words to find in it
 *
 * Goes to that message, as soon as the conversation is loaded.
 */
void
rnl_chat_page_show_message (RnlChatPage *self, const char *message_id, const char *words)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));
  g_return_if_fail (message_id != NULL);

  g_free (self->wanted_message);
  self->wanted_message = g_strdup (message_id);
  g_free (self->wanted_words);
  self->wanted_words = g_strdup (words);
  if (self->loading == NULL)
    rnl_chat_page_show_wanted (self);
}

/**
 * rnl_chat_page_find:
 * @self: a page
 *
 * Opens the bar that finds words in the conversation.
 *
 * Returns: whether there is anything to find words in
 */
gboolean
rnl_chat_page_find (RnlChatPage *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_PAGE (self), FALSE);

  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "transcript"))
    return FALSE;
  rnl_find_bar_open (self->find_bar);

  return TRUE;
}

/**
 * rnl_chat_page_find_next:
 * @self: a page
 * @by: 1 for the next place, -1 for the one before
 *
 * Goes to another place where words were found.
 */
void
rnl_chat_page_find_next (RnlChatPage *self, int by)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "transcript"))
    rnl_find_bar_step (self->find_bar, by);
}

/**
 * rnl_chat_page_compose:
 * @self: a page
 * @text: what shall stand in the composer, not sent
 */
void
rnl_chat_page_compose (RnlChatPage *self, const char *text)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_composer_set_text (self->composer, text);
  rnl_chat_page_focus_composer (self);
}

/**
 * rnl_chat_page_dup_composed:
 * @self: a page
 *
 * Returns: (transfer full): what stands in the composer
 */
char *
rnl_chat_page_dup_composed (RnlChatPage *self)
{
  g_return_val_if_fail (RNL_IS_CHAT_PAGE (self), NULL);

  return rnl_composer_dup_text (self->composer);
}

/**
 * rnl_chat_page_attach:
 * @self: a page
 * @file: what shall go along with the next message
 */
void
rnl_chat_page_attach (RnlChatPage *self, GFile *file)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_composer_attach_file (self->composer, file);
  rnl_chat_page_focus_composer (self);
}

void
rnl_chat_page_focus_composer (RnlChatPage *self)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * rnl_chat_page_focus_content:
 * @self: a page
 *
 * Moves the keyboard focus above the composer: to what waits for a decision or the last message, or
 * to the first example.
 */
void
rnl_chat_page_focus_content (RnlChatPage *self)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "transcript"))
    rnl_message_list_focus_end (rnl_transcript_view_get_list (self->transcript));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->start_page), GTK_DIR_TAB_FORWARD);
}

/**
 * rnl_chat_page_is_composing:
 * @self: a page
 *
 * Returns: whether the composer has the keyboard focus
 */
gboolean
rnl_chat_page_is_composing (RnlChatPage *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (RNL_IS_CHAT_PAGE (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->composer));
}

void
rnl_chat_page_set_accounts (RnlChatPage *self, RnlAccounts *accounts)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_start_page_set_accounts (self->start_page, accounts);
}

void
rnl_chat_page_set_enter_sends (RnlChatPage *self, gboolean enter_sends)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_composer_set_enter_sends (self->composer, enter_sends);
}

void
rnl_chat_page_set_announce_words (RnlChatPage *self, RnlAnnounceWords words)
{
  g_return_if_fail (RNL_IS_CHAT_PAGE (self));

  rnl_announcer_set_words (rnl_transcript_view_get_announcer (self->transcript), words);
}
