/* rnl-sidebar-actions.c: what the menu of a chat does by itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-sidebar-private.h"

#include <glib/gi18n.h>

#include "rnl-compat.h"

/**
 * rnl_sidebar_take_target:
 * @self: a sidebar
 *
 * Returns: (transfer full) (nullable): the chat whose menu was open, else the one that is marked,
 * if it is one
 */
RnlChat *
rnl_sidebar_take_target (RnlSidebar *self)
{
  g_autoptr (GPtrArray) marked = NULL;

  if (self->menu_chat != NULL)
    return g_steal_pointer (&self->menu_chat);

  marked = rnl_sidebar_dup_selected (self);

  return marked->len == 1 ? g_object_ref (marked->pdata[0]) : NULL;
}

/**
 * rnl_sidebar_update_actions:
 * @self: a sidebar
 * @chat: the chat a menu is opened for
 *
 * Makes the menu offer what can be done with @chat.
 */
void
rnl_sidebar_update_actions (RnlSidebar *self, RnlChat *chat)
{
  gboolean pinned = rnl_chat_get_pinned (chat);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.pin", !pinned);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.unpin", pinned);
}

static void
set_pinned (RnlSidebar *self, gboolean pinned)
{
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (self);

  if (chat == NULL)
    return;
  rnl_chat_set_pinned (chat, pinned);
  rnl_library_save_chat (self->library, chat);
}

static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_pinned (RNL_SIDEBAR (widget), TRUE);
}

static void
unpin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_pinned (RNL_SIDEBAR (widget), FALSE);
}

/* Labels. */

typedef struct
{
  RnlLibrary *library;
  RnlChat *chat;
} LabelData;

static void
labelled_cb (const char *text, gpointer user_data)
{
  LabelData *data = user_data;

  if (text != NULL)
    {
      g_auto (GStrv) labels = g_strsplit (text, ",", -1);

      rnl_chat_set_labels (data->chat, (const char *const *) labels);
      rnl_library_save_chat (data->library, data->chat);
    }
  g_object_unref (data->library);
  g_object_unref (data->chat);
  g_free (data);
}

static void
label_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (self);
  g_autofree char *text = NULL;
  LabelData *data;

  if (chat == NULL)
    return;
  text = g_strjoinv (", ", (char **) rnl_chat_get_labels (chat));
  data = g_new0 (LabelData, 1);
  data->library = g_object_ref (self->library);
  data->chat = g_steal_pointer (&chat);
  rnl_compat_ask_text (GTK_WINDOW (gtk_widget_get_root (widget)),
                       _ ("Labels, with commas between them"), text, _ ("_Set"), labelled_cb, data);
}

static gboolean
has_label (RnlChat *chat, const char *beginning)
{
  const char *const *labels = rnl_chat_get_labels (chat);

  for (; *labels != NULL; labels++)
    {
      g_autofree char *label = g_utf8_casefold (*labels, -1);

      if (g_str_has_prefix (label, beginning))
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_sidebar_find_labelled:
 * @self: a sidebar with a library
 * @label: the beginning of a label, in any case; empty for every chat that has one
 *
 * Returns: (transfer full) (element-type RnlSearchHit): the chats, each with its labels
 */
GPtrArray *
rnl_sidebar_find_labelled (RnlSidebar *self, const char *label)
{
  GListModel *chats = rnl_library_list_chats (self->library);
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_search_hit_free);
  g_autofree char *beginning = g_utf8_casefold (label, -1);

  for (guint i = 0; i < g_list_model_get_n_items (chats); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);
      RnlSearchHit *hit;

      if (!has_label (chat, beginning))
        continue;
      hit = g_new0 (RnlSearchHit, 1);
      hit->chat_id = g_strdup (rnl_chat_get_id (chat));
      hit->title = g_strdup (rnl_chat_get_title (chat));
      hit->snippet = g_strjoinv (", ", (char **) rnl_chat_get_labels (chat));
      hit->time = rnl_chat_get_updated (chat);
      g_ptr_array_add (hits, hit);
    }

  return hits;
}

/* A copy of what the chat shows. */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlLibrary *library = RNL_LIBRARY (source);
  g_autoptr (RnlChat) chat = user_data;
  g_autoptr (RnlChat) copy = rnl_chat_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = rnl_library_load_messages_finish (library, result, &error);
  g_autofree char *title = NULL;

  if (messages == NULL)
    {
      g_warning ("The chat could not be copied: %s", error->message);
      return;
    }
  /* Translators: the title of a copy of a chat; %s is the title of that chat */
  title = g_strdup_printf (_ ("%s (copy)"), rnl_chat_get_title (chat));
  rnl_chat_set_title (copy, title);
  rnl_chat_set_model (copy, rnl_chat_get_model (chat));
  rnl_chat_set_params (copy, rnl_chat_get_params (chat));
  rnl_chat_set_snippet (copy, rnl_chat_get_snippet (chat));
  rnl_chat_set_labels (copy, rnl_chat_get_labels (chat));
  rnl_library_add_chat (library, copy);
  if (messages->len > 0)
    rnl_library_copy_messages (library, rnl_chat_get_id (chat), messages->pdata[0], copy);
}

static void
duplicate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlSidebar *self = RNL_SIDEBAR (widget);
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (self);

  if (chat != NULL)
    rnl_library_load_messages_async (self->library, rnl_chat_get_id (chat), NULL, 1, NULL,
                                     loaded_cb, g_object_ref (chat));
}

/* The window asks where to. */
static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RnlChat) chat = rnl_sidebar_take_target (RNL_SIDEBAR (widget));

  if (chat != NULL)
    gtk_widget_activate_action (widget, "win.export-chat", "(ss)", rnl_chat_get_id (chat),
                                g_variant_get_string (parameter, NULL));
}

void
rnl_sidebar_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "sidebar.unpin", NULL, unpin_action);
  gtk_widget_class_install_action (widget_class, "sidebar.labels", NULL, label_action);
  gtk_widget_class_install_action (widget_class, "sidebar.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "sidebar.export", "s", export_action);
}
