/* rnl-find-bar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-find-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"

/* Typing goes on this long before it is looked for, in milliseconds. */
#define TYPING_MS 120

/**
 * RnlFindBar:
 *
 * An entry above a transcript. What is typed is found in all of the conversation; Enter and Ctrl+G
 * go to the next place, with Shift to the one before, Escape closes it and gives the keyboard focus
 * back. How many places there are is told as a status.
 */
struct _RnlFindBar
{
  GtkWidget parent_instance;

  /* template children */
  GtkRevealer *revealer;
  GtkEditable *entry;
  GtkLabel *status;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *close;

  /* borrowed: it stands in the same page */
  RnlTranscriptView *transcript;

  GtkWidget *before; /* what had the focus; weak */
  gboolean words;    /* each word alone, until something is typed */
  guint typing;
};

G_DEFINE_FINAL_TYPE (RnlFindBar, rnl_find_bar, GTK_TYPE_WIDGET)

static RnlTranscriptFind *
get_transcript_find (RnlFindBar *self)
{
  return rnl_transcript_texts_get_find (rnl_transcript_view_get_texts (self->transcript));
}

static RnlChatFind *
get_find (RnlFindBar *self)
{
  return rnl_transcript_find_get_find (get_transcript_find (self));
}

static char *
make_status (RnlFindBar *self)
{
  RnlChatFind *find = get_find (self);
  guint count = rnl_chat_find_count (find);
  guint number = rnl_chat_find_get_number (find);

  if (rnl_chat_find_is_empty (find))
    return g_strdup ("");
  if (count == 0)
    return g_strdup (rnl_chat_find_is_busy (find) ? _ ("Searching…") : _ ("Nothing found"));
  /* Translators: which of the places where words were found: "3 of 17" */
  if (number > 0)
    return g_strdup_printf (_ ("%u of %u"), number, count);

  return g_strdup_printf ("%u", count);
}

static void
update (RnlFindBar *self)
{
  g_autofree char *status = make_status (self);
  gboolean any = rnl_chat_find_count (get_find (self)) > 0;

  if (!g_str_equal (gtk_label_get_text (self->status), status))
    {
      gtk_label_set_text (self->status, status);
      rnl_chat_set_label (GTK_WIDGET (self->status), status);
    }
  if (!any && !rnl_chat_find_is_empty (get_find (self)) && !rnl_chat_find_is_busy (get_find (self)))
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", any);
}

/* {{{ What a person does */

static void
search (RnlFindBar *self, guint start)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  rnl_transcript_find_search (get_transcript_find (self), gtk_editable_get_text (self->entry),
                              self->words, start);
}

static gboolean
typing_cb (gpointer user_data)
{
  RnlFindBar *self = user_data;

  self->typing = 0;
  search (self, RNL_TRANSCRIPT_FIND_HERE);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (RnlFindBar *self)
{
  self->words = FALSE;
  g_clear_handle_id (&self->typing, g_source_remove);
  if (rnl_find_bar_is_open (self))
    self->typing = g_timeout_add (TYPING_MS, typing_cb, self);
}

static void
activate_cb (RnlFindBar *self)
{
  rnl_find_bar_step (self, 1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_find_bar_step (RNL_FIND_BAR (widget), 1);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_find_bar_step (RNL_FIND_BAR (widget), -1);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rnl_find_bar_close (RNL_FIND_BAR (widget));
}

/* }}} */

static void
rnl_find_bar_dispose (GObject *object)
{
  RnlFindBar *self = RNL_FIND_BAR (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  g_clear_weak_pointer (&self->before);
  g_clear_weak_pointer (&self->transcript);
  gtk_widget_dispose_template (GTK_WIDGET (self), RNL_TYPE_FIND_BAR);

  G_OBJECT_CLASS (rnl_find_bar_parent_class)->dispose (object);
}

static void
rnl_find_bar_class_init (RnlFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_find_bar_dispose;

  rnl_chat_style_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/chat/rnl-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, status);
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, previous);
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, next);
  gtk_widget_class_bind_template_child (widget_class, RnlFindBar, close);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "find.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK,
                                       "find.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK,
                                       "find.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, 0, "find.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, 0, "find.previous", NULL);
}

static void
rnl_find_bar_init (RnlFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_present_shown (GTK_WIDGET (self->revealer));
  rnl_chat_set_label (self->previous, _ ("Previous Match"));
  rnl_chat_set_label (self->next, _ ("Next Match"));
  rnl_chat_set_label (self->close, _ ("Close Find"));
}

/**
 * rnl_find_bar_set_transcript:
 * @self: a bar
 * @transcript: where it finds words; said once
 */
void
rnl_find_bar_set_transcript (RnlFindBar *self, RnlTranscriptView *transcript)
{
  g_return_if_fail (RNL_IS_FIND_BAR (self));

  g_set_weak_pointer (&self->transcript, transcript);
  g_signal_connect_object (get_find (self), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
reveal (RnlFindBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!rnl_find_bar_is_open (self))
    g_set_weak_pointer (&self->before, focus);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * rnl_find_bar_open:
 * @self: a bar
 *
 * Shows it, with what was looked for last to be typed over.
 */
void
rnl_find_bar_open (RnlFindBar *self)
{
  gboolean was_open;

  g_return_if_fail (RNL_IS_FIND_BAR (self));

  was_open = rnl_find_bar_is_open (self);
  reveal (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  if (!was_open)
    search (self, RNL_TRANSCRIPT_FIND_HERE);
}

/**
 * rnl_find_bar_show_words:
 * @self: a bar
 * @words: what was looked for elsewhere
 * @message: position of the message to begin with
 *
 * Shows it, and where each of the words is; the keyboard focus stays where it is.
 */
void
rnl_find_bar_show_words (RnlFindBar *self, const char *words, guint message)
{
  g_return_if_fail (RNL_IS_FIND_BAR (self));

  reveal (self);
  gtk_editable_set_text (self->entry, words);
  self->words = TRUE;
  search (self, message);
}

/**
 * rnl_find_bar_close:
 * @self: a bar
 *
 * Hides it and what it found; the keyboard focus goes back to where it was.
 */
void
rnl_find_bar_close (RnlFindBar *self)
{
  g_return_if_fail (RNL_IS_FIND_BAR (self));

  if (!rnl_find_bar_is_open (self))
    return;
  g_clear_handle_id (&self->typing, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  rnl_transcript_find_search (get_transcript_find (self), NULL, FALSE, RNL_TRANSCRIPT_FIND_HERE);
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->transcript), GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&self->before);
}

/**
 * rnl_find_bar_is_open:
 * @self: a bar
 *
 * Returns: whether it is shown
 */
gboolean
rnl_find_bar_is_open (RnlFindBar *self)
{
  g_return_val_if_fail (RNL_IS_FIND_BAR (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * rnl_find_bar_step:
 * @self: a bar
 * @by: 1 for the next place, -1 for the one before
 *
 * Goes to another place; opens the bar if it is not.
 */
void
rnl_find_bar_step (RnlFindBar *self, int by)
{
  g_return_if_fail (RNL_IS_FIND_BAR (self));

  if (!rnl_find_bar_is_open (self))
    {
      rnl_find_bar_open (self);
      return;
    }
  if (self->typing != 0)
    {
      search (self, RNL_TRANSCRIPT_FIND_HERE);
      return;
    }
  rnl_transcript_find_step (get_transcript_find (self), by);
}

/**
 * rnl_find_bar_get_status:
 * @self: a bar
 *
 * Returns: (transfer none): what it says about what was found
 */
const char *
rnl_find_bar_get_status (RnlFindBar *self)
{
  g_return_val_if_fail (RNL_IS_FIND_BAR (self), NULL);

  return gtk_label_get_text (self->status);
}
