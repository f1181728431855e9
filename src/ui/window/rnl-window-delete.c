/* rnl-window-delete.c: chats are deleted, with Undo instead of a question
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#define IDS_KEY      "rnl-chat-ids"
#define UNDO_SECONDS 10

static void
undo_cb (AdwToast *toast, RnlWindow *self)
{
  const char *const *ids = g_object_get_data (G_OBJECT (toast), IDS_KEY);
  RnlLibrary *library = rnl_workspace_get_library (self->workspace);
  RnlChat *chat;

  for (gsize i = 0; ids[i] != NULL; i++)
    rnl_library_undelete_chat (library, ids[i]);
  chat = rnl_library_find_chat (library, ids[0]);
  if (chat != NULL && ids[1] == NULL)
    rnl_window_open_chat (self, chat);
}

static char *
dup_words (RnlLibrary *library, const char *const *ids)
{
  guint n = g_strv_length ((char **) ids);
  RnlChat *chat = rnl_library_find_chat (library, ids[0]);
  const char *title = chat != NULL ? rnl_chat_get_title (chat) : NULL;
  g_autofree char *escaped = NULL;

  if (n > 1)
    return g_strdup_printf (g_dngettext (NULL, "%u chat deleted", "%u chats deleted", n), n);

  escaped = g_markup_escape_text (title != NULL && *title != '\0' ? title : _ ("New chat"), -1);

  /* Translators: %s is the title of a chat */
  return g_strdup_printf (_ ("“%s” deleted"), escaped);
}

static void
delete_chats (RnlWindow *self, const char *const *ids)
{
  RnlLibrary *library = rnl_workspace_get_library (self->workspace);
  const char *shown = rnl_chat_get_id (rnl_conversation_get_chat (self->conversation));
  gboolean shown_too = g_strv_contains (ids, shown);
  g_autofree char *text = dup_words (library, ids);
  AdwToast *toast = adw_toast_new (text);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      rnl_workspace_forget_conversation (self->workspace, ids[i]);
      rnl_library_delete_chat (library, ids[i]);
    }
  if (shown_too)
    {
      g_autoptr (RnlConversation) empty = rnl_workspace_new_conversation (self->workspace);

      rnl_window_set_conversation (self, empty);
      rnl_chat_page_focus_composer (self->page);
    }

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), IDS_KEY, g_strdupv ((char **) ids),
                          (GDestroyNotify) g_strfreev);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  rnl_window_add_toast (self, toast);
}

void
rnl_window_delete_chat (RnlWindow *self, RnlChat *chat)
{
  const char *const ids[] = { rnl_chat_get_id (chat), NULL };

  delete_chats (self, ids);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  rnl_window_delete_chat (self, rnl_conversation_get_chat (self->conversation));
}

static void
delete_chats_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  if (ids[0] != NULL)
    delete_chats (RNL_WINDOW (widget), ids);
}

void
rnl_window_install_delete_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "win.delete-chats", "as", delete_chats_action);
}
