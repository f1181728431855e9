/* rnl-reasoning-block.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-reasoning-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-fold-header.h"
#include "rnl-plain-text.h"

/**
 * RnlReasoningBlock:
 *
 * "Thinking…" while the part grows, "Thought for 8 s" after. Always closed unless the person opens
 * it; the text is only laid out once it is open.
 */
struct _RnlReasoningBlock
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;

  /* children */
  GtkWidget *header;
  GtkWidget *revealer;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (RnlReasoningBlock, rnl_reasoning_block, GTK_TYPE_WIDGET)

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, RnlReasoningBlock *self)
{
  if (self->text != NULL)
    rnl_plain_text_append (RNL_PLAIN_TEXT (self->text), text, strlen (text));
}

static void
reveal_cb (RnlReasoningBlock *self)
{
  if (self->text != NULL || !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    return;

  self->text = rnl_plain_text_new (_ ("Reasoning"));
  gtk_widget_add_css_class (self->text, "reasoning-text");
  rnl_plain_text_set_text (RNL_PLAIN_TEXT (self->text), rnl_part_get_text (self->part),
                           (gssize) rnl_part_get_length (self->part));
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->text);
}

static void
update_title (RnlReasoningBlock *self)
{
  gint64 duration = rnl_part_get_duration (self->part);
  gboolean complete = rnl_part_get_complete (self->part);
  g_autofree char *time = rnl_chat_duration_text (duration);
  g_autofree char *title = NULL;

  if (!complete)
    title = g_strdup (_ ("Thinking…"));
  else if (duration >= G_USEC_PER_SEC)
    title = g_strdup_printf (_ ("Thought for %s"), time);
  else
    title = g_strdup (_ ("Thought for a moment"));

  rnl_fold_header_set_title (RNL_FOLD_HEADER (self->header), title);
  rnl_fold_header_set_busy (RNL_FOLD_HEADER (self->header), !complete);
}

static void
rnl_reasoning_block_dispose (GObject *object)
{
  RnlReasoningBlock *self = RNL_REASONING_BLOCK (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_reasoning_block_parent_class)->dispose (object);
}

static void
rnl_reasoning_block_class_init (RnlReasoningBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_reasoning_block_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reasoning");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rnl_reasoning_block_init (RnlReasoningBlock *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->revealer = gtk_revealer_new ();
  self->header = rnl_fold_header_new ("dialog-information-symbolic", GTK_REVEALER (self->revealer));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  g_signal_connect_swapped (self->revealer, "notify::reveal-child", G_CALLBACK (reveal_cb), self);
  rnl_chat_set_label (GTK_WIDGET (self), _ ("Reasoning"));
}

/**
 * rnl_reasoning_block_new:
 * @part: a part of type `RNL_PART_REASONING`
 *
 * Returns: (transfer floating): a block that follows it
 */
GtkWidget *
rnl_reasoning_block_new (RnlPart *part)
{
  RnlReasoningBlock *self = g_object_new (RNL_TYPE_REASONING_BLOCK, NULL);

  self->part = g_object_ref (part);
  g_signal_connect_object (part, "delta", G_CALLBACK (delta_cb), self, 0);
  g_signal_connect_object (part, "notify::complete", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (part, "notify::duration", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  update_title (self);

  return GTK_WIDGET (self);
}

const char *
rnl_reasoning_block_get_title (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return rnl_fold_header_get_title (RNL_FOLD_HEADER (self->header));
}

gboolean
rnl_reasoning_block_get_open (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), FALSE);

  return rnl_fold_header_get_open (RNL_FOLD_HEADER (self->header));
}

GtkWidget *
rnl_reasoning_block_get_header (RnlReasoningBlock *self)
{
  g_return_val_if_fail (RNL_IS_REASONING_BLOCK (self), NULL);

  return self->header;
}
