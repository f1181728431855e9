/* rnl-window-actions.c: what a person can do in a window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#include "rnl-compat.h"
#include "rnl-parameters-window.h"

static void
new_chat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_window_new_chat (RNL_WINDOW (widget));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_conversation_stop (RNL_WINDOW (widget)->conversation);
}

static void
choose_model_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_model_button_popup (RNL_WINDOW (widget)->model_button);
}

static void
focus_composer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  /* In a narrow window the chats lie over it. */
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  rnl_chat_page_focus_composer (self->page);
}

static gboolean
contains_focus (RnlWindow *self, GtkWidget *pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  rnl_sidebar_focus_search (self->sidebar);
}

/* In the chat, or from among the chats in all of them. */
static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  if (contains_focus (self, GTK_WIDGET (self->sidebar)) || !rnl_chat_page_find (self->page))
    search_action (widget, name, parameter);
}

static void
find_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_chat_page_find_next (RNL_WINDOW (widget)->page, 1);
}

static void
find_previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_chat_page_find_next (RNL_WINDOW (widget)->page, -1);
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  if (adw_flap_get_reveal_flap (self->flap) && adw_flap_get_folded (self->flap))
    {
      focus_composer_action (widget, NULL, NULL);
      return;
    }
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
  if (adw_flap_get_folded (self->flap))
    rnl_sidebar_focus_search (self->sidebar);
}

typedef enum
{
  PANE_COMPOSER,
  PANE_CONTENT,
  PANE_INSPECTOR,
  PANE_CHATS,
  PANE_HEADER,
  N_PANES,
} Pane;

static Pane
find_pane (RnlWindow *self)
{
  GtkWidget *inspector = rnl_side_pane_get_pane (self->side);

  if (rnl_chat_page_is_composing (self->page))
    return PANE_COMPOSER;
  if (contains_focus (self, GTK_WIDGET (self->page)))
    return PANE_CONTENT;
  if (inspector != NULL && contains_focus (self, inspector))
    return PANE_INSPECTOR;
  if (contains_focus (self, GTK_WIDGET (self->sidebar)))
    return PANE_CHATS;

  return PANE_HEADER;
}

/* Returns: whether it is open. */
static gboolean
focus_pane (RnlWindow *self, Pane pane)
{
  switch (pane)
    {
    case PANE_CONTENT:
      rnl_chat_page_focus_content (self->page);
      return TRUE;

    case PANE_INSPECTOR:
      return rnl_window_focus_inspector (self);

    case PANE_CHATS:
      if (!adw_flap_get_reveal_flap (self->flap))
        return FALSE;
      rnl_sidebar_focus_search (self->sidebar);
      return TRUE;

    case PANE_HEADER:
      return gtk_widget_child_focus (self->header, GTK_DIR_TAB_FORWARD);

    case PANE_COMPOSER:
    case N_PANES:
      break;
    }
  rnl_chat_page_focus_composer (self->page);

  return TRUE;
}

/* F6: from the composer up to the messages, to the run inspector, to the chats, to the header, and
 * round again; with Shift the other way round. What is not open is passed over. */
static void
step_pane (RnlWindow *self, guint by)
{
  Pane pane = find_pane (self);

  do
    pane = (pane + by) % N_PANES;
  while (!focus_pane (self, pane));
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_pane (RNL_WINDOW (widget), 1);
}

static void
previous_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_pane (RNL_WINDOW (widget), N_PANES - 1);
}

static void
strip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  rnl_window_hide_strip (self);
  if (self->strip_retries)
    rnl_library_flush_async (rnl_workspace_get_library (self->workspace), NULL, NULL, NULL);
}

/* Moves to the next or previous chat in the list. */
static void
step_chat (RnlWindow *self, int step)
{
  GListModel *chats = rnl_library_list_chats (rnl_workspace_get_library (self->workspace));
  RnlChat *current = rnl_conversation_get_chat (self->conversation);
  guint n = g_list_model_get_n_items (chats);
  gint64 position = step > 0 ? -1 : (gint64) n;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);

      if (chat == current)
        position = i;
    }
  position += step;
  if (position >= 0 && position < n)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, (guint) position);

      rnl_window_open_chat (self, chat);
    }
}

static void
next_chat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_chat (RNL_WINDOW (widget), 1);
}

static void
previous_chat_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_chat (RNL_WINDOW (widget), -1);
}

/* Renaming. */

typedef struct
{
  RnlLibrary *library;
  RnlChat *chat;
} RenameData;

static void
renamed_cb (const char *text, gpointer user_data)
{
  RenameData *data = user_data;

  if (text != NULL && *text != '\0')
    {
      rnl_chat_set_title (data->chat, text);
      rnl_library_save_chat (data->library, data->chat);
    }
  g_object_unref (data->library);
  g_object_unref (data->chat);
  g_free (data);
}

void
rnl_window_rename_chat (RnlWindow *self, RnlChat *chat)
{
  RenameData *data = g_new0 (RenameData, 1);

  data->library = g_object_ref (rnl_workspace_get_library (self->workspace));
  data->chat = g_object_ref (chat);
  rnl_compat_ask_text (GTK_WINDOW (self), _ ("Rename chat"), rnl_chat_get_title (chat),
                       _ ("_Rename"), renamed_cb, data);
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);

  rnl_window_rename_chat (self, rnl_conversation_get_chat (self->conversation));
}

static void
summarise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_window_summarise (RNL_WINDOW (widget));
}

static void
parameters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);
  RnlParametersWindow *window
    = rnl_parameters_window_new (GTK_WINDOW (self), rnl_workspace_get_library (self->workspace),
                                 rnl_conversation_get_chat (self->conversation),
                                 rnl_conversation_get_model (self->conversation));

  gtk_window_present (GTK_WINDOW (window));
}

/* Made when it is asked for: an application that has it found by its path makes it at the start. */
static void
show_help_overlay_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      builder = gtk_builder_new_from_resource (RNL_RESOURCE_BASE "/gtk/help-overlay.ui");
      gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

void
rnl_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-chat", NULL, new_chat_action);
  gtk_widget_class_install_action (widget_class, "win.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "win.summarise", NULL, summarise_action);
  gtk_widget_class_install_action (widget_class, "win.parameters", NULL, parameters_action);
  gtk_widget_class_install_action (widget_class, "win.choose-model", NULL, choose_model_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  /* A binding of the window, not an accelerator: those come before the widget with the focus, and
   * what is open there takes Escape first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.stop", NULL);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.find-next", NULL, find_next_action);
  gtk_widget_class_install_action (widget_class, "win.find-previous", NULL, find_previous_action);
  gtk_widget_class_install_action (widget_class, "win.focus-composer", NULL, focus_composer_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, previous_pane_action);
  gtk_widget_class_install_action (widget_class, "win.next-chat", NULL, next_chat_action);
  gtk_widget_class_install_action (widget_class, "win.previous-chat", NULL, previous_chat_action);
  gtk_widget_class_install_action (widget_class, "win.strip", NULL, strip_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL,
                                   show_help_overlay_action);
  rnl_window_install_archive_actions (widget_class);
  rnl_window_install_delete_actions (widget_class);
  rnl_window_install_inspector_actions (widget_class);
  rnl_window_install_print_action (widget_class);
  rnl_window_install_temporary_actions (widget_class);
}
