/* rnl-window-print.c: the chat that is shown is printed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-window-private.h"

#include <glib/gi18n.h>

#include "rnl-chat-print.h"

typedef struct
{
  RnlWindow *window;
  RnlChat *chat;
} PrintData;

static void
print_data_free (PrintData *data)
{
  g_object_unref (data->window);
  g_object_unref (data->chat);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintData, print_data_free)

static void
say_failure (RnlWindow *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("The chat could not be printed: %s"), error->message);

  rnl_window_show_toast (self, text);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, RnlWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (self->workspace != NULL && error != NULL)
    say_failure (self, error);
}

static void
print (RnlWindow *self, RnlChat *chat, GPtrArray *messages)
{
  const char *title
    = rnl_chat_get_temporary (chat) ? _ ("Temporary chat") : rnl_chat_get_title (chat);
  g_autoptr (GtkPrintOperation) operation = rnl_chat_print_new (title, messages);
  g_autoptr (GError) error = NULL;

  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                           &error);
  if (error != NULL)
    say_failure (self, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PrintData) data = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_messages_finish (RNL_LIBRARY (source), result, &error);

  if (data->window->workspace == NULL)
    return;
  if (messages == NULL)
    say_failure (data->window, error);
  else
    print (data->window, data->chat, messages);
}

/* A temporary chat is nowhere but here, and all of it is. */
static void
print_shown (RnlWindow *self)
{
  GListModel *shown = rnl_conversation_list_messages (self->conversation);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    g_ptr_array_add (messages, g_list_model_get_item (shown, i));
  print (self, rnl_conversation_get_chat (self->conversation), messages);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlWindow *self = RNL_WINDOW (widget);
  RnlChat *chat = rnl_conversation_get_chat (self->conversation);
  PrintData *data;

  if (rnl_chat_get_temporary (chat))
    {
      print_shown (self);
      return;
    }
  data = g_new0 (PrintData, 1);
  data->window = g_object_ref (self);
  data->chat = g_object_ref (chat);
  rnl_library_load_messages_async (rnl_workspace_get_library (self->workspace),
                                   rnl_chat_get_id (chat), NULL, G_MAXUINT, NULL, loaded_cb, data);
}

/* There has to be something to print. */
void
rnl_window_update_print (RnlWindow *self)
{
  GListModel *messages = rnl_conversation_list_messages (self->conversation);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print",
                                 g_list_model_get_n_items (messages) > 0);
}

void
rnl_window_install_print_action (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
}
