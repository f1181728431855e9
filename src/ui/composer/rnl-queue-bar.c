/* rnl-queue-bar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-queue-bar.h"

#include <glib/gi18n.h>

#include "rnl-text.h"

#define LINE_CHARS 120

/**
 * RnlQueueBar:
 *
 * A row above the composer for each message that waits for the end of the answer, with buttons to
 * change it and to take it away. When no answer is made, as it was stopped or came to nothing, each
 * says that it is not sent, and has a button to send it.
 *
 * Signals: `edit (text)` and `send (text)`: it is no longer in the queue.
 */
struct _RnlQueueBar
{
  GtkWidget parent_instance;

  /* owned */
  RnlLibrary *library;
  RnlChat *chat;
};

enum
{
  EDIT,
  SEND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlQueueBar, rnl_queue_bar, GTK_TYPE_WIDGET)

static void
set_queue (RnlQueueBar *self, GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  rnl_chat_set_queue (self->chat, (const char *const *) texts->pdata);
  if (rnl_library_find_chat (self->library, rnl_chat_get_id (self->chat)) != NULL)
    rnl_library_save_chat (self->library, self->chat);
}

/* Returns: (transfer container): the texts that wait, but for the one at WITHOUT */
static GPtrArray *
list_queue (RnlQueueBar *self, guint without)
{
  const char *const *queue = rnl_chat_get_queue (self->chat);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; queue[i] != NULL; i++)
    if (i != without)
      g_ptr_array_add (texts, g_strdup (queue[i]));

  return texts;
}

static char *
take (GtkWidget *button, RnlQueueBar *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "rnl-index"));
  g_autoptr (GPtrArray) texts = list_queue (self, i);
  char *text = g_strdup (rnl_chat_get_queue (self->chat)[i]);

  set_queue (self, texts);

  return text;
}

static void
edit_cb (GtkWidget *button, RnlQueueBar *self)
{
  g_autofree char *text = take (button, self);

  g_signal_emit (self, signals[EDIT], 0, text);
}

static void
send_cb (GtkWidget *button, RnlQueueBar *self)
{
  g_autofree char *text = take (button, self);

  g_signal_emit (self, signals[SEND], 0, text);
}

static void
remove_cb (GtkWidget *button, RnlQueueBar *self)
{
  g_free (take (button, self));
}

static GtkWidget *
new_button (RnlQueueBar *self, const char *icon, const char *name, guint i, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "rnl-index", GUINT_TO_POINTER (i));
  g_signal_connect_object (button, "clicked", callback, self, 0);

  return button;
}

/* What the row says of its message, and whether it can be sent, follow the answer: the row stays,
 * and with it the focus. */
static void
update_row (RnlQueueBar *self, GtkWidget *row)
{
  gboolean waits = rnl_chat_get_busy (self->chat);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *send = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (icon));
  const char *words = waits ? _ ("Waits for the end of the answer") : _ ("Not sent yet");

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), waits ? "content-loading-symbolic"
                                                        : "media-playback-pause-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (icon, words);
  gtk_widget_set_visible (send, !waits);
}

static void
update_rows (RnlQueueBar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    update_row (self, row);
}

static GtkWidget *
new_row (RnlQueueBar *self, const char *text, guint i)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  g_autofree char *line = rnl_text_first_line (text, LINE_CHARS);
  GtkWidget *label = gtk_label_new (line);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row),
                  new_button (self, "go-up-symbolic", _ ("Send now"), i, G_CALLBACK (send_cb)));
  gtk_box_append (GTK_BOX (row),
                  new_button (self, "document-edit-symbolic", _ ("Edit"), i, G_CALLBACK (edit_cb)));
  gtk_box_append (GTK_BOX (row), new_button (self, "window-close-symbolic", _ ("Remove"), i,
                                             G_CALLBACK (remove_cb)));

  return row;
}

static void
update (RnlQueueBar *self)
{
  const char *const *queue = self->chat != NULL ? rnl_chat_get_queue (self->chat) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (row);
  for (guint i = 0; queue != NULL && queue[i] != NULL; i++)
    gtk_widget_set_parent (new_row (self, queue[i], i), GTK_WIDGET (self));
  update_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), queue != NULL && queue[0] != NULL);
}

static void
drop_chat (RnlQueueBar *self)
{
  if (self->chat != NULL)
    g_signal_handlers_disconnect_by_data (self->chat, self);
  g_clear_object (&self->chat);
  g_clear_object (&self->library);
}

static void
rnl_queue_bar_dispose (GObject *object)
{
  RnlQueueBar *self = RNL_QUEUE_BAR (object);

  drop_chat (self);
  update (self);

  G_OBJECT_CLASS (rnl_queue_bar_parent_class)->dispose (object);
}

static void
rnl_queue_bar_class_init (RnlQueueBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_queue_bar_dispose;

  signals[EDIT] = g_signal_new ("edit", RNL_TYPE_QUEUE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SEND] = g_signal_new ("send", RNL_TYPE_QUEUE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
rnl_queue_bar_init (RnlQueueBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rnl_queue_bar_set_chat:
 * @self: a bar
 * @library: where the chat is kept
 * @chat: whose queue to show
 */
void
rnl_queue_bar_set_chat (RnlQueueBar *self, RnlLibrary *library, RnlChat *chat)
{
  g_return_if_fail (RNL_IS_QUEUE_BAR (self));

  drop_chat (self);
  self->library = g_object_ref (library);
  self->chat = g_object_ref (chat);
  g_signal_connect_swapped (chat, "notify::queue", G_CALLBACK (update), self);
  g_signal_connect_swapped (chat, "notify::busy", G_CALLBACK (update_rows), self);
  update (self);
}

/**
 * rnl_queue_bar_add:
 * @self: a bar with a chat
 * @text: what to say when the answer has ended
 */
void
rnl_queue_bar_add (RnlQueueBar *self, const char *text)
{
  g_autoptr (GPtrArray) texts = NULL;

  g_return_if_fail (RNL_IS_QUEUE_BAR (self));
  g_return_if_fail (self->chat != NULL);

  texts = list_queue (self, G_MAXUINT);
  g_ptr_array_add (texts, g_strdup (text));
  set_queue (self, texts);
}
