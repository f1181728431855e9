/* rnl-window-temporary.c: chats of which nothing is saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"

#define UNDO_SECONDS 10

static gboolean
is_temporary (RnlConversation *conversation)
{
  return conversation != NULL && rnl_chat_get_temporary (rnl_conversation_get_chat (conversation));
}

/* Whether anybody would miss it. */
static gboolean
has_words (RnlConversation *conversation)
{
  const char *draft = rnl_chat_get_draft (rnl_conversation_get_chat (conversation));

  return g_list_model_get_n_items (rnl_conversation_list_messages (conversation)) > 0
         || (draft != NULL && *draft != '\0');
}

/* A strip below the header says what kind of chat this is, as long as it is. */
void
rnl_window_update_temporary (RnlWindow *self)
{
  gboolean temporary = is_temporary (self->conversation);

  gtk_revealer_set_reveal_child (self->temporary_strip, temporary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.keep-chat", temporary);
}

static void
new_temporary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);
  g_autoptr (RnlConversation) conversation = NULL;

  if (!is_temporary (self->conversation) || has_words (self->conversation))
    {
      conversation = rnl_workspace_new_temporary (self->workspace);
      rnl_window_set_conversation (self, conversation);
    }
  rnl_chat_page_focus_composer (self->page);
}

static void
keep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  rnl_conversation_keep (self->conversation);
  rnl_chat_page_save_draft (self->page);
  rnl_sidebar_select (self->sidebar, rnl_conversation_get_chat (self->conversation));
  rnl_chat_page_focus_composer (self->page);
}

/* It is not in the list: the toast is the one way back to it, and holds it. */

typedef struct
{
  RnlWindow *window;
  RnlConversation *conversation;
} Left;

static void
left_free (gpointer data, GClosure *closure)
{
  Left *left = data;

  g_clear_weak_pointer (&left->window);
  g_object_unref (left->conversation);
  g_free (left);
}

static void
undo_cb (AdwToast *toast, Left *left)
{
  if (left->window == NULL || left->window->workspace == NULL)
    return;

  rnl_window_set_conversation (left->window, left->conversation);
  rnl_chat_page_focus_composer (left->window->page);
}

static void
dismissed_cb (AdwToast *toast, Left *left)
{
  if (left->window == NULL || left->window->conversation != left->conversation)
    rnl_conversation_stop (left->conversation);
}

static Left *
left_new (RnlWindow *window, RnlConversation *conversation)
{
  Left *left = g_new0 (Left, 1);

  g_set_weak_pointer (&left->window, window);
  left->conversation = g_object_ref (conversation);

  return left;
}

/* LEFT was shown until now. */
void
rnl_window_leave_temporary (RnlWindow *self, RnlConversation *left)
{
  AdwToast *toast;

  if (!is_temporary (left) || !has_words (left))
    return;

  toast = adw_toast_new (_ ("Temporary chat closed"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), left_new (self, left),
                         left_free, 0);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), left_new (self, left),
                         left_free, 0);
  rnl_window_add_toast (self, toast);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, RnlWindow *self)
{
  if (g_str_equal (response, "cancel"))
    return;

  if (g_str_equal (response, "keep"))
    keep_action (GTK_WIDGET (self), NULL, NULL);
  else
    rnl_conversation_stop (self->conversation);
  self->may_forget = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* There is no toast in a window that is gone: a person is asked before.
 *
 * Returns: whether the window has to wait for the answer */
gboolean
rnl_window_ask_to_forget (RnlWindow *self)
{
  GtkWidget *dialog;

  if (self->may_forget || !is_temporary (self->conversation) || !has_words (self->conversation))
    return FALSE;

  dialog = rnl_compat_message_dialog_new (GTK_WINDOW (self), _ ("Close temporary chat?"),
                                          _ ("Nothing of it is saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "keep",
                                    _ ("_Keep This Chat"), "close", _ ("Cl_ose"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  rnl_compat_name_buttons (dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));

  return TRUE;
}

void
rnl_window_install_temporary_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-temporary-chat", NULL,
                                   new_temporary_action);
  gtk_widget_class_install_action (widget_class, "win.keep-chat", NULL, keep_action);
}
