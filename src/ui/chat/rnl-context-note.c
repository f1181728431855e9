/* rnl-context-note.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-context-note.h"

#include <glib/gi18n.h>

#include "rnl-chat-style.h"
#include "rnl-context-trim.h"
#include "rnl-fold-header.h"
#include "rnl-plain-text.h"

/**
 * RnlContextNote:
 *
 * Follows an opaque part. One that says what the model was not given is a line; one that stands for
 * older messages is a fold, closed until the person opens it; any other shows nothing.
 */
struct _RnlContextNote
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;

  /* children */
  GtkWidget *line;
  GtkWidget *label;
  GtkWidget *header;
  GtkWidget *revealer;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (RnlContextNote, rnl_context_note, GTK_TYPE_WIDGET)

static void
reveal_cb (RnlContextNote *self)
{
  if (self->text != NULL || !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    return;

  self->text = rnl_plain_text_new (_ ("Summary"));
  gtk_widget_add_css_class (self->text, "reasoning-text");
  rnl_plain_text_set_text (RNL_PLAIN_TEXT (self->text), rnl_part_get_text (self->part),
                           (gssize) rnl_part_get_length (self->part));
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->text);
}

static char *
dup_left_out (guint n)
{
  return g_strdup_printf (ngettext ("%u earlier message was left out: the model’s window is full",
                                    "%u earlier messages were left out: the model’s window is full",
                                    n),
                          n);
}

static char *
dup_summarised (guint n)
{
  return g_strdup_printf (ngettext ("Summary of %u message", "Summary of %u messages", n), n);
}

static void
update (RnlContextNote *self)
{
  guint left_out = rnl_context_count_left_out (self->part);
  guint summarised = rnl_context_count_summarised (self->part);
  g_autofree char *title = summarised > 0 ? dup_summarised (summarised) : dup_left_out (left_out);

  gtk_label_set_text (GTK_LABEL (self->label), title);
  rnl_fold_header_set_title (RNL_FOLD_HEADER (self->header), title);
  rnl_chat_set_label (GTK_WIDGET (self), title);
  gtk_widget_set_visible (self->line, summarised == 0);
  gtk_widget_set_visible (self->header, summarised > 0);
  gtk_widget_set_visible (self->revealer, summarised > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), summarised > 0 || left_out > 0);
}

static void
rnl_context_note_dispose (GObject *object)
{
  RnlContextNote *self = RNL_CONTEXT_NOTE (object);

  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_context_note_parent_class)->dispose (object);
}

static void
rnl_context_note_class_init (RnlContextNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_context_note_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "contextnote");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_context_note_init (RnlContextNote *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->line), icon);
  gtk_box_append (GTK_BOX (self->line), self->label);
  gtk_widget_add_css_class (self->line, "notice");
  self->revealer = gtk_revealer_new ();
  self->header = rnl_fold_header_new ("view-list-symbolic", GTK_REVEALER (self->revealer));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  g_signal_connect_swapped (self->revealer, "notify::reveal-child", G_CALLBACK (reveal_cb), self);
}

/**
 * rnl_context_note_new:
 * @part: a part of type `RNL_PART_OPAQUE`
 *
 * Returns: (transfer floating): a widget that follows it
 */
GtkWidget *
rnl_context_note_new (RnlPart *part)
{
  RnlContextNote *self = g_object_new (RNL_TYPE_CONTEXT_NOTE, NULL);

  self->part = g_object_ref (part);
  g_signal_connect_object (part, "notify::extra", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_context_note_get_title:
 * @self: a note
 *
 * Returns: what it says
 */
const char *
rnl_context_note_get_title (RnlContextNote *self)
{
  g_return_val_if_fail (RNL_IS_CONTEXT_NOTE (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}
