/* rnl-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-lazy-menu.h"
#include "rnl-toasts.h"

/**
 * RnlWindow:
 *
 * The shell: chats on the left, one conversation in the middle. Everything a person can do here is
 * an action of the window (see rnl-window-actions.c).
 */

G_DEFINE_FINAL_TYPE (RnlWindow, rnl_window, ADW_TYPE_APPLICATION_WINDOW)

/* Following the chat. */

static void
update_title (RnlWindow *self)
{
  RnlChat *chat = rnl_conversation_get_chat (self->conversation);
  gboolean temporary = rnl_chat_get_temporary (chat);
  const char *title = temporary ? _ ("Temporary chat") : rnl_chat_get_title (chat);
  gboolean named = title != NULL && *title != '\0';

  gtk_label_set_label (self->title_label, named ? title : _ ("New chat"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  named ? title : _ ("This chat has no title yet"), -1);
  gtk_window_set_title (GTK_WINDOW (self), named ? title : "Runnel");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.rename", named && !temporary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete", named && !temporary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", named && !temporary);
}

static void
update_temporary (RnlWindow *self)
{
  update_title (self);
  rnl_window_update_temporary (self);
}

/* Who looks at a chat has seen what waited there. */
static void
clear_attention (RnlWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->conversation != NULL
      && !rnl_conversation_get_busy (self->conversation))
    rnl_chat_set_attention (rnl_conversation_get_chat (self->conversation), FALSE);
}

static void
update_busy (RnlWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop",
                                 rnl_conversation_get_busy (self->conversation));
  clear_attention (self);
}

static void
update_model (RnlWindow *self)
{
  RnlChat *chat = rnl_conversation_get_chat (self->conversation);

  rnl_model_button_set_model (self->model_button, rnl_conversation_get_model (self->conversation),
                              rnl_chat_get_params (chat) != NULL);
}

static void
messages_changed_cb (RnlWindow *self)
{
  rnl_window_update_print (self);
  rnl_sidebar_select (self->sidebar, rnl_conversation_get_chat (self->conversation));
}

void
rnl_window_set_conversation (RnlWindow *self, RnlConversation *conversation)
{
  RnlChat *chat = rnl_conversation_get_chat (conversation);
  g_autoptr (RnlConversation) left = NULL;

  if (self->conversation == conversation)
    return;

  g_set_object (&left, self->conversation);
  if (self->conversation != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->conversation, self);
      g_signal_handlers_disconnect_by_data (rnl_conversation_get_chat (self->conversation), self);
      g_signal_handlers_disconnect_by_data (rnl_conversation_list_messages (self->conversation),
                                            self);
    }
  g_set_object (&self->conversation, conversation);
  g_signal_connect_object (chat, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (chat, "notify::temporary", G_CALLBACK (update_temporary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (chat, "notify::params", G_CALLBACK (update_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::busy", G_CALLBACK (update_busy), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::model", G_CALLBACK (update_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rnl_conversation_list_messages (conversation), "items-changed",
                           G_CALLBACK (messages_changed_cb), self, G_CONNECT_SWAPPED);
  rnl_chat_page_set_conversation (self->page, conversation,
                                  rnl_workspace_get_library (self->workspace));
  rnl_window_update_inspector (self);
  rnl_window_leave_temporary (self, left);
  rnl_sidebar_select (self->sidebar, chat);
  update_temporary (self);
  rnl_window_update_print (self);
  update_busy (self);
  update_model (self);
  clear_attention (self);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* The strip below the header. */

static void
show_strip (RnlWindow *self, const char *text, const char *button)
{
  gtk_label_set_label (self->strip_label, text);
  gtk_button_set_label (self->strip_button, button);
  gtk_revealer_set_reveal_child (self->strip, TRUE);
}

void
rnl_window_hide_strip (RnlWindow *self)
{
  gtk_revealer_set_reveal_child (self->strip, FALSE);
}

static char *
explain_storage_error (const GError *error)
{
  if (g_error_matches (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NEWER))
    return g_strdup (_ (
      "Your chats were written by a newer Runnel and were not touched. Update Runnel to see them; "
      "what you write now is not kept."));
  if (g_error_matches (error, RNL_STORE_ERROR, RNL_STORE_ERROR_READ_ONLY))
    return g_strdup (
      _ ("The folder for chats cannot be written to. What you write now is not kept."));
  if (g_error_matches (error, RNL_STORE_ERROR, RNL_STORE_ERROR_CORRUPT))
    return g_strdup (_ (
      "The file with your chats is damaged and was not touched. What you write now is not kept."));

  return g_strdup_printf (_ ("Your chats cannot be opened (%s). What you write now is not kept."),
                          error->message);
}

static void
show_storage_error (RnlWindow *self)
{
  const GError *error = rnl_workspace_get_storage_error (self->workspace);
  g_autofree char *text = error != NULL ? explain_storage_error (error) : NULL;

  if (error == NULL)
    return;

  self->strip_retries = FALSE;
  show_strip (self, text, _ ("Close"));
}

/* Told once: by the first window. */
static void
show_unfinished_import (RnlWindow *self)
{
  guint n = rnl_workspace_take_n_unfinished (self->workspace);
  g_autofree char *text = NULL;

  if (n == 0)
    return;

  text = g_strdup_printf (
    ngettext ("An import ended before it was complete. The %u chat it had brought was taken out "
              "again; import the file once more.",
              "An import ended before it was complete. The %u chats it had brought were taken out "
              "again; import the file once more.",
              n),
    n);
  self->strip_retries = FALSE;
  show_strip (self, text, _ ("Close"));
}

/**
 * rnl_window_show_write_error:
 * @self: a window
 * @error: why something could not be written
 *
 * What could not be written is kept in memory; the strip offers to try again.
 */
void
rnl_window_show_write_error (RnlWindow *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RNL_IS_WINDOW (self));

  if (g_error_matches (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FULL))
    text = g_strdup (
      _ ("The disk is full: this chat is not saved yet. Free some space and try again; nothing is "
         "lost while Runnel is open."));
  else
    text = g_strdup_printf (_ ("This chat is not saved yet: %s"), error->message);
  self->strip_retries = TRUE;
  show_strip (self, text, _ ("Try again"));
}

/* What a person does. */

static void
open_chat_cb (RnlWindow *self, RnlChat *chat)
{
  rnl_window_open_chat (self, chat);
}

static void
open_message_cb (RnlWindow *self, RnlChat *chat, const char *message_id)
{
  rnl_window_open_chat (self, chat);
  rnl_chat_page_show_message (self->page, message_id, rnl_sidebar_get_query (self->sidebar));
}

static void
rename_chat_cb (RnlWindow *self, RnlChat *chat)
{
  rnl_window_rename_chat (self, chat);
}

static void
delete_chat_cb (RnlWindow *self, RnlChat *chat)
{
  rnl_window_delete_chat (self, chat);
}

/* For this chat and for new ones. */
void
rnl_window_choose_model (RnlWindow *self, const char *id)
{
  g_autoptr (RnlChatModel) model = rnl_workspace_dup_model (self->workspace, id);

  rnl_conversation_set_model (self->conversation, model);
  rnl_workspace_set_default_model (self->workspace, id);
}

static void
page_failed_cb (RnlWindow *self, const char *message)
{
  rnl_window_show_toast (self, message);
}

static void
folded_cb (RnlWindow *self)
{
  if (!adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
enter_sends_changed_cb (RnlWindow *self)
{
  GSettings *settings = rnl_workspace_get_settings (self->workspace);

  rnl_chat_page_set_enter_sends (self->page, g_settings_get_boolean (settings, "enter-sends"));
}

static void
announce_changed_cb (RnlWindow *self)
{
  GSettings *settings = rnl_workspace_get_settings (self->workspace);

  rnl_chat_page_set_announce_words (
    self->page, (RnlAnnounceWords) g_settings_get_enum (settings, "announce-answers"));
}

static gboolean
rnl_window_close_request (GtkWindow *window)
{
  RnlWindow *self = RNL_WINDOW (window);
  GSettings *settings = rnl_workspace_get_settings (self->workspace);
  gboolean maximized = gtk_window_is_maximized (window);
  int width, height;

  rnl_chat_page_save_draft (self->page);
  if (rnl_window_ask_to_forget (self))
    return GDK_EVENT_STOP;

  rnl_chat_page_save_place (self->page);
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (settings, "maximized", maximized);
  if (!maximized)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }

  return GTK_WINDOW_CLASS (rnl_window_parent_class)->close_request (window);
}

static void
rnl_window_dispose (GObject *object)
{
  RnlWindow *self = RNL_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_WINDOW);
  g_clear_object (&self->conversation);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (rnl_window_parent_class)->dispose (object);
}

static void
rnl_window_class_init (RnlWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rnl_window_close_request;

  g_type_ensure (RNL_TYPE_SIDEBAR);
  g_type_ensure (RNL_TYPE_CHAT_PAGE);
  g_type_ensure (RNL_TYPE_SIDE_PANE);
  g_type_ensure (RNL_TYPE_MODEL_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RNL_RESOURCE_BASE "/ui/rnl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, header);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, chat_menu);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, chat_menu_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, title_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, model_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, strip_label);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, strip_button);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, temporary_strip);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, side);
  gtk_widget_class_bind_template_child (widget_class, RnlWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, open_chat_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_message_cb);
  gtk_widget_class_bind_template_callback (widget_class, rename_chat_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_chat_cb);
  gtk_widget_class_bind_template_callback (widget_class, rnl_window_choose_model);
  gtk_widget_class_bind_template_callback (widget_class, page_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rnl_window_use_server);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  rnl_window_install_actions (widget_class);
}

static void
rnl_window_init (RnlWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_toasts_make_heard (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->strip));
  rnl_compat_present_shown (GTK_WIDGET (self->temporary_strip));
  rnl_compat_name_menu_button (self->chat_menu_button, _ ("This chat"));
  rnl_lazy_menu_set (self->chat_menu_button, self->chat_menu);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (clear_attention), NULL);
}

/* With what was being written when the program ended, or empty. */
static void
begin (RnlWindow *self)
{
  g_autoptr (RnlConversation) unsent = rnl_workspace_dup_unsent (self->workspace);

  if (unsent != NULL)
    rnl_window_set_conversation (self, unsent);
  else
    rnl_window_new_chat (self);
}

/**
 * rnl_window_new:
 * @application: the application
 * @workspace: a workspace that is open
 *
 * Returns: (transfer none): a window with an empty chat
 */
RnlWindow *
rnl_window_new (GtkApplication *application, RnlWorkspace *workspace)
{
  RnlWindow *self = g_object_new (RNL_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = rnl_workspace_get_settings (workspace);

  self->workspace = g_object_ref (workspace);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  rnl_sidebar_set_library (self->sidebar, rnl_workspace_get_library (workspace));
  rnl_model_button_set_accounts (self->model_button, rnl_workspace_get_accounts (workspace),
                                 settings);
  rnl_chat_page_set_accounts (self->page, rnl_workspace_get_accounts (workspace));
  rnl_chat_page_set_workspace (self->page, workspace);
  g_signal_connect_object (settings, "changed::enter-sends", G_CALLBACK (enter_sends_changed_cb),
                           self, G_CONNECT_SWAPPED);
  enter_sends_changed_cb (self);
  g_signal_connect_object (settings, "changed::announce-answers", G_CALLBACK (announce_changed_cb),
                           self, G_CONNECT_SWAPPED);
  announce_changed_cb (self);
  begin (self);
  rnl_window_restore_inspector (self);
  show_unfinished_import (self);
  show_storage_error (self);

  return self;
}

/**
 * rnl_window_get_conversation:
 * @self: a window
 *
 * Returns: (transfer none): what it shows
 */
RnlConversation *
rnl_window_get_conversation (RnlWindow *self)
{
  g_return_val_if_fail (RNL_IS_WINDOW (self), NULL);

  return self->conversation;
}

void
rnl_window_open_chat (RnlWindow *self, RnlChat *chat)
{
  g_autoptr (RnlConversation) conversation = NULL;

  g_return_if_fail (RNL_IS_WINDOW (self));

  conversation = rnl_workspace_dup_conversation (self->workspace, chat);
  rnl_window_set_conversation (self, conversation);
  rnl_chat_page_focus_composer (self->page);
}

/**
 * rnl_window_new_chat:
 * @self: a window
 *
 * Shows an empty chat; the one that is shown stays when it is empty already.
 */
void
rnl_window_new_chat (RnlWindow *self)
{
  g_autoptr (RnlConversation) conversation = NULL;

  g_return_if_fail (RNL_IS_WINDOW (self));

  if (self->conversation == NULL
      || g_list_model_get_n_items (rnl_conversation_list_messages (self->conversation)) > 0
      || rnl_conversation_get_has_earlier (self->conversation))
    {
      conversation = rnl_workspace_new_conversation (self->workspace);
      rnl_window_set_conversation (self, conversation);
    }
  rnl_chat_page_focus_composer (self->page);
}

/**
 * rnl_window_compose:
 * @self: a window
 * @text: what shall stand in the composer; it is not sent
 */
void
rnl_window_compose (RnlWindow *self, const char *text)
{
  g_return_if_fail (RNL_IS_WINDOW (self));

  rnl_chat_page_compose (self->page, text);
}

/**
 * rnl_window_attach:
 * @self: a window
 * @file: what shall go along with the next message
 */
void
rnl_window_attach (RnlWindow *self, GFile *file)
{
  g_return_if_fail (RNL_IS_WINDOW (self));

  rnl_chat_page_attach (self->page, file);
}

/**
 * rnl_window_dup_composed:
 * @self: a window
 *
 * Returns: (transfer full): what stands in the composer
 */
char *
rnl_window_dup_composed (RnlWindow *self)
{
  g_return_val_if_fail (RNL_IS_WINDOW (self), NULL);

  return rnl_chat_page_dup_composed (self->page);
}
